"""The words by which questions and passages meet, from ``data/passages.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.parsing.spans import Category
from assistant.parsing.vocabulary import load_vocabulary
from index.regex import regex
from index.text import fold
from index.types import Passage

# Words shorter than this are particles of these questions, or say too little.
SHORTEST = 2
_ASKING = frozenset({"which", "wanted", "count", "help"})


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The words and patterns; see the comments of the data file for what each means."""

    ignored: frozenset[str]
    known: re.Pattern[str]
    dated: re.Pattern[str]
    defined: re.Pattern[str]
    hidden: re.Pattern[str]
    rules: frozenset[str]
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
    vocabulary = load_vocabulary()
    asking = set(_asking())
    known = {word for word in groups if len(word) > SHORTEST} | {*vocabulary.kinds, *asking}
    known |= {*map(fold, (*told["asking"], *told["whole"]))}
    ignored = frozenset((*map(fold, (*told["ignored"], *told["asking"])), *_grammar(), *asking))
    alternatives = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return PassageWords(
        ignored=ignored - {*told["kept"]},
        known=regex(alternatives),
        dated=regex(told["dated"]),
        defined=regex(told["defined"]),
        hidden=regex(told["hidden"], re.IGNORECASE),
        rules=frozenset(map(fold, told["rules"])),
        same={word: tuple(dict.fromkeys((word, *found))) for word, found in groups.items()},
        reads=tuple((regex(asked), read) for asked, read in told["reads"]),
        fitting=tuple((regex(asked), regex(says)) for asked, says in told["fitting"]),
    )


def _asking() -> Iterator[str]:
    """Yield the words of questions that ask for rows, counts or help, or point back."""
    for word, meanings in load_vocabulary().words.items():
        for category, value, _ in meanings:
            if category is Category.POINTER or (category is Category.ASK and value in _ASKING):
                yield word


def _grammar() -> Iterator[str]:
    for word, meanings in load_vocabulary().words.items():
        if any(category is Category.GRAMMAR for category, _, _ in meanings):
            yield word


def asks_date(folded: str) -> bool:
    """Return whether a question asks from when the data of the lists is."""
    return bool(load_passage_words().dated.search(folded))


def names_rules(folded: str) -> bool:
    """Return whether a word names rules as such: 要求, 规定, 红线."""
    return folded in load_passage_words().rules


def asks_definition(folded: str) -> bool:
    """Return whether a question asks what something is."""
    return bool(load_passage_words().defined.search(folded))


def is_hidden(note: Passage) -> bool:
    """Return whether a note tells a reader nothing, such as the front matter of a file."""
    return bool(load_passage_words().hidden.search(note.text))
