"""HTML files as documents: headings, tables and paragraphs, each with its lines.

Pages saved from the sites of authorities and the .xls files of many systems are such files.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import PurePath

from index.regex import regex
from index.sources.htmltables import read_html_tables
from index.types import Document, Heading, Origin, Passage, Row, Span, Table

_LINE_END = regex(r"\r\n|\n|\r")
_HEADING = regex(r"h([1-6])")
_BLOCKS = frozenset(
    {"p", "div", "li", "td", "th", "tr", "table", "br", "section", "article", "dd", "dt", "title"}
    | {f"h{level}" for level in range(1, 7)}
)
_HIDDEN = frozenset({"script", "style", "noscript", "template", "nav", "footer"})


def read_html(text: str, source: str, sha256: str) -> Document:
    """Return everything that an HTML ``text`` shows, cited as ``source``."""
    lines = tuple(_LINE_END.split(text))
    walk = _Walk()
    walk.feed("\n".join(lines))
    walk.close()
    walk.end_block()
    shown = _Shown(source, lines, walk.headings)
    tables = [_table(rows, shown) for rows in read_html_tables(lines, 1, shown.origin)]
    told = {number for table in tables for number in _lines_of(table)}
    passages = [shown.passage(block) for block in walk.blocks if block.first not in told]
    titles = [block.text for block in walk.headings] or [walk.title]
    return Document(
        source=source,
        title=titles[0] or PurePath(source).stem,
        sha256=sha256,
        lines=lines,
        headings=tuple(shown.heading(block) for block in walk.headings),
        tables=tuple(tables),
        passages=tuple(passages),
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or heading (with a level from 1): its text and its lines."""

    text: str
    first: int
    last: int
    level: int = 0


class _Walk(HTMLParser):
    """Collects headings and paragraphs outside of tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.blocks: list[_Block] = []
        self.headings: list[_Block] = []
        self._parts: list[str] = []
        self._first = 1
        self._tag = ""
        self._hidden = 0
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self.end_block()
            self._tag = tag
        self._tables += tag == "table"

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
            self._tag = ""
        self._hidden = max(self._hidden - (tag in _HIDDEN), 0)
        self._tables = max(self._tables - (tag == "table"), 0)

    def handle_data(self, data: str) -> None:
        if self._hidden or self._tables:
            return
        if not self._parts and data.strip():
            lead = len(data) - len(data.lstrip())
            self._first = self.getpos()[0] + data[:lead].count("\n")
        if self._parts or data.strip():
            self._parts.append(data)

    def end_block(self) -> None:
        """End the paragraph or heading that is read."""
        whole = "".join(self._parts).rstrip()
        self._parts = []
        text = " ".join(whole.split())
        if not text:
            return
        level = _HEADING.fullmatch(self._tag)
        last = self._first + whole.count("\n")
        block = _Block(text, self._first, last, int(level[1]) if level else 0)
        if self._tag == "title":
            self.title = text
        else:
            (self.headings if level else self.blocks).append(block)


@dataclass
class _Shown:
    """The lines of a file, with the headings above each."""

    source: str
    lines: tuple[str, ...]
    headings: list[_Block]
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._starts = [one.first for one in self.headings]

    def above(self, line: int) -> list[_Block]:
        """Return the headings that a line stands under, outermost first."""
        found: list[_Block] = []
        for one in self.headings[: bisect_right(self._starts, line)]:
            found = [*(kept for kept in found if kept.level < one.level), one]
        return found

    def origin(self, first: int, last: int) -> Origin:
        section = tuple(one.text for one in self.above(first))
        return Origin(self.source, section, first, last, "\n".join(self.lines[first - 1 : last]))

    def heading(self, block: _Block) -> Heading:
        return Heading(block.text, block.level, self.origin(block.first, block.last))

    def passage(self, block: _Block) -> Passage:
        origin = self.origin(block.first, block.last)
        span = Span(block.first, block.last, 0, len(self.lines[block.last - 1]))
        return Passage(block.text, origin.quote, (), span, origin)


def _table(rows: list[Row], shown: _Shown) -> Table:
    above = shown.above(rows[0].origin.line_start)
    return Table(rows[0], tuple(rows[1:]), tuple(shown.heading(one) for one in above))


def _lines_of(table: Table) -> range:
    rows = (table.header, *table.rows)
    return range(rows[0].origin.line_start, rows[-1].origin.line_end + 1)
