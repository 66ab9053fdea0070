"""Words that a cover reads as more than they are: who asks, and a part of a compound.

Nothing is asked of companies by 老板 in 我老板要找…; 法人代表 is another thing than 代表.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.parsing.spans import Category, Span
from index.regex import regex

_OWN = frozenset(["我", "我们", "咱", "咱们", "俺", "俺们", "本人"])
_WANTING = frozenset(["要", "想", "想要", "需要", "希望", "打算", "求", "说", "问"])
_MAKING = frozenset(["让", "叫", "令", "使", "派", "催", "要", "请", "托", "安排", "吩咐", "要求"])
_TELLING = frozenset(["信息", "情况", "数据", "资料"])
_ENDS = regex(r"[。!！?？\n]")
# What a sentence asks or narrows by.
_SAYING = frozenset(
    {Category.PLACE, Category.DISTRICT, Category.BATCH, Category.EXCHANGE, Category.LISTING,
     Category.VALUE, Category.MEASURE, Category.COMPANY, Category.FIELD, Category.DOING,
     Category.ORDER, Category.LIMIT, Category.REQUIREMENT, Category.LACKING, Category.NOUN,
     Category.NOT, Category.EXCEPT, Category.POINTER}
)  # fmt: skip
_DESCRIBING = frozenset({Category.TOPIC, Category.WORD})
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


def without_story(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return a cover with what is told in sentences before the question as grammar.

    我学微电子的。苏州有做传感器的吗？ asks of sensors: the question describes what it seeks by
    itself, and nothing is asked before it. Places and the like of a story still narrow.
    """
    first = next((at for at in range(len(spans)) if _asking(spans, at)), len(spans))
    start = _sentence(text, spans, first)
    end = next((at for at in range(first, len(spans)) if _ended(text, spans, at)), len(spans))
    described = any(one.category is Category.TOPIC for one in spans[start:end])
    conditioned = described or any(one.category in _SAYING for one in spans[start:end])
    inside = range(start) if conditioned else range(0)
    # Without a trade in the question one told before it may be meant.
    dropped = _DESCRIBING if described else frozenset({Category.WORD})
    remark = not any(one.category in _SAYING | {Category.TOPIC} for one in spans[end:])
    after = range(end, len(spans)) if conditioned and remark else range(0)
    return [
        replace(one, category=Category.GRAMMAR, value="words", rule="story")
        if (at in inside or at in after) and one.category in dropped
        else one
        for at, one in enumerate(spans)
    ]


def _asking(spans: Sequence[Span], at: int) -> bool:
    one = spans[at]
    return one.category in (Category.ASK, Category.ORDER, Category.NOUN) or (
        one.category is Category.FIELD and one.value.asks
    )


def _sentence(text: str, spans: Sequence[Span], at: int) -> int:
    """Return the index of the first span of the sentence of a span."""
    while at and (at == len(spans) or not _ended(text, spans, at)):
        at -= 1
    return at


def _ended(text: str, spans: Sequence[Span], at: int) -> bool:
    """Return whether a sentence ends right before a span."""
    return at > 0 and bool(_ENDS.search(text[spans[at - 1].end : spans[at].start]))


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
