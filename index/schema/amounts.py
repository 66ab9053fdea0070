"""Numbers in columns of any name: 10,846 under 营业收入（亿元）, 35%, 1.2万亿, 约300亿美元."""

from __future__ import annotations

import re
import unicodedata

_UNIT = r"(?P<unit>万亿|千亿|百亿|亿|千万|百万|万|千|%)"
_NUMBER = re.compile(rf"(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*{_UNIT}?")
_UNITS = {
    "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "亿": 1e8,
    "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3, "%": 1.0,
}  # fmt: skip
_IN_HEADER = re.compile(r"[(（][^)）]*?(?P<unit>万亿|千亿|百亿|亿|千万|百万|万|千)[^)）]*[)）]")
_YEAR = re.compile(r"^\s*(?:19|20)\d\d\s*年")


def parse_amount(text: str, column: str = "") -> float | None:
    """Return the first number of a text, in single units: ``"1.2亿"`` → 120000000.0.

    Args:
        text: A cell, or what a question says.
        column: The header above the cell; its unit counts where the cell has none.
    """
    plain = unicodedata.normalize("NFKC", text)
    match = _NUMBER.search(plain)
    if match is None or _YEAR.match(plain):
        return None
    unit = match["unit"]
    if unit is None and (header := _IN_HEADER.search(unicodedata.normalize("NFKC", column))):
        unit = header["unit"]
    return float(match["number"].replace(",", "")) * _UNITS.get(unit or "", 1.0)
