"""What the lists hold beside their statistics, and what the statistics say beside the lists.

北京有多少家 means the figure of the statistics; the lists hold fewer companies, and both are told.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.predicates import alternative, conjunction, conjuncts
from assistant.query import (
    Aggregate,
    And,
    Count,
    In,
    Listed,
    Or,
    Predicate,
    Query,
    Relation,
    Rows,
)

_PLACE, _COUNT = "place", "count"
_AREAS = ("city", "province")


def companies_beside(query: Query) -> Predicate | None:
    """Return which companies stand beside the number of a place; None where none is asked for."""
    ask = query.ask
    counts = (
        isinstance(ask, Count)
        or (isinstance(ask, Aggregate) and ask.field == _COUNT)
        or (isinstance(ask, Rows) and ask.order is None and ask.fields == (_COUNT,))
    )
    if query.relation is not Relation.STATISTICS or not counts:
        return None
    parts = [_of_companies(part) for part in conjuncts(query.where)]
    told = [part for part in parts if part is not None]
    placed = any(_places(part) for part in conjuncts(query.where))
    return conjunction(told) if placed and len(told) == len(parts) else None


def _of_companies(part: Predicate) -> Predicate | None:
    """Return a condition on rows of statistics as one on companies; None where it is not one."""
    if isinstance(part, Listed):
        return part
    if isinstance(part, In) and part.field == _PLACE:
        return alternative(In(field, part.values, part.label) for field in _AREAS)
    if isinstance(part, Or):
        told = [_of_companies(one) for one in part.parts]
        known = [one for one in told if one is not None]
        return alternative(known) if len(known) == len(told) else None
    return None


def _places(part: Predicate) -> bool:
    parts = part.parts if isinstance(part, Or | And) else (part,)
    return any(isinstance(one, In) and one.field == _PLACE for one in parts)


def places_named(where: Predicate) -> frozenset[str]:
    """Return the places that companies must be in, as far as they are named one by one."""
    return frozenset(
        value for part in conjuncts(where) for one in _areas(part) for value in one.values
    )


def _areas(part: Predicate) -> Iterator[In]:
    for one in part.parts if isinstance(part, Or) else (part,):
        if isinstance(one, In) and one.field in _AREAS and one.label:
            yield one
