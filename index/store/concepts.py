"""What a question in everyday words is about: every trade of the thesaurus compared with it.

A question is scored against all concepts, not only against those that some company works on: the
right one wins over its rivals, and a question about a trade that no row holds shows itself, since
some other trade is nearer. This is open-set recognition with the unheld concepts as background.

Two views are added up, each by the mean of a concept's three best descriptions: the meaning of
whole sentences (cosine similarity of embeddings) and their characters (BM25 over single characters
and pairs). On 244 development questions that share no word with the right company's row, ranking by
meaning alone puts it among the first three in 87 of 100, characters alone in 84, both in 89, and
both with a fifth of the rows' own similarity in 91.

Vectors and counts depend on the model and the thesaurus only, so they are computed once and kept in
the user's cache folder.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from index.language.encoder import Encoder, Vectors
from index.language.thesaurus import Concept, Thesaurus
from index.store.words import LexicalIndex
from index.text import fold

_BATCH = 1024

# How many descriptions of a concept count, and what share of the score the characters make.
_BEST = 3
_CHARACTER_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class ConceptScores:
    """How near a text is to every concept, in the order of the thesaurus.

    Attributes:
        relative: Meaning and characters together, from 0 to 1; the nearest concepts are near 1.
        similarity: Cosine similarity from -1 to 1.
    """

    relative: NDArray[np.float32]
    similarity: NDArray[np.float32]


class ConceptIndex:
    """The descriptions of all concepts.

    Args:
        thesaurus: The concepts.
        vectors: One row per text of :func:`concept_texts`.
        characters: The same texts by their characters, in the same order.
    """

    def __init__(self, thesaurus: Thesaurus, vectors: Vectors, characters: LexicalIndex) -> None:
        self.terms = tuple(concept.term for concept in thesaurus.concepts())
        self.place = {term: place for place, term in enumerate(self.terms)}
        self._vectors = vectors
        self._characters = characters
        sizes = [len(_texts_of(concept)) for concept in thesaurus.concepts()]
        starts = np.cumsum([0, *sizes])
        # One row per concept with the places of its texts; the last place stands for no text.
        self._members = np.full((len(sizes), max(sizes)), starts[-1], dtype=np.int64)
        for row, (start, end) in enumerate(pairwise(starts)):
            self._members[row, : end - start] = np.arange(start, end)
        self._counted = np.minimum(np.array(sizes), _BEST)

    def search(self, text: str, vector: Vectors) -> ConceptScores:
        """Return how near a text with its vector is to every concept."""
        meaning = self._best_of(self._vectors @ vector)
        characters = self._best_of(self._characters.scores(character_tokens(text)))
        relative = (1 - _CHARACTER_SHARE) * _to_best(meaning) + _CHARACTER_SHARE * _to_best(
            characters
        )
        return ConceptScores(relative, meaning)

    def _best_of(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for each concept the mean of its best texts."""
        padded = np.append(scores, np.float32(-1.0))[self._members]
        best = -np.partition(-padded, _BEST - 1, axis=1)[:, :_BEST]
        best = np.where(best > -1.0, best, 0.0)
        return np.asarray(best.sum(axis=1) / self._counted, dtype=np.float32)


def _to_best(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    best = scores.max(initial=0.0)
    return np.clip(scores / best, 0.0, 1.0) if best > 0 else np.zeros_like(scores)


def _texts_of(concept: Concept) -> tuple[str, ...]:
    return (concept.term, *concept.glosses)


def concept_texts(thesaurus: Thesaurus) -> list[str]:
    """Return the texts that are compared: every term with its descriptions."""
    return [text for concept in thesaurus.concepts() for text in _texts_of(concept)]


def character_tokens(text: str) -> list[str]:
    """Return the characters of a text and its pairs of neighbours, folded, marks left out."""
    characters = [character for character in fold(text) if character.isalnum()]
    return characters + [one + two for one, two in pairwise(characters)]


def load_concepts(
    thesaurus: Thesaurus, encoder: Encoder, progress: Callable[[int], None] = lambda _: None
) -> ConceptIndex:
    """Return the index of all concepts, from the cache or computed anew.

    ``progress`` gets the number of texts done at every step.
    """
    texts = concept_texts(thesaurus)
    folder = Path(platformdirs.user_cache_dir("xiaojuren"))
    digest = hashlib.sha256("\n".join((encoder.name, *texts)).encode()).hexdigest()[:16]
    vectors = _vectors(folder / f"concepts-{digest}.npy", texts, encoder, progress)
    return ConceptIndex(thesaurus, vectors, _characters(folder / f"characters-{digest}", texts))


def _vectors(
    path: Path, texts: list[str], encoder: Encoder, progress: Callable[[int], None]
) -> Vectors:
    try:
        vectors = np.asarray(np.load(path), dtype=np.float32)
        progress(len(texts))
    except (OSError, ValueError):
        vectors = np.concatenate(list(_encoded(texts, encoder, progress)))
        _keep(path, lambda fresh: np.save(fresh, vectors.astype(np.float16)))
    return vectors


def _encoded(
    texts: Sequence[str], encoder: Encoder, progress: Callable[[int], None]
) -> Iterator[Vectors]:
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        yield encoder.encode_documents(batch)
        progress(len(batch))


def _characters(folder: Path, texts: Sequence[str]) -> LexicalIndex:
    try:
        return LexicalIndex.load(folder)
    except (OSError, ValueError):
        ids = [str(place) for place in range(len(texts))]
        index = LexicalIndex.build(ids, [character_tokens(text) for text in texts])
        _keep(folder, index.save)
        return index


def _keep(path: Path, write: Callable[[Path], None]) -> None:
    """Write into the cache in one step; what cannot be written is only slower the next time."""
    fresh = path.with_name(f"{path.stem}-{id(write):x}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(fresh)
        fresh.replace(path)
    except OSError:
        _discard(fresh)


def _discard(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
