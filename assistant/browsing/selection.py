"""What is wanted of all companies, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from index.types import Company


@dataclass(frozen=True, slots=True)
class Selection:
    """Which companies are wanted, and which stretch of them.

    Attributes:
        text: Words, all of which must be found.
        chosen: The values chosen, by facet; none for a facet that does not narrow.
        sort: Key of a field to sort by; empty for the order in which the companies were read, those
            that are named by the text first.
        descending: Whether the largest comes first.
        page: Page of the result, from 1.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False
    page: int = 1

    def without(self, facet: str, value: str) -> Selection:
        """Return the selection with a value no longer chosen; its first page."""
        kept = tuple(one for one in self.chosen.get(facet, ()) if one != value)
        return replace(self, chosen={**self.chosen, facet: kept}, page=1)

    def without_text(self) -> Selection:
        """Return the selection without words to be found; its first page."""
        return replace(self, text="", page=1)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, with how many companies it would leave."""

    key: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with those of its values that would leave any company or are chosen.

    Attributes:
        own_words: Whether the values are called by words of the interface rather than a source's.
        values: The most frequent ones, or all in their own order; those that are chosen at the end
            where they are rare.
        more: How many values are left out.
    """

    key: str
    label: str
    own_words: bool
    values: tuple[FacetValue, ...]
    more: int = 0

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        """The values chosen."""
        return tuple(value for value in self.values if value.chosen)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a selection found.

    Attributes:
        companies: Those of the page, in order.
        total: How many were found.
        page: The page, within those that there are.
        pages: How many pages there are, at least one.
        facets: One per facet that tells companies apart.
    """

    companies: tuple[Company, ...]
    total: int
    page: int
    pages: int
    facets: tuple[Facet, ...]
