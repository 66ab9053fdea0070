"""Word documents (DOCX) as documents; each paragraph and each row of a table is a line."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePath

import docx
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph

from index.errors import SourceError
from index.regex import regex
from index.sources.heads import goes_on, joined_rows
from index.sources.plaintext import may_be_title
from index.sources.rows import header_row, row_passage
from index.sources.workbook import MAX_UNPACKED, OLE2
from index.types import Cell, Document, Heading, Origin, Passage, Row, Span, Table

_JOIN = " | "
_STYLE = regex(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_SENTENCE = regex(r"[^。！？]+[。！？]*[”’」』】）]*|[。！？]+")


def read_word(path: Path, data: bytes, source: str, sha256: str) -> Document:
    """Return everything in a DOCX file that is cited as ``source``.

    Raises:
        SourceError: the document is encrypted, damaged, too large, or of the older .doc format.
    """
    _check(path, data)
    try:
        content = list(docx.Document(BytesIO(data)).iter_inner_content())
    except Exception as error:  # python-docx lets errors of its parts through
        problem = "打不开这个文档，文件可能已损坏，请用 Word 另存为 .docx 后再试"
        raise SourceError(path, problem) from error
    reading = _Reading(source)
    for part in content:
        if isinstance(part, DocxTable):
            reading.add_table(part)
        else:
            reading.add_paragraph(part)
    return Document(
        source=source,
        title=reading.headings[0].text if reading.headings else PurePath(source).stem,
        sha256=sha256,
        lines=tuple(reading.lines),
        headings=tuple(reading.headings),
        tables=tuple(reading.tables),
        passages=tuple(reading.passages),
    )


def _check(path: Path, data: bytes) -> None:
    if data.startswith(OLE2):
        raise SourceError(path, "文档有打开密码或是旧的 .doc 格式，请另存为没有密码的 .docx 后再试")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SourceError(path, "文件已损坏或不是 .docx，请用 Word 重新保存后再试") from error
    if size > MAX_UNPACKED:
        raise SourceError(path, f"解压后超过 {MAX_UNPACKED // 1024 // 1024} MB，请拆开后再试")


@dataclass
class _Reading:
    """One pass over the document, collecting what it holds."""

    source: str
    lines: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    _open: list[Heading] = field(default_factory=list)

    def add_paragraph(self, paragraph: Paragraph) -> None:
        text = " ".join(paragraph.text.split())
        if not text:
            return
        self.lines.append(text)
        level = _level(paragraph)
        if level is None and len(self.lines) == 1 and may_be_title(text):
            level = 1
        if level is None:
            self.passages += self._sentences(text)
            return
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        section = (*(one.text for one in self._open), text)
        number = len(self.lines)
        heading = Heading(text, level, Origin(self.source, section, number, number, text))
        self._open.append(heading)
        self.headings.append(heading)

    def _sentences(self, text: str) -> Iterator[Passage]:
        number = len(self.lines)
        for match in _SENTENCE.finditer(text):
            if raw := match.group().strip():
                start = match.start() + match.group().index(raw)
                span = Span(number, number, start, start + len(raw))
                yield Passage(raw, raw, (), span, self._origin(number))

    def add_table(self, table: DocxTable) -> None:
        rows = [self._row(texts) for texts in _texts(table)]
        texts = [[cell.text for cell in row.cells] for row in rows]
        header = header_row(texts)
        if header is None:
            self.passages += [row_passage(row) for row in rows]
            return
        last = header + goes_on(texts, header)
        self.passages += [row_passage(row) for row in rows[:header]]
        whole = joined_rows(rows[header : last + 1])
        self.tables.append(Table(whole, tuple(rows[last + 1 :]), tuple(self._open)))

    def _row(self, texts: list[str]) -> Row:
        self.lines.append(_JOIN.join(texts))
        number, cells, start = len(self.lines), [], 0
        for text in texts:
            span = Span(number, number, start, start + len(text))
            cells.append(Cell(text, text, (), span))
            start += len(text) + len(_JOIN)
        return Row(tuple(cells), self._origin(number))

    def _origin(self, number: int) -> Origin:
        section = tuple(one.text for one in self._open)
        return Origin(self.source, section, number, number, self.lines[number - 1])


def _level(paragraph: Paragraph) -> int | None:
    """Return the level of a heading from 1, None for any other paragraph."""
    name = (paragraph.style.name if paragraph.style else "") or ""
    if name.casefold() in ("title", "标题"):
        return 1
    match = _STYLE.match(name)
    return int(match[1]) + 1 if match else None


def _texts(table: DocxTable) -> Iterator[list[str]]:
    """Yield the texts of rows that hold any; a merged cell stands in each of its columns."""
    for row in table.rows:
        texts = [" ".join(cell.text.split()) for cell in row.cells]
        if any(texts):
            yield texts
