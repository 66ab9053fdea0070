"""Statistics told apart by anything: rows named, ranked or all, each cited by its own line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answers.common import Context, name_value
from assistant.answers.ranking import head
from assistant.answers.selection import select_hits
from assistant.compose import Derived, Said
from assistant.figure_words import COUNT
from assistant.figures import Column, Figures, number_of
from assistant.types import Draft, Hit, Intent, Query, Status
from index.types import StatisticsRow, Value

# How many of the companies listed are named beside a number of the statistics.
_NAMED = 5


def answer_figures(query: Query, figures: Sequence[Figures], context: Context) -> Draft:
    """Return what the tables of statistics say, and how many companies the list itself holds."""
    titles = context.corpus.titles
    several = len({one.rows[0].origin.source for one in figures}) > 1
    shown = [(one, _shown(one)) for one in figures]
    listed = _listed(query, context) if any(one.named for one in figures) else ()
    return Draft(
        status=Status.ANSWERED,
        intent=Intent.RANK if any(one.order for one in figures) else Intent.STATS,
        template="figures",
        slots={
            "tables": [
                {
                    "title": Said(titles[rows[0].origin.source]) if several else None,
                    "heading": one.rows[0].heading,
                    "header": _header(one.column, rows),
                    "asked": Said(one.order.label) if one.order else None,
                    "items": [_item(row, one) for row in rows],
                    "total": _total(query, one, rows),
                }
                for one, rows in shown
                if rows
            ],
            "listed": [name_value(hit.company) for hit in listed[:_NAMED]],
            "listed_count": Derived(str(len(listed))),
            "more": len(listed) > _NAMED,
        },
        records=tuple(listed),
        values=(
            *(value for one, rows in shown for row in rows for value in _values(row, one)),
            *((("清单收录", COUNT, str(len(listed))),) if listed else ()),
        ),
    )


def _shown(figures: Figures) -> list[StatisticsRow]:
    """Return the part of an order that was asked for, else all rows."""
    column = figures.column
    if figures.order is None or column is None:
        return list(figures.rows)
    return head(figures.rows, figures.order, lambda row: number_of(row, column))


def _header(column: Column | None, rows: Sequence[StatisticsRow]) -> Value | None:
    return Value(column.header, rows[0].header.origin) if column else None


def _item(row: StatisticsRow, figures: Figures) -> dict[str, Any]:
    """Return the label of a row and its cells: the one asked for, else all with their headers."""
    label = row.values.get(row.dimension)
    columns = (figures.column,) if figures.column else figures.columns
    cells = [
        (None if figures.column else Value(one.header, row.header.origin), row.values[one.key])
        for one in columns
        if one.key in row.values
    ]
    return {"label": label or Value(row.label, row.origin), "cells": cells}


def _values(row: StatisticsRow, figures: Figures) -> list[tuple[str, str, str]]:
    columns = (figures.column,) if figures.column else figures.columns
    return [
        (row.label, one.key, row.values[one.key].text) for one in columns if one.key in row.values
    ]


def _total(
    query: Query, figures: Figures, rows: Sequence[StatisticsRow]
) -> dict[str, object] | None:
    """Return the sum of the numbers of companies, where it is asked for; a + makes it a bound."""
    counts = [row.count for row in rows if row.count is not None]
    counted = figures.column is not None and figures.column.key == COUNT
    if not ("sum" in query.cues and counted and len(counts) == len(rows) > 1):
        return None
    return {
        "figure": Derived(str(sum(counts))),
        "open_ended": any(row.open_ended for row in rows),
    }


def _listed(query: Query, context: Context) -> tuple[Hit, ...]:
    """Return the companies listed of what a question counts; none where only meaning says so."""
    if "count" not in query.cues or not query.topic.terms:
        return ()
    found = select_hits(query, context)
    return () if found.by_meaning else found.hits
