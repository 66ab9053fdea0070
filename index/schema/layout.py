"""Transposed and combined tables, normalised so that every row is one company.

Two transposed forms occur. A profile has one field in every row (企业名称 | …, 成立时间 | …); a
comparison has the companies in its header and one field in every row. Every cell keeps the line of
the file that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.companies.names import is_full_name, plain_name
from index.places.gazetteer import Gazetteer
from index.schema.columns import columns_of, field_of
from index.schema.fields import TableKind, header_key
from index.schema.subjects import is_company, patterns
from index.text import plain_heading
from index.types import Cell, Heading, Row, Table

# A table of two columns with fewer known fields is not a profile.
_FEWEST_FIELDS = 2

_NAME = "企业名称"


def turn(table: Table, gazetteer: Gazetteer) -> Table:
    """Return a table with one company in every row; other tables are returned unchanged."""
    words = patterns()["profile"]
    header = [header_key(cell.text) for cell in table.header.cells]
    if len(header) < 2 or not words["field"].search(header[0]) or len(table.rows) < _FEWEST_FIELDS:
        return table
    keys = [row.cells[0].text for row in table.rows if row.cells]
    fields = columns_of(TableKind.COMPANY, keys)
    if len(fields.keys() - {"name"}) < _FEWEST_FIELDS:
        return table
    if len(header) == 2 and words["value"].search(header[1]):
        return _of_one(table, named="name" in fields, gazetteer=gazetteer)
    names = [cell.text for cell in table.header.cells[1:]]
    if all(is_company(name, gazetteer) for name in names):
        return _compared(table, named="name" in fields)
    return table


def _of_one(table: Table, *, named: bool, gazetteer: Gazetteer) -> Table:
    """Return a profile as a table of one row; the heading is the name if no field has it."""
    heading = heading_name(table.headings, gazetteer)
    lines = [row.cells for row in table.rows if len(row.cells) > 1]
    if not is_profile({cells[0].text: cells[1].text for cells in lines}, heading):
        return table
    if named:
        return _turned(table, table.header.cells[:0], [1])
    if heading is None:
        return table
    text = plain_name(plain_heading(heading.text))
    name = Cell(text, text, (), table.header.cells[0].span, heading.origin)
    return _turned(table, (name,), [1])


def _compared(table: Table, *, named: bool) -> Table:
    """Return a comparison as a table with one row for each column after the first."""
    names = () if named else tuple(_own(cell, table.header) for cell in table.header.cells[1:])
    return _turned(table, names, range(1, len(table.header.cells)))


def _turned(table: Table, names: Sequence[Cell], columns: Sequence[int]) -> Table:
    """Return a table whose rows are ``columns``, with ``names`` first if there are any."""
    lines = [row for row in table.rows if row.cells and row.cells[0].text]
    top = (replace(table.header.cells[0], text=_NAME),) if names else ()
    header = Row((*top, *(line.cells[0] for line in lines)), table.header.origin)
    rows = []
    for number, column in enumerate(columns):
        cells = [*names[number : number + 1]]
        for line in lines:
            held = line.cells[column] if column < len(line.cells) else None
            cells.append(_own(held or replace(line.cells[0], text="", raw="", links=()), line))
        rows.append(Row(tuple(cells), cells[_place_of_name(header)].origin or table.header.origin))
    return Table(header, tuple(rows), table.headings)


def _place_of_name(header: Row) -> int:
    texts = [cell.text for cell in header.cells]
    return columns_of(TableKind.COMPANY, texts)["name"]


def _own(cell: Cell, line: Row) -> Cell:
    return replace(cell, origin=cell.origin or line.origin)


def is_profile(told: Mapping[str, str], heading: Heading | None) -> bool:
    """Return whether fields describe a company, not a person or a product of one.

    Args:
        told: The texts by the names of the fields.
        heading: The heading above them that may be the name of the company.
    """
    words = patterns()["profile"]
    if any(words["other"].search(header_key(key)) for key in told):
        return False
    named = [key for key in told if field_of(TableKind.COMPANY, key) == "name"]
    if not named or heading is None or not words["owner"].search(header_key(named[0])):
        return True
    name, text = plain_name(told[named[0]]), plain_name(plain_heading(heading.text))
    return name in text or text in name


def heading_name(headings: Sequence[Heading], gazetteer: Gazetteer) -> Heading | None:
    """Return the nearest heading that may be a company name, None if there is none.

    A heading that only announces its content (基本信息) is skipped for the heading above.
    """
    for heading in reversed(headings[-2:]):
        text = plain_name(plain_heading(heading.text))
        general = patterns()["profile"]["heading"].search(re.sub(r"\s", "", text))
        if is_company(text, gazetteer) and (is_full_name(text) or not general):
            return heading
        if not patterns()["profile"]["part"].search(text):
            return None
    return None


def _unfolded(table: Table) -> Table:
    """Return a table whose columns are repeated side by side as one of half the width."""
    texts = _texts(table.header)
    half, odd = divmod(len(texts), 2)
    if odd or half < 1 or texts[:half] != texts[half:] or not any(texts):
        return table
    rows = []
    for row in table.rows:
        halves = [row.cells[:half], row.cells[half:]]
        told = [cells for cells in halves if any(cell.text for cell in cells)]
        rows += [replace(row, cells=cells) for cells in told or halves[:1]]
    return Table(
        replace(table.header, cells=table.header.cells[:half]), tuple(rows), table.headings
    )


def split(table: Table) -> Iterator[Table]:
    """Yield the tables that one consists of: side by side, or below further header rows."""
    unfolded = _unfolded(table)
    header = unfolded.header
    rows: list[Row] = []
    for row in unfolded.rows:
        if row.cells and _is_header(row) and _texts(row) != _texts(header):
            yield Table(header, tuple(rows), table.headings)
            header, rows = row, []
        else:
            rows.append(row)
    yield Table(header, tuple(rows), table.headings)


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


def _is_header(row: Row) -> bool:
    """Return whether nearly all cells of a row are headers, including that of the name."""
    filled = [text for text in _texts(row) if text]
    fields = columns_of(TableKind.COMPANY, filled)
    return "name" in fields and len(fields) > 1 and len(fields) * 3 >= len(filled) * 2
