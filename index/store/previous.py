"""What an index gives to the one that replaces it: rows of unchanged files, and vectors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.corpus import Reading, SourceRows
from index.errors import StoreError
from index.language.encoder import Vectors
from index.store.chunks import make_chunks
from index.store.generations import CHROMA_FOLDER, StoreFolder
from index.store.manifest import Manifest, reading_version
from index.store.snapshot import Snapshot, read_snapshot
from index.store.vectors import ChunkCollection, connect
from index.types import Chunk, Corpus

_NOTHING = Snapshot(Reading((), ()), Corpus((), (), (), (), (), (), ()))


@dataclass(frozen=True, slots=True)
class Previous:
    """The index that serves before a build.

    Attributes:
        snapshot: What it was read from; empty if there is no index or it cannot be read.
        manifest: Its description; None if there is no index or it cannot be read.
        generation: Its folder; None likewise.
        unread: Why its files are all read again; empty if only what changed is.
        unusable: Why its vectors are not taken over; empty if they are.
    """

    snapshot: Snapshot = _NOTHING
    manifest: Manifest | None = None
    generation: Path | None = None
    unread: str = ""
    unusable: str = ""

    def known(self) -> Mapping[str, SourceRows]:
        """Return what each file held, by name, as far as it need not be read again."""
        if self.unread:
            return {}
        return {source.summary.source: source for source in self.snapshot.reading.sources}

    def chunks(self) -> list[Chunk]:
        """Return its chunks."""
        return make_chunks(self.snapshot.corpus)

    def vectors(self, texts: Iterable[str]) -> dict[str, Vectors]:
        """Return the vectors of those of ``texts`` that it holds."""
        if self.manifest is None or self.generation is None or self.unusable:
            return {}
        wanted = set(texts)
        held = {chunk.text: chunk.id for chunk in self.chunks() if chunk.text in wanted}
        text_of = {chunk_id: text for text, chunk_id in held.items()}
        try:
            client = connect(self.generation / CHROMA_FOLDER, self.manifest.chroma_url or None)
            collection = ChunkCollection.open(client, self.manifest.collection)
            found = {text_of[key]: vector for key, vector in collection.vectors_of(list(text_of))}
            collection.close()
        except StoreError:
            # Vectors that cannot be had are computed; nothing is lost but time.
            return {}
        return found


def load_previous(
    folder: StoreFolder, model: str, chroma_url: str | None, *, full: bool
) -> Previous:
    """Return what serves in ``folder``; nothing is taken over from it if ``full``.

    An index that is damaged or of another version is none to build upon, and no error: the build
    replaces it.
    """
    if not folder.exists():
        return Previous()
    try:
        generation = folder.current()
        manifest = Manifest.read(generation)
        snapshot = read_snapshot(generation, manifest.rows)
    except StoreError as error:
        reason = str(error).split("，请", 1)[0]
        return Previous(unread=reason, unusable=reason)
    if full:
        reason = "按要求全部重建"
        return Previous(snapshot, manifest, generation, reason, reason)
    unread = "" if manifest.reading == reading_version() else "读取清单的程序已更新"
    unusable = "；".join(manifest.differences(model, chroma_url))
    return Previous(snapshot, manifest, generation, unread, unusable)
