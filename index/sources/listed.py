"""Companies in bullets, numbered lists and lines, as a table.

    * 甲科技有限公司 - 苏州
    * 乙科技有限公司 - 杭州      ──▶ 企业名称 | 所在地

Only documents without a table or a profile are looked at: beside one, such lines tell of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from index.companies.names import is_full_name, plain_name
from index.places.gazetteer import load_gazetteer
from index.places.localities import city_in
from index.regex import regex
from index.types import Cell, Document, Passage, Row, Span, Table

_BETWEEN = regex(r"\s+[-–—]+\s+|\s*(?:——|[：:，,；;|\t])\s*|\s{2,}")
_FEWEST = 2

# So large a share of the lines below one heading must begin with a full name.
_NEARLY = 0.8


def with_listed(document: Document) -> Document:
    """Return a document with the companies that its lines list as tables."""
    if document.tables or document.profiles:
        return document
    tables: list[Table] = []
    others: list[Passage] = []
    for _, group in groupby(document.passages, key=lambda one: one.origin.section):
        passages = list(group)
        named = [one for one in passages if _names_company(one)]
        if len(named) < _FEWEST or len(named) < _NEARLY * len(passages):
            others += passages
            continue
        tables.append(_table(named, document))
        others += [one for one in passages if not _names_company(one)]
    return replace(document, tables=tuple(tables), passages=tuple(others)) if tables else document


def _names_company(passage: Passage) -> bool:
    return is_full_name(plain_name(_pieces(passage)[0].text))


def _pieces(passage: Passage) -> list[Cell]:
    """Return the pieces of a line between dashes, colons, commas or tabs."""
    text, at = passage.raw, 0
    cells = []
    for match in [*_BETWEEN.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[at:end].strip()
        start = passage.span.start + at + text[at:end].find(piece)
        line = passage.span.line
        cells.append(Cell(piece, piece, (), Span(line, line, start, start + len(piece))))
        at = match.end() if match else end
    return [cell for cell in cells if cell.text] or cells[:1]


def _table(passages: Sequence[Passage], document: Document) -> Table:
    rows = [Row(tuple(_pieces(one)), one.origin) for one in passages]
    width = max(len(row.cells) for row in rows)
    names = ["企业名称", *("所在地" if _are_places(rows, n) else "" for n in range(1, width))]
    first = rows[0]
    blank = replace(first.cells[0], raw="", span=Span(first.origin.line_start, 0, 0, 0))
    header = Row(tuple(replace(blank, text=name) for name in names), first.origin)
    section = first.origin.section
    above = tuple(one for one in document.headings if one.text in section and one.level > 1)
    return Table(header, tuple(rows), above)


def _are_places(rows: Sequence[Row], number: int) -> bool:
    texts = [row.cells[number].text for row in rows if number < len(row.cells)]
    gazetteer = load_gazetteer()
    return sum(city_in(text, gazetteer) is not None for text in texts) * 2 > len(texts)
