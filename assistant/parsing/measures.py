"""Numbers of a text: numerals, the interval meant, and what it counts."""

from __future__ import annotations

import re
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


NUMERALS = "零〇一二两三四五六七八九十百千万亿半"
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}

NUMBER = (
    r"(?:(?<![a-z0-9.])(?<![a-z]-)\d[\d,]*(?:\.\d+)?(?:\s*个(?=[百千万亿]))?\s*[十百千万亿]*"
    r"(?:\d+(?=万))?[十百千万亿]*(?![a-z])"
    rf"|[{NUMERALS}]+(?:个(?=亿)亿)?(?:点[{NUMERALS}]+)?)"
)
"""Pattern of a number in digits or numerals."""


def read_number(text: str) -> float | None:
    """Return a number in digits or numerals: ``5千`` → 5000, ``两千五`` → 2500, ``半`` → 0.5."""
    text = re.sub(r"[,\s个]", "", text)
    if not text:
        return None
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)([十百千万亿]*)(?:(\d+)(万))?([十百千万亿]*)", text):
        number = float(match[1])
        for scale in match[2]:
            number *= SCALES[scale]
        if match[3]:
            number += float(match[3]) * SCALES["万"]
        for scale in match[5] if match[3] else "":
            number *= SCALES[scale]
        return number
    whole, _, part = text.partition("点")
    number_or_none = _numerals(whole)
    if number_or_none is None or not part:
        return number_or_none
    digits = "".join(str(DIGITS.get(one, 0)) for one in part)
    return number_or_none + float(f"0.{digits}") if digits else number_or_none


def _numerals(text: str) -> float | None:
    """Return Chinese numerals; a digit after the last scale counts tenths of it: 两千五."""
    if not text or any(c not in NUMERALS for c in text):
        return None
    if all(c in DIGITS for c in text):
        return float("".join(str(DIGITS[c]) for c in text))
    total = section = 0.0
    digit: float | None = None
    last = 1
    for c in text:
        if c == "半":
            digit = 0.5 if digit is None else digit + 0.5
        elif c in DIGITS:
            digit = float(DIGITS[c])
            if c in "零〇":
                last, digit = 10, None
        elif c in "万亿":
            base = section + (digit if digit is not None else 0.0)
            total = (
                (total + (base or 1.0)) * SCALES[c]
                if c == "亿"
                else total + (base or 1.0) * SCALES[c]
            )
            section, digit, last = 0.0, None, SCALES[c]
        else:
            section += (digit if digit is not None else 1.0) * SCALES[c]
            digit, last = None, SCALES[c]
    if digit is not None:
        section += digit * last / 10 if last > 10 and digit >= 1 else digit
    return total + section
