"""What a question asks to be told: the nouns that its question word stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, Span, pauses

_NOMINAL = ("n", "vn", "j", "an", "b")
_NAMES = frozenset({Category.WORD, Category.LACKING, Category.FIELD, Category.LISTING})
# Words between a noun and how much of it is asked for.
_BOUNDING = frozenset(
    ("要", "要求", "需要", "必须", "得", "应", "应该", "是", "为", "有", "不能", "不得", "能",
     "可以", "超过", "低于", "高于", "少于", "多于", "达到", "最低", "最高", "最少", "最多", "至少",
     "大概", "一般", "的")
)  # fmt: skip
# Words by which a rule demands something.
_OBLIGING = frozenset(("要", "要求", "需要", "必须", "得", "应", "应该", "至少", "最低", "最少"))
_AMOUNTS = ("多少", "几", "多久", "多长", "多高", "多大")
# What verbs end in, whatever part of speech they are taken for: 评出来.
_DIRECTIONS = ("来", "去", "了")
# What only these programmes are asked about.
_APPLYING = ("申报", "申请", "参评", "评选", "认定", "评上", "入选")


def asked_about(reading: Reading) -> tuple[str, ...]:
    """Return the nouns that a question asks about, in its order: 补贴 in 小巨人有什么补贴."""
    spans = reading.spans
    found: dict[str, None] = {}
    for at, one in enumerate(spans):
        if one.category is Category.ASK and one.value in ("which", "what"):
            if _classifies(spans, at):
                continue
            found.update(dict.fromkeys(_run(reading, at + 1, 1)))
        elif _amount(one):
            found.update(dict.fromkeys(_measured(reading, at)))
        elif one.category is Category.ASK and one.value == "verdict" and _permits(one):
            found.update(dict.fromkeys(_applicant(reading, at)))
        elif one.text in _OBLIGING and reading.asks("yesno") and demands(reading):
            found.update(dict.fromkeys(_run(reading, at + 1, 1)))
    return tuple(found)


def demands(reading: Reading) -> bool:
    """Return whether how much a rule demands is asked, or whether it demands something.

    营业收入要多少 and 申报需要上市吗 ask for rules, whatever columns or values they name.
    """
    spans = reading.spans
    if reading.companies or reading.asks("which", "wanted", "own"):
        return False
    for before, one in pairwise(spans):
        if before.text in _OBLIGING and _amount(one):
            return True
    obliged = any(one.text in _OBLIGING for one in spans)
    applied = any(word in reading.text.folded for word in _APPLYING)
    if applied and obliged and reading.asks("yesno"):
        return True
    return any(_permits(spans[at]) for at in reading.asks("verdict")) and bool(
        reading.asks("yesno")
    )


def _classifies(spans: Sequence[Span], at: int) -> bool:
    """Return whether a noun only says of what kind the answer is: 小巨人是个什么称号."""
    before = "".join(one.text for one in spans[max(0, at - 2) : at])
    return before.endswith(("是", "是个", "是一个")) or spans[at].text.startswith("是")


def _amount(span: Span) -> bool:
    return span.text.startswith(_AMOUNTS)


def _permits(span: Span) -> bool:
    """Return whether a word asks whether one may apply: 能申请, 可以申报."""
    return span.text.startswith(("能", "可以")) and span.text.endswith(_APPLYING)


def _nominal(span: Span) -> bool:
    if span.category is Category.WORD:
        verbal = span.text.endswith((*_APPLYING, *_DIRECTIONS))
        return str(span.value).startswith(_NOMINAL) and not verbal
    return span.category in _NAMES and not _amount(span)


def _run(reading: Reading, at: int, step: int) -> list[str]:
    """Return the nouns side by side from a span on, in the order of the question."""
    spans, found = reading.spans, []
    while 0 <= at < len(spans) and _nominal(spans[at]):
        beside = spans[at + step : at + step + 1] if at + step >= 0 else []
        found.append(spans[at].text)
        if beside and pauses(reading.text.folded, *_between(spans[at], beside[0])):
            break
        at += step
    return found[::step]


def _measured(reading: Reading, amount: int) -> Sequence[str]:
    """Return the nouns before a question for an amount, words of bounds between them aside."""
    spans, at = reading.spans, amount - 1
    while at >= 0 and (spans[at].text in _BOUNDING or spans[at].category is Category.ORDER):
        at -= 1
    if at < 0 or pauses(reading.text.folded, spans[at].end, spans[amount].start):
        return ()
    return _run(reading, at, -1)[-1:]


def _applicant(reading: Reading, verdict: int) -> Sequence[str]:
    """Return the noun that says what kind of company wants to apply: 外资 of 外资企业."""
    at = verdict - 1
    while at >= 0 and reading.spans[at].category is Category.NOUN:
        at -= 1
    return _run(reading, at, -1)[-1:]


def _between(one: Span, other: Span) -> tuple[int, int]:
    return (one.end, other.start) if one.end <= other.start else (other.end, one.start)
