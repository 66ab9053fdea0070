"""What is wrong with one cell, whatever else the sources say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from index.checks.types import Entry, Finding, Rule, Severity
from index.regex import regex
from index.schema.exchanges import board_of, is_readable, read_shares
from index.schema.fields import CHINESE, Field, TableKind, ValueType, registry
from index.schema.values import parse, parse_website

# Companies older than this are so rare that the year is worth a look.
_EARLIEST = 1850

YEAR = regex(r"(?<!\d)\d{4}(?!\d)")
"""Any four digits that may be a year; the parser of facts only takes 1800 to 2099."""

_HOST = regex(r"[\w-]+(?:\.[\w-]+)+")
_BETWEEN_URLS = regex(r"[\s、，,；;]+")


def check_cells(entry: Entry, latest: int) -> Iterator[Finding]:
    """Yield what is wrong with the cells of one row."""
    yield from _slipped(entry)
    yield from _exchange_code(entry)
    yield from _year_range(entry, latest)
    yield from _unreadable(entry)
    yield from _invalid_homepage(entry)


def _slipped(entry: Entry) -> Iterator[Finding]:
    """Yield rows whose values stand one column off, with what stands where."""
    slips = entry.row.slips
    if slips:
        label = registry().label
        told = "、".join(f"“{slip.text}”写在“{label(slip.field)}”下" for slip in slips)
        message = f"这一行的内容疑似错列：{told}；这些内容没有采用，请核对"
        origins = tuple(dict.fromkeys(slip.origin for slip in slips))
        found = entry.finding(Rule.SLIPPED, Severity.ERROR, slips[0].field, message, origins)
        yield replace(found, value=" / ".join(slip.text for slip in slips))


def _exchange_code(entry: Entry) -> Iterator[Finding]:
    """Yield listings under an exchange that gives out no such codes."""
    for share in read_shares(entry.text("listing")):
        wrong = share.wrong_exchange()
        if wrong is not None:
            board = board_of(share.code)
            instead = f"，按号段属于{board.label}" if board else ""
            message = (
                f"“{entry.text('listing')}”：{share.code} 不是{wrong.label}的代码"
                f"（{wrong.form}）{instead}"
            )
            yield entry.finding(Rule.EXCHANGE_CODE, Severity.ERROR, "listing", message)


def _year_of(entry: Entry) -> int | None:
    match = YEAR.search(entry.text("founded"))
    return entry.row.facts.founded or (int(match.group()) if match else None)


def _year_range(entry: Entry, latest: int) -> Iterator[Finding]:
    """Yield founding years after the source was written, and those of the distant past."""
    year, text = _year_of(entry), entry.text("founded")
    if year is not None and year > latest:
        message = f"成立时间“{text}”晚于资料所截至的 {latest} 年"
        yield entry.finding(Rule.YEAR_RANGE, Severity.ERROR, "founded", message)
    elif year is not None and year < _EARLIEST:
        message = f"成立时间“{text}”早于 {_EARLIEST} 年，请核对"
        yield entry.finding(Rule.YEAR_RANGE, Severity.WARNING, "founded", message)


def _unreadable(entry: Entry) -> Iterator[Finding]:
    """Yield cells that say something, but nothing that their column is for."""
    for field in registry().of(TableKind.COMPANY):
        if field.key in entry.row.values and not _is_readable(entry, field):
            message = f"“{entry.text(field.key)}”读不出{field.labels[CHINESE]}"
            yield entry.finding(Rule.UNREADABLE, Severity.WARNING, field.key, message)


def _is_readable(entry: Entry, field: Field) -> bool:
    """Return whether a cell can be read as a value of its field's type; of words any can."""
    text = entry.text(field.key)
    if field.key == "founded":
        return _year_of(entry) is not None
    if field.type is ValueType.LISTING:
        return is_readable(text)
    # An amount in another currency is read, though it does not compare.
    return not field.numeric or bool(parse(text, replace(field, currency="")))


def _invalid_homepage(entry: Entry) -> Iterator[Finding]:
    """Yield homepages that are no web address, nor several."""
    text = entry.text("website")
    if text and not _is_url(text) and not all(map(_is_url, _BETWEEN_URLS.split(text))):
        message = f"“{text}”不是网址"
        yield entry.finding(Rule.INVALID_HOMEPAGE, Severity.ERROR, "website", message)


def _is_url(text: str) -> bool:
    url = parse_website(text)
    return url is not None and _HOST.fullmatch(urlsplit(url).hostname or "") is not None
