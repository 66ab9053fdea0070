"""Updating an index: what is read and embedded again, what stays, and what is told of it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import index.corpus
from index.build import BuildRequest, Update, preview_index, update_index
from index.changes import Changes
from index.corpus import SourceRows, read_list
from index.errors import SourceError, StoreError
from index.language.encoder import Vectors
from index.store.generations import StoreFolder
from index.store.manifest import Manifest
from index.store.reader import IndexReader, open_index
from index.types import ChunkKind
from tests.descriptions import kept_descriptions
from tests.fakes import FakeEncoder, SilentProgress, corpus_of

HEADER = "| 企业名称 | 城市 | 领域 |\n|---|---|---|\n"
CHIPS = "| 苏州敏芯科技有限公司 | 苏州 | MEMS |\n| 旷视 | 北京 | 视觉 |\n"
ROBOTS = "| 深圳大疆科技有限公司 | 深圳 | 无人机 |\n"


class CountingEncoder(FakeEncoder):
    """Remembers the texts of documents that it was asked for."""

    def __init__(self, name: str = "fake") -> None:
        super().__init__(name)
        self.encoded: list[str] = []

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return super().encode_documents(texts)


@pytest.fixture(autouse=True)
def _no_concepts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the thesaurus' own texts, which are embedded once per store, out of the count."""
    kept = kept_descriptions
    monkeypatch.setattr(
        "index.build.build_concepts", lambda *told: kept(*told[:3], FakeEncoder(told[3].name))
    )


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    write(folder / "a.md", CHIPS)
    write(folder / "b.md", ROBOTS)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def write(path: Path, rows: str) -> None:
    path.write_text(f"# {path.stem}\n\n{HEADER}{rows}", "utf-8")


def update(
    sources: Path, store: Path, encoder: FakeEncoder | None = None, *, full: bool = False
) -> Update:
    request = BuildRequest([sources], store, encoder or FakeEncoder(), full=full)
    return update_index(request, SilentProgress())


def preview(sources: Path, store: Path) -> Changes:
    return preview_index(BuildRequest([sources], store, FakeEncoder()), SilentProgress())


def chunks(reader: IndexReader) -> dict[str, str]:
    """Return the texts of all chunks by their ids, as Chroma finds them."""
    hits = reader.search_vectors("MEMS", list(ChunkKind), 1000)
    return {chunk_id: reader.chunk(chunk_id).text for chunk_id, _ in hits}


def held(store: Path, encoder: FakeEncoder | None = None) -> tuple[object, ...]:
    """Return everything that an index answers from."""
    with closing(open_index(store, encoder or FakeEncoder())) as reader:
        words = reader.search_words("苏州无人机视觉", "companies", 100)
        vectors = reader.search_vectors("MEMS", list(ChunkKind), 1000)
        manifest = replace(reader.manifest, built="", collection="", files=())
        return corpus_of(reader.records), manifest, chunks(reader), words, vectors


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- what is done again -----------------------------------------------------------------------


def test_only_the_changed_file_is_read_again(
    lists: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(lists, store)
    write(lists / "b.md", f"{ROBOTS}| 深圳优必选科技有限公司 | 深圳 | 机器人 |\n")
    read: list[str] = []

    def noted(path: Path, name: str, *_: object) -> SourceRows:
        read.append(name)
        return read_list(path, name)

    monkeypatch.setattr(index.corpus, "read_apart", noted)
    update(lists, store)
    assert read == ["b.md"]


def test_only_texts_that_the_index_does_not_hold_are_embedded(lists: Path, store: Path) -> None:
    update(lists, store)
    write(lists / "b.md", f"{ROBOTS}| 深圳优必选科技有限公司 | 深圳 | 机器人 |\n")
    encoder = CountingEncoder()
    update(lists, store, encoder)
    assert encoder.encoded == ["机器人"]


def test_text_that_stands_often_is_embedded_once(lists: Path, store: Path) -> None:
    write(lists / "b.md", CHIPS)
    encoder = CountingEncoder()
    update(lists, store, encoder)
    assert len(encoder.encoded) == len(set(encoder.encoded))
    assert encoder.encoded.count("MEMS") == 1


@pytest.mark.parametrize("change", ["line above", "row changed", "file gone", "file new", "moved"])
def test_updated_index_is_the_one_that_a_full_build_makes(
    lists: Path, store: Path, tmp_path: Path, change: str
) -> None:
    update(lists, store)
    if change == "line above":
        (lists / "a.md").write_text(f"# a\n\n说明在此。\n\n{HEADER}{CHIPS}", "utf-8")
    elif change == "row changed":
        write(lists / "a.md", CHIPS.replace("视觉", "机器视觉"))
    elif change == "file gone":
        (lists / "a.md").unlink()
    elif change == "file new":
        write(lists / "0.md", "| 敏芯 | 苏州 | 传感器 |\n")
    else:
        (lists / "a.md").rename(lists / "c.md")
    update(lists, store)
    update(lists, tmp_path / "anew")
    assert held(store) == held(tmp_path / "anew")


def test_chunks_that_did_not_change_keep_their_ids(lists: Path, store: Path) -> None:
    update(lists, store)
    with closing(open_index(store, FakeEncoder())) as reader:
        before = chunks(reader)
    (lists / "a.md").write_text(f"# a\n\n说明在此。\n\n{HEADER}{CHIPS}", "utf-8")
    update(lists, store)
    with closing(open_index(store, FakeEncoder())) as reader:
        after = chunks(reader)
    assert before.items() < after.items()


def test_index_stays_as_it_is_when_nothing_changed(lists: Path, store: Path) -> None:
    first = update(lists, store)
    encoder = CountingEncoder()
    second = update(lists, store, encoder)
    assert second.manifest == first.manifest
    assert not second.changes.anything
    assert encoder.encoded == []


# --- when nothing can be taken over -----------------------------------------------------------


def test_other_model_embeds_everything_again_and_says_so(lists: Path, store: Path) -> None:
    update(lists, store)
    encoder = CountingEncoder("other")
    changes = update(lists, store, encoder).changes
    assert "视觉" in encoder.encoded
    assert changes.rebuilt == ("向量模型（索引 fake，当前 other）",)
    assert changes.unchanged == ("a.md", "b.md")
    assert held(store, encoder)


def test_changed_program_reads_everything_again_and_embeds_nothing(
    lists: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(lists, store)
    for module in ("index.build", "index.store.previous"):
        monkeypatch.setattr(f"{module}.reading_version", lambda: "newer")
    encoder = CountingEncoder()
    changes = update(lists, store, encoder).changes
    assert changes.rebuilt == ("读取清单的程序已更新",)
    assert encoder.encoded == []


def test_full_build_is_done_on_demand(lists: Path, store: Path) -> None:
    first = update(lists, store).manifest
    encoder = CountingEncoder()
    second = update(lists, store, encoder, full=True)
    assert second.changes.rebuilt == ("按要求全部重建",)
    assert len(encoder.encoded) == len(set(encoder.encoded)) > 0
    assert second.manifest.collection != first.collection


@pytest.mark.parametrize(
    "part", ["manifest.json", "records.sqlite3", "chroma", "bm25/companies", "vocabulary.txt"]
)
def test_damaged_index_is_replaced_by_a_whole_one(lists: Path, store: Path, part: str) -> None:
    update(lists, store)
    whole = held(store)
    path = StoreFolder(store).current() / part
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    changes = update(lists, store).changes
    assert changes.rebuilt
    assert held(store) == whole


# --- what is told -----------------------------------------------------------------------------


def test_first_build_tells_of_new_files_only(lists: Path, store: Path) -> None:
    changes = update(lists, store).changes
    assert changes.first
    assert changes.new == ("a.md", "b.md")
    assert changes.companies_added == ("苏州敏芯科技有限公司", "深圳大疆科技有限公司", "旷视")
    assert (changes.changed, changes.gone, changes.rebuilt) == ((), (), ())
    assert (changes.chunks_removed, changes.chunks_kept) == (0, 0)


def test_changes_name_files_chunks_and_companies(lists: Path, store: Path) -> None:
    update(lists, store)
    write(lists / "a.md", CHIPS.replace("旷视", "商汤"))
    write(lists / "c.md", "| 上海图灵科技有限公司 | 上海 | 视觉 |\n")
    (lists / "b.md").unlink()
    changes = update(lists, store).changes
    assert (changes.new, changes.changed, changes.unchanged) == (("c.md",), ("a.md",), ())
    assert [(one.source, one.reason, one.rows) for one in changes.gone] == [
        ("b.md", "文件已不在", 1)
    ]
    assert changes.companies_added == ("上海图灵科技有限公司", "商汤")
    assert changes.companies_removed == ("深圳大疆科技有限公司", "旷视")
    # Two rows come, two go with the facet 无人机; the row of 敏芯 and two facets stay.
    assert (changes.chunks_added, changes.chunks_removed, changes.chunks_kept) == (2, 3, 3)


def test_file_that_was_not_named_this_time_is_told_apart_from_one_that_is_gone(
    lists: Path, store: Path
) -> None:
    update(lists, store)
    changes = update(lists / "a.md", store).changes
    assert [(one.source, one.reason) for one in changes.gone] == [("b.md", "这次没有列入")]


def test_broken_file_keeps_the_others_in_and_tells_what_it_held(lists: Path, store: Path) -> None:
    update(lists, store)
    (lists / "a.md").write_bytes(f"# a\n\n{HEADER}".encode() + b"| \xff\xfe |\n")
    update_ = update(lists, store)
    (loss,) = update_.changes.broken
    assert (loss.source, loss.line, loss.rows) == ("a.md", 5, 2)
    assert "UTF-8" in loss.reason
    assert update_.changes.gone == ()
    assert update_.changes.unchanged == ("b.md",)
    assert update_.changes.companies_removed == ("苏州敏芯科技有限公司", "旷视")
    assert not update(lists, store).changes.anything
    write(lists / "a.md", CHIPS)
    assert update(lists, store).changes.new == ("a.md",)


# --- a preview --------------------------------------------------------------------------------


def test_preview_says_what_the_update_does_and_writes_nothing(lists: Path, store: Path) -> None:
    update(lists, store)
    write(lists / "a.md", CHIPS.replace("旷视", "商汤"))
    before = fingerprint(store)
    changes = preview(lists, store)
    assert fingerprint(store) == before
    assert update(lists, store).changes == changes


def test_preview_of_a_first_build_makes_no_folder(lists: Path, store: Path) -> None:
    assert preview(lists, store).new == ("a.md", "b.md")
    assert not store.exists()


def test_update_from_nothing_readable_leaves_the_index_as_it_is(lists: Path, store: Path) -> None:
    manifest = update(lists, store).manifest
    (lists / "a.md").write_text("", "utf-8")
    (lists / "b.md").write_text("", "utf-8")
    with pytest.raises(SourceError, match="空的"):
        update(lists, store)
    assert Manifest.read(StoreFolder(store).current()) == manifest


def test_server_gives_its_vectors_to_the_next_index(
    lists: Path, store: Path, chroma_url: str
) -> None:
    def served(encoder: FakeEncoder) -> Update:
        request = BuildRequest([lists], store, encoder, chroma_url)
        return update_index(request, SilentProgress())

    served(FakeEncoder())
    write(lists / "b.md", ROBOTS.replace("无人机", "飞行器"))
    encoder = CountingEncoder()
    changes = served(encoder).changes
    assert encoder.encoded == ["飞行器"]
    assert changes.chunks_added == 2
    with closing(open_index(store, FakeEncoder(), chroma_url)) as reader:
        assert "飞行器" in chunks(reader).values()
    with pytest.raises(StoreError, match="Chroma 地址"):
        open_index(store, FakeEncoder())
