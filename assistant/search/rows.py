"""Companies by what their own texts say, by meaning and by words, fused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from assistant.search.fusion import LEXICAL_SHARE
from assistant.search.truth import Scores
from index.store.columns import ColumnStore, Entities, Mask
from index.store.reader import IndexReader
from index.text import fold
from index.types import Chunk, ChunkKind

_KINDS = (ChunkKind.ROW, ChunkKind.FACET)
_CANDIDATES = 200
_COMPANIES = "companies"

# A company counts by its two nearest texts, for one alone may be near by chance: on the development
# half this finds the right company first in 74 of 100 questions, the nearest text alone in 73.
_NEAREST = 2

Hits = Sequence[tuple[str, float]]
Held = tuple[Entities, Scores]


class RowSearch:
    """Finds companies by the texts of their rows."""

    def __init__(self, index: IndexReader, columns: ColumnStore) -> None:
        self._index = index
        self._columns = columns
        self._size = columns.size(_COMPANIES)

    def search(self, text: str) -> tuple[Scores, float]:
        """Return how near the texts of each company are, as a share of the nearest of all.

        The second figure is the cosine similarity of the nearest company.
        """
        near = self._held(self._index.search_vectors(text, _KINDS, _CANDIDATES))
        dense, known = self._mean(near, _NEAREST)
        said = self._held(self._index.search_words(text, _COMPANIES, _CANDIDATES))
        lexical, _ = self._mean(said, 1)
        words = lexical / (lexical.max(initial=0.0) or 1.0)
        fused = (1 - LEXICAL_SHARE) * np.maximum(dense, 0.0) + LEXICAL_SHARE * words
        fused = np.round(fused, 4)
        best = fused.max(initial=0.0) or 1.0
        similar = float(dense[known].max()) if known.any() else 0.0 if words.any() else -1.0
        return fused / best, similar

    def _mean(self, held: Held, count: int) -> tuple[Scores, Mask]:
        """Return for each company the mean of its best scores, and which companies have any."""
        companies, scores = held
        by_company = np.argsort(companies, kind="stable")
        companies, scores = companies[by_company], scores[by_company]
        # The texts of a company stand together now, the best first.
        starts = np.flatnonzero(np.diff(companies, prepend=-1))
        place = np.arange(len(companies)) - np.repeat(
            starts, np.diff(starts, append=len(companies))
        )
        best = place < count
        total = np.bincount(companies[best], weights=scores[best], minlength=self._size)
        known = np.bincount(companies[best], minlength=self._size)
        return np.round(total / np.maximum(known, 1), 4), known > 0

    def _held(self, hits: Hits) -> Held:
        """Return the companies whose rows hold each text found, each with the text's score."""
        chunks = self._index.chunks(chunk_id for chunk_id, _ in hits)
        facets = self._facets(chunks.values())
        rows = self._index.records.numbers(
            target
            for chunk in chunks.values()
            if chunk.kind is ChunkKind.ROW
            for target in chunk.targets
        )
        found: list[Entities] = []
        for chunk_id, _ in hits:
            chunk = chunks[chunk_id]
            if chunk.kind is ChunkKind.FACET:
                found.append(facets[chunk.field, fold(chunk.text)])
            else:
                # A row that fits several companies stands for none of them.
                found.append(np.array([rows[one] for one in chunk.targets], dtype=np.int32))
        scores = np.repeat([score for _, score in hits], [len(one) for one in found])
        nobody = np.zeros(0, dtype=np.int32)
        return np.concatenate((nobody, *found)), scores.astype(np.float64)

    def _facets(self, chunks: Iterable[Chunk]) -> dict[tuple[str, str], Entities]:
        """Return the companies that hold each of some facets."""
        by_field: dict[str, dict[str, None]] = {}
        for chunk in chunks:
            if chunk.kind is ChunkKind.FACET:
                by_field.setdefault(chunk.field, {})[fold(chunk.text)] = None
        nobody = np.zeros(0, dtype=np.int32)
        found = {(field, text): nobody for field, texts in by_field.items() for text in texts}
        for field, texts in by_field.items():
            column = self._columns.column(_COMPANIES, field)
            for text, number in self._columns.numbered(_COMPANIES, field, tuple(texts)).items():
                found[field, text] = column.holders(number)
        return found
