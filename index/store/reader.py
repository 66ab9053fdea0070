"""An index opened for reading: everything that answering needs, the heavy parts on first use."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Protocol

from index.checks.types import Finding
from index.errors import StoreAccessError, StoreMismatchError
from index.language.encoder import Encoder, Vectors
from index.language.segment import Segmenter
from index.language.thesaurus import load_thesaurus
from index.sources.content import file_hash
from index.store.chunks import rival_questions
from index.store.concepts import ConceptIndex, ConceptScores, open_concepts
from index.store.database import batches
from index.store.files import check_files
from index.store.generations import (
    CHROMA_FOLDER,
    LEXICAL_FOLDER,
    VOCABULARY_NAME,
)
from index.store.manifest import REBUILD, Manifest
from index.store.records import Records
from index.store.server import Store, open_store
from index.store.vectors import VectorCollection, open_collection
from index.store.words import LEXICAL_GROUPS, LexicalIndex
from index.types import Chunk, ChunkKind

_ATTEMPTS = 3
_REMEMBERED = 64
_REMEMBERED_CHUNKS = 10_000
_PAGE = 500


class Closing(Protocol):
    """What is given back by closing it."""

    def close(self) -> None:
        """Give it back."""


class IndexReader:
    """One generation of an index.

    Attributes:
        manifest: What it was made from and with.
        records: Companies, statistics, rules and notes, read as far as is needed.
        segmenter: The segmenter that cut its texts.
    """

    def __init__(
        self,
        generation: Path,
        manifest: Manifest,
        encoder: Encoder,
        records: Records,
        lease: Closing,
    ) -> None:
        self.manifest = manifest
        self._generation = generation
        self._encoder = encoder
        self._lease = lease
        self._vectors: dict[str, Vectors] = {}
        self._rivals: dict[str, Vectors] = {}
        self._opening = threading.Lock()
        self.records = records
        self._known: dict[str, Chunk] = {}
        self._opened: VectorCollection | None = None

    @property
    def _collection(self) -> VectorCollection:
        """The vectors; Chroma is opened with the first question that needs them."""
        with self._opening:
            if self._opened is None:
                self._opened = self._open_collection()
            return self._opened

    def _open_collection(self) -> VectorCollection:
        manifest = self.manifest
        folder = self._generation / CHROMA_FOLDER
        url = manifest.chroma_url or None
        return open_collection(folder, url, manifest.collection, manifest.chunks)

    @cached_property
    def segmenter(self) -> Segmenter:
        """The segmenter with this index's vocabulary."""
        with self._complete():
            text = (self._generation / VOCABULARY_NAME).read_text("utf-8")
        return Segmenter(text.splitlines())

    @cached_property
    def _lexical(self) -> dict[str, LexicalIndex]:
        folder = self._generation / LEXICAL_FOLDER
        with self._complete():
            return {name: LexicalIndex.load(folder / name) for name in LEXICAL_GROUPS}

    @contextmanager
    def _complete(self) -> Iterator[None]:
        """Turn a missing or damaged file of the generation into one clear line."""
        try:
            yield
        except (OSError, ValueError) as error:
            raise StoreMismatchError(
                f"索引 {self._generation} 的文件缺失或损坏，{REBUILD}"
            ) from error

    def chunk(self, chunk_id: str) -> Chunk:
        """Return a chunk by its id."""
        return self.chunks([chunk_id])[chunk_id]

    def chunks(self, ids: Iterable[str]) -> dict[str, Chunk]:
        """Return chunks by their ids, in a few statements; unknown ids are left out."""
        wanted = tuple(ids)
        found = {one: chunk for one in wanted if (chunk := self._known.get(one)) is not None}
        fresh = self.records.chunks(one for one in wanted if one not in found)
        if len(self._known) + len(fresh) > _REMEMBERED_CHUNKS:
            self._known = {}
        self._known |= fresh
        return found | fresh

    def _noted(self, hits: list[tuple[str, float]]) -> list[tuple[str, float]]:
        """Return hits once their chunks are read, all in one go."""
        self.chunks(chunk_id for chunk_id, _ in hits)
        return hits

    def search_words(self, text: str, group: str, limit: int) -> list[tuple[str, float]]:
        """Return chunk ids of a group of ``LEXICAL_GROUPS`` with BM25 scores, best first."""
        tokens = self.segmenter.tokens(text)
        return self._noted(self._lexical[group].search(tokens, limit))

    def search_vectors(
        self, text: str, kinds: Iterable[ChunkKind], limit: int
    ) -> list[tuple[str, float]]:
        """Return chunk ids with cosine similarities from -1 to 1, best first."""
        return self._noted(self._collection.query(self.vector_of(text), kinds, limit))

    def vectors(self, kind: ChunkKind) -> Iterator[tuple[Chunk, Vectors]]:
        """Yield every chunk of a kind with its vector, in no order."""
        for batch in batches(self._collection.vectors(kind), _PAGE):
            chunks = self.records.chunks(chunk_id for chunk_id, _ in batch)
            yield from ((chunks[chunk_id], vector) for chunk_id, vector in batch)

    @cached_property
    def concepts(self) -> ConceptIndex:
        """The concepts of the thesaurus."""
        store = self._generation.parent.parent
        url = self.manifest.chroma_url or None
        return open_concepts(store, url, load_thesaurus(), self._encoder.name)

    def search_concepts(self, text: str) -> ConceptScores:
        """Return how near a text is to every concept."""
        return self.concepts.search(text, self.vector_of(text))

    def rival(self, text: str, kind: str) -> float:
        """Return how near a text is to the nearest question of a kind of ``rival_questions``.

        A cosine similarity from -1 to 1.
        """
        if kind not in self._rivals:
            self._rivals[kind] = self._encoder.encode_documents(rival_questions(kind))
        return round(float((self._rivals[kind] @ self.vector_of(text)).max()), 4)

    def vector_of(self, text: str) -> Vectors:
        """Return the vector of a question; one question is looked up several times."""
        if text not in self._vectors:
            while len(self._vectors) >= _REMEMBERED:
                self._vectors.pop(next(iter(self._vectors)), None)
            self._vectors[text] = self._encoder.encode_query(text)
        return self._vectors[text]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What looks wrong in the sources, in reading order."""
        return self.records.findings()

    def verify(self) -> None:
        """Check that every file of the generation is there and can be read.

        Raises:
            StoreMismatchError: one is missing or damaged.
        """
        check_files(self._generation, self.manifest.files, whole=True)
        self.segmenter  # noqa: B018 - both are read on first use
        self._lexical  # noqa: B018
        self._collection  # noqa: B018
        self.concepts  # noqa: B018
        self.records.verify()

    def changed_sources(self) -> list[str]:
        """Return the source files that are still there but differ from what was indexed."""
        return [
            path
            for path, document in zip(self.manifest.paths, self.manifest.documents, strict=True)
            if file_hash(Path(path)) not in (None, document.sha256)
        ]

    def close(self) -> None:
        """Release the generation, so that a later build may remove it."""
        if self._opened is not None:
            self._opened.close()
        if "concepts" in self.__dict__:
            self.concepts.close()
        self.records.close()
        self._lease.close()


def open_index(
    store: Path, encoder: Encoder, chroma_url: str | None = None, database_url: str | None = None
) -> IndexReader:
    """Return the index that serves in ``store``, or in a database.

    Raises:
        StoreMissingError: nothing has been built there.
        StoreMismatchError: it was built with another schema, model, segmenter or server.
        StoreAccessError: it cannot be read.
    """
    with closing(open_store(store, chroma_url, database_url)) as place:
        generation, lease = _leased(place)
        try:
            manifest = Manifest.read(generation)
            manifest.require(encoder.name, chroma_url)
            check_files(generation, manifest.files)
            return IndexReader(generation, manifest, encoder, place.records(generation), lease)
        except BaseException:
            lease.close()
            raise


def _leased(place: Store) -> tuple[Path, Closing]:
    """Return the generation that serves, with what keeps it from being removed."""
    generation = place.current()
    for _ in range(_ATTEMPTS):
        try:
            return generation, place.lease(generation)
        except StoreAccessError:
            # A build may have published and cleaned up between the two steps.
            newer = place.current()
            if newer == generation:
                raise
            generation = newer
    raise StoreAccessError("索引正在频繁重建，请稍后再试")
