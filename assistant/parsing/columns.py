"""Columns of words and of dates: 开源仓库在gitee的, 有官网的, 没写员工数的, 什么时候晋升的."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.parsing.conditions import Leaf
from assistant.parsing.spans import Category, Span
from assistant.parsing.vocabulary import FieldWord
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
# What denies that something was told, before the verb of telling: 没写, 未披露, 没有公布.
_DENIED = frozenset(["没有", "没", "未", "无"])
_UNKNOWN = frozenset(["未知", "不详", "不明", "缺失", "空缺", "空白"])
_SEEKING = frozenset({"which", "count"})
_SAID = frozenset({Category.WORD, Category.TOPIC})
_SUBJECTS = frozenset({Category.COMPANY, Category.POINTER})
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
        if (bounds := _blank(spans, at)) is not None:
            first, last = bounds
            label = "".join(one.text for one in spans[first : last + 1]).removesuffix("的")
            used = frozenset(range(first, last + 1))
            yield Leaf(first, last, used, Blank(span.value.key, label))
        elif before is not None and of and before.text in _HAS:
            present = Not(Blank(span.value.key, f"没有{span.text}"))
            yield Leaf(at - 1, at, frozenset({at - 1, at}), present)
        elif span.value.key not in _NOT_WORDS:
            yield from _saying(spans, at)


def _blank(spans: Sequence[Span], at: int) -> tuple[int, int] | None:
    """Return the stretch that says that a field is not told: 没写员工数, 成立年份不详."""
    start = _denial(spans, at - 1) if at else None
    if start is not None and _ends(spans, at + 1):
        return start, at
    for last in range(at + 1, min(at + 3, len(spans))):
        unknown = last == at + 1 and spans[last].text in _UNKNOWN
        denied = spans[at + 1].text in _DENIED and (last == at + 1 or _tells(spans[last]))
        # 写的 is one word.
        closed = spans[last].text.endswith("的") or _ends(spans, last + 1)
        if (unknown or denied or spans[last].text in _HASNT) and closed:
            return at, last
    return None


def _denial(spans: Sequence[Span], at: int) -> int | None:
    """Return where the denial begins that ends at a span: 没有, 没 before 写."""
    if spans[at].text in _HASNT:
        return at
    return at - 1 if at and spans[at - 1].text in _DENIED and _tells(spans[at]) else None


def _tells(span: Span) -> bool:
    """Return whether a word may be a verb of telling."""
    verb = span.category is Category.WORD and str(span.value).startswith("v")
    shown = span.category is Category.ASK and span.value in ("wanted", "here")
    written = span.category is Category.GRAMMAR and span.text in ("写", "写着", "写的", "说", "讲")
    return verb or shown or written


def _ends(spans: Sequence[Span], at: int) -> bool:
    """Return whether 的 follows, or companies that are not named are what nothing is told of."""
    if at < len(spans):
        return spans[at].text == "的"
    sought = any(
        one.category is Category.NOUN or (one.category is Category.ASK and one.value in _SEEKING)
        for one in spans
    )
    return sought and not any(one.category in _SUBJECTS for one in spans)


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
    predicate = In(spans[at].value.key, (value.text,), value.text, contains=True)
    yield Leaf(at, link, frozenset(range(at, link + 1)), predicate)


_WHEN = r"(?:什么时候|啥时候|什么时间|何时|何年|哪一?年|几几年|哪一?天|多会儿)"
_BESIDE = r"(?:被|是|在|于|了|的|才)*"


def dated_spans(folded: str, dated: Mapping[str, str]) -> Iterator[Span]:
    """Yield the columns of dates that a text asks for."""
    for done, key in dated.items():
        if done not in folded:
            continue
        word = re.escape(done)
        for match in re.finditer(f"{_WHEN}{_BESIDE}{word}|{word}{_BESIDE}{_WHEN}", folded):
            value = FieldWord(key, asks=True)
            yield Span(*match.span(), match.group(), Category.FIELD, value, "field.column")
