"""The statistics of the lists by any dimension: which table a question means, rows and column.

Statistics by place with nothing but a number, trades and representatives are left to the answers
that know which place lies in which; see :mod:`assistant.answers.statistics`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.search.library import Library
from assistant.search.passages import PassageFinder
from assistant.understanding.axes import areas_of
from assistant.understanding.figure_words import (
    COUNT,
    asks_for,
    is_founding,
    is_serial,
    load_figure_words,
    order_of,
)
from assistant.understanding.numbers import read_order
from assistant.understanding.types import LISTS, Condition, Question, Ranking
from index.schema.amounts import parse_amount
from index.schema.columns import TableKind, load_schema
from index.schema.normalize import fold, parse_batch
from index.types import PLACE, StatisticsRow, Value

# So much of a header's words must be in a question for its column to be asked for.
_ASKED = 0.6

# A label's words shorter than this name nothing.
_SHORTEST = 2

_UNIT = re.compile(r"[(（][^)）]*[)）]")
_SEPARATOR = re.compile(r"[/、，,;；&]|[(（].*$")
_YEAR = re.compile(r"(?:19|20)\d\d年?")

# The fields of the orders that companies are put in, which no statistics are asked for by.
_OF_COMPANIES = frozenset({"founded", "headcount"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of statistics: its key in the values of a row, and its header."""

    key: str
    header: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What one table says of a question.

    Attributes:
        rows: The rows asked for, in the order asked for, else in reading order.
        column: The column asked for; None for all of them.
        order: The order asked for; None for none.
        named: Whether the question names the rows.
    """

    rows: tuple[StatisticsRow, ...]
    columns: tuple[Column, ...]
    column: Column | None
    order: Ranking | None
    named: bool


@dataclass(frozen=True, slots=True)
class _Table:
    rows: tuple[StatisticsRow, ...]
    columns: tuple[Column, ...]

    @property
    def dimension(self) -> str:
        return self.rows[0].dimension

    @property
    def by_place(self) -> bool:
        return self.dimension == PLACE


class FigureFinder:
    """Finds the statistics that answer a question.

    Args:
        library: Where they stand.
        passages: Knows which words stand for each other.
    """

    def __init__(self, library: Library, passages: PassageFinder) -> None:
        by_header: dict[tuple[str, str, int], list[StatisticsRow]] = {}
        for row in library.statistics:
            origin = row.header.origin
            key = (origin.source, origin.sheet, origin.line_start)
            by_header.setdefault(key, []).append(row)
        self._tables = [_table(rows) for rows in by_header.values()]
        self._passages = passages

    def find(self, query: Question) -> list[Figures]:
        """Return what the tables say of a question, in reading order; none if it is not about them.

        A question that narrows companies by anything that a table does not tell apart, or that
        asks for what the list itself holds, is not.
        """
        if "listed_here" in query.cues and "statistics_table" not in query.cues:
            return []
        sources = query.sources
        found = (
            self._asked(query, table)
            for table in self._tables
            if not sources or table.rows[0].origin.source in sources
        )
        return [one for one in found if one]

    def _asked(self, query: Question, table: _Table) -> Figures | None:
        order = order_of(query.folded)
        if order is None and _orders_companies(query):
            return None
        named = self._named(query, table)
        column = self._column(query, table)
        if not self._only(query, table, named) or (table.by_place and not _is_own(column)):
            return None
        counted = column or next((one for one in table.columns if one.key == COUNT), None)
        if named:
            rows = _sorted(named, counted, order) if order and counted else named
            return Figures(rows, table.columns, column, None, named=True) if column else None
        if not asks_for(_dimension(table), query.folded):
            return None
        if order and counted:
            ranked = [
                row for row in table.rows if not load_figure_words().rest.fullmatch(row.label)
            ]
            rows = _sorted(ranked, counted, order)
            return Figures(rows, table.columns, counted, order, named=False)
        whole = column is not None or load_figure_words().all.search(query.folded)
        return Figures(table.rows, table.columns, column, None, named=False) if whole else None

    def _named(self, query: Question, table: _Table) -> tuple[StatisticsRow, ...]:
        """Return the rows that a question names by their label, or a part of it."""
        if table.by_place:
            places = {value for area in areas_of(query.conditions) for value in area.values}
            return tuple(row for row in table.rows if row.place in places)
        batches = {
            value for one in query.conditions if one.field == "batch" for value in one.values
        }
        if batches:
            return tuple(row for row in table.rows if parse_batch(row.label) in batches)
        found = [(row, self._naming(row.label, query.folded)) for row in table.rows]
        words = [word for _, word in found if word]
        return tuple(
            row
            for row, word in found
            if word and not any(word != other and word in other for other in words)
        )

    def _naming(self, label: str, folded: str) -> str | None:
        """Return the words of a question that name a row; the longest of them."""
        if load_figure_words().rest.fullmatch(label):
            return None
        parts = dict.fromkeys((fold(label), *map(fold, _SEPARATOR.split(label))))
        stems = [load_figure_words().suffix.sub("", part.strip()) or part.strip() for part in parts]
        said = [
            form
            for stem in stems
            if len(stem) >= _SHORTEST
            for form in self._passages.forms(stem)
            if len(form) >= _SHORTEST and form in folded
        ]
        clear = [form for form in said if not (_YEAR.match(form) and is_founding(form, folded))]
        return max(clear, key=len, default=None)

    def _column(self, query: Question, table: _Table) -> Column | None:
        """Return the column that a question asks for: by its header, else the number of rows."""
        source = table.rows[0].origin.source
        own = [
            (share, len(one.header), one)
            for one in table.columns
            if one.key != COUNT
            and (share := self._said(one.header, query.folded, source)) >= _ASKED
        ]
        if own:
            return max(own, key=lambda found: found[:2])[2]
        cues = {"domains": "statistics_domains", "representatives": "statistics_representatives"}
        for one in table.columns:
            if cues.get(one.key, "") in query.cues:
                return one
        counted = "count" in query.cues or bool(load_figure_words().number.search(query.folded))
        return next((one for one in table.columns if counted and one.key == COUNT), None)

    def _said(self, header: str, folded: str, source: str) -> float:
        """Return how much of a header a question says, from 0 to 1, by length of words."""
        words = self._passages.telling(_UNIT.sub("", header), source)
        said = sum(
            len(word)
            for word in words
            if any(form in folded for form in self._passages.forms(word))
        )
        return said / sum(map(len, words)) if words else 0.0

    def _only(self, query: Question, table: _Table, named: Sequence[StatisticsRow]) -> bool:
        """Return whether nothing narrows a question but what the table tells apart."""
        labels = fold(" ".join((*(row.label for row in named), table.dimension)))
        if not all(_told_apart(one, table, named, labels) for one in query.conditions):
            return False
        around = fold(" ".join((*table.rows[0].origin.section, *map(_header, table.columns))))
        return all(
            any(form in f"{labels} {around}" for form in self._passages.forms(word))
            or self._passages.in_title(word, table.rows[0].origin.source)
            or any(part in word for part in _SEPARATOR.split(labels) if len(part) >= _SHORTEST)
            for word in map(fold, query.topic.terms)
        )


def _table(rows: Sequence[StatisticsRow]) -> _Table:
    first = rows[0]
    keys = dict.fromkeys(key for row in rows for key in row.values)
    columns = [
        Column(key, header_of(first, key).text)
        for key in keys
        if key != first.dimension and not is_serial(key)
    ]
    return _Table(tuple(rows), tuple(columns))


def _header(column: Column) -> str:
    return column.header


def _told_apart(
    condition: Condition, table: _Table, named: Sequence[StatisticsRow], labels: str
) -> bool:
    """Return whether a table tells apart what a condition narrows companies by."""
    if condition.field in (*LISTS, COUNT):
        return True
    if condition.field == "founded":
        return any(_YEAR.match(row.label) for row in named)
    if condition.field == "batch":
        return bool(named)
    if areas_of([condition]):
        return table.by_place
    return any(fold(str(value)) in labels for value in condition.values)


def _dimension(table: _Table) -> str:
    return "省市地区城市" if table.by_place else fold(table.dimension)


def header_of(row: StatisticsRow, key: str) -> Value:
    """Return the header of a column of statistics as it is written."""
    headers = row.header.text.split("；")
    number = load_schema().fields(TableKind.REGION, headers).get(key)
    return Value(key if number is None else headers[number], row.header.origin)


def _is_own(column: Column | None) -> bool:
    return column is not None and column.key not in load_schema().labels[TableKind.REGION]


def _orders_companies(query: Question) -> bool:
    order = read_order(query.folded)
    return order is not None and order.field in _OF_COMPANIES


def _sorted(
    rows: Sequence[StatisticsRow], column: Column, order: Ranking
) -> tuple[StatisticsRow, ...]:
    """Return the rows that have a number, by it."""
    told = [(number, row) for row in rows if (number := number_of(row, column)) is not None]
    ordered = sorted(told, key=lambda one: -one[0] if order.descending else one[0])
    return tuple(row for _, row in ordered)


def number_of(row: StatisticsRow, column: Column) -> float | None:
    """Return the number that a row has in a column, in single units; None where it has none."""
    value: Value | None = row.values.get(column.key)
    return parse_amount(value.text, column.header) if value else None
