"""What templates tell of passages: under the title of their list, requirements and notes apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.common import Context
from assistant.compose import Said
from assistant.figure_words import is_serial
from assistant.figures import header_of
from assistant.search.passages import Told
from index.schema.normalize import plain_heading
from index.types import Clause, Passage, StatisticsRow, Value

# What a cell says, after the header that tells it apart from others of its row, if there are any.
Cell = tuple[Value | None, Value]


@dataclass(frozen=True, slots=True)
class ToldList:
    """What one list says of a question.

    Attributes:
        title: Its title.
        as_of: The sentence that dates it; None where there is none, or it is told itself.
        titled: Whether the title stands above, because several lists say something.
        clauses: Requirements; those of one row of a table with several columns stand together.
        sections: Notes and rows of statistics under their heading; it is None for one alone.
    """

    title: Said
    as_of: Value | None
    titled: bool
    clauses: tuple[tuple[Value, tuple[Cell, ...]], ...]
    sections: tuple[tuple[Value | None, tuple[tuple[Cell, ...], ...]], ...]


def told_lists(told: Sequence[Told], context: Context) -> list[ToldList]:
    """Return passages by their list, lists in the order of the index."""
    by_source: dict[str, list[Told]] = {}
    for one in told:
        by_source.setdefault(one.origin.source, []).append(one)
    return [
        ToldList(
            title=Said(document.title),
            as_of=_undated(document.as_of, found),
            titled=len(by_source) > 1,
            clauses=_clauses([one for one in found if isinstance(one, Clause)]),
            sections=_sections([one for one in found if not isinstance(one, Clause)]),
        )
        for document in context.corpus.documents
        if (found := by_source.get(document.source))
    ]


def _undated(as_of: Value | None, told: Sequence[Told]) -> Value | None:
    """Return what dates a list, unless it is among what is told of it."""
    return None if as_of and any(one.origin == as_of.origin for one in told) else as_of


def _clauses(clauses: Sequence[Clause]) -> tuple[tuple[Value, tuple[Cell, ...]], ...]:
    """Return dimensions with their requirements, and what tells columns of these apart."""
    groups: dict[object, list[Clause]] = {}
    for number, clause in enumerate(clauses):
        line = (clause.dimension, clause.origin.sheet, clause.origin.line_start)
        groups.setdefault(line if clause.aspect else number, []).append(clause)
    return tuple(
        (
            Value(group[0].dimension, group[0].origin),
            tuple((one.aspect, Value(one.text, one.origin)) for one in group),
        )
        for group in groups.values()
    )


def _sections(
    told: Sequence[Passage | StatisticsRow],
) -> tuple[tuple[Value | None, tuple[tuple[Cell, ...], ...]], ...]:
    groups: dict[tuple[str, ...], list[Passage | StatisticsRow]] = {}
    for one in told:
        groups.setdefault(one.origin.section, []).append(one)
    return tuple(
        (
            Value(plain_heading(section[-1]), found[0].origin)
            if section and len(found) > 1
            else None,
            tuple(map(_cells, found)),
        )
        for section, found in groups.items()
    )


def _cells(told: Passage | StatisticsRow) -> tuple[Cell, ...]:
    """Return a note as one cell, a row of statistics as its label and what it says of it."""
    if isinstance(told, Passage):
        return ((None, Value(told.text, told.origin)),)
    others = [
        (header_of(told, key), value)
        for key, value in told.values.items()
        if key != told.dimension and not is_serial(key)
    ]
    several = len(others) > 1
    label = told.values.get(told.dimension) or Value(told.label, told.origin)
    return ((None, label), *((header if several else None, value) for header, value in others))
