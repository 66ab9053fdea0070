"""Groups: entities counted or measured by a field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from assistant.query import Aggregate, Group
from assistant.search.buckets import Bucket, OfNumbers, OfText, by_count, number_counts, text_counts
from assistant.search.figures import measure
from index.schema.interval import Interval
from index.store.columns import ColumnStore, FieldColumn, Mask
from index.text import split_list

# Groups that are numbers under a name of their own.
_NUMBERED = {"decade": "founded"}

# What is counted by exchange is counted by the one that the source names: 科创板, not 上交所 too.
_NAMED = {"exchange": "board"}
_DECADE = 10

# Groups of years stand in the order of time where no other is asked for.
_BY_YEAR = frozenset({"founded", "decade"})

# Who is on no market is counted by the status that the source gives.
_ELSE = {"listing": "board"}

_MOST = 500


class Grouper:
    """Counts and measures the entities of one relation by a field."""

    def __init__(self, columns: ColumnStore, relation: str) -> None:
        self._columns = columns
        self._relation = relation

    def groups(self, group: Group, selected: Mask) -> list[Bucket]:
        """Return the groups asked for, in order; of very many the first of that order."""
        found = list(self._named(group, selected))
        if group.measure is not None:
            figures = [(one, self._figure(group.measure, one)) for one in found]
            found = [replace(one, figure=told) for one, told in figures if told is not None]
        if group.interval is not None:
            within = group.interval
            found = [one for one in found if within.contains(Interval.point(one.figure))]
        return _in_order(found, group)[:_MOST]

    def grouped(self, name: str) -> Mask:
        """Return which entities say to which group they belong."""
        grounds = {"exchange": "listing", **_NUMBERED}
        return self._columns.says(self._relation, grounds.get(name, name))

    def _figure(self, aggregate: Aggregate, bucket: Bucket) -> float | None:
        column = self._columns.column(self._relation, aggregate.field)
        mask = np.zeros(self._columns.size(self._relation), dtype=bool)
        mask[bucket.members.all()] = True
        return measure(aggregate.function, column, mask).value

    def _named(self, group: Group, selected: Mask) -> Iterator[Bucket]:
        """Yield each group that has any members, with their number."""
        name = group.field
        column = self._columns.column(self._relation, _NUMBERED.get(name, name))
        if len(column.number) and (name in _NUMBERED or not column.texts):
            yield from self._by_number(name, column, selected)
            return
        first = _ELSE.get(name)
        if first:
            yield from self._by_text(first, group, selected)
            selected = selected & ~self._columns.has_text(self._relation, first)
        yield from self._by_text(_NAMED.get(name, name), group, selected)

    def _by_text(self, name: str, group: Group, selected: Mask) -> Iterator[Bucket]:
        column = self._columns.column(self._relation, name)
        if not column.texts:
            return
        counts = text_counts(column, selected)
        smallest = group.order is not None and not group.order.descending
        numbers = by_count(counts, smallest=smallest)[: 2 * _MOST]
        texts = self._columns.texts(self._relation, name, numbers)
        found = 0
        for number in numbers.tolist():
            # A cell that lists several items is grouped by these.
            if name == "list" or _is_item(texts[number]):
                members = OfText(column.holders(number), selected)
                yield Bucket(texts[number], name, members, float(counts[number]))
                found += 1
            if found == _MOST:
                return

    def _by_number(self, name: str, column: FieldColumn, selected: Mask) -> Iterator[Bucket]:
        lows, highs = column.lows, column.highs
        if name == "decade":
            lows = highs = lows // _DECADE * _DECADE
        values, groups = np.unique(np.stack((lows, highs)), axis=1, return_inverse=True)
        groups = groups.ravel()
        field = _NUMBERED.get(name, name)
        bands = self._columns.bands(self._relation, field)
        counts = number_counts(column, bands, groups, selected)
        for place in np.flatnonzero(counts).tolist():
            members = OfNumbers(column, bands, groups == place, selected)
            low, high = values[:, place].tolist()
            yield Bucket(band(low, high), field, members, float(counts[place]))


@lru_cache(maxsize=8192)
def _is_item(text: str) -> bool:
    return len(split_list(text)) == 1


def band(low: float, high: float) -> str:
    """Return a number or a band as text: 2015, 500-1000, 5000+, -50."""
    if low == high:
        return f"{low:g}" if abs(low) < 1e6 and low % 1 else f"{low:.0f}"
    lower = "" if np.isinf(low) else f"{low:.0f}"
    return f"{lower}+" if np.isinf(high) else f"{lower}-{high:.0f}"


def _in_order(found: Sequence[Bucket], group: Group) -> list[Bucket]:
    """Return the part of the groups that is asked for; who ties with the last is in too."""
    order = group.order
    by_key = order.field != "count" if order else group.field in _BY_YEAR
    sign = 1 if (order and not order.descending) or (by_key and not order) else -1
    if by_key:
        ordered = sorted(found, key=lambda one: _natural(one.key), reverse=sign < 0)
    else:
        ordered = sorted(found, key=lambda one: (sign * one.figure, _natural(one.key)))
    if order is None or (order.limit is None and order.place is None):
        return ordered
    values = [_natural(one.key) if by_key else one.figure for one in ordered]
    if order.place is not None:
        places = list(dict.fromkeys(values))[order.place - 1 : order.place]
        return [one for one, value in zip(ordered, values, strict=True) if value in places]
    limit = order.limit or 0
    last = values[limit - 1] if 0 < limit <= len(values) else None
    kept = len(values) if limit > len(values) else limit
    while 0 < kept < len(values) and values[kept] == last:
        kept += 1
    return ordered[:kept]


def _natural(key: str) -> tuple[int, float, str]:
    """Return by what keys are put in order: numbers by size before texts."""
    head = key.rstrip("+").split("-")[0] if not key.startswith("-") else key
    try:
        return 0, float(head), key
    except ValueError:
        return 1, 0.0, key
