"""What companies can be narrowed by and counted by: a facet's values as arrays of their owners.

The values of a field's facts are taken as they are (places, lists), item by item (trades) or class
by class (decades, sizes). A company whose rows disagree has several values; one whose rows say
nothing has :data:`UNKNOWN`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from assistant.browsing.selection import Facet, FacetValue
from index.schema.fields import CHINESE, Field, ValueType, registry
from index.schema.markets import load_markets
from index.store import tables
from index.store.columns import ColumnStore, FieldColumn, Mask
from index.store.records import Records
from index.text import fold, split_list
from index.types import ListingStatus

UNKNOWN = "未知"
"""Value of a company whose rows say nothing; cells that say so are read as blank."""

COMPANIES = "companies"
"""The relation that is browsed."""

_LIST = "list"
_EXCHANGE = "exchange"

_STATUS = {
    ListingStatus.LISTED.value: "已上市",
    ListingStatus.UNLISTED.value: "未上市",
    ListingStatus.OTHER.value: "其他情况",
}

# Lower ends of the classes of head counts, with their names; a band belongs where it begins.
_SIZES = {
    0: "100人以下",
    100: "100–499人",
    500: "500–999人",
    1_000: "1000–4999人",
    5_000: "5000–9999人",
    10_000: "1万人以上",
}

# Companies founded earlier stand together.
_FIRST_DECADE = 1980
_EARLIER = "1980年以前"

# The most frequent values that a facet shows; the chosen ones besides.
_MOST = 60

Numbers = NDArray[np.int64]
Pairs = tuple[Numbers, Numbers]
"""Companies by reading order, and beside each the number of a value that it has."""


@dataclass(frozen=True, slots=True)
class FacetKind:
    """A facet.

    Attributes:
        key: Its name in addresses.
        label: What users see.
        own_words: Whether labels are words of the interface rather than a source's.
        ordered: Whether values follow one another; else they stand by the number of companies.
    """

    key: str
    label: str
    own_words: bool = False
    ordered: bool = False


_OWN_WORDS = frozenset({ValueType.LISTING, ValueType.YEAR, ValueType.HEADCOUNT, ValueType.BATCH})


def facet_kinds() -> tuple[FacetKind, ...]:
    """Return all facets, in the order in which they are shown."""
    return tuple(map(_kind, registry().shown("facets")))


def _kind(field: Field) -> FacetKind:
    own = field.type in _OWN_WORDS
    label = field.short[CHINESE] + ("年代" if field.type is ValueType.YEAR else "")
    return FacetKind(field.key, label, own, own or field.key == _LIST)


class FacetColumn:
    """One facet's values of all companies.

    Attributes:
        kind: The facet.
        known: Whether companies differ in it.
    """

    def __init__(self, field: Field, columns: ColumnStore, records: Records) -> None:
        self.kind = _kind(field)
        self._records = records
        self._field = field.key
        reader = _reader(field)
        keys, owners, values, self._labels = reader(field.key, columns, records)
        self._folded = reader is _items
        size = columns.size(COMPANIES)
        absent = np.ones(size, dtype=bool)
        absent[owners] = False
        rest = np.flatnonzero(absent)
        self.keys = (*keys, UNKNOWN)
        self.owners = np.concatenate((owners, rest))
        self.values = np.concatenate((values, np.full(len(rest), len(keys))))
        self._size = size
        self._number = {key: at for at, key in enumerate(self.keys)}
        self.known = len(np.unique(self.values)) > 1

    def key(self, value: str) -> str:
        """Return the key of a value that is told by its key or its label."""
        if value in self._number:
            return value
        labelled = (key for key, label in self._labels.items() if label == value)
        folded = fold(value)
        return next(labelled, folded if folded in self._number else value)

    def mask(self, chosen: Sequence[str]) -> Mask:
        """Return which companies have any of the values; all if none is chosen."""
        if not chosen:
            return np.ones(self._size, dtype=bool)
        numbers = [self._number[key] for key in chosen if key in self._number]
        mask = np.zeros(self._size, dtype=bool)
        mask[self.owners[np.isin(self.values, numbers)]] = True
        return mask

    def counts(self, among: Mask) -> Numbers:
        """Return how many of some companies have each value, in the order of ``keys``."""
        kept = self.values[among[self.owners]]
        return np.bincount(kept, minlength=len(self.keys))

    def ranked(self, counts: Numbers) -> list[str]:
        """Return the values that any company has, in the order in which they are shown."""
        held = np.flatnonzero(counts)
        if not self.kind.ordered:
            held = held[np.argsort(-counts[held], kind="stable")]
        return [self.keys[at] for at in held]

    def count(self, counts: Numbers, key: str) -> int:
        """Return how many of those counted have a value."""
        at = self._number.get(key)
        return 0 if at is None else int(counts[at])

    def facet(self, among: Mask, chosen: Sequence[str]) -> Facet:
        """Return the facet with its counts among some companies."""
        counts = self.counts(among)
        ranked = self.ranked(counts)
        shown = ranked if self.kind.ordered else ranked[:_MOST]
        shown = list(dict.fromkeys((*shown, *chosen)))
        shown.sort(key=lambda key: key == UNKNOWN)
        if self.kind.ordered:
            shown.sort(key=lambda key: self._number.get(key, len(self.keys)))
        labels = self.labels(shown)
        values = (
            FacetValue(key, labels[key], self.count(counts, key), key in chosen) for key in shown
        )
        more = len(set(ranked).difference(shown))
        return Facet(self.kind.key, self.kind.label, self.kind.own_words, tuple(values), more)

    def labels(self, keys: Iterable[str]) -> dict[str, str]:
        """Return what values are called; a value that no company has is called as it is."""
        wanted = list(dict.fromkeys(keys))
        unread = [key for key in wanted if key not in self._labels and key in self._number]
        if unread and self._folded:
            self._labels.update(self._written(unread))
        return {key: self._labels.get(key, key) for key in wanted}

    def _written(self, keys: Sequence[str]) -> dict[str, str]:
        """Return values as the first company that has each writes them."""
        owners = {}
        for key in keys:
            owners[key] = int(self.owners[np.argmax(self.values == self._number[key])])
        rows, cells = tables.rows, tables.cells
        told: dict[str, str] = {}
        found = self._records.fetch(
            select(cells.c.text)
            .join_from(rows, cells, cells.c.row == rows.c.id)
            .where(rows.c.company.in_(set(owners.values())), cells.c.field == self._field)
        )
        for (text,) in found:
            for item in split_list(text):
                told.setdefault(fold(item), item)
        return {key: told.get(key, key) for key in keys}


Read = tuple[Sequence[str], Numbers, Numbers, dict[str, str]]
Reader = Callable[[str, ColumnStore, Records], Read]
"""Returns keys, owners with the number of the key of each, and the labels known at once."""


def _flat(column: FieldColumn) -> Pairs:
    values = np.repeat(np.arange(column.texts), np.diff(column.start))
    return column.entity.astype(np.int64), values


def _texts(name: str, columns: ColumnStore) -> list[str]:
    texts = columns.texts(COMPANIES, name, range(columns.column(COMPANIES, name).texts))
    return [texts[number] for number in sorted(texts)]


def _whole(name: str, columns: ColumnStore, _: Records) -> Read:
    """Read values as they stand."""
    keys = _texts(name, columns)
    return keys, *_flat(columns.column(COMPANIES, name)), {}


def _lists(name: str, columns: ColumnStore, records: Records) -> Read:
    """Read the lists in their order, named by their titles."""
    told = {text: at for at, text in enumerate(_texts(name, columns))}
    documents = [one for one in records.documents() if one.source in told]
    titles = [one.title for one in documents]
    labels = {
        one.source: f"{one.title}（{one.source}）" if titles.count(one.title) > 1 else one.title
        for one in documents
    }
    keys = [*labels, *(text for text in told if text not in labels)]
    place = np.zeros(len(told), dtype=np.int64)
    for at, key in enumerate(keys):
        place[told[key]] = at
    owners, values = _flat(columns.column(COMPANIES, name))
    return keys, owners, place[values], labels


def _items(name: str, columns: ColumnStore, _: Records) -> Read:
    """Read items; a cell that lists several is counted by these."""
    texts = _texts(name, columns)
    place = np.full(len(texts), -1)
    keys: list[str] = []
    for at, text in enumerate(texts):
        if len(split_list(text)) == 1:
            place[at] = len(keys)
            keys.append(text)
    owners, values = _flat(columns.column(COMPANIES, name))
    kept = place[values] >= 0
    return keys, owners[kept], place[values[kept]], {}


def _listings(name: str, columns: ColumnStore, records: Records) -> Read:
    """Read the status, and below it the markets that questions know."""
    statuses, owners, values, _ = _whole(name, columns, records)
    markets, listed_on, market_values, _ = _whole(_EXCHANGE, columns, records)
    labels = _STATUS | {fold(label): label for label in load_markets()}
    keys = list(labels)
    number = {key: at for at, key in enumerate(keys)}
    place = np.array([number.get(key, -1) for key in (*statuses, *markets)], dtype=np.int64)
    on_market = np.isin(listed_on, owners[values == _at(statuses, ListingStatus.LISTED.value)])
    owners = np.concatenate((owners, listed_on[on_market]))
    values = np.concatenate((values, market_values[on_market] + len(statuses)))
    kept = place[values] >= 0
    return keys, owners[kept], place[values[kept]], labels


def _at(keys: Sequence[str], key: str) -> int:
    return keys.index(key) if key in keys else -1


def _classes(
    classes: Callable[[NDArray[np.float64]], Mapping[int, str]],
    name: str,
    columns: ColumnStore,
    _: Records,
) -> Read:
    """Read numbers by the class that each begins in."""
    column = columns.column(COMPANIES, name)
    labels = classes(column.low)
    lows = sorted(labels)
    numbers = np.searchsorted(lows, column.low, side="right") - 1
    pairs = np.unique(np.stack((column.number.astype(np.int64), numbers)), axis=1)
    keys = list(map(str, labels))
    place = np.array([keys.index(str(low)) for low in lows], dtype=np.int64)
    named = {str(low): label for low, label in labels.items()}
    return keys, pairs[0], place[pairs[1]] if len(lows) else pairs[1], named


def _decades(lows: NDArray[np.float64]) -> dict[int, str]:
    """Return the decades that there are, the latest first."""
    firsts = {int(year) // 10 * 10 for year in np.unique(lows)}
    told = {
        first if first >= _FIRST_DECADE else 0: f"{first}–{first + 9}"
        for first in sorted(firsts, reverse=True)
    }
    return told | ({0: _EARLIER} if 0 in told else {})


def _batches(lows: NDArray[np.float64]) -> dict[int, str]:
    import cn2an

    numbers = sorted({int(one) for one in np.unique(lows)})
    return {number: f"第{cn2an.an2cn(str(number))}批" for number in numbers}


def _all_sizes(_: NDArray[np.float64]) -> dict[int, str]:
    return _SIZES


_BY_TYPE: Mapping[ValueType, Reader] = {
    ValueType.PLACE: _whole,
    ValueType.LISTING: _listings,
    ValueType.YEAR: partial(_classes, _decades),
    ValueType.HEADCOUNT: partial(_classes, _all_sizes),
    ValueType.BATCH: partial(_classes, _batches),
}


def _reader(field: Field) -> Reader:
    return _lists if field.key == _LIST else _BY_TYPE.get(field.type, _items)
