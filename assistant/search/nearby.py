"""Requirements, notes and statistics near to a question in meaning."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.search.asked import Asked
from assistant.search.fusion import Scored, search_knowledge
from assistant.search.passage_words import is_hidden
from assistant.search.passages import Told
from index.regex import regex
from index.store.payloads import CLAUSE, PASSAGE, STATISTICS
from index.store.reader import IndexReader
from index.text import fold
from index.types import Chunk, ChunkKind

# A passage answers a question from this cosine similarity on, if no question that such sources do
# not answer is nearer; others count if their fused score is nearly as good as that of the best.
ANSWERS = 0.42
PART_ANSWERS = 0.50

# A passage that holds nearly as many of the question's words as any may be a little further.
WORDS_ANSWER = 0.95
WORDS_MARGIN = 0.08
_NEARLY = 0.97

_CLAUSE = regex(r"[,，。;；!！?？\n]+")
_SHORTEST_CLAUSE = 4
_SHORTEST_TITLED = 2


def passages_by_meaning(asked: Asked, index: IndexReader) -> list[Told]:
    """Return the requirements and notes nearest in meaning, of the lists that are meant."""
    found = [
        (scored, told)
        for scored in knowledge_about(asked.text, asked.before, index)
        if (told := _payload(index.chunk(scored.key))) is not None
        and asked.means(told.origin.source)
    ]
    return [told for scored, told in found if scored.score >= found[0][0].score * _NEARLY]


def knowledge_about(text: str, before: str, index: IndexReader) -> list[Scored]:
    """Return rules, notes and statistics on what a question asks, best first.

    A long question may tell more than it asks, a short one may need the one before: each of its
    clauses is looked for too, and it together with the question before. The best counts.
    """
    best = {scored.key: scored for scored in _answering(text, index, ANSWERS)}
    clauses = [clause for clause in _CLAUSE.split(text) if len(clause) >= _SHORTEST_CLAUSE]
    texts = clauses if best and len(clauses) > 1 else []
    texts += [before + text] if before else []
    for part in texts:
        for scored in _answering(part, index, PART_ANSWERS):
            if scored.key not in best or scored.score > best[scored.key].score:
                best[scored.key] = scored
    return sorted(best.values(), key=lambda scored: (-scored.score, scored.key))


def _answering(text: str, index: IndexReader, floor: float) -> Iterable[Scored]:
    """Return what is near a text, and nearer than any question that such sources leave open.

    Words of the lists' own titles are near to everything in them: without those, no question left
    open may be nearer either.
    """
    bare = _untitled(text, index)
    if bare and index.rival(bare, "unanswered") >= max(floor, _nearest(bare, index)):
        return []
    rival = max(floor, index.rival(text, "unanswered"))
    near = max(floor, rival - WORDS_MARGIN)
    return [
        one
        for one in search_knowledge(index, text)
        if one.similarity >= (near if one.lexical >= WORDS_ANSWER else rival)
    ]


def _nearest(text: str, index: IndexReader) -> float:
    return max((one.similarity for one in search_knowledge(index, text)), default=0.0)


def _untitled(text: str, index: IndexReader) -> str:
    """Return a question without the words of the lists' titles; empty if it has none."""
    titles = [fold(one.title) for one in index.records.documents()]
    words = [
        word
        for word in index.segmenter.words(fold(text))
        if len(word) < _SHORTEST_TITLED or not any(word in title for title in titles)
    ]
    bare = "".join(words)
    return bare if len(bare) >= _SHORTEST_CLAUSE and bare != fold(text) else ""


def _payload(chunk: Chunk) -> Told | None:
    """Return what a chunk was made from; None for a place's statistics, told elsewhere."""
    if chunk.kind is ChunkKind.CLAUSE:
        return CLAUSE.read(chunk.payload)
    if chunk.kind is ChunkKind.NOTE:
        note = PASSAGE.read(chunk.payload)
        return None if is_hidden(note) else note
    if chunk.kind is ChunkKind.STATISTICS:
        row = STATISTICS.read(chunk.payload)
        return None if row.place else row
    return None
