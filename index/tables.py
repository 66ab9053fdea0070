"""Table rows as typed rows: companies, regional statistics, criteria; the rest as passages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.columns import TableKind, classify
from index.normalize import (
    is_blank,
    parse_batch,
    parse_count,
    parse_headcount,
    parse_listing,
    parse_website,
    parse_year,
    plain_heading,
)
from index.places import Gazetteer, Level
from index.types import (
    Cell,
    Clause,
    CompanyRow,
    Document,
    Facts,
    Passage,
    RegionRow,
    Row,
    SkippedRow,
    Span,
    Table,
    Value,
)

_CLAUSE = re.compile(r"[^，,；;。]+")


@dataclass
class TypedRows:
    """What the tables of one document hold, in reading order."""

    companies: list[CompanyRow] = field(default_factory=list)
    regions: list[RegionRow] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)


def read_tables(document: Document, gazetteer: Gazetteer) -> TypedRows:
    """Return the typed rows of all tables of ``document``; every body row lands somewhere."""
    found = TypedRows()
    for table in document.tables:
        kind, columns = classify([cell.text for cell in table.header.cells])
        for row in table.rows:
            if not any(cell.text for cell in row.cells):
                found.skipped.append(_skipped(row, "空行"))
            elif kind is TableKind.COMPANY:
                _add_company(found, table, row, columns, gazetteer)
            elif kind is TableKind.REGION:
                found.regions.append(_region(table, row, columns, gazetteer))
            elif kind is TableKind.CRITERIA:
                found.clauses.extend(_clauses(row, columns))
            else:
                found.passages.append(_row_passage(row))
    return found


def _add_company(
    found: TypedRows,
    table: Table,
    row: Row,
    columns: Mapping[str, int],
    gazetteer: Gazetteer,
) -> None:
    name = _cell(row, columns["name"])
    if name is None or is_blank(name.text):
        found.skipped.append(_skipped(row, "没有企业名称"))
        return
    values = _values(table, row, columns)
    values |= _heading_values(table, values, gazetteer)
    found.companies.append(
        CompanyRow(name.text, values, _facts(values, gazetteer), origin=row.origin)
    )


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
        url = cell.links[0].url if field_name == "website" and cell.links else cell.text
        values[field_name] = Value(url, row.origin)
    return values


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
        place = gazetteer.first_city(plain_heading(above.text))
        if place is not None:
            return {"city": Value(place.name, above.origin)}
    return {}


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


def _region(table: Table, row: Row, columns: Mapping[str, int], gazetteer: Gazetteer) -> RegionRow:
    values = {
        name: Value(cell.text, row.origin)
        for name, number in columns.items()
        if (cell := _cell(row, number)) is not None and not is_blank(cell.text)
    }
    text = values["place"].text if "place" in values else ""
    places = gazetteer.find(text)
    count, open_ended = parse_count(values["count"].text if "count" in values else "")
    return RegionRow(
        place=places[0].short if places else text,
        heading=_heading(table),
        values=values,
        count=count,
        open_ended=open_ended,
        origin=row.origin,
    )


def _clauses(row: Row, columns: Mapping[str, int]) -> list[Clause]:
    """Return the requirements of one criteria row, cut at commas."""
    dimension = _cell(row, columns["dimension"])
    requirement = _cell(row, columns["requirement"])
    if dimension is None or requirement is None:
        return []
    clauses = []
    for match in _CLAUSE.finditer(requirement.raw):
        text = match.group().strip()
        start = requirement.span.start + match.start() + match.group().index(text)
        line = requirement.span.line
        span = Span(line, line, start, start + len(text))
        clauses.append(Clause(dimension.text, text, span, row.origin))
    return clauses


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
