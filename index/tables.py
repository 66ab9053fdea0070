"""Table rows as typed rows: companies, regional statistics, criteria; the rest as passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.companies.above import Above
from index.companies.names import is_full_name, plain_name
from index.companies.rows import CompanyTable
from index.places.gazetteer import Gazetteer
from index.places.localities import city_in
from index.regex import regex
from index.rules.articles import has_articles
from index.rules.criteria import is_criteria, row_clauses, split_criteria
from index.rules.statistics import read_statistics
from index.schema.columns import classify
from index.schema.fields import TableKind, registry
from index.schema.guess import guess_columns
from index.schema.headers import plain_header
from index.schema.layout import split, turn
from index.schema.subjects import patterns, recognise
from index.schema.words import is_blank
from index.sources.rows import row_passage
from index.text import fold
from index.types import (
    Cell,
    Clause,
    CompanyRow,
    Document,
    Passage,
    Row,
    SkippedRow,
    StatisticsRow,
    Table,
)

_FEWEST_COLUMNS = 3
_GROUP = "分组标题，不是企业"

# What numbers a group of rows in a cell of its own.
_NUMERAL = regex(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.]?")


@dataclass
class TypedRows:
    """What the tables of one document hold, in reading order.

    Attributes:
        skipped: Rows that hold no company, with the reason.
        slipped: Rows of companies with values under the wrong header.
        profiles: How many profiles were read.
        rows: How many rows of company tables were read; one may name several companies.
        others: How many rows of other tables were read.
        guessed: Headers of columns that were taken for names of companies without being sure.
    """

    companies: list[CompanyRow] = field(default_factory=list)
    statistics: list[StatisticsRow] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    slipped: list[SkippedRow] = field(default_factory=list)
    profiles: int = 0
    rows: int = 0
    others: int = 0
    guessed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Recognised:
    """A table as it stands and turned so that each row is one company, with kind and columns."""

    table: Table
    turned: Table
    kind: TableKind
    columns: Mapping[str, int]


def read_tables(document: Document, gazetteer: Gazetteer) -> TypedRows:
    """Return the typed rows of all tables of ``document``; every body row lands somewhere."""
    found = TypedRows()
    title = next((heading for heading in document.headings if heading.level == 1), None)
    for profile in document.profiles:
        _, columns = classify([cell.text for cell in profile.header.cells])
        reader = CompanyTable(profile, columns, gazetteer, Above(profile, gazetteer, title))
        for row in profile.rows:
            _add_company(found, reader, row)
    found.profiles, found.rows = found.rows, 0
    tables = list(_recognised(found, document, gazetteer))
    sure = any(one.kind is TableKind.COMPANY for one in tables)
    if not (sure or document.profiles or has_articles(document.passages)):
        tables = [_guessed(found, one, gazetteer) for one in tables]
    for one in tables:
        if one.kind is TableKind.COMPANY:
            above = Above(one.turned, gazetteer, title)
            _add_companies(found, CompanyTable(one.turned, one.columns, gazetteer, above))
            # Of a table turned round, several rows tell of one company.
            found.others += max(len(one.table.rows) - len(one.turned.rows), 0)
        else:
            _add_others(found, one.table, one.kind, one.columns, gazetteer)
    clauses, others = split_criteria(document.passages)
    found.clauses.extend(clauses)
    found.passages[:0] = others
    return found


def _recognised(
    found: TypedRows, document: Document, gazetteer: Gazetteer
) -> Iterator[_Recognised]:
    for whole in document.tables:
        for number, table in enumerate(split(whole)):
            if number:
                found.skipped.append(_noted(table.header, "又一行表头"))
            turned = turn(table, gazetteer)
            kind, columns = recognise(turned, gazetteer)
            yield _Recognised(table, turned, kind, columns)


def _guessed(found: TypedRows, one: _Recognised, gazetteer: Gazetteer) -> _Recognised:
    """Return a table of a file without any company as one of companies, if it may be one."""
    if one.kind is not TableKind.OTHER or is_criteria(one.table):
        return one
    columns = guess_columns(one.table, gazetteer)
    if columns is None:
        return one
    header = one.table.header.cells[columns["name"]].text
    found.guessed.append(plain_header(header) or f"第{columns['name'] + 1}列")
    return _Recognised(one.table, one.table, TableKind.COMPANY, columns)


def _add_others(
    found: TypedRows,
    table: Table,
    kind: TableKind,
    columns: Mapping[str, int],
    gazetteer: Gazetteer,
) -> None:
    """Add the rows of a table that is not about companies."""
    for row in table.rows:
        if (reason := _empty(table, row)) is not None:
            found.skipped.append(_noted(row, reason))
            continue
        found.others += 1
        if kind is TableKind.CRITERIA:
            found.clauses.extend(_clauses(table, row, columns))
        elif kind is TableKind.OTHER and is_criteria(table):
            further = range(1, len(table.header.cells))
            found.clauses.extend(row_clauses(table.header, row, 0, further))
        elif statistics := read_statistics(table, row, gazetteer):
            found.statistics.append(statistics)
        else:
            found.passages.append(row_passage(row))


def _add_companies(found: TypedRows, reader: CompanyTable) -> None:
    """Add the rows of a company table; what is none of a company is kept as a passage."""
    for row in reader.table.rows:
        reason = _empty(reader.table, row) or _no_company(row, reader)
        if reason is None:
            _add_company(found, reader, row)
            continue
        found.skipped.append(_noted(row, reason))
        # A section's place or batch is told by the rows below; as a note it would only repeat it.
        told = reason == _GROUP and reader.above.tells()
        if any(cell.text for cell in row.cells) and not told:
            found.passages.append(row_passage(row))


def _add_company(found: TypedRows, reader: CompanyTable, row: Row) -> None:
    found.rows += 1
    companies = reader.read(row)
    found.companies.extend(companies)
    if slips := companies[0].slips:
        told = "、".join(f"“{slip.text}”在“{registry().label(slip.field)}”下" for slip in slips)
        found.slipped.append(_noted(row, f"疑似错列，没有采用：{told}"))


def _empty(table: Table, row: Row) -> str | None:
    """Return why a row holds nothing at all, None if it holds something."""
    if not any(cell.text for cell in row.cells):
        return "空行"
    texts, header = ([cell.text for cell in one.cells] for one in (row, table.header))
    return "重复的表头" if texts == header else None


def _no_company(row: Row, reader: CompanyTable) -> str | None:
    """Return why a row of a company table names no company, None if it does.

    A row of one text that heads those below it is kept as their group.
    """
    words = patterns()["names"]
    filled = [cell for cell in row.cells if not is_blank(cell.text)]
    name = _cell(row, reader.columns["name"])
    first = fold(plain_name(filled[0].text)) if filled else ""
    if words["sum"].search(first) or (name and words["sum"].search(fold(plain_name(name.text)))):
        return "合计行，不是企业"
    alone = len({cell.text for cell in filled}) == 1
    if alone and words["note"].search(first):
        return "表中的说明，不是企业"
    if alone and words["rest"].search(first):
        return "省略或其他，没有企业名称"
    if _is_group(filled, row, reader):
        reader.above.add_group(filled[-1].text, row.origin)
        return _GROUP
    if name is None or is_blank(name.text):
        return "没有企业名称"
    if words["rest"].search(fold(plain_name(name.text))):
        return "省略或其他，没有企业名称"
    return None


def _is_group(filled: Sequence[Cell], row: Row, reader: CompanyTable) -> bool:
    """Return whether a row of one text heads the rows below it: 深圳市, 一、核心零部件."""
    told = [cell for cell in filled if not _NUMERAL.fullmatch(cell.text)]
    if len({cell.text for cell in told}) != 1:
        return False
    text, raw = told[0].text, told[0].raw
    if is_full_name(text):
        return False
    width = len(reader.table.header.cells)
    across = 1 < width <= len(told)
    if across or width < _FEWEST_COLUMNS:
        return across
    place = city_in(text, reader.gazetteer) is not None or reader.gazetteer.find(text)
    aside = len(filled) == 1 and told[0] is not _cell(row, reader.columns["name"])
    bold = raw.startswith(("**", "__")) and not _all_bold(reader.table)
    grouped = patterns()["names"]["group"].search(text)
    return bool((place and len(text) <= 6) or aside or bold or grouped)


def _all_bold(table: Table) -> bool:
    """Return whether bold is how the table writes its names, not how it marks groups."""
    bold = [any(cell.raw.startswith(("**", "__")) for cell in row.cells) for row in table.rows]
    return sum(bold) * 2 > len(bold)


def _noted(row: Row, reason: str) -> SkippedRow:
    return SkippedRow(row.origin.source, row.origin.line_start, reason, row.origin.sheet)


def _cell(row: Row, column: int) -> Cell | None:
    """Return a cell, or None where a ragged row has no such column."""
    return row.cells[column] if column < len(row.cells) else None


def _clauses(table: Table, row: Row, columns: Mapping[str, int]) -> Iterator[Clause]:
    """Return the requirements of a row of a criteria table with the usual headers.

    Any column besides that of what they are about may hold some.
    """
    dimension = columns["dimension"]
    others = [number for number in range(len(table.header.cells)) if number != dimension]
    return row_clauses(table.header, row, dimension, others)
