"""A store on a PostgreSQL and a Chroma server that several machines share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, text, update

from index.build import BuildRequest, build_index
from index.errors import StoreAccessError, StoreLockedError, StoreMissingError
from index.store.database import connect_server
from index.store.leases import leases
from index.store.reader import IndexReader, open_index
from index.store.server import ServerStore
from index.types import ChunkKind
from tests.conftest import free_port
from tests.fakes import FakeEncoder, SilentProgress

TEXT = "| 企业名称 | 领域 |\n|---|---|\n| 苏州敏芯科技有限公司 | MEMS |\n"


@pytest.fixture
def database(database_url: str) -> Iterator[str]:
    """An empty database."""
    yield database_url
    engine = connect_server(database_url)
    with engine.begin() as connection:
        for (schema,) in connection.execute(text(_SCHEMAS)).all():
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


_SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'xiaojuren%'"


def build(folder: Path, text_: str, url: str, chroma_url: str | None = None) -> None:
    source = folder / "名单.md"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(text_, "utf-8")
    request = BuildRequest([source], folder / "store", FakeEncoder(), chroma_url, database_url=url)
    build_index(request, SilentProgress())


def opened(folder: Path, url: str, chroma_url: str | None = None) -> IndexReader:
    return open_index(folder / "store", FakeEncoder(), chroma_url, url)


def schemas(url: str) -> set[str]:
    engine = connect_server(url)
    with engine.connect() as connection:
        found = {name for (name,) in connection.execute(text(_SCHEMAS))}
    engine.dispose()
    return found - {"xiaojuren"}


def test_second_machine_with_an_empty_folder_serves_from_the_two_addresses(
    tmp_path: Path, database: str, chroma_url: str
) -> None:
    build(tmp_path / "one", TEXT, database, chroma_url)
    with closing(opened(tmp_path / "two", database, chroma_url)) as reader:
        assert reader.records.companies([0])[0].name == "苏州敏芯科技有限公司"
        assert reader.search_words("敏芯", "companies", 1)
        assert reader.search_vectors("MEMS", [ChunkKind.FACET], 1)[0][1] == 1.0
        reader.verify()


def test_rebuild_leaves_what_another_machine_reads_until_it_is_closed(
    tmp_path: Path, database: str, chroma_url: str
) -> None:
    build(tmp_path / "one", TEXT, database, chroma_url)
    reader = opened(tmp_path / "two", database, chroma_url)
    build(tmp_path / "one", TEXT.replace("敏芯", "纳芯"), database, chroma_url)
    build(tmp_path / "one", TEXT.replace("敏芯", "华芯"), database, chroma_url)
    assert reader.records.companies([0])[0].name == "苏州敏芯科技有限公司"
    assert reader.search_vectors("MEMS", [ChunkKind.FACET], 1)[0][1] == 1.0
    assert len(schemas(database)) == 2
    with closing(opened(tmp_path / "two", database, chroma_url)) as newer:
        assert newer.records.companies([0])[0].name == "苏州华芯科技有限公司"
    reader.close()
    build(tmp_path / "one", TEXT, database, chroma_url)
    assert len(schemas(database)) == 1


def test_lease_of_a_process_that_died_runs_out(tmp_path: Path, database: str) -> None:
    build(tmp_path / "one", TEXT, database)
    reader = opened(tmp_path / "one", database)
    engine = connect_server(database)
    with engine.begin() as connection:
        connection.execute(update(leases).values(expires=func.now() - timedelta(seconds=1)))
    engine.dispose()
    build(tmp_path / "one", TEXT.replace("敏芯", "纳芯"), database)
    assert len(schemas(database)) == 1
    reader.close()


def test_unchanged_lists_are_not_written_again(tmp_path: Path, database: str) -> None:
    build(tmp_path / "one", TEXT, database)
    before = schemas(database)
    build(tmp_path / "one", TEXT, database)
    assert schemas(database) == before


def test_database_without_an_index_says_how_to_build_one(tmp_path: Path, database: str) -> None:
    with pytest.raises(StoreMissingError, match="xiaojuren index"):
        opened(tmp_path, database)


def test_only_one_machine_builds(tmp_path: Path, database: str) -> None:
    first, second = (ServerStore(tmp_path / name, database, None) for name in ("a", "b"))
    with (
        closing(first),
        closing(second),
        first.building(),
        pytest.raises(StoreLockedError, match="另一台机器"),
        second.building(),
    ):
        pass


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("postgresql://tests:secret@127.0.0.1:{port}/postgres", "127.0.0.1"),
        ("mysql://tests:secret@127.0.0.1/postgres", "不是 PostgreSQL"),
        ("nonsense", "不是数据库地址"),
    ],
)
def test_database_that_cannot_be_used_is_named_without_its_password(
    tmp_path: Path, url: str, problem: str
) -> None:
    with pytest.raises(StoreAccessError, match=problem) as caught:
        opened(tmp_path, url.format(port=free_port()))
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_user_without_rights_is_told_so(tmp_path: Path, database: str) -> None:
    engine = connect_server(database)
    with engine.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS reader"))
        connection.execute(text("CREATE ROLE reader LOGIN"))
    engine.dispose()
    with pytest.raises(StoreAccessError, match="permission denied"):
        build(tmp_path, TEXT, database.replace("tests@", "reader@"))
