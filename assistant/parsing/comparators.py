"""Comparators around a number, before and after it: 不到3% is [0, 3), 2015年以后 is [2015, ∞)."""

from __future__ import annotations

from assistant.parsing.measures import Measure, Unit
from index.regex import regex
from index.schema.interval import Interval

_OVER = (
    r"超过|大于|多于|高于|超出|突破|不止|不只|晚于|迟于|超|逾|过|破"
    r"|more than|over|above|after|later than|>"
)
_LEAST = (
    r"不低于|不少于|不小于|不下于?|不早于|至少|起码|最少|最低|达到?|满|不亚于|上(?=[千万百])"
    r"|at least|since|from|>=|≥"
)
_UNDER = (
    r"少于|小于|不足|低于|不到|不满|没到|未满|没满|未到|不够|没有达到|未达到?|没达到?|早于|不及"
    r"|under|below|fewer than|less than|before|earlier than|prior to|<"
)
_MOST = (
    r"不超过|没超过|未超过|不多于|不大于|不高于|不晚于|不迟于|没有?超过|不超|没超|至多|最多|最高|顶多|充其量"
    r"|at most|up to|no more than|by|<=|≤"
)
_ABOUT = r"大概|大约|约|差不多|将近|接近|近|around|about|roughly"
BEFORE = (
    rf"(?P<most>{_MOST})|(?P<least>{_LEAST})|(?P<under>{_UNDER})|(?P<over>{_OVER})"
    rf"|(?P<about>{_ABOUT})"
)
INCLUSIVE = r"(?:\s*[(（]?含[)）]?)?"
AFTER = (
    r"(?P<since>\s*(?:及其?以后|及之后|以后|之后|以来|往后|起(?!家|步)|开始|至今|后(?=成立|才|的|设立|创|$|[,，。]))(?:才|就)?)"
    r"|(?P<until>\s*(?:及其?以前|及之前|以及之前|及更早))"
    r"|(?P<earlier>\s*(?:以前|之前|前(?!后|景|沿|\d)))"
    r"|(?P<upward>\s*(?:及其?以上|以上|往上|朝上|打底|起步|开外|上下都行)|\+|\s*or more)"
    r"|(?P<downward>\s*(?:及其?以下|以下|以内|之内|封顶|往下|内(?!存|容|部)))"
    r"|(?P<nearly>\s*(?:左右|上下))"
)
# What 约 leaves open on either side, of shares and of anything else.
ROUGHLY, ROUGHLY_OF_SHARES = 0.1, 0.05

_PREFIX = regex(rf"(?:{BEFORE})\s*(?:了|有)?\s*$")
_SUFFIX = regex(rf"(?P<rough>多|余|来)?(?:{AFTER})?")


def share_within(folded: str, start: int, end: int, value: float) -> Measure:
    """Return a share with the comparators that stand before and after it."""
    before = _PREFIX.search(folded[:start])
    after = _SUFFIX.match(folded, end)
    groups = {**(after.groupdict() if after else {}), **(before.groupdict() if before else {})}
    if after and after["rough"]:
        groups["upward"] = groups.get("upward") or after["rough"]
    interval = interval_of(value, groups, year=False, roughly=ROUGHLY_OF_SHARES)
    stop = after.end() if after else end
    return Measure(
        before.start() if before else start,
        stop,
        interval or Interval.point(value),
        Unit.PERCENT,
        bare=interval is None,
    )


def interval_of(
    value: float, groups: dict[str, str | None], *, year: bool, roughly: float = ROUGHLY
) -> Interval | None:
    """Return what the comparators of a match make of a number; None where there are none."""
    if groups.get("most") or groups.get("downward") or groups.get("until"):
        return Interval(high=value)
    if groups.get("least") or groups.get("since"):
        return Interval(low=value)
    if groups.get("upward"):
        return Interval(low=value)
    if groups.get("under") or groups.get("earlier"):
        return Interval(high=value, high_open=True)
    if groups.get("over"):
        return Interval(low=value, low_open=True)
    if not year and (groups.get("about") or groups.get("nearly")):
        return Interval(value * (1 - roughly), value * (1 + roughly))
    return None
