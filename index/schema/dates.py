"""Years and dates in cells: 2007年, 2015年7月9日, 2015-07-09, 2015/7, 20150709, 二〇一五年, 42194.

Dates are compared as years with the days as fraction: 1 July 2015 is 2015 + 181 / 365. A date of
which only the year or the month is known spans from its first to its last day.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from index.regex import regex
from index.schema.interval import Interval
from index.text import plain

# Four digits of the centuries before are a year only where 年 follows: 1665年.
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_OLD = r"1[0-7]\d\d(?=\s*年)"
_DAY = regex(
    rf"(?<!\d)(?:(?P<compact>{_YEAR})(?P<mm>0[1-9]|1[0-2])(?P<dd>0[1-9]|[12]\d|3[01])"
    rf"|(?P<year>{_YEAR}|{_OLD})(?:\s*[年./-]\s*(?P<month>1[0-2]|0?[1-9])(?!\d)"
    r"(?:\s*[月./-]\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d))?)?)(?!\d)"
)
# A date as part of a sentence that tells a number: 2023年底员工5000人.
_IN_SENTENCE = regex(
    rf"(?<!\d)(?:{_YEAR}|{_OLD})\s*年(?:\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?|底|末|初|度)?"
)
_NUMERAL_YEAR = regex(r"[一二][〇○零一二三四五六七八九]{3}(?=年)")
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")

# Days since 1899-12-30, as spreadsheets number them: from 1950 to 2058.
_SERIAL = regex(r"(\d{5})(?:\.\d+)?")
_SERIALS = range(18_264, 58_000)
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Day:
    """A date, or the year or month of one: ``month`` and ``day`` are None where not told."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def interval(self) -> Interval:
        """The first and the last day that it may mean, as years with fraction."""
        first = date(self.year, self.month or 1, self.day or 1)
        month = self.month or 12
        last = date(self.year, month, self.day or monthrange(self.year, month)[1])
        return Interval(_fraction(first), _fraction(last))


def _fraction(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / (366 if isleap(day.year) else 365)


def serial_day(text: str) -> str | None:
    """Return the day that a spreadsheet's number means: 40179 → 2010-01-01; None for others."""
    match = _SERIAL.fullmatch(plain(text))
    if match is None or int(match[1]) not in _SERIALS:
        return None
    return (_EPOCH + timedelta(days=int(match[1]))).isoformat()


def parse_day(text: str, *, serials: bool = False) -> Day | None:
    """Return the first date up to 2099 in a text, None if it has none.

    Args:
        text: A cell or a sentence.
        serials: Whether a cell that is a number of five digits is a date of a spreadsheet; only
            where the column is one of dates.
    """
    written = _NUMERAL_YEAR.sub(lambda found: found.group().translate(_NUMERALS), plain(text))
    if serials and (day := serial_day(written)) is not None:
        written = day
    match = _DAY.search(written)
    if match is None:
        return None
    if match["compact"]:
        return _valid(int(match["compact"]), int(match["mm"]), int(match["dd"]))
    month, day_number = (int(match[key]) if match[key] else None for key in ("month", "day"))
    return _valid(int(match["year"]), month, day_number)


def _valid(year: int, month: int | None, day: int | None) -> Day:
    """Return a date without a day that its month does not have: 2015-02-30."""
    if month and day and day > monthrange(year, month)[1]:
        day = None
    return Day(year, month, day)


def parse_year(text: str, *, serials: bool = False) -> int | None:
    """Return the first year up to 2099 in a text: ``"2007年"`` → 2007."""
    day = parse_day(text, serials=serials)
    return day.year if day else None


def without_dates(text: str) -> str:
    """Return a text without its years and dates: 2023年底员工5000人 → 员工5000人."""
    return _IN_SENTENCE.sub(" ", text)


def years(first: int | None, last: int | None) -> Interval:
    """Return what lies in the years from ``first`` to ``last``, both inclusive; None for no end.

    Whole years and dates of days fit into it alike.
    """
    low = float("-inf") if first is None else first
    return Interval(low) if last is None else Interval(low, last + 1, high_open=True)
