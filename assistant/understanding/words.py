"""The words of questions from ``data/words.toml``, ready to be looked up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.schema.fields import registry
from index.schema.markets import Market, load_markets
from index.schema.normalize import fold


@dataclass(frozen=True, slots=True)
class Words:
    """All word lists, folded; see the comments of the data file for what each means."""

    fields: Mapping[str, tuple[str, ...]]
    cues: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[re.Pattern[str], ...]]
    filler: tuple[str, ...]
    particles: frozenset[str]
    edges: frozenset[str]
    either: tuple[str, ...]
    instead: tuple[str, ...]
    besides: tuple[str, ...]
    paired: tuple[str, ...]
    making: tuple[str, ...]
    makers: tuple[str, ...]
    absent: tuple[str, ...]
    negating: tuple[str, ...]
    negating_after: tuple[str, ...]
    listed: tuple[str, ...]
    unlisted: tuple[str, ...]
    nonprofit: tuple[str, ...]
    exchanges: Mapping[str, Market]
    nicknames: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    titles: tuple[str, ...]
    titles_apart: tuple[str, ...]
    parts: tuple[str, ...]
    abbreviations: Mapping[str, str]
    misspelt: Mapping[str, str]


@cache
def load_words() -> Words:
    """Return the word lists of ``data/words.toml``."""
    data = tomllib.loads((files("assistant") / "data/words.toml").read_text("utf-8"))
    return Words(
        fields=_field_words(frozenset(data["absent"]["words"])),
        cues={cue: _folded(words) for cue, words in data["cues"].items()},
        patterns={cue: tuple(map(re.compile, told)) for cue, told in data["patterns"].items()},
        filler=_folded(data["filler"]["words"]),
        particles=frozenset(data["filler"]["particles"]),
        edges=frozenset(data["filler"]["edges"]),
        either=_folded(data["joining"]["either"]),
        instead=_folded(data["joining"]["instead"]),
        besides=_folded(data["joining"]["besides"]),
        paired=_folded(data["joining"]["paired"]),
        making=_folded(data["topic"]["making"]),
        makers=_folded(data["topic"]["makers"]),
        absent=_folded(data["absent"]["words"]),
        negating=_folded(data["negation"]["before"]),
        negating_after=_folded(data["negation"]["after"]),
        listed=_folded(data["listing"]["listed"]),
        unlisted=_folded(data["listing"]["unlisted"]),
        nonprofit=_folded(data["listing"]["nonprofit"]),
        exchanges=load_markets(),
        columns={one.about: one.asked for one in registry().columns},
        titles=_folded(data["titles"]["words"]),
        titles_apart=_folded(data["titles"]["apart"]),
        parts=_folded(data["titles"]["parts"]),
        abbreviations=data["abbreviations"],
        misspelt={_folded([wrong])[0]: right for wrong, right in data["misspelt"].items()},
        nicknames={place: _folded(names) for place, names in data["nicknames"].items()},
    )


def _field_words(absent: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the words that ask for each field; those of fields that few lists have are absent."""
    words = {
        one.key: tuple(word for word in one.asked if word not in absent)
        for one in registry().fields
    }
    return {key: asked for key, asked in words.items() if asked}


def _folded(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word) for word in words))
