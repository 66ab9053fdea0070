"""Preferences order companies and exclude none: 最好没上市, 上市的优先."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.parsing.conditions import Leaf
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, only
from assistant.predicates import conjunction
from assistant.query import EVERYTHING, About, Predicate

# What may stand between 优先 and the end of its clause.
_AFTER = frozenset({Category.GRAMMAR, Category.DOING, Category.JOIN})


@dataclass(frozen=True, slots=True)
class Preference:
    """What a question prefers.

    Attributes:
        predicate: What companies had better fulfil.
        used: Indices of the spans that say so; they narrow nothing.
    """

    predicate: Predicate = EVERYTHING
    used: frozenset[int] = frozenset()


def _narrowing(reading: Reading) -> list[Leaf]:
    """Return the conditions and the descriptions that words link, in order."""
    linked = (
        one
        for one in reading.descriptions
        if isinstance(one.predicate, About) and not one.predicate.unlinked
    )
    return sorted((*reading.conditions, *linked), key=lambda one: one.at)


def preference_of(reading: Reading) -> Preference:
    """Return what a question prefers: the conditions of a clause after 最好, or before 优先."""
    told: list[Leaf] = []
    words = reading.asks("prefer")
    for at in words:
        clause = next(one for one in reading.clauses if one.start <= at < one.end)
        here = [one for one in _narrowing(reading) if clause.start <= one.at < clause.end]
        closing = only(reading.spans, at + 1, clause.end, _AFTER)
        told += [leaf for leaf in here if leaf.at > at] or (here[-1:] if closing else [])
    if not told:
        return Preference()
    used = frozenset(words).union(*(leaf.used for leaf in told))
    return Preference(conjunction(leaf.told for leaf in told), used)
