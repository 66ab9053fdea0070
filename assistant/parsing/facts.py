"""What a question says of the asker's own company: intervals, each with its requirement.

不到3% is [0, 3), 至少两项 is [2, ∞); an amount of money is a share of the income told beside it.
What a question asks about a rule (要5项对吧) is no fact about the asker.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import inf

from assistant.parsing.measures import Measure, Unit
from assistant.parsing.numbers import read_measures
from assistant.query import Fact
from assistant.requirements.vocabulary import load_requirements
from index.regex import regex
from index.schema.interval import Interval

_CLAUSE = regex(r"[,，。;；!！?？\n]+")
_NEARLY = 30
_LONGEST_LABEL = 12
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
_OTHER_PATENTS = regex(r"实用新型|外观|软著|软件著作权")
_PENDING = regex(
    r"正在申请|申请中|在申请|还没授权|未授权|没授权|没下来|在审|受理|还没拿到|没拿到证|公示期"
)
_LAPSED = regex(r"失效|过期|到期|作废|无效")
_ALL_LAPSED = regex(r"(?:都|全|均|已经?)[^,，。;；]{0,3}(?:失效|过期|到期|作废|无效)")
_ALWAYS = regex(
    r"(?:一直|始终|从来|以来)[^,，。;；]{0,4}[做干搞]|(?:一直|始终)[^,，。;；]{0,3}(?:专注|从事|深耕)"
)
_GRANTED = regex(r"已授权|授了?权|已经?拿到|下了?证|有效|剩|下来了")
_PART = regex(r"其中|里[面头]?|当中|(?<![还另又])有[^,，。;；]{0,2}$")
_NONE = regex(
    r"(?:没有?|无|尚无|还没有?)(?!授权|下来|统计|算)(?:任何|一[项件个])?[^,，。;；\d]{0,4}专利"
    r"|一[项件个](?:有效)?(?:发明)?专利(?:都|也)(?:没有?|无)|专利[^,，。;；\d]{0,3}(?:都没有?|为零|为0|是零|是0|也没有|没有(?!统计)|零)"
)
_NOT_INVENTION = regex(r"(?:都|全|全都)(?:不是|非)发明|没有?(?:一[项件个])?(?:是)?发明")
_MISSED = regex(
    r"^[^,，。;；]{0,6}(?:进不去|没进|进不了|没有|不到|达不到|够不上|都没|排不进|没排进|也没)"
)
_TEN_THOUSAND = 10_000
# The income and its parts, of which amounts of money are told.
_AMOUNTS = ("income", "research", "revenue")


@dataclass(frozen=True, slots=True)
class Subject:
    """What figures of one requirement are of; see the comments of the data file."""

    key: str
    about: re.Pattern[str]
    units: frozenset[Unit]
    rest: re.Pattern[str] | None
    part: bool
    top: bool


@cache
def load_subjects() -> Mapping[str, Subject]:
    """Return the subjects of ``data/facts.toml`` by requirement."""
    data = tomllib.loads((files("assistant") / "data/facts.toml").read_text("utf-8"))
    return {
        key: Subject(
            key,
            regex(entry["about"]),
            frozenset(map(Unit, entry["unit"])),
            regex(entry["rest"]) if "rest" in entry else None,
            entry.get("part", False),
            entry.get("top", False),
        )
        for key, entry in data.items()
    }


@dataclass(frozen=True, slots=True)
class Told:
    """A fact and the stretch that says it."""

    fact: Fact
    start: int
    end: int


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
    yield from _patents(folded, measures)
    yield from _shares(folded, measures)
    yield from _figures(folded, measures, this_year)


def _first_of_each(told: Iterable[Told]) -> dict[str, Told]:
    found: dict[str, Told] = {}
    for one in told:
        found.setdefault(one.fact.requirement, one)
    return found


def _asks(folded: str, measure: Measure) -> bool:
    """Return whether a number is what is asked about a rule rather than told of the asker."""
    start, _ = _bounds(folded, measure)
    if _OWN.search(folded[: measure.start]):
        return False
    asked = _ASKED.search(folded[start : measure.start])
    confirmed = _CONFIRMED.search(folded[measure.end : measure.end + 2])
    return bool(asked and confirmed) or _of_rule(folded, measure.start, measure.end)


def _of_rule(folded: str, start: int, end: int) -> bool:
    """Return whether the clause of a stretch asks what a rule is: 是不是要达到5%."""
    if _OWN.search(folded[:start]) or ATTRIBUTE.match(folded[end:]):
        return False
    low = max((m.end() for m in _CLAUSE.finditer(folded, 0, start)), default=0)
    ends = (m.end() for m in _CLAUSE.finditer(folded, end) if folded[m.end() : m.end() + 1] != "是")
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


def _patents(folded: str, measures: Sequence[Measure]) -> Iterator[Told]:
    """Yield how many valid invention patents there are."""
    if match := _NONE.search(folded):
        yield Told(Fact("patents", Interval.point(0), match.group()), *match.span())
        return
    counted = [one for one in measures if one.unit is Unit.ITEMS]
    mine = [one for one in counted if _of_patents(folded, one)]
    if not mine:
        other = [one for one in counted if _near(folded, one, _OTHER_PATENTS) is not None]
        if other and "专利" in folded:
            yield Told(_patent(folded, other[0], Interval.point(0)), other[0].start, other[0].end)
        return
    more = [one for one in counted if one.start > mine[0].start and _of_them(folded, one)]
    interval = _whole(_valid(folded, mine[0], more))
    end = max(one.end for one in (*mine, *more))
    yield Told(_patent(folded, mine[0], interval), mine[0].start, end)


def _valid(folded: str, first: Measure, more: Sequence[Measure]) -> Interval:
    """Return how many of some invention patents are valid: 5项，其中2项失效 are three."""
    rest = folded[: first.start] + folded[first.end :]
    if _NOT_INVENTION.search(rest):
        return Interval.point(0)
    valid = next((one for one in more if _GRANTED.search(_clause_of(folded, one))), None)
    if valid is not None and not _void(folded, valid):
        return valid.interval
    if not more and (_PENDING.search(rest) or _ALL_LAPSED.search(rest)):
        return Interval.point(0)
    if _PENDING.search(_clause_of(folded, first)):
        return Interval.point(0)
    left = Interval(max(0.0, first.interval.low), first.interval.high,
                    first.interval.low_open, first.interval.high_open)  # fmt: skip
    for one in more:
        inside = _PART.search(folded[first.end : one.end])
        if _void(folded, one) and (inside or _LAPSED.search(_clause_of(folded, one))):
            left = _less(left, one.interval)
    if not more and _LAPSED.search(rest):
        return Interval(0.0, left.high, high_open=True)
    return left


def _whole(interval: Interval) -> Interval:
    """Return the whole numbers of an interval: more than one is at least two."""
    low = interval.low + 1 if interval.low_open else interval.low
    return replace(interval, low=low, low_open=False)


def _void(folded: str, measure: Measure) -> bool:
    """Return whether what is counted is no valid patent: lapsed, or not granted yet."""
    clause = _clause_of(folded, measure)
    return bool(_PENDING.search(clause) or _LAPSED.search(clause))


def _less(interval: Interval, lost: Interval) -> Interval:
    return Interval(max(0.0, interval.low - lost.high), max(0.0, interval.high - lost.low),
                    interval.low_open, interval.high_open)  # fmt: skip


def _of_them(folded: str, measure: Measure) -> bool:
    """Return whether a number counts some of the patents told before."""
    clause = _clause_of(folded, measure)
    void = _PENDING.search(clause) or _LAPSED.search(clause) or _GRANTED.search(clause)
    return bool(void) and not _OTHER_PATENTS.search(clause)


def _clause_of(folded: str, measure: Measure) -> str:
    start, end = _bounds(folded, measure)
    return folded[start:end]


def _bounds(folded: str, measure: Measure) -> tuple[int, int]:
    """Return where the clause of a number starts and ends."""
    start = max((m.end() for m in _CLAUSE.finditer(folded, 0, measure.start)), default=0)
    return start, next((m.start() for m in _CLAUSE.finditer(folded, measure.end)), len(folded))


def _patent(folded: str, measure: Measure, interval: Interval) -> Fact:
    return Fact("patents", interval, _label(folded, measure))


def _of_patents(folded: str, measure: Measure) -> bool:
    """Return whether a number counts invention patents rather than other ones."""
    about = load_subjects()["patents"].about
    if about.search(folded, measure.start, measure.end):
        return True  # Written in one with its number: 2 patents.
    mine = _near(folded, measure, about)
    other = _near(folded, measure, _OTHER_PATENTS)
    return mine is not None and (other is None or mine < other)


def _near(folded: str, measure: Measure, pattern: re.Pattern[str]) -> int | None:
    """Return how far from a number a pattern stands in its clause; None if it does not."""
    start, end = _bounds(folded, measure)
    before = [measure.start - m.end() for m in pattern.finditer(folded, start, measure.start)]
    after = [m.start() - measure.end + 1 for m in pattern.finditer(folded, measure.end, end)]
    return min((*before, *after), default=None)


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
    near = _near(folded, measure, pattern)
    if near is not None:
        start = max((m.end() for m in _CLAUSE.finditer(folded, 0, measure.start)), default=0)
        after = pattern.search(folded, measure.end)
        ahead = pattern.search(folded, start, measure.start)
        return near if ahead else near + 3 if after else near
    start = max((m.end() for m in _CLAUSE.finditer(folded, 0, measure.start)), default=0)
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
    label = _label(folded, measure)
    return Told(Fact(subject.key, interval, label), measure.start, measure.end)


def _label(folded: str, measure: Measure) -> str:
    """Return the words of a clause up to the end of a figure, and the noun right after it."""
    before = _CLAUSE.split(folded[: measure.start])[-1][-_LONGEST_LABEL:]
    after = re.match(r"(?:有效)?(?:发明)?专利", folded[measure.end :])
    return before + folded[measure.start : measure.end] + (after.group() if after else "")


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
        label = f"{_label(folded, one)}（{_label(folded, whole)}的{high:g}%）"
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
