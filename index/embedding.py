"""The vectors of an index: computed for texts that are new, taken over for all others.

The folder of an embedded collection is copied from the index that served before, and only the
difference is written, which takes a tenth of the time of writing all of it. A server cannot copy:
there the vectors are read and written again, which still saves computing them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import numpy as np

from index.errors import StoreError
from index.language.encoder import Encoder, Vectors
from index.store.generations import CHROMA_FOLDER
from index.store.previous import PreviousIndex
from index.store.vectors import VectorCollection, connect, open_collection
from index.types import Chunk

_ENCODE_BATCH = 1024

# A copied collection from which more than this share is deleted finds less well than a new one.
_LARGEST_CHANGE = 0.3


class Progress(Protocol):
    """Shows how far each stage of a build is."""

    def stage(self, name: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Begin a stage of ``total`` steps; the function that comes back advances it."""


class Silent:
    """Shows nothing."""

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Callable[[int], None]]:  # noqa: ARG002
        """Begin a stage that is not shown."""
        yield lambda _: None


class Embedder:
    """Vectors of texts: a text is embedded once, and not at all if the index before holds it.

    Args:
        encoder: Computes what is new.
        previous: The index that serves before.
    """

    def __init__(self, encoder: Encoder, previous: PreviousIndex) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}
        self.previous = previous

    def vectors(
        self, texts: Sequence[str], advance: Callable[[int], None] = lambda _: None
    ) -> Vectors:
        """Return one vector per text; ``advance`` gets the number of distinct texts done."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        wanted = dict.fromkeys(texts)
        self._known |= self.previous.vectors(one for one in wanted if one not in self._known)
        # Texts of one length in one batch leave nothing to pad.
        missing = sorted((one for one in wanted if one not in self._known), key=len)
        advance(len(wanted) - len(missing))
        for start in range(0, len(missing), _ENCODE_BATCH):
            batch = missing[start : start + _ENCODE_BATCH]
            self._known.update(zip(batch, self._encoder.encode_documents(batch), strict=True))
            advance(len(batch))
        return np.stack([self._known[text] for text in texts])


def write_vectors(
    generation: Path,
    name: str,
    chroma_url: str | None,
    chunks: Sequence[Chunk],
    embedder: Embedder,
    progress: Progress,
) -> None:
    """Write the vectors of chunks into a new collection and check that they can be found in it.

    Args:
        generation: Folder of the generation that is being built.
        name: Name of the collection.
        chroma_url: Address of the server where it lies; None for the generation's folder.
        chunks: What is compared by meaning.
        embedder: Has the vectors of texts.
        progress: Shows how far it is.

    Raises:
        StoreError: what was written is not found again.
        StoreAccessError: Chroma cannot be written.
    """
    wanted = {chunk.id for chunk in chunks}
    held, collection = _taken_over(generation, name, chroma_url, embedder.previous, wanted)
    fresh = [chunk for chunk in chunks if chunk.id not in held]
    with progress.stage("计算向量", len({chunk.text for chunk in fresh})) as advance:
        vectors = embedder.vectors([chunk.text for chunk in fresh], advance)
    if collection is None:
        client = connect(generation / CHROMA_FOLDER, chroma_url)
        collection = VectorCollection.create(client, name, len(fresh))
    try:
        gone = sorted(held - wanted)
        if gone or fresh:
            with progress.stage("写入 Chroma", len(gone) + len(fresh)) as advance:
                collection.remove(gone)
                advance(len(gone))
                metadata = [{"kind": chunk.kind.value, "field": chunk.field} for chunk in fresh]
                collection.add([chunk.id for chunk in fresh], vectors, advance, metadata)
        found = collection.count()
        nearest = collection.nearest(vectors[-1], 1) if fresh else [("", 1.0)]
        if found != len(chunks) or not nearest or nearest[0][1] < 0.99:
            raise StoreError(
                f"写入后核对失败：应有 {len(chunks)} 段，实有 {found} 段；旧索引未受影响，请重试"
            )
    finally:
        collection.close()


def _taken_over(
    generation: Path, name: str, chroma_url: str | None, previous: PreviousIndex, wanted: set[str]
) -> tuple[set[str], VectorCollection | None]:
    """Return the ids and the copy of the collection before, none where that is of no use."""
    before, held = previous.generation, set(previous.embedded_ids)
    if chroma_url or before is None or previous.manifest is None or previous.unusable:
        return set(), None
    if not held or len(held - wanted) > _LARGEST_CHANGE * len(held):
        return set(), None
    folder = generation / CHROMA_FOLDER
    try:
        shutil.copytree(before / CHROMA_FOLDER, folder)
        collection = open_collection(folder, None, previous.manifest.collection, len(held))
    except (OSError, StoreError):
        # What cannot be copied is written anew; a disk that is full says so then.
        shutil.rmtree(folder, ignore_errors=True)
        return set(), None
    collection.rename(name)
    return held, collection
