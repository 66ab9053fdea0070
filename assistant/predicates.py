"""Predicates taken apart and put together: their conjuncts, what they narrow, their words.

Canonical form, which :func:`flatten` returns: no conjunction stands in a conjunction and no
alternative in an alternative, none holds a part twice or only one part, and no negation negates a
negation. Edits of a query keep predicates in this form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from assistant.query import (
    EVERYTHING,
    About,
    Among,
    And,
    Beyond,
    Blank,
    In,
    Listed,
    Named,
    Not,
    Or,
    Predicate,
    Same,
    Within,
)

# What a condition on a field narrows, where several fields narrow the same.
_AXES = {
    "city": "area",
    "province": "area",
    "district": "area",
    "place": "area",
    "address": "area",
    "exchange": "market",
    "listing": "market",
}
_TOPIC, _COMPANY, _LIST, _EARLIER, _EITHER = "topic", "company", "list", "within", "either"


def flatten(predicate: Predicate) -> Predicate:
    """Return a predicate in canonical form; it holds for the same rows."""
    if isinstance(predicate, And):
        return conjunction(predicate.parts)
    if isinstance(predicate, Or):
        return alternative(predicate.parts)
    if isinstance(predicate, Not):
        part = flatten(predicate.part)
        return part.part if isinstance(part, Not) else Not(part)
    return predicate


def conjunction(parts: Iterable[Predicate]) -> Predicate:
    """Return what holds where all of ``parts`` hold, in canonical form."""
    told = tuple(dict.fromkeys(one for part in parts for one in conjuncts(part)))
    return told[0] if len(told) == 1 else And(told)


def alternative(parts: Iterable[Predicate]) -> Predicate:
    """Return what holds where any of ``parts`` holds, in canonical form."""
    flat = (flatten(part) for part in parts)
    branches = (one.parts if isinstance(one, Or) else (one,) for one in flat)
    told = tuple(dict.fromkeys(part for branch in branches for part in branch))
    return told[0] if len(told) == 1 else Or(told)


def conjuncts(predicate: Predicate) -> tuple[Predicate, ...]:
    """Return the conditions that must all hold, each in canonical form; none for everything."""
    if isinstance(predicate, And):
        return tuple(dict.fromkeys(one for part in predicate.parts for one in conjuncts(part)))
    flat = flatten(predicate)
    return flat.parts if isinstance(flat, And) else (flat,)


def branches(predicate: Predicate) -> tuple[Predicate, ...]:
    """Return the alternatives of a predicate; itself where it has none."""
    flat = flatten(predicate)
    return flat.parts if isinstance(flat, Or) else (flat,)


def atoms(predicate: Predicate) -> Iterator[Predicate]:
    """Yield the conditions that a predicate is made of, from left to right.

    A negated condition is one of them; negations of more are looked into.
    """
    if isinstance(predicate, And | Or):
        for part in predicate.parts:
            yield from atoms(part)
    elif isinstance(predicate, Not) and isinstance(predicate.part, And | Or):
        yield from (flatten(Not(one)) for one in atoms(predicate.part))
    else:
        yield predicate


def field_of(predicate: Predicate) -> str:
    """Return the field that a single condition is on, negated or not; "" if on none."""
    if isinstance(predicate, Not):
        return field_of(predicate.part)
    if isinstance(predicate, In | Within | Blank | Same | Beyond):
        return predicate.field
    return ""


def axis(predicate: Predicate) -> str:
    """Return what a predicate narrows: a city and a province narrow the same.

    Alternatives that all narrow the same narrow that; others narrow something of their own.
    """
    if isinstance(predicate, Not):
        return axis(predicate.part)
    if isinstance(predicate, And | Or):
        narrowed = {axis(part) for part in predicate.parts}
        return narrowed.pop() if len(narrowed) == 1 else _EITHER
    if isinstance(predicate, About):
        return _TOPIC
    if isinstance(predicate, Named):
        return _COMPANY
    if isinstance(predicate, Listed):
        return _LIST
    if isinstance(predicate, Among):
        return _EARLIER
    return _AXES.get(predicate.field, predicate.field)


def without(predicate: Predicate, part: Predicate) -> Predicate:
    """Return a predicate without the conditions of ``part``, wherever they stand in it.

    An alternative that loses a branch keeps the others.
    """
    return _without(flatten(predicate), frozenset(conjuncts(part)))


def _without(predicate: Predicate, removed: frozenset[Predicate]) -> Predicate:
    kept = [one for one in conjuncts(predicate) if one not in removed]
    return conjunction(_without_branches(one, removed) for one in kept)


def _without_branches(predicate: Predicate, removed: frozenset[Predicate]) -> Predicate:
    if not isinstance(predicate, Or):
        return predicate
    left = [_without(one, removed) for one in predicate.parts if one not in removed]
    # A branch of which nothing is left would hold for everything.
    told = [one for one in left if one != EVERYTHING]
    return alternative(told) if told else EVERYTHING


def replacing(predicate: Predicate, old: Predicate, new: Predicate) -> Predicate:
    """Return a predicate with ``new`` in the place of ``old``, wherever that stands in it."""
    wanted, put = flatten(old), flatten(new)

    def changed(one: Predicate) -> Predicate:
        if one == wanted:
            return put
        if isinstance(one, And):
            return conjunction(changed(part) for part in one.parts)
        return alternative(map(changed, one.parts)) if isinstance(one, Or) else one

    return flatten(changed(flatten(predicate)))


def keeping(predicate: Predicate, wanted: Callable[[Predicate], bool]) -> Predicate:
    """Return a predicate with only those of its conjuncts that are wanted."""
    return conjunction(one for one in conjuncts(predicate) if wanted(one))


def spoken(predicate: Predicate) -> Predicate:
    """Return what of a predicate is to be said, in canonical form.

    A condition without a label that stands beside others only makes those precise: the cities that
    have a district of the name, the cities of a region beside its whole provinces.
    """
    flat = flatten(predicate)
    if isinstance(flat, Not):
        return flatten(Not(spoken(flat.part)))
    if not isinstance(flat, And | Or):
        return flat
    told = tuple(one for one in map(spoken, flat.parts) if not isinstance(one, In) or one.label)
    parts = told or flat.parts
    return conjunction(parts) if isinstance(flat, And) else alternative(parts)


def label(predicate: Predicate) -> str:
    """Return a predicate in words: 苏州, 非北京, 未上市·2018年以后, 苏州或杭州."""
    if isinstance(predicate, Not):
        told = label(predicate.part)
        return f"非{told}" if told else ""
    if isinstance(predicate, And):
        return "·".join(filter(None, map(label, predicate.parts)))
    if isinstance(predicate, Or):
        return "或".join(filter(None, map(label, predicate.parts)))
    if isinstance(predicate, About):
        return predicate.text
    return predicate.label or ("、".join(predicate.values) if isinstance(predicate, In) else "")


def labels(predicate: Predicate) -> tuple[str, ...]:
    """Return the conjuncts of a predicate in words, those without words left out."""
    return tuple(filter(None, map(label, conjuncts(predicate))))


def named_ids(where: Predicate) -> tuple[str, ...]:
    """Return the ids of the companies that a predicate names, those excluded aside."""
    return tuple(i for one in conjuncts(where) if isinstance(one, Named) for i in one.ids)
