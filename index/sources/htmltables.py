"""Tables that a Markdown file writes in HTML, as rows of cells with their places in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from index.types import Cell, Link, Origin, Row, Span

_CELLS = frozenset({"td", "th"})

# No cell is taken to reach further, whatever it says.
_MOST = 200


@dataclass
class HtmlCell:
    """One cell: its text and links, and where it lies, lines from 1 and columns from 0."""

    first: int
    start: int
    last: int = 0
    end: int = 0
    links: list[Link] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        """What it shows, on one line."""
        return " ".join("".join(self.parts).split())


class _Parser(HTMLParser):
    """Collects the rows of all tables of a block; tables within cells are taken as text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[HtmlCell]]] = []
        self._cell: HtmlCell | None = None
        self._href: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if self._cell is None and tag == "table":
            self.tables.append([])
        elif self._cell is None and tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in _CELLS and self.tables and self.tables[-1]:
            line, column = self.getpos()
            start = column + len(self.get_starttag_text() or "")
            across, down = (_times(told.get(key)) for key in ("colspan", "rowspan"))
            self._cell = HtmlCell(line, start, across=across, down=down)
            self.tables[-1][-1].append(self._cell)
        elif self._cell is not None and tag == "br":
            self._cell.parts.append(" ")
        elif self._cell is not None and tag == "a":
            self._href = (told.get("href") or "", len(self._cell.parts))

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._cell is None:
            return
        if tag == "a" and self._href:
            url, at = self._href
            label = "".join(self._cell.parts[at:]).strip()
            if url.startswith(("http://", "https://")):
                self._cell.links.append(Link(url, label))
            self._href = None
        elif tag in _CELLS:
            self._cell.last, self._cell.end = self.getpos()
            self._cell = None


def _times(text: str | None) -> int:
    """Return how many columns or rows a cell takes, within reason."""
    return min(max(int(text[:4]), 1), _MOST) if text and text.isdecimal() else 1


def read_html_tables(
    lines: Sequence[str], first: int, origin: Callable[[int, int], Origin]
) -> list[list[Row]]:
    """Return the tables in some lines of HTML, each as its rows from the top.

    A cell over several rows or columns stands in each of them.

    Args:
        lines: The lines of one block.
        first: Number of the first of them in the file.
        origin: Returns the origin of a first and a last line of the file.
    """
    parser = _Parser()
    parser.feed("\n".join(lines))
    parser.close()
    found = []
    for table in parser.tables:
        grid = (row for row in _spread(table) if row)
        found.append([_row(cells, lines, first, origin) for cells in grid])
    return [rows for rows in found if rows]


def _spread(table: Sequence[Sequence[HtmlCell]]) -> Iterator[list[tuple[HtmlCell, bool]]]:
    """Yield the rows with every cell in each row and column that it takes.

    The second of a pair says whether the cell stands in a row above.
    """
    above: dict[int, tuple[HtmlCell, int]] = {}
    for row in table:
        cells: list[tuple[HtmlCell, bool]] = []
        reaching: dict[int, tuple[HtmlCell, int]] = {}
        own = iter([cell for cell in row if cell.last for _ in range(cell.across)])
        while True:
            held, left = above.pop(len(cells), (None, 0))
            cell = held or next(own, None)
            if cell is None:
                break
            rest = left - 1 if held else cell.down - 1
            if rest > 0:
                reaching[len(cells)] = (cell, rest)
            cells.append((cell, held is not None))
        above = reaching
        yield cells


def _row(
    cells: Sequence[tuple[HtmlCell, bool]],
    lines: Sequence[str],
    first: int,
    origin: Callable[[int, int], Origin],
) -> Row:
    own = [cell for cell, above in cells if not above] or [cell for cell, _ in cells]
    top, bottom = min(cell.first for cell in own), max(cell.last for cell in own)
    read = []
    for one, above in cells:
        cell = _cell(one, lines, first)
        # A cell that reaches down from a row above stands in that row's lines.
        where = origin(cell.span.line, cell.span.end_line) if above else None
        read.append(replace(cell, origin=where))
    return Row(tuple(read), origin(top + first - 1, bottom + first - 1))


def _cell(cell: HtmlCell, lines: Sequence[str], first: int) -> Cell:
    held = list(lines[cell.first - 1 : cell.last])
    held[-1] = held[-1][: cell.end]
    held[0] = held[0][cell.start :]
    return Cell(
        text=cell.text,
        raw="\n".join(held),
        links=tuple(cell.links),
        span=Span(cell.first + first - 1, cell.last + first - 1, cell.start, cell.end),
    )
