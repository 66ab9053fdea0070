"""All names of trades by meaning: which trade is nearest to what a company says that it does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.language.encoder import Encoder, Vectors
from index.language.thesaurus import Thesaurus

FILE = "names.npy"

# A text is of a trade if it is nearer to one of its names than this share of all names are to the
# nearest name of another trade, whatever a cosine similarity means to the model.
_NEARER = 0.2
_SAMPLE = 997


class TradeNames:
    """The names of all trades.

    Args:
        thesaurus: All trades.
        vectors: One row per name, in the order of the thesaurus.
    """

    def __init__(self, thesaurus: Thesaurus, vectors: Vectors) -> None:
        self._vectors = vectors.astype(np.float32)
        self._terms = _owners(thesaurus)
        self._least = self._nearness_of_others()

    def nearest(self, vectors: Vectors) -> list[str]:
        """Return for each vector the term of the nearest trade; empty where none is near."""
        if not len(self._terms):
            return [""] * len(vectors)
        similar = vectors @ self._vectors.T
        best = similar.argmax(axis=1)
        near = similar[np.arange(len(best)), best] >= self._least
        return [
            self._terms[place] if enough else "" for place, enough in zip(best, near, strict=True)
        ]

    def _nearness_of_others(self) -> float:
        """Return how near names are to those of other trades, but for the farthest of them."""
        sample = range(0, len(self._terms), max(1, len(self._terms) // _SAMPLE))
        owner = np.unique(self._terms, return_inverse=True)[1] if self._terms else np.zeros(0)
        similar = self._vectors[list(sample)] @ self._vectors.T
        similar[owner[list(sample)][:, None] == owner[None, :]] = -1.0
        return float(np.quantile(similar.max(axis=1), _NEARER)) if similar.size else 1.0


def _owners(thesaurus: Thesaurus) -> Sequence[str]:
    return [concept.term for concept in thesaurus.concepts() for _ in concept.surfaces()]


def write_names(folder: Path, thesaurus: Thesaurus, encoder: Encoder) -> None:
    """Write the vectors of all names into a folder."""
    names = [name for concept in thesaurus.concepts() for name in concept.surfaces()]
    np.save(folder / FILE, encoder.encode_documents(names).astype(np.float16))


def load_names(folder: Path, thesaurus: Thesaurus) -> TradeNames:
    """Return the names whose vectors are in a folder.

    Raises:
        OSError: they are missing.
        ValueError: they are damaged.
    """
    return TradeNames(thesaurus, np.load(folder / FILE))
