"""All companies of an index to browse: searched, narrowed by facets, sorted, page by page.

    facts ──▶ Catalog ── select(Selection) ──▶ Found (a page of companies, facets with counts)

A facet counts what choosing each of its values would leave, so its own choices do not bear on its
counts; those of all other facets, and the words searched for, do. Values of one facet are
alternatives, facets hold together. A facet by which no companies are told apart is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np
from sqlalchemy import select

from assistant.browsing.facets import COMPANIES, FacetColumn, Numbers
from assistant.browsing.selection import Facet, Found, Selection
from index.schema.fields import Field, registry
from index.store import tables
from index.store.columns import ColumnStore, Mask
from index.store.records import Records
from index.text import fold
from index.types import Company

PAGE = 30
"""How many companies stand on one page."""

# What is searched besides names; a company is found if every word stands somewhere in these.
_SEARCHED = (
    "domain", "product", "technology", "position",
    "province", "city", "district", "exchange", "code",
)  # fmt: skip

_NAME, _COMPANY = "name", "company"
_REMEMBERED = 64


class Catalog:
    """The companies of one generation, ready to be browsed."""

    def __init__(self, records: Records, columns: ColumnStore) -> None:
        self._records = records
        self._columns = columns
        self._orders: dict[tuple[str, bool], Numbers] = {}
        self._holding = lru_cache(maxsize=_REMEMBERED)(self._holders)

    @property
    def total(self) -> int:
        """How many companies there are."""
        return self._columns.size(COMPANIES)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields that any company has."""
        return frozenset(one.key for one in self._records.fields() if one.companies)

    @cached_property
    def facets(self) -> dict[str, FacetColumn]:
        """The facets by key, in the order in which they are shown."""
        fields = registry().shown("facets")
        return {one.key: FacetColumn(one, self._columns, self._records) for one in fields}

    def find(self, ids: Iterable[str]) -> tuple[Company, ...]:
        """Return companies by their ids, each once; ids that no company has are left out."""
        return self._records.by_key(dict.fromkeys(ids))

    def companies(self, numbers: Sequence[int] | Numbers) -> tuple[Company, ...]:
        """Return companies by their reading order."""
        return self._records.companies(map(int, numbers))

    def numbers(self, ids: Iterable[str]) -> Numbers:
        """Return the reading order of companies by their ids, each once."""
        wanted = dict.fromkeys(ids)
        found = self._records.numbers(wanted)
        return np.array([found[key] for key in wanted if key in found], dtype=np.int64)

    def ids(self, numbers: Numbers) -> list[str]:
        """Return the ids of companies, in the order given."""
        return list(self._columns.keys(numbers.astype(np.int32)))

    def mask(self, numbers: Numbers) -> Mask:
        """Return which of all companies some are."""
        mask = np.zeros(self.total, dtype=bool)
        mask[numbers] = True
        return mask

    def named(self, selection: Selection) -> Selection:
        """Return a selection whose values may be told by their labels too, by their keys."""
        chosen = {
            facet: tuple(dict.fromkeys(map(self.facets[facet].key, values)))
            for facet, values in selection.chosen.items()
            if facet in self.facets
        }
        return replace(selection, chosen=chosen)

    def select(self, selection: Selection, rows: int = PAGE) -> Found:
        """Return a page of the companies that a selection wants, and the facets' counts.

        Args:
            selection: What is wanted; a page beyond the last is the last.
            rows: How many companies stand on one page.
        """
        wanted = self.matching(selection)
        pages = max(1, -(-len(wanted) // rows))
        page = min(max(selection.page, 1), pages)
        shown = wanted[(page - 1) * rows : page * rows]
        return Found(
            self.companies(shown), len(wanted), page, pages, tuple(self._counted(selection))
        )

    def matching(self, selection: Selection) -> Numbers:
        """Return all companies that a selection wants, in order, by their reading order."""
        mask = self._found(selection.text)
        for key, values in selection.chosen.items():
            mask = mask & self.facets[key].mask(values)
        order = self._order(selection.sort, descending=selection.descending)
        wanted = order[mask[order]]
        return wanted if selection.sort else self._by_name(wanted, selection.text)

    def search(self, text: str, limit: int) -> tuple[Company, ...]:
        """Return the companies in which every word is found, those that are named so first.

        Args:
            text: Words; without any, no company is found.
            limit: At most so many.
        """
        if not text.strip():
            return ()
        return self.companies(self.matching(Selection(text))[:limit])

    def _counted(self, selection: Selection) -> Iterator[Facet]:
        text = self._found(selection.text)
        masks = {key: self.facets[key].mask(told) for key, told in selection.chosen.items() if told}
        for key, column in self.facets.items():
            if column.known:
                among = text
                for other, mask in masks.items():
                    among = among & mask if other != key else among
                yield column.facet(among, selection.chosen.get(key, ()))

    def warm(self) -> None:
        """Read what every request needs, before the first one."""
        self.select(Selection())
        for field in registry().shown("sorts"):
            self._order(field.key, descending=False)
        self._names_with(" ")

    def _by_name(self, found: Numbers, text: str) -> Numbers:
        """Return companies in order: the one called so, those named so, then the others."""
        words = fold(text).split()
        if not words:
            return found
        distance = np.full(self.total, 2)
        distance[np.logical_and.reduce([self._names_with(word) for word in words])] = 1
        whole = fold(text).strip()
        called = self._records.surfaces((whole,)).get(whole, ())
        distance[self.numbers(one.value for one in called if one.kind == _COMPANY)] = 0
        return found[np.argsort(distance[found], kind="stable")]

    def _found(self, text: str) -> Mask:
        """Return which companies every word of a text is found in."""
        found = np.ones(self.total, dtype=bool)
        for word in dict.fromkeys(fold(text).split()):
            found &= self._holding(word)
        return found

    def _holders(self, word: str) -> Mask:
        """Return which companies a folded word is found in."""
        held = self._names_with(word)
        for field in _SEARCHED:
            column = self._columns.column(COMPANIES, field)
            for number, _ in self._columns.containing(COMPANIES, field, word):
                held[column.holders(number)] = True
        return held

    def _names_with(self, word: str) -> Mask:
        """Return the companies that have a name with a folded word."""
        names, starts = self._names
        places = []
        place = names.find(word)
        while place >= 0:
            places.append(place)
            place = names.find(word, place + 1)
        owners = np.searchsorted(starts, np.array(places, dtype=np.int64), side="right") - 1
        return self.mask(owners)

    @cached_property
    def _names(self) -> tuple[str, Numbers]:
        """The names of all companies in one text, and where those of each begin."""
        entities = tables.entities.c
        told = select(entities.name, entities.payload).where(entities.relation == COMPANIES)
        found = self._records.fetch(told.order_by(entities.id))
        names = [fold(f"{name}\n{aliases}\n") for name, aliases in found]
        starts = np.cumsum([0, *map(len, names)], dtype=np.int64)[:-1]
        return "".join(names), starts

    def _order(self, sort: str, *, descending: bool) -> Numbers:
        """Return all companies in order; those without the value stand last."""
        field = registry().field(sort)
        if not field:
            return np.arange(self.total, dtype=np.int64)
        if (sort, descending) not in self._orders:
            ranks = self._ranks(field)
            known = np.flatnonzero(ranks >= 0)
            sign = -1 if descending else 1
            ordered = known[np.argsort(sign * ranks[known], kind="stable")]
            self._orders[sort, descending] = np.concatenate((ordered, np.flatnonzero(ranks < 0)))
        return self._orders[sort, descending]

    def _ranks(self, field: Field) -> Numbers:
        """Return the place of every company in the order of a field, from 0; -1 for none."""
        ranks = np.full(self.total, -1, dtype=np.int64)
        named = field.key == _NAME
        column = (
            self._columns.by_name(COMPANIES)
            if named
            else self._columns.column(COMPANIES, field.key)
        )
        if named or field.numeric:
            ranks[column.order] = column.rank
            return ranks
        texts = self._columns.texts(COMPANIES, field.key, range(column.texts))
        by_sound = sorted(texts, key=lambda number: _sounds(texts[number]))
        place = np.zeros(column.texts, dtype=np.int64)
        place[by_sound] = np.arange(column.texts)
        # Of a cell that lists several items, the whole counts.
        for number in sorted(texts, key=lambda number: len(texts[number])):
            ranks[column.holders(number)] = place[number]
        return ranks


@lru_cache(maxsize=4096)
def _sounds(text: str) -> tuple[str, ...]:
    """Return a text as it is sorted: by the sounds of its characters."""
    # Loading its dictionary takes a while, and only this needs it.
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))
