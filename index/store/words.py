"""BM25 over the segmenter's tokens, by bm25s."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.types import ChunkKind

if TYPE_CHECKING:
    import bm25s

# Companies and rules are searched apart, so that the words of one do not weigh in the other.
LEXICAL_GROUPS: dict[str, frozenset[ChunkKind]] = {
    "companies": frozenset({ChunkKind.ROW, ChunkKind.FACET}),
    "knowledge": frozenset(
        {ChunkKind.STATISTICS, ChunkKind.CLAUSE, ChunkKind.NOTE, ChunkKind.QUESTION}
    ),
}

_IDS = "ids.json"


class LexicalIndex:
    """BM25 scores of a fixed set of texts.

    Args:
        ids: One id per text.
        model: The bm25s index over the texts' tokens, in the same order; None for no texts.
    """

    def __init__(self, ids: Sequence[str], model: bm25s.BM25 | None) -> None:
        self._ids = tuple(ids)
        self._model = model

    @classmethod
    def build(cls, ids: Sequence[str], tokens: Sequence[list[str]]) -> LexicalIndex:
        """Return the index of texts given as token lists; texts without tokens are left out."""
        import bm25s

        kept = [(one, list_) for one, list_ in zip(ids, tokens, strict=True) if list_]
        if not kept:
            return cls((), None)
        model = bm25s.BM25()
        model.index([list_ for _, list_ in kept], show_progress=False)
        return cls([one for one, _ in kept], model)

    def search(self, tokens: Sequence[str], limit: int) -> list[tuple[str, float]]:
        """Return ids with their score, best first, ties in order of id; only scores above 0."""
        if self._model is None or not tokens:
            return []
        scores = self._model.get_scores(list(tokens))
        best = np.argsort(-scores, kind="stable")[: max(limit, 0)]
        hits = [(self._ids[i], round(float(scores[i]), 4)) for i in best if scores[i] > 0]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Return the score of every text, in their order; shape (number of texts,)."""
        if self._model is None or not tokens:
            return np.zeros(len(self._ids), dtype=np.float32)
        return np.asarray(self._model.get_scores(list(tokens)), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index into a new ``folder``."""
        folder.mkdir(parents=True)
        (folder / _IDS).write_text(json.dumps(self._ids), "utf-8")
        if self._model is not None:
            self._model.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Return the index in ``folder``."""
        import bm25s

        ids = json.loads((folder / _IDS).read_text("utf-8"))
        return cls(ids, bm25s.BM25.load(folder, show_progress=False) if ids else None)
