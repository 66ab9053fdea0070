"""Columns of a list's own in a question: 估值超过100亿的, 营业收入最高的三家."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.understanding.numbers import NUMERAL, Bound, limit_of
from assistant.understanding.types import Condition, Kind, Mention, Ranking
from index.schema.amounts import parse_amount
from index.schema.fields import ValueType, registry
from index.schema.normalize import parse_integer

_AMOUNT = (
    rf"(?P<n>(?:\d[\d,]*(?:\.\d+)?|{NUMERAL})\s*(?:万亿|千亿|百亿|亿|千万|百万|万|千|%)?)"
    r"\s*(?:美元|人民币|元|欧元|港元|人|家|件|项|倍)?"
)
_BOUND = re.compile(
    r"\s*(?:在|是|为|达到?|有|已经|已)?\s*"
    rf"(?:(?P<over>超过|大于|高于|多于|超|突破|破|过|>)\s*{_AMOUNT.replace('?P<n>', '?P<after>')}"
    rf"|(?P<least>不低于|不少于|至少|达到|>=)\s*{_AMOUNT.replace('?P<n>', '?P<low>')}"
    rf"|(?P<under>低于|小于|少于|不到|不足|不满|<)\s*{_AMOUNT.replace('?P<n>', '?P<before>')}"
    rf"|(?P<most>不超过|不高于|至多|最多|<=)\s*{_AMOUNT.replace('?P<n>', '?P<high>')}"
    rf"|第?{_AMOUNT.replace('?P<n>', '?P<first>')}\s*名?(?:到|至|-|~|—)第?"
    rf"{_AMOUNT.replace('?P<n>', '?P<last>')}"
    rf"|{_AMOUNT.replace('?P<n>', '?P<from>')}\s*(?:及?以上|往上|起)"
    rf"|{_AMOUNT.replace('?P<n>', '?P<upto>')}\s*(?:及?以下|以内|之内))"
)
_TOP = re.compile(
    r"\s*(?:的?(?:数字|数值|数据|一栏|这项|那项)[,，]?)?(?:排名|排行)?\s*(?:最(?:高|大|多|强|长|好|靠前)|从高到低|由高到低|从大到小|由大到小|从多到少|由多到少|前|第[一二三四五六七八九十\d])"
)
_BOTTOM = re.compile(
    r"\s*(?:最(?:低|小|少|短|差|后|末)|垫底|倒数|从低到高|由低到高|从小到大|由小到大)"
)

# What asks for a field of many companies, before its name and after it.
_ASKING = re.compile(r"(?<!我)(?<!我们)(?:的|有|按照?|以|各自|分别|最高|最多)$")
_ASKED = re.compile(
    r"\s*(?:数量|金额|规模|额)?\s*(?:排|最|是多少|有多少|多少|分别|各是|情况|$|[?？。,，])"
)

# A little more than a bound, so that 超过100 leaves 100 itself out.
_ABOVE = 1e-9

# The column that numbers the rows of a ranking, the best first.
_RANKING = "排名"


def is_own_column(field: str) -> bool:
    """Return whether a field is a column that few lists have, rather than one of all lists."""
    known = registry().field(field)
    return known is None or known.type is ValueType.MONEY


def read_columns(
    folded: str, mentions: Sequence[Mention]
) -> Iterator[tuple[Mention, Bound | Ranking]]:
    """Yield the columns that a question bounds or orders by, each with the bound or the order.

    Among them are those that no list has, whose mention is of kind ``ABSENT``.
    """
    for mention in mentions:
        own = mention.kind is Kind.FIELD and is_own_column(mention.values[0])
        if not own and mention.kind is not Kind.ABSENT:
            continue
        column, rest = mention.values[0], folded[mention.end :]
        if match := _BOUND.match(rest):
            bound = _bound(column, mention, match)
            if bound is not None:
                yield mention, bound
        elif match := _TOP.match(rest) or _BOTTOM.match(rest):
            descending = bool(_TOP.match(rest)) is not (_RANKING in column)
            first, place = limit_of(folded[mention.start :])
            label = folded[mention.start : mention.end + match.end()]
            yield mention, Ranking(column, descending, first, place, label)


def read_lacking(folded: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the fields that no list has and that a question asks of many companies at once.

    They are bounded (营收超过1亿), ordered by (按营收排序), or asked for (北京企业的法人代表,
    有融资的); a word that only happens to stand there (我老板要找…) is none of them.
    """
    ordered = {id(mention) for mention, _ in read_columns(folded, mentions)}
    found = (
        mention.text
        for mention in mentions
        if mention.kind is Kind.ABSENT
        and (
            id(mention) in ordered
            or _ASKING.search(folded[: mention.start])
            or _ASKED.match(folded[mention.end :])
        )
    )
    return tuple(dict.fromkeys(found))


def _bound(column: str, mention: Mention, match: re.Match[str]) -> Bound | None:
    amounts = {name: _amount(text, column) for name, text in match.groupdict().items() if text}
    told = {name: amount for name, amount in amounts.items() if amount is not None}
    low = next((told[name] for name in ("low", "from", "first") if name in told), None)
    high = next((told[name] for name in ("high", "upto", "last") if name in told), None)
    if (after := told.get("after")) is not None:
        low = after * (1 + _ABOVE)
    if (before := told.get("before")) is not None:
        high = before * (1 - _ABOVE)
    if low is None and high is None:
        return None
    label = f"{mention.text}{match.group().strip()}"
    end = mention.end + match.end()
    return Bound(mention.start, end, Condition(column, label, low=low, high=high))


def _amount(text: str, column: str) -> float | None:
    """Return what a question says in the units of single things, like the cells of the column."""
    amount = parse_amount(text)
    if amount is None:
        number = parse_integer(text)
        amount = None if number is None else float(number)
    elif not re.search(r"[万亿千百%]", text):
        # 营收超过1000 under 营业收入（亿元）means what the column means.
        amount = parse_amount(text, column)
    return amount
