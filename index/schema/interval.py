"""Numeric intervals: the values of cells, conditions, requirements and applicants' figures.

A founding year is a point, a head count of ``500-1000人`` is [500, 1000], ``5000+`` is [5000, ∞),
不到3% is [0, 3). Comparing two intervals has three outcomes: certainly inside, certainly outside,
or neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from ``low`` to ``high``; an open end does not belong to it.

    Attributes:
        low: Lower end; ``-inf`` for none.
        high: Upper end; ``inf`` for none.
        low_open: Whether ``low`` itself is excluded.
        high_open: Whether ``high`` itself is excluded.
    """

    low: float = -inf
    high: float = inf
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, number: float) -> Interval:
        """Return the interval of one number."""
        return cls(number, number)

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        touching = self.low == self.high and (self.low_open or self.high_open)
        return self.low > self.high or touching

    def contains(self, other: Interval) -> bool:
        """Return whether every number of ``other`` lies in this interval."""
        above = other.low > self.low or (
            other.low == self.low and (other.low_open or not self.low_open)
        )
        below = other.high < self.high or (
            other.high == self.high and (other.high_open or not self.high_open)
        )
        return above and below

    def overlaps(self, other: Interval) -> bool:
        """Return whether some number lies in both."""
        return not self.intersection(other).empty

    def intersection(self, other: Interval) -> Interval:
        """Return the numbers that lie in both; it may be empty."""
        low = max(self.low, other.low)
        high = min(self.high, other.high)
        return Interval(
            low,
            high,
            any(one.low == low and one.low_open for one in (self, other)),
            any(one.high == high and one.high_open for one in (self, other)),
        )
