"""The conditions of a question as a user sees them, and the question without one of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.answers.common import Context, label_of, short_name
from assistant.filters import areas_of
from assistant.types import GROUPED_BY, Branch, Condition, Intent, Query, Topic
from index.schema.columns import load_schema
from index.types import Facts

# Conditions of these fields can be exchanged for others, whatever their values.
_BY_VALUE = frozenset(
    ("city", "province", "region", "district", "batch", "listing", "exchange", "list", "only_list")
)

# Questions about companies that are named, and those of applicants.
_OF_NAMED = frozenset({Intent.LOOKUP, Intent.PROFILE, Intent.COMPARE})

_FEWEST_COMPARED = 2


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition of a question, named by field and value.

    Attributes:
        field: A key of ``filters()``, or ``company``, ``field`` (what is asked of companies),
            ``within`` and ``excluded``.
        value: The value in words.
        removable: Whether the question makes sense without it.
        changeable: Whether there may be others to put in its place.
    """

    field: str
    value: str
    removable: bool = True
    changeable: bool = True

    @property
    def label(self) -> str:
        """What the field is called."""
        return chip_words()["labels"].get(self.field) or load_schema().label(self.field)


@cache
def chip_words() -> dict[str, Any]:
    """Return ``data/chips.toml``."""
    return tomllib.loads((files("assistant") / "data/chips.toml").read_text("utf-8"))


def chips_of(query: Query, context: Context) -> tuple[Chip, ...]:
    """Return the conditions of a question, in the order in which they are read."""
    found = [*_named(query, context), *(_of_condition(one) for one in query.conditions)]
    topic = query.topic
    if topic:
        found += [Chip("topic", text) for text in _topic_labels(topic)]
    found += [Chip("topic", f"非{term}") for term in topic.excluded]
    found += [Chip("either", branch_label(branch)) for branch in query.either]
    if query.order:
        compares = query.intent is Intent.COMPARE
        found.append(Chip("order", query.order.label, changeable=not compares))
    if query.group:
        found.append(Chip("group", group_label(query.group)))
    found += [Chip("facts", fact.label, changeable=False) for fact in query.facts]
    if query.within is not None:
        found.append(Chip("within", f"上一回答的 {len(query.within)} 家", changeable=False))
    found += [
        Chip("excluded", short_name(one), changeable=False) for one in context.find(query.excluded)
    ]
    found += [
        Chip("corrected", f"{wrong}→{right}", removable=False, changeable=False)
        for wrong, right in query.corrections
    ]
    return tuple(dict.fromkeys(found))


def _named(query: Query, context: Context) -> Iterator[Chip]:
    """Yield the companies named and the fields asked of them."""
    if query.intent not in _OF_NAMED or any(len(ids) != 1 for ids in query.companies):
        return
    several = len(query.companies) > 1
    for ids in query.companies:
        name = short_name(context.companies[ids[0]])
        yield Chip("company", name, removable=several, changeable=False)
    if query.companies:
        yield from (Chip("field", label_of(field).text) for field in query.fields)


def _of_condition(condition: Condition) -> Chip:
    own = bool(condition.values) and not hasattr(Facts, condition.field)
    bounded = condition.field in chip_words()["bounds"]
    changeable = condition.negated or bounded or own or condition.field in _BY_VALUE
    return Chip(condition.field, condition_label(condition), changeable=changeable)


def condition_label(condition: Condition) -> str:
    """Return a condition's value as its chip shows it."""
    return f"非{condition.label}" if condition.negated else condition.label


def branch_label(branch: Branch) -> str:
    """Return one of several alternatives as its chip shows it."""
    return "·".join(branch.labels())


def group_label(field: str) -> str:
    """Return what companies are counted by, as its chip shows it."""
    return load_schema().label(GROUPED_BY.get(field, field))


def _topic_labels(topic: Topic) -> tuple[str, ...]:
    """Return the parts of a topic; words that only make sense together are one part."""
    return (topic.phrase,) if topic.unknown else topic.labels


def without(query: Query, chip: Chip, context: Context) -> Query:
    """Return a question without one of its conditions, asking what then makes sense."""
    value = chip.value
    if chip.field == "topic":
        changed = replace(query, topic=_topic_without(query.topic, value))
    elif chip.field == "either":
        rest = tuple(one for one in query.either if branch_label(one) != value)
        changed = with_branches(query, rest)
    elif chip.field == "order":
        changed = replace(query, order=None)
    elif chip.field == "group":
        changed = replace(query, group=None)
    elif chip.field == "facts":
        changed = replace(query, facts=tuple(one for one in query.facts if one.label != value))
    elif chip.field == "within":
        changed = replace(query, within=None)
    elif chip.field == "excluded":
        left = [one for one in context.find(query.excluded) if short_name(one) != value]
        changed = replace(query, excluded=tuple(one.id for one in left))
    elif chip.field == "company":
        named = query.companies
        left_ids = [ids for ids in named if short_name(context.companies[ids[0]]) != value]
        changed = replace(query, companies=tuple(left_ids))
    elif chip.field == "field":
        changed = replace(
            query, fields=tuple(one for one in query.fields if label_of(one).text != value)
        )
    else:
        kept = [
            one
            for one in query.conditions
            if one.field != chip.field or condition_label(one) != value
        ]
        changed = replace(query, conditions=tuple(kept))
    return sensible(changed)


def _topic_without(topic: Topic, value: str) -> Topic:
    excluded = tuple(term for term in topic.excluded if f"非{term}" != value)
    if excluded != topic.excluded:
        return replace(topic, excluded=excluded)
    pairs = [pair for pair in zip(topic.terms, topic.labels, strict=True) if pair[1] != value]
    if topic.unknown or not pairs:
        return Topic(excluded=topic.excluded)
    return of_terms(pairs, topic)


def of_terms(pairs: Sequence[tuple[str, str]], topic: Topic) -> Topic:
    """Return ``topic`` about other words: pairs of a folded term and its label."""
    labels = tuple(label for _, label in pairs)
    phrase = "".join(labels)
    return Topic(
        terms=tuple(term for term, _ in pairs),
        labels=labels,
        phrase=phrase,
        sought=phrase,
        excluded=topic.excluded,
        either=topic.either and len(pairs) > 1,
        several=topic.several,
    )


def with_branches(query: Query, branches: Sequence[Branch]) -> Query:
    """Return a question with other alternatives; a single one is no alternative any more."""
    if len(branches) > 1:
        return replace(query, either=tuple(branches))
    for branch in branches:
        topic = branch.topic if branch.topic or branch.topic.excluded else query.topic
        conditions = (*query.conditions, *branch.conditions)
        return replace(query, either=(), conditions=conditions, topic=topic)
    return replace(query, either=())


def sensible(query: Query) -> Query:
    """Return a question with the intent that makes sense of what is left of it."""
    intent = query.intent
    bounded = any(one.field == "count" for one in query.conditions)
    if intent is Intent.RANK and not (query.order or query.group or bounded):
        intent = Intent.LIST
    elif intent is Intent.STATS and not (areas_of(query.conditions) or query.group):
        intent = Intent.COUNT
    elif intent is Intent.ELIGIBILITY and not query.facts:
        intent = Intent.FAQ
    elif intent in _OF_NAMED and query.companies:
        compares = intent is Intent.COMPARE and len(query.companies) >= _FEWEST_COMPARED
        asks = bool(query.fields or query.absent)
        intent = Intent.COMPARE if compares else Intent.LOOKUP if asks else Intent.PROFILE
    return replace(query, intent=intent)
