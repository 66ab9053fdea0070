"""Where open-ended head counts end: at the next step that their list writes.

A list that writes 500+, 1000+ and 3000+ would have written 1000+ of a company with more than a
thousand people, so its 500+ ends there. The highest step of a list stays open, and so does a number
that some other list leaves open.
"""

from __future__ import annotations

import numpy as np

from index.store.columns import ColumnStore, Numbers


def closed_ends(columns: ColumnStore, relation: str, field: str) -> Numbers:
    """Return the upper ends of the distinct numbers of a field, in the order of its column."""
    column = columns.column(relation, field)
    ends = column.highs.copy()
    steps = np.isinf(ends) & np.isfinite(column.lows)
    if not steps.any():
        return ends
    closed = np.full(len(ends), -np.inf)
    lists = columns.column(relation, "list")
    for text in range(lists.texts):
        told = np.unique(column.band[np.isin(column.number, lists.holders(text))])
        told = told[steps[told]]
        closed[told] = np.maximum(closed[told], _next(column.lows[told]))
    return np.where(steps & np.isfinite(closed), closed, ends)


def _next(lows: Numbers) -> Numbers:
    """Return for each of some numbers the next larger one; infinity for the largest."""
    rungs = np.append(np.unique(lows), np.inf)
    found: Numbers = rungs[np.searchsorted(rungs, lows, side="right")]
    return found
