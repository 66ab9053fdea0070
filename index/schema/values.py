"""Values of cells by the type of their field: the one place where a text becomes a typed value.

    parse("5000+人", headcount)  ──▶ (Interval(5000, inf),)
    parse("旷视、地平线", product)  ──▶ ("旷视、地平线", "旷视", "地平线")

The source's own text is kept beside every value. Nothing is guessed: what cannot be read as a value
of its type yields none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import inf
from urllib.parse import urlsplit

from index.regex import regex
from index.schema.dates import parse_day, parse_year
from index.schema.exchanges import parse_listing, read_shares
from index.schema.fields import Field, ValueType
from index.schema.interval import Interval
from index.schema.markets import markets_of
from index.schema.numbers import currency_of, parse_integer, parse_interval
from index.text import fold, plain, split_list
from index.types import Headcount

Reading = Interval | str
"""A number or a range of numbers, or a text as it is compared."""

_BATCH = regex(r"第?\s*([首一二三四五六七八九十百\d]+)\s*批")
# Codes of GB/T 4754 before the names of trades: C 制造业, I65软件业, C39-电子设备.
_CATEGORY_CODE = regex(r"^[A-Z](?:\s+|[\s.、_-]*\d{1,4}[\s.、_-]*|[.、_-])(?=[\u3400-\u9fff]{2})")
_HOST = regex(r"^(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?$", re.IGNORECASE)


def parse(text: str, field: Field) -> tuple[Reading, ...]:
    """Return the values that a cell gives for a field; none if it cannot be read.

    Numbers are intervals in single units, years with days as fraction for dates. Texts are folded:
    the whole cell first, then each item of a list. Places come as they are written; which city they
    mean depends on the rest of the row (:mod:`index.companies.rows`).
    """
    return _PARSERS[field.type](text, field)


def _texts(text: str, _: Field) -> tuple[str, ...]:
    items = (text, *split_list(text))
    return tuple(dict.fromkeys(map(fold, (*items, *map(without_code, items)))))


def _whole(text: str, _: Field) -> tuple[str, ...]:
    return (fold(text),)


def _year(text: str, _: Field) -> tuple[Interval, ...]:
    year = parse_year(text, serials=True)
    return () if year is None else (Interval.point(year),)


def _date(text: str, _: Field) -> tuple[Interval, ...]:
    day = parse_day(text, serials=True)
    return (day.interval,) if day else ()


def _quantity(text: str, field: Field) -> tuple[Interval, ...]:
    found = parse_interval(text, field.scale)
    return (found,) if found else ()


def _money(text: str, field: Field) -> tuple[Interval, ...]:
    """Return an amount, none in another currency than that of the field: they do not compare."""
    currency = currency_of(text)
    same = not (currency and field.currency) or currency == field.currency
    return _quantity(text, field) if same else ()


def _batch(text: str, _: Field) -> tuple[Interval, ...]:
    number = parse_batch(text)
    return () if number is None else (Interval.point(number),)


def _listing(text: str, _: Field) -> tuple[str, ...]:
    listing = parse_listing(text)
    return (listing.status.value,) if listing else ()


def _exchange(text: str, _: Field) -> tuple[str, ...]:
    """Return the markets, folded; a market that no label covers by the source's name."""
    listing = parse_listing(text)
    if listing is None:
        return ()
    markets = markets_of(listing, text) or ((listing.exchange,) if listing.exchange else ())
    return tuple(dict.fromkeys(map(fold, markets)))


def _codes(text: str, _: Field) -> tuple[str, ...]:
    """Return the stock codes without their suffix, folded."""
    listing = parse_listing(text)
    first = [listing.code.partition(".")[0]] if listing and listing.code else []
    others = [share.code for share in read_shares(text) if share.code]
    return tuple(dict.fromkeys(map(fold, (*first, *others))))


def _url(text: str, _: Field) -> tuple[str, ...]:
    url = parse_website(text)
    return (fold(text),) if url is None else (url.casefold(),)


_PARSERS: Mapping[ValueType, Callable[[str, Field], tuple[Reading, ...]]] = {
    ValueType.TEXT: _texts,
    ValueType.PLACE: _whole,
    ValueType.YEAR: _year,
    ValueType.DATE: _date,
    ValueType.HEADCOUNT: _quantity,
    ValueType.MONEY: _money,
    ValueType.PERCENT: _quantity,
    ValueType.COUNT: _quantity,
    ValueType.BATCH: _batch,
    ValueType.LISTING: _listing,
    ValueType.EXCHANGE: _exchange,
    ValueType.CODE: _codes,
    ValueType.URL: _url,
    ValueType.LIST: _whole,
}


def without_code(text: str) -> str:
    """Return a category without the code of its classification: ``"C 制造业"`` → 制造业."""
    return _CATEGORY_CODE.sub("", plain(text))


def parse_headcount(text: str) -> Headcount | None:
    """Return the bounds: ``"500-1000人"`` → 500 to 1000, ``"5000+人"`` → 5000 and more."""
    found = parse_interval(text)
    if found is None or found.low < 0:
        return None
    return Headcount(round(found.low), None if found.high == inf else round(found.high))


def parse_count(text: str) -> tuple[int | None, bool]:
    """Return a count and whether it is only a lower bound: ``"800+"`` → (800, True)."""
    found = parse_interval(text)
    return (None, False) if found is None else (round(found.low), found.high == inf)


def parse_batch(text: str) -> int | None:
    """Return the number of a recognition batch: ``"第二批"`` → 2."""
    match = _BATCH.search(plain(text))
    number = parse_integer(match.group(1).replace("首", "一")) if match else None
    return number or None


def parse_website(text: str) -> str | None:
    """Return the URL in a cell, with a scheme; None for a text that is no web address."""
    written = plain(text)
    if written.casefold().startswith(("http://", "https://")):
        return written if _has_host(written) else None
    return f"https://{written}" if _HOST.match(written) else None


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:  # such as an unclosed [ of an IPv6 address
        return False


def host_of(url: str) -> str:
    """Return a URL's host without ``www.``, in lower case."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
