"""What statistics by place and the companies of those places say of each other."""

from __future__ import annotations

from assistant.predicates import alternative, conjunction, conjuncts
from assistant.query import (
    EVERYTHING,
    Aggregate,
    Count,
    In,
    Listed,
    Or,
    Predicate,
    Query,
    Relation,
    Rows,
)

_COUNT = "count"
_AREAS = ("city", "province")


def companies_there(query: Query) -> Predicate | None:
    """Return which companies the lists hold of what statistics by place count; None for none.

    The lists hold fewer than the statistics say, so both are told.
    """
    ask = query.ask
    counts = (
        isinstance(ask, Aggregate | Count)
        or (isinstance(ask, Rows) and ask.fields == (_COUNT,) and ask.order is None)
    ) and query.relation is Relation.STATISTICS
    parts = [_there(one) for one in conjuncts(query.where)]
    told = [one for one in parts if one is not None]
    placed = any(not isinstance(one, Listed) for one in told)
    return conjunction(told) if counts and placed and len(told) == len(parts) else None


def _there(part: Predicate) -> Predicate | None:
    """Return a condition on rows of statistics as one on companies; None where it is on rows."""
    if isinstance(part, Listed):
        return part
    if isinstance(part, Or):
        told = [_there(one) for one in part.parts]
        found = [one for one in told if one is not None]
        return alternative(found) if len(found) == len(told) else None
    if isinstance(part, In) and part.field == "place":
        return alternative(In(field, part.values, part.label) for field in _AREAS)
    return None


def place_of(where: Predicate) -> Predicate | None:
    """Return the rows of statistics of an area that is all that companies are asked of."""
    if where == EVERYTHING or not isinstance(where, In) or where.field not in _AREAS:
        return None
    return In("place", where.values, where.label)
