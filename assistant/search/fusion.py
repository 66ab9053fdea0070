"""Retrieval of rules, notes and statistics by meaning and by words, fused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.store.reader import IndexReader
from index.types import ChunkKind

_KNOWLEDGE_KINDS = (ChunkKind.STATISTICS, ChunkKind.CLAUSE, ChunkKind.NOTE, ChunkKind.QUESTION)
_CANDIDATES = 200

LEXICAL_SHARE = 0.15
"""Share of the words in a fused score; the rest is the meaning."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Something retrieved.

    Attributes:
        key: Id of its chunk.
        score: Fused score from 0 to 1.
        similarity: Cosine similarity, from -1 to 1.
        lexical: BM25 score as a share of the best, from 0 to 1.
    """

    key: str
    score: float
    similarity: float
    lexical: float = 0.0


def fuse(dense: Mapping[str, float], lexical: Mapping[str, float]) -> list[Scored]:
    """Return every key of both, best first, ties in order of key.

    Args:
        dense: Cosine similarities, from -1 to 1.
        lexical: BM25 scores, 0 and more; they are divided by the best of them.
    """
    best = max(lexical.values(), default=0.0) or 1.0
    fused = [
        Scored(
            key=key,
            score=round(
                (1 - LEXICAL_SHARE) * max(dense.get(key, 0.0), 0.0)
                + LEXICAL_SHARE * lexical.get(key, 0.0) / best,
                4,
            ),
            similarity=dense.get(key, 0.0),
            lexical=round(lexical.get(key, 0.0) / best, 4),
        )
        for key in {**dense, **lexical}
    ]
    return sorted(fused, key=lambda scored: (-scored.score, scored.key))


def search_knowledge(index: IndexReader, text: str) -> list[Scored]:
    """Return rules, notes and statistics, best first; a question counts for what it leads to."""
    dense = _best_target(index, index.search_vectors(text, _KNOWLEDGE_KINDS, _CANDIDATES))
    lexical = _best_target(index, index.search_words(text, "knowledge", _CANDIDATES))
    return fuse(dense, lexical)


def _best_target(index: IndexReader, hits: Iterable[tuple[str, float]]) -> dict[str, float]:
    best: dict[str, float] = {}
    for chunk_id, score in hits:
        for key in index.chunk(chunk_id).targets or (chunk_id,):
            best[key] = max(score, best.get(key, -1.0))
    return best
