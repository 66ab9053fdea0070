"""Spreadsheets (XLSX) as documents: every visible sheet is one table, cited by sheet and row.

A line of the document is a row as the sheet shows it, its cells joined by `` | ``. The lines of
all sheets follow each other in :attr:`Document.lines`, which spans count by; an origin counts the
rows of its sheet, which is what a user sees beside the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from index.companies.names import is_full_name
from index.places.gazetteer import load_gazetteer
from index.places.localities import province_of_heading
from index.schema.values import parse_batch
from index.sources import rows as shared
from index.sources.heads import goes_on, joined_rows
from index.sources.sheetxml import Area
from index.sources.workbook import Sheet, Shown
from index.types import Cell, Document, Heading, Origin, Passage, Row, Span, Table

_JOIN = " | "
# How many cells at most a notice names.
_SHOWN_CELLS = 5
# A header may take a few rows; more of them under one merged cell are rows of the table.
_HIGHEST_HEADER = 4
# So many merged cells beside each other in one row are groups of columns, not a title.
_FEWEST_GROUPS = 2
# A top heading would speak for the whole workbook.
_SHEET_LEVEL, _TITLE_LEVEL = 2, 3


def sheets_document(sheets: Iterable[Sheet], source: str, sha256: str) -> Document:
    """Return the sheets of a workbook as the document that is cited as ``source``."""
    reading = _Reading(source)
    for sheet in sheets:
        reading.add(sheet)
    return Document(
        source=source,
        title=reading.title or PurePath(source).stem,
        sha256=sha256,
        lines=tuple(reading.lines),
        headings=tuple(reading.headings),
        tables=tuple(reading.tables),
        passages=tuple(reading.passages),
        notices=tuple(reading.notices),
    )


@dataclass
class _Reading:
    """One pass over the sheets, collecting what the document holds."""

    source: str
    title: str = ""
    lines: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def add(self, sheet: Sheet) -> None:
        if sheet.uncomputed:
            cells = "、".join(sheet.uncomputed[:_SHOWN_CELLS])
            more = f" 等 {len(sheet.uncomputed)} 格" if sheet.uncomputed[_SHOWN_CELLS:] else ""
            self.notices.append(
                f"工作表「{sheet.name}」{cells}{more}的公式没有计算结果，没有读；"
                "用 Excel 打开并保存一次即可"
            )
        if not sheet.rows:
            return
        rows = self._rows(sheet)
        texts = [[cell.text for cell in row.cells] for row in rows]
        header = shared.header_row(texts)
        first, last = (len(rows), len(rows)) if header is None else _block(sheet, rows, header)
        below = rows[last + 1 :]
        across = {i for i, row in enumerate(below) if _is_across(sheet, row)}
        aside = shared.notes_below(texts[last + 1 :], across)
        notes = [*rows[:first], *(row for i, row in enumerate(below) if i in aside)]
        headings = self._headings(sheet, rows, shared.title_of(texts[:first]))
        if header is not None:
            whole = joined_rows(rows[first : last + 1])
            width = len(whole.cells)
            body = [
                # What heads a group stands in every column, as a merged cell does.
                replace(row, cells=row.cells * width) if i in across else row
                for i, row in enumerate(below)
                if i not in aside
            ]
            self.tables.append(Table(whole, tuple(body), _places(headings)))
        elif any(is_full_name(text) for row in texts for text in row):
            table, notes = shared.headless(rows)
            self.tables += [table] if table else []
        self.headings += headings
        # A row of nothing but errors says nothing.
        told = [row for row in notes if any(cell.text for cell in row.cells)]
        self.passages += [shared.row_passage(row) for row in told]

    def _rows(self, sheet: Sheet) -> list[Row]:
        """Return the rows of a sheet, after adding their lines to the document's."""
        base = len(self.lines)
        left = min(min(cells) for cells in sheet.rows.values())
        rows = []
        for number, cells in sheet.rows.items():
            shown = _shown(cells, left)
            line = _JOIN.join(cell.raw for cell in shown)
            self.lines += [""] * (base + number - 1 - len(self.lines))
            self.lines.append(line)
            origin = Origin(self.source, (sheet.name,), number, number, line, sheet.name)
            rows.append(Row(_cells(shown, base + number), origin))
        return rows

    def _headings(self, sheet: Sheet, rows: Sequence[Row], titled: int | None) -> list[Heading]:
        """Return the sheet's name and its title as headings."""
        headings = [Heading(sheet.name, _SHEET_LEVEL, rows[0].origin)]
        if titled is not None:
            row = rows[titled]
            text = next(cell.text for cell in row.cells if cell.text)
            self.title = self.title or text
            headings.append(Heading(text, _TITLE_LEVEL, row.origin))
        return headings


def _shown(cells: Mapping[int, Shown], left: int) -> list[Shown]:
    """Return the cells of a row from the sheet's first column; a row of one merged cell is one."""
    merged = {cell.merged for cell in cells.values()}
    if len(merged) == 1 and None not in merged:
        return [cells[min(cells)]]
    blank = Shown("", "")
    return [cells.get(column, blank) for column in range(left, max(cells) + 1)]


def _cells(shown: Sequence[Shown], line: int) -> tuple[Cell, ...]:
    cells = []
    start = 0
    for one in shown:
        end = start + len(one.raw)
        cells.append(Cell(one.text, one.raw, one.links, Span(line, line, start, end)))
        start = end + len(_JOIN)
    return tuple(cells)


def _block(sheet: Sheet, rows: Sequence[Row], header: int) -> tuple[int, int]:
    """Return the first and last position of the rows that a header takes."""
    number = rows[header].origin.line_start
    joined = [area for area in sheet.merged if _joins(area, number)]
    top = min((area.top for area in joined), default=number)
    bottom = max((area.bottom for area in joined), default=number)
    block = [i for i, row in enumerate(rows) if top <= row.origin.line_start <= bottom]
    first, last = block[0], block[-1]
    texts = [[cell.text for cell in row.cells] for row in rows]
    if first == last and goes_on(texts, header):
        last = header + 1
    if first and _are_groups(sheet, rows[first - 1]):
        first -= 1
    return first, last


def _joins(area: Area, number: int) -> bool:
    return area.top <= number <= area.bottom and 1 <= area.bottom - area.top < _HIGHEST_HEADER


def _are_groups(sheet: Sheet, row: Row) -> bool:
    """Return whether a row consists of merged cells of its own, each over several columns."""
    number = row.origin.line_start
    areas = {area for area in sheet.merged if area.top == area.bottom == number}
    wide = [area for area in areas if area.right > area.left]
    return len(row.cells) > 1 and len(wide) >= _FEWEST_GROUPS


def _is_across(sheet: Sheet, row: Row) -> bool:
    """Return whether a row is one merged cell."""
    return len(sheet.rows[row.origin.line_start]) > 1 and len(row.cells) == 1


def _places(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Return the headings that name a place or a batch, which the companies have.

    Others are left out, or Sheet1 and 名单 would be told as the industry of the companies.
    """
    gazetteer = load_gazetteer()
    return tuple(
        one
        for one in headings
        if gazetteer.first_city(one.text) is not None
        or province_of_heading(one.text, gazetteer) is not None
        or parse_batch(one.text) is not None
    )
