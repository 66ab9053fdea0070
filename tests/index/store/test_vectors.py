"""Chroma as the store of record, embedded and on a server alike."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.errors import StoreAccessError, StoreError, StoreMismatchError
from index.language.encoder import Vectors
from index.store.chunks import make_chunks
from index.store.vectors import VectorCollection, connect, drop_collection
from index.types import Chunk, ChunkKind, Corpus, Origin
from tests.conftest import free_port
from tests.fakes import FakeEncoder

# Directions in a plane, in hundredths of a turn from the first: cosines are known by hand.
DIRECTIONS = {"c": 0, "b": 0, "a": 25, "d": 50}


def chunk(chunk_id: str, position: int, kind: ChunkKind = ChunkKind.NOTE) -> Chunk:
    origin = Origin("清单.md", ("一", "二"), position + 1, position + 1, f"- 第 {position} 行")
    return Chunk(chunk_id, kind, f"正文 {chunk_id}", origin, (), "product", '{"a": 1}')


def metadata_of(chunks: list[Chunk]) -> list[dict[str, str]]:
    return [{"kind": one.kind.value, "field": one.field} for one in chunks]


def direction(hundredths: float) -> Vectors:
    angle = 2 * np.pi * hundredths / 100
    return np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)


@pytest.fixture(params=["embedded", "server"])
def url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue("chroma_url") if request.param == "server" else None


@pytest.fixture
def collection(tmp_path: Path, url: str | None) -> Iterator[VectorCollection]:
    client = connect(tmp_path / "chroma", url)
    drop_collection(client, "some-chunks")
    made = VectorCollection.create(client, "some-chunks", 3)
    yield made
    made.close()


def reopened(tmp_path: Path, url: str | None) -> VectorCollection:
    return VectorCollection.open(connect(tmp_path / "chroma", url), "some-chunks")


def fill(collection: VectorCollection) -> None:
    chunks = [chunk(name, position) for position, name in enumerate(DIRECTIONS)]
    vectors = np.stack([direction(hundredths) for hundredths in DIRECTIONS.values()])
    collection.add([one.id for one in chunks], vectors, lambda _: None, metadata_of(chunks))


# --- round trip -------------------------------------------------------------------------------


def test_every_chunk_is_written_with_its_kind_and_field(
    tmp_path: Path, url: str | None, collection: VectorCollection, seed_corpus: Corpus
) -> None:
    chunks = {chunk.id: chunk for chunk in make_chunks(seed_corpus)}
    vectors = FakeEncoder().encode_documents([chunk.text for chunk in chunks.values()])
    steps: list[int] = []
    collection.add(list(chunks), vectors, steps.append, metadata_of(list(chunks.values())))
    assert sum(steps) == len(chunks) == collection.count()
    client = connect(tmp_path / "chroma", url)
    stored = client.get_collection("some-chunks", embedding_function=None).get()
    client.close()
    assert stored["metadatas"] is not None
    for chunk_id, metadata in zip(stored["ids"], stored["metadatas"], strict=True):
        chunk = chunks.pop(chunk_id)
        assert dict(metadata) == {"kind": chunk.kind.value, "field": chunk.field}
    assert not chunks


def test_vectors_of_some_chunks_are_those_that_were_written(collection: VectorCollection) -> None:
    fill(collection)
    found = dict(collection.vectors_of(["d", "a", "none"]))
    assert found.keys() == {"a", "d"}
    assert all(np.allclose(found[name], direction(DIRECTIONS[name])) for name in found)


def test_more_chunks_than_a_batch_are_written_complete(
    monkeypatch: pytest.MonkeyPatch, collection: VectorCollection
) -> None:
    monkeypatch.setattr("index.store.vectors._BATCH", 1000)
    chunks = [chunk(f"{position:05}", position) for position in range(2500)]
    steps: list[int] = []
    ids = [each.id for each in chunks]
    collection.add(ids, np.tile(direction(0), (2500, 1)), steps.append, metadata_of(chunks))
    assert collection.count() == sum(steps) == 2500
    assert len(steps) > 1
    assert sorted(one for one, _ in collection.vectors_of(ids)) == ids
    assert sorted(one for one, _ in collection.vectors(ChunkKind.NOTE)) == ids


# --- queries ----------------------------------------------------------------------------------


def test_hits_have_their_cosine_best_first_and_ties_in_order_of_id(
    collection: VectorCollection,
) -> None:
    fill(collection)
    assert collection.query(direction(0), [ChunkKind.NOTE], 10) == [
        ("b", 1.0),
        ("c", 1.0),
        ("a", pytest.approx(0.0, abs=1e-4)),
        ("d", -1.0),
    ]
    assert [name for name, _ in collection.query(direction(30), [ChunkKind.NOTE], 2)] == ["a", "d"]


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        ([ChunkKind.ROW], {"r"}),
        ([ChunkKind.ROW, ChunkKind.NOTE], {"r", "n"}),
        ([ChunkKind.CLAUSE], set()),
        ([], set()),
    ],
)
def test_only_the_kinds_asked_for_are_found(
    collection: VectorCollection, kinds: list[ChunkKind], found: set[str]
) -> None:
    chunks = [chunk("r", 0, ChunkKind.ROW), chunk("n", 1, ChunkKind.NOTE)]
    ids = [one.id for one in chunks]
    collection.add(ids, np.eye(2, dtype=np.float32), lambda _: None, metadata_of(chunks))
    assert {name for name, _ in collection.query(direction(5), kinds, 10)} == found


@pytest.mark.parametrize(("limit", "found"), [(-1, 0), (0, 0), (1, 1), (100, 4)])
def test_limit_cuts_the_hits_and_may_exceed_them(
    collection: VectorCollection, limit: int, found: int
) -> None:
    fill(collection)
    assert len(collection.query(direction(0), [ChunkKind.NOTE], limit)) == found


# --- failures ---------------------------------------------------------------------------------


def one_line(error: pytest.ExceptionInfo[StoreError]) -> bool:
    return "\n" not in str(error.value) and len(str(error.value)) < 300


def test_vector_of_another_length_is_refused(collection: VectorCollection) -> None:
    fill(collection)
    with pytest.raises(StoreAccessError) as caught:
        collection.query(np.ones(3, dtype=np.float32), [ChunkKind.NOTE], 1)
    assert one_line(caught)


def test_missing_collection_is_refused_with_the_command_that_rebuilds(
    tmp_path: Path, url: str | None
) -> None:
    client = connect(tmp_path / "other", url)
    with pytest.raises(StoreMismatchError, match="xiaojuren index") as caught:
        VectorCollection.open(client, "no-such-chunks")
    client.close()
    assert one_line(caught)


def test_collection_is_made_once_and_dropped_for_good(tmp_path: Path, url: str | None) -> None:
    client = connect(tmp_path / "chroma", url)
    drop_collection(client, "twice-made")
    VectorCollection.create(client, "twice-made", 3)
    with pytest.raises(StoreAccessError):
        VectorCollection.create(client, "twice-made", 3)
    drop_collection(client, "twice-made")
    drop_collection(client, "twice-made")
    with pytest.raises(StoreMismatchError):
        VectorCollection.open(client, "twice-made")
    client.close()


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://127.0.0.1:{free}", "127.0.0.1"),
        ("https://127.0.0.1:{free}", "127.0.0.1"),
        ("http://127.0.0.1:99999", "99999"),
        ("http://", "http"),
        ("ftp://127.0.0.1", "不是 http"),
        ("localhost:8000", "不是 http"),
    ],
)
def test_server_out_of_reach_is_one_line_that_names_it(
    tmp_path: Path, url: str, problem: str
) -> None:
    with pytest.raises(StoreAccessError, match=problem) as caught:
        connect(tmp_path, url.format(free=free_port()))
    assert one_line(caught)


@pytest.mark.parametrize("content", [b"no database" * 500, b"SQLite format 3\x00 cut short"])
def test_damaged_database_is_one_line_that_names_it(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "chroma"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(content)
    with pytest.raises(StoreAccessError, match=r"chroma") as caught:
        connect(folder, None)
    assert one_line(caught)


def test_store_below_a_regular_file_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreAccessError) as caught:
        connect(tmp_path / "file" / "chroma", None)
    assert one_line(caught)


def test_copied_folder_opens_like_the_original(tmp_path: Path) -> None:
    original = VectorCollection.create(connect(tmp_path / "chroma", None), "some-chunks", 3)
    fill(original)
    expected = original.query(direction(0), [ChunkKind.NOTE], 4)
    original.close()
    shutil.copytree(tmp_path / "chroma", tmp_path / "copy")
    copy = VectorCollection.open(connect(tmp_path / "copy", None), "some-chunks")
    assert copy.query(direction(0), [ChunkKind.NOTE], 4) == expected
    copy.close()


def test_nothing_is_left_to_be_added_when_a_collection_is_opened_again(tmp_path):
    client = connect(tmp_path / "chroma", None)
    made = VectorCollection.create(client, "all-written", 1500)
    vectors = np.eye(1500, 8, dtype=np.float32) + 0.01
    made.add([str(one) for one in range(1500)], vectors, lambda _: None)
    assert made.count() == 1500
    made.close()
    with closing(sqlite3.connect(tmp_path / "chroma" / "chroma.sqlite3")) as database:
        written = database.execute("SELECT seq_id FROM max_seq_id").fetchall()
    assert {int(one) for (one,) in written} == {1500}
