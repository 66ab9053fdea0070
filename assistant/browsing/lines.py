"""The cells of cited lines: what each line of a table says, field by field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, Protocol

from index.schema.fields import TableKind, registry
from index.store.records import Records
from index.types import Clause, CompanyRow, StatisticsRow

LinePlace = tuple[str, str, int]
"""File, sheet and line."""

_DIMENSION, _CLAUSE = "dimension", "requirement"


class LineCell(NamedTuple):
    """One cell of a row: its field, what that is called, and the text."""

    field: str
    label: str
    text: str


Lines = Mapping[LinePlace, tuple[LineCell, ...]]


class Placed(Protocol):
    """Whatever knows where it stands: an origin, a citation."""

    @property
    def source(self) -> str:
        """Name of the file."""

    @property
    def sheet(self) -> str:
        """Name of the sheet; empty for a text file."""

    @property
    def line_start(self) -> int:
        """First line."""


def place_of(cited: Placed) -> LinePlace:
    """Return file, sheet and line of what is cited."""
    return cited.source, cited.sheet, cited.line_start


def cells_at(records: Records, places: Collection[LinePlace], companies: Iterable[str]) -> Lines:
    """Return the labelled cells of those places that are rows of a table.

    Args:
        records: All rows.
        places: The places.
        companies: Ids of the companies whose rows may stand there.
    """
    rows = [row for company in records.by_key(companies) for row in company.rows]
    lines = {place: cells for place, cells in map(_of_company, rows) if place in places}
    if len(lines) < len(places):
        _add(lines, map(_of_company, (one.row for one in records.unresolved())), places)
        _add(lines, map(_of_statistics, records.statistics()), places)
        # Requirements of one row stand in the same place.
        for clause in records.clauses():
            place = place_of(clause.origin)
            if place in places:
                before = lines.get(place, ())
                lines[place] = (*before, *_of_requirement(clause, first=not before))
    return lines


def _add(
    lines: dict[LinePlace, tuple[LineCell, ...]],
    found: Iterable[tuple[LinePlace, tuple[LineCell, ...]]],
    places: Collection[LinePlace],
) -> None:
    for place, cells in found:
        if place in places:
            lines.setdefault(place, cells)


def _of_company(row: CompanyRow) -> tuple[LinePlace, tuple[LineCell, ...]]:
    cells = (
        LineCell(field, registry().label(field), value.text)
        for field, value in row.values.items()
        if value.origin == row.origin
    )
    return place_of(row.origin), tuple(cells)


def _of_statistics(row: StatisticsRow) -> tuple[LinePlace, tuple[LineCell, ...]]:
    cells = (
        LineCell(field, registry().label(field, kind=TableKind.REGION), value.text)
        for field, value in row.values.items()
    )
    return place_of(row.origin), tuple(cells)


def _of_requirement(clause: Clause, *, first: bool) -> Iterable[LineCell]:
    def label(key: str) -> str:
        return registry().label(key, kind=TableKind.CRITERIA)

    if first and clause.dimension:
        yield LineCell(_DIMENSION, label(_DIMENSION), clause.dimension)
    named = clause.aspect.text if clause.aspect else label(_CLAUSE)
    yield LineCell(_CLAUSE, named, clause.text)
