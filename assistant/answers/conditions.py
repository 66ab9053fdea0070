"""One condition in Chinese: as a clause before 的, or as a part of what stands before it."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answers.context import Context
from assistant.answers.intervals import interval_words
from assistant.answers.values import label_of
from assistant.query import (
    About,
    Among,
    Beyond,
    Blank,
    In,
    Listed,
    Named,
    Not,
    Or,
    Predicate,
    Same,
    Within,
)

PLACES = ("region", "province", "city", "place", "district")
"""Fields that say where a company is, from the largest."""

EARLIER = "上述企业"
"""The companies of an earlier answer."""

# How many names a phrase spells out.
_MOST_NAMES = 5

_SAME = {
    "city": "与{}在同一城市",
    "province": "与{}在同一省份",
    "district": "与{}在同一区域",
    "batch": "与{}同一批次",
    "founded": "与{}同年成立",
    "exchange": "与{}在同一板块上市",
    "listing": "与{}上市情况相同",
    "list": "与{}在同一清单",
    "section": "与{}在同一分类",
}
_BEYOND = {
    ("founded", True): "成立晚于{}",
    ("founded", False): "成立早于{}",
    ("headcount", True): "员工多于{}",
    ("headcount", False): "员工少于{}",
    ("count", True): "数量比{}多",
    ("count", False): "数量比{}少",
    ("batch", True): "批次晚于{}",
    ("batch", False): "批次早于{}",
}
_LISTING = {
    ("listed", True): "已上市",
    ("listed", False): "没有上市",
    ("unlisted", True): "未上市",
    ("unlisted", False): "不属于未上市",
    ("other", True): "上市情况另作说明",
    ("other", False): "上市情况没有另作说明",
}


def holding(part: Predicate, context: Context) -> str:
    """Return a condition as a clause: 做芯片, 在科创板上市."""
    match part:
        case About():
            return _topic(part)
        case In():
            return _in(part, holds=True)
        case Within():
            return interval_words(part.field, part.interval, part.label)
        case Blank():
            return f"没有写明{label_of(part.field)}"
        case Same():
            name = "、".join(context.names((part.company,)))
            return _SAME.get(part.field, f"与{{}}的{label_of(part.field)}相同").format(name)
        case Beyond():
            name = "、".join(context.names((part.company,))) or part.company
            way = "高于" if part.above else "低于"
            told = _BEYOND.get((part.field, part.above), f"{label_of(part.field)}{way}{{}}")
            return told.format(name)
        case Named():
            return f"名为{names_words(part, context)}"
    return ""


def not_holding(part: Predicate, context: Context) -> str:
    """Return the opposite of a condition as a clause: 不做芯片."""
    match part:
        case About():
            return f"不{_topic(part)}"
        case In():
            return _in(part, holds=False)
        case Within():
            return f"并非{interval_words(part.field, part.interval, part.label)}"
        case Blank():
            return f"写明了{label_of(part.field)}"
        case Listed():
            return f"不在{list_words(part, context)}中"
        case Among():
            return f"不在{EARLIER}中"
    return f"并非{holding(part, context)}"


def _topic(part: About) -> str:
    """Return what companies do: 做芯片; a description that is no mere noun is quoted."""
    words = part.text.strip().removesuffix("的")
    if part.terms and not part.unlinked:
        return f"做 {words}" if words.isascii() else f"做{words}"
    return f"与「{words}」相符" if part.terms else f"与「{words}」相近"


def _in(part: In, *, holds: bool) -> str:
    name, words = part.field, part.label or "或".join(part.values)
    if name == "listing":
        return _listing(part.values, holds=holds)
    if name == "exchange":
        return f"{'' if holds else '不'}在{words.removesuffix('上市')}上市"
    if name in PLACES:
        return f"{'' if holds else '不'}位于{words}"
    if name == "code":
        return f"股票代码{'' if holds else '不'}是{words}"
    if name == "section":
        return f"{'' if holds else '不'}属于「{words}」"
    verb = ("含" if holds else "不含") if part.contains else ("为" if holds else "不是")
    return f"{label_of(name)}{verb}「{words}」"


def _listing(values: Iterable[str], *, holds: bool) -> str:
    told = [_LISTING.get((value, holds), value) for value in values]
    return "或".join(told)


def either_words(part: Predicate) -> str:
    """Return the words of a condition, or of alternatives on one field; equal ones once."""
    if isinstance(part, Or):
        return "或".join(dict.fromkeys(map(either_words, part.parts)))
    if isinstance(part, In):
        return part.label or "或".join(part.values)
    return ""


def batch_words(part: Predicate) -> str:
    """Return a condition on the batch: 第二批, 非第二批."""
    if isinstance(part, Not):
        return f"非{batch_words(part.part)}"
    if isinstance(part, Or):
        return "或".join(map(batch_words, part.parts))
    if isinstance(part, Within):
        return interval_words(part.field, part.interval, part.label)
    return either_words(part)


def list_words(part: Predicate, context: Context) -> str:
    """Return the lists that are meant by their titles, or the companies of an earlier answer."""
    if isinstance(part, Listed):
        titles = "或".join(f"《{context.title(one)}》" for one in part.sources)
        return f"只在{titles}" if part.only else titles
    return EARLIER


def names_words(part: Predicate, context: Context) -> str:
    """Return what named companies are called, the first few."""
    if not isinstance(part, Named):
        return ""
    if part.label:
        return part.label
    names = context.names(part.ids[:_MOST_NAMES])
    return "、".join(names) + ("等" if len(part.ids) > _MOST_NAMES else "")
