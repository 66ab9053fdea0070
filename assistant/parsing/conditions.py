"""Conditions of a cover: leaves, what turns them round, and how they join.

spans ── leaves (a span with its predicate) ── negated ── joined ──▶ Predicate
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.parsing.measures import Measure, Unit, founding_years
from assistant.parsing.orders import LimitWord
from assistant.parsing.spans import Category, Span, only
from assistant.parsing.vocabulary import FieldWord
from assistant.predicates import axis
from assistant.query import In, Listed, Named, Not, Predicate, Within
from index.regex import regex
from index.schema.interval import Interval

_PREDICATES = frozenset(
    {Category.PLACE, Category.DISTRICT, Category.BATCH, Category.EXCHANGE, Category.VALUE,
     Category.SECTION}
)  # fmt: skip
_LISTING_LABELS = {"unlisted": "未上市", "listed": "已上市", "other": "非营利"}
_FOUNDING = frozenset(
    [
        "成立",
        "成立于",
        "创立",
        "创立于",
        "创办",
        "创办于",
        "创建",
        "设立",
        "注册",
        "诞生",
        "建立",
        "开办",
        "开张",
        "开业",
        "创设",
        "组建",
        "历史",
        "起家",
        "founded",
        "established",
    ]
)
# What a list calls the date of listing, and an answer that no list tells it.
LISTED_ON = "上市时间"
_LISTED = frozenset(["上市", "挂牌"])
_TRADED = frozenset(["交易", "流通", "上板"])
_NOT_IN = regex(r"(?:里面?|中|上|当中)?(?:却|就|又)?(?:没有?|没收录?|不在|找不到)")
_ONLY = regex(
    r"(?:只|仅仅?|单单?|唯独|独)(?:有|是|(?:出现|收录)?[在于]|入选|入围|进入?了?|上了?|属于|见于)?在?"
)
_LET_IN = regex(r"(?:的|企业|公司)*也(?:要|算|行|可以|包括|纳入|一起)")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A condition that a span makes.

    Attributes:
        at: Index of the span in the cover; of several spans the first.
        last: Index of the last span that it uses.
        used: Indices of all spans that it uses.
        predicate: The condition, not yet negated.
        negated: Whether the question turns it round.
    """

    at: int
    last: int
    used: frozenset[int]
    predicate: Predicate
    negated: bool = False

    @property
    def told(self) -> Predicate:
        """What it says, turned round where the question does."""
        return Not(self.predicate) if self.negated else self.predicate

    @property
    def axis(self) -> str:
        """What it narrows."""
        return axis(self.predicate)


def leaves(
    spans: Sequence[Span],
    this_year: int,
    ranking: str | None = None,
    dated: Mapping[str, str] | None = None,
) -> list[Leaf]:
    """Return the conditions of a cover in its order, topics and companies aside.

    Args:
        spans: The cover.
        this_year: The year that ages count from.
        ranking: The column by which a list ranks its companies, if one does.
        dated: The lists' own columns of dates by what happened then.
    """
    found: list[Leaf] = []
    for at, span in enumerate(spans):
        if span.category in _PREDICATES:
            last = at + _traded(spans, at)
            found.append(Leaf(at, last, frozenset(range(at, last + 1)), span.value))
        elif span.category is Category.LISTING:
            predicate = In("listing", (span.value,), _LISTING_LABELS[span.value])
            found.append(Leaf(at, at, frozenset({at}), predicate))
        elif span.category is Category.LIST:
            found.append(_listed(spans, at))
        elif span.category is Category.LIMIT and ranking is not None:
            found.extend(_ranked(spans, at, ranking))
        elif span.category is Category.MEASURE:
            if found and at and spans[at - 1].text in ("含", "包含", "包括", "算上", "也算"):
                found[-1] = _including(found[-1], at, span.value.interval.low)
            elif (leaf := _measured(spans, at, this_year, dated or {})) is not None:
                found.append(leaf)
    absorbed = _absorbed(spans, found)
    # What is let in by itself is let in to the last answer.
    if len(absorbed) == 1 and any(one.rule == "edit.add" for one in spans):
        return absorbed
    return [leaf for leaf in absorbed if not _added(spans, leaf)]


def _traded(spans: Sequence[Span], at: int) -> int:
    """Return how many words after a market only say what shares do there: 在科创板交易的."""
    exchange = spans[at].category is Category.EXCHANGE
    return int(exchange and at + 1 < len(spans) and spans[at + 1].text in _TRADED)


def _listed(spans: Sequence[Span], at: int) -> Leaf:
    """Return the condition of a list, turned round where it is said not to hold who is meant."""
    first = _only(spans, at)
    predicate = Listed(spans[at].value, spans[at].text, only=first < at)
    used = frozenset(range(first, at + 1))
    for last in range(at + 1, min(len(spans), at + 4)):
        after = "".join(one.text for one in spans[at + 1 : last + 1])
        if _NOT_IN.fullmatch(after) and (last + 1 == len(spans) or spans[last + 1].text == "的"):
            return Leaf(at, last, used | frozenset(range(at, last + 1)), predicate, negated=True)
    return Leaf(at, at, used, predicate)


def _only(spans: Sequence[Span], at: int) -> int:
    """Return where the words begin that say that who is meant stands in no other list: 只在."""
    for first in range(max(0, at - 3), at):
        if _ONLY.fullmatch("".join(one.text for one in spans[first:at])):
            return first
    return at


def _ranked(spans: Sequence[Span], at: int, ranking: str) -> Iterator[Leaf]:
    """Yield the places of a list's own ranking: 前十名里没上市的, where no other order is told."""
    word: LimitWord = spans[at].value
    ordered = any(
        one.category is Category.ORDER
        or (one.category is Category.EACH and one.text.startswith("按"))
        or (one.category is Category.FIELD and one.value.key in ("headcount", "founded"))
        for one in spans
    )
    if ordered or word.last:
        return
    low, high = (word.place, word.place) if word.place else (1, word.first or 1)
    predicate = Within(ranking, Interval(low, high), spans[at].text)
    yield Leaf(at, at, frozenset({at}), predicate)


def _including(leaf: Leaf, at: int, number: float) -> Leaf:
    """Return a bound with its end belonging to it: 2014年以后（含2014）."""
    told = leaf.predicate
    if not isinstance(told, Within) or number not in (told.interval.low, told.interval.high):
        return leaf
    closed = Interval(told.interval.low, told.interval.high)
    return replace(leaf, predicate=replace(told, interval=closed), used=leaf.used | {at - 1, at})


def _added(spans: Sequence[Span], leaf: Leaf) -> bool:
    """Return whether something is let in rather than narrowed by: 没上市的也要."""
    after = "".join(span.text for span in spans[leaf.last + 1 : leaf.last + 5])
    return bool(_LET_IN.match(after))


def _measured(
    spans: Sequence[Span], at: int, this_year: int, dated: Mapping[str, str]
) -> Leaf | None:
    """Return the condition that a number sets on the field it belongs to."""
    measure: Measure = spans[at].value
    label = spans[at].text
    if measure.unit is Unit.PEOPLE:
        used = {at} | {i for i in range(max(0, at - 3), at) if _field(spans[i]) == "headcount"}
        return Leaf(min(used), at, frozenset(used), Within("headcount", measure.interval, label))
    if measure.unit is Unit.PLAIN and at and spans[at - 1].text in ("人", "人员", "员工数"):
        return Leaf(
            at - 1, at, frozenset({at - 1, at}), Within("headcount", measure.interval, label)
        )
    field = _bound_field(spans, at)
    if field is not None and not (
        measure.bare and measure.unit is not Unit.YEAR and not _own(field[1])
    ):
        index, key = field
        dates = measure.unit is Unit.YEAR and _own(key)
        interval = _days(measure.interval) if dates else measure.interval
        return Leaf(
            min(index, at),
            max(index, at),
            frozenset({index, at}),
            Within(key, interval, f"{spans[index].text}{label}"),
        )
    if measure.unit is Unit.YEAR and (done := _done(spans, at, dated)) is not None:
        if not done:
            return None
        told = f"{label}{spans[at + 1].text.removesuffix('的')}"
        within = Within(done, _days(measure.interval), told)
        return Leaf(at, at + 1, frozenset({at, at + 1}), within)
    if measure.unit is Unit.YEAR:
        return Leaf(at, at, frozenset({at}), Within("founded", measure.interval, label))
    if measure.unit is Unit.AGE and not measure.bare and _founding_near(spans, at):
        interval = founding_years(measure.interval, this_year)
        return Leaf(at, at, frozenset({at}), Within("founded", interval, f"成立{label}"))
    if measure.unit in (Unit.COUNT, Unit.PLAIN) and not measure.bare:
        return Leaf(at, at, frozenset({at}), Within("count", measure.interval, label))
    return None


_OPENED = frozenset({"开", "办", "建"})


def _done(spans: Sequence[Span], at: int, dated: Mapping[str, str]) -> str | None:
    """Return the column that dates what was done in a year: 2018年处罚的.

    "" where no list tells when that was; None where a year is one of founding.
    """
    if at + 1 == len(spans):
        return None
    after = spans[at + 1]
    text = after.text.removesuffix("的")
    if text in dated:
        return dated[text]
    if after.category is Category.LISTING:
        return LISTED_ON if text in _LISTED else None
    said = spans[at + 2].text if at + 2 < len(spans) else ""
    # 2013年以后开的 is founded then.
    founds = text in _OPENED
    verb = after.category is Category.WORD and str(after.value).startswith("v") and not founds
    past = after.category is Category.DOING and said.startswith("了")
    return "" if past or (verb and said[:1] in ("", "的", "了", "过")) else None


def _days(told: Interval) -> Interval:
    """Return the days of some years: those of 2018 end where 2019 begins."""
    low = told.low + 1 if told.low_open else told.low
    return Interval(low, told.high if told.high_open else told.high + 1, high_open=True)


def _own(key: str) -> bool:
    return key not in ("headcount", "founded", "listing", "city", "batch")


def _field(span: Span) -> str | None:
    if span.category is Category.FIELD:
        word: FieldWord = span.value
        return word.key
    return None


_NUMERIC = frozenset({"headcount", "founded"})


def _bound_field(spans: Sequence[Span], at: int) -> tuple[int, str] | None:
    """Return the field that stands before a number, or right after it: 营收超过100亿."""
    measure: Measure = spans[at].value
    for index in range(at - 1, max(-1, at - 4), -1):
        span = spans[index]
        key = _field(span)
        if key is not None and (key in _NUMERIC or span.rule == "field.column"):
            if measure.unit is Unit.YEAR and key == "headcount":
                return None
            return index, key
        if (
            span.category not in (Category.GRAMMAR, Category.WORD, Category.ASK)
            or "，" in span.text
        ):
            break
    if at + 1 < len(spans) and not measure.bare:
        key = _field(spans[at + 1])
        if key is not None and spans[at + 1].rule == "field.column":
            return at + 1, key
    return None


def _founding_near(spans: Sequence[Span], at: int) -> bool:
    return any(
        one.text in _FOUNDING
        or any(word in one.text for word in ("历史", "老企业", "老公司", "老店"))
        for one in spans[max(0, at - 3) : at + 4]
    )


def _absorbed(spans: Sequence[Span], found: list[Leaf]) -> list[Leaf]:
    """Return the leaves without 上市 that only completes an exchange: 科创板上市, 上市于深交所."""
    kept: list[Leaf] = []
    for number, leaf in enumerate(found):
        listed = isinstance(leaf.predicate, In) and leaf.predicate.values == ("listed",)
        before, after = _beside(spans, found, number)
        if (
            listed
            and before in kept
            and before is not None
            and _unlisted(before)
            and leaf.at - before.last <= 1
        ):
            kept[kept.index(before)] = replace(before, last=leaf.last, used=before.used | leaf.used)
            continue
        if listed and (_exchange(before) or _exchange(after)):
            beside = before if before is not None and _exchange(before) else after
            assert beside is not None  # noqa: S101 - one of both is an exchange
            if beside in kept:
                kept[kept.index(beside)] = replace(
                    beside, last=leaf.last, used=beside.used | leaf.used
                )
            else:
                found[number + 1] = replace(beside, at=leaf.at, used=beside.used | leaf.used)
            continue
        kept.append(leaf)
    return kept


def _beside(
    spans: Sequence[Span], found: Sequence[Leaf], number: int
) -> tuple[Leaf | None, Leaf | None]:
    """Return the leaves right before and after one, with nothing but 的 between on neither side."""
    leaf = found[number]
    before = found[number - 1] if number else None
    after = found[number + 1] if number + 1 < len(found) else None
    near_before = (
        before is not None and leaf.at - before.last <= 1 and _unbroken(spans, before.last, leaf.at)
    )
    near_after = (
        after is not None
        and only(spans, leaf.last + 1, after.at, frozenset({Category.GRAMMAR}))
        and after.at - leaf.last <= 3
        and _unbroken(spans, leaf.last, after.at)
    )
    return (before if near_before else None), (after if near_after else None)


def _unbroken(spans: Sequence[Span], first: int, last: int) -> bool:
    """Return whether nothing is left out between spans but the spaces of Latin words."""
    pairs = pairwise(spans[first : last + 1])
    return all(one.end == two.start or two.text.isascii() for one, two in pairs)


def _unlisted(leaf: Leaf) -> bool:
    return isinstance(leaf.predicate, In) and leaf.predicate.values == ("unlisted",)


def _exchange(leaf: Leaf | None) -> bool:
    return (
        leaf is not None and isinstance(leaf.predicate, In) and leaf.predicate.field == "exchange"
    )


def named(spans: Sequence[Span]) -> list[Leaf]:
    """Return the companies that a cover names, in its order."""
    return [
        Leaf(at, at, frozenset({at}), Named(span.value, span.text))
        for at, span in enumerate(spans)
        if span.category is Category.COMPANY
    ]
