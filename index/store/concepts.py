"""What a question in everyday words is about: every trade of the thesaurus compared with it.

A question is scored against all concepts, not only against those that some company works on: the
right one wins over its rivals, and a question about a trade that no row holds shows itself, since
some other trade is nearer. This is open-set recognition with the unheld concepts as background.

Two views are added up: the meaning of whole sentences (cosine similarity of embeddings, the mean of
a concept's three best descriptions) and the characters of all descriptions and names of a concept
together (BM25 over pairs and triples). On 287 development questions this puts the right company
first in 90 of 100; characters compared description by description in 84.

Vectors and characters depend on the model and the thesaurus only: they are computed once for a
store and shared by its generations.

    STORE/thesaurus-DIGEST/
      chroma/        vectors of all descriptions, unless they lie on a server
      characters/    the characters of each concept
      names.npy      vectors of all names
"""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError, StoreMismatchError
from index.language.encoder import Encoder, Vectors
from index.language.thesaurus import Thesaurus
from index.store.names import FILE as NAMES
from index.store.names import write_names
from index.store.vectors import (
    VectorCollection,
    collection_size,
    connect,
    drop_collection,
    open_collection,
)
from index.store.words import LexicalIndex
from index.text import fold

_BATCH = 1024

# How many descriptions of a concept count, and what share of the score the characters make.
_BEST = 3
_CHARACTER_SHARE = 0.35

# Lengths of the stretches of characters that are compared.
_STRETCHES = (2, 3)
_LATIN = re.compile(r"[a-z0-9]{2,}")

# How many descriptions are compared by meaning; those further away count as a share of the last.
_NEAREST = 400
_FURTHER = 0.6

_CHROMA = "chroma"
_CHARACTERS = "characters"


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
        vectors: The texts of :func:`concept_texts`, by their places.
        characters: The concepts by their characters, in the order of the thesaurus.
    """

    def __init__(
        self, thesaurus: Thesaurus, vectors: VectorCollection, characters: LexicalIndex
    ) -> None:
        self.terms = tuple(concept.term for concept in thesaurus.concepts())
        self.place = {term: place for place, term in enumerate(self.terms)}
        self._vectors = vectors
        self._characters = characters
        sizes = [len(thesaurus.texts_of(concept)) for concept in thesaurus.concepts()]
        starts = np.cumsum([0, *sizes])
        self._texts = int(starts[-1])
        # One row per concept with the places of its texts; the last place stands for no text.
        self._members = np.full((len(sizes), max(*sizes, _BEST)), starts[-1], dtype=np.int64)
        for row, (start, end) in enumerate(pairwise(starts)):
            self._members[row, : end - start] = np.arange(start, end)
        self._counted = np.minimum(np.array(sizes), _BEST)

    def search(self, text: str, vector: Vectors) -> ConceptScores:
        """Return how near a text with its vector is to every concept."""
        found = self._vectors.nearest(vector, min(_NEAREST, self._texts))
        scores = np.full(self._texts, found[-1][1] * _FURTHER, dtype=np.float32)
        scores[[int(place) for place, _ in found]] = [similarity for _, similarity in found]
        meaning = self._best_of(scores)
        characters = self._characters.scores(character_tokens(text))
        relative = (1 - _CHARACTER_SHARE) * _to_best(meaning) + _CHARACTER_SHARE * _to_best(
            characters
        )
        return ConceptScores(relative, meaning)

    def vectors_of(self, places: Sequence[str]) -> Iterator[tuple[str, Vectors]]:
        """Yield the place and the vector of each of some texts, in no order."""
        return self._vectors.vectors_of(places)

    def close(self) -> None:
        """Release files and connections."""
        self._vectors.close()

    def _best_of(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for each concept the mean of its best texts."""
        padded = np.append(scores, np.float32(-1.0))[self._members]
        best = -np.partition(-padded, _BEST - 1, axis=1)[:, :_BEST]
        best = np.where(best > -1.0, best, 0.0)
        return np.asarray(best.sum(axis=1) / self._counted, dtype=np.float32)


def _to_best(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    best = scores.max(initial=0.0)
    return np.clip(scores / best, 0.0, 1.0) if best > 0 else np.zeros_like(scores)


def concept_texts(thesaurus: Thesaurus) -> list[str]:
    """Return the texts that are compared: every term with its descriptions."""
    return [text for concept in thesaurus.concepts() for text in thesaurus.texts_of(concept)]


def character_tokens(text: str) -> list[str]:
    """Return the stretches of two and three characters of a text, and its Latin words.

    The text is folded, marks are left out; a Latin word ends in a space.
    """
    folded = fold(text)
    characters = "".join(character for character in folded if character.isalnum())
    return [f"{word} " for word in _LATIN.findall(folded)] + [
        characters[at : at + length]
        for length in _STRETCHES
        for at in range(len(characters) - length + 1)
    ]


def concept_tokens(thesaurus: Thesaurus) -> list[list[str]]:
    """Return of each concept the stretches of all that is said of it."""
    return [
        [token for text in thesaurus.words_of(concept) for token in character_tokens(text)]
        for concept in thesaurus.concepts()
    ]


def thesaurus_name(thesaurus: Thesaurus, model: str) -> str:
    """Return what the descriptions of a thesaurus are called that were computed by a model."""
    said = (text for concept in thesaurus.concepts() for text in thesaurus.words_of(concept))
    content = "\n".join((model, *said))
    return f"thesaurus-{hashlib.sha256(content.encode()).hexdigest()[:16]}"


def build_concepts(
    store: Path,
    chroma_url: str | None,
    thesaurus: Thesaurus,
    encoder: Encoder,
    progress: Callable[[int], None] = lambda _: None,
) -> str:
    """Compute what a store lacks of the descriptions; return what they are called.

    ``progress`` gets the number of texts done at every step.

    Raises:
        StoreAccessError: Chroma cannot be written.
    """
    texts, name = concept_texts(thesaurus), thesaurus_name(thesaurus, encoder.name)
    folder = store / name
    if chroma_url:
        _on_server(chroma_url, name, texts, encoder, progress)
        if not (folder / NAMES).exists():
            _put(folder, lambda fresh: _write_names(fresh, thesaurus, encoder))
    elif not _usable(store, thesaurus, encoder.name):

        def write(fresh: Path) -> None:
            _write_vectors(fresh, name, texts, encoder, progress)
            _write_names(fresh, thesaurus, encoder)

        _put(folder, write)
    else:
        progress(len(texts))
    return name


def open_concepts(
    store: Path, chroma_url: str | None, thesaurus: Thesaurus, model: str
) -> ConceptIndex:
    """Return the index of all concepts.

    Raises:
        StoreMismatchError: it is missing or damaged.
        StoreAccessError: Chroma cannot be read.
    """
    texts, name = concept_texts(thesaurus), thesaurus_name(thesaurus, model)
    folder = store / name
    if not chroma_url and not (folder / _CHROMA).is_dir():
        raise StoreMismatchError(f"产业词表的向量 {folder} 缺失，请运行 xiaojuren index 重建索引")
    characters = _characters(folder / _CHARACTERS, thesaurus)
    vectors = open_collection(folder / _CHROMA, chroma_url, name, len(texts))
    return ConceptIndex(thesaurus, vectors, characters)


def _usable(store: Path, thesaurus: Thesaurus, model: str) -> bool:
    """Return whether a store has the descriptions, whole."""
    try:
        open_concepts(store, None, thesaurus, model).close()
    except StoreError:
        return False
    folder = store / thesaurus_name(thesaurus, model)
    return (folder / _CHARACTERS).is_dir() and (folder / NAMES).exists()


def _on_server(
    url: str, name: str, texts: list[str], encoder: Encoder, progress: Callable[[int], None]
) -> None:
    """Write what a server lacks; one that was begun and not finished is begun again."""
    client = connect(Path(), url)
    if collection_size(client, name) == len(texts):
        progress(len(texts))
        client.close()
        return
    drop_collection(client, name)
    _fill(VectorCollection.create(client, name, len(texts)), texts, encoder, progress)


def _write_vectors(
    folder: Path, name: str, texts: list[str], encoder: Encoder, progress: Callable[[int], None]
) -> None:
    client = connect(folder / _CHROMA, None)
    _fill(VectorCollection.create(client, name, len(texts)), texts, encoder, progress)


def _fill(
    collection: VectorCollection,
    texts: Sequence[str],
    encoder: Encoder,
    progress: Callable[[int], None],
) -> None:
    try:
        vectors = []
        for start in range(0, len(texts), _BATCH):
            vectors.append(encoder.encode_documents(texts[start : start + _BATCH]))
            progress(len(vectors[-1]))
        ids = [str(place) for place in range(len(texts))]
        collection.add(ids, np.concatenate(vectors), lambda _: None)
    finally:
        collection.close()


def _write_names(folder: Path, thesaurus: Thesaurus, encoder: Encoder) -> None:
    _index_characters(thesaurus).save(folder / _CHARACTERS)
    write_names(folder, thesaurus, encoder)


def _index_characters(thesaurus: Thesaurus) -> LexicalIndex:
    tokens = concept_tokens(thesaurus)
    return LexicalIndex.build([str(place) for place in range(len(tokens))], tokens)


def _characters(folder: Path, thesaurus: Thesaurus) -> LexicalIndex:
    """Return the characters; where a folder lacks them they are counted anew."""
    try:
        return LexicalIndex.load(folder)
    except (OSError, ValueError):
        return _index_characters(thesaurus)


def _put(folder: Path, write: Callable[[Path], None]) -> None:
    """Make a folder in one step, so that a build that is killed leaves none that is half done."""
    fresh = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}.new")
    try:
        fresh.mkdir(parents=True)
        write(fresh)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.replace(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
