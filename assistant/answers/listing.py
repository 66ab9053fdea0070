"""Lists and counts: all companies that satisfy the conditions, and what is near them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.common import (
    SUGGESTIONS,
    Context,
    describe,
    heading_proofs,
    item,
    short_name,
    unknown_slots,
    values_of,
)
from assistant.answers.selection import Selected, select_hits
from assistant.compose import Derived
from assistant.types import Draft, Hit, Intent, Query, Status
from index.types import Company

_RELATED = 5
_SAME_PROVINCE = 0.5

# What a list tells of each company, besides the fields that were asked about.
_TOLD = ("domain", "product")


def answer_list(query: Query, context: Context) -> Draft:
    """Return all companies that satisfy ``query``, or ``no_match`` with the nearest."""
    found = select_hits(query, context)
    if not found.hits:
        return _nothing(query, context, found)
    taken = {hit.company.id for hit in found.hits}
    others = (company for company in found.matching if company.id not in taken)
    related = context.finder.neighbours(query.topic, others)[:_RELATED]
    what, hits = describe(query), found.hits
    counts = query.intent is Intent.COUNT
    return Draft(
        status=Status.ANSWERED,
        intent=query.intent,
        template="count" if counts else "list",
        slots={
            "what": what,
            "count": Derived(str(len(hits))),
            "proofs": heading_proofs(hits, query.conditions),
            "items": [item(hit.company, _TOLD, query) for hit in hits[: context.list_limit]],
            "hidden": Derived(str(max(0, len(hits) - context.list_limit))),
            "by_meaning": found.by_meaning,
            "related": [item(hit.company, _TOLD, query) for hit in related],
            **unknown_slots(found.unknown),
        },
        records=hits,
        related=related,
        values=(
            *(((what.text, "count", str(len(hits))),) if counts else ()),
            *_values(hits[: context.list_limit], query),
        ),
        suggestions=_suggestions(hits),
    )


def _values(hits: Sequence[Hit], query: Query) -> list[tuple[str, str, str]]:
    """Return the fields asked for of every company listed: 做四足机器人的那家的主页."""
    return [
        (hit.company.name, "listing" if field == "code" else field, value.text)
        for hit in hits
        for field in query.fields
        for value in values_of(hit.company, field)
    ]


def _nothing(query: Query, context: Context, found: Selected) -> Draft:
    """Say that nothing fits; a region of the statistics still has something to say of itself."""
    related = _nearest(query, context, found.matching)
    region = context.region_of(query)
    only_area = len(query.conditions) == 1 and not query.topic and region is not None
    return Draft(
        status=Status.ANSWERED if only_area else Status.NO_MATCH,
        intent=query.intent,
        template="nothing",
        slots={
            "what": describe(query),
            "region": region.values if region else None,
            "related": [item(hit.company, _TOLD, query) for hit in related],
            **unknown_slots(found.unknown),
        },
        related=related,
        suggestions=_suggestions(related),
    )


def _nearest(query: Query, context: Context, here: Sequence[Company]) -> tuple[Hit, ...]:
    """Return what is near: the topic elsewhere, a near topic here, or the same province."""
    companies = context.corpus.companies
    if query.topic:
        elsewhere = context.finder.find(query.topic, companies).hits
        near = elsewhere or context.finder.near(query.topic, here or companies)
        return near[:_RELATED]
    places = {str(value) for one in query.conditions for value in one.values}
    provinces = {place.province for name in places for place in context.gazetteer.find(name)}
    same = [one for one in companies if provinces & set(map(str, one.facts("province")))]
    return tuple(Hit(company, _SAME_PROVINCE) for company in same[:_RELATED])


def _suggestions(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return questions about the companies listed, one of each kind that their rows answer."""
    kinds = (
        ("product", "的主导产品是什么？"),
        ("technology", "的核心技术是什么？"),
        ("founded", "是什么时候成立的？"),
    )
    questions: list[str] = []
    for hit in hits:
        asked = len(questions)
        if asked < min(SUGGESTIONS, len(kinds)) and values_of(hit.company, kinds[asked][0]):
            questions.append(f"{short_name(hit.company)}{kinds[asked][1]}")
    return tuple(questions)
