"""Table rows as typed rows: companies, regional statistics, criteria; the rest as passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from index.columns import TableKind, classify
from index.criteria import is_criteria, row_clauses, split_criteria
from index.exchanges import parse_listing
from index.names import split_list
from index.normalize import (
    is_blank,
    parse_batch,
    parse_headcount,
    parse_website,
    parse_year,
    plain_heading,
)
from index.places import Gazetteer, Level
from index.statistics import read_statistics
from index.types import (
    Cell,
    Clause,
    CompanyRow,
    Document,
    Facts,
    Heading,
    Passage,
    Row,
    SkippedRow,
    Span,
    StatisticsRow,
    Table,
    Value,
)

# Headings whose companies lie outside of China, whatever place the file's title names.
_FOREIGN = re.compile(
    r"国际|国外|海外|境外|外国|外资|全球|欧洲|美国|日本|韩国|德国|英国|法国|以色列"
)

# A name cell of several such names groups companies.
_SHORTEST_NAME, _LONGEST_NAME = 2, 12


@dataclass
class TypedRows:
    """What the tables of one document hold, in reading order.

    Attributes:
        profiles: How many profiles were read.
        rows: How many rows of company tables were read; one may name several companies.
    """

    companies: list[CompanyRow] = field(default_factory=list)
    statistics: list[StatisticsRow] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    profiles: int = 0
    rows: int = 0


def read_tables(document: Document, gazetteer: Gazetteer) -> TypedRows:
    """Return the typed rows of all tables of ``document``; every body row lands somewhere."""
    found = TypedRows()
    title = next((heading for heading in document.headings if heading.level == 1), None)
    for profile in document.profiles:
        _, columns = classify([cell.text for cell in profile.header.cells])
        for row in profile.rows:
            _add_company(found, profile, row, columns, gazetteer, title)
    found.profiles, found.rows = found.rows, 0
    for table in document.tables:
        kind, columns = classify([cell.text for cell in table.header.cells])
        for row in table.rows:
            if not any(cell.text for cell in row.cells):
                found.skipped.append(_skipped(row, "空行"))
            elif _texts(row) == _texts(table.header):
                found.skipped.append(_skipped(row, "重复的表头"))
            elif kind is TableKind.COMPANY:
                _add_company(found, table, row, columns, gazetteer, title)
            else:
                _add_other(found, table, row, gazetteer)
    clauses, others = split_criteria(document.passages)
    found.clauses.extend(clauses)
    found.passages[:0] = others
    return found


def _add_other(found: TypedRows, table: Table, row: Row, gazetteer: Gazetteer) -> None:
    """Add a row that is not about a company: requirements, statistics, or a passage."""
    kind, columns = classify([cell.text for cell in table.header.cells])
    if kind is TableKind.CRITERIA:
        found.clauses.extend(_clauses(table, row, columns))
    elif kind is TableKind.OTHER and is_criteria(table):
        further = range(1, len(table.header.cells))
        found.clauses.extend(row_clauses(table.header, row, 0, further))
    elif statistics := read_statistics(table, row, gazetteer):
        found.statistics.append(statistics)
    else:
        found.passages.append(_row_passage(row))


def _add_company(
    found: TypedRows,
    table: Table,
    row: Row,
    columns: Mapping[str, int],
    gazetteer: Gazetteer,
    title: Heading | None,
) -> None:
    name = _cell(row, columns["name"])
    if name is None or is_blank(name.text):
        found.skipped.append(_skipped(row, "没有企业名称"))
        return
    found.rows += 1
    values = _values(table, row, columns)
    values |= _heading_values(table, values, gazetteer)
    values |= _place_elsewhere(values, gazetteer, title)
    for written in _names(name.text):
        told = values | {"name": Value(written, values["name"].origin)}
        facts = _facts(told, gazetteer)
        found.companies.append(CompanyRow(written, told, facts, origin=row.origin))


def _names(text: str) -> list[str]:
    """Return the companies that a name cell names: one, or a group of them.

    百度、字节跳动、小米 groups three; a list item with a legal form in its middle is one name.
    """
    names = split_list(text) if "、" in text else [text]
    group = len(names) > 1 and all(_SHORTEST_NAME <= len(name) <= _LONGEST_NAME for name in names)
    return names if group else [text]


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


def _place_elsewhere(
    values: Mapping[str, Value], gazetteer: Gazetteer, title: Heading | None
) -> dict[str, Value]:
    """Return the city from the file's title, else from an address, where no column has it."""
    if "city" in values:
        return {}
    address = values.get("address")
    if title is not None and not _FOREIGN.search(title.text):
        place = gazetteer.first_city(plain_heading(title.text))
        if place is not None and not _outside(values):
            return {"city": Value(place.name, title.origin)}
    place = gazetteer.first_city(address.text) if address else None
    return {"city": Value(place.name, address.origin)} if place and address else {}


def _outside(values: Mapping[str, Value]) -> bool:
    """Return whether the headings above a row say that its companies are foreign."""
    return any(_FOREIGN.search(text) for text in values["name"].origin.section)


def _skipped(row: Row, reason: str) -> SkippedRow:
    return SkippedRow(row.origin.source, row.origin.line_start, reason)


def _cell(row: Row, column: int) -> Cell | None:
    """Return a cell, or None where a ragged row has no such column."""
    return row.cells[column] if column < len(row.cells) else None


def _values(table: Table, row: Row, columns: Mapping[str, int]) -> dict[str, Value]:
    """Return the texts of a row by field; a column without a canonical field keeps its header."""
    names = {number: field for field, number in columns.items()}
    values: dict[str, Value] = {}
    for number, (header, cell) in enumerate(zip(table.header.cells, row.cells, strict=False)):
        if is_blank(cell.text):
            continue
        field_name = names.get(number, header.text)
        values[field_name] = Value(_shown(cell, field_name), cell.origin or row.origin)
    return values


def _shown(cell: Cell, field_name: str) -> str:
    """Return what a cell says: the address of a homepage; beside other links theirs too."""
    if not cell.links:
        return cell.text
    url = cell.links[0].url
    if field_name == "website":
        return url
    return cell.text if url in cell.text else f"{cell.text} {url}"


def _heading_values(
    table: Table, values: Mapping[str, Value], gazetteer: Gazetteer
) -> dict[str, Value]:
    """Return city or industry from the headings above the table.

    The nearest heading that names a place gives the city of rows without a city column; the
    nearest heading, if it names no place, gives the industry of rows with one.
    """
    if "city" in values:
        heading = _heading(table)
        if heading is None or gazetteer.first_city(heading.text) is not None:
            return {}
        return {"industry": heading}
    for above in reversed(table.headings):
        if _FOREIGN.search(above.text):
            break
        place = gazetteer.first_city(plain_heading(above.text))
        if place is not None:
            return {"city": Value(place.name, above.origin)}
    heading = _heading(table)
    return {"industry": heading} if heading and _FOREIGN.search(heading.text) else {}


def _heading(table: Table) -> Value | None:
    """Return the nearest heading above a table, without its number."""
    if not table.headings:
        return None
    heading = table.headings[-1]
    return Value(plain_heading(heading.text), heading.origin)


def _facts(values: Mapping[str, Value], gazetteer: Gazetteer) -> Facts:
    texts = {field: value.text for field, value in values.items()}
    city = gazetteer.first_city(texts.get("city", ""))
    return Facts(
        founded=parse_year(texts.get("founded", "")),
        headcount=parse_headcount(texts.get("headcount", "")),
        listing=parse_listing(texts.get("listing", "")),
        batch=parse_batch(texts.get("batch", "")),
        city=city.short if city else None,
        province=city.province if city else _province(texts, gazetteer),
        district=texts.get("district"),
        website=parse_website(texts.get("website", "")),
    )


def _province(texts: Mapping[str, str], gazetteer: Gazetteer) -> str | None:
    """Return the province that a row names without a city."""
    named = (place for key in ("province", "city") for place in gazetteer.find(texts.get(key, "")))
    return next((place.short for place in named if place.level is Level.PROVINCE), None)


def _clauses(table: Table, row: Row, columns: Mapping[str, int]) -> Iterator[Clause]:
    """Return the requirements of a row of a criteria table with the usual headers.

    Any column besides that of what they are about may hold some.
    """
    dimension = columns["dimension"]
    others = [number for number in range(len(table.header.cells)) if number != dimension]
    return row_clauses(table.header, row, dimension, others)


def _row_passage(row: Row) -> Passage:
    """Return a row of a table of no known kind as one citable passage."""
    first, last = row.cells[0].span, row.cells[-1].span
    return Passage(
        text="；".join(cell.text for cell in row.cells if cell.text),
        raw=row.origin.quote[first.start : last.end],
        links=tuple(link for cell in row.cells for link in cell.links),
        span=Span(first.line, last.line, first.start, last.end),
        origin=row.origin,
    )
