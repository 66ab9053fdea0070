from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.schema import CreateSchema, DropSchema

from index.checks import findings
from index.corpus import find_sources, merge_sources, read_sources
from index.errors import StoreAccessError, StoreMismatchError
from index.store.chunks import make_chunks
from index.store.content import Content
from index.store.database import connect_server, create_file, open_file, translated
from index.store.records import Records, Surface
from index.store.writer import write_records
from index.types import Corpus
from tests.conftest import SEED

GAZELLES = """# 2025年瞪羚企业名单

## 一、制造业企业

| 企业名称 | 所在城市 | 主导产品 | 注册资本（万元） | 成立时间 |
|---|---|---|---|---|
| 苏州敏芯微电子技术股份有限公司 | 苏州 | MEMS传感器 | 5,355 | 2008年 |
| 合肥燕来电子有限公司 | 合肥市 | 燕窝机、传感器 | 800 | 1812 |
| 燧原科技 | 上海 | 训练芯片 | 100 | 2018年 |
| 上海燧原科技有限公司 | 上海 | 芯片 | 100 | 2018年 |
| 北京燧原科技有限公司 | 北京 | 芯片 | 100 | 2018年 |

入选企业须成立满3年。

| 城市 | 小巨人数量 |
|---|---|
| 北京 | 800+ |
"""


def written(corpus_paths: list[Path], writing: Engine) -> Corpus:
    reading = read_sources(found := find_sources(corpus_paths))
    corpus = merge_sources(reading)
    paths = [str(path) for path, _ in found]
    content = Content(reading, corpus, make_chunks(corpus), findings(corpus, 2025), paths)
    write_records(writing, content)
    writing.dispose()
    return corpus


def engines(kind: str, folder: Path, request: pytest.FixtureRequest) -> tuple[Engine, Engine]:
    """Return an engine that writes and one that reads."""
    if kind == "sqlite":
        path = folder / "records.sqlite3"
        # A file is there to be opened once it is written.
        path.touch()
        return create_file(path), open_file(path)
    url = request.getfixturevalue("database_url")
    engine = connect_server(url)
    with engine.begin() as connection:
        connection.execute(DropSchema("records", cascade=True, if_exists=True))
        connection.execute(CreateSchema("records"))
    engine.dispose()
    return connect_server(url, "records"), connect_server(url, "records", reading=True)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stored(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[tuple[Records, Corpus]]:
    folder = tmp_path_factory.mktemp("records")
    writing, reading = engines(request.param, folder, request)
    other = folder / "gazelles.md"
    other.write_text(GAZELLES, "utf-8")
    corpus = written([SEED, other], writing)
    records = Records(reading, "records")
    yield records, corpus
    records.close()


def test_companies_read_back_equal_those_that_were_merged(stored: tuple[Records, Corpus]) -> None:
    records, corpus = stored
    assert records.count() == len(corpus.companies)
    assert records.companies(range(records.count())) == corpus.companies


def test_everything_else_reads_back_equal(stored: tuple[Records, Corpus]) -> None:
    records, corpus = stored
    assert corpus.unresolved
    assert records.unresolved() == corpus.unresolved
    assert records.statistics() == corpus.statistics
    assert records.clauses() == corpus.clauses
    assert records.passages() == corpus.notes
    assert records.skipped() == corpus.skipped
    assert records.documents() == corpus.documents
    assert records.findings() == findings(corpus, 2025)


def test_companies_come_in_the_order_asked_for(stored: tuple[Records, Corpus]) -> None:
    records, corpus = stored
    wanted = corpus.companies[3], corpus.companies[1], corpus.companies[3]
    assert records.companies([3, 1, 3]) == wanted
    assert records.by_key([one.id for one in wanted] + ["unknown"]) == wanted


def test_surfaces_lead_to_what_they_name(stored: tuple[Records, Corpus]) -> None:
    records, corpus = stored
    asked = ("敏芯", "688286", "合肥市", "瞪羚企业", "制造业", "燕窝机", "没有")
    meanings = records.surfaces(asked)
    minxin = next(one.id for one in corpus.companies if "敏芯" in one.name)
    assert meanings["敏芯"] == (Surface("敏芯", "company", "", minxin),)
    assert meanings["688286"] == (Surface("688286", "code", "", minxin),)
    assert meanings["合肥市"] == (Surface("合肥市", "city", "", "合肥"),)
    assert meanings["瞪羚企业"] == (Surface("瞪羚企业", "list", "", "gazelles.md"),)
    assert meanings["制造业"][0].kind == "section"
    assert meanings["燕窝机"] == (Surface("燕窝机", "value", "product", "燕窝机"),)
    assert "没有" not in meanings


def test_own_columns_are_fields_of_the_lists_that_have_them(
    stored: tuple[Records, Corpus],
) -> None:
    records, _ = stored
    (capital,) = [one for one in records.fields() if one.key.startswith("注册资本")]
    assert capital.sources == ("gazelles.md",)
    assert capital.companies == 4
    named = records.surfaces(["注册资本"])["注册资本"]
    assert named == (Surface("注册资本", "column", "", capital.key),)


def test_findings_are_found_by_their_lines(stored: tuple[Records, Corpus]) -> None:
    records, corpus = stored
    row = next(one for one in corpus.companies if one.name.startswith("合肥燕来")).rows[0]
    other = corpus.companies[0].rows[0]
    found = records.findings_at([row.origin])
    assert [one.value for one in found[row.origin]] == ["1812"]
    assert records.findings_at([other.origin]).keys() <= {other.origin}


def test_words_lead_to_the_companies_about_them(stored: tuple[Records, Corpus]) -> None:
    records, corpus = stored
    found = records.terms(["传感器", "燕窝机"])
    names = {corpus.companies[number].name: one for number, one in found["传感器"].items()}
    assert names["合肥燕来电子有限公司"] == 1.0
    assert "燕窝机" not in found


def test_chunks_read_back_equal_those_that_were_made(stored: tuple[Records, Corpus]) -> None:
    records, corpus = stored
    made = {chunk.id: chunk for chunk in make_chunks(corpus)}
    assert records.chunks([*made, "unknown"]) == made


def test_disk_that_is_full_is_told_in_one_line(tmp_path: Path) -> None:
    engine = create_file(tmp_path / "records.sqlite3")

    @event.listens_for(engine, "connect")
    def _limit(connection: Any, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 60")

    with (
        pytest.raises(StoreAccessError, match=r"records.*full.*磁盘空间") as caught,
        translated("records"),
    ):
        written([SEED], engine)
    engine.dispose()
    assert "\n" not in str(caught.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreMismatchError, match=r"records\.sqlite3 缺失.*xiaojuren index"):
        open_file(tmp_path / "records.sqlite3")


def test_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite3"
    path.write_bytes(b"not a database" * 1000)
    records = Records(open_file(path), str(path))
    with pytest.raises(StoreMismatchError, match=r"records\.sqlite3 损坏.*xiaojuren index"):
        records.count()
    records.close()


def test_empty_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite3"
    path.touch()
    records = Records(open_file(path), str(path))
    with pytest.raises(StoreMismatchError, match=r"records\.sqlite3 损坏.*xiaojuren index"):
        records.count()
    records.close()
