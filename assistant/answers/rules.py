"""Rules, terms, notes and sources, in the sources' own words, list by list, each with its date."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.common import SUGGESTIONS, Context, authority_of, documents_of
from assistant.answers.eligibility import NOT_STATED, verdict, verdict_lists
from assistant.answers.telling import told_lists
from assistant.clauses import (
    clauses_asked,
    clauses_named,
    general_clauses,
    named_sources,
    unknown_places,
)
from assistant.knowledge import (
    SAYS_MOST,
    dated_notes,
    definitions_of,
    definitions_of_list,
    nearest_passages,
    notes_with_figure,
    passages_by_meaning,
    passages_saying,
    procedure_of,
    sections_named,
    shares_of,
)
from assistant.search.passages import Told
from assistant.types import Draft, Intent, Query, Status
from index.schema.normalize import fold
from index.types import Clause, Passage, StatisticsRow

# A passage says clearly more than a requirement where its share is larger by this.
_CLEARLY = 0.2


def answer_rules(query: Query, context: Context, intent: Intent = Intent.FAQ) -> Draft:
    """Return the requirements or passages that answer ``query``, or ``no_match`` with the nearest.

    In order: a verdict on what was told; the date of the data, a definition; the requirements
    named, or all of them; a section or a figure named; what says most of the question's words; what
    is near in meaning.
    """
    if query.facts:
        judged = _judged(query, context, intent)
        if judged:
            return judged
    told = _told_first(query, context)
    missing = unknown_places(query, context) if "rules_all" in query.cues and not told else ()
    if missing:
        return _nothing(context, intent, general_clauses(query, context))
    told = told or _told_else(query, context)
    if told:
        return _told(context, intent, told)
    return _nothing(context, intent, nearest_passages(query, context))


def _told_first(query: Query, context: Context) -> Sequence[Told]:
    """Return dates and definitions asked for, and the requirements named, or all of them."""
    return (
        dated_notes(query, context)
        or definitions_of(query, context)
        or _clauses(query, context)
        or procedure_of(query, context)
        or clauses_asked(query, context)
    )


def _clauses(query: Query, context: Context) -> Sequence[Told]:
    """Return the requirements named, unless a passage says much more of the question.

    Who names a dimension of the criteria, other than a place, means those.
    """
    named = clauses_named(query, context)
    by_name = any(
        fold(one.dimension) in query.folded and not context.gazetteer.find(one.dimension)
        for one in named
    )
    if not named or by_name or "rules_all" in query.cues:
        return named
    ruled, otherwise = shares_of(query, named, context)
    return () if otherwise >= SAYS_MOST and otherwise > ruled + _CLEARLY else named


def _told_else(query: Query, context: Context) -> Sequence[Told]:
    """Return the passages that answer a question otherwise."""
    return (
        sections_named(query, context)
        or notes_with_figure(query, context)
        or definitions_of_list(query, context)
        or passages_saying(query, context)
        or passages_by_meaning(query, context)
    )


def _judged(query: Query, context: Context, intent: Intent) -> Draft | None:
    """Return a verdict on the requirements that one told figure concerns: 只有一项专利行不行."""
    sources = named_sources(query)
    verdicts = [
        (clause, *verdict(clause, query.facts))
        for clause in context.corpus.clauses
        if not sources or clause.origin.source in sources
    ]
    concerned = [one for one in verdicts if one[2]]
    if not concerned:
        return None
    judged = {clause.origin.source for clause, _, _ in concerned}
    return Draft(
        status=Status.ANSWERED,
        intent=intent,
        template="verdict",
        slots={
            "lists": verdict_lists(concerned, context),
            "authority": authority_of(context, judged),
        },
        values=tuple(
            (clause.text, "eligibility", result)
            for clause, result, _ in concerned
            if result != NOT_STATED
        ),
    )


def _nothing(context: Context, intent: Intent, near: Sequence[Told]) -> Draft:
    """Return that the sources do not say it, with what they say of something near."""
    sources = [document.source for document in context.corpus.documents]
    few = sources if len(sources) == 1 else sorted({one.origin.source for one in near})
    return Draft(
        Status.NO_MATCH,
        intent,
        "no_rule",
        {
            "documents": documents_of(context, few),
            "authority": authority_of(context, sources),
            "near": told_lists(near, context),
        },
    )


def _told(context: Context, intent: Intent, told: Sequence[Told]) -> Draft:
    """Return the draft that tells passages under the titles of their lists."""
    clauses = [one for one in told if isinstance(one, Clause)]
    sources = sorted({one.origin.source for one in told})
    return Draft(
        status=Status.ANSWERED,
        intent=intent,
        template="rules",
        slots={
            "lists": told_lists(told, context),
            "authority": authority_of(context, sources),
            "is_rule": bool(clauses),
        },
        values=tuple(value for one in told for value in _values(one)),
        suggestions=_suggestions(context, clauses) if clauses else (),
    )


def _values(told: Told) -> list[tuple[str, str, str]]:
    if isinstance(told, Clause):
        return [(told.dimension, "requirement", told.text)]
    if isinstance(told, Passage):
        return [(told.origin.section[-1] if told.origin.section else "", "note", told.text)]
    assert isinstance(told, StatisticsRow)  # noqa: S101 - the last of the kinds
    others = [(key, value) for key, value in told.values.items() if key != told.dimension]
    return [(told.label, key, value.text) for key, value in others]


def _suggestions(context: Context, told: Sequence[Clause]) -> tuple[str, ...]:
    texts = {one.text for one in told}
    sources = {one.origin.source for one in told}
    others = [
        clause
        for clause in context.corpus.clauses
        if clause.text not in texts and clause.origin.source in sources and not clause.aspect
    ]
    dimensions = dict.fromkeys(clause.dimension for clause in others)
    return tuple(f"{dimension}有什么要求？" for dimension in dimensions)[:SUGGESTIONS]
