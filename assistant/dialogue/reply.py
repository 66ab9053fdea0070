"""One turn of a conversation, and the ways in which questions point back to it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.types import Answer, Draft, Intent, Query

# The kinds of questions that can be asked again with another condition, and those about companies.
REPEATABLE = frozenset({Intent.LIST, Intent.COUNT, Intent.STATS, Intent.RANK})
ABOUT_COMPANIES = frozenset({Intent.LOOKUP, Intent.PROFILE, Intent.COMPARE})

# How many turns back 回到刚才那个 can reach.
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """One turn with the value of every stage, for the next turn and for explanations.

    Attributes:
        before: The turn before it, up to a certain depth.
        changes: What was changed in a question asked before, in words; empty where this is a
            question of its own.
    """

    query: Query
    draft: Draft
    answer: Answer
    before: Reply | None = None
    changes: tuple[str, ...] = ()

    def company_ids(self) -> tuple[str, ...]:
        """Return the companies that the answer is about, best first."""
        return tuple(hit.company.id for hit in self.draft.records or self.draft.related)

    def shortened(self, depth: int = _DEPTH) -> Reply:
        """Return the turn without what lies further back than ``depth`` turns."""
        if depth <= 0 or self.before is None:
            return replace(self, before=None)
        return replace(self, before=self.before.shortened(depth - 1))


@dataclass(frozen=True, slots=True)
class Patterns:
    """How questions point back; see the comments of ``data/dialogue.toml``."""

    fresh: re.Pattern[str]
    district: re.Pattern[str]
    former: re.Pattern[str]
    latter: re.Pattern[str]
    nth: re.Pattern[str]
    against: re.Pattern[str]
    back: re.Pattern[str]
    several: re.Pattern[str]
    there: re.Pattern[str]
    same: re.Pattern[str]
    them: re.Pattern[str]
    it: re.Pattern[str]
    ordinal: re.Pattern[str]
    numbered: re.Pattern[str]
    plural: re.Pattern[str]
    oldest: re.Pattern[str]
    concluded: re.Pattern[str]
    named: re.Pattern[str]
    added: re.Pattern[str]
    revised: re.Pattern[str]
    overall: re.Pattern[str]
    first: re.Pattern[str]
    last: re.Pattern[str]
    corrected: re.Pattern[str]
    replaced: re.Pattern[str]
    instead: re.Pattern[str]
    narrower: re.Pattern[str]
    without: re.Pattern[str]
    counted: re.Pattern[str]
    dropped: dict[str, re.Pattern[str]]


@cache
def patterns() -> Patterns:
    """Return the patterns of ``data/dialogue.toml``."""
    data = tomllib.loads((files("assistant") / "data/dialogue.toml").read_text("utf-8"))
    dropped = {field: re.compile(text) for field, text in data.pop("dropped").items()}
    return Patterns(**{name: re.compile(text) for name, text in data.items()}, dropped=dropped)


def turns(reply: Reply) -> list[Reply]:
    """Return a turn and those before it, latest first."""
    found = []
    turn: Reply | None = reply
    while turn is not None:
        found.append(turn)
        turn = turn.before
    return found
