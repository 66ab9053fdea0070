"""Numbers of a question: bounds on fields, orders, how many of an order, what is grouped."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.understanding.types import Condition, Ranking
from index.schema.normalize import parse_integer

NUMERAL = r"(?:\d[\d,]*[万千百]?|[零〇一二两三四五六七八九十百千万]+)"
# Two digits are a year only where founding is spoken of: 15年成立, but not 成立15年.
_SHORT_YEAR = r"(?:0\d|1\d|2[0-5]|9\d)(?=年[^内多]{0,4}(?:成立|创立|创办))"
_YEAR = rf"(?:(?<!\d)(?:19|20)\d\d|(?<![\d成立近去这]){_SHORT_YEAR})"
_YEAR_GROUP = re.compile(r"\{(low|high|after|before|year)_y\}")
_BARE_UNIT = re.compile(r"^[万千百]")
_CENTURY, _THIS_CENTURY = 1900, 2000
_HUNDRED, _LATEST_SHORT = 100, 30


@dataclass(frozen=True, slots=True)
class FieldPattern:
    """A pattern about a field.

    Attributes:
        descending: For orders, whether the largest comes first.
        low: For ranges, a lower bound that needs no number (本世纪).
        high: For ranges, an upper bound that needs no number.
    """

    field: str
    pattern: re.Pattern[str]
    descending: bool = False
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class NumberPatterns:
    """All patterns of ``data/numbers.toml``, in order of precedence."""

    ranges: tuple[FieldPattern, ...]
    orders: tuple[FieldPattern, ...]
    groups: tuple[FieldPattern, ...]
    limits: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound on a field and the stretch of the question that says it."""

    start: int
    end: int
    condition: Condition


@cache
def load_numbers() -> NumberPatterns:
    """Return the patterns of ``data/numbers.toml``."""
    data = tomllib.loads((files("assistant") / "data/numbers.toml").read_text("utf-8"))
    patterns = {
        kind: tuple(
            FieldPattern(
                entry.get("field", ""),
                _compiled(entry["pattern"]),
                entry.get("descending", False),
                entry.get("low"),
                entry.get("high"),
            )
            for entry in data[kind]
        )
        for kind in ("range", "order", "group", "limit")
    }
    limits = tuple(entry.pattern for entry in patterns["limit"])
    return NumberPatterns(patterns["range"], patterns["order"], patterns["group"], limits)


def _compiled(pattern: str) -> re.Pattern[str]:
    with_years = _YEAR_GROUP.sub(lambda match: f"(?P<{match[1]}>{_YEAR})", pattern)
    return re.compile(with_years.replace("{n}", NUMERAL))


def read_number(text: str) -> int | None:
    """Return a number in digits or numerals: ``"5千"`` → 5000, a bare ``"万"`` → 10000."""
    return parse_integer(_BARE_UNIT.sub(lambda match: f"一{match.group()}", text))


def read_bounds(folded: str, this_year: int) -> Iterator[Bound]:
    """Yield the bounds that a question sets, without overlaps.

    Args:
        folded: The question.
        this_year: The year that "the last ten years" count from.
    """
    taken: set[int] = set()
    for pattern in load_numbers().ranges:
        for match in pattern.pattern.finditer(folded):
            stretch = set(range(match.start(), match.end()))
            low, high = _bounds(match.groupdict(), this_year)
            low, high = pattern.low or low, pattern.high or high
            if pattern.field == "founded":
                low, high = _full_year(low), _full_year(high)
            if stretch & taken or (low is None and high is None):
                continue
            taken |= stretch
            condition = Condition(pattern.field, match.group().strip(), low=low, high=high)
            yield Bound(match.start(), match.end(), condition)


def _bounds(groups: Mapping[str, str | None], this_year: int) -> tuple[int | None, int | None]:
    """Return the inclusive bounds that the groups of a match mean."""
    if decade := groups.get("decade"):
        first = _decade(decade)
        return first, None if first is None else first + 9
    number = {name: read_number(text) for name, text in groups.items() if text and name != "band"}
    if band := groups.get("band"):
        first, last = re.findall(NUMERAL, band)
        return read_number(first), read_number(last)
    low, high = number.get("low"), number.get("high")
    if (after := number.get("after")) is not None:
        low = after + 1
    if (before := number.get("before")) is not None:
        high = before - 1
    if (year := number.get("year")) is not None:
        low = high = year
    if (recent := number.get("recent")) is not None:
        low = this_year - recent
    if (age := number.get("age")) is not None:
        high = this_year - age
    if (young := number.get("young")) is not None:
        low = this_year - young + 1
    return low, high


def _full_year(year: int | None) -> int | None:
    """Return a year told in two digits in full: 15 → 2015, 98 → 1998."""
    if year is None or year > _HUNDRED:
        return year
    return year + (_THIS_CENTURY if year <= _LATEST_SHORT else _CENTURY)


def _decade(text: str) -> int | None:
    """Return the first year of a decade: 九十 → 1990, 10 → 2010, 2010 → 2010."""
    if text == "零零":
        return _THIS_CENTURY
    digits = text.translate(str.maketrans("零一二三四五六七八九", "0123456789"))
    digits = digits.replace("十", "0") if len(digits) == 2 else digits
    if not digits.isdigit():
        return None
    number = int(digits)
    if number >= _CENTURY:
        return number
    return number + (_THIS_CENTURY if number <= 20 else _CENTURY)


def read_order(folded: str) -> Ranking | None:
    """Return the order that a question asks for, with how many of it; None if it asks for none."""
    for pattern in load_numbers().orders:
        if match := pattern.pattern.search(folded):
            first, place = limit_of(folded)
            return Ranking(pattern.field, pattern.descending, first, place, match.group())
    return None


def order_stretches(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches, start and end, that say an order, how many of it, or a group."""
    patterns = load_numbers()
    order = next((m for one in patterns.orders if (m := one.pattern.search(folded))), None)
    group = next((m for one in patterns.groups if (m := one.pattern.search(folded))), None)
    yield from (match.span() for match in (order, group) if match)
    if order:
        for pattern in patterns.limits:
            yield from (match.span() for match in pattern.finditer(folded))


def limit_of(text: str) -> tuple[int | None, int | None]:
    """Return how many of an order a question asks for, and which place; None for neither."""
    for pattern in load_numbers().limits:
        if match := pattern.search(text):
            groups = match.groupdict()
            first, place = groups.get("first"), groups.get("place")
            return (read_number(first) if first else None), (read_number(place) if place else None)
    return None, None


def read_group(folded: str) -> str | None:
    """Return the field that a question groups by, or None."""
    for pattern in load_numbers().groups:
        if pattern.pattern.search(folded):
            return pattern.field
    return None
