"""The words of questions from ``data/words.toml``, ready to be looked up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.normalize import fold

_NUMERAL = r"[0-9,]+|[零〇一二两三四五六七八九十百千万]+"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A stock exchange or board: the words for it, and the names the sources give it."""

    words: tuple[str, ...]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class RangePattern:
    """A pattern of a number that bounds a field; see the comments of the data file."""

    field: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    """All word lists, folded."""

    fields: Mapping[str, tuple[str, ...]]
    cues: Mapping[str, tuple[str, ...]]
    filler: tuple[str, ...]
    either: tuple[str, ...]
    listed: tuple[str, ...]
    unlisted: tuple[str, ...]
    exchanges: Mapping[str, Exchange]
    ranges: tuple[RangePattern, ...]


@cache
def load_words() -> Words:
    """Return the word lists of ``data/words.toml``."""
    data = tomllib.loads((files("assistant") / "data/words.toml").read_text("utf-8"))
    exchanges = {
        label: Exchange(_folded(entry["words"]), frozenset(_folded(entry["names"])))
        for label, entry in data["exchanges"].items()
    }
    ranges = tuple(
        RangePattern(entry["field"], re.compile(entry["pattern"].replace("{n}", _NUMERAL)))
        for entry in data["range"]
    )
    return Words(
        fields={field: _folded(words) for field, words in data["fields"].items()},
        cues={cue: _folded(words) for cue, words in data["cues"].items()},
        filler=_folded(data["filler"]["words"]),
        either=_folded(data["joining"]["either"]),
        listed=_folded(data["listing"]["listed"]),
        unlisted=_folded(data["listing"]["unlisted"]),
        exchanges=exchanges,
        ranges=ranges,
    )


def _folded(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word) for word in words))
