"""A relation in memory and the algebra over it, written as plainly as can be: the search's referee.

Conditions are judged fact by fact, numbers by the whole numbers that they may stand for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import mean, median

from assistant.query import (
    Aggregate,
    Among,
    And,
    Beyond,
    Blank,
    Group,
    In,
    Listed,
    Named,
    Not,
    Or,
    Order,
    Predicate,
    Same,
    Within,
)
from index.schema.interval import Interval

FAR = 40
"""Further than any number that is generated."""


@dataclass(frozen=True)
class Number:
    """A point, or a band without its ends; ``high`` None where it is open-ended."""

    low: int
    high: int | None

    def meant(self) -> list[float]:
        """Return the numbers that it may stand for."""
        if self.low == self.high:
            return [self.low]
        inner = list(range(self.low + 1, FAR + 1 if self.high is None else self.high))
        return [*map(float, inner)] or [self.low + 0.5]

    def key(self) -> tuple[int, int]:
        """Return by what it is put in order."""
        return self.low, self.low + 1 if self.high is None else self.high


@dataclass(frozen=True)
class Entity:
    """What one entity says, field by field; the first of several comes first."""

    key: str
    texts: dict[str, list[str]]
    numbers: dict[str, list[Number]]


def lies(number: float, interval: Interval) -> bool:
    """Return whether a number lies in an interval."""
    above = number > interval.low or (number == interval.low and not interval.low_open)
    below = number < interval.high or (number == interval.high and not interval.high_open)
    return above and below


def decide(verdicts: Iterable[bool | None]) -> bool | None:
    """Return what several facts say together."""
    told = list(verdicts)
    if True in told:
        return True
    return None if None in told or not told else False


def judge(predicate: Predicate, one: Entity, everyone: list[Entity]) -> bool | None:
    """Return whether an entity fulfils a predicate; None where that is not said."""
    if isinstance(predicate, And):
        told = [judge(part, one, everyone) for part in predicate.parts]
        return False if False in told else None if None in told else True
    if isinstance(predicate, Or):
        told = [judge(part, one, everyone) for part in predicate.parts]
        return True if True in told else None if None in told else False
    if isinstance(predicate, Not):
        verdict = judge(predicate.part, one, everyone)
        return None if verdict is None else not verdict
    return _LEAVES[type(predicate)](predicate, one, everyone)


def _in(leaf: In, one: Entity, _: list[Entity]) -> bool | None:
    def fits(text: str) -> bool:
        return any(v in text for v in leaf.values) if leaf.contains else text in leaf.values

    return decide(fits(text) for text in one.texts.get(leaf.field, ()))


def _within(leaf: Within, one: Entity, _: list[Entity]) -> bool | None:
    verdicts = []
    for number in one.numbers.get(leaf.field, ()):
        told = {lies(value, leaf.interval) for value in number.meant()}
        verdicts.append(told.pop() if len(told) == 1 else None)
    return decide(verdicts)


def _blank(leaf: Blank, one: Entity, _: list[Entity]) -> bool:
    return not one.texts.get(leaf.field) and not one.numbers.get(leaf.field)


def _listed(leaf: Listed, one: Entity, _: list[Entity]) -> bool:
    sources = set(one.texts.get("list", ()))
    here = bool(sources & set(leaf.sources))
    return here and not (leaf.only and sources - set(leaf.sources))


def _same(leaf: Same, one: Entity, everyone: list[Entity]) -> bool | None:
    other = next(that for that in everyone if that.key == leaf.company)
    if one is other:
        return False
    told = [*one.texts.get(leaf.field, ()), *one.numbers.get(leaf.field, ())]
    sought = [*other.texts.get(leaf.field, ()), *other.numbers.get(leaf.field, ())]
    return any(that in told for that in sought) if told and sought else None


def _beyond(leaf: Beyond, one: Entity, everyone: list[Entity]) -> bool | None:
    other = next(that for that in everyone if that.key == leaf.company)
    if one is other:
        return False
    sought = other.numbers.get(leaf.field, [])[:1]
    verdicts = []
    for number in one.numbers.get(leaf.field, ()) if sought else ():
        pairs = [(mine, theirs) for mine in number.meant() for theirs in sought[0].meant()]
        told = {mine > theirs if leaf.above else mine < theirs for mine, theirs in pairs}
        verdicts.append(told.pop() if len(told) == 1 else None)
    return decide(verdicts)


_LEAVES: dict[type, Callable[..., bool | None]] = {
    In: _in,
    Within: _within,
    Blank: _blank,
    Listed: _listed,
    Same: _same,
    Beyond: _beyond,
    Named: lambda leaf, one, _: one.key in leaf.ids,
    Among: lambda leaf, one, _: one.key in leaf.ids,
}


def ordered(selected: list[Entity], order: Order) -> list[Entity]:
    """Return the part of an order that is asked for, ties in reading order."""
    sign = -1 if order.descending else 1
    keys = {
        one.key: tuple(sign * part for part in one.numbers[order.field][0].key())
        for one in selected
        if one.numbers.get(order.field)
    }
    known = sorted((one for one in selected if one.key in keys), key=lambda one: keys[one.key])
    if order.place is not None:
        places = sorted(set(keys.values()))[order.place - 1 : order.place]
        return [one for one in known if keys[one.key] in places]
    if order.limit is not None:
        last = [keys[one.key] for one in known[: order.limit]][-1:]
        return [one for one in known if last and keys[one.key] <= last[0]]
    return known


def figure(aggregate: Aggregate, selected: list[Entity]) -> float | None:
    """Return an aggregate over the first number of each entity."""
    told = [one.numbers[aggregate.field][0] for one in selected if one.numbers.get(aggregate.field)]
    if not told:
        return None
    if aggregate.function == "max":
        return max(one.low if one.high is None else one.high for one in told)
    return {"min": min, "mean": mean, "median": median, "sum": sum}[aggregate.function](
        one.low for one in told
    )


def grouped(group: Group, selected: list[Entity]) -> dict[str, list[Entity]]:
    """Return the members of each group."""
    found: dict[str, list[Entity]] = {}
    for one in selected:
        if group.field == "decade":
            keys = [str(number.low // 10 * 10) for number in one.numbers.get("founded", ())]
        else:
            keys = one.texts.get(group.field, [])
        for key in dict.fromkeys(keys):
            found.setdefault(key, []).append(one)
    return found
