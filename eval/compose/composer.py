"""Draws conditions and words for questions over one list, and reads the answers from it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.compose.conditions import VAGUE, Condition, Truth, combined, drawn
from eval.compose.words import JOINS, NOUNS
from eval.questions import Expectation, Question
from eval.tables import NAME_HEADERS, Firm

# What is first in an order, by the least key.
TOPS: dict[str, Callable[[Firm], float | None]] = {
    "成立最早": lambda firm: firm.founded,
    "成立最晚": lambda firm: -firm.founded if firm.founded else None,
    "员工最多": lambda firm: -firm.headcount[0] if firm.headcount else None,
}
REFUSED = ("no_match", "out_of_scope", "clarify")


@dataclass(frozen=True, slots=True)
class Composer:
    """Draws questions over one list.

    Args:
        name: Of the list, for the ids.
        firms: Its companies.
        available: The conditions to draw from.
        chance: Where all choices come from.
    """

    name: str
    firms: Sequence[Firm]
    available: Sequence[Condition]
    chance: random.Random

    # --- words ---------------------------------------------------------------------------------

    def phrase(self, condition: Condition) -> str:
        """Return one way to say a condition."""
        return self.chance.choice(condition.phrases)

    def noun_phrase(self, *chosen: Condition) -> str:
        """Return what companies of some conditions are called."""
        words = self.chance.choice(JOINS).join(self.phrase(one) for one in chosen)
        return f"{words}的{self.chance.choice(NOUNS[:4])}"

    def ask(self, templates: Sequence[str], *chosen: Condition) -> str:
        """Return a question for the companies of some conditions."""
        return self.chance.choice(templates).format(np=self.noun_phrase(*chosen))

    # --- answers -------------------------------------------------------------------------------

    def sets(self, holds: Callable[[Firm], Truth]) -> tuple[tuple[str, ...], frozenset[str]]:
        """Return the companies that satisfy a predicate, and those that may."""
        truths = {firm.name: holds(firm) for firm in self.firms}
        sure = tuple(name for name, truth in truths.items() if truth is True)
        return sure, frozenset(name for name, truth in truths.items() if truth is None)

    def set_case(self, kind: str, turns: Sequence[str], holds: Callable[[Firm], Truth]) -> Question:
        """Return the case whose answer is the set of a predicate."""
        sure, open_ = self.sets(holds)
        status = ("answered",) if sure else ("no_match", "answered") if open_ else ("no_match",)
        return self.case(kind, turns, expected(status, sure, open_))

    def exact(self, *chosen: Condition) -> tuple[str, ...] | None:
        """Return the companies of some conditions; None where their number is open to dispute."""
        sure, open_ = self.sets(combined(chosen))
        return sure if sure and not (open_ and {one.kind for one in chosen} & VAGUE) else None

    def case(self, kind: str, turns: Sequence[str], expect: Expectation) -> Question:
        """Return a case under the name of its kind; ids are given when all are there."""
        return Question("", kind, "dev", tuple(turns), expect)

    def drawn(self, count: int) -> list[Condition] | None:
        """Return conditions of different kinds."""
        return drawn(self.available, count, self.chance)

    def other(self, condition: Condition) -> Condition | None:
        """Return another condition of the same kind, with another value."""
        rest = [
            one
            for one in self.available
            if one.kind == condition.kind and one.value not in ("", condition.value)
        ]
        return self.chance.choice(rest) if rest else None


def expected(
    status: tuple[str, ...],
    required: tuple[str, ...] | None = None,
    allowed: frozenset[str] = frozenset(),
    *,
    ordered: bool = False,
    values: tuple[dict[str, str], ...] = (),
) -> Expectation:
    """Return an expectation of a set, its order and values."""
    return Expectation(status, None, required, allowed, ordered, (), values, frozenset(), (), ())


def first_of(
    composer: Composer, condition: Condition, key: Callable[[Firm], float | None]
) -> str | None:
    """Return the single first of a set; None if others tie or the set is open to dispute."""
    names = composer.exact(condition) or ()
    keys = [(key(firm), firm.name) for firm in composer.firms if firm.name in names]
    known = sorted((told, name) for told, name in keys if told is not None)
    if len(known) < 2 or known[0][0] == known[1][0]:
        return None
    return known[0][1]


def called(firm: Firm, composer: Composer) -> str:
    """Return how a company is called in a question: mostly by a short name that only it has."""
    shorts = {one.split("(")[0].split("（")[0] for one in firm.texts("简称", *NAME_HEADERS)}
    shorts = {one for one in shorts if 2 <= len(one) < len(firm.name)}
    own = sorted(
        one for one in shorts if sum(one in other.everything() for other in composer.firms) == 1
    )
    return composer.chance.choice([*own, *own, firm.name])


def shown(text: str) -> str:
    """Return the part of a cell that an answer must hold: an address without scheme, no remark."""
    if match := re.search(r"https?://(?:www\.)?([^\s/]+)", text):
        return match[1]
    return re.split(r"[；（(]", text)[0]
