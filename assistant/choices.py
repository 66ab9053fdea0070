"""What may stand in place of a condition of a question, with how many companies that gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.answers.common import label_of, values_of
from assistant.answers.selection import select_hits
from assistant.chips import (
    Chip,
    branch_label,
    chip_words,
    condition_label,
    group_label,
    of_terms,
    sensible,
    with_branches,
    without,
)
from assistant.engine import Engine
from assistant.filters import LISTS, axis, fulfils
from assistant.types import Condition, Kind, Mention, Order, Query
from assistant.understanding.words import load_words
from index.schema.columns import TableKind, load_schema
from index.schema.normalize import fold
from index.types import Company, Listing

# How many values of a list's own column, and how many topics, are offered: each is tried.
_VALUES = 24
_TOPICS = 16

_GROUPS = ("city", "province", "district", "batch", "exchange")
_FIRST = (3, 5, 10)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a condition can be changed to.

    Attributes:
        label: What it is called; no two choices of a condition share it.
        query: The question with it.
        count: How many companies it gives; None where that is not what it is about.
    """

    label: str
    query: Query
    count: int | None = None


def choices_of(query: Query, chip: Chip, engine: Engine) -> tuple[Choice, ...]:
    """Return what may stand in place of ``chip``: most companies first, none that gives none."""
    if not chip.changeable:
        return ()
    found = list(_makers().get(chip.field, _conditions)(query, chip, engine))
    kept = {one.label: one for one in reversed(found) if one.count != 0}
    kept.pop(chip.value, None)
    return tuple(reversed(kept.values()))


_Maker = Callable[[Query, Chip, Engine], Iterator[Choice]]


def _makers() -> dict[str, _Maker]:
    return {
        "topic": _topics,
        "either": _branches,
        "order": _orders,
        "group": _groups,
        "field": _fields,
    }


def _conditions(query: Query, chip: Chip, engine: Engine) -> Iterator[Choice]:
    """Yield other conditions of the field, and at the end the contrary of this one."""
    old = next(
        one
        for one in query.conditions
        if one.field == chip.field and condition_label(one) == chip.value
    )
    contrary = replace(old, negated=not old.negated)
    if not old.negated:
        base = _without_axis(query, old)
        companies = [hit.company for hit in select_hits(base, engine.context).hits]
        for condition, count in _others(old, companies, engine):
            if _same(condition, old):
                continue
            yield Choice(condition.label, _exchanged(query, old, condition), count)
    changed = _exchanged(query, old, contrary)
    yield Choice(condition_label(contrary), changed, len(select_hits(changed, engine.context).hits))


def _same(one: Condition, other: Condition) -> bool:
    """Return whether two conditions ask for the same under any name."""
    return (one.field, one.values, one.low, one.high) == (
        other.field,
        other.values,
        other.low,
        other.high,
    )


def _without_axis(query: Query, old: Condition) -> Query:
    """Return a question without the alternatives that a new condition would stand beside."""
    alternatives = old.field not in LISTS and bool(old.values)
    return replace(
        query,
        conditions=tuple(
            one
            for one in query.conditions
            if one != old and not (alternatives and axis(one) == axis(old) and not one.negated)
        ),
    )


def _exchanged(query: Query, old: Condition, new: Condition) -> Query:
    conditions = tuple(new if one == old else one for one in query.conditions)
    return sensible(replace(query, conditions=tuple(dict.fromkeys(conditions))))


def _others(
    old: Condition, companies: Sequence[Company], engine: Engine
) -> Iterator[tuple[Condition, int]]:
    """Yield conditions of the same field with how many of ``companies`` fulfil each."""
    if bounds := chip_words()["bounds"].get(old.field):
        for bound in bounds:
            condition = Condition(
                old.field, bound["label"], low=bound.get("low"), high=bound.get("high")
            )
            verdicts = (fulfils(one, condition, engine.context.gazetteer) for one in companies)
            yield condition, sum(1 for verdict in verdicts if verdict)
    elif held := _held(old.field, engine):
        counts = Counter(pair for one in companies for pair in dict.fromkeys(held(one)))
        for (kind, label, value), count in counts.most_common():
            mention = Mention(0, len(label), label, kind, (value,))
            for condition in engine.conditions.read([mention], (), of_company=False):
                field = "only_list" if old.field == "only_list" else condition.field
                yield replace(condition, field=field), count
    else:
        yield from _texts(old, companies, engine)


def _texts(
    old: Condition, companies: Sequence[Company], engine: Engine
) -> Iterator[tuple[Condition, int]]:
    """Yield other texts of a column that only some lists have."""
    told = Counter(value.text for one in companies for value in one.values(old.field))
    for text, _ in told.most_common(_VALUES):
        condition = Condition(old.field, text, frozenset({fold(text)}))
        verdicts = (fulfils(one, condition, engine.context.gazetteer) for one in companies)
        yield condition, sum(1 for verdict in verdicts if verdict)


_Held = Callable[[Company], list[tuple[Kind, str, str]]]


def _held(field: str, engine: Engine) -> _Held | None:
    """Return what reads from a company the values of a field: kind of mention, label, value."""
    listings = chip_words()["listings"]
    titles = engine.context.corpus.titles
    places = {
        "city": (Kind.CITY, "city"),
        "province": (Kind.PROVINCE, "province"),
        "region": (Kind.PROVINCE, "province"),
        "district": (Kind.DISTRICT, "district"),
    }
    if field in places:
        kind, fact = places[field]
        return lambda one: [(kind, str(place), str(place)) for place in one.facts(fact)]
    readers: dict[str, _Held] = {
        "batch": lambda one: [
            (Kind.BATCH, row.values["batch"].text, str(row.facts.batch))
            for row in one.rows
            if row.facts.batch and "batch" in row.values
        ],
        "listing": lambda one: [
            (Kind.LISTING, listings[told.status], told.status.value) for told in _listings(one)
        ],
        "exchange": lambda one: [
            (Kind.EXCHANGE, label, label) for told in _listings(one) for label in _boards(told)
        ],
        "list": lambda one: [
            (Kind.SOURCE, titles[row.origin.source], row.origin.source) for row in one.rows
        ],
    }
    readers["only_list"] = lambda one: (
        readers["list"](one) if len({row.origin.source for row in one.rows}) == 1 else []
    )
    return readers.get(field)


def _listings(company: Company) -> list[Listing]:
    return [row.facts.listing for row in company.rows if row.facts.listing]


def _boards(listing: Listing) -> list[str]:
    """Return what a listing's exchange is called in questions."""
    named = fold(listing.exchange or "")
    return [label for label, one in load_words().exchanges.items() if named in one.names]


def _topics(query: Query, chip: Chip, engine: Engine) -> Iterator[Choice]:
    """Yield the domains of the companies that fulfil everything else."""
    context, topic = engine.context, query.topic
    rest = without(query, chip, context)
    if chip.value in {f"非{term}" for term in topic.excluded}:
        term = chip.value.removeprefix("非")
        pairs = [*zip(topic.terms, topic.labels, strict=True), (term, term)]
        changed = replace(query, topic=of_terms(pairs, rest.topic))
        yield Choice(term, changed, len(select_hits(changed, context).hits))
        return
    companies = [hit.company for hit in select_hits(rest, context).hits]
    domains = Counter(value.text for one in companies for value in one.values("domain"))
    found = []
    for domain, _ in domains.most_common(_TOPICS):
        named = engine.topic_of(domain)
        known = set(named.terms) & set(rest.topic.terms)
        if named.terms and not named.unknown and not named.excluded and not known:
            kept = [*zip(rest.topic.terms, rest.topic.labels, strict=True)]
            pairs = [*kept, *zip(named.terms, named.labels, strict=True)]
            changed = sensible(replace(query, topic=of_terms(pairs, topic)))
            label = "".join(named.labels)
            found.append(Choice(label, changed, len(select_hits(changed, context).hits)))
    yield from sorted(found, key=lambda one: -(one.count or 0))


def _branches(query: Query, chip: Chip, engine: Engine) -> Iterator[Choice]:
    """Yield only this alternative."""
    chosen = [one for one in query.either if branch_label(one) == chip.value]
    changed = with_branches(query, chosen)
    yield Choice(f"只看{chip.value}", changed, len(select_hits(changed, engine.context).hits))


def _orders(query: Query, chip: Chip, _: Engine) -> Iterator[Choice]:
    """Yield the same order and its reverse, in several lengths."""
    old = query.order
    if old is None or chip.value != old.label:
        return
    words: dict[str, Any] = chip_words()
    names = words["orders"].get(old.field, words["orders"]["other"])
    places = old.field == "count"
    for descending in (old.descending, not old.descending):
        name = names["descending" if descending else "ascending"]
        name = name.format(field=label_of(old.field).text)
        lengths = [(words["limits"]["one"], 1), *((words["limits"]["first"], n) for n in _FIRST)]
        for pattern, number in (*lengths, (words["limits"]["all"], None)):
            label = pattern.format(order=name, n=number)
            label = label.replace("家", "个") if places else label
            order = Order(old.field, descending, number, None, label)
            yield Choice(label, replace(query, order=order))


def _groups(query: Query, chip: Chip, _: Engine) -> Iterator[Choice]:
    """Yield the other fields by which companies can be counted."""
    for field in _GROUPS:
        if group_label(field) != chip.value:
            yield Choice(group_label(field), replace(query, group=field))


def _fields(query: Query, chip: Chip, engine: Engine) -> Iterator[Choice]:
    """Yield the other fields that the sources tell of the companies named."""
    companies = [one for ids in query.companies for one in engine.context.find(ids)]
    own = dict.fromkeys(key for one in companies for row in one.rows for key in row.values)
    known = load_schema().labels[TableKind.COMPANY]
    for field in dict.fromkeys((*known, *own)):
        if field not in ("name", "alias") and any(values_of(one, field) for one in companies):
            label = label_of(field).text
            fields = tuple(
                field if label_of(one).text == chip.value else one for one in query.fields
            )
            yield Choice(label, sensible(replace(query, fields=tuple(dict.fromkeys(fields)))))
