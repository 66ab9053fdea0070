"""Changes of a query: what a follow-up, a chip, a facet and a correction have in common.

    apply(Query, Edit) ──▶ Query

Every edit leaves predicates in canonical form and the ask sensible for what is left of the query.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.predicates import (
    axis,
    conjunction,
    conjuncts,
    keeping,
    named_ids,
    replacing,
    without,
)
from assistant.query import (
    Ask,
    Compare,
    Explain,
    Group,
    Judge,
    Lookup,
    Order,
    Predicate,
    Query,
    Rows,
)

_FEWEST_COMPARED = 2


@dataclass(frozen=True, slots=True)
class Add:
    """One condition more; the selection never grows."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class Remove:
    """The conditions of ``part`` taken off, wherever they stand."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class Replace:
    """``new`` in the place of ``old``."""

    old: Predicate
    new: Predicate


@dataclass(frozen=True, slots=True)
class Instead:
    """``part`` in the place of everything that narrows the same: 那上海的呢."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class Widen:
    """Everything taken off that narrows an axis: 不限城市了."""

    axis: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Only these conditions of the query."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """Other fields asked for."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """Another order, or none."""

    order: Order | None


@dataclass(frozen=True, slots=True)
class AskFor:
    """The same selection asked something else."""

    ask: Ask


Edit = Add | Remove | Replace | Instead | Widen | Keep | Project | Sort | AskFor


def apply(query: Query, edit: Edit) -> Query:
    """Return ``query`` with one change."""
    if isinstance(edit, Project):
        return sensible(replace(query, ask=_projected(query.ask, edit.fields)))
    if isinstance(edit, Sort):
        return sensible(replace(query, ask=_sorted(query.ask, edit.order)))
    if isinstance(edit, AskFor):
        return sensible(replace(query, ask=edit.ask))
    return sensible(replace(query, where=_narrowed(query.where, edit)))


def apply_all(query: Query, edits: Iterable[Edit]) -> Query:
    """Return ``query`` with several changes, one after the other."""
    for edit in edits:
        query = apply(query, edit)
    return query


def _narrowed(where: Predicate, edit: Edit) -> Predicate:
    if isinstance(edit, Add):
        return conjunction((where, edit.part))
    if isinstance(edit, Remove):
        return without(where, edit.part)
    if isinstance(edit, Replace):
        return replacing(where, edit.old, edit.new)
    if isinstance(edit, Instead):
        narrowed = {axis(one) for one in conjuncts(edit.part)}
        return conjunction((keeping(where, lambda one: axis(one) not in narrowed), edit.part))
    if isinstance(edit, Widen):
        return keeping(where, lambda one: axis(one) != edit.axis)
    if isinstance(edit, Keep):
        wanted = frozenset(one for part in edit.parts for one in conjuncts(part))
        return keeping(where, wanted.__contains__)
    return where


def _projected(ask: Ask, fields: tuple[str, ...]) -> Ask:
    return replace(ask, fields=fields) if isinstance(ask, Rows | Lookup | Compare) else Rows(fields)


def _sorted(ask: Ask, order: Order | None) -> Ask:
    if isinstance(ask, Rows | Group | Compare):
        return replace(ask, order=order)
    return ask if order is None else Rows(order=order)


def sensible(query: Query) -> Query:
    """Return a query with an ask that makes sense of what is left of it.

    Companies side by side need two of them; a verdict needs facts.
    """
    ask = query.ask
    if isinstance(ask, Judge) and not ask.facts:
        return replace(query, ask=Explain("", whole=True, sources=ask.sources))
    if isinstance(ask, Compare) and len(named_ids(query.where)) < _FEWEST_COMPARED:
        return replace(query, ask=Lookup(ask.fields))
    if isinstance(ask, Lookup) and not named_ids(query.where):
        return replace(query, ask=Rows(ask.fields))
    return query
