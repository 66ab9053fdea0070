"""Readers turn one source file into a :class:`~index.types.Document`, losing nothing.

A reader is a function from a file's path (for errors), its bytes, the name it is cited by and its
hash to a document; it decodes the bytes itself. Add a format by writing a module here and naming
its suffix in ``READERS``. A reader is imported with the first file that needs it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.errors import SourceError
from index.sources.content import read_bytes, source_hash
from index.types import Document, Table

Reader = Callable[[Path, bytes, str, str], Document]

# A paragraph on one line is shorter; the rules of Markdown are not made for more.
MAX_LINE = 200_000


def _markdown(path: Path, data: bytes, source: str, sha256: str) -> Document:
    from index.sources.markdown import read_markdown

    text = _decode(path, data)
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > MAX_LINE:
            raise SourceError(path, f"这一行超过 {MAX_LINE:,} 字，请分行后再试", number)
    return read_markdown(text, source, sha256)


def _delimited(path: Path, data: bytes, source: str, sha256: str) -> Document:
    from index.sources.delimited import read_delimited

    return read_delimited(path, data, source, sha256)


def _workbook(path: Path, data: bytes, source: str, sha256: str) -> Document:
    from index.sources.sheets import open_sheets
    from index.sources.spreadsheet import sheets_document

    sheets = open_sheets(path, data)
    if sheets is not None:
        return sheets_document(sheets, source, sha256)
    other = _html if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _delimited
    return other(path, data, source, sha256)


def _html(path: Path, data: bytes, source: str, sha256: str) -> Document:
    from index.sources.delimited import decode
    from index.sources.html import read_html

    return read_html(decode(path, data), source, sha256)


def _text(path: Path, data: bytes, source: str, sha256: str) -> Document:
    from index.sources.plaintext import read_text

    return read_text(path, data, source, sha256)


def _json(path: Path, data: bytes, source: str, sha256: str) -> Document:
    from index.sources.delimited import decode
    from index.sources.jsonrows import read_json

    return read_json(path, decode(path, data), source, sha256)


def _word(path: Path, data: bytes, source: str, sha256: str) -> Document:
    from index.sources.word import read_word

    return read_word(path, data, source, sha256)


READERS: dict[str, Reader] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".csv": _delimited,
    ".tsv": _delimited,
    ".xlsx": _workbook,
    ".xlsm": _workbook,
    ".xls": _workbook,
    ".xlsb": _workbook,
    ".ods": _workbook,
    ".et": _workbook,
    ".html": _html,
    ".htm": _html,
    ".json": _json,
    ".jsonl": _json,
    ".docx": _word,
    ".txt": _text,
}

# Formats of other programs, and the format that these save what is read here in.
_OTHER_FORMATS = {
    ".xlt": "用 Excel 或 WPS 另存为 .xlsx",
    ".xltx": "用 Excel 或 WPS 另存为 .xlsx",
    ".numbers": "用 Numbers 导出为 .xlsx",
    ".doc": "用 Word 或 WPS 另存为 .docx",
    ".wps": "用 WPS 另存为 .docx",
    ".pdf": "把其中的表格导出为 .xlsx 或 .docx",
}


def read_source(path: Path, name: str) -> Document:
    """Return the document in ``path``, cited under ``name``.

    Raises:
        SourceError: the file is missing, empty, too large, damaged or encrypted, in an encoding
            that its format does not have, or of an unknown format.
    """
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if suffix in _OTHER_FORMATS:
        raise SourceError(path, f"读不了 {suffix} 文件，请{_OTHER_FORMATS[suffix]}后再试")
    if reader is None:
        known = "、".join(READERS)
        raise SourceError(path, f"不认识的文件格式，目前能读 {known}")
    data = read_bytes(path)
    if not data.strip():
        raise SourceError(path, "文件是空的，请换成有内容的清单")
    from index.sources.listed import with_listed

    document = reader(path, data, name, source_hash(path, data))
    for table in (*document.tables, *document.profiles):
        _require_cells(path, table)
    return with_listed(document)


def _require_cells(path: Path, table: Table) -> None:
    from index.sources.rows import MAX_CELL, MAX_COLUMNS

    for row in (table.header, *table.rows):
        line = row.origin.line_start
        if len(row.cells) > MAX_COLUMNS:
            raise SourceError(path, f"这一行超过 {MAX_COLUMNS:,} 列，请删去多余的列", line)
        if any(len(cell.text) > MAX_CELL for cell in row.cells):
            raise SourceError(path, f"这一行有超过 {MAX_CELL:,} 字的单元格，请缩短后再试", line)


def _decode(path: Path, data: bytes) -> str:
    if b"\x00" in data:
        raise SourceError(path, "这是二进制文件，不是文本，请导出为 UTF-8 文本后再试")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(path, "不是 UTF-8 编码，请转换为 UTF-8 后再试", line) from error
