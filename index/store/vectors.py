"""Chroma, which holds the vectors of the chunks, with their kind and field.

No other module calls Chroma. The same code runs on the embedded client and on a server. Chroma's
exceptions become ours here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import urlsplit

import numpy as np

from index.errors import StoreAccessError, StoreMismatchError
from index.language.encoder import Vectors
from index.types import ChunkKind

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection
    from chromadb.base_types import Where

# Chroma's own limit on one call is 5,461 records. Large batches are written in half the time of
# small ones.
_BATCH = 5000

# The graph is written with every batch of so many vectors, or of all that there are. What is not
# written is added to it anew whenever the collection is opened, a millisecond each.
_WRITTEN = 1000

# Nearest neighbours are approximate; a wide search makes them as good as exact for corpora of this
# size: of the 200 nearest of 20,000 descriptions 0.999 are found. Twice the effort in building the
# graph finds no more and takes twice as long.
_HNSW = {"space": "cosine", "ef_construction": 100, "ef_search": 800}


def connect(folder: Path, url: str | None) -> Client:
    """Return a client of the server at ``url``, or of the embedded store in ``folder``.

    Raises:
        StoreAccessError: the server does not answer, or the folder cannot be opened.
    """
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    chromadb = _chromadb()
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    remedy = "；请检查 XIAOJUREN_CHROMA_URL，以及服务器是否在运行" if url else ""
    with _translated(f"Chroma {url or folder}", remedy):
        if not url:
            return _embedded(str(folder), settings)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise StoreAccessError(f"XIAOJUREN_CHROMA_URL 不是 http(s) 地址：{url}")
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 8000)
        server = chromadb.HttpClient(parts.hostname, port, ssl=secure, settings=settings)
        return cast("Client", server)


def _chromadb() -> ModuleType:
    """Return Chroma's package, imported without comparing the signatures of all its methods.

    That takes a third of the time of its import.
    """
    import overrides

    def unchecked(method: Any = None, **_: Any) -> Any:
        if method is None:
            return unchecked
        method.__override__ = True
        return method

    checked = overrides.override, overrides.overrides
    overrides.override = overrides.overrides = unchecked
    try:
        import chromadb
    finally:
        overrides.override, overrides.overrides = checked
    return chromadb


def _embedded(folder: str, settings: Any) -> Client:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient

    try:
        return cast("Client", chromadb.PersistentClient(folder, settings=settings))
    except BaseException:
        # Chroma keeps what it could not open, and would hand it out the next time.
        SharedSystemClient._identifier_to_system.pop(folder, None)
        SharedSystemClient._identifier_to_refcount.pop(folder, None)
        raise


class VectorCollection:
    """One Chroma collection of vectors by their ids."""

    def __init__(self, client: Client, collection: Collection) -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, client: Client, name: str, size: int) -> VectorCollection:
        """Return a new, empty collection for so many vectors."""
        graph = _HNSW | {"sync_threshold": min(max(size, 2), _WRITTEN)}
        with _translated(f"Chroma collection {name}"):
            # Vectors are always handed in; without None Chroma would fetch a model of its own.
            made = client.create_collection(
                name,
                embedding_function=None,
                configuration={"hnsw": graph},  # type: ignore[arg-type]
            )
        return cls(client, made)

    @classmethod
    def open(cls, client: Client, name: str) -> VectorCollection:
        """Return an existing collection.

        Raises:
            StoreMismatchError: there is none of that name.
        """
        from chromadb.errors import NotFoundError

        with _translated(f"Chroma collection {name}"):
            try:
                return cls(client, client.get_collection(name, embedding_function=None))
            except NotFoundError:
                raise StoreMismatchError(
                    f"Chroma 里没有索引的 collection {name}，请运行 xiaojuren index 重建索引"
                ) from None

    def rename(self, name: str) -> None:
        """Give the collection another name."""
        with _translated(f"Chroma collection {name}"):
            self._collection.modify(name=name)

    def add(
        self,
        ids: Sequence[str],
        vectors: Vectors,
        progress: Callable[[int], None],
        metadata: Sequence[Mapping[str, str]] | None = None,
    ) -> None:
        """Write vectors; ``progress`` gets the number written at every step.

        Args:
            ids: One for each vector; one that is there already is written over.
            vectors: One row for each.
            progress: Gets the number written at every step.
            metadata: What queries may filter by.
        """
        # Batches of one size: the last of all is large enough to be written, too.
        size = -(-len(ids) // max(1, -(-len(ids) // _BATCH)))
        for start in range(0, len(ids), max(1, size)):
            end = start + size
            with _translated("Chroma"):
                self._collection.upsert(
                    ids=list(ids[start:end]),
                    embeddings=vectors[start:end],
                    metadatas=[dict(one) for one in metadata[start:end]] if metadata else None,
                )
            progress(len(ids[start:end]))

    def remove(self, ids: Sequence[str]) -> None:
        """Delete vectors."""
        for start in range(0, len(ids), _BATCH):
            with _translated("Chroma"):
                self._collection.delete(ids=list(ids[start : start + _BATCH]))

    def count(self) -> int:
        """Return the number of vectors."""
        with _translated("Chroma"):
            return self._collection.count()

    def vectors_of(self, ids: Sequence[str]) -> Iterator[tuple[str, Vectors]]:
        """Yield the id and the vector of each of some ids, in no order."""
        for start in range(0, len(ids), _BATCH):
            with _translated("Chroma"):
                page = self._collection.get(
                    ids=list(ids[start : start + _BATCH]), include=["embeddings"]
                )
            vectors = np.asarray(page["embeddings"], dtype=np.float32)
            yield from zip(page["ids"], vectors, strict=True)

    def vectors(self, kind: ChunkKind) -> Iterator[tuple[str, Vectors]]:
        """Yield the id and the vector of every chunk of a kind, in no order."""
        wanted: Where = {"kind": kind.value}
        offset = 0
        while True:
            with _translated("Chroma"):
                page = self._collection.get(
                    where=wanted, limit=_BATCH, offset=offset, include=["embeddings"]
                )
            if not page["ids"]:
                return
            vectors = np.asarray(page["embeddings"], dtype=np.float32)
            yield from zip(page["ids"], vectors, strict=True)
            offset += len(page["ids"])

    def query(
        self,
        vector: Vectors,
        kinds: Iterable[ChunkKind],
        limit: int,
        among: Sequence[str] | None = None,
    ) -> list[tuple[str, float]]:
        """Return ids of the nearest chunks of ``kinds`` with their cosine similarity, best first.

        Similarities lie in -1 to 1 and are rounded to four digits, ties are in order of id:
        the last digits of a vector depend on the batch it was computed in.

        Args:
            vector: What they are compared with.
            kinds: What they may be.
            limit: How many are wanted.
            among: Only these ids count; None for all.
        """
        names: dict[Literal["$in", "$nin"], list[str | int | float | bool]]
        names = {"$in": [kind.value for kind in kinds]}
        if not names["$in"] or limit < 1 or among == []:
            return []
        wanted: Where = {"kind": names}
        return self._nearest(vector, limit, where=wanted, ids=list(among) if among else None)

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Return ids of the nearest vectors of all as :meth:`query` does."""
        return self._nearest(vector, limit)

    def _nearest(self, vector: Vectors, limit: int, **filters: Any) -> list[tuple[str, float]]:
        with _translated("Chroma"):
            found = self._collection.query(
                query_embeddings=vector[np.newaxis, :],
                n_results=limit,
                include=["distances"],
                **filters,
            )
        distances = (found["distances"] or [[]])[0]
        hits = [
            (chunk_id, round(1.0 - float(distance), 4))
            for chunk_id, distance in zip(found["ids"][0], distances, strict=True)
        ]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def close(self) -> None:
        """Release files and connections."""
        with _translated("Chroma"):
            self._client.close()


def open_collection(folder: Path, url: str | None, name: str, size: int) -> VectorCollection:
    """Return a collection that holds so many vectors.

    Raises:
        StoreMismatchError: there is none, or it holds more or less.
        StoreAccessError: the server or the folder cannot be opened.
    """
    client = connect(folder, url)
    try:
        collection = VectorCollection.open(client, name)
        found = collection.count()
        if found != size:
            raise StoreMismatchError(
                f"Chroma 的 collection {name} 应有 {size} 段，实有 {found} 段，"
                "请运行 xiaojuren index 重建索引"
            )
    except BaseException:
        client.close()
        raise
    return collection


def collection_size(client: Client, name: str) -> int | None:
    """Return the number of vectors of a collection; None if there is none of that name."""
    from chromadb.errors import NotFoundError

    with _translated(f"Chroma collection {name}"):
        try:
            return client.get_collection(name, embedding_function=None).count()
        except NotFoundError:
            return None


def drop_collection(client: Client, name: str) -> None:
    """Delete a collection; one that is not there is fine."""
    from chromadb.errors import NotFoundError

    with _translated(f"Chroma collection {name}"):
        try:
            client.delete_collection(name)
        except NotFoundError:
            return


@contextmanager
def _translated(where: str, remedy: str = "") -> Iterator[None]:
    """Turn failures of Chroma, of its files and of its server into one clear line."""
    from chromadb.errors import ChromaError
    from httpx import HTTPError

    try:
        yield
    except (ChromaError, HTTPError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        if "readonly" in reason or "read-only" in reason:
            reason = "只读，无法打开；请给写权限，或复制到可写的位置后用 --store 指定"
        raise StoreAccessError(f"{where}：{reason}{remedy}") from error
