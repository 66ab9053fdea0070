"""A whole build, on the embedded store and on a server: what goes in comes out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import BuildRequest, build_index, vocabulary_of
from index.errors import SourceError, StoreAccessError, StoreError
from index.language.encoder import Vectors
from index.store.manifest import Manifest
from index.store.reader import open_index
from index.store.vectors import VectorCollection, connect
from index.store.words import LEXICAL_GROUPS
from index.types import ChunkKind, Corpus
from tests.conftest import SEED, free_port
from tests.fakes import FakeEncoder, SilentProgress, companies_of, corpus_of

TABLE = "| 企业名称 | 城市 | 领域 |\n|---|---|---|\n"
TEXT = f"# 清单\n\n{TABLE}| 苏州敏芯科技有限公司 | 苏州 | MEMS |\n| 旷视 | 北京 | 视觉 |\n"


@pytest.fixture(params=["embedded", "server"])
def url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue("chroma_url") if request.param == "server" else None


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "清单.md"
    path.write_text(TEXT, "utf-8")
    return path


def build(source: Path, store: Path, url: str | None = None) -> Manifest:
    return build_index(BuildRequest([source], store, FakeEncoder(), url), SilentProgress())


def generations(store: Path) -> list[str]:
    return [folder.name for folder in (store / "generations").iterdir()]


# --- round trip -------------------------------------------------------------------------------


def test_index_of_the_seed_holds_exactly_what_was_read(
    tmp_path: Path, url: str | None, seed_corpus: Corpus
) -> None:
    manifest = build(SEED, tmp_path / "store", url)
    index = open_index(tmp_path / "store", FakeEncoder(), url)
    assert corpus_of(index.records) == seed_corpus
    assert index.manifest == manifest
    assert (manifest.companies, manifest.dimension, manifest.model) == (48, 64, "fake")
    assert manifest.paths == (str(SEED.resolve()),)
    index.close()


def test_building_twice_gives_the_same_chunks_and_one_generation(
    tmp_path: Path, url: str | None, source: Path
) -> None:
    found = []
    for _ in range(2):
        build(source, tmp_path / "store", url)
        index = open_index(tmp_path / "store", FakeEncoder(), url)
        hits = index.search_vectors("MEMS", list(ChunkKind), 100)
        found.append({chunk_id: index.chunk(chunk_id) for chunk_id, _ in hits})
        index.close()
        assert len(generations(tmp_path / "store")) == 1
    assert found[0] == found[1]
    assert found[0]


def test_collection_of_the_generation_before_is_dropped_from_the_server(
    tmp_path: Path, chroma_url: str, source: Path
) -> None:
    first = build(source, tmp_path / "store", chroma_url)
    source.write_text(TEXT.replace("旷视", "声智"), "utf-8")
    second = build(source, tmp_path / "store", chroma_url)
    client = connect(tmp_path, chroma_url)
    with pytest.raises(StoreError, match=first.collection):
        VectorCollection.open(client, first.collection)
    assert VectorCollection.open(client, second.collection).count() == second.chunks
    client.close()


def test_changed_source_changes_the_index(tmp_path: Path, source: Path) -> None:
    build(source, tmp_path / "store")
    source.write_text(TEXT.replace("旷视", "声智"), "utf-8")
    build(source, tmp_path / "store")
    index = open_index(tmp_path / "store", FakeEncoder())
    assert [company.name for company in companies_of(index.records)] == [
        "苏州敏芯科技有限公司",
        "声智",
    ]
    index.close()


def test_every_stage_is_shown_to_its_end(tmp_path: Path, source: Path) -> None:
    progress = SilentProgress()
    build_index(BuildRequest([source], tmp_path / "store", FakeEncoder()), progress)
    assert len(progress.stages) == 6
    for done, total in progress.stages.values():
        assert done == total > 0


def test_each_kind_of_chunk_is_in_one_lexical_group() -> None:
    kinds = [kind for group in LEXICAL_GROUPS.values() for kind in group]
    assert sorted(kinds) == sorted(ChunkKind)


def test_vocabulary_holds_names_aliases_and_what_cells_list(seed_corpus: Corpus) -> None:
    words = set(vocabulary_of(seed_corpus))
    assert words >= {
        "苏州敏芯微电子技术股份有限公司",
        "敏芯微",
        "深度学习",
        "人脸识别",
        "MEMS",
        "亦庄",
    }
    assert words >= {"小鹏", "光电"}


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "空的"),
        ("---\n\n***\n", "没有可收录的内容"),
        (TABLE, "只有表头"),
        (f"{TABLE}|  |  |\n", "只有表头"),
    ],
)
def test_source_with_nothing_to_index_is_refused_and_the_old_index_serves_on(
    tmp_path: Path, source: Path, text: str, problem: str
) -> None:
    before = build(source, tmp_path / "store")
    source.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=problem):
        build(source, tmp_path / "store")
    index = open_index(tmp_path / "store", FakeEncoder())
    assert index.manifest == before
    index.close()


@pytest.mark.parametrize("store", ["/proc/xiaojuren", "{file}/store"])
def test_store_that_cannot_be_written_is_refused(source: Path, store: str) -> None:
    with pytest.raises(StoreAccessError, match="--store"):
        build(source, Path(store.format(file=source)))


@pytest.mark.parametrize("url", ["http://127.0.0.1:{free}", "ftp://127.0.0.1"])
def test_server_out_of_reach_leaves_the_old_index_serving(
    tmp_path: Path, source: Path, url: str
) -> None:
    before = build(source, tmp_path / "store")
    with pytest.raises(StoreAccessError):
        build(source, tmp_path / "store", url.format(free=free_port()))
    index = open_index(tmp_path / "store", FakeEncoder())
    assert index.manifest == before
    index.close()
    build(source, tmp_path / "store")
    assert len(generations(tmp_path / "store")) == 1


class ForgetfulEncoder(FakeEncoder):
    """Gives vectors without a direction, so that nothing can be found again."""

    def encode_query(self, text: str) -> Vectors:
        return super().encode_query(text) * 0.0


def test_index_in_which_nothing_can_be_found_is_not_published(tmp_path: Path, source: Path) -> None:
    before = build(source, tmp_path / "store")
    request = BuildRequest([source], tmp_path / "store", ForgetfulEncoder(), full=True)
    with pytest.raises(StoreError, match="核对失败"):
        build_index(request, SilentProgress())
    index = open_index(tmp_path / "store", FakeEncoder())
    assert index.manifest == before
    index.close()


@pytest.mark.parametrize("pointer", ["gone", ""])
def test_pointer_to_nowhere_is_mended_by_a_build(
    tmp_path: Path, source: Path, pointer: str
) -> None:
    build(source, tmp_path / "store")
    (tmp_path / "store" / "current").write_text(pointer, "utf-8")
    after = build(source, tmp_path / "store")
    index = open_index(tmp_path / "store", FakeEncoder())
    assert index.manifest == after
    index.close()
    assert len(generations(tmp_path / "store")) == 1
