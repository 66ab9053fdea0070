"""The conditions of a query as a user sees them, each with the edit that takes it off."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.answers.orders import shown_order
from assistant.dialogue.edits import AskFor, Edit, Project, Remove, Replace, Sort
from assistant.predicates import axis, conjunction, conjuncts, field_of, label, named_ids
from assistant.query import (
    About,
    Among,
    Compare,
    Group,
    In,
    Judge,
    Listed,
    Lookup,
    Member,
    Named,
    Not,
    Or,
    Order,
    Predicate,
    Query,
    Rows,
)
from index.schema.columns import load_schema

# Fields of groups that have no column of their own.
GROUPED_BY = {"exchange": "listing", "decade": "founded", "list": "所在清单"}

# Fields whose values a region stands for.
_AREAS = ("city", "province")

NEGATED = "非"

Names = Callable[[tuple[str, ...]], Sequence[str]]
"""Returns what people call the companies with some ids, in their order."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition of a query, named by field and value.

    Attributes:
        field: Key of a field, or ``topic``, ``either``, ``order``, ``group``, ``facts``,
            ``company``, ``field`` (what is asked of companies), ``list``, ``only_list``,
            ``within``, ``excluded`` or ``corrected``.
        value: The value in words.
        removal: What takes it off; nothing where the query makes no sense without it.
        changeable: Whether there may be others to put in its place.
        part: The condition; None for what is none, such as an order.
    """

    field: str
    value: str
    removal: tuple[Edit, ...] = ()
    changeable: bool = True
    part: Predicate | None = None

    @property
    def removable(self) -> bool:
        """Whether the query makes sense without it."""
        return bool(self.removal)

    @property
    def label(self) -> str:
        """What the field is called."""
        return chip_words()["labels"].get(self.field) or load_schema().label(self.field)


@cache
def chip_words() -> dict[str, Any]:
    """Return ``data/chips.toml``."""
    return tomllib.loads((files("assistant") / "data/chips.toml").read_text("utf-8"))


def chips_of(query: Query, names: Names) -> tuple[Chip, ...]:
    """Return the conditions of a query in the order in which they are read."""
    found = [
        *_named(query, names),
        *(chip for one in conjuncts(query.where) for chip in _of_condition(one, query, names)),
        *_of_ask(query),
    ]
    found += [
        Chip("corrected", f"{wrong}→{right}", changeable=False)
        for wrong, right in query.corrections
    ]
    return tuple({(one.field, one.value): one for one in found if one.value}.values())


def _named(query: Query, names: Names) -> Iterator[Chip]:
    """Yield the companies named; the last of them cannot be taken off."""
    if isinstance(query.ask, Member):
        yield from (Chip("company", name, changeable=False) for name in names(query.ask.ids))
    named = [one for one in conjuncts(query.where) if isinstance(one, Named)]
    several = len(named_ids(query.where)) > 1
    for one in named:
        for company, name in zip(one.ids, names(one.ids), strict=True):
            left = Named(tuple(i for i in one.ids if i != company))
            edit = Replace(one, left) if left.ids else Remove(one)
            yield Chip("company", name, (edit,) if several else (), changeable=False)


def _of_condition(condition: Predicate, query: Query, names: Names) -> Iterator[Chip]:
    """Yield the chips of one conjunct; those of companies named are made elsewhere."""
    if isinstance(condition, Named):
        return
    if isinstance(condition, Or):
        yield from _alternatives(condition)
    elif isinstance(condition, Not) and isinstance(condition.part, Named):
        yield from _excluded(condition, condition.part, names)
    elif isinstance(condition, Among):
        value = f"上一回答的 {len(condition.ids)} 家"
        yield Chip("within", value, (Remove(condition),), changeable=False, part=condition)
    elif isinstance(condition, About) and condition.either and len(condition.terms) > 1:
        yield from _topics(condition)
    else:
        removed = conjunction((condition, *_companions(condition, query)))
        yield Chip(_field(condition), label(condition), (Remove(removed),), part=condition)


def _field(condition: Predicate) -> str:
    inner = condition.part if isinstance(condition, Not) else condition
    if isinstance(inner, Listed):
        return "only_list" if inner.only else "list"
    if isinstance(inner, In) and inner.field in _AREAS and inner.label not in inner.values:
        return "region"
    return field_of(inner) or axis(inner)


def _companions(condition: Predicate, query: Query) -> Iterator[Predicate]:
    """Yield the conditions without words that only complete one: the cities of a district."""
    if field_of(condition) == "district":
        for one in conjuncts(query.where):
            if isinstance(one, In) and one.field == "city" and not one.label:
                yield one


def _alternatives(condition: Or) -> Iterator[Chip]:
    """Yield the branches of an alternative; of one field under that field's name.

    Branches without words belong to the one before them.
    """
    told = [one for one in condition.parts if label(one)]
    if len(told) < len(condition.parts):
        field = next(map(_field, told), "")
        yield Chip(field, label(condition), (Remove(condition),), part=condition)
        return
    alike = len({axis(one) for one in told}) == 1 and all(map(field_of, told))
    for branch in told:
        field = _field(branch) if alike else "either"
        yield Chip(field, label(branch), (Remove(branch),), part=branch)


def _excluded(condition: Predicate, excluded: Named, names: Names) -> Iterator[Chip]:
    for company, name in zip(excluded.ids, names(excluded.ids), strict=True):
        left = tuple(i for i in excluded.ids if i != company)
        edit = Replace(condition, Not(Named(left))) if left else Remove(condition)
        yield Chip("excluded", name, (edit,), changeable=False)


def _topics(about: About) -> Iterator[Chip]:
    """Yield the alternatives of a description."""
    for term in about.terms:
        left = tuple(one for one in about.terms if one != term)
        rest = replace(about, text="或".join(left), terms=left, either=len(left) > 1)
        yield Chip(
            "topic",
            term,
            (Replace(about, rest),),
            part=replace(about, text=term, terms=(term,), unlinked=(), either=False),
        )


def _of_ask(query: Query) -> Iterator[Chip]:
    ask = query.ask
    if isinstance(ask, Lookup | Compare):
        for field in ask.fields:
            left = tuple(one for one in ask.fields if one != field)
            yield Chip("field", field_label(field), (Project(left),))
    if isinstance(ask, Rows | Compare) and ask.order:
        yield _order(ask.order, changeable=isinstance(ask, Rows))
    if isinstance(ask, Group):
        if ask.order:
            yield _order(ask.order, changeable=True)
        yield Chip("group", group_label(ask.field), (AskFor(Rows()),))
    if isinstance(ask, Judge):
        for fact in ask.facts:
            rest = tuple(one for one in ask.facts if one != fact)
            edit = AskFor(replace(ask, facts=rest))
            yield Chip("facts", fact.label, (edit,), changeable=False)


def _order(order: Order, *, changeable: bool) -> Chip:
    return Chip("order", shown_order(order), (Sort(None),), changeable=changeable)


def field_label(field: str) -> str:
    """Return what a field asked of companies is called."""
    return "股票代码" if field == "code" else load_schema().label(field)


def group_label(field: str) -> str:
    """Return what companies are counted by."""
    return load_schema().label(GROUPED_BY.get(field, field))
