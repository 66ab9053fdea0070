"""Words that point back to the last answer, and the companies that they pick."""

from __future__ import annotations

from dataclasses import replace

from assistant.parsing.measures import Measure, Unit
from assistant.parsing.orders import LimitWord, OrderWord
from assistant.parsing.previous import Previous
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.parsing.vocabulary import FieldWord
from assistant.query import About

_FEWEST = 2
_ADDING = frozenset({"加上", "再加", "外加", "连同"})
# What changes the last question by itself; the others are accounted for by what they do to it.
_PLAIN_EDITS = ("only", "instead", "then", "more", "fresh", "recent")
# The fields whose values are pointed back to.
_FIELDS = {"there": "city", "district": "district"}
_ASKING = ("which", "wanted", "count", "share", "exists", "sum", "difference")


def edits_of(reading: Reading, *names: str) -> list[int]:
    """Return the indices of the words of some names that change the last question.

    A question that begins with 加上 adds to the last one.
    """
    told = [at for at in reading.of(Category.EDIT) if reading.spans[at].value in names]
    adds = "add" in names and bool(reading.spans) and reading.spans[0].text in _ADDING
    return [0, *told] if adds else told


def points(reading: Reading, *names: str) -> list[int]:
    """Return the indices of the words of some names that point back."""
    return [at for at in reading.of(Category.POINTER) if reading.spans[at].value in names]


def pointing_words(reading: Reading) -> frozenset[int]:
    """Return the words that point back or change what was asked."""
    return frozenset((*reading.of(Category.POINTER), *edits_of(reading, *_PLAIN_EDITS)))


def unpointed(reading: Reading) -> Reading:
    """Return a first question about a company with 那个区 read as 哪个区: nothing is pointed to."""
    if not reading.companies:
        return reading
    spans = [
        replace(one, category=Category.FIELD, value=FieldWord(_FIELDS[one.value], asks=True))
        if one.category is Category.POINTER and one.value in _FIELDS
        else one
        for one in reading.spans
    ]
    return replace(reading, spans=spans) if spans != list(reading.spans) else reading


def exchanges(reading: Reading) -> bool:
    """Return whether a question only names another value for the last one: 苏州企业呢, 换成广州."""
    return bool(edits_of(reading, "instead")) and not reading.asks(*_ASKING)


def elliptic(reading: Reading) -> bool:
    """Return whether a question names no set of its own: neither companies nor what they do."""
    if reading.of(Category.LIST, Category.MISSING) or reading.companies:
        return False
    if reading.asks("rules_all", "own"):
        return False
    if exchanges(reading):
        return True
    if reading.asks("exists") and not reading.of(Category.NOUN):
        return True
    return not (
        reading.of(Category.NOUN)
        or any(
            isinstance(one.predicate, About) and one.predicate.terms and not one.negated
            for one in reading.descriptions
        )
    )


def chosen(reading: Reading, previous: Previous) -> tuple[tuple[str, ...], frozenset[int]] | None:
    """Return the companies of earlier answers that a pointer picks."""
    if start := points(reading, "start"):
        first = list(previous.chain)[-1]
        return (first.subjects, frozenset(start)) if first.subjects else None
    pair = _last(previous, _FEWEST)
    each = {
        at: picked
        for at in reading.of(Category.POINTER)
        if (picked := _pointed(reading.spans[at].value, previous, pair))
    }
    if each:
        # 第一家和第三家 picks both.
        return tuple(dict.fromkeys(one for ids in each.values() for one in ids)), frozenset(each)
    limits = reading.of(Category.LIMIT)
    if limits and not reading.of(Category.ORDER) and elliptic(reading):
        picked = _picked(reading.spans[limits[0]].value, previous.subjects)
        if picked:
            return picked, frozenset(limits)
    if not pair or not previous.named:
        return None
    counted = [at for at in reading.of(Category.MEASURE) if _two(reading.spans[at].value)]
    if counted and reading.fields and elliptic(reading):
        return pair, frozenset(counted)
    return (pair, frozenset()) if _measured(reading) else None


def beyond(reading: Reading) -> bool:
    """Return whether one place is pointed to: 第九家, which may lie beyond what was told."""
    values = [reading.spans[at].value for at in reading.of(Category.POINTER)]
    return any(isinstance(one, LimitWord) and one.place is not None for one in values)


def _two(measure: Measure) -> bool:
    """Return whether a number is that of 两家."""
    return measure.bare and measure.unit is Unit.COUNT and measure.interval.low == _FEWEST


def _pointed(value: object, previous: Previous, pair: tuple[str, ...]) -> tuple[str, ...]:
    """Return the companies that the value of one pointer picks."""
    if value == "former":
        return pair[:1]
    if value == "latter":
        return pair[-1:]
    if not isinstance(value, LimitWord):
        return ()
    picked = _picked(value, _counted(previous) if value.place else previous.subjects)
    if value.first is None or len(picked) >= value.first:
        return picked
    return _last(previous, value.first) or picked


def _counted(previous: Previous) -> tuple[str, ...]:
    """Return the companies that 第二家 counts: those of the last set, whoever was named since."""
    several = (one for one in previous.chain if not one.named or len(one.subjects) >= _FEWEST)
    return next((one.subjects for one in several if one.of_companies), ())


def _measured(reading: Reading) -> bool:
    """Return whether two are measured without being named: 谁的人更多, 哪家早."""
    degrees = {reading.spans[at].value for at in reading.of(Category.ORDER)}
    more = any(isinstance(one, OrderWord) and one.degree == "more" for one in degrees)
    asked = reading.asks("which", "compare", "difference")
    return more and bool(asked) and elliptic(reading) and not reading.conditions


def _last(previous: Previous, number: int) -> tuple[str, ...]:
    """Return so many companies last spoken of, if they were: together, or one after another."""
    found: list[str] = []
    for turn in previous.chain:
        if not turn.named or len(turn.subjects) != 1 or len(found) == number:
            break
        found = [*turn.subjects, *(one for one in found if one not in turn.subjects)]
    if len(found) == number:
        return tuple(found)
    told = next((one for one in previous.chain if len(one.subjects) >= _FEWEST), None)
    return told.subjects if told is not None and len(told.subjects) == number else ()


def _picked(word: LimitWord, ids: tuple[str, ...]) -> tuple[str, ...]:
    if word.place is not None:
        return ids[word.place - 1 : word.place] if 0 < word.place <= len(ids) else ()
    if word.first is None:
        return ()
    return ids[-word.first :] if word.last else ids[: word.first]
