"""How many companies there are of each city, trade, batch, year and listing.

The charts count by the facets that a catalog is browsed by, so each bar stands for exactly the
companies that choosing its value finds. A company with several values counts under each; one whose
rows say nothing counts as unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.facets import FACETS, UNKNOWN, FacetKind
from index.types import Company, Corpus, ListingStatus

# What is drawn of the facets, in this order.
_DRAWN = ("city", "domain", "founded", "batch", "listing", "headcount", "list")

# Facets whose values follow one another, and of those the ones that name the latest first; bars
# of all others stand by their length.
_FOLLOWING = ("founded", "batch", "headcount")
_LATEST_FIRST = ("founded",)

_LISTING = "listing"
_STATUS = tuple(status.value for status in ListingStatus)


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
        bars: One per value that any of the companies has.
        unknown: How many companies have no value.
    """

    key: str
    label: str
    bars: tuple[Bar, ...]
    unknown: int

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
    """The charts of any of a corpus' companies, their values read once.

    Args:
        corpus: All companies and lists.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._counted = {kind.key: _Counted(kind, corpus) for kind in FACETS}
        self._drawn = [key for key in _DRAWN if key != "list" or len(corpus.documents) > 1]

    def of(self, companies: Sequence[Company]) -> tuple[Chart, ...]:
        """Return the charts of some companies, without those that would show nothing."""
        found = (self._counted[key].chart(companies) for key in self._drawn)
        return tuple(chart for chart in found if chart.bars)

    def having(self, companies: Sequence[Company], facet: str, key: str) -> tuple[Company, ...]:
        """Return the companies that have a value of a facet, in their order."""
        values = self._counted[facet].values
        return tuple(one for one in companies if key in values[one.id])

    def label(self, facet: str, key: str) -> str:
        """Return what a value of a facet is called; the value itself if no company has it."""
        return self._counted[facet].labels.get(key, key)


class _Counted:
    """One facet with the values of every company.

    Attributes:
        labels: What the values are called, by key.
        values: Keys of the values by company id; :data:`UNKNOWN` where no row says.
    """

    def __init__(self, kind: FacetKind, corpus: Corpus) -> None:
        self._kind = kind
        self.labels = dict(kind.options(corpus))
        fixed = list(self.labels) if kind.key in _FOLLOWING else []
        self._fixed = fixed[::-1] if kind.key in _LATEST_FIRST else fixed
        self.values: dict[str, tuple[str, ...]] = {}
        for company in corpus.companies:
            told = dict(kind.read(company))
            for key, label in told.items():
                self.labels.setdefault(key, label)
            self.values[company.id] = tuple(told) or (UNKNOWN,)

    def chart(self, companies: Sequence[Company]) -> Chart:
        counts = Counter(key for one in companies for key in self.values[one.id])
        unknown = counts.pop(UNKNOWN, 0)
        order = self._fixed or [key for key, _ in counts.most_common()]
        if self._kind.key == _LISTING:
            order = _parts_below_listed(order)
        bars = (
            Bar(key, self.labels[key], counts[key], _is_part(self._kind, key))
            for key in order
            if counts[key]
        )
        return Chart(self._kind.key, self._kind.label, tuple(bars), unknown)


def founding_years(companies: Iterable[Company]) -> tuple[Year, ...]:
    """Return every year from the first to the last founding, also those without any."""
    told = Counter(
        year for one in companies for year in one.facts("founded") if isinstance(year, int)
    )
    if not told:
        return ()
    return tuple(Year(year, told[year]) for year in range(min(told), max(told) + 1))


def _is_part(kind: FacetKind, key: str) -> bool:
    return kind.key == _LISTING and key not in _STATUS


def _parts_below_listed(keys: Sequence[str]) -> list[str]:
    """Return the values of the listing with the exchanges right after all that are listed."""
    exchanges = [key for key in keys if key not in _STATUS]
    others = [key for key in keys if key in _STATUS and key != ListingStatus.LISTED]
    return [ListingStatus.LISTED.value, *exchanges, *others]
