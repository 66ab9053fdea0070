"""Rules, terms, notes and sources, in the source's own words with its as-of date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.common import SUGGESTIONS, Context, documents_of
from assistant.answers.eligibility import NOT_STATED, requirements_of, verdict, verdict_slots
from assistant.retrieve import Scored, search_knowledge
from assistant.types import Draft, Intent, Query, Status
from assistant.understanding.numbers import read_number
from index.chunks import CLAUSE_PAYLOAD, NOTE_PAYLOAD, clause_subject
from index.normalize import fold, plain_heading
from index.types import Chunk, ChunkKind, Clause, Value

# A passage answers a question from this cosine similarity on, if no question that such sources do
# not answer is nearer; others count if their fused score is nearly as good as that of the best.
ANSWERS = 0.42
PART_ANSWERS = 0.50

# A passage that holds nearly as many of the question's words as any may be a little further.
WORDS_ANSWER = 0.95
WORDS_MARGIN = 0.08
_NEARLY = 0.97

_NUMBERED = re.compile(
    r"(?:第\s*(?P<n>[一二三四五六七八九\d])|(?P<last>最后一))\s*(?:个|条|项|点)?"
    r"(?:维度|方面|标准|条件|要求|指标|$|呢|是|说|讲|细|具体|详细|再|又|[,，]|怎么)"
)
_CLAUSE = re.compile(r"[,，。;；!！?？\n]+")
_SHORTEST_CLAUSE = 4
_LARGE_FIGURE = re.compile(r"\d+(?:\.\d+)?万")
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*(?:%|项|年)")


def answer_rules(query: Query, context: Context, intent: Intent = Intent.FAQ) -> Draft:
    """Return the requirements or notes that answer ``query``, or ``no_match``."""
    if query.facts:
        judged = _judged(query, context, intent)
        if judged:
            return judged
    clauses = _clauses_named(query, context)
    if not clauses and "rules_all" in query.cues:
        clauses = list(context.corpus.clauses)
    if clauses:
        return _told(context, intent, _clause_slots(clauses), ())
    whole = _section_named(query, context) or notes_with_figure(query, context)
    if whole:
        return _told(context, intent, (), whole)
    found = [scored for scored in knowledge_about(query, context) if _tells(scored, context)]
    best = [scored for scored in found if scored.score >= found[0].score * _NEARLY]
    if not best:
        documents = [document.source for document in context.corpus.documents]
        slots = {"documents": documents_of(context, documents)}
        return Draft(Status.NO_MATCH, intent, "no_rule", slots)
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


def knowledge_about(query: Query, context: Context) -> list[Scored]:
    """Return rules, notes and statistics on what a question asks, best first.

    A long question may tell more than it asks, a short one may need the one before: each of its
    clauses is looked for too, and it together with the question before. The best counts.
    """
    best = {scored.key: scored for scored in _answering(query.text, context, ANSWERS)}
    clauses = [clause for clause in _CLAUSE.split(query.text) if len(clause) >= _SHORTEST_CLAUSE]
    texts = clauses if best and len(clauses) > 1 else []
    texts += [query.context + query.text] if query.context else []
    for text in texts:
        for scored in _answering(text, context, PART_ANSWERS):
            if scored.key not in best or scored.score > best[scored.key].score:
                best[scored.key] = scored
    return sorted(best.values(), key=lambda scored: (-scored.score, scored.key))


def _answering(text: str, context: Context, floor: float) -> list[Scored]:
    """Return what is near a text, and nearer than any question that such sources leave open."""
    found = search_knowledge(context.index, text)
    rival = max(floor, context.index.rival(text, "unanswered"))
    near = max(floor, rival - WORDS_MARGIN)
    return [
        one for one in found if one.similarity >= (near if one.lexical >= WORDS_ANSWER else rival)
    ]


def _judged(query: Query, context: Context, intent: Intent) -> Draft | None:
    """Return a verdict on the requirements that one told figure concerns: 只有一项专利行不行."""
    verdicts = [(clause, *verdict(clause, query.facts)) for clause in context.corpus.clauses]
    concerned = [one for one in verdicts if one[2]]
    if not concerned:
        return None
    clauses = [clause for clause, _, _ in concerned]
    return Draft(
        status=Status.ANSWERED,
        intent=intent,
        template="verdict",
        slots={
            "verdicts": verdict_slots(concerned),
            "documents": documents_of(context, [clause.origin.source for clause in clauses]),
        },
        values=tuple(
            (clause.text, "eligibility", result)
            for clause, result, _ in concerned
            if result != NOT_STATED
        ),
    )


def _clauses_named(query: Query, context: Context) -> list[Clause]:
    """Return the requirements that the question names: dimension, what they ask, threshold."""
    figures = set(_FIGURE.findall(query.folded))
    numbered = _dimension_numbered(query, context)
    return [
        clause
        for clause in context.corpus.clauses
        if fold(clause.dimension) in query.folded
        or clause.dimension == numbered
        or figures & set(_FIGURE.findall(clause.text))
        or any(
            word in query.folded
            for requirement in requirements_of(clause)
            for word in requirement.ask
        )
    ]


def _dimension_numbered(query: Query, context: Context) -> str | None:
    """Return the dimension that the question names by its place: 第三个维度."""
    match = _NUMBERED.search(query.folded)
    if not match:
        return None
    dimensions = list(dict.fromkeys(clause.dimension for clause in context.corpus.clauses))
    number = len(dimensions) if match["last"] else read_number(match["n"]) or 0
    return dimensions[number - 1] if 0 < number <= len(dimensions) else None


def _section_named(query: Query, context: Context) -> list[Value]:
    """Return all notes of the section that the question names: 参考资料有哪些."""
    return [
        Value(note.text, note.origin)
        for note in context.corpus.notes
        if note.origin.section and fold(plain_heading(note.origin.section[-1])) in query.folded
    ]


def notes_with_figure(query: Query, context: Context) -> list[Value]:
    """Return the notes that hold a large figure of the question: 1.2万家是个啥数."""
    figures = _LARGE_FIGURE.findall(query.folded)
    return [
        Value(note.text, note.origin)
        for note in context.corpus.notes
        if any(figure in note.text for figure in figures)
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
    documents = documents_of(context, sorted(sources))
    values = [(one["dimension"].text, "requirement", one["text"].text) for one in clauses]
    values += [
        (note.origin.section[-1] if note.origin.section else "", "note", note.text)
        for note in notes
    ]
    return Draft(
        status=Status.ANSWERED,
        intent=intent,
        template="rules",
        slots={
            "clauses": clauses,
            "notes": notes,
            "documents": documents,
            "is_rule": bool(clauses),
        },
        values=tuple(values),
        suggestions=_suggestions(context, clauses),
    )


def _suggestions(context: Context, told: Sequence[dict[str, Value]]) -> tuple[str, ...]:
    texts = {one["text"].text for one in told}
    others = [clause for clause in context.corpus.clauses if clause.text not in texts]
    return tuple(f"对{clause_subject(clause.text)}有什么要求？" for clause in others[:SUGGESTIONS])
