"""Delimited text (CSV, TSV) as documents: one table, with the titles above and notes below it.

The ``csv`` module tells neither the lines nor the columns that a citation needs, and takes
``"小巨人"企业`` apart, so the cells are found here: a quotation mark opens a quoted cell only if
another closes it right before a delimiter or the end of the line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath

from index.companies.names import is_full_name
from index.errors import SourceError
from index.regex import regex
from index.sources import rows as shared
from index.sources.heads import goes_on, joined_rows
from index.types import Cell, Document, Heading, Origin, Row, Span, Table

_DELIMITERS = (",", "\t", ";", "|")
# Not in any text that was decoded, so that every line is one cell.
_NO_DELIMITER = "\0"
# The first line that Excel writes and reads to tell the delimiter.
_TOLD = regex(r"sep=(.)(?=[\r\n])", re.IGNORECASE)
_SAMPLED = 200
_LINE_END = regex(r"\r\n|\n|\r")
_BREAK = regex(r"\s*[\r\n]\s*")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class _Record:
    """The cells of one row and the physical lines that it takes."""

    cells: tuple[Cell, ...]
    first: int
    last: int

    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]


def read_delimited(path: Path, data: bytes, source: str, sha256: str) -> Document:
    """Return the rows of a CSV or TSV file that is cited as ``source``.

    Raises:
        SourceError: the file is no text, in no known encoding, or has too many rows.
    """
    text = decode(path, data)
    lines = tuple(_LINE_END.split(text))
    if not lines[-1]:
        lines = lines[:-1]
    records = _read_records(path, text)
    texts = [record.texts() for record in records]
    header = shared.header_row(texts)
    above = len(records) if header is None else header
    titled = shared.title_of(texts[:above])
    title = None if titled is None else records[titled]
    name = next(filter(None, title.texts())) if title else ""
    rows = [_row(record, source, lines, name) for record in records]
    last = above + 1 if header is not None and goes_on(texts, header) else above
    below = rows[last + 1 :]
    aside = shared.notes_below(texts[last + 1 :])
    notes = [*rows[:above], *(row for i, row in enumerate(below) if i in aside)]
    body = [row for i, row in enumerate(below) if i not in aside]
    table = None
    if header is not None:
        table = Table(joined_rows(rows[header : last + 1]), tuple(body), headings=())
    elif any(is_full_name(cell.text) for row in rows for cell in row.cells):
        table, notes = shared.headless(rows)
    headings = () if titled is None else (Heading(name, 1, rows[titled].origin),)
    return Document(
        source=source,
        title=name or PurePath(source).stem,
        sha256=sha256,
        lines=lines,
        headings=headings,
        tables=(table,) if table else (),
        passages=tuple(shared.row_passage(row) for row in notes),
    )


def decode(path: Path, data: bytes) -> str:
    """Return the text of a file in UTF-8, in GB18030, or in UTF-16 with a mark."""
    if data.startswith(_UTF16_MARKS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            problem = "UTF-16 编码不完整，文件可能已损坏，请重新导出为 UTF-8 的 CSV"
            raise SourceError(path, problem) from error
    if b"\x00" in data:
        raise SourceError(path, "这是二进制文件，不是文本，请另存为 .xlsx 或 UTF-8 的 CSV 后再试")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if _mostly_utf8(data):
            # As GB18030 the whole file would turn into other characters, all of them legal.
            problem = "这一行有不是 UTF-8 的字节，文件可能已损坏，请修正后再试"
            raise SourceError(path, problem, line) from error
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = "既不是 UTF-8 也不是 GB18030 编码，请转换为 UTF-8 后再试"
        raise SourceError(path, problem, line) from error


def _mostly_utf8(data: bytes) -> bool:
    """Return whether more characters than not are UTF-8, which GB18030 hardly ever is."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - wrong > wrong


def _read_records(path: Path, text: str) -> list[_Record]:
    told = _TOLD.match(text)
    start = told.end() if told else 0
    delimiter = told[1] if told else _delimiter(text, path.suffix.lower())
    records: list[_Record] = []
    for record in _records(text, delimiter, start):
        if len(records) == shared.MAX_ROWS:
            problem = f"超过 {shared.MAX_ROWS:,} 行，请拆成几个文件"
            raise SourceError(path, problem, record.first)
        if len(record.cells) > shared.MAX_COLUMNS:
            problem = f"这一行超过 {shared.MAX_COLUMNS:,} 列，请删去多余的列"
            raise SourceError(path, problem, record.first)
        records.append(record)
    return records


def _delimiter(text: str, suffix: str) -> str:
    """Return the delimiter that cuts most rows into one and the same number of cells."""
    best, highest = _NO_DELIMITER, (0, 0)
    order = sorted(_DELIMITERS, key=lambda one: one != "\t") if suffix == ".tsv" else _DELIMITERS
    for delimiter in order:
        sample = islice(_records(text, delimiter, 0), _SAMPLED)
        widths = [len(record.cells) for record in sample]
        cut = [width for width in widths if width > 1]
        # A comma in a title or in a few sentences is no delimiter.
        if len(cut) * 3 < len(widths) or not cut:
            continue
        width, count = Counter(cut).most_common(1)[0]
        if (count, width) > highest:
            best, highest = delimiter, (count, width)
    return best


def _records(text: str, delimiter: str, start: int) -> Iterator[_Record]:
    """Yield the rows of a text from ``start``; those without any text are left out."""
    ends = re.escape(delimiter) + r"\r\n"
    field = regex(rf'[ ]*"(?P<quoted>(?:[^"]++|"")*+)"[ ]*(?=[{ends}]|\Z)|(?P<bare>[^{ends}]*)')
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    position = start
    while position < len(text):
        cells: list[Cell] = []
        first = bisect_right(starts, position)
        while match := field.match(text, position):
            cells.append(_cell(text, match, starts))
            position = match.end()
            if not text.startswith(delimiter, position):
                break
            position += 1
        last = bisect_right(starts, position)
        end = _LINE_END.match(text, position)
        position = end.end() if end else position
        if any(cell.text for cell in cells):
            yield _Record(tuple(cells), first, last)


def _cell(text: str, match: re.Match[str], starts: Sequence[int]) -> Cell:
    """Return the cell of a field; quotation marks around it are no more of it than delimiters."""
    quoted = match["quoted"] is not None
    start, end = match.span("quoted" if quoted else "bare")
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    raw = raw.strip()
    line, end_line = bisect_right(starts, start), bisect_right(starts, start + len(raw))
    span = Span(line, end_line, start - starts[line - 1], start + len(raw) - starts[end_line - 1])
    shown = _BREAK.sub(" ", raw.replace('""', '"')) if quoted else raw
    return Cell(text=shown, raw="\n".join(_LINE_END.split(raw)), links=(), span=span)


def _row(record: _Record, source: str, lines: Sequence[str], title: str) -> Row:
    origin = Origin(
        source=source,
        section=(title,) if title else (),
        line_start=record.first,
        line_end=record.last,
        quote="\n".join(lines[record.first - 1 : record.last]),
    )
    return Row(cells=record.cells, origin=origin)
