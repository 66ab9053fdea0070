"""Requirements: tables, lists and sentences that say what a kind of company must fulfil."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from index.regex import regex
from index.rules.articles import place
from index.schema.words import is_blank
from index.text import fold, plain_heading
from index.types import Clause, Passage, Row, Span, Table, Value

_PIECE = regex(r"[^，,；;。]+")

# A sentence is cut into requirements only where several of its pieces have a figure.
_FIGURE = regex(r"\d|[一二三四五六七八九十]+(?:年|项|个|家|亿)")
_SEVERAL = 2
_JOINED = regex(r"的(?:企业)?[，,]|[，,；;](?:并且|并|且|同时|或)|或者")
_LABEL = regex(r"^(?P<label>[^：:，,。；;]{1,14})[：:]\s*(?P<rest>.+)$", re.DOTALL)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    text = (files("index") / "data/criteria.toml").read_text("utf-8")
    return {name: regex(pattern) for name, pattern in tomllib.loads(text).items()}


def is_criteria(table: Table) -> bool:
    """Return whether a table that is not about companies gives requirements.

    Its nearest heading says so, or the headers of all columns but the first.
    """
    named = bool(table.headings) and _names_criteria(table.headings[-1].text)
    headers = [fold(cell.text) for cell in table.header.cells[1:]]
    return bool(headers) and (named or all(map(_patterns()["requirement"].search, headers)))


def defines(text: str) -> bool:
    """Return whether a sentence says what a kind of company is, or who is let into a list."""
    return bool(_patterns()["definition"].search(text))


def row_clauses(header: Row, row: Row, dimension: int, columns: Sequence[int]) -> Iterator[Clause]:
    """Yield the requirements of one row, each cell of ``columns`` cut at commas.

    Args:
        header: The headers; they tell several columns of requirements apart.
        row: The row.
        dimension: The column of what the requirements are about.
        columns: The columns of requirements.
    """
    held = [number for number in columns if number < len(row.cells)]
    if dimension >= len(row.cells):
        return
    for number in held:
        cell = row.cells[number]
        if is_blank(cell.text):
            continue
        aspect = Value(header.cells[number].text, header.origin) if len(columns) > 1 else None
        for match in _PIECE.finditer(cell.raw):
            text = match.group().strip()
            if text:
                start = cell.span.start + match.start() + match.group().index(text)
                line = cell.span.line
                span = Span(line, line, start, start + len(text))
                label, column = row.cells[dimension].text, header.cells[dimension].text
                yield Clause(label, text, span, row.origin, aspect, column)


def split_criteria(passages: Sequence[Passage]) -> tuple[list[Clause], list[Passage]]:
    """Return the requirements among sentences and list items, and the other passages.

    In rules with articles they are the items of what an article demands, each as a whole: one item
    may hold alternatives (或者).
    """
    clauses: list[Clause] = []
    others: list[Passage] = []
    for placed in place(passages):
        passage = placed.passage
        # The title of a file may name what all of it is about, so it does not count.
        section = passage.origin.section[1:]
        if placed.item:
            clauses.append(Clause(placed.article, passage.text, passage.span, passage.origin))
        elif section and not (placed.article or placed.lead) and _names_criteria(section[-1]):
            clauses.extend(_passage_clauses(passage))
        else:
            others.append(passage)
    return clauses, others


def _passage_clauses(passage: Passage) -> Iterator[Clause]:
    """Yield the requirements of one sentence: 研发：费用占比不低于3%，发明专利2项以上 is two."""
    label = _LABEL.match(passage.text)
    dimension = label["label"] if label else plain_heading(passage.origin.section[-1])
    text = label["rest"] if label else passage.text
    for piece in _demands(text):
        yield Clause(dimension, piece, passage.span, passage.origin)


def _demands(text: str) -> list[str]:
    """Return the pieces of a sentence that have a figure each, each with what leads to it.

    What holds for some applicants only (营收1亿元以上的企业，…), or together with or instead of
    something else (且, 或者), is not cut.
    """
    if _JOINED.search(text):
        return [text]
    found: list[str] = []
    start = 0
    for match in _PIECE.finditer(text):
        if _FIGURE.search(match.group()):
            found.append(text[start : match.end()].strip("，,；;。 "))
            start = match.end()
    if len(found) < _SEVERAL:
        return [text]
    rest = text[start:].strip("，,；;。 ")
    return [*found, rest] if rest else found


def _names_criteria(heading: str) -> bool:
    return bool(_patterns()["headings"].search(fold(plain_heading(heading))))
