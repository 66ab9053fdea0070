"""Building an index: read, merge, chunk, segment, embed, store, check, publish.

An index that is there already gives its successor what has not changed: the rows of files that are
still the same, and the vectors of texts that it holds. The outcome is the same as if it had not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from index.changes import Changes, compare
from index.checks import findings
from index.corpus import Reading, find_sources, merge_sources, read_sources
from index.embedding import Embedder, Progress, write_vectors
from index.errors import SourceError, StoreError
from index.language.encoder import Encoder
from index.language.segment import Segmenter, segmenter_name
from index.language.thesaurus import load_thesaurus
from index.schema.fields import registry
from index.sources.worker import Limits
from index.store.chunks import EMBEDDED, make_chunks
from index.store.concepts import build_concepts, concept_texts
from index.store.content import Content
from index.store.database import translated
from index.store.files import flush, stored_files
from index.store.generations import LEXICAL_FOLDER, VOCABULARY_NAME
from index.store.manifest import Manifest, chroma_version, reading_version, schema_version
from index.store.names import load_names
from index.store.previous import PreviousIndex, load_previous
from index.store.reader import open_index
from index.store.server import Store, open_store
from index.store.trades import nearest_trades
from index.store.vectors import connect
from index.store.words import LEXICAL_GROUPS, LexicalIndex
from index.store.writer import write_records
from index.text import split_list
from index.types import Chunk, Corpus


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build, from what, and with what.

    Attributes:
        sources: Files and folders.
        store: The store's folder.
        encoder: The embedding model.
        chroma_url: Address of a Chroma server; None for the embedded store.
        full: Whether to read and compute everything anew.
        database_url: Address of a PostgreSQL server; None for a file.
        limits: What reading one file may take; the usual ones if None.
    """

    sources: Sequence[Path]
    store: Path
    encoder: Encoder
    chroma_url: str | None = None
    full: bool = False
    database_url: str | None = None
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """A build that is done: the index that serves now, and what changed."""

    manifest: Manifest
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written.

    Attributes:
        paths: Where each file was read, in the order of the reading.
    """

    reading: Reading
    corpus: Corpus
    chunks: list[Chunk]
    paths: tuple[str, ...]
    previous: PreviousIndex
    changes: Changes


def build_index(request: BuildRequest, progress: Progress) -> Manifest:
    """Build an index and make it the one that serves; return its manifest.

    Raises:
        SourceError: no source can be read; nothing has changed.
        StoreError: the store cannot be written or is being built by another process.
    """
    return update_index(request, progress).manifest


def update_index(request: BuildRequest, progress: Progress) -> Update:
    """Make the index that serves hold exactly the sources; return it with what changed.

    Until the very last step the old index serves on, whatever happens. If nothing changed it
    simply stays.

    Raises:
        SourceError: no source can be read; nothing has changed.
        StoreError: the store cannot be written or is being built by another process.
    """
    found = find_sources(request.sources)
    if request.chroma_url:
        # A server that is down should be known before minutes of embedding.
        connect(request.store, request.chroma_url).close()
    with closing(_store(request)) as folder, folder.building():
        folder.remove_unused()
        with closing(_previous(request, folder)) as previous:
            plan = _plan(previous, found, progress, request.limits)
            changes, manifest = plan.changes, previous.manifest
            if not changes.anything and not _intact(request):
                changes = replace(changes, rebuilt=("索引的文件缺失或损坏",), anything=True)
            if manifest is None or changes.anything:
                generation = folder.new_generation()
                with folder.writable():
                    manifest = _write_generation(request, folder, generation, plan, progress)
                folder.publish(generation)
        folder.remove_unused()
    return Update(manifest, changes)


def preview_index(request: BuildRequest, progress: Progress) -> Changes:
    """Return what :func:`update_index` would change; nothing is written.

    Raises:
        SourceError: no source can be read.
        StoreError: the store cannot be read.
    """
    found = find_sources(request.sources)
    with closing(_store(request)) as folder, closing(_previous(request, folder)) as previous:
        return _plan(previous, found, progress, request.limits).changes


def _store(request: BuildRequest) -> Store:
    return open_store(request.store, request.chroma_url, request.database_url)


def _previous(request: BuildRequest, folder: Store) -> PreviousIndex:
    return load_previous(folder, request.encoder.name, request.chroma_url, full=request.full)


def _plan(
    previous: PreviousIndex,
    found: Sequence[tuple[Path, str]],
    progress: Progress,
    limits: Limits | None,
) -> _Plan:
    with progress.stage("读取清单", len(found)) as advance:
        reading = read_sources(found, previous.known, advance, limits)
    corpus = merge_sources(reading)
    chunks = make_chunks(corpus)
    if not chunks:
        raise SourceError(found[0][0], "只有表头，没有任何内容可以收录，请检查文件")
    read = {source.summary.source for source in reading.sources}
    paths = tuple(str(path.resolve()) for path, name in found if name in read)
    changes = compare(previous, reading, corpus, chunks, paths)
    return _Plan(reading, corpus, chunks, paths, previous, changes)


def _intact(request: BuildRequest) -> bool:
    """Return whether the index that serves can be used: nobody has removed a part of it."""
    try:
        index = open_index(request.store, request.encoder, request.chroma_url, request.database_url)
        with closing(index):
            index.verify()
    except StoreError:
        return False
    return True


def _write_generation(
    request: BuildRequest, folder: Store, generation: Path, plan: _Plan, progress: Progress
) -> Manifest:
    thesaurus = load_thesaurus()
    with progress.stage("产业词表", len(concept_texts(thesaurus))) as advance:
        concepts = build_concepts(
            request.store, request.chroma_url, thesaurus, request.encoder, advance
        )
    corpus, chunks = plan.corpus, plan.chunks
    segmenter = Segmenter(vocabulary_of(corpus))
    (generation / VOCABULARY_NAME).write_text("\n".join(segmenter.vocabulary), "utf-8")
    names = load_names(request.store / concepts, thesaurus)
    embedder = Embedder(request.encoder, plan.previous)
    nearest = nearest_trades(corpus.companies, thesaurus, names, embedder.vectors)
    _write_records(folder, generation, plan, nearest, progress)
    _write_lexical(generation / LEXICAL_FOLDER, chunks, segmenter, progress)
    embedded = [chunk for chunk in chunks if chunk.kind in EMBEDDED]
    manifest = Manifest(
        schema=schema_version(),
        model=request.encoder.name,
        dimension=len(request.encoder.encode_query("")),
        segmenter=segmenter_name(),
        reading=reading_version(),
        dictionary=segmenter.fingerprint,
        chroma=chroma_version(),
        collection=f"xiaojuren-{generation.name}",
        chroma_url=request.chroma_url or "",
        built=datetime.now().astimezone().isoformat(timespec="seconds"),
        thesaurus=concepts,
        chunks=len(embedded),
        companies=len(corpus.companies),
        documents=corpus.documents,
        paths=plan.paths,
        skipped=corpus.skipped,
        files=stored_files(generation),
    )
    # Written before the collection, so that a server's collection is known to the clean-up
    # even when the build is killed right after.
    manifest.write(generation)
    write_vectors(
        generation,
        manifest.collection,
        request.chroma_url,
        embedded,
        embedder,
        progress,
    )
    flush(generation)
    return manifest


def _write_records(
    folder: Store,
    generation: Path,
    plan: _Plan,
    nearest: Mapping[str, str],
    progress: Progress,
) -> None:
    corpus = plan.corpus
    engine, where = folder.new_records(generation)
    with progress.stage("写入数据库", len(corpus.companies) or 1) as advance, translated(where):
        try:
            found = findings(corpus)
            write_records(
                engine, Content(plan.reading, corpus, plan.chunks, found, plan.paths, nearest)
            )
        finally:
            engine.dispose()
        advance(len(corpus.companies))


def vocabulary_of(corpus: Corpus) -> list[str]:
    """Return the words of the index that a segmenter must not take apart."""
    words: dict[str, None] = {}
    for company in corpus.companies:
        words |= dict.fromkeys((company.name, *company.aliases))
        for row in company.rows:
            for field in ("city", "district", *registry().role("topic")):
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
