"""The conditions, the topic and the companies of a question, as a predicate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from assistant.adapter.known import Known
from assistant.predicates import alternative, conjunction
from assistant.query import (
    EVERYTHING,
    About,
    Among,
    Blank,
    In,
    Listed,
    Named,
    Not,
    Predicate,
    Within,
)
from assistant.search.sections import SECTION
from assistant.understanding.axes import axis
from assistant.understanding.types import LISTS, MISSING_LIST, Branch, Condition, Question, Topic
from index.schema.interval import Interval
from index.schema.normalize import fold
from index.types import Facts

# From this share of what is sought on, the linked words of a topic say enough without the rest.
_ENOUGH = 0.5

# Batches later than this are written for any later one (第三批以后).
_LATEST_BATCH = 29

# Conditions on numbers of places, which no company fulfils.
COUNT = "count"


def selection(question: Question, known: Known) -> Predicate:
    """Return what the companies that a question is about must fulfil."""
    parts = [narrowing(question.conditions, known)]
    if question.either:
        parts.append(alternative(_branch(one, question.topic, known) for one in question.either))
        if all(one.topic or one.topic.excluded for one in question.either):
            parts.append(described(Topic(excluded=question.topic.excluded)))
    else:
        parts.append(described(question.topic))
    if question.excluded:
        names = known.names(question.excluded)
        parts += [
            Not(Named((company,), name))
            for company, name in zip(question.excluded, names, strict=True)
        ]
    if question.within is not None:
        parts.append(Among(question.within, f"上一回答的 {len(question.within)} 家"))
    return conjunction(parts)


def named(companies: Iterable[str], known: Known) -> Named:
    """Return the companies that a question names."""
    ids = tuple(companies)
    return Named(ids, "、".join(known.names(ids)))


def narrowing(conditions: Sequence[Condition], known: Known) -> Predicate:
    """Return conditions as a predicate: those of one axis are alternatives, others all hold."""
    axes: dict[str, list[Condition]] = {}
    for number, condition in enumerate(conditions):
        if condition.field == COUNT or condition.values == {MISSING_LIST}:
            continue
        # Bounds of one number hold together (2010年以后、2015年以前), and so do negations.
        alone = (
            condition.field in LISTS
            or condition.negated
            or condition.blank
            or condition.low is not None
            or condition.high is not None
        )
        axes.setdefault(str(number) if alone else axis(condition), []).append(condition)
    return conjunction(
        alternative(fulfilled(one, known) for one in together) for together in axes.values()
    )


def _branch(branch: Branch, shared: Topic, known: Known) -> Predicate:
    own = branch.topic if branch.topic or branch.topic.excluded else shared
    return conjunction((narrowing(branch.conditions, known), described(own)))


def fulfilled(condition: Condition, known: Known) -> Predicate:
    """Return one condition as a predicate."""
    plain = _plain(condition, known)
    return Not(plain) if condition.negated else plain


def _plain(condition: Condition, known: Known) -> Predicate:
    field, label = condition.field, condition.label
    values = tuple(sorted(str(one) for one in condition.values))
    if condition.blank:
        return Blank(field, label)
    if field in LISTS:
        return Listed(values, label, only=field == "only_list")
    if field in _OWN_WAYS:
        return _OWN_WAYS[field](condition, known)
    if not values:
        return Within(field, _interval(condition.low, condition.high), label)
    if field == "founded":
        return alternative(Within(field, Interval.point(int(one)), label) for one in values)
    return In(field, values, label, contains=field == SECTION or not hasattr(Facts, field))


def _exchange(condition: Condition, _: Known) -> Predicate:
    return In("exchange", (fold(condition.label),), condition.label)


def _region(condition: Condition, known: Known) -> Predicate:
    name = condition.label
    region = known.gazetteer.region(name)
    if region is None:
        return In("province", (name,), name)
    provinces, cities = tuple(sorted(region.provinces)), tuple(sorted(region.cities))
    if not provinces:
        return In("city", cities, name)
    whole = In("province", provinces, name)
    return alternative((whole, In("city", cities))) if cities else whole


def _district(condition: Condition, _: Known) -> Predicate:
    """Return a district within the cities that have one of its name: elsewhere nothing is in it."""
    values = tuple(sorted(fold(str(one)) for one in condition.values))
    district = In("district", values, condition.label)
    cities = tuple(sorted(condition.cities))
    return conjunction((district, In("city", cities))) if cities else district


def _batches(condition: Condition, _: Known) -> Predicate:
    """Return batches as runs of numbers: 前两批和第五批 are two."""
    if not condition.values:
        return Within("batch", _interval(condition.low, condition.high), condition.label)
    numbers = sorted(int(value) for value in condition.values)
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    spans = (_interval(run[0], run[-1] if run[-1] < _LATEST_BATCH else None) for run in runs)
    return alternative(Within("batch", span, condition.label) for span in spans)


_OWN_WAYS: Mapping[str, Callable[[Condition, Known], Predicate]] = {
    "region": _region,
    "district": _district,
    "batch": _batches,
    "exchange": _exchange,
}


def _interval(low: float | None, high: float | None) -> Interval:
    return Interval(
        float("-inf") if low is None else low,
        float("inf") if high is None else high,
    )


def described(topic: Topic) -> Predicate:
    """Return what companies must be about, and what they must not be about."""
    return conjunction(_described(topic))


def _described(topic: Topic) -> Iterator[Predicate]:
    if topic:
        sure = topic.terms and not topic.unknown and topic.share >= _ENOUGH
        said = "或".join(topic.labels) if topic.either else topic.phrase
        loose = topic.unknown if topic.share >= _ENOUGH else (*topic.unknown, *topic.stray)
        yield About(
            text=said if sure else topic.sought or said,
            terms=topic.terms,
            unlinked=tuple(dict.fromkeys(map(fold, loose))),
            either=topic.either,
            several=topic.several,
            share=topic.share,
        )
    yield from (Not(About(term, (term,))) for term in topic.excluded)


def places_of(areas: Sequence[Condition], known: Known) -> Predicate:
    """Return areas as places of the statistics; one without a row stands for those inside it."""
    told = [In("place", _places(area, known), area.label) for area in areas]
    return alternative(told) if told else EVERYTHING


def _places(area: Condition, known: Known) -> tuple[str, ...]:
    places = sorted(map(str, area.values))
    region = known.gazetteer.region(area.label) if area.field == "region" else None
    if region is not None:
        places = [*sorted(region.provinces), *sorted(region.cities)]
    return tuple(dict.fromkeys((*places, *known.within(area))))
