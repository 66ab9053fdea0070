"""Numbers in cells as intervals in single units: head counts, amounts, shares, counts.

    "500-1000人"    ──▶ [500, 1000]        "5000+"    ──▶ [5000, ∞)
    "约1.2亿元"     ──▶ [120000000]        "不足50人"  ──▶ [0, 50]
    "350+" under 纳税额（亿元）             ──▶ [35000000000, ∞)

The first quantity of a text counts; years (2023年) are none, nor are digits of Latin words (A100).
"""

from __future__ import annotations

import re
from functools import cache
from math import inf

from index.regex import regex
from index.schema.dates import without_dates
from index.schema.interval import Interval
from index.schema.words import value_words
from index.text import plain

_SCALES = {
    "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "亿": 1e8,
    "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3,
}  # fmt: skip
_SCALE = "|".join(_SCALES)
# No figure has more digits: what has is a code or damage, and infinite to a float.
_DIGITS = r"\d[\d,]{0,24}+(?:\.\d{1,24}+)?+(?![a-zA-Z\d]|\.\d)"
_MEASURE = (
    r"(?:名员工|人民币|(?:美|港|欧|日|澳|加|新|韩)?元|美金|港币|[名家项件个款种次倍台套座条人%])?"
)
_LEAST = "超过|不低于|不少于|不下|至少|大于|高于|多于|突破|超|逾|>=?|≥|over|more than"
_MOST = "不超过|不高于|不多于|至多|不足|不到|少于|小于|低于|不满|未满|<=?|≤|under|less than"
_QUANTITY = regex(
    rf"(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))?\s*(?:人民币|[¥$€£])?\s*"
    rf"(?P<low>(?<![\da-zA-Z.,])-?{_DIGITS})\s*(?P<low_scale>{_SCALE})?"
    rf"(?:\s*{_MEASURE}\s*[-–—~至到]\s*(?P<high>-?{_DIGITS})\s*(?P<high_scale>{_SCALE})?)?"
    rf"\s*(?P<plus>\+)?\s*(?P<late_scale>{_SCALE})?\s*{_MEASURE}\s*"
    r"(?:(?P<above>\+|及?以上|多|余)|(?P<below>及?以下|以内))?",
    re.IGNORECASE,
)
# What a column of whole numbers holds.
_MOST_DIGITS = 15
# The scale that a header gives: 营业收入（亿元）, 注册资本(单位：万美元), 营收/亿元.
_IN_HEADER = regex(rf"(?:[(（][^)）]*?|[/:：_]\s*)(?P<scale>{_SCALE})\s*\w{{0,3}}\s*(?:[)）]|$)")


def parse_interval(text: str, scale: float = 1.0) -> Interval | None:
    """Return the first quantity of a text, None if it has none.

    Args:
        text: A cell.
        scale: What a number without a scale (万, 亿) of its own is multiplied with.
    """
    match = _QUANTITY.search(without_dates(plain(text)))
    return _interval(match, scale) if match else None


def _interval(match: re.Match[str], scale: float) -> Interval | None:
    own = match["low_scale"] or match["late_scale"]
    low = _number(match["low"], own, scale)
    if match["high"] is not None:
        high = _number(match["high"], match["high_scale"] or match["late_scale"], scale)
        return _range(match, low, high)
    if match["least"] or match["plus"] or match["above"]:
        return Interval(low, inf)
    if match["most"] or match["below"]:
        return Interval(min(0.0, low), low)
    return Interval.point(low)


def _range(match: re.Match[str], low: float, high: float) -> Interval | None:
    """Return both ends; a scale after the second may be meant for both: 1-2万 is 10000 to 20000."""
    if match["high_scale"] and not match["low_scale"]:
        shared = _number(match["low"], match["high_scale"], 1.0)
        low = shared if shared <= high else low
    open_end = match["plus"] or match["above"]
    return Interval(low, inf if open_end else high) if low <= high else None


def _number(digits: str, name: str | None, scale: float) -> float:
    number = float(digits.replace(",", ""))
    # Rounded, for 1.2 times 10,000 is not quite 12,000.
    return round(number * _SCALES[name], 4) if name else round(number * scale, 4)


def quantity_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each quantity in a text in NFKC, with its words and units."""
    return tuple(match.span() for match in _QUANTITY.finditer(text))


def header_scale(header: str) -> float:
    """Return the scale that a header gives to bare numbers below it: 1e8 for 营业收入（亿元）."""
    match = _IN_HEADER.search(plain(header))
    return _SCALES[match["scale"]] if match else 1.0


def parse_amount(text: str, header: str = "") -> float | None:
    """Return the first number of a text, in single units: ``"1.2亿"`` → 120000000.0.

    Of a range it is the lower end, of an upper bound that bound.

    Args:
        text: A cell, or what a question says.
        header: The header above the cell; its scale counts where the cell has none.
    """
    found = parse_interval(text, header_scale(header))
    if found is None:
        return None
    return found.high if found.low == 0 and found.high < inf else found.low


def parse_integer(text: str) -> int | None:
    """Return an integer written in digits or Chinese numerals: ``"十二"`` → 12."""
    plain = text.replace(",", "")
    if plain.isascii() and plain.isdecimal():
        return int(plain) if len(plain) <= _MOST_DIGITS else None
    import cn2an

    try:
        return int(cn2an.cn2an(plain, "smart"))
    except ValueError:
        return None


@cache
def _currencies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = value_words()["currencies"]
    return tuple((name, regex(pattern, re.IGNORECASE)) for name, pattern in words.items())


def currency_of(text: str) -> str:
    """Return the currency that a text names first in the order of the data; empty for none."""
    written = plain(text)
    return next((name for name, pattern in _currencies() if pattern.search(written)), "")
