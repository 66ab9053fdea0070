"""An opened index: what it answers, and what it refuses to open."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import index.store.generations
from index.build import BuildRequest, build_index
from index.errors import StoreAccessError, StoreMismatchError, StoreMissingError
from index.store.generations import StoreFolder, read_lock
from index.store.manifest import REBUILD
from index.store.reader import IndexReader, open_index
from index.types import ChunkKind
from tests.conftest import SEED
from tests.fakes import FakeEncoder, SilentProgress

TEXT = "| 企业名称 | 领域 |\n|---|---|\n| 苏州敏芯科技有限公司 | MEMS |\n"


def build(source: Path, store: Path) -> None:
    build_index(BuildRequest([source], store, FakeEncoder()), SilentProgress())


@pytest.fixture
def copied_store(seed_store: Path, tmp_path: Path) -> Path:
    """A copy of the seeds' store that a test may damage."""
    return Path(shutil.copytree(seed_store, tmp_path / "store"))


def serving(store: Path) -> Path:
    return StoreFolder(store).current()


# --- searching --------------------------------------------------------------------------------


def test_words_find_the_row_that_holds_them(seed_index: IndexReader) -> None:
    hits = seed_index.search_words("苏州的MEMS麦克风", "companies", 5)
    assert seed_index.chunk(hits[0][0]).origin.line_start == 73
    scores = [score for _, score in hits]
    assert scores == sorted(scores, reverse=True)


def test_groups_do_not_mix(seed_index: IndexReader) -> None:
    for group, kinds in (
        ("companies", {ChunkKind.ROW, ChunkKind.FACET}),
        ("knowledge", {ChunkKind.STATISTICS, ChunkKind.QUESTION, ChunkKind.NOTE, ChunkKind.CLAUSE}),
    ):
        hits = seed_index.search_words("苏州小巨人企业芯片", group, 500)
        assert {seed_index.chunk(chunk_id).kind for chunk_id, _ in hits} <= kinds
        assert hits


def test_vectors_find_the_text_itself_first(seed_index: IndexReader) -> None:
    chunk_id, score = seed_index.search_vectors("脑机接口", [ChunkKind.FACET], 1)[0]
    assert seed_index.chunk(chunk_id).text == "脑机接口"
    assert score == 1.0


def test_search_for_unknown_words_finds_nothing(seed_index: IndexReader) -> None:
    assert seed_index.search_words("囧", "companies", 5) == []
    with pytest.raises(KeyError):
        seed_index.chunk("no such id")


# --- opening ----------------------------------------------------------------------------------


def test_store_without_an_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="xiaojuren index"):
        open_index(tmp_path / "none", FakeEncoder())


@pytest.mark.parametrize(
    ("encoder", "url", "named"),
    [
        (FakeEncoder("other"), None, ["向量模型（索引 fake，当前 other）"]),
        (
            FakeEncoder(),
            "http://127.0.0.1:1",
            ["Chroma 地址（索引 本地，当前 http://127.0.0.1:1）"],
        ),
        (FakeEncoder("other"), "http://127.0.0.1:1", ["向量模型", "Chroma 地址"]),
    ],
)
def test_index_of_other_settings_is_refused_and_its_lock_released(
    copied_store: Path, encoder: FakeEncoder, url: str | None, named: list[str]
) -> None:
    with pytest.raises(StoreMismatchError) as caught:
        open_index(copied_store, encoder, url)
    assert all(each in str(caught.value) for each in [*named, REBUILD])
    generation = serving(copied_store)
    (copied_store / "current").unlink()
    StoreFolder(copied_store).remove_unused()
    assert not generation.exists()


def without(name: str) -> Callable[[Path], None]:
    def remove(generation: Path) -> None:
        path = generation / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


def emptied(name: str) -> Callable[[Path], None]:
    return lambda generation: (generation / name).write_bytes(b"")


def changed(name: str) -> Callable[[Path], None]:
    def change(generation: Path) -> None:
        with (generation / name).open("r+b") as file:
            file.seek(50_000)
            file.write(b"\xff" * 64)

    return change


def fewer_chunks(generation: Path) -> None:
    path = generation / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"chunks": ', '"chunks": 9'), "utf-8")


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        pytest.param(without("manifest.json"), "说明文件", id="no manifest"),
        pytest.param(without("records.sqlite3"), "records.sqlite3 缺失", id="no records"),
        pytest.param(without("chroma"), "collection", id="no Chroma folder"),
        pytest.param(without("bm25"), "bm25/.* 缺失", id="no lexical index"),
        pytest.param(without("bm25/companies/ids.json"), "ids.json 缺失", id="no lexical ids"),
        pytest.param(without("vocabulary.txt"), "vocabulary.txt 缺失", id="no vocabulary"),
        pytest.param(fewer_chunks, "段", id="chunks missing"),
        pytest.param(changed("records.sqlite3"), "records.sqlite3 损坏", id="records changed"),
        pytest.param(emptied("vocabulary.txt"), "vocabulary.txt 损坏", id="vocabulary empty"),
    ],
)
def test_damaged_index_is_refused_with_the_command_that_rebuilds(
    copied_store: Path, damage: Callable[[Path], None], problem: str
) -> None:
    damage(serving(copied_store))
    with (
        pytest.raises(StoreMismatchError, match=problem) as caught,
        closing(open_index(copied_store, FakeEncoder())) as reader,
    ):
        reader.verify()
    assert REBUILD in str(caught.value)
    assert "\n" not in str(caught.value)


def test_index_whose_lock_is_gone_cannot_be_opened(copied_store: Path) -> None:
    (serving(copied_store) / "in-use.lock").unlink()
    with pytest.raises(StoreAccessError):
        open_index(copied_store, FakeEncoder())


def test_reader_that_comes_too_late_for_a_generation_opens_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, store = tmp_path / "a.md", tmp_path / "store"
    source.write_text(TEXT, "utf-8")
    build(source, store)
    old = serving(store)

    def lock_after_a_rebuild(generation: Path) -> object:
        monkeypatch.undo()
        source.write_text(TEXT.replace("敏芯", "纳芯"), "utf-8")
        build(source, store)
        return read_lock(generation)

    monkeypatch.setattr(index.store.generations, "read_lock", lock_after_a_rebuild)
    late = open_index(store, FakeEncoder())
    assert not old.exists()
    assert late.manifest.collection.endswith(serving(store).name)
    late.close()


def test_two_readers_in_one_process_close_independently(seed_store: Path) -> None:
    first, second = (open_index(seed_store, FakeEncoder()) for _ in range(2))
    first.close()
    assert second.search_vectors("脑机接口", [ChunkKind.FACET], 1)[0][1] == 1.0
    second.close()


# --- staying open while others build ----------------------------------------------------------


def test_open_reader_answers_from_its_generation_until_it_is_closed(tmp_path: Path) -> None:
    source, store = tmp_path / "a.md", tmp_path / "store"
    source.write_text(TEXT, "utf-8")
    build(source, store)
    reader = open_index(store, FakeEncoder())
    old = serving(store)

    source.write_text(TEXT.replace("敏芯", "纳芯"), "utf-8")
    build(source, store)
    build(source, store)
    assert old.is_dir()
    assert reader.records.companies([0])[0].name == "苏州敏芯科技有限公司"
    assert reader.search_vectors("MEMS", [ChunkKind.FACET], 1)[0][1] == 1.0
    assert reader.search_words("敏芯", "companies", 1)

    reader.close()
    build(source, store)
    assert not old.exists()
    assert len(list((store / "generations").iterdir())) == 1


# --- changed sources --------------------------------------------------------------------------


def test_changed_sources_are_those_that_are_there_and_differ(tmp_path: Path) -> None:
    names = ("same.md", "changed.md", "touched.md", "gone.md")
    for name in names:
        (tmp_path / "seeds" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "seeds" / name).write_text(TEXT, "utf-8")
    build(tmp_path / "seeds", tmp_path / "store")
    reader = open_index(tmp_path / "store", FakeEncoder())
    assert reader.changed_sources() == []
    (tmp_path / "seeds" / "changed.md").write_text(f"{TEXT}| 甲 | 乙 |\n", "utf-8")
    (tmp_path / "seeds" / "touched.md").touch()
    (tmp_path / "seeds" / "gone.md").unlink()
    assert reader.changed_sources() == [str((tmp_path / "seeds" / "changed.md").resolve())]
    reader.close()


def test_seeds_are_unchanged(seed_index: IndexReader) -> None:
    assert seed_index.manifest.paths == (str(SEED.resolve()),)
    assert seed_index.changed_sources() == []
