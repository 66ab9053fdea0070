"""Orders and groups: the first by year or size, places by number, companies counted by a field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from typing import TypeVar

from assistant.answers.common import (
    Context,
    describe,
    distinct,
    item,
    label_of,
    lies_in,
    name_value,
    unknown_slots,
)
from assistant.answers.selection import select_hits
from assistant.compose import Derived, Said
from assistant.filters import LISTS, areas_of
from assistant.types import Condition, Draft, Hit, Intent, Order, Query, Status
from index.companies.names import split_list
from index.schema.amounts import parse_amount
from index.types import Company, Facts, Headcount, StatisticsRow

T = TypeVar("T")

# The fields that are facts of a row; others are columns of some list.
_FACTS = frozenset(one.name for one in dataclass_fields(Facts))

# Groups of years, which stand in the order of time where no other is asked for.
_BY_YEAR = ("founded", "decade")
_DECADE = 10

# Words for a whole order, from its head to its end.
_WHOLE_ORDER = ("排", "按", "依", "照", "从", "由", "序", "先后", "在前", "的前")

# Conditions that the statistics know nothing of: then the list itself is counted.
_STATISTICS_FIELDS = frozenset({"count", "city", "province", "region", *LISTS})


def answer_rank(query: Query, context: Context) -> Draft:
    """Return companies or places in the order asked for."""
    by_year = query.group in _BY_YEAR
    if query.order and query.order.field != "count" and not by_year:
        return _rank_companies(query, query.order, context)
    if _about_statistics(query, context):
        return _rank_regions(query, context)
    return _count_groups(query, context)


def _about_statistics(query: Query, context: Context) -> bool:
    """Return whether the source's own statistics by place answer the question."""
    by_place = query.group in (None, "city", "province")
    plain = all(one.field in _STATISTICS_FIELDS for one in query.conditions) and not query.topic
    here = "listed_here" in query.cues and "statistics_table" not in query.cues
    return bool(context.corpus.regions) and by_place and plain and not here


def _rank_companies(query: Query, order: Order, context: Context) -> Draft:
    """Rank the companies that satisfy the rest; those without the value cannot be ranked."""
    hits = select_hits(query, context).hits
    keys = [rank_key(hit.company, order.field) for hit in hits]
    known = [hit for hit, key in zip(hits, keys, strict=True) if key is not None]
    ranked = head(
        sorted(known, key=lambda hit: _sort_key(hit, order)),
        order,
        lambda hit: rank_key(hit.company, order.field),
    )
    unknown = tuple(hit.company for hit, key in zip(hits, keys, strict=True) if key is None)
    if not ranked:
        return Draft(
            Status.NO_MATCH,
            Intent.RANK,
            "rank_nothing",
            {"what": describe(query), "field": label_of(order.field), **unknown_slots(unknown)},
        )
    return Draft(
        status=Status.ANSWERED,
        intent=Intent.RANK,
        template="rank",
        slots={
            "what": describe(query),
            "order": Said(order.label),
            "items": [item(hit.company, (order.field,), query) for hit in ranked],
            **unknown_slots(unknown),
        },
        records=tuple(ranked),
        values=tuple(
            (hit.company.name, order.field, value.text)
            for hit in ranked
            for value in hit.company.values(order.field)[:1]
        ),
    )


def rank_key(company: Company, field: str) -> tuple[float, float] | None:
    """Return what a company is ranked by: year, bounds of its head count, a column's number."""
    if field not in _FACTS:
        amounts = (parse_amount(value.text, field) for value in company.values(field))
        amount = next((one for one in amounts if one is not None), None)
        return None if amount is None else (amount, 0)
    facts = company.facts(field)
    if not facts:
        return None
    fact = facts[0]
    if isinstance(fact, Headcount):
        return fact.low, fact.high if fact.high is not None else fact.low + 1
    return (int(fact), 0) if isinstance(fact, int) else None


def _sort_key(hit: Hit, order: Order) -> tuple[float, float]:
    low, high = rank_key(hit.company, order.field) or (0, 0)
    return (-low, -high) if order.descending else (low, high)


def head(items: Sequence[T], order: Order, key: Callable[[T], Hashable]) -> list[T]:
    """Return the part of an order that was asked for; who ties with the last one is in too."""
    groups: list[list[T]] = []
    for one in items:
        if groups and key(groups[-1][-1]) == key(one):
            groups[-1].append(one)
        else:
            groups.append([one])
    if order.place is not None:
        return groups[order.place - 1] if order.place <= len(groups) else []
    if order.first is None:
        return groups[0] if groups and _superlative(order) else list(items)
    head: list[T] = []
    for group in groups:
        if len(head) >= order.first:
            break
        head.extend(group)
    return head


def _superlative(order: Order) -> bool:
    """Return whether the wording asks for the one at the head rather than for a whole order."""
    label = order.label.replace("排名最", "最")
    return not any(word in label for word in _WHOLE_ORDER)


def _rank_regions(query: Query, context: Context) -> Draft:
    """Rank the places of the statistics, or return those within the bounds."""
    bounds = [one for one in query.conditions if one.field == "count"]
    regions = [one for one in context.corpus.regions if _within(one, bounds)]
    regions = _among(regions, query, context)
    descending = query.order.descending if query.order else True
    ordered = sorted(regions, key=lambda one: (one.count or 0) * (-1 if descending else 1))
    if query.order and not _comparing(query):
        ordered = head(ordered, query.order, lambda region: region.count)
    asked = query.order.label if query.order else "、".join(one.label for one in bounds)
    return Draft(
        status=Status.ANSWERED if ordered else Status.NO_MATCH,
        intent=Intent.RANK,
        template="rank_regions",
        slots={
            "asked": Said(asked),
            "regions": [region.values for region in ordered],
            "heading": ordered[0].heading if ordered else None,
        },
        values=tuple((one.place, "count", one.values["count"].text) for one in ordered),
    )


def _comparing(query: Query) -> bool:
    """Return whether the places to rank are named: then all of them are shown."""
    areas = areas_of(query.conditions)
    return len(areas) > 1 and query.order is not None and query.order.first is None


def _within(region: StatisticsRow, bounds: Iterable[Condition]) -> bool:
    """Return whether a place's number certainly lies within the bounds.

    ``800+`` certainly is 800 or more; it is not certainly below anything above that.
    """
    count = region.count
    if count is None:
        return False
    for bound in bounds:
        if bound.low is not None and count < _lowest(bound, open_ended=region.open_ended):
            return False
        if bound.high is not None and count > bound.high:
            return False
    return True


def _lowest(bound: Condition, *, open_ended: bool) -> float:
    """Return the figure from which a bound holds; 400+ is taken for more than 400."""
    assert bound.low is not None  # noqa: S101 - the caller checks
    exclusive = "以上" not in bound.label and bound.low % 10 == 1
    return bound.low - 1 if exclusive and open_ended else bound.low


def _among(regions: Sequence[StatisticsRow], query: Query, context: Context) -> list[StatisticsRow]:
    """Return the places that lie in the areas named, all where none is."""
    areas = areas_of(query.conditions)
    if not areas:
        return list(regions)
    return [one for one in regions if any(lies_in(one.place, area, context) for area in areas)]


def _count_groups(query: Query, context: Context) -> Draft:
    """Return how many of the companies that satisfy the rest each city, batch or board has."""
    found = select_hits(query, context)
    field = query.group or "city"
    groups: defaultdict[str, list[Hit]] = defaultdict(list)
    ungrouped = []
    titles = context.corpus.titles
    for hit in found.hits:
        names = _group_names(hit.company, field, titles)
        for name in names:
            groups[name].append(hit)
        if field in _BY_YEAR and not names:
            ungrouped.append(hit.company)
    order = query.order if query.order and query.order.field == "count" else None
    descending = order.descending if order else True
    ordered = sorted(
        groups.items(), key=lambda group: (len(group[1]) * (-1 if descending else 1), group[0])
    )
    if field in _BY_YEAR and not order:
        ordered.sort(key=lambda group: group[0])
    if order:
        ordered = head(ordered, order, lambda group: len(group[1]))
    shown = [hit for _, members in ordered for hit in members]
    return Draft(
        status=Status.ANSWERED if ordered else Status.NO_MATCH,
        intent=Intent.RANK,
        template="groups",
        slots={
            "what": describe(query),
            "groups": [
                {
                    "name": Derived(name),
                    "count": Derived(str(len(members))),
                    "members": [name_value(hit.company) for hit in members],
                }
                for name, members in ordered
            ],
            **unknown_slots((*found.unknown, *ungrouped)),
        },
        records=distinct(shown),
        values=tuple((name, "count", str(len(members))) for name, members in ordered),
    )


def _group_names(company: Company, field: str, titles: Mapping[str, str]) -> list[str]:
    """Return the groups that a company belongs to; more than one where its rows disagree.

    Args:
        company: The company.
        field: What is counted by.
        titles: What each list is called, by its source.
    """
    if field == "list":
        return list(dict.fromkeys(titles[row.origin.source] for row in company.rows))
    if field == "exchange":
        listings = (row.facts.listing for row in company.rows if row.facts.listing)
        return list(dict.fromkeys(one.exchange for one in listings if one.exchange))
    if field == "listing":
        # Who is not listed is counted under the cell's own words.
        boards = _group_names(company, "exchange", titles)
        return boards or [value.text for value in company.values("listing")]
    if field == "decade":
        years = (year for year in company.facts("founded") if isinstance(year, int))
        return list(dict.fromkeys(f"{year // _DECADE * _DECADE}年代" for year in years))
    if field == "domain":
        values = (split_list(value.text) for value in company.values("domain"))
        return list(dict.fromkeys(name for names in values for name in names))
    if field == "founded":
        return [f"{year}年" for year in company.facts("founded")]
    if field == "batch":
        return [value.text for value in company.values("batch")]
    return [str(fact) for fact in company.facts(field)]
