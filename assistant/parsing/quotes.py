"""Conditions that quote what a column says: 市场地位里写着“霸主”的, 名字里带“微”字的."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.parsing.conditions import Leaf
from assistant.parsing.spans import Category, Span
from assistant.predicates import conjunction
from assistant.query import In
from index.regex import regex

_QUOTED = regex(r"[“\"'‘「『《](?P<text>[^”\"'’」』》]{1,12})[”\"'’」』》]")
_CHARACTER = regex(
    r"(?:带|含|有|包含|写着?|叫)[“\"'‘「『]?(?P<text>[\u3400-\u9fff]{1,4}?)[”\"'’」』]?"
    r"(?=(?:这?[一两俩二三几]?个?字(?!节|符|典|幕|体|画)|字样))"
)
# What a quotation leaves out: “全球……龙头” holds both.
_LEFT_OUT = regex(r"[….]{2,}|…")
_CHARACTERS = regex(r"这?[一两俩二三四几]?个?字样?")
# Columns whose values are not words that contain others.
_VALUES = frozenset(
    {"city", "province", "district", "founded", "headcount", "listing", "batch", "exchange", "list"}
)
# What may stand between a column and what it is said to hold.
_BETWEEN = frozenset({Category.GRAMMAR, Category.WORD, Category.MEASURE, Category.NOT,
                      Category.POINTER})  # fmt: skip
_NAME = "name"


def quoted_leaves(text: str, spans: Sequence[Span]) -> Iterator[Leaf]:
    """Yield the conditions that a column holds the words quoted.

    The column is the one named beside the quotation; of characters without one it is the name.
    """
    fields = [
        at for at, one in enumerate(spans)
        if one.category is Category.FIELD and not one.value.unit and one.value.key not in _VALUES
    ]  # fmt: skip
    found = {match.start("text"): match for match in _QUOTED.finditer(text)}
    found |= {match.start("text"): match for match in _CHARACTER.finditer(text)}
    taken: set[int] = set()
    for match in found.values():
        start, end = match.span("text")
        spelt = _CHARACTERS.match(text, match.end())
        stop = spelt.end() if spelt else match.end()
        inside = {
            at for at, one in enumerate(spans) if one.start < stop and match.start() < one.end
        }
        field = _beside(fields, inside)
        if not inside or (field is None and not spelt):
            continue
        key = spans[field].value.key if field is not None else _NAME
        used = inside | (set() if field in taken else _joining(spans, inside, field))
        taken |= used
        parts = filter(None, _LEFT_OUT.split(text[start:end]))
        predicate = conjunction(In(key, (part,), part, contains=True) for part in parts)
        yield Leaf(min(used), max(used), frozenset(used), predicate)


def _beside(fields: Sequence[int], inside: set[int]) -> int | None:
    """Return the field named nearest before a quotation, else the one right after it."""
    if not inside:
        return None
    before = [at for at in fields if at < min(inside)]
    after = [at for at in fields if at > max(inside) and at - max(inside) <= 2]
    return before[-1] if before else next(iter(after), None)


def _joining(spans: Sequence[Span], inside: set[int], field: int | None) -> set[int]:
    """Return the column and the words that join it to the quotation: 里, 写着, 带."""
    used: set[int] = set()
    if field is not None:
        low, high = sorted((field, min(inside) if field < min(inside) else max(inside)))
        between = range(low, high + 1)
        if all(at in inside or at == field or spans[at].category in _BETWEEN for at in between):
            used |= {at for at in between if spans[at].category is not Category.NOT}
        else:
            used.add(field)
    first = min(inside)
    if first and spans[first - 1].category in (Category.WORD, Category.GRAMMAR):
        used.add(first - 1)
    return used - inside
