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

import cn2an

from index.types import Headcount, Listing, ListingStatus

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_NUMBER = r"(\d[\d,]*)"
_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|–|—|~|至|到)\s*{_NUMBER}")
_AT_LEAST = re.compile(rf"{_NUMBER}\s*(?:\+|人?以上)|(?:超过|逾|大于)\s*{_NUMBER}")
_AT_MOST = re.compile(rf"{_NUMBER}\s*人?(?:以下|以内)|(?:不足|少于|小于)\s*{_NUMBER}")
_EXACT = re.compile(_NUMBER)
_BATCH = re.compile(r"第?\s*([一二三四五六七八九十百\d]+)\s*批")
_LISTING = re.compile(r"^(?P<exchange>[^:(]+?)\s*(?:[:(]\s*(?P<code>[0-9A-Za-z.]+)\s*\)?)?$")
_HOST = re.compile(r"^(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?$", re.IGNORECASE)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((files("index") / "data/values.toml").read_text("utf-8"))


def fold(text: str) -> str:
    """Return text as it is compared: NFKC (full width to half width), case folded, trimmed."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def is_blank(text: str) -> bool:
    """Return whether a cell says nothing: empty, a dash, 无, 未公开 and the like."""
    return text.strip() in _words()["blank"]["cells"]


def parse_year(text: str) -> int | None:
    """Return the first year from 1800 to 2099 in the text: ``"2007年"`` → 2007."""
    match = _YEAR.search(unicodedata.normalize("NFKC", text))
    return int(match.group(1)) if match else None


def parse_headcount(text: str) -> Headcount | None:
    """Return the bounds: ``"500-1000人"`` → 500 to 1000, ``"5000+人"`` → 5000 and more."""
    plain = unicodedata.normalize("NFKC", text)
    if match := _RANGE.search(plain):
        low, high = _integer(match.group(1)), _integer(match.group(2))
        return Headcount(low, high) if low <= high else None
    if match := _AT_LEAST.search(plain):
        return Headcount(_integer(match.group(1) or match.group(2)), None)
    if match := _AT_MOST.search(plain):
        return Headcount(0, _integer(match.group(1) or match.group(2)))
    if match := _EXACT.search(plain):
        return Headcount(_integer(match.group(1)), _integer(match.group(1)))
    return None


def _integer(digits: str) -> int:
    return int(digits.replace(",", ""))


def parse_listing(text: str) -> Listing | None:
    """Return status, exchange and code: ``"科创板:688286"`` → listed, 科创板, 688286.

    A text that names neither an exchange nor the lack of a listing (非营利, 事业单位) has
    status ``OTHER``: it says that the question of a listing does not arise.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if is_blank(plain):
        return None
    words = _words()["listing"]
    if plain.startswith(tuple(words["unlisted"])):
        return Listing(ListingStatus.UNLISTED)
    match = _LISTING.match(plain)
    if match and plain.casefold().startswith(tuple(e.casefold() for e in words["exchanges"])):
        return Listing(ListingStatus.LISTED, match["exchange"].strip(), match["code"])
    return Listing(ListingStatus.OTHER)


def parse_batch(text: str) -> int | None:
    """Return the number of a recognition batch: ``"第二批"`` → 2."""
    match = _BATCH.search(unicodedata.normalize("NFKC", text))
    return parse_integer(match.group(1)) if match else None


def parse_integer(text: str) -> int | None:
    """Return an integer written in digits or Chinese numerals: ``"十二"`` → 12."""
    try:
        return int(cn2an.cn2an(text.replace(",", ""), "smart"))
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
        return plain if urlsplit(plain).hostname else None
    return f"https://{plain}" if _HOST.match(plain) else None


def host_of(url: str) -> str:
    """Return a URL's host without ``www.``, in lower case."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
