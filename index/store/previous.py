"""What an index gives to the one that replaces it: rows of unchanged files, and vectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sqlalchemy import select

from index.corpus import SourceRows
from index.errors import StoreError
from index.language.encoder import Vectors
from index.store import tables
from index.store.chunks import EMBEDDED
from index.store.generations import CHROMA_FOLDER
from index.store.manifest import Manifest, reading_version
from index.store.payloads import COMPANIES, DocumentPayload
from index.store.records import Records
from index.store.rowreader import read_rows
from index.store.server import Store
from index.store.vectors import VectorCollection, connect
from index.types import Clause, Passage, SkippedRow, StatisticsRow


@dataclass
class _Passages:
    """What one file holds besides company rows."""

    statistics: list[StatisticsRow] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    notes: list[Passage] = field(default_factory=list)


@dataclass(frozen=True)
class PreviousIndex:
    """The index that serves before a build.

    Attributes:
        manifest: Its description; None if there is no index or it cannot be read.
        generation: Its folder; None likewise.
        records: What it holds; None likewise.
        unread: Why its files are all read again; empty if only what changed is.
        unusable: Why its vectors are not taken over; empty if they are.
    """

    manifest: Manifest | None = None
    generation: Path | None = None
    records: Records | None = None
    unread: str = ""
    unusable: str = ""

    @cached_property
    def documents(self) -> Mapping[str, DocumentPayload]:
        """The files that it was read from, in reading order, by name."""
        held = self.records.document_payloads() if self.records else ()
        return {document.summary.source: document for document in held}

    @cached_property
    def broken(self) -> tuple[SkippedRow, ...]:
        """The files that could not be read."""
        return self.records.broken() if self.records else ()

    @cached_property
    def companies(self) -> Mapping[str, str]:
        """The names of its companies by their ids, in reading order."""
        table = tables.entities
        named = select(table.c.key, table.c.name).where(table.c.relation == COMPANIES)
        return {key: name for key, name in self._fetched(named.order_by(table.c.id))}  # noqa: C416

    @cached_property
    def chunk_ids(self) -> frozenset[str]:
        """The ids of its chunks."""
        return frozenset(key for (key,) in self._fetched(select(tables.chunks.c.key)))

    @cached_property
    def embedded_ids(self) -> frozenset[str]:
        """The ids of those chunks that have a vector."""
        kinds = [kind.value for kind in EMBEDDED]
        keys = select(tables.chunks.c.key).where(tables.chunks.c.kind.in_(kinds))
        return frozenset(key for (key,) in self._fetched(keys))

    def _fetched(self, statement: object) -> Iterable[tuple[str, ...]]:
        return self.records.fetch(statement) if self.records else ()

    def known(self, name: str, sha256: str | None) -> SourceRows | None:
        """Return what a file holds, if it is still the same and need not be read again."""
        document = self.documents.get(name)
        if self.unread or self.records is None or document is None:
            return None
        if document.summary.sha256 != sha256:
            return None
        origins, documents = tables.origins, tables.documents
        lines = select(origins.c.id).join(documents).where(documents.c.source == name)
        rows = read_rows(self.records.fetch, tables.rows.c.origin.in_(lines))
        others = self._passages[name]
        return SourceRows(
            replace(document.summary, merged=0),
            tuple(one.row for one in sorted(rows, key=lambda one: one.number)),
            tuple(others.statistics),
            tuple(others.clauses),
            tuple(others.notes),
            document.skipped,
        )

    @cached_property
    def _passages(self) -> Mapping[str, _Passages]:
        found: defaultdict[str, _Passages] = defaultdict(_Passages)
        if self.records:
            for row in self.records.statistics():
                found[row.origin.source].statistics.append(row)
            for clause in self.records.clauses():
                found[clause.origin.source].clauses.append(clause)
            for note in self.records.passages():
                found[note.origin.source].notes.append(note)
        return found

    def vectors(self, texts: Iterable[str]) -> dict[str, Vectors]:
        """Return the vectors of those of ``texts`` that it holds."""
        if self.manifest is None or self.generation is None or self.unusable:
            return {}
        wanted = set(texts)
        table, kinds = tables.chunks, [kind.value for kind in EMBEDDED]
        held = select(table.c.text, table.c.key).where(table.c.kind.in_(kinds))
        keys = {text: key for text, key in self._fetched(held) if text in wanted}
        text_of = {key: text for text, key in keys.items()}
        try:
            client = connect(self.generation / CHROMA_FOLDER, self.manifest.chroma_url or None)
            collection = VectorCollection.open(client, self.manifest.collection)
            found = {text_of[key]: vector for key, vector in collection.vectors_of(list(text_of))}
            collection.close()
        except StoreError:
            # Vectors that cannot be had are computed; nothing is lost but time.
            return {}
        return found

    def close(self) -> None:
        """Release its database."""
        if self.records:
            self.records.close()


def load_previous(
    folder: Store, model: str, chroma_url: str | None, *, full: bool
) -> PreviousIndex:
    """Return what serves in ``folder``; nothing is taken over from it if ``full``.

    An index that is damaged or of another version is none to build upon, and no error: the build
    replaces it.
    """
    if not folder.exists():
        return PreviousIndex()
    try:
        generation = folder.current()
        manifest = Manifest.read(generation)
        records = folder.records(generation)
        records.verify()
    except StoreError as error:
        reason = str(error).split("，请", 1)[0]
        return PreviousIndex(unread=reason, unusable=reason)
    if full:
        reason = "按要求全部重建"
        return PreviousIndex(manifest, generation, records, reason, reason)
    unread = "" if manifest.reading == reading_version() else "读取清单的程序已更新"
    unusable = "；".join(manifest.differences(model, chroma_url))
    return PreviousIndex(manifest, generation, records, unread, unusable)
