"""What a catalog can be narrowed by: for each facet, the values of a company and their names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import cn2an

from assistant.filters import fulfils
from assistant.types import Condition
from assistant.understanding.words import load_words
from index.companies.names import split_list
from index.places.gazetteer import load_gazetteer
from index.schema.normalize import fold
from index.types import Company, Corpus, Headcount, Listing, ListingStatus

UNKNOWN = "未知"
"""Value of a company whose rows say nothing; cells that say so are read as blank."""

_STATUS = {
    ListingStatus.LISTED: "已上市",
    ListingStatus.UNLISTED: "未上市",
    ListingStatus.OTHER: "其他情况",
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

Value = tuple[str, str]
"""Key, which stands in addresses, and label."""


def _no_options(corpus: Corpus) -> Iterable[Value]:  # noqa: ARG001 - of a facet without any
    return ()


@dataclass(frozen=True, slots=True)
class FacetKind:
    """A facet.

    Attributes:
        key: Its name in addresses.
        label: What users see.
        read: Yields the values of a company, none if no row says.
        options: Yields all values in the order in which they are shown; where it yields none,
            values stand by the number of companies.
        own_words: Whether labels are words of the interface rather than a source's.
    """

    key: str
    label: str
    read: Callable[[Company], Iterable[Value]]
    options: Callable[[Corpus], Iterable[Value]] = _no_options
    own_words: bool = False


def _place(field: str, company: Company) -> Iterator[Value]:
    for place in company.facts(field):
        yield str(place), str(place)


def _domains(company: Company) -> Iterator[Value]:
    for value in company.values("domain"):
        for part in split_list(value.text):
            yield fold(part), part


def _batches(company: Company) -> Iterator[Value]:
    for batch in company.facts("batch"):
        yield str(batch), f"第{cn2an.an2cn(str(batch))}批"


def _listings(company: Company) -> Iterator[Value]:
    """Yield the status of a listing, and the exchanges that conditions of questions know."""
    told = company.facts("listing")
    for listing in told:
        if isinstance(listing, Listing):
            yield listing.status.value, _STATUS[listing.status]
    if any(isinstance(one, Listing) and one.status is ListingStatus.LISTED for one in told):
        for label, exchange in load_words().exchanges.items():
            condition = Condition("exchange", label, exchange.names)
            if fulfils(company, condition, load_gazetteer()):
                yield label, label


def _decades(company: Company) -> Iterator[Value]:
    for year in company.facts("founded"):
        if isinstance(year, int):
            yield _decade(year // 10 * 10)


def _decade(first: int) -> Value:
    early = first < _FIRST_DECADE
    return ("0", _EARLIER) if early else (str(first), f"{first}–{first + 9}")


def _sizes(company: Company) -> Iterator[Value]:
    for headcount in company.facts("headcount"):
        if isinstance(headcount, Headcount):
            low = list(_SIZES)[bisect_right(list(_SIZES), headcount.low) - 1]
            yield str(low), _SIZES[low]


def _lists(company: Company) -> Iterator[Value]:
    for row in company.rows:
        yield row.origin.source, row.origin.source


def _list_options(corpus: Corpus) -> Iterator[Value]:
    titles = [document.title for document in corpus.documents]
    for document in corpus.documents:
        twice = titles.count(document.title) > 1
        title = f"{document.title}（{document.source}）" if twice else document.title
        yield document.source, title


def _all_batches(corpus: Corpus) -> Iterator[Value]:
    numbers = {batch for one in corpus.companies for batch in one.facts("batch")}
    for batch in sorted(number for number in numbers if isinstance(number, int)):
        yield str(batch), f"第{cn2an.an2cn(str(batch))}批"


def _all_listings(corpus: Corpus) -> Iterator[Value]:  # noqa: ARG001
    yield from ((status.value, label) for status, label in _STATUS.items())
    yield from ((label, label) for label in load_words().exchanges)


def _all_decades(corpus: Corpus) -> Iterator[Value]:
    years = {year for one in corpus.companies for year in one.facts("founded")}
    numbers = (year // 10 * 10 for year in years if isinstance(year, int))
    yield from dict.fromkeys(_decade(first) for first in sorted(numbers, reverse=True))


def _all_sizes(corpus: Corpus) -> Iterator[Value]:  # noqa: ARG001
    yield from ((str(low), label) for low, label in _SIZES.items())


FACETS = (
    FacetKind("list", "清单", _lists, _list_options),
    FacetKind("province", "省份", partial(_place, "province")),
    FacetKind("city", "城市", partial(_place, "city")),
    FacetKind("domain", "领域", _domains),
    FacetKind("listing", "上市", _listings, _all_listings, own_words=True),
    FacetKind("founded", "成立年代", _decades, _all_decades, own_words=True),
    FacetKind("headcount", "规模", _sizes, _all_sizes, own_words=True),
    FacetKind("batch", "批次", _batches, _all_batches, own_words=True),
)
"""All facets, in the order in which they are shown."""
