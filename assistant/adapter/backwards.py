"""A question changed as its query was: what the next question points back to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import inf

from assistant.adapter.adapter import Adapter
from assistant.answers.answer import Intent
from assistant.dialogue.edits import excluded_ids, named_ids
from assistant.predicates import atoms, conjuncts
from assistant.query import (
    About,
    Among,
    Compare,
    Count,
    Group,
    In,
    Judge,
    Listed,
    Lookup,
    Not,
    Order,
    Predicate,
    Query,
    Rows,
    Within,
)
from assistant.understanding.types import Condition, Question, Ranking, Topic


def question_of(query: Query, before: Question, adapter: Adapter) -> Question:
    """Return ``before`` with the conditions, the companies and the ask that ``query`` has."""
    kept = tuple(one for one in before.conditions if adapter.holds(one, query.where))
    told = {one.label for one in kept}
    fresh = tuple(one for one in _conditions(query.where) if one.label not in told)
    within = next((one.ids for one in conjuncts(query.where) if isinstance(one, Among)), None)
    return replace(
        before,
        intent=_intent(query, before),
        conditions=(*kept, *fresh),
        topic=_topic(query.where, before.topic),
        companies=tuple((one,) for one in named_ids(query.where)),
        fields=query.ask.fields if isinstance(query.ask, Rows | Lookup | Compare) else (),
        order=_ranking(getattr(query.ask, "order", None)),
        group=query.ask.field if isinstance(query.ask, Group) else None,
        excluded=excluded_ids(query.where),
        within=within,
    )


def _conditions(where: Predicate) -> Iterator[Condition]:
    for one in conjuncts(where):
        negated = isinstance(one, Not)
        for part in atoms(one.part if isinstance(one, Not) else one):
            if isinstance(part, In) and part.label:
                values = frozenset(part.values)
                yield Condition(part.field, part.label, values, negated=negated)
            elif isinstance(part, Within) and part.field == "batch":
                numbers = range(int(part.interval.low), int(min(part.interval.high, 30)) + 1)
                yield Condition(part.field, part.label, frozenset(numbers), negated=negated)
            elif isinstance(part, Within):
                low = None if part.interval.low == -inf else part.interval.low
                high = None if part.interval.high == inf else part.interval.high
                yield Condition(part.field, part.label, low=low, high=high, negated=negated)
            elif isinstance(part, Listed):
                field = "only_list" if part.only else "list"
                yield Condition(field, part.label, frozenset(part.sources), negated=negated)


def _topic(where: Predicate, before: Topic) -> Topic:
    parts = conjuncts(where)
    about = next((one for one in parts if isinstance(one, About)), None)
    excluded = tuple(
        one.part.text for one in parts if isinstance(one, Not) and isinstance(one.part, About)
    )
    if about is None:
        return Topic(excluded=excluded)
    if about.terms == before.terms:
        return replace(before, excluded=excluded)
    return Topic(
        terms=about.terms,
        labels=about.terms,
        phrase=about.text,
        sought=about.text,
        excluded=excluded,
        either=about.either,
        several=about.several,
    )


def _ranking(order: Order | None) -> Ranking | None:
    if order is None:
        return None
    return Ranking(order.field, order.descending, order.limit, order.place, order.label)


def _intent(query: Query, before: Question) -> Intent:
    """Return what kind of question a query is now."""
    ask = query.ask
    if isinstance(ask, Rows):
        return Intent.RANK if ask.order else Intent.LIST
    if isinstance(ask, Lookup):
        return Intent.LOOKUP if ask.fields else Intent.PROFILE
    kinds = {Count: Intent.COUNT, Group: Intent.RANK, Compare: Intent.COMPARE}
    if isinstance(ask, Judge):
        return Intent.ELIGIBILITY if ask.whole else Intent.FAQ
    return kinds.get(type(ask), before.intent)
