"""Typed values from the texts of cells. None means that the text could not be read as one.

The source's own text is kept beside every value; nothing here guesses.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from index.types import Headcount

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_NUMBER = r"(\d[\d,]*(?:\.\d+)?[千万]?)"
_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|–|—|~|至|到)\s*{_NUMBER}")
_AT_LEAST = re.compile(rf"{_NUMBER}\s*[人名家]?(?:\+|以上|多|余)|(?:超过|逾|大于)\s*{_NUMBER}")
_AT_MOST = re.compile(rf"{_NUMBER}\s*[人名家]?(?:以下|以内)|(?:不足|少于|小于)\s*{_NUMBER}")
_EXACT = re.compile(_NUMBER)
_UNITS = {"千": 1_000, "万": 10_000}
_BATCH = re.compile(r"第?\s*([首一二三四五六七八九十百\d]+)\s*批")
_HEADING_NUMBER = re.compile(
    r"^(?:\d+(?:\.\d+)+[.、]?\s*|\d{1,2}(?:[.、]\s*|\s+)|[一二三四五六七八九十]+、\s*"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]\s*)"
)
_WORD_CHARACTER = re.compile(r"[a-z0-9]")
_HOST = re.compile(r"^(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?$", re.IGNORECASE)


@cache
def value_words() -> dict[str, Any]:
    """Return the words of ``data/values.toml``."""
    return tomllib.loads((files("index") / "data/values.toml").read_text("utf-8"))


def fold(text: str) -> str:
    """Return text as it is compared: NFKC (full width to half width), case folded, trimmed."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def is_blank(text: str) -> bool:
    """Return whether a cell says nothing: empty, a dash, 无, 未公开 and the like."""
    return unicodedata.normalize("NFKC", text).strip() in value_words()["blank"]["cells"]


def parse_year(text: str) -> int | None:
    """Return the first year from 1800 to 2099 in the text: ``"2007年"`` → 2007."""
    match = _YEAR.search(unicodedata.normalize("NFKC", text))
    return int(match.group(1)) if match else None


def parse_headcount(text: str) -> Headcount | None:
    """Return the bounds: ``"500-1000人"`` → 500 to 1000, ``"5000+人"`` → 5000 and more."""
    plain = unicodedata.normalize("NFKC", text)
    if match := _RANGE.search(plain):
        low, high = _range(match.group(1), match.group(2))
        return Headcount(low, high) if low <= high else None
    if match := _AT_LEAST.search(plain):
        return Headcount(_integer(match.group(1) or match.group(2)), None)
    if match := _AT_MOST.search(plain):
        return Headcount(0, _integer(match.group(1) or match.group(2)))
    if match := _EXACT.search(plain):
        return Headcount(_integer(match.group(1)), _integer(match.group(1)))
    return None


def _integer(number: str) -> int:
    """Return a number of digits, with 千 or 万 after it or not: ``"1.2万"`` → 12000."""
    digits = number.rstrip("千万").replace(",", "")
    return round(float(digits) * _UNITS.get(number[-1], 1))


def _range(low: str, high: str) -> tuple[int, int]:
    """Return both ends; a unit after the second may be meant for both: 1-2万 is 10000 to 20000."""
    shared = _integer(f"{low}{high[-1]}") if low[-1] not in _UNITS and high[-1] in _UNITS else None
    if shared is not None and shared <= _integer(high):
        return shared, _integer(high)
    return _integer(low), _integer(high)


def parse_batch(text: str) -> int | None:
    """Return the number of a recognition batch: ``"第二批"`` → 2."""
    match = _BATCH.search(unicodedata.normalize("NFKC", text))
    number = parse_integer(match.group(1).replace("首", "一")) if match else None
    return number or None


def parse_integer(text: str) -> int | None:
    """Return an integer written in digits or Chinese numerals: ``"十二"`` → 12."""
    plain = text.replace(",", "")
    if plain.isascii() and plain.isdecimal():
        return int(plain)
    import cn2an

    try:
        return int(cn2an.cn2an(plain, "smart"))
    except ValueError:
        return None


def parse_count(text: str) -> tuple[int | None, bool]:
    """Return a count and whether it is only a lower bound: ``"800+"`` → (800, True)."""
    plain = unicodedata.normalize("NFKC", text)
    match = _EXACT.search(plain)
    return (_integer(match.group(1)) if match else None), bool(_AT_LEAST.search(plain))


def parse_website(text: str) -> str | None:
    """Return the URL in a cell, with a scheme; None for a text that is no web address."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.casefold().startswith(("http://", "https://")):
        return plain if _has_host(plain) else None
    return f"https://{plain}" if _HOST.match(plain) else None


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:  # such as an unclosed [ of an IPv6 address
        return False


def host_of(url: str) -> str:
    """Return a URL's host without ``www.``, in lower case."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def plain_heading(text: str) -> str:
    """Return a heading without its number: ``"6. 参考资料"`` → 参考资料."""
    return _HEADING_NUMBER.sub("", text)


def is_whole_word(text: str, start: int, end: int) -> bool:
    """Return whether a match ends no Latin word or number in its middle: no AI in AIoT.

    An English plural still is the word: chips, robots.
    """
    before = start > 0 and _WORD_CHARACTER.match(text[start - 1])
    if before and _WORD_CHARACTER.match(text[start]):
        return False
    rest = text[end:]
    if rest[:1] == "s" and text[end - 1].isalpha():
        rest = rest[1:]
    return not (
        rest[:1] and _WORD_CHARACTER.match(rest[0]) and _WORD_CHARACTER.match(text[end - 1])
    )
