"""Stretches of a question that tell a figure: their clauses, and what may be told of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.parsing.measures import Measure, Unit
from assistant.query import Fact
from index.regex import regex

CLAUSE = regex(r"[,，。;；!！?？\n]+")
_LONGEST_LABEL = 12


@dataclass(frozen=True, slots=True)
class Subject:
    """What figures of one requirement are of; see the comments of the data file."""

    key: str
    about: re.Pattern[str]
    units: frozenset[Unit]
    rest: re.Pattern[str] | None
    part: bool
    top: bool


@cache
def load_subjects() -> Mapping[str, Subject]:
    """Return the subjects of ``data/facts.toml`` by requirement."""
    data = tomllib.loads((files("assistant") / "data/facts.toml").read_text("utf-8"))
    return {
        key: Subject(
            key,
            regex(entry["about"]),
            frozenset(map(Unit, entry["unit"])),
            regex(entry["rest"]) if "rest" in entry else None,
            entry.get("part", False),
            entry.get("top", False),
        )
        for key, entry in data.items()
    }


@dataclass(frozen=True, slots=True)
class Told:
    """A fact and the stretch that says it."""

    fact: Fact
    start: int
    end: int


def near(folded: str, measure: Measure, pattern: re.Pattern[str]) -> int | None:
    """Return how far from a number a pattern stands in its clause; None if it does not."""
    start, end = bounds(folded, measure)
    before = [measure.start - m.end() for m in pattern.finditer(folded, start, measure.start)]
    after = [m.start() - measure.end + 1 for m in pattern.finditer(folded, measure.end, end)]
    return min((*before, *after), default=None)


def clause_of(folded: str, measure: Measure) -> str:
    """Return the clause that a number stands in."""
    start, end = bounds(folded, measure)
    return folded[start:end]


def bounds(folded: str, measure: Measure) -> tuple[int, int]:
    """Return where the clause of a number starts and ends."""
    start = max((m.end() for m in CLAUSE.finditer(folded, 0, measure.start)), default=0)
    return start, next((m.start() for m in CLAUSE.finditer(folded, measure.end)), len(folded))


def label_of(folded: str, measure: Measure) -> str:
    """Return the words of a clause up to the end of a figure, and the noun right after it."""
    before = CLAUSE.split(folded[: measure.start])[-1][-_LONGEST_LABEL:]
    after = re.match(r"(?:有效)?(?:发明)?专利", folded[measure.end :])
    return before + folded[measure.start : measure.end] + (after.group() if after else "")
