"""Clauses of a question, and which of them ask for nothing: 我在写论文，请列出…."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.parsing.spans import Category, Span
from index.regex import regex

NAMING = ("n", "vn", "eng", "l", "i", "j", "x", "an")
"""Parts of speech of words that may name a thing, by their first letters."""
_PAUSE = regex(r"[,，。;；!！?？\n:：]")
_SELF = frozenset(
    [
        "我",
        "我们",
        "咱",
        "咱们",
        "俺",
        "俺们",
        "本人",
        "老板",
        "领导",
        "客户",
        "上级",
        "我司",
        "我公司",
        "想",
        "打算",
        "准备",
        "计划",
        "要去",
        "需要",
        "希望",
        "想要",
    ]
)
_REQUESTS = frozenset({"请", "麻烦", "烦请", "劳驾", "请您", "帮我", "帮忙"})
# Words after which what was said before is the reason.
_THEREFORE = frozenset({"因此", "所以", "因而", "于是", "故", "故而"})
_CONDITIONS = frozenset(
    {Category.COMPANY, Category.PLACE, Category.DISTRICT, Category.BATCH, Category.TOPIC,
     Category.EXCHANGE, Category.LISTING, Category.VALUE, Category.SECTION, Category.LIST,
     Category.MEASURE}
)  # fmt: skip
_ASKING = frozenset(
    {"which", "wanted", "count", "exists", "yesno", "share", "compare", "profile", "member", "mean"}
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a question.

    Attributes:
        start: Index of its first span.
        end: Index after its last span.
        asks: Whether it asks for something.
        telling: Whether it only tells of the asker, or of what the others ask for in full.
        aside: Whether it tells, but not of the asker, so that it may describe companies.
    """

    start: int
    end: int
    asks: bool
    telling: bool = False
    aside: bool = False


def clauses(text: str, spans: Sequence[Span]) -> list[Clause]:
    """Return the clauses of a cover, with which of them only tell of the asker."""
    pauses = (
        at
        for at in range(1, len(spans))
        if _PAUSE.search(text[spans[at - 1].end : spans[at].start])
    )
    cuts = [0, *pauses]
    bounds = [(a, b) for a, b in zip(cuts, [*cuts[1:], len(spans)], strict=True) if a < b]
    asking = [(a, b, _asks(spans[a:b])) for a, b in bounds]
    anchored = any(asks and _anchored(spans[a:b]) for a, b, asks in asking)
    others = any(asks for _, _, asks in asking)
    # Companies or fields asked for by name are wanted as such; 谁 and 哪家 leave that to the rest.
    named = any(asks and _sought_by_name(spans[a:b]) for a, b, asks in asking)
    opening = _opening(text, spans, bounds)
    found: list[Clause] = []
    for a, b, asks in asking:
        part = spans[a:b]
        telling = len(asking) > 1 and not asks
        others_told = any(_anchored(spans[c:d]) for c, d in bounds if (c, d) != (a, b))
        requested = any(spans[c].text in _REQUESTS and _conditioned(spans[c:d])
                        for c, d in bounds if c >= b)  # fmt: skip
        leading = (
            b <= opening
            or (_only_orders(part) and others_told)
            or (requested and _commissioned(part))
        )
        own = telling and others and _of_asker(part) and not _described(part)
        aside = telling and anchored and not _anchored(part) and not _sought(part)
        describes = aside and not leading and not named and not _of_asker(part)
        found.append(Clause(a, b, asks, leading or own or aside, aside=describes))
    return found


def _opening(text: str, spans: Sequence[Span], bounds: Sequence[tuple[int, int]]) -> int:
    """Return the index after the clauses that only lead up to what is asked.

    A colon announces it, and 因此 draws it from a reason. What leads up to it names no condition.
    """
    for (_, end), (start, last) in pairwise(bounds):
        gap = text[spans[end - 1].end : spans[start].start]
        announced = ":" in gap or "：" in gap or spans[start].text in _THEREFORE
        before = spans[:end]
        led = not _conditioned(before) and not _seeks(before)
        if announced and led and _conditioned(spans[start:last]):
            return end
    return 0


def _nominal(span: Span) -> bool:
    """Return whether an unread word is a noun that may name what is sought."""
    tag = str(span.value)
    return span.category is Category.WORD and tag.startswith(NAMING) and not tag.startswith("vn")


def _seeks(spans: Sequence[Span]) -> bool:
    """Return whether companies are sought by an unread noun: 找理疗仪, 理疗仪厂家."""
    for at, one in enumerate(spans[:-1]):
        if one.category is Category.ASK and one.value == "wanted" and _nominal(spans[at + 1]):
            return True
        if _nominal(one) and spans[at + 1].category is Category.NOUN:
            return True
    return False


def _commissioned(spans: Sequence[Span]) -> bool:
    """Return whether a clause tells what the asker does, before a request: 我们在梳理…，请…."""
    asks = [one for one in spans if one.category is Category.ASK and one.value in _ASKING]
    begins = spans[0].text in _SELF or spans[0].value == "own"
    return begins and not _seeks(spans) and all(one.value == "wanted" for one in asks)


def _conditioned(spans: Sequence[Span]) -> bool:
    """Return whether a stretch holds a condition, a company or a linked trade."""
    return any(one.category in _CONDITIONS for one in spans)


def _only_orders(spans: Sequence[Span]) -> bool:
    """Return whether a clause only says what to do with what others ask for: 整理出来供我们访谈."""
    asks = [one for one in spans if one.category is Category.ASK and one.value in _ASKING]
    return (
        (bool(asks) or spans[0].text in _REQUESTS)
        and not any(_nominal(one) for one in spans)
        and all(one.value == "wanted" for one in asks)
        and not _anchored(spans)
        and not _sought(spans)
        and not any(one.category in (Category.ORDER, Category.EXCEPT) for one in spans)
        and spans[-1].text != "的"
    )


def _asks(spans: Sequence[Span]) -> bool:
    asks = any(
        (one.category is Category.ASK and one.value in _ASKING)
        or (one.category is Category.FIELD and one.value.asks)
        or one.category in (Category.ORDER, Category.EXCEPT)
        for one in spans
    )
    # 我要所属区域: nothing but a field is a question of it.
    named = [one for one in spans if one.category is not Category.GRAMMAR]
    return asks or (bool(named) and all(one.category is Category.FIELD for one in named))


def _anchored(spans: Sequence[Span]) -> bool:
    """Return whether a clause says by linked words what is asked about."""
    linked = {Category.COMPANY, Category.PLACE, Category.DISTRICT, Category.BATCH, Category.TOPIC,
              Category.EXCHANGE, Category.LISTING, Category.VALUE, Category.SECTION, Category.LIST,
              Category.FIELD, Category.REQUIREMENT}  # fmt: skip
    return any(one.category in linked for one in spans)


def _sought(spans: Sequence[Span]) -> bool:
    return any(one.category in (Category.NOUN, Category.DOING) for one in spans)


def _sought_by_name(spans: Sequence[Span]) -> bool:
    return any(one.category in (Category.NOUN, Category.FIELD) for one in spans)


def _described(spans: Sequence[Span]) -> bool:
    return any(one.category is Category.TOPIC for one in spans)


def _of_asker(spans: Sequence[Span]) -> bool:
    return any(one.text in _SELF or one.value == "own" for one in spans)
