"""Predicates to generate, over a small world in which each can be judged by hand."""

from __future__ import annotations

from hypothesis import strategies

from assistant.query import And, In, Named, Not, Or, Predicate, Within
from index.schema.interval import Interval

# Every row of the world: a city and a year, both of which may be unknown.
WORLD = tuple((city, year) for city in ("苏州", "杭州", None) for year in (2001, 2010, None))


def holds(predicate: Predicate, row: tuple[str | None, int | None]) -> bool | None:
    """Return whether a row fulfils a predicate; None where it does not say."""
    if isinstance(predicate, And):
        told = [holds(part, row) for part in predicate.parts]
        return False if False in told else None if None in told else True
    if isinstance(predicate, Or):
        told = [holds(part, row) for part in predicate.parts]
        return True if True in told else None if None in told else False
    if isinstance(predicate, Not):
        part = holds(predicate.part, row)
        return None if part is None else not part
    city, year = row
    if isinstance(predicate, In):
        return None if city is None else city in predicate.values
    if isinstance(predicate, Within):
        return None if year is None else predicate.interval.contains(Interval.point(year))
    assert isinstance(predicate, Named)
    return str(WORLD.index(row)) in predicate.ids


def selected(predicate: Predicate) -> set[tuple[str | None, int | None]]:
    """Return the rows of the world that certainly fulfil a predicate."""
    return {row for row in WORLD if holds(predicate, row)}


conditions = strategies.one_of(
    strategies.sampled_from(["苏州", "杭州"]).map(lambda city: In("city", (city,), city)),
    strategies.sampled_from([2000, 2005, 2015]).map(
        lambda year: Within("founded", Interval(low=year), f"{year}年以后")
    ),
    strategies.integers(0, len(WORLD) - 1).map(lambda number: Named((str(number),), str(number))),
)

predicates = strategies.recursive(
    conditions,
    lambda inner: strategies.one_of(
        strategies.lists(inner, min_size=1, max_size=3).map(lambda parts: And(tuple(parts))),
        strategies.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=6,
)
