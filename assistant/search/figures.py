"""Figures over a numeric field: minimum, maximum, mean, median, sum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assistant.search.evidence import Figure
from index.store.columns import FieldColumn, Mask, Numbers

# Figures of bands are made of their lower ends, so they are lower bounds.
_FUNCTIONS: dict[str, Callable[[Numbers], float]] = {
    "min": lambda told: float(told.min()),
    "max": lambda told: float(told.max()),
    "mean": lambda told: float(told.mean()),
    "median": lambda told: float(np.median(told)),
    "sum": lambda told: float(told.sum()),
}


def measure(function: str, column: FieldColumn, selected: Mask, *, every: bool = False) -> Figure:
    """Return a figure over the first number of each entity selected, or over all of them.

    Of a band of 500-1000 the lower end counts, and the upper one for the largest; the figure is
    open-ended where that makes it only a lower bound.
    """
    kept = selected[column.number] & (column.lead | every)
    bands = column.band[kept]
    low, high = column.lows[bands], column.highs[bands]
    known, rows = len(np.unique(column.number[kept])), len(low)
    unknown = int(np.count_nonzero(selected)) - known
    if not known:
        return Figure(None, 0, unknown)
    if function == "min":
        least = np.where(np.isinf(low), high, low)
        return Figure(_FUNCTIONS[function](least), known, unknown, rows=rows)
    if function == "max":
        most = np.where(np.isinf(high), low, high)
        value = _FUNCTIONS[function](most)
        return Figure(value, known, unknown, bool(np.isinf(high[most == value]).any()), rows=rows)
    told = np.where(np.isinf(low), 0.0, low)
    value = _FUNCTIONS[function](told)
    return Figure(value, known, unknown, bool((low < high).any()), rows=rows)
