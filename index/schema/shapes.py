"""What a cell looks like, whatever stands above it: a year, a head count, a homepage, a listing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

from index.schema.exchanges import is_listing
from index.schema.normalize import parse_batch, parse_headcount, parse_website, parse_year

_YEAR = re.compile(
    r"(?:成立于|始于|约)?\s*(?:1[89]|20)\d\d\s*(?:年(?:\d{1,2}月(?:\d{1,2}日)?)?|[-./]\d.*)?"
)
_STAFF = re.compile(
    r"(?:约|近|超|超过|不足|全球|国内)?\s*\d[\d,.]*\s*[万千]?\+?\s*(?:[-–—~至到]\s*\d[\d,.]*\s*[万千]?\+?\s*)?"
    r"(?:余|多)?(?:人|名|名员工|人员|员工)\s*(?:\+|以上|以下|左右|不等)?(?:\s*\(.*\))?"
)
_COUNTED = re.compile(r"元|美金|%|亿|吨|亩|平方|㎡|[家项件台套架辆个]$")
# Addresses that nothing else looks like; Trip.com and Node.js are products.
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?:[a-z0-9-]+\.)+(?:com|cn|net|org)(?:\.[a-z]{2})?/?")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


_LOOKS: Mapping[str, Callable[[str], bool]] = {
    "website": lambda text: _ADDRESS.fullmatch(text) is not None,
    "founded": lambda text: _YEAR.fullmatch(text) is not None,
    "headcount": lambda text: _STAFF.fullmatch(text) is not None,
    "batch": lambda text: len(text) <= 8 and parse_batch(text) is not None,
    "listing": is_listing,
}


@lru_cache(maxsize=4096)
def look(text: str) -> str | None:
    """Return the field that a text looks like a value of, None if it may be of any."""
    plain = _plain(text)
    return next((field for field, test in _LOOKS.items() if test(plain)), None)


_FITS: Mapping[str, Callable[[str], bool]] = {
    "website": lambda text: parse_website(text) is not None or "." in text,
    "founded": lambda text: parse_year(text) is not None and len(text) <= 40,
    "headcount": lambda text: parse_headcount(text) is not None and not _COUNTED.search(text),
    "batch": lambda text: any(character.isdigit() for character in text) or "批" in text,
    "listing": lambda text: look(text) in (None, "listing"),
}

TYPED = frozenset(_FITS)
"""The fields whose values have a form of their own."""


def fits(field: str, text: str) -> bool:
    """Return whether a text may be a value of one of the ``TYPED`` fields."""
    return _FITS[field](_plain(text))
