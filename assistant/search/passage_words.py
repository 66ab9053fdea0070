"""The words by which questions and passages meet, from ``data/passages.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.understanding.words import load_words
from index.schema.normalize import fold
from index.types import Passage

# Words shorter than this are particles of these questions, or say too little.
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The words and patterns; see the comments of the data file for what each means."""

    ignored: frozenset[str]
    known: re.Pattern[str]
    dated: re.Pattern[str]
    defined: re.Pattern[str]
    hidden: re.Pattern[str]
    same: Mapping[str, tuple[str, ...]]
    reads: tuple[tuple[re.Pattern[str], str], ...]
    fitting: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


@cache
def load_passage_words() -> PassageWords:
    """Return what ``data/passages.toml`` says, folded."""
    told = tomllib.loads((files("assistant") / "data/passages.toml").read_text("utf-8"))
    groups: dict[str, dict[str, None]] = {}
    for group in told["same"]:
        for word in map(fold, group):
            groups.setdefault(word, {}).update(dict.fromkeys(map(fold, group)))
    words = load_words()
    asking = [word for cue in ("list", "count", "follow_up", "help") for word in words.cues[cue]]
    known = {word for word in groups if len(word) > SHORTEST} | {*words.titles, *asking}
    known |= {*map(fold, (*told["asking"], *told["whole"]))}
    ignored = frozenset((*map(fold, (*told["ignored"], *told["asking"])), *words.filler, *asking))
    alternatives = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return PassageWords(
        ignored=ignored - {*told["kept"]},
        known=re.compile(alternatives),
        dated=re.compile(told["dated"]),
        defined=re.compile(told["defined"]),
        hidden=re.compile(told["hidden"], re.IGNORECASE),
        same={word: tuple(dict.fromkeys((word, *found))) for word, found in groups.items()},
        reads=tuple((re.compile(asked), read) for asked, read in told["reads"]),
        fitting=tuple((re.compile(asked), re.compile(says)) for asked, says in told["fitting"]),
    )


def asks_date(folded: str) -> bool:
    """Return whether a question asks from when the data of the lists is."""
    return bool(load_passage_words().dated.search(folded))


def asks_definition(folded: str) -> bool:
    """Return whether a question asks what something is."""
    return bool(load_passage_words().defined.search(folded))


def is_hidden(note: Passage) -> bool:
    """Return whether a note tells a reader nothing, such as the front matter of a file."""
    return bool(load_passage_words().hidden.search(note.text))
