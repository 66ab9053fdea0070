"""How many valid invention patents an applicant tells of: 5项，其中2项失效 are three."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.parsing.measures import Measure, Unit
from assistant.parsing.stretches import Told, clause_of, label_of, load_subjects, near
from assistant.query import Fact
from index.regex import regex
from index.schema.interval import Interval

_OTHER_PATENTS = regex(r"实用新型|外观|软著|软件著作权")
_PENDING = regex(
    r"正在申请|申请中|在申请|还没授权|未授权|没授权|没下来|在审|受理|还没拿到|没拿到证|公示期"
)
_LAPSED = regex(r"失效|过期|到期|作废|无效")
_ALL_LAPSED = regex(r"(?:都|全|均|已经?)[^,，。;；]{0,3}(?:失效|过期|到期|作废|无效)")
_GRANTED = regex(r"已授权|授了?权|已经?拿到|下了?证|有效|剩|下来了")
_PART = regex(r"其中|里[面头]?|当中|(?<![还另又])有[^,，。;；]{0,2}$")
_NONE = regex(
    r"(?:没有?|无|尚无|还没有?)(?!授权|下来|统计|算)(?:任何|一[项件个])?[^,，。;；\d]{0,4}专利"
    r"|一[项件个](?:有效)?(?:发明)?专利(?:都|也)(?:没有?|无)|专利[^,，。;；\d]{0,3}(?:都没有?|为零|为0|是零|是0|也没有|没有(?!统计)|零)"
)
_NOT_INVENTION = regex(r"(?:都|全|全都)(?:不是|非)发明|没有?(?:一[项件个])?(?:是)?发明")


def of_patents(folded: str, measures: Sequence[Measure]) -> Iterator[Told]:
    """Yield how many valid invention patents there are."""
    if match := _NONE.search(folded):
        yield Told(Fact("patents", Interval.point(0), match.group()), *match.span())
        return
    counted = [one for one in measures if one.unit is Unit.ITEMS]
    mine = [one for one in counted if _counts_patents(folded, one)]
    if not mine:
        other = [one for one in counted if near(folded, one, _OTHER_PATENTS) is not None]
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
    valid = next((one for one in more if _GRANTED.search(clause_of(folded, one))), None)
    if valid is not None and not _void(folded, valid):
        return valid.interval
    if not more and (_PENDING.search(rest) or _ALL_LAPSED.search(rest)):
        return Interval.point(0)
    if _PENDING.search(clause_of(folded, first)):
        return Interval.point(0)
    left = Interval(max(0.0, first.interval.low), first.interval.high,
                    first.interval.low_open, first.interval.high_open)  # fmt: skip
    for one in more:
        inside = _PART.search(folded[first.end : one.end])
        if _void(folded, one) and (inside or _LAPSED.search(clause_of(folded, one))):
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
    clause = clause_of(folded, measure)
    return bool(_PENDING.search(clause) or _LAPSED.search(clause))


def _less(interval: Interval, lost: Interval) -> Interval:
    return Interval(max(0.0, interval.low - lost.high), max(0.0, interval.high - lost.low),
                    interval.low_open, interval.high_open)  # fmt: skip


def _of_them(folded: str, measure: Measure) -> bool:
    """Return whether a number counts some of the patents told before."""
    clause = clause_of(folded, measure)
    void = _PENDING.search(clause) or _LAPSED.search(clause) or _GRANTED.search(clause)
    return bool(void) and not _OTHER_PATENTS.search(clause)


def _patent(folded: str, measure: Measure, interval: Interval) -> Fact:
    return Fact("patents", interval, label_of(folded, measure))


def _counts_patents(folded: str, measure: Measure) -> bool:
    """Return whether a number counts invention patents rather than other ones."""
    about = load_subjects()["patents"].about
    if about.search(folded, measure.start, measure.end):
        return True  # Written in one with its number: 2 patents.
    mine = near(folded, measure, about)
    other = near(folded, measure, _OTHER_PATENTS)
    return mine is not None and (other is None or mine < other)
