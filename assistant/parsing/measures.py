"""Numbers of a text: the interval meant, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import inf

from index.schema.interval import Interval


class Unit(StrEnum):
    """What a number counts."""

    YEAR = "year"
    AGE = "age"
    PEOPLE = "people"
    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"
    ITEMS = "items"
    POINTS = "points"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Measure:
    """A stretch that says a number.

    Attributes:
        start: Where it starts.
        end: Where it ends, exclusive.
        interval: The numbers meant; years of age and money in single units.
        unit: What is counted.
        bare: Whether neither a comparator nor a range bounds it.
    """

    start: int
    end: int
    interval: Interval
    unit: Unit
    bare: bool = False


def founding_years(age: Interval, this_year: int) -> Interval:
    """Return the years of founding that an age means: at least ten years is up to ten years ago."""
    high = inf if age.low == -inf else this_year - age.low
    low = -inf if age.high == inf else this_year - age.high
    return Interval(low, high, age.high_open, age.low_open)
