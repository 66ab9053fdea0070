"""Stand-ins for the slow parts, simple enough to be computed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

import numpy as np

from index.language.encoder import Vectors
from index.store.records import Records
from index.types import Company, Corpus


class FakeEncoder:
    """Counts character bigrams in buckets; texts that share bigrams are near each other.

    The bigram ``ab`` falls into the bucket ``(31 * ord(a) + ord(b)) % dimension``; the text is
    framed by ``^`` and ``$``, so that even an empty one has a bigram.

    Args:
        name: Name that the manifest records.
        dimension: Number of buckets.
    """

    def __init__(self, name: str = "fake", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        framed = f"^{text}$"
        vector = np.zeros(self.dimension, dtype=np.float32)
        for first, second in pairwise(framed):
            vector[(31 * ord(first) + ord(second)) % self.dimension] += 1
        return vector / np.linalg.norm(vector)


class SilentProgress:
    """Shows nothing, and remembers the stages with how far each was advanced."""

    def __init__(self) -> None:
        self.stages: dict[str, tuple[int, int]] = {}

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Callable[[int], None]]:
        self.stages[name] = (0, total)

        def advance(steps: int) -> None:
            self.stages[name] = (self.stages[name][0] + steps, total)

        yield advance


def companies_of(records: Records) -> tuple[Company, ...]:
    """Return all companies, in reading order."""
    return records.companies(range(records.count()))


def corpus_of(records: Records) -> Corpus:
    """Return everything that records hold."""
    return Corpus(
        documents=records.documents(),
        companies=companies_of(records),
        unresolved=records.unresolved(),
        statistics=records.statistics(),
        clauses=records.clauses(),
        notes=records.passages(),
        skipped=records.skipped(),
    )
