"""What type a cell looks like, whatever stands above it: a year, a head count, a URL, a listing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from index.regex import regex
from index.schema.dates import parse_year
from index.schema.exchanges import is_listing
from index.schema.fields import ValueType, registry
from index.schema.values import parse_batch, parse_headcount, parse_website
from index.text import plain

_YEAR = regex(
    r"(?:成立于|始于|约)?\s*(?:1[89]|20)\d\d\s*(?:年(?:\d{1,2}月(?:\d{1,2}日)?)?|[-./]\d.*)?"
)
_STAFF = regex(
    r"(?:约|近|超|超过|不足|全球|国内)?\s*\d[\d,.]*\s*[万千]?\+?\s*(?:[-–—~至到]\s*\d[\d,.]*\s*[万千]?\+?\s*)?"
    r"(?:余|多)?(?:人|名|名员工|人员|员工)\s*(?:\+|以上|以下|左右|不等)?(?:\s*\(.*\))?"
)
_COUNTED = regex(r"元|美金|%|亿|吨|亩|平方|㎡|[家项件台套架辆个]$")
# Addresses that nothing else looks like; Trip.com and Node.js are products.
_ADDRESS = regex(r"https?://\S+|www\.\S+|(?:[a-z0-9-]+\.)+(?:com|cn|net|org)(?:\.[a-z]{2})?/?")

_LONGEST_BATCH = 8
_LONGEST_YEAR = 40

_LOOKS: Mapping[ValueType, Callable[[str], bool]] = {
    ValueType.URL: lambda text: _ADDRESS.fullmatch(text) is not None,
    ValueType.YEAR: lambda text: _YEAR.fullmatch(text) is not None,
    ValueType.HEADCOUNT: lambda text: _STAFF.fullmatch(text) is not None,
    ValueType.BATCH: lambda text: len(text) <= _LONGEST_BATCH and parse_batch(text) is not None,
    ValueType.LISTING: is_listing,
}


@lru_cache(maxsize=4096)
def look(text: str) -> ValueType | None:
    """Return the type that a text looks like a value of, None if it may be of any."""
    written = plain(text)
    return next((kind for kind, test in _LOOKS.items() if test(written)), None)


_FITS: Mapping[ValueType, Callable[[str], bool]] = {
    ValueType.URL: lambda text: parse_website(text) is not None or "." in text,
    ValueType.YEAR: lambda text: (
        parse_year(text, serials=True) is not None and len(text) <= _LONGEST_YEAR
    ),
    ValueType.HEADCOUNT: lambda text: (
        parse_headcount(text) is not None and not _COUNTED.search(text)
    ),
    ValueType.BATCH: lambda text: any(character.isdigit() for character in text) or "批" in text,
    ValueType.LISTING: lambda text: look(text) in (None, ValueType.LISTING),
}


def type_of(field: str) -> ValueType:
    """Return the type of a company field; that of a column that only some list has is text."""
    known = registry().field(field)
    return known.type if known else ValueType.TEXT


def has_shape(field: str | None) -> bool:
    """Return whether the values of a company field have a form of their own."""
    return field is not None and type_of(field) in _FITS


def looks_like(field: str, text: str) -> bool:
    """Return whether a text looks like a value of a company field, and of no other type."""
    return look(text) is type_of(field)


def fits(field: str, text: str) -> bool:
    """Return whether a text may be a value of a company field; any may be a text."""
    test = _FITS.get(type_of(field))
    return test is None or test(plain(text))
