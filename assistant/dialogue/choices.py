"""What may stand in place of a condition of a query, with how many companies that gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from assistant.dialogue.chips import NEGATED, Chip, chip_words, field_label, group_label
from assistant.dialogue.edits import (
    Add,
    AskFor,
    Edit,
    Keep,
    Project,
    Replace,
    Sort,
    apply,
    apply_all,
)
from assistant.predicates import axis, conjuncts, field_of, flatten, keeping, label
from assistant.query import (
    About,
    Compare,
    Count,
    Group,
    In,
    Listed,
    Lookup,
    Not,
    Or,
    Order,
    Predicate,
    Query,
    Rows,
    Within,
)
from assistant.search.evidence import Evidence, Grouped
from index.schema.columns import TableKind, load_schema
from index.schema.interval import Interval
from index.schema.markets import load_markets
from index.text import fold

# How many values of a field are offered at most.
_MOST = 24

_GROUPS = ("city", "province", "district", "batch", "exchange")
_FIRST = (3, 5, 10)

# What companies are counted by for the choices of a field, where that is another.
_GROUPED = {"topic": "domain", "only_list": "list", "region": "province"}

# Fields whose values are numbers that have names of their own.
_NUMBERED = frozenset({"batch"})


class Search(Protocol):
    """Finds what a query selects."""

    def search(self, query: Query) -> Evidence:
        """Return the evidence for a query."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a condition can be changed to.

    Attributes:
        label: What it is called; no two choices of a condition share it.
        edits: What changes the query.
        count: How many companies it gives; None where that is not what it is about.
    """

    label: str
    edits: tuple[Edit, ...]
    count: int | None = None


def choices_of(query: Query, chip: Chip, searcher: Search) -> tuple[Choice, ...]:
    """Return what may stand in place of ``chip``: most companies first, none that gives none."""
    if not chip.changeable:
        return ()
    makers: dict[str, Callable[[Query, Chip, Search], Iterator[Choice]]] = {
        "either": _branches,
        "order": _orders,
        "group": _groups,
        "field": _fields,
    }
    found = list(makers.get(chip.field, _conditions)(query, chip, searcher))
    kept = {one.label: one for one in reversed(found) if one.count != 0}
    kept.pop(chip.value, None)
    return tuple(reversed(kept.values()))


def _conditions(query: Query, chip: Chip, searcher: Search) -> Iterator[Choice]:
    """Yield other conditions of the field, and at the end the contrary of this one."""
    old = chip.part
    if old is None:
        return
    if not isinstance(old, Not):
        base = keeping(query.where, lambda one: one != old and not _beside(one, old))
        found = sorted(_others(chip, base, searcher), key=lambda one: -one[1])
        for condition, count in found[:_MOST]:
            if condition != old:
                yield Choice(label(condition), _exchange(query, old, condition), count)
    contrary = flatten(Not(old))
    told = label(contrary) if isinstance(contrary, Not) else label(contrary).removeprefix(NEGATED)
    edits = (Replace(old, contrary),)
    yield Choice(told, edits, _count(apply_all(query, edits), searcher))


def _beside(one: Predicate, old: Predicate) -> bool:
    """Return whether a condition is an alternative that a new one would stand beside."""
    alone = isinstance(one, Not | Listed | Within) and field_of(one) not in _NUMBERED
    return axis(one) == axis(old) and not alone


def _exchange(query: Query, old: Predicate, new: Predicate) -> tuple[Edit, ...]:
    kept = tuple(one for one in conjuncts(query.where) if one != old and not _beside(one, old))
    return (Keep(kept), Add(new))


def _others(chip: Chip, base: Predicate, searcher: Search) -> Iterator[tuple[Predicate, int]]:
    """Yield conditions of the same field with how many companies of ``base`` fulfil each."""
    words = chip_words()
    if bounds := words["bounds"].get(chip.field):
        yield from _counted((_bound(chip.field, bound) for bound in bounds), base, searcher)
    elif chip.field == "listing":
        told = words["listings"].items()
        statuses = (In("listing", (value,), name) for value, name in told)
        yield from _counted(statuses, base, searcher)
    elif chip.field == "exchange":
        markets = (In("exchange", (fold(name),), name) for name in load_markets())
        yield from _counted(markets, base, searcher)
    else:
        grouped = Group(_GROUPED.get(chip.field, chip.field))
        for group in searcher.search(Query(grouped, base)).groups:
            yield _of_group(chip, group), int(group.figure)


def _bound(field: str, bound: dict[str, Any]) -> Within:
    low, high = bound.get("low", float("-inf")), bound.get("high", float("inf"))
    return Within(field, Interval(low, high), bound["label"])


def _counted(
    conditions: Iterable[Predicate], base: Predicate, searcher: Search
) -> Iterator[tuple[Predicate, int]]:
    for condition in conditions:
        yield condition, _count(apply(Query(Count(), base), Add(condition)), searcher)


def _count(query: Query, searcher: Search) -> int:
    return searcher.search(replace(query, ask=Count())).selected.total


def _of_group(chip: Chip, group: Grouped) -> Predicate:
    """Return the condition that a company is in a group."""
    if chip.field == "topic":
        several = isinstance(chip.part, About) and chip.part.several
        return About(group.label, (fold(group.label),), several=several)
    if chip.field in ("list", "only_list"):
        return Listed((group.key,), group.label, only=chip.field == "only_list")
    if chip.field in _NUMBERED:
        return Within(chip.field, Interval.point(float(group.key)), group.label)
    return In(_GROUPED.get(chip.field, chip.field), (group.key,), group.label)


def _branches(query: Query, chip: Chip, searcher: Search) -> Iterator[Choice]:
    """Yield only this alternative."""
    if chip.part is None:
        return
    whole = next(
        one for one in conjuncts(query.where) if isinstance(one, Or) and chip.part in one.parts
    )
    edits = (Replace(whole, chip.part),)
    yield Choice(f"只看{chip.value}", edits, _count(apply_all(query, edits), searcher))


def _orders(query: Query, _: Chip, __: Search) -> Iterator[Choice]:
    """Yield the same order and its reverse, in several lengths."""
    old = query.ask.order if isinstance(query.ask, Rows | Group) else None
    if old is None:
        return
    words = chip_words()
    names = words["orders"].get(old.field, words["orders"]["other"])
    for descending in (old.descending, not old.descending):
        name = names["descending" if descending else "ascending"]
        name = name.format(field=field_label(old.field))
        lengths = [(words["limits"]["one"], 1), *((words["limits"]["first"], n) for n in _FIRST)]
        for pattern, number in (*lengths, (words["limits"]["all"], None)):
            told = pattern.format(order=name, n=number)
            told = told.replace("家", "个") if old.field == "count" else told
            order = Order(old.field, descending, number, None, told)
            yield Choice(told, (Sort(order),))


def _groups(query: Query, _: Chip, __: Search) -> Iterator[Choice]:
    """Yield the other fields by which companies can be counted."""
    for field in _GROUPS:
        if isinstance(query.ask, Group) and field != query.ask.field:
            yield Choice(group_label(field), (AskFor(replace(query.ask, field=field)),))


def _fields(query: Query, chip: Chip, searcher: Search) -> Iterator[Choice]:
    """Yield the other fields that the sources tell of the companies named."""
    if not isinstance(query.ask, Lookup | Compare):
        return
    companies = searcher.search(query).named
    own = dict.fromkeys(key for one in companies for row in one.rows for key in row.values)
    known = load_schema().labels[TableKind.COMPANY]
    for field in dict.fromkeys((*known, *own)):
        if field not in ("name", "alias") and any(one.values(field) for one in companies):
            asked = (field if field_label(one) == chip.value else one for one in query.ask.fields)
            yield Choice(field_label(field), (Project(tuple(dict.fromkeys(asked))),))
