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


def measure(function: str, column: FieldColumn, selected: Mask) -> Figure:
    """Return a figure over the first number of each entity selected.

    Of a band of 500-1000 the lower end counts, and the upper one for the largest; the figure is
    open-ended where that makes it only a lower bound.
    """
    kept = column.lead & selected[column.number]
    bands = column.band[kept]
    low, high = column.lows[bands], column.highs[bands]
    known = len(low)
    unknown = int(np.count_nonzero(selected)) - known
    if not known:
        return Figure(None, 0, unknown)
    if function == "min":
        return Figure(_FUNCTIONS[function](np.where(np.isinf(low), high, low)), known, unknown)
    if function == "max":
        most = np.where(np.isinf(high), low, high)
        value = _FUNCTIONS[function](most)
        return Figure(value, known, unknown, bool(np.isinf(high[most == value]).any()))
    told = np.where(np.isinf(low), 0.0, low)
    return Figure(_FUNCTIONS[function](told), known, unknown, bool((low < high).any()))
