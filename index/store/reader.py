"""An index opened for reading: everything that answering needs, the heavy parts on first use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO

from index.checks import Finding, findings
from index.corpus import file_hash
from index.errors import StoreAccessError, StoreMismatchError
from index.language.encoder import Encoder, Vectors
from index.language.segment import Segmenter
from index.language.thesaurus import load_thesaurus
from index.store.chunks import make_chunks, rival_questions
from index.store.concepts import ConceptIndex, ConceptScores, load_concepts
from index.store.database import RECORDS_NAME, open_file
from index.store.generations import (
    CHROMA_FOLDER,
    LEXICAL_FOLDER,
    VOCABULARY_NAME,
    StoreFolder,
    read_lock,
)
from index.store.manifest import REBUILD, Manifest
from index.store.records import Records
from index.store.snapshot import read_snapshot
from index.store.vectors import ChunkCollection, connect
from index.store.words import LEXICAL_GROUPS, LexicalIndex
from index.types import Chunk, ChunkKind, Corpus

_ATTEMPTS = 3
_REMEMBERED = 64


class IndexReader:
    """One generation of an index.

    Attributes:
        manifest: What it was made from and with.
        corpus: All companies, statistics, rules and notes.
        records: The same in a database, read as far as is needed.
        segmenter: The segmenter that cut its texts.
    """

    def __init__(
        self, generation: Path, manifest: Manifest, encoder: Encoder, lock: IO[str]
    ) -> None:
        self.manifest = manifest
        self._generation = generation
        self._encoder = encoder
        self._lock = lock
        self._vectors: dict[str, Vectors] = {}
        self._rivals: dict[str, Vectors] = {}
        self.corpus: Corpus = read_snapshot(generation, manifest.rows).corpus
        path = generation / RECORDS_NAME
        self.records = Records(open_file(path), str(path))
        client = connect(generation / CHROMA_FOLDER, manifest.chroma_url or None)
        try:
            self._collection = ChunkCollection.open(client, manifest.collection)
            found = self._collection.count()
            if found != manifest.chunks:
                raise StoreMismatchError(
                    f"索引应有 {manifest.chunks} 段，实有 {found} 段，{REBUILD}"
                )
        except BaseException:
            client.close()
            self.records.close()
            raise

    @cached_property
    def _chunks(self) -> dict[str, Chunk]:
        """Every chunk by its id, made anew: what was read gives the same chunks every time."""
        return {chunk.id: chunk for chunk in make_chunks(self.corpus)}

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
        return self._chunks[chunk_id]

    def search_words(self, text: str, group: str, limit: int) -> list[tuple[str, float]]:
        """Return chunk ids of a group of ``LEXICAL_GROUPS`` with BM25 scores, best first."""
        return self._lexical[group].search(self.segmenter.tokens(text), limit)

    def search_vectors(
        self, text: str, kinds: Iterable[ChunkKind], limit: int
    ) -> list[tuple[str, float]]:
        """Return chunk ids with cosine similarities from -1 to 1, best first."""
        return self._collection.query(self._vector_of(text), kinds, limit)

    def vectors(self, kind: ChunkKind) -> Iterator[tuple[Chunk, Vectors]]:
        """Yield every chunk of a kind with its vector, in no order."""
        for chunk_id, vector in self._collection.vectors(kind):
            yield self._chunks[chunk_id], vector

    @cached_property
    def concepts(self) -> ConceptIndex:
        """The concepts of the thesaurus."""
        return load_concepts(load_thesaurus(), self._encoder)

    def search_concepts(self, text: str) -> ConceptScores:
        """Return how near a text is to every concept."""
        return self.concepts.search(text, self._vector_of(text))

    def rival(self, text: str, kind: str) -> float:
        """Return how near a text is to the nearest question of a kind of ``rival_questions``.

        A cosine similarity from -1 to 1.
        """
        if kind not in self._rivals:
            self._rivals[kind] = self._encoder.encode_documents(rival_questions(kind))
        return round(float((self._rivals[kind] @ self._vector_of(text)).max()), 4)

    def _vector_of(self, text: str) -> Vectors:
        """Return the vector of a question; one question is looked up several times."""
        if text not in self._vectors:
            while len(self._vectors) >= _REMEMBERED:
                self._vectors.pop(next(iter(self._vectors)), None)
            self._vectors[text] = self._encoder.encode_query(text)
        return self._vectors[text]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What looks wrong in the sources, in reading order."""
        return findings(self.corpus)

    def verify(self) -> None:
        """Check that every file of the generation is there and can be read.

        Raises:
            StoreMismatchError: one is missing or damaged.
        """
        self.segmenter  # noqa: B018 - both are read on first use
        self._lexical  # noqa: B018
        self.records.count()

    def changed_sources(self) -> list[str]:
        """Return the source files that are still there but differ from what was indexed."""
        return [
            path
            for path, document in zip(self.manifest.paths, self.manifest.documents, strict=True)
            if file_hash(Path(path)) not in (None, document.sha256)
        ]

    def close(self) -> None:
        """Release the generation, so that a later build may remove it."""
        self._collection.close()
        self.records.close()
        self._lock.close()


def open_index(store: Path, encoder: Encoder, chroma_url: str | None = None) -> IndexReader:
    """Return the index that serves in ``store``.

    Raises:
        StoreMissingError: nothing has been built there.
        StoreMismatchError: it was built with another schema, model, segmenter or server.
        StoreAccessError: it cannot be read.
    """
    folder = StoreFolder(store)
    generation = folder.current()
    for _ in range(_ATTEMPTS):
        try:
            lock = read_lock(generation)
            break
        except StoreAccessError:
            # A build may have published and cleaned up between the two steps.
            newer = folder.current()
            if newer == generation:
                raise
            generation = newer
    else:
        raise StoreAccessError(f"索引 {store} 正在频繁重建，请稍后再试")
    try:
        manifest = Manifest.read(generation)
        manifest.require(encoder.name, chroma_url)
        return IndexReader(generation, manifest, encoder, lock)
    except BaseException:
        lock.close()
        raise
