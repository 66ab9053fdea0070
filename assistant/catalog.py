"""All companies of an index to browse: searched, narrowed by facets, sorted.

    Corpus ──▶ Catalog ── select(Selection) ──▶ Selected (companies in order, facets with counts)

A facet counts what choosing each of its values would leave, so its own choices do not bear on its
counts; those of all other facets, and the words searched for, do. Values of one facet are
alternatives, facets hold together. A company whose rows disagree counts under each value; one
whose rows say nothing counts as :data:`UNKNOWN`. A facet by which no companies are told apart is
left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

from assistant.facets import FACETS, UNKNOWN, FacetKind
from assistant.profile import fields_of
from index.schema.exchanges import read_shares
from index.schema.normalize import fold
from index.types import Company, Corpus, Headcount

SORTS = ("name", "city", "domain", "founded", "headcount")
"""What companies can be sorted by."""

# What is searched; a company is found if every word stands somewhere in these.
_SEARCHED = ("domain", "product", "technology", "position", "district", "listing")
_PLACES = ("city", "province")

_Mask = NDArray[np.bool_]
_Numbers = NDArray[np.int64]
_Key = tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a catalog is wanted.

    Attributes:
        text: Words, all of which must be found.
        chosen: The values chosen, by facet; none for a facet that does not narrow.
        sort: One of :data:`SORTS`; empty for the order in which the companies were read, those
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
    """

    key: str
    label: str
    own_words: bool
    values: tuple[FacetValue, ...]

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        """The values chosen."""
        return tuple(value for value in self.values if value.chosen)


@dataclass(frozen=True, slots=True)
class Selected:
    """What a selection found.

    Attributes:
        companies: All of them, in order.
        facets: One per facet of the catalog that tells companies apart.
    """

    companies: tuple[Company, ...]
    facets: tuple[Facet, ...]

    @property
    def total(self) -> int:
        """How many companies were found."""
        return len(self.companies)


class Catalog:
    """The companies of a corpus, ready to be browsed.

    Args:
        corpus: The companies, and the lists they stand in.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.companies = corpus.companies
        self._number = {company.id: at for at, company in enumerate(corpus.companies)}
        self._columns = tuple(_Column(kind, corpus) for kind in FACETS)
        self._keys: dict[str, list[_Key | None]] = {}
        self._orders: dict[tuple[str, bool], _Numbers] = {}

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields that any company has."""
        return frozenset(fields_of(self.companies))

    def find(self, ids: Iterable[str]) -> tuple[Company, ...]:
        """Return companies by their ids, each once; ids that no company has are left out."""
        found = (self._number.get(one) for one in dict.fromkeys(ids))
        return tuple(self.companies[at] for at in found if at is not None)

    def named(self, selection: Selection) -> Selection:
        """Return a selection whose values may be told by their labels too, by their keys."""
        columns = {column.kind.key: column for column in self._columns}
        chosen = {
            facet: tuple(dict.fromkeys(columns[facet].key(value) for value in values))
            for facet, values in selection.chosen.items()
        }
        return replace(selection, chosen=chosen)

    def select(self, selection: Selection) -> Selected:
        """Return the companies that a selection wants, in order, and the facets' counts."""
        text = self._found(selection.text)
        masks = [column.mask(selection.chosen.get(column.kind.key, ())) for column in self._columns]
        facets = []
        for at, column in enumerate(self._columns):
            others = [mask for other, mask in enumerate(masks) if other != at]
            if column.known:
                chosen = selection.chosen.get(column.kind.key, ())
                facets.append(column.facet(_all([text, *others]), chosen))
        order = self._order(selection.sort, descending=selection.descending)
        wanted = order[_all([text, *masks])[order]].tolist()
        if not selection.sort:
            wanted = self._by_name(wanted, selection.text)
        return Selected(tuple(self.companies[at] for at in wanted), tuple(facets))

    def search(self, text: str, limit: int) -> tuple[Company, ...]:
        """Return the companies in which every word is found, those that are named so first.

        Args:
            text: Words; without any, no company is found.
            limit: At most so many.
        """
        found = np.flatnonzero(self._found(text)).tolist() if text.strip() else []
        return tuple(self.companies[at] for at in self._by_name(found, text)[:limit])

    def _by_name(self, found: Sequence[int], text: str) -> list[int]:
        """Return companies' numbers: the one called so, those named so, then the others."""
        whole, words = fold(text).strip(), fold(text).split()

        def distance(at: int) -> int:
            names = self._names[at]
            if whole in names:
                return 0
            return 1 if all(any(word in name for name in names) for word in words) else 2

        return sorted(found, key=distance) if words else list(found)

    @cached_property
    def _names(self) -> tuple[tuple[str, ...], ...]:
        return tuple(
            tuple(map(fold, (company.name, *company.aliases))) for company in self.companies
        )

    def _found(self, text: str) -> _Mask:
        """Return which companies every word of a text is found in."""
        found = np.ones(len(self.companies), dtype=bool)
        for word in dict.fromkeys(fold(text).split()):
            held = (word in told for told in self._texts)
            found &= np.fromiter(held, dtype=bool, count=len(self.companies))
        return found

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(fold("\n".join(_searched(company))) for company in self.companies)

    def _order(self, sort: str, *, descending: bool) -> _Numbers:
        """Return the companies' numbers in order; those without the value stand last."""
        if not sort:
            return np.arange(len(self.companies), dtype=np.int64)
        if sort not in self._keys:
            self._keys[sort] = [_SORT_KEYS[sort](company) for company in self.companies]
        if (sort, descending) not in self._orders:
            keys = dict(enumerate(self._keys[sort]))
            known = [(key, at) for at, key in keys.items() if key is not None]
            known.sort(key=lambda pair: pair[0], reverse=descending)
            unknown = [at for at, key in keys.items() if key is None]
            order = [*(at for _, at in known), *unknown]
            self._orders[sort, descending] = np.array(order, dtype=np.int64)
        return self._orders[sort, descending]


class _Column:
    """One facet's values of all companies.

    Attributes:
        kind: The facet.
        known: Whether companies differ in it.
    """

    def __init__(self, kind: FacetKind, corpus: Corpus) -> None:
        self.kind = kind
        self._labels: dict[str, str] = dict(kind.options(corpus))
        fixed = bool(self._labels)
        numbers: dict[str, int] = {key: at for at, key in enumerate(self._labels)}
        pairs: list[tuple[int, int]] = []
        for at, company in enumerate(corpus.companies):
            told = dict(kind.read(company)) or {UNKNOWN: UNKNOWN}
            for key, label in told.items():
                self._labels.setdefault(key, label)
                pairs.append((at, numbers.setdefault(key, len(numbers))))
        self._fixed = fixed
        self._numbers = numbers
        self._companies = len(corpus.companies)
        pair_array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        self._owners, self._values = pair_array[:, 0], pair_array[:, 1]
        self.known = len(np.unique(self._values)) > 1

    def key(self, value: str) -> str:
        """Return the key of a value that is told by its key or its label."""
        if value in self._numbers:
            return value
        return next((key for key, label in self._labels.items() if label == value), value)

    def mask(self, chosen: Sequence[str]) -> _Mask:
        """Return which companies have any of the values; all if none is chosen."""
        if not chosen:
            return np.ones(self._companies, dtype=bool)
        numbers = [self._numbers[key] for key in chosen if key in self._numbers]
        mask = np.zeros(self._companies, dtype=bool)
        mask[self._owners[np.isin(self._values, numbers)]] = True
        return mask

    def facet(self, among: _Mask, chosen: Sequence[str]) -> Facet:
        """Return the facet with its counts among some companies."""
        counted = np.bincount(self._values[among[self._owners]], minlength=len(self._numbers))
        counts = dict(zip(self._numbers, counted.tolist(), strict=True))
        shown = [key for key, count in counts.items() if count or key in chosen]
        shown += [key for key in chosen if key not in counts]
        if not self._fixed:
            shown.sort(key=lambda key: -counts.get(key, 0))
        shown.sort(key=lambda key: key == UNKNOWN)
        return Facet(
            self.kind.key,
            self.kind.label,
            self.kind.own_words,
            tuple(
                FacetValue(key, self._labels.get(key, key), counts.get(key, 0), key in chosen)
                for key in shown
            ),
        )


def _all(masks: Sequence[_Mask]) -> _Mask:
    together: _Mask = np.logical_and.reduce(masks)
    return together


def _searched(company: Company) -> Iterable[str]:
    """Yield the texts of a company that are searched, with its stock codes on their own."""
    yield from (company.name, *company.aliases)
    for row in company.rows:
        yield row.name
    for name in _SEARCHED:
        yield from (value.text for value in company.values(name))
    for place in _PLACES:
        yield from map(str, company.facts(place))
    for value in company.values("listing"):
        yield from (share.code for share in read_shares(value.text))


@lru_cache(maxsize=4096)
def _sounds(text: str) -> tuple[str, ...]:
    """Return a text as it is sorted: by the sounds of its characters."""
    return tuple(lazy_pinyin(fold(text)))


def _text_key(name: str) -> Callable[[Company], tuple[str, ...] | None]:
    def key(company: Company) -> tuple[str, ...] | None:
        fact = next(map(str, company.facts(name)), None) if name in _PLACES else company.text(name)
        return _sounds(fact) if fact else None

    return key


def _number_key(name: str) -> Callable[[Company], tuple[int, ...] | None]:
    def key(company: Company) -> tuple[int, ...] | None:
        fact = next(iter(company.facts(name)), None)
        if isinstance(fact, Headcount):
            return fact.low, fact.high or fact.low
        return (fact,) if isinstance(fact, int) else None

    return key


_SORT_KEYS: Mapping[str, Callable[[Company], _Key | None]] = {
    "name": lambda company: _sounds(company.name),
    "city": _text_key("city"),
    "domain": _text_key("domain"),
    "founded": _number_key("founded"),
    "headcount": _number_key("headcount"),
}
