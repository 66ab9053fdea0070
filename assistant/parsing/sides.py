"""Two selections set against each other by their size: 科创板的和创业板的哪个多."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.parsing.candidates import Candidate
from assistant.parsing.conditions import Leaf
from assistant.parsing.ranking import order_of
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.query import EVERYTHING, Combine, Count, Predicate, Query

_EQUATING = frozenset({"是", "为"})
_OPERATIONS = ("difference", "ratio")


def of_sides(reading: Reading) -> Iterator[Candidate]:
    """Yield how many companies one description selects against another."""
    if reading.companies or reading.of(Category.EACH):
        return
    operation, said = _operation(reading)
    if not operation:
        return
    told = [leaf for leaf in reading.told if not leaf.used & said]
    asks = frozenset(
        at
        for at, span in enumerate(reading.spans)
        if span.category in (Category.DOING, Category.FIELD)
        or (span.category is Category.ASK and span.value in ("which", "count", "compare", "wanted"))
    )
    for left, right in _sides(reading, told):
        one, used = _selected(reading, told, left, right)
        two, also = _selected(reading, told, right, left)
        if one != two and EVERYTHING not in (one, two):
            parts = (Query(Count(), one), Query(Count(), two))
            query = Query(Combine(operation, parts))
            yield Candidate(query, used | also | said | asks, f"sides.{operation}")


def _operation(reading: Reading) -> tuple[str, frozenset[int]]:
    """Return how two figures are set against each other, and the words that say so."""
    for name in _OPERATIONS:
        if told := reading.asks(name):
            return name, frozenset((*told, *reading.of(Category.ORDER)))
    order, used = order_of(reading)
    units = any(word.unit and not word.asks for _, word in reading.fields)
    sorts = any(reading.spans[at].value.degree == "sort" for at in reading.of(Category.ORDER))
    if order is not None and order.field == "count" and order.label and not (units or sorts):
        return "difference", used
    return "", frozenset()


def _sides(reading: Reading, told: Sequence[Leaf]) -> Iterator[tuple[list[Leaf], list[Leaf]]]:
    """Yield the ways to cut what narrows in two, where a word or a mark sets it apart."""
    for at in range(1, len(told)):
        before, after = told[at - 1], told[at]
        between = reading.spans[before.last + 1 : after.at]
        gap = reading.text.folded[reading.spans[before.last].end : reading.spans[after.at].start]
        compared = any(
            one.category is Category.JOIN or one.value == "compare" or one.text in _EQUATING
            for one in between
        )
        if compared or "、" in gap:
            yield list(told[:at]), list(told[at:])


def _selected(
    reading: Reading, told: Sequence[Leaf], side: Sequence[Leaf], other: Sequence[Leaf]
) -> tuple[Predicate, frozenset[int]]:
    """Return what one side selects; what only the other says holds for both, if they compare.

    上海的芯片企业比深圳多几家 compares places: the trade is that of both.
    """
    axes = {leaf.axis for leaf in side}
    comparing = axes & {leaf.axis for leaf in other}
    shared = [leaf for leaf in other if comparing and leaf.axis not in axes]
    kept = [*side, *shared]
    without = frozenset(at for leaf in told if leaf not in kept for at in leaf.used)
    return reading.where(without=without)
