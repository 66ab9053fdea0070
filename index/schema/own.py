"""Columns that only some list has: the field of each, with the type that its header and cells show.

估值: 120亿美元, 30亿美元          ──▶ money in 美元
营业收入（亿元）: 10,846, 9,414    ──▶ money in 元, bare numbers times 1e8
研发人员占比: 20%以上, 15%以上     ──▶ percent
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from types import MappingProxyType

from index.regex import regex
from index.schema.dates import parse_day
from index.schema.fields import (
    CHINESE,
    ENGLISH,
    Comparison,
    Field,
    TableKind,
    ValueType,
    header_key,
    registry,
)
from index.schema.numbers import currency_of, header_scale, quantity_spans
from index.schema.shapes import look
from index.schema.words import is_blank, value_words
from index.text import fold, plain
from index.types import Company

# So large a share of the cells must be of a type for the column to be.
_NEARLY = 0.8

# So many cells of each list show the type of a column.
_CELLS = 2_000

_BRACKETS = regex(r"[(（][^()（）]*[)）]")
_WRITTEN_DAY = regex(r"[\d年月日./\-\s]+")
_CODES = regex(r"[0-9A-Z][0-9A-Z.\-]{2,24}")
_WHEN = regex(r"(?P<what>.{2,}?)(?:时间|日期|年份|年)")
_ASKED_WHEN = ("什么时候", "哪年", "哪一年", "何时", "几时")
_SHORTEST_WORD = 2

# What may stand around the one quantity of a cell: 约, 全球第 … 位, 超 … 人民币.
_AROUND = 6
_LONGEST_DAY = 16

# Types that cells show by their form alone.
_SHAPES = (ValueType.URL, ValueType.HEADCOUNT, ValueType.BATCH)


def own_field(header: str, values: Iterable[str]) -> Field:
    """Return the field of a column that only some list has.

    Args:
        header: The header, by which the field is called.
        values: The cells of the column, of all lists that have it.
    """
    cells = [plain(value) for value in values if not is_blank(value)]
    kind = infer_type(header, cells)
    currency = _currency(header, cells) if kind is ValueType.MONEY else ""
    return column_field(header, kind, currency)


def column_field(header: str, kind: ValueType, currency: str = "") -> Field:
    """Return the field of a list's own column whose type is known.

    Args:
        header: The header.
        kind: Its type.
        currency: Currency of its amounts; empty if none is told.
    """
    words = [one for one in registry().columns if one.about in fold(header)]
    own = {"more": words[0].more, "less": words[0].less} if words and words[0].more else None
    known = next((one for one in _related(header) if one.type is kind), None)
    others = (word for one in words for word in (one.about, *one.asked))
    asked = (*column_names(header), *_asked_when(header), *others)
    labels = MappingProxyType({CHINESE: header, ENGLISH: header})
    return Field(
        key=header,
        kind=TableKind.COMPANY,
        type=kind,
        labels=labels,
        short=labels,
        headers=(header,),
        asked=tuple(dict.fromkeys((*asked, *(known.asked if known else ())))),
        comparison=registry().comparison(kind, own) if kind.numeric else Comparison(),
        cites=(header,),
        currency=currency,
        scale=header_scale(header),
        own=True,
    )


def own_fields(companies: Iterable[Company]) -> dict[str, Field]:
    """Return the fields of all own columns of the lists that companies stand in, by header."""
    cells: defaultdict[str, list[str]] = defaultdict(list)
    read: Counter[tuple[str, str]] = Counter()
    for company in companies:
        for row in company.rows:
            for key, value in row.values.items():
                column = (row.origin.source, key)
                if registry().field(key) is None and read[column] < _CELLS:
                    read[column] += 1
                    cells[key].append(value.text)
    return {header: own_field(header, values) for header, values in cells.items()}


def _related(header: str) -> Iterable[Field]:
    """Yield the registry's field that the header means but for its unit: 注册资本（万元）."""
    found = registry().by_header(_BRACKETS.sub("", header))
    return (found,) if found else ()


def column_names(header: str) -> tuple[str, ...]:
    """Return what a column is called in questions: whole, without its unit, part by part."""
    bare = fold(_BRACKETS.sub("", header))
    parts = bare.split()
    # A name under its group is called in either order: 2024年营业收入.
    orders = ("".join(parts), "".join(reversed(parts))) if len(parts) > 1 else ()
    names = dict.fromkeys((fold(header), bare, *orders, *bare.split("/")))
    return tuple(name for name in names if len(name) >= _SHORTEST_WORD)


def _asked_when(header: str) -> Iterable[str]:
    """Yield what asks for a column of dates: 什么时候上市 for 上市时间."""
    if match := _WHEN.fullmatch(fold(_BRACKETS.sub("", header))):
        yield from (f"{when}{match['what']}" for when in _ASKED_WHEN)


def infer_type(header: str, cells: Sequence[str]) -> ValueType:
    """Return the type of a column."""
    if not cells:
        return ValueType.TEXT
    key = header_key(header)
    says = {name: pattern.search(key) is not None for name, pattern in _headers().items()}
    if says["code"] and _most(cells, _is_code):
        return ValueType.CODE
    for kind in _SHAPES:
        if _most(cells, partial(_looks, kind)):
            return kind
    dated = says["dated"] and not says["money"]
    if _most(cells, _is_day if dated else _is_written_day):
        days = [parse_day(text, serials=True) for text in cells]
        return ValueType.DATE if any(day and day.month for day in days) else ValueType.YEAR
    if not _most(cells, _is_quantity):
        return ValueType.TEXT
    if _most(cells, lambda text: "%" in text):
        return ValueType.PERCENT
    if (says["money"] and not says["share"]) or _most(cells, lambda text: bool(currency_of(text))):
        return ValueType.MONEY
    return ValueType.PERCENT if says["share"] else ValueType.COUNT


@cache
def _headers() -> Mapping[str, re.Pattern[str]]:
    return {name: regex(pattern) for name, pattern in value_words()["headers"].items()}


def _most(cells: Sequence[str], test: Callable[[str], bool]) -> bool:
    return sum(map(test, cells)) >= _NEARLY * len(cells)


def _looks(kind: ValueType, text: str) -> bool:
    return look(text) is kind


def _is_code(text: str) -> bool:
    """Return whether a text is a word of digits and capitals, such as 688286.SH."""
    return _CODES.fullmatch(text) is not None


def _is_day(text: str) -> bool:
    """Return whether a cell below a header of dates is one, a spreadsheet's number too."""
    return len(text) <= _LONGEST_DAY and parse_day(text, serials=True) is not None


def _is_written_day(text: str) -> bool:
    """Return whether a cell is a date whatever its header says: 2015年, 2015-07-09."""
    day = parse_day(text) if _WRITTEN_DAY.fullmatch(text) else None
    return day is not None and ("年" in text or day.day is not None)


def _is_quantity(text: str) -> bool:
    """Return whether a cell is one quantity, with little else and no other number."""
    spans = quantity_spans(text)
    if len(spans) != 1:
        return False
    start, end = spans[0]
    rest = _BRACKETS.sub("", text[:start] + text[end:]).strip()
    return len(rest) <= _AROUND and not any(character.isdigit() for character in rest)


def _currency(header: str, cells: Sequence[str]) -> str:
    """Return the currency of most amounts, else that of the header, else 元."""
    told = Counter(name for text in cells if (name := currency_of(text)))
    return told.most_common(1)[0][0] if told else currency_of(header) or "元"
