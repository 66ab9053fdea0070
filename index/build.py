"""Building an index: read, merge, chunk, segment, embed, store, check, publish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np

from index.chunks import make_chunks
from index.concepts import concept_texts, load_concepts
from index.corpus import find_sources, read_corpus
from index.encoder import Encoder, Vectors
from index.errors import SourceError, StoreError
from index.lexical import LexicalIndex
from index.manifest import Manifest, chroma_version, schema_version
from index.names import split_list
from index.segment import Segmenter, segmenter_name
from index.store import StoreFolder
from index.thesaurus import load_thesaurus
from index.types import Chunk, ChunkKind, Corpus
from index.vectors import ChunkCollection, connect

VOCABULARY_NAME = "vocabulary.txt"
CHROMA_FOLDER = "chroma"
LEXICAL_FOLDER = "bm25"

# Companies and rules are searched apart, so that the words of one do not weigh in the other.
LEXICAL_GROUPS: dict[str, frozenset[ChunkKind]] = {
    "companies": frozenset({ChunkKind.ROW, ChunkKind.FACET}),
    "knowledge": frozenset(
        {ChunkKind.STATISTICS, ChunkKind.CLAUSE, ChunkKind.NOTE, ChunkKind.QUESTION}
    ),
}

_ENCODE_BATCH = 256


class Progress(Protocol):
    """Shows how far each stage of a build is."""

    def stage(self, name: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Begin a stage of ``total`` steps; the function that comes back advances it."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build, from what, and with what.

    Attributes:
        sources: Files and folders.
        store: The store's folder.
        encoder: The embedding model.
        chroma_url: Address of a Chroma server; None for the embedded store.
    """

    sources: Sequence[Path]
    store: Path
    encoder: Encoder
    chroma_url: str | None = None


def build_index(request: BuildRequest, progress: Progress) -> Manifest:
    """Build an index and make it the one that serves; return its manifest.

    Until the very last step the old index serves on, whatever happens.

    Raises:
        SourceError: a source cannot be read; nothing has changed.
        StoreError: the store cannot be written or is being built by another process.
    """
    found = find_sources(request.sources)
    if request.chroma_url:
        # A server that is down should be known before minutes of embedding.
        connect(request.store, request.chroma_url).close()
    with progress.stage("读取清单", len(found)) as advance:
        corpus = read_corpus(found, advance)
    chunks = make_chunks(corpus)
    if not chunks:
        raise SourceError(found[0][0], "只有表头，没有任何内容可以收录，请检查文件")
    folder = StoreFolder(request.store)
    thesaurus = load_thesaurus()
    with progress.stage("产业词表", len(concept_texts(thesaurus))) as advance:
        load_concepts(thesaurus, request.encoder, advance)
    with folder.building():
        folder.remove_unused()
        generation = folder.new_generation()
        read = {document.source for document in corpus.documents}
        paths = tuple(str(path.resolve()) for path, name in found if name in read)
        with folder.writable():
            manifest = _write_generation(request, generation, corpus, chunks, paths, progress)
        folder.publish(generation)
        folder.remove_unused()
    return manifest


def _write_generation(
    request: BuildRequest,
    generation: Path,
    corpus: Corpus,
    chunks: list[Chunk],
    paths: tuple[str, ...],
    progress: Progress,
) -> Manifest:
    segmenter = Segmenter(vocabulary_of(corpus))
    (generation / VOCABULARY_NAME).write_text("\n".join(segmenter.vocabulary), "utf-8")
    _write_lexical(generation / LEXICAL_FOLDER, chunks, segmenter, progress)
    vectors = _encode(request.encoder, chunks, progress)
    manifest = Manifest(
        schema=schema_version(),
        model=request.encoder.name,
        dimension=int(vectors.shape[1]),
        segmenter=segmenter_name(),
        dictionary=segmenter.fingerprint,
        chroma=chroma_version(),
        collection=f"xiaojuren-{generation.name}",
        chroma_url=request.chroma_url or "",
        built=datetime.now().astimezone().isoformat(timespec="seconds"),
        chunks=len(chunks),
        companies=len(corpus.companies),
        documents=corpus.documents,
        paths=paths,
        skipped=corpus.skipped,
    )
    # Written before the collection, so that a server's collection is known to the clean-up
    # even when the build is killed right after.
    manifest.write(generation)
    _write_vectors(generation, manifest, chunks, vectors, progress)
    return manifest


def vocabulary_of(corpus: Corpus) -> list[str]:
    """Return the words of the index that a segmenter must not take apart."""
    words: dict[str, None] = {}
    for company in corpus.companies:
        words |= dict.fromkeys((company.name, *company.aliases))
        for row in company.rows:
            for field in ("city", "district", "domain", "product", "technology"):
                if field in row.values:
                    words |= dict.fromkeys(split_list(row.values[field].text))
    for statistics in corpus.statistics:
        for value in statistics.values.values():
            words |= dict.fromkeys(split_list(value.text))
    return list(words)


def _write_lexical(
    folder: Path, chunks: Sequence[Chunk], segmenter: Segmenter, progress: Progress
) -> None:
    with progress.stage("分词", len(chunks)) as advance:
        for name, kinds in LEXICAL_GROUPS.items():
            group = [chunk for chunk in chunks if chunk.kind in kinds]
            tokens = [segmenter.tokens(chunk.text) for chunk in group]
            LexicalIndex.build([chunk.id for chunk in group], tokens).save(folder / name)
            advance(len(group))


def _encode(encoder: Encoder, chunks: Sequence[Chunk], progress: Progress) -> Vectors:
    parts: list[Vectors] = []
    with progress.stage("计算向量", len(chunks)) as advance:
        for start in range(0, len(chunks), _ENCODE_BATCH):
            batch = chunks[start : start + _ENCODE_BATCH]
            parts.append(encoder.encode_documents([chunk.text for chunk in batch]))
            advance(len(batch))
    return np.concatenate(parts)


def _write_vectors(
    generation: Path,
    manifest: Manifest,
    chunks: Sequence[Chunk],
    vectors: Vectors,
    progress: Progress,
) -> None:
    """Write the collection and check that everything can be found in it."""
    client = connect(generation / CHROMA_FOLDER, manifest.chroma_url or None)
    collection = ChunkCollection.create(client, manifest.collection)
    try:
        with progress.stage("写入 Chroma", len(chunks)) as advance:
            collection.add(chunks, vectors, advance)
        found = collection.count()
        nearest = collection.query(vectors[-1], [chunks[-1].kind], 1)
        if found != len(chunks) or not nearest or nearest[0][1] < 0.99:
            raise StoreError(
                f"写入后核对失败：应有 {len(chunks)} 段，实有 {found} 段；旧索引未受影响，请重试"
            )
    finally:
        collection.close()
