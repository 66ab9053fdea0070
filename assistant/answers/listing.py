"""Lists and counts: all companies that satisfy the conditions, decided exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.answers.common import (
    SUGGESTIONS,
    Context,
    describe,
    heading_proofs,
    name_value,
    short_name,
    values_of,
)
from assistant.compose import Derived, Said
from assistant.filters import Selection, select
from assistant.retrieve import search_companies
from assistant.topics import TopicMatcher
from assistant.types import Draft, Hit, Intent, Query, Status, Topic
from index.types import Company

# A company counts as found by meaning from this cosine similarity on, and as near to the topic
# from the lower one on; calibrated with `python -m eval.calibrate` on the development questions.
MEANT = 0.52
NEAR = 0.30

_RELATED = 5
_NAMED_UNKNOWN = 5
_CERTAIN = 1.0

# What a list tells of each company: these, and the fields that were asked about.
_TOLD = ("domain", "product")


def answer_list(query: Query, context: Context, topics: TopicMatcher) -> Draft:
    """Return the companies that satisfy ``query``: all of them, or ``no_match`` with the nearest."""
    selection = select(context.corpus.companies, query.conditions, context.gazetteer)
    hits = find(query, context, topics, selection.matching)
    if not hits:
        return _nothing(query, context, topics, selection)
    unknown = _unjudged(query, topics, selection)
    return Draft(
        status=Status.ANSWERED,
        intent=query.intent,
        template="count" if query.intent is Intent.COUNT else "list",
        slots={
            "what": describe(query),
            "count": Derived(str(len(hits))),
            "proofs": heading_proofs(hits, query.conditions),
            "items": [_item(hit.company, query) for hit in hits[: context.list_limit]],
            "hidden": Derived(str(max(0, len(hits) - context.list_limit))),
            "by_meaning": bool(query.topic) and all(hit.score < _CERTAIN * 0.8 for hit in hits),
            **_unknown_slots(unknown),
        },
        records=tuple(hits),
        related=_neighbours(query.topic, context, topics, hits, selection),
        values=((describe(query).text, "count", str(len(hits))),)
        if query.intent is Intent.COUNT
        else (),
        suggestions=_suggestions(hits),
    )


def find(
    query: Query, context: Context, topics: TopicMatcher, candidates: Sequence[Company]
) -> list[Hit]:
    """Return those of ``candidates`` that the topic fits, best first, in reading order on ties."""
    if not query.topic:
        return [Hit(company, _CERTAIN) for company in candidates]
    scores = _by_words(query.topic, topics)
    if not scores or query.topic.unknown:
        scores = _by_meaning(query.topic, context, scores)
    return _ranked(candidates, scores)


def _ranked(candidates: Iterable[Company], scores: Mapping[str, float]) -> list[Hit]:
    hits = [Hit(company, scores[company.id]) for company in candidates if company.id in scores]
    return sorted(hits, key=lambda hit: -hit.score)


def _by_words(topic: Topic, topics: TopicMatcher) -> dict[str, float]:
    """Return companies that match every term, or any of them where the topic says or."""
    found = [topics.match(term) for term in topic.terms]
    if not found:
        return {}
    ids = set(found[0]).union(*found) if topic.either else set(found[0]).intersection(*found)
    return {one: max(match.get(one, 0.0) for match in found) for one in ids}


def _by_meaning(
    topic: Topic, context: Context, by_words: Mapping[str, float]
) -> dict[str, float]:
    """Return companies near enough in meaning; where words matched too, only of those."""
    found = search_companies(context.index, topic.phrase)
    floor = NEAR if by_words else MEANT
    return {
        scored.key: scored.score
        for scored in found
        if scored.similarity >= floor and (not by_words or scored.key in by_words)
    }


def _neighbours(
    topic: Topic,
    context: Context,
    topics: TopicMatcher,
    hits: Sequence[Hit],
    selection: Selection,
) -> tuple[Hit, ...]:
    """Return companies about a neighbouring topic under the same conditions."""
    taken = {hit.company.id for hit in hits}
    scores = {one: s for term in topic.terms for one, s in topics.neighbours(term).items()}
    near = _ranked((c for c in selection.matching if c.id not in taken), scores)
    return tuple(near[:_RELATED])


def _unjudged(
    query: Query, topics: TopicMatcher, selection: Selection
) -> tuple[Company, ...]:
    """Return the companies that fit the topic but whose rows do not say the rest."""
    if not query.topic:
        return selection.unknown
    scores = _by_words(query.topic, topics)
    return tuple(company for company in selection.unknown if company.id in scores)


def _unknown_slots(unknown: Sequence[Company]) -> dict[str, object]:
    return {
        "unknown_count": Derived(str(len(unknown))),
        "unknown": [name_value(company) for company in unknown[:_NAMED_UNKNOWN]],
        "unknown_more": len(unknown) > _NAMED_UNKNOWN,
    }


def _item(company: Company, query: Query) -> dict[str, object]:
    asked = [_FIELD.get(one.field, one.field) for one in query.conditions]
    shown = dict.fromkeys((*_TOLD, *asked, *query.fields))
    told = [value for field in shown for value in values_of(company, field) if field != "city"]
    return {"name": name_value(company), "told": told}


# The field of a row that shows a condition is fulfilled; places stand in the opening sentence.
_FIELD = {"exchange": "listing", "province": "city", "region": "city"}


def _nothing(
    query: Query, context: Context, topics: TopicMatcher, selection: Selection
) -> Draft:
    related = _nearest(query, context, topics)
    region = context.region_of(query)
    only_area = len(query.conditions) == 1 and not query.topic and region is not None
    return Draft(
        status=Status.ANSWERED if only_area else Status.NO_MATCH,
        intent=query.intent,
        template="nothing",
        slots={
            "what": describe(query),
            "region": region.values if region else None,
            "related": [_item(hit.company, query) for hit in related],
            **_unknown_slots(_unjudged(query, topics, selection)),
        },
        related=related,
        suggestions=_suggestions(related),
    )


def _nearest(query: Query, context: Context, topics: TopicMatcher) -> tuple[Hit, ...]:
    """Return what is near: the topic elsewhere, a near topic here, or the same province."""
    companies = context.corpus.companies
    if query.topic:
        here = select(companies, query.conditions, context.gazetteer).matching
        elsewhere = find(query, context, topics, companies) if query.conditions else []
        near = [] if elsewhere else _near_in_meaning(query.topic, context, here or companies)
        return tuple((elsewhere or near)[:_RELATED])
    places = {str(value) for one in query.conditions for value in one.values}
    provinces = {place.province for name in places for place in context.gazetteer.find(name)}
    same = [c for c in companies if provinces & set(map(str, c.facts("province")))]
    return tuple(Hit(company, 0.5) for company in same[:_RELATED])


def _near_in_meaning(
    topic: Topic, context: Context, candidates: Sequence[Company]
) -> list[Hit]:
    found = search_companies(context.index, topic.phrase)
    scores = {one.key: one.score for one in found if one.similarity >= NEAR}
    return _ranked(candidates, scores)


def _suggestions(hits: Sequence[Hit]) -> tuple[str, ...]:
    names = [short_name(hit.company) for hit in hits[:SUGGESTIONS]]
    endings = ("的主导产品是什么？", "的核心技术是什么？", "是什么时候成立的？")
    return tuple(f"{name}{ending}" for name, ending in zip(names, endings, strict=False))


def by_meaning(query: Query) -> Query:
    """Return ``query`` with its whole text as the topic, for questions that nothing links."""
    topic = replace(query.topic, phrase=query.topic.phrase or query.text)
    return replace(query, topic=topic)


__all__ = ["MEANT", "NEAR", "Said", "answer_list", "by_meaning", "find"]
