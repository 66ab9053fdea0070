"""The companies that a query selects: conditions, topic, those excluded, an earlier answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answers.common import Context, distinct
from assistant.filters import Selection, select
from assistant.types import Hit, Query
from index.types import Company


def candidates(query: Query, context: Context) -> tuple[Company, ...]:
    """Return the companies that a query may be about at all, before any condition."""
    companies = context.corpus.companies
    if query.within is not None:
        companies = context.find(query.within)
    return tuple(company for company in companies if company.id not in query.excluded)


@dataclass(frozen=True, slots=True)
class Selected:
    """What a query selects.

    Attributes:
        hits: The companies that satisfy everything, best first.
        by_meaning: Whether only their meaning says that they fit the topic.
        matching: The companies that fulfil the conditions, whatever the topic.
        unknown: The companies that fit the topic but whose rows do not say the rest.
    """

    hits: tuple[Hit, ...]
    by_meaning: bool
    matching: tuple[Company, ...]
    unknown: tuple[Company, ...]


def judge(query: Query, context: Context) -> Selection:
    """Return which companies fulfil the conditions of a query, whatever its topic.

    Conditions on a count are about places, not about companies.
    """
    conditions = [one for one in query.conditions if one.field != "count"]
    return select(candidates(query, context), conditions, context.gazetteer)


def select_hits(query: Query, context: Context) -> Selected:
    """Return the companies that satisfy a query, and those that cannot be judged."""
    if query.either:
        return _either(query, context)
    selection = judge(query, context)
    found = context.finder.find(query.topic, selection.matching)
    unknown = selection.unknown
    if query.topic:
        about = context.finder.mentions(query.topic)
        unknown = tuple(company for company in unknown if company.id in about)
    return Selected(found.hits, found.by_meaning, selection.matching, unknown)


def _either(query: Query, context: Context) -> Selected:
    """Return the companies that satisfy a query with any of its alternatives."""
    parts = [
        select_hits(
            replace(
                query,
                conditions=(*query.conditions, *branch.conditions),
                topic=branch.topic if branch.topic or branch.topic.excluded else query.topic,
                either=(),
            ),
            context,
        )
        for branch in query.either
    ]
    hits = distinct(hit for part in parts for hit in part.hits)
    taken = {hit.company.id for hit in hits}
    unknown = {one.id: one for part in parts for one in part.unknown if one.id not in taken}
    return Selected(
        hits,
        any(part.by_meaning for part in parts),
        judge(query, context).matching,
        tuple(unknown.values()),
    )
