"""Whether numbers certainly lie within an interval, for whole arrays at once.

A number is a point, or a band of whole numbers whose ends do not belong to it: a head count of
``5000+`` stands for more than 5000, one of ``200-500`` ends where 500 begins.
"""

from __future__ import annotations

import numpy as np

from index.schema.interval import Interval
from index.store.columns import Mask, Numbers


def certainly_inside(low: Numbers, high: Numbers, interval: Interval) -> Mask:
    """Return which numbers lie in an interval, wherever in their band they are."""
    above = _at_least(low, high, interval.low, strictly=interval.low_open)
    return above & _at_least(-high, -low, -interval.high, strictly=interval.high_open)


def certainly_outside(low: Numbers, high: Numbers, interval: Interval) -> Mask:
    """Return which numbers lie outside of an interval, wherever in their band they are."""
    if interval.empty:
        return np.ones(len(low), dtype=bool)
    below = _at_least(-high, -low, -interval.low, strictly=not interval.low_open)
    return below | _at_least(low, high, interval.high, strictly=not interval.high_open)


def innermost(low: float, high: float) -> tuple[float, float]:
    """Return the least and the largest whole number of a band, or the ends of a point."""
    return (low + 1, high - 1) if high - low > 1 else (low, high)


def _at_least(low: Numbers, high: Numbers, bound: float, *, strictly: bool) -> Mask:
    """Return which numbers certainly are at least ``bound``, or above it if ``strictly``."""
    band = low < high
    # A band holds no whole number at its end; one that holds any begins one further.
    inner = np.where(band & (high - low > 1), low + 1, low) if _whole(bound) else low
    if not strictly:
        return inner >= bound
    return (inner > bound) | (band & (low >= bound))


def _whole(bound: float) -> bool:
    return bool(bound == np.floor(bound))
