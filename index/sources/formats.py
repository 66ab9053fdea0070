"""Numbers and dates as a Chinese Excel shows them, from the value and its number format.

Formats that this module does not know (fractions, conditions, scattered digits) show the number
in full. Two things differ from Excel on purpose, so that nothing is lost: a large number never
gets an exponent, and a year always has four digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from index.regex import regex

Moment = date | time | timedelta  # a datetime is a date

# Formats that a workbook names only by number; what they look like depends on the country.
LOCAL_DATES = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}
_LOCAL = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm", "m-d-yy": "yyyy/m/d"}

_SECTION = regex(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*', re.DOTALL)
_LITERAL = r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
_NUMBER = regex(
    _LITERAL + r"|\[(?P<condition>[<>=][^\]]*)\]|\[[^\]]*\]|(?P<general>General|G/通用格式)"
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)|(?P<percent>%)|(?P<odd>E[+-]|/)|(?P<bare>.)",
    re.IGNORECASE | re.DOTALL,
)
_DATE = regex(
    _LITERAL + r"|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<part>y+|e+|m+|d+|a{3,4}|h+|s+(?:\.0+)?)|(?P<bare>.)",
    re.IGNORECASE | re.DOTALL,
)
# Excel makes no longer ones.
_LONGEST_CODE = 255
_WEEKDAYS = "一二三四五六日"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# More digits than a double has before and after its point.
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)


def shown(value: object, code: str) -> str:
    """Return a cell's value under the number format ``code``.

    Args:
        value: Text, number, truth value, date, time or duration; others are shown as they print.
        code: An Excel number format such as ``0%`` or ``yyyy"年"``.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if len(code) > _LONGEST_CODE:
        code = "General"
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), code)
    if isinstance(value, date | time | timedelta):
        return _moment(value, code)
    return str(value)


def _sections(code: str) -> list[str]:
    """Return the parts of a format for positive, negative, zero and text.

    An empty part would hide the number; it is left out, so that the number shows.
    """
    return [match.group() for match in _SECTION.finditer(code) if match.group()] or [""]


def _number(value: Decimal, code: str) -> str:
    sections = _sections(code)
    sign = "-" if value < 0 else ""
    chosen = sections[0]
    if value < 0 and len(sections) > 1:
        sign, chosen = "", sections[1]
    elif value == 0 and len(sections) > 2:
        chosen = sections[2]
    tokens = list(_NUMBER.finditer(chosen))
    digits = [token["digits"] for token in tokens if token["digits"]]
    general = any(token["general"] for token in tokens)
    odd = any(token["odd"] or token["condition"] for token in tokens)
    if odd or not tokens or len(digits) + general > 1:
        return _general(value)
    percents = sum(bool(token["percent"]) for token in tokens)
    body = "".join(_number_part(token, value.copy_abs(), percents) for token in tokens).strip()
    return f"{sign}{body}" if re.search("[1-9]", body) else body


def _number_part(token: re.Match[str], value: Decimal, percents: int) -> str:
    if token["digits"]:
        return _digits(_EXACT.scaleb(value, 2 * percents), token["digits"])
    if token["general"]:
        return _general(value)
    if token["bare"] == "@":
        return _general(value)
    return _literal(token) + (token["percent"] or "")


def _literal(token: re.Match[str]) -> str:
    """Return the text that a token stands for whatever the value is."""
    return next(
        (token[name] for name in ("quoted", "escaped", "currency", "bare") if token[name]), ""
    )


def _digits(value: Decimal, pattern: str) -> str:
    """Return a number in a pattern of digits such as ``#,##0.00``."""
    scaled = pattern.rstrip(",")
    value = _EXACT.scaleb(value, -3 * (len(pattern) - len(scaled)))
    whole, _, part = scaled.partition(".")
    value = value.quantize(Decimal(1).scaleb(-len(part)), context=_EXACT)
    before, _, after = f"{value:f}".partition(".")
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole and before:
        before = f"{int(before):,}"
    least = part.count("0")
    after = after[:least] + after[least:].rstrip("0")
    return f"{before}.{after}" if after else before


def _general(value: Decimal) -> str:
    """Return a number in full, to the 15 digits that Excel keeps."""
    if value == value.to_integral_value():
        return f"{value.quantize(Decimal(1), context=_EXACT):f}"
    text = f"{Context(prec=15, rounding=ROUND_HALF_UP).plus(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class _Clock:
    """A moment taken apart; the date is None for a time, the hours of a duration have no bound."""

    day: date | None
    hours: int
    minutes: int
    seconds: float


def _clock(value: Moment) -> _Clock:
    if isinstance(value, timedelta):
        minutes, seconds = divmod(value.total_seconds(), 60)
        return _Clock(None, int(minutes) // 60, int(minutes) % 60, seconds)
    if isinstance(value, datetime | time):
        day = value.date() if isinstance(value, datetime) else None
        seconds = value.second + value.microsecond / 1_000_000
        return _Clock(day, value.hour, value.minute, seconds)
    return _Clock(value, 0, 0, 0)


def _moment(value: Moment, code: str) -> str:
    if "general" in code.lower():
        return str(value)
    code = _LOCAL.get(code.removesuffix(";@").lower(), code)
    tokens = list(_DATE.finditer(_sections(code)[0]))
    parts = [(token["part"] or token["elapsed"] or "").lower() for token in tokens]
    clock = _clock(value)
    half = any(token["half"] for token in tokens)
    if not any(parts) or (clock.day is None and re.search("[yeda]|mmm", "".join(parts))):
        return str(value)
    told = []
    for position, token in enumerate(tokens):
        if token["elapsed"]:
            told.append(_elapsed(clock, parts[position]))
        elif token["half"]:
            told.append(_half_of_day(clock, token["half"]))
        elif token["part"]:
            minute = parts[position][0] == "m" and _is_minute(parts, position)
            told.append(_part(clock, "i" if minute else parts[position], half=half))
        else:
            told.append(_literal(token))
    return "".join(told).strip()


def _is_minute(parts: list[str], position: int) -> bool:
    """Return whether an m stands for minutes: after the hours or before the seconds."""
    before = next((part for part in reversed(parts[:position]) if part), "")
    after = next((part for part in parts[position + 1 :] if part), "")
    return before.startswith("h") or after.startswith("s")


def _elapsed(clock: _Clock, part: str) -> str:
    total = clock.hours * 3600 + clock.minutes * 60 + int(clock.seconds)
    unit = {"h": 3600, "m": 60, "s": 1}[part[0]]
    return str(total // unit).rjust(len(part), "0")


def _half_of_day(clock: _Clock, wanted: str) -> str:
    morning, afternoon = wanted.split("/")
    return morning if clock.hours % 24 < 12 else afternoon


def _part(clock: _Clock, part: str, *, half: bool) -> str:
    """Return one part of a date or time; ``half`` counts the hours from 1 to 12."""
    kind = part[0]
    if kind in "his":
        return _time_part(clock, part, half=half)
    day = clock.day
    if day is None:
        return ""
    if kind in "ye":
        return f"{day.year:04}"
    if kind == "a":
        return ("星期" if len(part) == 4 else "") + _WEEKDAYS[day.weekday()]
    if len(part) < 3:
        return str(day.month if kind == "m" else day.day).rjust(len(part), "0")
    name = _MONTHS[day.month - 1] if kind == "m" else _DAYS[day.weekday()]
    return name[: {3: 3, 5: 1}.get(len(part), len(name))]


def _time_part(clock: _Clock, part: str, *, half: bool) -> str:
    if part[0] == "i":
        return f"{clock.minutes:02}"
    if part[0] == "h":
        hours = (clock.hours + 11) % 12 + 1 if half else clock.hours
        return str(hours).rjust(len(part), "0")
    whole, _, fraction = part.partition(".")
    if fraction:
        return f"{clock.seconds:0{len(whole) + 1 + len(fraction)}.{len(fraction)}f}"
    return str(int(clock.seconds)).rjust(len(whole), "0")
