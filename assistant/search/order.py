"""Orders: entities by a number or a text, with places, heads and ties.

A column keeps its entities in ascending order with a rank that ties share, so every part of an
order is a stretch of what is selected of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.query import Order
from assistant.search.truth import Truth
from index.schema.fields import registry
from index.store.columns import Entities, FieldColumn, Mask

Ranks = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Ordered:
    """A stretch of an order.

    Attributes:
        ids: The entities of the stretch, in order.
        total: How many the whole order has.
    """

    ids: Entities
    total: int


def best_first(truth: Truth) -> Entities:
    """Return what fulfils a predicate, best first, equally good ones in reading order."""
    ids = truth.ids()
    if truth.scores is None:
        return ids
    return ids[np.argsort(-truth.scores[ids], kind="stable")]


def in_order(column: FieldColumn, selected: Mask, order: Order, end: int) -> Ordered:
    """Return the part of an order that is asked for, of it the first up to ``end``.

    Args:
        column: The field ordered by: by its numbers, or where it has none by its texts.
        selected: The entities to be ordered.
        order: What is asked for; who ties with the last one of a head is in too.
        end: How many are needed at most.
    """
    own = registry().field(order.field) is None and len(column.several) > 0
    entities, ranks = _by_extreme(column, order) if own else _ascending(column)
    kept = np.flatnonzero(selected[entities])
    start, stop = _wanted(kept, ranks, order)
    kept = kept[start:stop]
    if not order.descending:
        return Ordered(entities[kept[:end]], len(kept))
    return Ordered(entities[_descending(kept, ranks, end)], len(kept))


def _ascending(column: FieldColumn) -> tuple[Entities, Ranks]:
    """Return the entities that have a value, each once, with their ranks."""
    if len(column.order):
        return column.order, column.rank
    ranks = np.repeat(np.arange(column.texts, dtype=np.int32), np.diff(column.start))
    entities, first = np.unique(column.entity, return_index=True)
    by_rank = np.argsort(ranks[first], kind="stable")
    return entities[by_rank], ranks[first][by_rank]


def _by_extreme(column: FieldColumn, order: Order) -> tuple[Entities, Ranks]:
    """Return the entities by the largest of their numbers, or by the smallest in ascending order.

    Companies that stand in several rows of a table have a number in each.
    """
    farthest = np.maximum if order.descending else np.minimum
    starts = np.flatnonzero(column.lead)
    _, ranks = np.unique(farthest.reduceat(column.low, starts), return_inverse=True)
    by_rank = np.argsort(ranks, kind="stable")
    return column.number[starts][by_rank], ranks[by_rank].astype(np.int32)


def _wanted(kept: NDArray[np.int64], ranks: Ranks, order: Order) -> tuple[int, int]:
    """Return which stretch of the places kept is asked for."""
    count = len(kept)
    if order.place is not None:
        ties = _of_place(kept, ranks, order)
        return ties if ties else (0, 0)
    if order.limit is None or order.limit >= count:
        return 0, count
    if order.limit < 1:
        return 0, 0
    if order.descending:
        return _ties(kept, ranks, count - order.limit)[0], count
    return 0, _ties(kept, ranks, order.limit - 1)[1]


def _ties(kept: NDArray[np.int64], ranks: Ranks, place: int) -> tuple[int, int]:
    """Return the stretch of the places kept that share the rank of one of them."""
    rank = ranks[kept[place]]
    ends = np.searchsorted(ranks, rank, side="left"), np.searchsorted(ranks, rank, side="right")
    start, stop = np.searchsorted(kept, ends)
    return int(start), int(stop)


def _of_place(kept: NDArray[np.int64], ranks: Ranks, order: Order) -> tuple[int, int] | None:
    """Return the stretch of those that stand at a place of an order, counted by ranks."""
    start, stop = 0, len(kept)
    for _ in range((order.place or 1) - 1):
        if start >= stop:
            return None
        ties = _ties(kept, ranks, stop - 1 if order.descending else start)
        start, stop = (start, ties[0]) if order.descending else (ties[1], stop)
    return _ties(kept, ranks, stop - 1 if order.descending else start) if start < stop else None


def _descending(kept: NDArray[np.int64], ranks: Ranks, end: int) -> NDArray[np.int64]:
    """Return the last ``end`` of the places kept, the highest rank first, ties as they stand."""
    found: list[NDArray[np.int64]] = []
    left, stop = end, len(kept)
    while left > 0 and stop > 0:
        start, _ = _ties(kept, ranks, stop - 1)
        found.append(kept[start:stop][:left])
        left -= stop - start
        stop = start
    return np.concatenate(found) if found else kept[:0]
