"""What cannot be answered because the sources have no such list, or no such column."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.common import Context, describe, documents_of, item
from assistant.answers.selection import select_hits
from assistant.compose import Derived, Said
from assistant.types import Draft, Hit, Intent, Query, Status
from index.schema.normalize import fold

_RELATED = 5
_TOLD = ("domain", "product")
_RULES = (Intent.FAQ, Intent.ELIGIBILITY)
_ASIDE = (Intent.HELP, Intent.OTHER)


def lacks_sources(query: Query, context: Context) -> bool:
    """Return whether a question is about a list that is not there, or a column that none has.

    The rules of a list that is not there may still stand in the notes of another.
    """
    if query.intent in _ASIDE:
        return False
    if query.intent in _RULES:
        corpus = context.corpus
        texts = [
            *(fold(note.text) for note in corpus.notes),
            *(fold(clause.text) for clause in corpus.clauses),
        ]
        return any(not any(name in one for one in texts) for name in query.missing_lists)
    return bool(query.lacking or query.missing_lists)


def answer_lacking(query: Query, context: Context) -> Draft:
    """Say what the sources lack, what they are, and which companies fulfil the rest."""
    missing = query.missing_lists
    rest = replace(
        query, conditions=tuple(one for one in query.conditions if one.label not in missing)
    )
    hits = _others(rest, context)
    sources = [document.source for document in context.corpus.documents]
    return Draft(
        status=Status.NO_MATCH,
        intent=query.intent,
        template="lacking",
        slots={
            "lists": [Said(name) for name in missing],
            "fields": [Said(name) for name in query.lacking],
            "documents": documents_of(context, sources),
            "named": bool(query.companies),
            "what": describe(rest),
            "count": Derived(str(len(hits))),
            "items": [item(hit.company, _TOLD, query) for hit in hits[:_RELATED]],
        },
        related=hits[:_RELATED],
        suggestions=context.examples,
    )


def _others(rest: Query, context: Context) -> tuple[Hit, ...]:
    """Return the companies named, else those that fulfil what else is asked, if anything is."""
    named = tuple(company for ids in rest.companies for company in context.find(ids))
    if named:
        return tuple(Hit(company, 1.0) for company in named)
    narrowed = rest.conditions or rest.topic or rest.either
    of_companies = rest.intent in (Intent.LIST, Intent.COUNT, Intent.RANK, Intent.STATS)
    return select_hits(rest, context).hits if narrowed and of_companies else ()
