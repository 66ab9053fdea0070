"""Workbooks of every format as sheets, by what the file holds rather than by its name."""

from __future__ import annotations

from pathlib import Path

from index.sources.workbook import OLE2, Sheet, read_sheets

# Formats of spreadsheet programs.
XLSX_SUFFIXES = frozenset({".xlsx", ".xlsm"})
OTHER_SUFFIXES = frozenset({".xls", ".xlsb", ".ods", ".et"})

_ZIP = b"PK\x03\x04"


def open_sheets(path: Path, data: bytes) -> list[Sheet] | None:
    """Return the visible sheets of a file, None if it is no workbook.

    Systems export HTML and CSV under the name .xls, and XLSX under it too.

    Raises:
        SourceError: the workbook is encrypted, damaged or too large.
    """
    suffix = path.suffix.lower()
    if suffix in XLSX_SUFFIXES or (suffix == ".xls" and data.startswith(_ZIP)):
        return read_sheets(path, data)
    if suffix in OTHER_SUFFIXES and data.startswith((OLE2, _ZIP)):
        from index.sources.calamine import read_other_sheets

        return read_other_sheets(path, data)
    return None
