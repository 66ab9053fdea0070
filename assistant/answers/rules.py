"""Rules, terms, notes and sources, in the source's own words with its as-of date."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.common import SUGGESTIONS, Context
from assistant.compose import Said
from assistant.retrieve import Scored, search_knowledge
from assistant.types import Draft, Intent, Query, Status
from index.chunks import CLAUSE_PAYLOAD, NOTE_PAYLOAD, clause_subject
from index.normalize import fold, plain_heading
from index.types import Chunk, ChunkKind, Clause, Value

# A passage answers a question from this fused score on; others count if they are nearly as good
# as the best.
ANSWERS = 0.70
_NEARLY = 0.97


def answer_rules(query: Query, context: Context, intent: Intent = Intent.FAQ) -> Draft:
    """Return the requirements or notes that answer ``query``, or ``no_match``."""
    if "rules_all" in query.cues and context.corpus.clauses:
        return _told(context, intent, _clause_slots(context.corpus.clauses), ())
    whole = _section_named(query, context)
    if whole:
        return _told(context, intent, (), whole)
    found = [
        scored for scored in search_knowledge(context.index, query.text) if _tells(scored, context)
    ]
    best = [scored for scored in found if scored.score >= max(ANSWERS, found[0].score * _NEARLY)]
    if not best:
        return Draft(status=Status.NO_MATCH, intent=intent, template="no_rule")
    chunks = [context.index.chunk(scored.key) for scored in best]
    clauses = [
        CLAUSE_PAYLOAD.validate_json(chunk.payload)
        for chunk in chunks
        if chunk.kind is ChunkKind.CLAUSE
    ]
    notes = [
        Value(NOTE_PAYLOAD.validate_json(chunk.payload).text, chunk.origin)
        for chunk in chunks
        if chunk.kind is ChunkKind.NOTE
    ]
    return _told(context, intent, _clause_slots(clauses), notes)


def _section_named(query: Query, context: Context) -> list[Value]:
    """Return all notes of the section that the question names: 参考资料有哪些."""
    return [
        Value(note.text, note.origin)
        for note in context.corpus.notes
        if note.origin.section and fold(plain_heading(note.origin.section[-1])) in query.folded
    ]


def _tells(scored: Scored, context: Context) -> bool:
    """Return whether a passage is a rule or a note; regional rows have answers of their own."""
    chunk: Chunk = context.index.chunk(scored.key)
    return chunk.kind in (ChunkKind.CLAUSE, ChunkKind.NOTE)


def _clause_slots(clauses: Sequence[Clause]) -> list[dict[str, Value]]:
    return [
        {
            "dimension": Value(clause.dimension, clause.origin),
            "text": Value(clause.text, clause.origin),
        }
        for clause in clauses
    ]


def _told(
    context: Context,
    intent: Intent,
    clauses: Sequence[dict[str, Value]],
    notes: Sequence[Value],
) -> Draft:
    sources = {value.origin.source for value in (*(one["text"] for one in clauses), *notes)}
    documents = [one for one in context.corpus.documents if one.source in sources]
    values = [(one["dimension"].text, "requirement", one["text"].text) for one in clauses]
    values += [(document.title, "note", note.text) for note in notes for document in documents[:1]]
    return Draft(
        status=Status.ANSWERED,
        intent=intent,
        template="rules",
        slots={
            "clauses": clauses,
            "notes": notes,
            "documents": [
                {"title": Said(document.title), "as_of": document.as_of} for document in documents
            ],
            "is_rule": bool(clauses),
        },
        values=tuple(values),
        suggestions=_suggestions(context, clauses),
    )


def _suggestions(context: Context, told: Sequence[dict[str, Value]]) -> tuple[str, ...]:
    texts = {one["text"].text for one in told}
    others = [clause for clause in context.corpus.clauses if clause.text not in texts]
    return tuple(f"对{clause_subject(clause.text)}有什么要求？" for clause in others[:SUGGESTIONS])
