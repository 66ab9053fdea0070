"""How many companies there are of each city, trade, batch, year and listing.

The charts count by the facets that a catalog is browsed by, so each bar stands for exactly the
companies that choosing its value finds. A company with several values counts under each; one whose
rows say nothing counts as unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.browsing.catalog import Catalog
from assistant.browsing.facets import COMPANIES, UNKNOWN, FacetColumn, Numbers
from index.store.columns import ColumnStore
from index.types import ListingStatus

# Facets that are drawn first, in this order; places above a city say less than the map of cities.
_FIRST = ("city", "domain", "founded", "batch", "listing", "headcount")
_UNDRAWN = frozenset({"province"})
_LIST, _LISTING, _FOUNDED = "list", "listing", "founded"

# Their values have an order while browsing; bars stand by their length.
_BY_LENGTH = frozenset({_LIST, _LISTING})
_STATUS = tuple(status.value for status in ListingStatus)

# So many bars of a chart are handed out.
_MOST = 220


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        key: The facet's value, as it stands in addresses.
        label: What the value is called.
        count: How many companies have it.
        part: Whether it is part of the bar above it, as an exchange is of all that are listed.
    """

    key: str
    label: str
    count: int
    part: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """The companies counted by one facet.

    Attributes:
        key: The facet.
        label: What the facet is called.
        bars: One per value that any of the companies has, or per most frequent value.
        unknown: How many companies have no value.
        more: How many values have no bar.
    """

    key: str
    label: str
    bars: tuple[Bar, ...]
    unknown: int
    more: int = 0

    @property
    def most(self) -> int:
        """The count of the longest bar."""
        return max(bar.count for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Year:
    """How many companies were founded in a year."""

    year: int
    count: int


class Charts:
    """The charts of any of a catalog's companies."""

    def __init__(self, catalog: Catalog, columns: ColumnStore) -> None:
        self._catalog = catalog
        self._columns = columns

    def of(self, companies: Numbers) -> tuple[Chart, ...]:
        """Return the charts of some companies, without those that would show nothing."""
        mask = self._catalog.mask(companies)
        facets = self._catalog.facets
        last = (key for key in facets if key not in _FIRST and key not in _UNDRAWN)
        drawn = [facets[key] for key in (*_FIRST, *last) if key in facets]
        charts = (
            _chart(column, column.counts(mask))
            for column in drawn
            if column.kind.key != _LIST or column.known
        )
        return tuple(chart for chart in charts if chart.bars)

    def having(self, companies: Numbers, facet: str, key: str) -> Numbers:
        """Return those of some companies that have a value of a facet, in their order."""
        return companies[self._catalog.facets[facet].mask((key,))[companies]]

    def label(self, facet: str, key: str) -> str:
        """Return what a value of a facet is called; the value itself if no company has it."""
        return self._catalog.facets[facet].labels((key,))[key]

    def founding_years(self, companies: Numbers) -> tuple[Year, ...]:
        """Return every year from the first to the last founding, also those without any."""
        column = self._columns.column(COMPANIES, _FOUNDED)
        years = column.low[self._catalog.mask(companies)[column.number]].astype(int)
        if not len(years):
            return ()
        first = int(years.min())
        counts = np.bincount(years - first)
        return tuple(Year(first + at, int(count)) for at, count in enumerate(counts))


def _chart(column: FacetColumn, counts: Numbers) -> Chart:
    order = [key for key in column.ranked(counts) if key != UNKNOWN]
    kind = column.kind
    if kind.key in _BY_LENGTH:
        order.sort(key=lambda key: -column.count(counts, key))
    if kind.key == _LISTING:
        order = _parts_below_listed(order)
    if kind.key == _FOUNDED:
        order.reverse()
    shown = order[:_MOST]
    labels = column.labels(shown)
    bars = (
        Bar(key, labels[key], column.count(counts, key), _is_part(column, key)) for key in shown
    )
    unknown = column.count(counts, UNKNOWN)
    return Chart(kind.key, kind.label, tuple(bars), unknown, len(order) - len(shown))


def _is_part(column: FacetColumn, key: str) -> bool:
    return column.kind.key == _LISTING and key not in _STATUS


def _parts_below_listed(keys: Sequence[str]) -> list[str]:
    """Return the values of the listing with the exchanges right after all that are listed."""
    listed = ListingStatus.LISTED.value
    first = [key for key in keys if key == listed]
    exchanges = [key for key in keys if key not in _STATUS]
    return [*first, *exchanges, *(key for key in keys if key in _STATUS and key != listed)]
