"""What the sources say of a question: passages by words, by headings, by meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.common import Context
from assistant.clauses import named_sources
from assistant.filters import areas_of
from assistant.passage_words import asks_date, asks_definition, is_hidden
from assistant.retrieve import Scored, search_knowledge
from assistant.search.passages import Covered, Told
from assistant.types import Query
from index.rules.criteria import defines
from index.schema.normalize import fold, plain_heading
from index.store.payloads import CLAUSE, PASSAGE, STATISTICS
from index.types import Chunk, ChunkKind, Passage, StatisticsRow

# A passage answers a question from this cosine similarity on, if no question that such sources do
# not answer is nearer; others count if their fused score is nearly as good as that of the best.
ANSWERS = 0.42
PART_ANSWERS = 0.50

# A passage that holds nearly as many of the question's words as any may be a little further.
WORDS_ANSWER = 0.95
WORDS_MARGIN = 0.08
_NEARLY = 0.97

# A passage that says at least this share of the question's words answers it, whatever is near.
SAYS_ENOUGH = 0.75
SAYS_MOST = 0.9

# From these shares on, headings say what is asked for, and passages are worth showing as near.
HEADED = 0.8
_NEAR = 0.3
_NEAREST = 3

_CLAUSE = re.compile(r"[,，。;；!！?？\n]+")
_SHORTEST_CLAUSE = 4
_LARGE_FIGURE = re.compile(r"\d+(?:\.\d+)?万")


def explained(query: Query) -> tuple[str, ...]:
    """Return the stretches of a question that say which companies are meant."""
    conditions = (one.label for one in query.conditions)
    return (*query.topic.labels, *query.topic.excluded, *conditions)


def dated_notes(query: Query, context: Context) -> list[Told]:
    """Return the notes that date the lists, where a question asks from when the data is."""
    if query.fields or not asks_date(query.folded) or notes_with_figure(query, context):
        return []
    sources = named_sources(query)
    dated = [
        one.as_of.origin
        for one in context.corpus.documents
        if one.as_of and (not sources or one.source in sources)
    ]
    return [note for note in context.corpus.notes if note.origin in dated]


def definitions_of(query: Query, context: Context) -> list[Told]:
    """Return the notes that say what something is, where a question asks for that."""
    if not asks_definition(query.folded):
        return []
    words, sources = context.passages.content(query.text), named_sources(query)
    return [
        note
        for note in context.corpus.notes
        if words
        and defines(note.text)
        and all(word in fold(note.text) for word in words)
        and (not sources or note.origin.source in sources)
    ]


def definitions_of_list(query: Query, context: Context) -> list[Told]:
    """Return what says whom a list takes in, where all rules are asked for and it has no others."""
    if "rules_all" not in query.cues:
        return []
    sources = named_sources(query)
    ruled = {clause.origin.source for clause in context.corpus.clauses}
    return [
        note
        for note in context.corpus.notes
        if defines(note.text)
        and note.origin.source not in ruled
        and (not sources or note.origin.source in sources)
    ]


def procedure_of(query: Query, context: Context) -> list[Told]:
    """Return a section of notes whose headings say all that is asked: 怎么申报 by 申报流程."""
    if "rules_all" not in query.cues:
        return []
    found = context.passages.find(query.text, explained(query), named_sources(query) or None)
    headed = [one for one in found if one.around >= HEADED and isinstance(one.unit.told, Passage)]
    sections = _sections(headed) if headed else []
    return [unit.told for one in sections for unit in context.passages.section(one.unit)]


def sections_named(query: Query, context: Context) -> list[Told]:
    """Return all notes of the section that the question names: 参考资料有哪些."""
    sources = named_sources(query)
    return [
        note
        for note in context.corpus.notes
        if note.origin.section
        and (not sources or note.origin.source in sources)
        and fold(plain_heading(note.origin.section[-1])) in query.folded
    ]


def notes_with_figure(query: Query, context: Context) -> list[Told]:
    """Return the notes that hold a large figure of the question: 1.2万家是个啥数."""
    figures = _LARGE_FIGURE.findall(query.folded)
    return [note for note in context.corpus.notes if any(figure in note.text for figure in figures)]


def passages_saying(query: Query, context: Context) -> list[Told]:
    """Return the passages that say most of the question's words, or a whole section of them."""
    sources = named_sources(query) or None
    found = [
        one
        for one in context.passages.find(query.text, explained(query), sources)
        if _holds_there(one.unit.told, query)
    ]
    enough = [one for one in found if max(one.share, one.around, one.headed) >= SAYS_ENOUGH]
    titled = max((one.titled for one in enough), default=0)
    found = [one for one in enough if one.titled == titled]
    saying = [one for one in found if one.share >= SAYS_ENOUGH]
    best = [one for one in saying if one.rank >= saying[0].rank * _NEARLY]
    own = max((one.own for one in best), default=0.0)
    headed = [one for one in found if max(one.around, one.headed) >= HEADED]
    heading = max((max(one.around, one.headed) for one in headed), default=0.0)
    if headed and heading >= own:
        return [told for one in _sections(headed) for told in _of_section(one, query, context)]
    return [one.unit.told for one in best if one.own >= own * _NEARLY]


def shares_of(query: Query, clauses: Sequence[Told], context: Context) -> tuple[float, float]:
    """Return how much of a question the best of some requirements says, and the best passage."""
    found = context.passages.find(query.text, (), named_sources(query) or None)
    ruled = [one.share for one in found if any(one.unit.told is clause for clause in clauses)]
    others = [
        max(one.share, one.around)
        for one in found
        if isinstance(one.unit.told, Passage | StatisticsRow)
    ]
    return max(ruled, default=0.0), max(others, default=0.0)


def passages_by_meaning(query: Query, context: Context) -> list[Told]:
    """Return the requirements and notes nearest in meaning, of the lists that are meant."""
    sources = named_sources(query)
    found = [
        (scored, told)
        for scored in knowledge_about(query, context)
        if (told := _payload(context.index.chunk(scored.key))) is not None
        and (not sources or told.origin.source in sources)
    ]
    return [told for scored, told in found if scored.score >= found[0][0].score * _NEARLY]


def nearest_passages(query: Query, context: Context) -> list[Told]:
    """Return the few passages that say the most of a question, where none says enough."""
    found = context.passages.find(query.text, explained(query), named_sources(query) or None)
    return [one.unit.told for one in found if one.share >= _NEAR][:_NEAREST]


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


def _holds_there(told: Told, query: Query) -> bool:
    """Return whether a row of statistics by place is of a place asked for, if any is."""
    places = {value for area in areas_of(query.conditions) for value in area.values}
    return not (isinstance(told, StatisticsRow) and told.place and places) or told.place in places


def _sections(found: Sequence[Covered]) -> list[Covered]:
    """Return the first passage of every section, of those whose headings say the most."""
    most = max(one.headed + one.around for one in found)
    headed = [one for one in found if one.headed + one.around >= most * _NEARLY]
    firsts = {(one.unit.origin.source, one.unit.origin.section): one for one in reversed(headed)}
    return list(reversed(firsts.values()))


def _of_section(one: Covered, query: Query, context: Context) -> list[Told]:
    """Return the passages of a section; those that say a word its headings do not, if any does."""
    section = context.passages.section(one.unit)
    words = [
        word
        for word in context.passages.telling(query.text, one.unit.origin.source)
        if not context.passages.holds(word, one.unit.around)
    ]
    said = [sum(context.passages.holds(word, unit.own) for word in words) for unit in section]
    most = max(said)
    return [unit.told for unit, count in zip(section, said, strict=True) if count == most]


def _answering(text: str, context: Context, floor: float) -> list[Scored]:
    """Return what is near a text, and nearer than any question that such sources leave open."""
    found = search_knowledge(context.index, text)
    rival = max(floor, context.index.rival(text, "unanswered"))
    near = max(floor, rival - WORDS_MARGIN)
    return [
        one for one in found if one.similarity >= (near if one.lexical >= WORDS_ANSWER else rival)
    ]


def _payload(chunk: Chunk) -> Told | None:
    """Return what a chunk was made from; None for a place's statistics, told elsewhere."""
    if chunk.kind is ChunkKind.CLAUSE:
        return CLAUSE.validate_json(chunk.payload)
    if chunk.kind is ChunkKind.NOTE:
        note = PASSAGE.validate_json(chunk.payload)
        return None if is_hidden(note) else note
    if chunk.kind is ChunkKind.STATISTICS:
        row = STATISTICS.validate_json(chunk.payload)
        return None if row.place else row
    return None
