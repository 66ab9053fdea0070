"""Orders: entities by a number or a text, with places, heads and ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.query import Order
from assistant.search.truth import Truth
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


def has_rank(column: FieldColumn, size: int) -> Mask:
    """Return which entities can be put in order by a field."""
    mask = np.zeros(size, dtype=bool)
    mask[column.order if len(column.order) else column.entity] = True
    return mask


def in_order(column: FieldColumn, selected: Mask, order: Order, end: int) -> Ordered:
    """Return the part of an order that is asked for, of it the first up to ``end``.

    Args:
        column: The field ordered by: by its numbers, or where it has none by its texts.
        selected: The entities to be ordered.
        order: What is asked for; who ties with the last one of a head is in too.
        end: How many are needed at most.
    """
    entities, ranks = _ranked(column)
    kept = selected[entities]
    entities, ranks = entities[kept], ranks[kept]
    if order.descending:
        ranks = -ranks
    wanted = _wanted(ranks, order)
    entities, ranks = entities[wanted], ranks[wanted]
    total = len(entities)
    if end < total:
        first = ranks <= np.partition(ranks, end - 1)[end - 1]
        entities, ranks = entities[first], ranks[first]
    by_rank = np.lexsort((entities, ranks))
    return Ordered(entities[by_rank][:end], total)


def _ranked(column: FieldColumn) -> tuple[Entities, Ranks]:
    """Return the entities that have a value with their ranks, each once."""
    if len(column.order):
        return column.order, column.rank
    ranks = np.repeat(np.arange(column.texts, dtype=np.int32), np.diff(column.start))
    entities, first = np.unique(column.entity, return_index=True)
    return entities, ranks[first]


def _wanted(ranks: Ranks, order: Order) -> Mask:
    """Return which entities stand in the part of an order that is asked for."""
    if order.place is not None:
        places = np.unique(ranks)
        found = places[order.place - 1 : order.place]
        return np.asarray(np.isin(ranks, found))
    if order.limit is None or order.limit >= len(ranks):
        return np.ones(len(ranks), dtype=bool)
    if order.limit < 1:
        return np.zeros(len(ranks), dtype=bool)
    return np.asarray(ranks <= np.partition(ranks, order.limit - 1)[order.limit - 1])
