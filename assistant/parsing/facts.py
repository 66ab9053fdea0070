"""What a question says of the asker's own company: intervals, each with its requirement.

不到3% is [0, 3), 至少两项 is [2, ∞); an amount of money is a share of the income told beside it.
What a question asks about a rule (要5项对吧) is no fact about the asker.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from math import inf

from assistant.parsing.measures import Measure, Unit
from assistant.parsing.numbers import read_measures
from assistant.parsing.patents import of_patents
from assistant.parsing.stretches import (
    CLAUSE,
    Subject,
    Told,
    bounds,
    label_of,
    load_subjects,
    near,
)
from assistant.query import Fact
from assistant.requirements.vocabulary import load_requirements
from index.regex import regex
from index.schema.interval import Interval

_NEARLY = 30
_ASKED = regex(
    r"(?:要求?|需要?|必须|得(?!分)|须|应该?|规定|标准是|门槛是|非要|卡在)[^,，。]{0,10}$"
)
_CONFIRMED = regex(r"(?:对吧|对不对|对吗|是吧|是不是|吗|么|为什么|是否|？|\?)")
_RULE_ASKED = regex(
    r"哪[一几]?[类种项条个样]|什么|为什么|还是(?![不没能])|是指|指的是|[这那][项条](?![^,，。]{0,2}\d)|代替|替代"
    r"|(?:是不是|是否|是不|算不算)(?:就|都)?(?:必须|一定|需?要|得|非)"
    r"|(?:必须|一定要?|需要|要求|非得|需|要|得(?![分到过了]))[^,，。;；]{0,14}(?:吗|么|嘛|对吧|对不对|是吧|[?？])"
    r"|对吧|对不对|对么|对吗|是吧|两[个条项]都|有一[个条项]就"
)
_OBLIGED = regex(r"必须|必需|一定|非得|需要|要求|硬性|[要得](?!不)")
_OWN = regex(r"我|咱|俺|本公司|本企业|敝司|弊司|公司(?:是|去年|今年|开|刚|现在)")
ATTRIBUTE = regex(r"(?:以上|以下)?的(?:企业|公司|单位)")
_ALWAYS = regex(
    r"(?:一直|始终|从来|以来)[^,，。;；]{0,4}[做干搞]|(?:一直|始终)[^,，。;；]{0,3}(?:专注|从事|深耕)"
)
_MISSED = regex(
    r"^[^,，。;；]{0,6}(?:进不去|没进|进不了|没有|不到|达不到|够不上|都没|排不进|没排进|也没)"
)
_TEN_THOUSAND = 10_000
# The income and its parts, of which amounts of money are told.
_AMOUNTS = ("income", "research", "revenue")


def read_facts(folded: str, this_year: int, made: Collection[str]) -> list[Told]:
    """Return what a text says of the asker's own company, the first of each requirement.

    Args:
        folded: The question.
        this_year: The year that 从2019年起 counts to.
        made: Keys of the requirements that the lists make; others are not read.
    """
    measures = [one for one in read_measures(folded, this_year) if not _asks(folded, one)]
    plain = [one for one in _plain(folded, made) if not _of_rule(folded, one.start, one.end)]
    found = _first_of_each((*plain, *_figured(folded, measures, this_year)))
    return [told for told in _founded(folded, found, made) if told.fact.requirement in made]


def read_claims(folded: str, this_year: int, made: Collection[str]) -> list[Told]:
    """Return the figures that a question supposes the rules to name: 要5项对吧."""
    measures = [one for one in read_measures(folded, this_year) if _asks(folded, one)]
    found = _first_of_each(_figured(folded, measures, this_year))
    return [told for told in found.values() if told.fact.requirement in made]


def confirmed(folded: str) -> str:
    """Return whether a question for yes or no is of what must be, or of what may be."""
    return "must" if _OBLIGED.search(folded) else "may"


def _figured(folded: str, measures: Sequence[Measure], this_year: int) -> Iterator[Told]:
    yield from of_patents(folded, measures)
    yield from _shares(folded, measures)
    yield from _figures(folded, measures, this_year)


def _first_of_each(told: Iterable[Told]) -> dict[str, Told]:
    found: dict[str, Told] = {}
    for one in told:
        found.setdefault(one.fact.requirement, one)
    return found


def _asks(folded: str, measure: Measure) -> bool:
    """Return whether a number is what is asked about a rule rather than told of the asker."""
    start, _ = bounds(folded, measure)
    if _OWN.search(folded[: measure.start]):
        return False
    asked = _ASKED.search(folded[start : measure.start])
    confirmed = _CONFIRMED.search(folded[measure.end : measure.end + 2])
    return bool(asked and confirmed) or _of_rule(folded, measure.start, measure.end)


def _of_rule(folded: str, start: int, end: int) -> bool:
    """Return whether the clause of a stretch asks what a rule is: 是不是要达到5%."""
    if _OWN.search(folded[:start]) or ATTRIBUTE.match(folded[end:]):
        return False
    low = max((m.end() for m in CLAUSE.finditer(folded, 0, start)), default=0)
    ends = (m.end() for m in CLAUSE.finditer(folded, end) if folded[m.end() : m.end() + 1] != "是")
    high = next(ends, len(folded))
    return bool(_RULE_ASKED.search(folded[low:high]))


def _plain(folded: str, made: Collection[str]) -> Iterator[Told]:
    """Yield what is told by yes or no; a plain no comes before any number."""
    for key, one in load_requirements().items():
        if key not in made or one.unit is not None:
            continue
        for patterns, value in ((one.no, 0), (one.yes, 1)):
            match = next((m for p in patterns if (m := p.search(folded))), None)
            if match:
                fact = Fact(key, Interval.point(value), match.group())
                yield Told(fact, *match.span())
                break


def _figures(folded: str, measures: Sequence[Measure], this_year: int) -> Iterator[Told]:
    """Yield the figures that stand beside what they are of."""
    for measure in measures:
        best: tuple[int, Subject, bool] | None = None
        unit = Unit.MONEY if _is_amount(folded, measure) else measure.unit
        for subject in load_subjects().values():
            if unit not in subject.units or subject.key == "patents":
                continue
            if subject.part and unit is Unit.MONEY:
                continue
            if unit is Unit.PERCENT and subject.top is not _after_top(folded, measure):
                continue
            for pattern, rest in ((subject.about, False), (subject.rest, True)):
                away = _distance(folded, measure, pattern) if pattern else None
                if away is not None and (best is None or away < best[0]):
                    best = (away, subject, rest)
        if best is not None:
            yield _told(folded, measure, best[1], this_year, rest=best[2])


def _after_top(folded: str, measure: Measure) -> bool:
    return bool(re.search(r"(?:前|排名?前?)\s*$", folded[: measure.start]))


def _distance(folded: str, measure: Measure, pattern: re.Pattern[str]) -> int | None:
    """Return how far before a number its subject stands, or after it, a little worse."""
    away = near(folded, measure, pattern)
    if away is not None:
        start = max((m.end() for m in CLAUSE.finditer(folded, 0, measure.start)), default=0)
        after = pattern.search(folded, measure.end)
        ahead = pattern.search(folded, start, measure.start)
        return away if ahead else away + 3 if after else away
    start = max((m.end() for m in CLAUSE.finditer(folded, 0, measure.start)), default=0)
    if start and any(one.search(folded, start, measure.start) for one in _abouts()):
        return None
    back = list(pattern.finditer(folded, max(0, start - _NEARLY), start))
    return 20 + start - back[-1].end() if back else None


@cache
def _abouts() -> tuple[re.Pattern[str], ...]:
    return tuple(one.about for one in load_subjects().values())


def _told(folded: str, measure: Measure, subject: Subject, this_year: int, *, rest: bool) -> Told:
    interval = measure.interval
    if measure.unit is Unit.YEAR:
        since = interval.high == inf or (interval.low == interval.high)
        high = this_year - interval.low if interval.low != -inf else inf
        low = this_year - interval.high if interval.high != inf else (high if since else 0)
        interval = Interval(max(0.0, low), max(0.0, high))
    if rest:
        interval = Interval(
            100 - interval.high, 100 - interval.low, interval.high_open, interval.low_open
        )
    if measure.unit is Unit.MONEY or _is_amount(folded, measure):
        interval = Interval(interval.low / _TEN_THOUSAND, interval.high / _TEN_THOUSAND,
                            interval.low_open, interval.high_open)  # fmt: skip
    if subject.top and _MISSED.match(folded[measure.end :]):
        interval = Interval(low=interval.high, low_open=True)
    interval = interval if interval.low != -inf else replace(interval, low=0.0)
    label = label_of(folded, measure)
    return Told(Fact(subject.key, interval, label), measure.start, measure.end)


def _shares(folded: str, measures: Sequence[Measure]) -> Iterator[Told]:
    """Yield shares in percent from two amounts: 营收一个亿，研发费用300万 is 3%."""
    amounts = [one for one in measures if one.unit is Unit.MONEY or _is_amount(folded, one)]
    subjects = load_subjects()
    every = (one for one in amounts if folded[: one.start].endswith("每"))
    taken = (one for one in amounts if _owner(folded, one, _AMOUNTS) == "income")
    whole = next(every, None) or next(taken, None)
    if whole is None or whole.interval.low <= 0:
        return
    parts = ("research", "revenue") if folded[: whole.start].endswith("每") else _AMOUNTS
    for one in amounts:
        key = _owner(folded, one, parts)
        if one is whole or key not in subjects or not subjects[key].part:
            continue
        low = _ratio(one.interval.low, whole.interval.high)
        high = _ratio(one.interval.high, whole.interval.low)
        label = f"{label_of(folded, one)}（{label_of(folded, whole)}的{high:g}%）"
        yield Told(Fact(key, Interval(min(low, high), high), label), one.start, one.end)


def _ratio(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole not in (0, inf) else 0.0


def _is_amount(folded: str, measure: Measure) -> bool:
    return measure.unit is Unit.PLAIN and folded[measure.end - 1] in "万亿"


def _owner(folded: str, measure: Measure, keys: Sequence[str]) -> str:
    """Return which of the income and its parts an amount is of."""
    found = {
        key: away
        for key in keys
        if (away := _distance(folded, measure, load_subjects()[key].about)) is not None
    }
    return min(found, key=lambda key: found[key]) if found else ""


def _founded(folded: str, found: dict[str, Told], made: Collection[str]) -> Iterator[Told]:
    """Yield the facts; how long a company exists bounds how long it has done what it does."""
    for key, told in found.items():
        if key == "age" and "age" not in made and "years" not in found:
            low = told.fact.interval.low if _ALWAYS.search(folded) else 0.0
            interval = replace(told.fact.interval, low=low)
            yield replace(told, fact=Fact("years", interval, told.fact.label))
        else:
            yield told


def refigured(folded: str, before: Sequence[Fact], this_year: int) -> Iterator[Fact]:
    """Yield the last fact told in the unit of a figure, with that figure: 要是只有2%呢."""
    for measure in read_measures(folded, this_year):
        if folded[measure.end - 1] == "条":
            continue  # 两条合起来看 counts what was told.
        for fact in reversed(before):
            subject = load_subjects().get(fact.requirement)
            if subject is not None and measure.unit in subject.units:
                yield _told(folded, measure, subject, this_year, rest=False).fact
                break
