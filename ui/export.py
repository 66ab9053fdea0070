"""Companies as a file for spreadsheets: what the sources say, and where they say it.

One row a company. Where its sources differ, a cell holds every text; where a company stands in
several rows, the columns of the source hold a line for each, in the same order.
"""

from __future__ import annotations

import base64
import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from assistant.browsing.profile import fields_of, profile_of
from index.schema.columns import load_schema
from index.types import Company

SOURCE_COLUMNS = ("来源文件", "工作表", "行号", "原文")
"""Headers of the columns that say where a company stands."""

_BETWEEN = " / "
_TITLE = "企业名单"

# What a cell of a workbook can hold.
_LONGEST = 32_767

# Widths of columns, in characters: of names, of the original lines, of everything else.
_WIDE, _WIDEST, _USUAL = 34, 60, 18


class Format(StrEnum):
    """A form of file; its value is the ending of the file's name."""

    CSV = "csv"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """What browsers and mail programs call the form."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Format.CSV: "text/csv;charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be saved by a browser."""

    name: str
    form: Format
    content: bytes

    def to_dict(self) -> dict[str, str]:
        """Return ``name``, ``type`` and the content as ``data`` in Base64."""
        data = base64.b64encode(self.content).decode("ascii")
        return {"name": self.name, "type": self.form.media_type, "data": data}


def download_companies(companies: Sequence[Company], form: Format) -> Download:
    """Return companies as a file under a name that says what and of when it is."""
    name = f"{_TITLE}-{date.today():%Y%m%d}.{form}"
    return Download(name, form, export_companies(companies, form))


def export_companies(companies: Sequence[Company], form: Format) -> bytes:
    """Return companies as a file: a header, then a row each, in their order.

    The companies of an answer's records are ``catalog.find(one.id for one in records)``.

    Args:
        companies: The companies.
        form: ``CSV`` is UTF-8 with a byte order mark, which spreadsheets need to read Chinese;
            ``XLSX`` has one sheet of text cells.
    """
    rows = ([harmless(cell) for cell in row] for row in _rows(companies))
    return _xlsx(rows) if form is Format.XLSX else _csv(rows)


def _rows(companies: Sequence[Company]) -> Iterator[tuple[str, ...]]:
    schema, fields = load_schema(), fields_of(companies)
    labels = (schema.label(field) for field in ("name", "alias", *fields))
    yield (*labels, *SOURCE_COLUMNS)
    for company in companies:
        told = {
            one.field: _BETWEEN.join(value.text for value in one.values)
            for one in profile_of(company, fields)
        }
        values = (told.get(field, "") for field in fields)
        yield (company.name, "、".join(company.aliases), *values, *_sources(company))


def _sources(company: Company) -> tuple[str, ...]:
    """Return file, sheet, line and original text, a line for each row of a company."""
    origins = list(dict.fromkeys(row.origin for row in company.rows))
    lines = (
        f"{one.line_start}"
        if one.line_start == one.line_end
        else f"{one.line_start}-{one.line_end}"
        for one in origins
    )
    sheets = "\n".join(one.sheet for one in origins) if any(one.sheet for one in origins) else ""
    return (
        "\n".join(one.source for one in origins),
        sheets,
        "\n".join(lines),
        "\n".join(one.quote for one in origins),
    )


def _csv(rows: Iterator[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterator[list[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_TITLE)
    sheet.freeze_panes = "B2"
    header = next(rows)
    for number, label in enumerate(header, 1):
        width = _WIDE if number == 1 else _WIDEST if label == SOURCE_COLUMNS[-1] else _USUAL
        sheet.column_dimensions[get_column_letter(number)].width = width
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.append([_cell(sheet, label, font=bold) for label in header])
    for row in rows:
        sheet.append(
            [_cell(sheet, text, alignment=wrapped if "\n" in text else None) for text in row]
        )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(
    sheet: WriteOnlyWorksheet,
    text: str,
    font: Font | None = None,
    alignment: Alignment | None = None,
) -> Cell | None:
    """Return a cell that is text whatever it says; None for an empty one."""
    shown = ILLEGAL_CHARACTERS_RE.sub("", text)
    if not shown:
        return None
    cell = WriteOnlyCell(sheet, shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…")
    cell.data_type = "s"
    if font:
        cell.font = font
    if alignment:
        cell.alignment = alignment
    return cell


# What makes a spreadsheet take a cell for a formula; some take the full-width forms too.
_FORMULA = frozenset("=+-@")
_BEFORE = frozenset("\t\r\n")


def harmless(cell: str) -> str:
    """Return a cell's text, with a ``'`` before what a spreadsheet would run."""
    first = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if first in _FORMULA or cell[:1] in _BEFORE else cell
