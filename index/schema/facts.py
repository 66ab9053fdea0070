"""Typed facts of companies and statistics: what filters, groups and sorts are computed from.

The fields and the form of their values are those that :mod:`index.store.tables` lists. A company
whose rows disagree has several facts of one field. A company with a ``listing`` fact but without an
``exchange`` fact is known to be on no exchange.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from index.regex import regex
from index.schema.exchanges import read_shares
from index.schema.fields import Field, TableKind, ValueType, registry
from index.schema.interval import Interval
from index.schema.markets import markets_of
from index.schema.own import own_field
from index.schema.values import parse
from index.text import fold
from index.types import (
    Company,
    CompanyRow,
    Listing,
    ListingStatus,
    Origin,
    StatisticsRow,
    Value,
)

# Fields whose facts come from the typed facts of the row, or that are no facts.
_TYPED = frozenset(
    {"name", "city", "province", "district", "founded", "headcount", "batch", "listing"}
)

_BRACKETED = regex(r"[(（]([^()（）]+)[)）]")


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


def company_facts(company: Company, own: Mapping[str, Field] | None = None) -> Iterator[Fact]:
    """Yield the distinct facts of a company, row by row.

    A number in a list's own column counts in the rows of the first table of each list that has the
    column: a later table of the same list may rank by something else (纳税排名前10).

    Args:
        company: The company.
        own: The fields of the lists' own columns by header, as
            :func:`index.schema.own.own_fields` returns them; those that are missing are inferred
            from the company's own cells.
    """
    seen: set[tuple[str, str | None, float | None, float | None]] = set()
    first: dict[str, int] = {}
    measured: dict[tuple[str, str], tuple[str, ...]] = {}
    fields = _own_of(company, own or {})
    for number, row in enumerate(company.rows):
        facts = [*_typed(row)]
        for key, value in row.values.items():
            if key not in _TYPED:
                column = fields.get(key) or registry().field(key)
                table = measured.get((row.origin.source, key), row.origin.section)
                counted = table == row.origin.section
                facts += _column(column, value, counted=counted) if column else ()
        for key in fields.keys() & row.values.keys():
            measured.setdefault((row.origin.source, key), row.origin.section)
        for fact in (*facts, *origin_facts(row.origin)):
            first.setdefault(fact.field, number)
            bare = (fact.field, fact.text, None, None)
            whole = (fact.field, fact.text, fact.low, fact.high)
            # Two rows of a table that tell the same amount tell two amounts.
            again = fact.low is not None and fact.field in fields
            if (whole in seen and not again) or (fact.low is None and bare in seen):
                continue
            seen |= {whole, bare}
            yield Fact(*whole, first=first[fact.field] == number, row=number)


def statistics_facts(row: StatisticsRow) -> Iterator[Fact]:
    """Yield the facts of a row of statistics: its place, its count and its other columns."""
    facts: list[Fact] = []
    if row.place:
        facts.append(Fact("place", fold(row.place)))
    if row.count is not None:
        facts.append(Fact("count", None, row.count, None if row.open_ended else row.count))
    for key, value in row.values.items():
        if key not in ("place", "count"):
            known = registry().field(key, TableKind.REGION)
            facts += _column(known or own_field(key, [value.text]), value)
    yield from dict.fromkeys((*facts, *origin_facts(row.origin)))


def origin_facts(origin: Origin) -> Iterator[Fact]:
    """Yield the list that lines stand in and each heading above them, without the title."""
    yield Fact("list", origin.source)
    for heading in dict.fromkeys(origin.section[1:]):
        yield Fact("section", fold(heading))


def _own_of(company: Company, own: Mapping[str, Field]) -> dict[str, Field]:
    """Return the fields of a company's own columns, by header."""
    headers = {key for row in company.rows for key in row.values if registry().field(key) is None}
    return {
        key: own.get(key) or own_field(key, (value.text for value in company.values(key)))
        for key in headers
    }


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
    yield Fact("remark", remark_of(listing, told))
    markets = markets_of(listing, told) or ((listing.exchange,) if listing.exchange else ())
    if listing.exchange:
        yield Fact("board", listing.exchange)
    for market in markets:
        yield Fact("exchange", fold(market))
    codes = [share.code for share in read_shares(told) if share.code]
    if listing.code:
        codes.insert(0, listing.code.partition(".")[0])
    for code in dict.fromkeys(map(fold, codes)):
        yield Fact("code", code)


def remark_of(listing: Listing, told: str) -> str:
    """Return what a listing cell says besides the listing, folded; "" for nothing.

    未上市（上汽集团控股） says who holds the shares, 国有企业 and 小米集团子公司 nothing else.
    """
    if listing.status is ListingStatus.OTHER:
        return fold(told)
    if listing.status is ListingStatus.UNLISTED and (inside := _BRACKETED.search(told)):
        return fold(inside[1])
    return ""


def _column(column: Field, value: Value, *, counted: bool = True) -> list[Fact]:
    """Return the whole cell, with its number if the type is numeric, else the items of a list.

    Args:
        column: The field of the column.
        value: The cell.
        counted: Whether a number counts; the text does in any case.
    """
    whole = fold(value.text)
    if not column.numeric:
        items = parse(value.text, column) if column.type is ValueType.TEXT else ()
        return [Fact(column.key, text) for text in dict.fromkeys((whole, *map(str, items)))]
    read = parse(value.text, column) if counted else ()
    numbers = [one for one in read if isinstance(one, Interval)]
    if not numbers:
        return [Fact(column.key, whole)]
    return [
        Fact(column.key, whole, one.low, None if one.high == inf else one.high) for one in numbers
    ]
