"""Markdown files as documents: headings, tables and sentences, each with its place in the file.

markdown-it-py (CommonMark plus tables) decides what is a heading, a table or a paragraph; it
knows lines but not columns, so the columns of cells and sentences are found again in the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import PurePath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.regex import regex
from index.sources.htmltables import read_html_tables
from index.sources.profiles import Item, read_profile
from index.types import Cell, Document, Heading, Link, Origin, Passage, Row, Span, Table

_PARSER = MarkdownIt("commonmark").enable("table")
# Reads blocks alone: what stands within them is read once, cell by cell and sentence by sentence.
_BLOCKS = MarkdownIt("commonmark").enable("table")
_BLOCKS.core.ruler.enableOnly(["normalize", "block"])
# Text without these characters is its own visible text.
_MARKUP = regex(r"[\0\n\\`*_\[\]!<&]")
_FENCE = "---"
# The line between header and body: |---|:--:|
_RULE = regex(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_FEWEST_BARS = 2
_PIPE = regex(r"(?<!\\)\|")
# An ASCII mark before more ASCII is part of an address or of markup: /list?id=3, ![](a.png).
_SENTENCE = regex(r"(?:[^。！？!?\n]|[!?](?=[\x21-\x7e]))+[。！？!?]*[”’」』】）]*|[。！？!?]+")
# What stands before a table that lies in a quotation or a list item.
_CONTAINER = regex(r"(?:\s*(?:>|(?:[-*+]|\d+[.)])(?=\s)))*\s*")


def read_markdown(text: str, source: str, sha256: str) -> Document:
    """Return everything in a Markdown ``text`` that is cited as ``source``."""
    # The line ends of CommonMark; str.splitlines would also split at form feeds.
    lines = tuple(re.split(r"\r\n|\n|\r", text))
    if lines and not lines[-1]:
        lines = lines[:-1]
    walk = _Walk(source, lines)
    front = walk.read_front_matter()
    walk.read(_BLOCKS.parse("\n".join(("",) * front + lines[front:])))
    title = next((h.text for h in walk.headings if h.level == 1), PurePath(source).stem)
    return Document(
        source=source,
        title=title,
        sha256=sha256,
        lines=lines,
        headings=tuple(walk.headings),
        tables=tuple(walk.tables),
        passages=tuple(walk.passages),
        profiles=tuple(walk.profiles),
    )


@dataclass
class _Walk:
    """One pass over the tokens, collecting what the document holds."""

    source: str
    lines: tuple[str, ...]
    headings: list[Heading] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    profiles: list[Table] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    _open: list[Heading] = field(default_factory=list)
    # What stands under the heading last seen, until it is known whether it is a profile.
    _items: list[Item] = field(default_factory=list)
    _lists: int = 0

    def read_front_matter(self) -> int:
        """Keep the lines of YAML above the text as passages; return how many lines it takes."""
        if not self.lines or self.lines[0].strip() != _FENCE:
            return 0
        ends = (i for i, line in enumerate(self.lines) if i and line.strip() == _FENCE)
        end = next(ends, 0)
        for number, line in enumerate(self.lines[1:end], start=2):
            if line.strip():
                self._add_passage(line.strip(), Span(number, number, 0, len(line)))
        return end + 1 if end else 0

    def read(self, tokens: list[Token]) -> None:
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "heading_open":
                self._read_heading(tokens[position + 1], int(token.tag[1:]))
                position += 2
            elif token.type == "table_open":
                end = _closing(tokens, position, "table_close")
                self._read_table(tokens[position:end])
                position = end
            elif token.type == "inline":
                self._read_inline(token)
            elif token.type in ("list_item_open", "list_item_close"):
                self._lists += 1 if token.type == "list_item_open" else -1
            elif token.type in ("fence", "code_block", "html_block"):
                self._read_block(token)
            position += 1
        self._close_section()

    def _origin(self, first: int, last: int) -> Origin:
        return Origin(
            source=self.source,
            section=tuple(heading.text for heading in self._open),
            line_start=first,
            line_end=last,
            quote="\n".join(self.lines[first - 1 : last]),
        )

    def _read_heading(self, inline: Token, level: int) -> None:
        self._close_section()
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        first, end = _line_range(inline)
        text, _ = _plain(inline.content)
        section = (*(parent.text for parent in self._open), text)
        origin = replace(self._origin(first, end), section=section)
        heading = Heading(text=text, level=level, origin=origin)
        self._open.append(heading)
        self.headings.append(heading)

    def _read_table(self, tokens: list[Token]) -> None:
        numbers = [_line_range(token)[0] for token in tokens if token.type == "tr_open"]
        self._add_table(numbers)

    def _add_table(self, numbers: list[int]) -> None:
        """Add the table of these lines; a line without bars below it is text, not a row."""
        if not numbers:
            return
        rows = []
        for number in numbers:
            if _PIPE.search(self.lines[number - 1]):
                rows.append(self._read_row(number))
            else:
                self._add_lines([number])
        self.tables.append(Table(header=rows[0], rows=tuple(rows[1:]), headings=tuple(self._open)))

    def _read_row(self, line: int) -> Row:
        text = self.lines[line - 1]
        cells = tuple(_cell(text, start, end, line) for start, end in _cell_columns(text))
        return Row(cells=cells, origin=self._origin(line, line))

    def _read_inline(self, inline: Token) -> None:
        """Read a paragraph or a list item; lines of cells are a table without its separator."""
        first, last = _line_range(inline)
        runs = groupby(range(first, last + 1), lambda number: _is_row(self.lines[number - 1]))
        parts = [(cells, list(numbers)) for cells, numbers in runs]
        if not any(cells and len(numbers) > 1 for cells, numbers in parts):
            origin = self._origin(first, last)
            self._items.append(Item(inline.content, origin, self._lists > 0, inline))
            return
        for cells, numbers in parts:
            if cells and len(numbers) > 1:
                self._add_table([n for n in numbers if not _RULE.fullmatch(self.lines[n - 1])])
            else:
                self._add_lines(numbers)

    def _add_lines(self, numbers: Iterable[int]) -> None:
        """Keep lines that stand between the rows of tables as passages, each as a whole."""
        for number in numbers:
            text = self.lines[number - 1]
            if text.strip():
                self._add_passage(text.strip(), Span(number, number, 0, len(text)))

    def _close_section(self) -> None:
        """Keep what stands under a heading as a profile, or sentence by sentence."""
        profile, rest = read_profile(self._items, self._open, _plain)
        if profile is not None:
            self.profiles.append(profile)
        for item in rest:
            self._read_sentences(item.token)
        self._items = []

    def _read_sentences(self, inline: Token) -> None:
        first, last = _line_range(inline)
        columns = _content_columns(inline.content, self.lines[first - 1 : last], first)
        for match in _SENTENCE.finditer(inline.content):
            raw = match.group().strip()
            if not raw:
                continue
            at = match.start() + match.group().index(raw)
            line, start = columns[at]
            self._add_passage(raw, Span(line, line, start, start + len(raw)))

    def _read_block(self, token: Token) -> None:
        """Keep code and HTML blocks line by line: they are text a citation may need.

        Lines of nothing but tags or comments show nothing to a reader and are left out. Tables in
        HTML are tables.
        """
        first, last = _line_range(token)
        told: set[int] = set()
        if token.type == "html_block":
            for rows in read_html_tables(self.lines[first - 1 : last], first, self._origin):
                self.tables.append(Table(rows[0], tuple(rows[1:]), tuple(self._open)))
                for row in rows:
                    told |= {*range(row.origin.line_start, row.origin.line_end + 1)}
        self._add_lines(line for line in range(first, last + 1) if line not in told)

    def _add_passage(self, raw: str, span: Span) -> None:
        text, links = _plain(raw)
        if not text:
            return
        origin = self._origin(span.line, span.end_line)
        self.passages.append(Passage(text=text, raw=raw, links=links, span=span, origin=origin))


def _is_row(line: str) -> bool:
    """Return whether a line is cells between bars."""
    return len(_PIPE.findall(line)) >= _FEWEST_BARS


def _closing(tokens: list[Token], position: int, kind: str) -> int:
    return next(i for i in range(position, len(tokens)) if tokens[i].type == kind)


def _line_range(token: Token) -> tuple[int, int]:
    """Return a block token's first and last line, counted from 1."""
    if token.map is None:
        raise ValueError(f"block token without lines: {token.type}")
    return token.map[0] + 1, token.map[1]


def _cell_columns(line: str) -> list[tuple[int, int]]:
    """Return start and end of each cell's trimmed text in a table line."""
    container = _CONTAINER.match(line)
    bars = [match.start() for match in _PIPE.finditer(line)]
    edges = [container.end() - 1 if container else -1, *bars, len(line)]
    pieces = [(edges[i] + 1, edges[i + 1]) for i in range(len(edges) - 1)]
    if pieces and not line[slice(*pieces[0])].strip():
        pieces = pieces[1:]
    if pieces and not line[slice(*pieces[-1])].strip():
        pieces = pieces[:-1]
    return [_trimmed(line, start, end) for start, end in pieces]


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end


def _cell(line: str, start: int, end: int, number: int) -> Cell:
    raw = line[start:end]
    text, links = _plain(raw.replace(r"\|", "|"))
    return Cell(text=text, raw=raw, links=links, span=Span(number, number, start, end))


def _content_columns(content: str, lines: tuple[str, ...], first: int) -> list[tuple[int, int]]:
    """Return (line, column) of every character of an inline token's content.

    The content's lines are the file's lines without indentation and list markers.
    """
    places: list[tuple[int, int]] = []
    for number, (part, line) in enumerate(zip(content.split("\n"), lines, strict=False), first):
        start = max(line.rfind(part), 0)
        places.extend((number, start + i) for i in range(len(part) + 1))
    return places


def _plain(markup: str) -> tuple[str, tuple[Link, ...]]:
    """Return the visible text of inline Markdown and its links."""
    if not _MARKUP.search(markup):
        return markup.strip(), ()
    links: list[Link] = []
    parts: list[str] = []
    children = [child for token in _PARSER.parseInline(markup) for child in token.children or ()]
    url: str | None = None
    label_from = 0
    for child in children:
        if child.type == "link_open":
            url, label_from = str(child.attrGet("href") or ""), len(parts)
        elif child.type == "link_close" and url is not None:
            links.append(Link(url=url, label="".join(parts[label_from:])))
            url = None
        else:
            parts.extend(_visible(child))
    if not "".join(parts).strip():
        # What a picture shows is said only where nothing else is.
        parts = [child.content for child in children if child.type == "image"]
    return "".join(parts).strip(), tuple(links)


def _visible(token: Token) -> Iterator[str]:
    if token.type in ("softbreak", "hardbreak"):
        yield " "
    elif token.type in ("text", "code_inline", "text_special"):
        yield token.content
    elif token.type == "html_inline" and token.content.casefold().startswith("<br"):
        yield " "
