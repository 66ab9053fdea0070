"""Conditions on columns of words: 开源仓库在gitee的, 市场地位是龙头的, 有官网的, 没写员工数的."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.parsing.conditions import Leaf
from assistant.parsing.spans import Category, Span
from assistant.query import Blank, In, Not

_IS = frozenset(
    [
        "在",
        "是",
        "为",
        "叫",
        "属于",
        "标为",
        "写着",
        "写的",
        "写的是",
        "含",
        "包含",
        "包括",
        "有",
        "称为",
        "被称为",
        "标着",
        "注明",
    ]
)
_HAS = frozenset(["有", "写了", "标了", "填了", "公开了", "有公开"])
_HASNT = frozenset(["没有", "没", "无", "没写", "未写", "没标", "没填", "缺", "缺少", "没公开"])
_SAID = frozenset({Category.WORD, Category.TOPIC})
_NOT_WORDS = frozenset(
    {"city", "province", "district", "founded", "headcount", "listing", "batch", "exchange", "name"}
)


def column_leaves(spans: Sequence[Span]) -> Iterator[Leaf]:
    """Yield the conditions that a column says something, or anything at all."""
    for at, span in enumerate(spans):
        if span.category is not Category.FIELD or span.value.asks:
            continue
        before = spans[at - 1] if at else None
        of = at + 1 < len(spans) and spans[at + 1].text == "的"
        if before is not None and of and before.text in _HASNT:
            yield Leaf(
                at - 1, at, frozenset({at - 1, at}), Blank(span.value.key, f"没有{span.text}")
            )
        elif before is not None and of and before.text in _HAS:
            present = Not(Blank(span.value.key, f"没有{span.text}"))
            yield Leaf(at - 1, at, frozenset({at - 1, at}), present)
        elif span.value.key not in _NOT_WORDS:
            yield from _saying(spans, at)


def _saying(spans: Sequence[Span], at: int) -> Iterator[Leaf]:
    """Yield the condition that a column holds the words after it."""
    link = at + 1
    while (
        link < len(spans)
        and spans[link].category in (Category.GRAMMAR, Category.WORD)
        and spans[link].text in _IS
    ):
        link += 1
    if link == at + 1 or link >= len(spans) or spans[link].category not in _SAID:
        return
    if spans[at].value.key in ("domain", "product", "technology"):
        return
    value = spans[link]
    if value.text in ("空", "空白", "空的"):
        blank = Blank(spans[at].value.key, f"没有{spans[at].text}")
        yield Leaf(at, link, frozenset(range(at, link + 1)), blank)
        return
    predicate = In(
        spans[at].value.key, (value.text,), f"{spans[at].text}{value.text}", contains=True
    )
    yield Leaf(at, link, frozenset(range(at, link + 1)), predicate)
