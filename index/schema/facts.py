"""Typed facts of companies and statistics: what filters, groups and sorts are computed from.

The fields and the form of their values are those that :mod:`index.store.tables` lists. A company
whose rows disagree has several facts of one field. A company with a ``listing`` fact but without an
``exchange`` fact is known to be on no exchange.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.companies.names import split_list
from index.schema.amounts import parse_amount
from index.schema.columns import TableKind, load_schema
from index.schema.exchanges import read_shares
from index.schema.markets import markets_of
from index.schema.normalize import fold
from index.types import Company, CompanyRow, Listing, Origin, StatisticsRow, Value

# Fields of companies whose values are read as one of the types below, not as texts.
_TYPED = frozenset(
    {"name", "city", "province", "district", "founded", "headcount", "batch", "listing"}
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One typed value that a row gives.

    Attributes:
        field: Key of the registry, or the header of a list's own column.
        text: The value as it is compared, folded; None for one that is only a number.
        low: Lower end of the number, in single units; None for a text.
        high: Upper end; None for a text and where the number is open-ended.
        first: Whether the first row that has the field gives it.
        row: Position of the company's row that gives it; None for what no row of a company gives.
    """

    field: str
    text: str | None
    low: float | None = None
    high: float | None = None
    first: bool = True
    row: int | None = None


def company_facts(company: Company) -> Iterator[Fact]:
    """Yield the distinct facts of a company, row by row.

    A number in a list's own column counts in the first row of each list that has the column: a
    later table of the same list may rank by something else (纳税排名前10).
    """
    seen: set[tuple[str, str | None, float | None, float | None]] = set()
    first: dict[str, int] = {}
    measured: set[tuple[str, str]] = set()
    for number, row in enumerate(company.rows):
        own = _own_fields(row)
        counted = {field for field in own if (row.origin.source, field) not in measured}
        measured |= {(row.origin.source, field) for field in counted}
        for fact in (*_typed(row), *_texts(row, counted), *origin_facts(row.origin)):
            first.setdefault(fact.field, number)
            bare = (fact.field, fact.text, None, None)
            key = (fact.field, fact.text, fact.low, fact.high)
            if key in seen or (fact.low is None and bare in seen):
                continue
            seen |= {key, bare}
            yield replace(fact, first=first[fact.field] == number, row=number)


def statistics_facts(row: StatisticsRow) -> Iterator[Fact]:
    """Yield the facts of a row of statistics: its place, its count and its other columns."""
    facts: list[Fact] = []
    if row.place:
        facts.append(Fact("place", fold(row.place)))
    if row.count is not None:
        facts.append(Fact("count", None, row.count, None if row.open_ended else row.count))
    for field, value in row.values.items():
        if field not in ("place", "count"):
            facts.extend(_column(field, value, counted=True))
    yield from dict.fromkeys((*facts, *origin_facts(row.origin)))


def origin_facts(origin: Origin) -> Iterator[Fact]:
    """Yield the list that lines stand in and each heading above them, without the title."""
    yield Fact("list", origin.source)
    for heading in dict.fromkeys(origin.section[1:]):
        yield Fact("section", fold(heading))


def _own_fields(row: CompanyRow) -> list[str]:
    """Return the columns of a row that only its list has."""
    known = load_schema().labels[TableKind.COMPANY]
    return [field for field in row.values if field not in known]


def _typed(row: CompanyRow) -> Iterator[Fact]:
    """Yield the facts of the fields that every list may have."""
    facts = row.facts
    for field in ("city", "province"):
        if place := getattr(facts, field):
            yield Fact(field, place)
    if facts.district:
        yield Fact("district", fold(facts.district))
    for field in ("founded", "batch"):
        if (number := getattr(facts, field)) is not None:
            yield Fact(field, None, number, number)
    if facts.headcount:
        yield Fact("headcount", None, facts.headcount.low, facts.headcount.high)
    if facts.listing:
        told = row.values["listing"].text if "listing" in row.values else ""
        yield from _listing(facts.listing, told)


def _listing(listing: Listing, told: str) -> Iterator[Fact]:
    """Yield status, markets and codes; a market that no label covers by the source's name."""
    yield Fact("listing", listing.status.value)
    markets = markets_of(listing, told) or ((listing.exchange,) if listing.exchange else ())
    for market in markets:
        yield Fact("exchange", fold(market))
    codes = [share.code for share in read_shares(told) if share.code]
    if listing.code:
        codes.insert(0, listing.code.partition(".")[0])
    for code in dict.fromkeys(map(fold, codes)):
        yield Fact("code", code)


def _texts(row: CompanyRow, counted: Iterable[str]) -> Iterator[Fact]:
    """Yield the facts of text fields; those of ``counted`` with their numbers."""
    for field, value in row.values.items():
        if field not in _TYPED:
            yield from _column(field, value, counted=field in counted)


def _column(field: str, value: Value, *, counted: bool) -> Iterator[Fact]:
    """Yield the whole cell, with the number in it if it counts, and each item of the cell."""
    whole = fold(value.text)
    amount = parse_amount(value.text, field) if counted else None
    yield Fact(field, whole, amount, amount)
    for item in dict.fromkeys(map(fold, split_list(value.text))):
        if item != whole:
            yield Fact(field, item)
