"""Words that a cover reads as more than they are: who asks, and a part of a compound.

Nothing is asked of companies by 老板 in 我老板要找…; 法人代表 is another thing than 代表.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.parsing.spans import Category, Span

_OWN = frozenset(["我", "我们", "咱", "咱们", "俺", "俺们", "本人"])
_WANTING = frozenset(["要", "想", "想要", "需要", "希望", "打算", "求", "说", "问"])
_MAKING = frozenset(["让", "叫", "令", "使", "派", "催", "要", "请", "托", "安排", "吩咐", "要求"])
_TELLING = frozenset(["信息", "情况", "数据", "资料"])
_PERSON = frozenset({Category.LACKING, Category.WORD})


def without_asker(spans: Sequence[Span]) -> list[Span]:
    """Return a cover with who wants what is asked for as grammar, where something follows it."""
    found = list(spans)
    for at, span in enumerate(spans):
        if span.category not in _PERSON or not _nominal(span) or at + 1 >= len(spans):
            continue
        own = at > 0 and spans[at - 1].text in _OWN and _wants(spans, at + 1)
        sent = _begins(spans, at) and spans[at + 1].text in _MAKING and _sends(spans, at + 2)
        if own or sent:
            found[at] = replace(span, category=Category.GRAMMAR, value="asker", rule="asker")
            if sent and spans[at + 1].category is Category.WORD:
                found[at + 1] = replace(
                    spans[at + 1], category=Category.GRAMMAR, value="asker", rule="asker"
                )
    return found


def compounded(spans: Sequence[Span]) -> list[Span]:
    """Return a cover with a bare 代表 right after an unlinked noun as a noun like it.

    What is told of a field is the field: 融资信息.
    """
    found: list[Span] = []
    for span in spans:
        before = found[-1] if found else None
        if before is not None and _told_of(before, span):
            text = before.text + span.text
            found[-1] = replace(before, end=span.end, text=text)
        else:
            found.append(span)
    for at, span in enumerate(found[1:], start=1):
        before = found[at - 1]
        noun = before.category is Category.WORD and str(before.value).startswith("n")
        if span.text == "代表" and noun and before.end == span.start:
            found[at] = replace(span, category=Category.WORD, value="n", rule="compound")
    return found


def _told_of(field: Span, span: Span) -> bool:
    plain = field.category is Category.FIELD and not field.value.asks
    return plain and span.text in _TELLING and field.end == span.start


def _nominal(span: Span) -> bool:
    return span.category is Category.LACKING or str(span.value).startswith("n")


def _wants(spans: Sequence[Span], at: int) -> bool:
    """Return whether wanting, or making someone do something, is told at a word."""
    span = spans[at]
    wanted = span.category is Category.ASK and span.value == "wanted"
    return wanted or span.text in _WANTING or span.text in _MAKING


def _begins(spans: Sequence[Span], at: int) -> bool:
    return all(one.category is Category.GRAMMAR for one in spans[:at])


def _sends(spans: Sequence[Span], at: int) -> bool:
    """Return whether the asker, or what is to be looked for, follows."""
    return at < len(spans) and (
        spans[at].text in _OWN
        or (spans[at].category is Category.ASK and spans[at].value == "wanted")
    )
