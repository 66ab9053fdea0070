"""What is wrong between rows: shared, contradictory, doubled, missing, ambiguous."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from index.checks.types import Entry, Finding, Rule, Severity, place_of
from index.schema.exchanges import share_keys
from index.schema.fields import ValueType, registry
from index.schema.shapes import type_of
from index.schema.values import host_of
from index.text import fold
from index.types import CompanyRow, Corpus, ListingStatus, Origin, Value


def check_rows(entries: Sequence[Entry], corpus: Corpus) -> Iterator[Finding]:
    """Yield what is wrong between rows."""
    yield from _shared(entries, Rule.SHARED_CODE, "listing", "股票代码", _codes)
    yield from _shared(entries, Rule.SHARED_HOMEPAGE, "website", "主页", _hosts)
    yield from _conflicts(entries)
    yield from _duplicates(entries)
    yield from _missing_fields(entries, corpus)
    yield from _ambiguous(corpus)


def _codes(row: CompanyRow) -> Iterator[tuple[str, str]]:
    """Return market and code of each of a row's shares."""
    value = row.values.get("listing")
    return share_keys(value.text) if value else iter(())


def _hosts(row: CompanyRow) -> Iterator[tuple[str, str]]:
    if row.facts.website:
        yield "", host_of(row.facts.website)


def _shared(
    entries: Iterable[Entry],
    rule: Rule,
    field: str,
    name: str,
    keys: Callable[[CompanyRow], Iterable[tuple[str, str]]],
) -> Iterator[Finding]:
    """Yield what should be one company's and stands under several."""
    owners: defaultdict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    for entry in entries:
        for key in keys(entry.row):
            if entry.id is not None:
                owners[key].setdefault(entry.id, entry)
    for (_, text), sharing in owners.items():
        origins = tuple(entry.origin(field) for entry in sharing.values())
        # A row for a group of companies gives them one value on purpose.
        if len(set(origins)) > 1:
            companies = "、".join(entry.company for entry in sharing.values())
            places = "、".join(map(place_of, origins))
            message = f"{len(origins)} 家企业的{name}同为 {text}：{places}"
            yield Finding(rule, Severity.WARNING, companies, field, text, message, origins)


def _differ(one: object, other: object) -> bool:
    return one != other


def _fact(field: str) -> Callable[[CompanyRow], Any]:
    return lambda row: getattr(row.facts, field)


def _listing_claims(row: CompanyRow) -> Mapping[str, frozenset[str]] | None:
    """Return the codes by market, and whether the shares are traded at all."""
    claims: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for market, code in _codes(row):
        claims[market] |= {code}
    status = row.facts.listing.status if row.facts.listing else None
    if claims or status is ListingStatus.LISTED:
        claims["traded"] = frozenset({"yes"})
    elif status is ListingStatus.UNLISTED:
        claims["traded"] = frozenset({"no"})
    return claims or None


def _listings_differ(
    one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]
) -> bool:
    """Return whether two rows have no code of a market in common; other markets add up."""
    return any(not one[market] & other[market] for market in one.keys() & other.keys())


def _host(row: CompanyRow) -> str | None:
    return next((host for _, host in _hosts(row)), None)


def _hosts_differ(one: str, other: str) -> bool:
    """Return whether two hosts are neither the same nor one below the other."""
    return one != other and not one.endswith(f".{other}") and not other.endswith(f".{one}")


_Read = Callable[[CompanyRow], Any]
_Differ = Callable[[Any, Any], bool]

# How rows are read and compared in fields of which a company has one value only, where the typed
# facts themselves do not tell.
_COMPARED: Mapping[ValueType, tuple[_Read, _Differ]] = {
    ValueType.LISTING: (_listing_claims, _listings_differ),
    ValueType.URL: (_host, _hosts_differ),
}


def _conflicts(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Yield the fields in which the rows of one company contradict each other."""
    rows: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.id is not None:
            rows[entry.id].append(entry)
    for company in rows.values():
        for field in registry().role("single"):
            read, differ = _COMPARED.get(type_of(field), (_fact(field), _differ))
            values = _clashing([entry.row for entry in company], field, read, differ)
            if values:
                yield _conflict(company[0].company, field, values)


def _clashing(
    rows: Iterable[CompanyRow],
    field: str,
    read: _Read,
    differ: _Differ,
) -> list[Value]:
    """Return the values that clash with another, the first row of each distinct one."""
    sides: list[tuple[Any, Value]] = []
    for row in rows:
        claim, value = read(row), row.values.get(field)
        if claim is not None and value and all(claim != known for known, _ in sides):
            sides.append((claim, value))
    return [value for claim, value in sides if any(differ(claim, other) for other, _ in sides)]


def _conflict(company: str, field: str, values: Sequence[Value]) -> Finding:
    told = "、".join(f"“{value.text}”（{place_of(value.origin)}）" for value in values)
    message = f"{registry().label(field)}前后不一：{told}"
    text = " / ".join(value.text for value in values)
    origins = tuple(value.origin for value in values)
    return Finding(Rule.CONFLICT, Severity.WARNING, company, field, text, message, origins)


def _duplicates(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Yield rows with the same name and the same texts below one heading.

    Below two headings they are no slip: a list by trade names a company in each of its trades.
    """
    seen: defaultdict[tuple[object, ...], dict[Origin, Entry]] = defaultdict(dict)
    for entry in entries:
        row = entry.row
        # What headings add is no text of the row itself; they stand above it.
        own = frozenset(
            (field, value.text)
            for field, value in row.values.items()
            if field != "name" and value.origin.line_end >= row.origin.line_start
        )
        key = (row.origin.source, row.origin.sheet, row.origin.section, fold(row.name), own)
        seen[key].setdefault(row.origin, entry)
    for same in seen.values():
        if len(same) > 1:
            first = next(iter(same.values()))
            places = "、".join(map(place_of, same))
            message = f"“{first.row.name}”的同一行出现 {len(same)} 次：{places}"
            yield first.finding(Rule.DUPLICATE, Severity.WARNING, "name", message, tuple(same))


def _missing_fields(entries: Iterable[Entry], corpus: Corpus) -> Iterator[Finding]:
    """Yield rows without a field for which their table has a column."""
    for table in _tables(entries, corpus):
        for field in registry().role("key"):
            # A column shows in the rows that fill it; what a heading adds has lines of its own.
            column = any(
                field in entry.row.values and entry.origin(field) == entry.row.origin
                for entry in table
            )
            for entry in table:
                slipped = any(slip.field == field for slip in entry.row.slips)
                if column and field not in entry.row.values and not slipped:
                    message = f"没有填写{registry().label(field)}，同表其他企业有"
                    yield entry.finding(Rule.MISSING_FIELD, Severity.WARNING, field, message)


def _tables(entries: Iterable[Entry], corpus: Corpus) -> Iterator[list[Entry]]:
    """Yield the rows of each table: rows below one heading, with no other line between them."""
    skipped = {(row.source, row.sheet, row.line) for row in corpus.skipped}
    table: list[Entry] = []
    for entry in entries:
        if table and not _follows(entry.row.origin, table[-1].row.origin, skipped):
            yield table
            table = []
        table.append(entry)
    if table:
        yield table


def _follows(origin: Origin, before: Origin, skipped: Set[tuple[str, str, int]]) -> bool:
    """Return whether a row is of the same table as the one before it."""
    between = range(before.line_end + 1, origin.line_start)
    one, other = ((o.source, o.sheet, o.section) for o in (origin, before))
    return one == other and all((origin.source, origin.sheet, line) in skipped for line in between)


def _ambiguous(corpus: Corpus) -> Iterator[Finding]:
    """Yield rows whose short name several companies share."""
    names = {company.id: company.name for company in corpus.companies}
    for unresolved in corpus.unresolved:
        entry = Entry(unresolved.row.name, None, unresolved.row)
        candidates = "、".join(names.get(one, one) for one in unresolved.candidates)
        message = f"“{entry.company}”可能是几家企业，没有归入任何一家：{candidates}"
        yield entry.finding(Rule.AMBIGUOUS, Severity.WARNING, "name", message)
