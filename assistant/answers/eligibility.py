"""An applicant's own figures against the criteria of each list: met, not met, or not stated."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.common import Context, authority_of
from assistant.compose import Said
from assistant.filters import LISTS, areas_of
from assistant.requirements import requirements_of as requirements_of
from assistant.types import Draft, Fact, Intent, Query, Status
from index.types import Clause, Value

MET, NOT_MET, NOT_STATED = "满足", "不满足", "未说明"

Verdict = tuple[Clause, str, tuple[Fact, ...]]


def answer_eligibility(query: Query, context: Context) -> Draft:
    """Return a verdict on each requirement of the criteria, and promise nothing beyond them.

    Of the lists that the question names; else of every list that what was told decides anything of,
    and of all if that is none. Requirements of a place count only for who is there.
    """
    clauses = [one for one in context.corpus.clauses if _of_lists(one, query)]
    concerned = {one.origin.source for one in clauses if verdict(one, query.facts)[1]}
    clauses = [one for one in clauses if not concerned or one.origin.source in concerned]
    here = [one for one in clauses if _holds_here(one, query, context)]
    verdicts: list[Verdict] = [(clause, *verdict(clause, query.facts)) for clause in here]
    sources = {clause.origin.source for clause in here}
    elsewhere = {
        one.dimension: Value(one.dimension, one.origin)
        for one in clauses
        if one not in here and not areas_of(query.conditions)
    }
    return Draft(
        status=Status.ANSWERED if verdicts else Status.NO_MATCH,
        intent=Intent.ELIGIBILITY,
        template="eligibility" if verdicts else "no_rule",
        slots={
            "told": bool(query.facts),
            "lists": verdict_lists(verdicts, context),
            "elsewhere": list(elsewhere.values()),
            "authority": authority_of(context, sources),
            "documents": [],
            "near": [],
        },
        values=tuple((clause.text, "eligibility", result) for clause, result, _ in verdicts),
    )


def _of_lists(clause: Clause, query: Query) -> bool:
    named = [one for one in query.conditions if one.field in LISTS]
    return not named or any(clause.origin.source in one.values for one in named)


def _holds_here(clause: Clause, query: Query, context: Context) -> bool:
    """Return whether a requirement holds for the applicant's place: those of all places do."""
    places = {place.short for place in context.gazetteer.find(clause.dimension)}
    here = {value for area in areas_of(query.conditions) for value in area.values}
    return not places or bool(places & here)


def verdict(clause: Clause, facts: Sequence[Fact]) -> tuple[str, tuple[Fact, ...]]:
    """Return whether what was told meets one requirement, and the facts that decide it.

    A requirement with alternatives (全国前10%或省内前5%) is met by one of them and failed only if
    all that can be told were told.
    """
    requirements = requirements_of(clause)
    told = tuple(fact for fact in facts if fact.requirement in {one.key for one in requirements})
    if not told:
        return NOT_STATED, ()
    by_key = {one.key: one for one in requirements}
    if any(by_key[fact.requirement].fulfilled(fact, clause.text) for fact in told):
        return MET, told
    return (NOT_MET if len(told) == len(requirements) else NOT_STATED), told


def verdict_lists(verdicts: Sequence[Verdict], context: Context) -> list[dict[str, object]]:
    """Return what a template tells of each list: its verdicts, and what they come to."""
    by_source: dict[str, list[Verdict]] = {}
    for one in verdicts:
        by_source.setdefault(one[0].origin.source, []).append(one)
    return [
        {
            "title": Said(document.title),
            "as_of": document.as_of,
            "titled": len(by_source) > 1,
            "verdicts": [_slots(one) for one in found],
            "failed": any(result == NOT_MET for _, result, _ in found),
            "open": any(result == NOT_STATED for _, result, _ in found),
        }
        for document in context.corpus.documents
        if (found := by_source.get(document.source))
    ]


def _slots(one: Verdict) -> dict[str, object]:
    clause, result, facts = one
    return {
        "dimension": Value(clause.dimension, clause.origin),
        "aspect": clause.aspect,
        "text": Value(clause.text, clause.origin),
        "result": Said(result),
        "told": [Said(fact.label) for fact in facts],
    }
