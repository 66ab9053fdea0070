"""XLSX workbooks as grids of texts, read with openpyxl within limits.

openpyxl opens a workbook either whole, where one merged range over a full sheet fills the memory,
or row by row, without merged cells and hyperlinks. It is read row by row here, and what that
leaves out comes from ``sheetxml``. Hidden rows and columns are read: a filter that was left on
must not lose companies.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl.cell import ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from index.errors import SourceError
from index.regex import regex
from index.sources import rows as shared
from index.sources.formats import LOCAL_DATES, shown
from index.sources.sheetxml import Area, Extras, read_extras
from index.types import Link

MAX_UNPACKED = 500 * 1024 * 1024
# Cells of all sheets, counting blank ones between others and those that a merged cell covers.
MAX_CELLS = 50_000_000

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_WEB = regex(r"(?:https?|ftp)://", re.IGNORECASE)
# Line breaks, and control characters in the way the format writes them.
_BREAK = regex(r"\s*(?:[\r\n\v\f]|_x000[0-9A-D]_)\s*")


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as the sheet shows it.

    Attributes:
        raw: What is shown, on one line; with a link as in Markdown, for its address proves the
            homepage that an answer tells.
        text: What it says: nothing for an error such as ``#N/A``.
        links: Its hyperlink to the web, if it has one; other targets lead nowhere from here.
        merged: The merged cell that it is a part of, None for a cell of its own.
    """

    raw: str
    text: str
    links: tuple[Link, ...] = ()
    merged: Area | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet.

    Attributes:
        name: Its name.
        rows: Cells by row and column, both counted from 1 and in order. Blank cells are left
            out, and rows without a value of their own; merged cells are filled down and right.
        merged: The merged cells.
        uncomputed: Cells whose formulas were never computed, so that they show nothing.
    """

    name: str
    rows: Mapping[int, Mapping[int, Shown]]
    merged: tuple[Area, ...] = ()
    uncomputed: tuple[str, ...] = ()


def read_sheets(path: Path, data: bytes) -> list[Sheet]:
    """Return the visible sheets of the workbook ``data`` that was read from ``path``.

    Raises:
        SourceError: the workbook is encrypted, damaged, of another format or too large.
    """
    _check_archive(path, data)
    with warnings.catch_warnings():
        # openpyxl warns of parts that it drops, such as data validation; none holds cells.
        warnings.simplefilter("ignore")
        try:
            return _Workbook(path, data).sheets()
        except SourceError:
            raise
        except Exception as error:  # openpyxl has no error of its own for a damaged file
            problem = (
                "打不开这个工作簿，文件可能已损坏或不是标准的 .xlsx，请用 Excel 另存为 .xlsx 后再试"
            )
            raise SourceError(path, problem) from error


def _check_archive(path: Path, data: bytes) -> None:
    """Refuse, before anything is unpacked, what is no workbook or would fill the memory."""
    if data.startswith(OLE2):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SourceError(path, "工作簿有打开密码，读不了，请在 Excel 里取消密码后重新保存")
        raise SourceError(path, "内容是旧版 Excel（.xls）格式，请用 Excel 另存为 .xlsx 后再试")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SourceError(path, "文件已损坏或不是 .xlsx，请用 Excel 重新保存后再试") from error
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise SourceError(path, "文件被加密，读不了，请取消密码后重新保存")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        limit = MAX_UNPACKED // 1024 // 1024
        raise SourceError(path, f"解压后超过 {limit} MB，请拆成几个文件后再试")


class _Workbook:
    """One workbook being read, with the rows and cells of all its sheets counted."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._reader = ExcelReader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        self._rows = 0
        self._cells = 0

    def sheets(self) -> list[Sheet]:
        with self._reader.archive as archive:
            self._open()
            found = list(self._reader.parser.find_sheets())
            if not found:
                raise ValueError("a workbook without sheets")
            return [
                self._sheet(archive, sheet.name, str(relation.Target))
                for sheet, relation in found
                if sheet.state == "visible" and "chartsheet" not in relation.Type
            ]

    def _open(self) -> None:
        """Read the texts and formats that sheets share, and no charts, names or properties.

        ``ExcelReader.read`` reads those too, and fails at many that Excel does not mind.
        """
        self._reader.read_manifest()
        self._reader.read_strings()
        self._reader.read_workbook()
        apply_stylesheet(self._reader.archive, self._reader.wb)

    def _sheet(self, archive: zipfile.ZipFile, name: str, part: str) -> Sheet:
        extras = read_extras(archive, part)
        self._check(name, extras)
        # Any: the types of openpyxl know rows only of sheets that were read whole.
        sheet: Any = ReadOnlyWorksheet(self._reader.wb, name, part, self._reader.shared_strings)
        rows = self._values(sheet, extras)
        for (row, column), label in extras.labels.items():
            rows.setdefault(row, {})[column] = Shown(label, label)
        numbers = sorted(rows)
        for area, url in extras.links:
            if _WEB.match(url):
                for row, column in self._inside(area, numbers, extras):
                    if cell := rows[row].get(column):
                        rows[row][column] = _linked(cell, url)
        for area in extras.merged:
            if whole := rows.get(area.top, {}).get(area.left):
                for row, column in self._inside(area, numbers, extras):
                    rows[row][column] = replace(whole, merged=area)
        ordered = {row: dict(sorted(rows[row].items())) for row in numbers}
        cells = tuple(f"{get_column_letter(column)}{row}" for row, column in extras.uncomputed)
        return Sheet(name, ordered, tuple(extras.merged), cells)

    def _check(self, name: str, extras: Extras) -> None:
        """Refuse a sheet with too many rows or cells."""
        # Counted by their numbers: the rows between others are lines of the document too.
        self._rows += extras.last_row
        if self._rows > shared.MAX_ROWS:
            problem = f"工作表「{name}」到这里已超过 {shared.MAX_ROWS:,} 行，请拆成几个文件"
            raise SourceError(self._path, problem)
        self._count(extras.rows * extras.last_column)

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MAX_CELLS:
            problem = f"超过 {MAX_CELLS:,} 个单元格，请删去多余的行列或拆成几个文件"
            raise SourceError(self._path, problem)

    def _values(self, sheet: Any, extras: Extras) -> dict[int, dict[int, Shown]]:
        rows: dict[int, dict[int, Shown]] = {}
        if not extras.last_row:
            return rows
        bounds = (1, extras.last_row, 1, extras.last_column)
        for number, cells in enumerate(sheet.iter_rows(*bounds), 1):
            for cell in cells:
                if cell.value is not None and (told := self._shown(cell)).raw:
                    rows.setdefault(number, {})[int(cell.column)] = told
        return rows

    def _shown(self, cell: ReadOnlyCell) -> Shown:
        value: object = cell.value
        code = ""
        if not isinstance(value, str):
            code = cell.number_format
            local = LOCAL_DATES.get(cell.style_array.numFmtId)
            if local and isinstance(value, int | float):
                value, code = self._local_date(value, local)
        raw = _BREAK.sub(" ", shown(value, code)).strip()
        return Shown(raw, "" if cell.data_type == "e" else raw)

    def _local_date(self, value: float, code: str) -> tuple[object, str]:
        """Return the date under a format that openpyxl does not know for one, and the format."""
        try:
            return from_excel(value, self._reader.wb.epoch), code
        except (OverflowError, ValueError):
            return value, "General"

    def _inside(
        self, area: Area, numbers: Sequence[int], extras: Extras
    ) -> Iterator[tuple[int, int]]:
        """Yield row and column of the cells of an area, in rows that have a value."""
        first, last = bisect_left(numbers, area.top), bisect_right(numbers, area.bottom)
        columns = range(area.left, min(area.right, max(extras.last_column, area.left)) + 1)
        self._count((last - first) * len(columns))
        for row in numbers[first:last]:
            for column in columns:
                yield row, column


def _linked(cell: Shown, url: str) -> Shown:
    """Return a cell with a link; an address that is shown anyway is not shown twice."""
    plain = url.partition("://")[2].rstrip("/")
    raw = cell.text if plain in cell.text else f"[{cell.text}]({url})"
    return replace(cell, raw=raw, links=(Link(url, cell.text),))
