"""Workbooks of other formats (.xls, .xlsb, .ods) as the sheets that XLSX ones are read into.

calamine tells values and, of some formats, merged cells; it tells no number formats and no links.
So numbers are shown in full, dates as 2015-07-09.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from index.errors import SourceError
from index.regex import regex
from index.sources import rows as shared
from index.sources.formats import shown
from index.sources.sheetxml import Area
from index.sources.workbook import MAX_CELLS, Sheet, Shown

_BREAK = regex(r"\s*[\r\n\v\f]\s*")
_ERROR = regex(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")


def read_other_sheets(path: Path, data: bytes) -> list[Sheet]:
    """Return the visible sheets of a workbook that is not in the XLSX format.

    Raises:
        SourceError: the workbook is encrypted, damaged, of another format or too large.
    """
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            return list(_sheets(path, workbook))
    except PasswordError as error:
        raise SourceError(path, "工作簿有打开密码，读不了，请取消密码后重新保存") from error
    except SourceError:
        raise
    except Exception as error:  # calamine raises errors of several kinds, and panics at some files
        problem = "打不开这个工作簿，文件可能已损坏，请用 Excel 或 WPS 另存为 .xlsx 后再试"
        raise SourceError(path, problem) from error


def _sheets(path: Path, workbook: CalamineWorkbook) -> Iterator[Sheet]:
    height = cells = 0
    for entry in workbook.sheets_metadata:
        if (
            entry.typ is not SheetTypeEnum.WorkSheet
            or entry.visible is not SheetVisibleEnum.Visible
        ):
            continue
        sheet = workbook.get_sheet_by_name(entry.name)
        height += sheet.total_height
        cells += sheet.total_height * sheet.total_width
        if height > shared.MAX_ROWS or cells > MAX_CELLS:
            problem = f"工作表「{entry.name}」到这里已超过 {shared.MAX_ROWS:,} 行，请拆成几个文件"
            raise SourceError(path, problem)
        yield _sheet(entry.name, sheet)


def _sheet(name: str, sheet: CalamineSheet) -> Sheet:
    rows: dict[int, dict[int, Shown]] = {}
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        told = {column: _shown(value) for column, value in enumerate(values, 1)}
        if filled := {column: cell for column, cell in told.items() if cell.raw}:
            rows[number] = filled
    merged = tuple(_merged(sheet))
    for area in merged:
        if whole := rows.get(area.top, {}).get(area.left):
            cell = Shown(whole.raw, whole.text, whole.links, area)
            for row in range(area.top, area.bottom + 1):
                if row in rows:
                    rows[row] |= dict.fromkeys(range(area.left, area.right + 1), cell)
    ordered = {number: dict(sorted(cells.items())) for number, cells in rows.items()}
    return Sheet(name, ordered, merged)


def _merged(sheet: CalamineSheet) -> Iterator[Area]:
    try:
        areas = sheet.merged_cell_ranges or ()
    except CalamineError:
        areas = ()
    width = max(sheet.total_width, 1)
    for (top, left), (bottom, right) in areas:
        yield Area(left + 1, top + 1, min(right + 1, width), bottom + 1)


def _shown(value: Any) -> Shown:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    code = "General"
    if isinstance(value, dt.datetime):
        code = "yyyy-mm-dd" if value.time() == dt.time() else "yyyy-mm-dd hh:mm"
    elif isinstance(value, dt.date):
        code = "yyyy-mm-dd"
    text = _BREAK.sub(" ", shown(value, code)).strip()
    return Shown(text, "" if _ERROR.fullmatch(text) else text)
