"""Lists that are added from the page, with a stand-in for the model."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import assistant.building
import ui.server.uploads
from assistant import engine as engine_module
from assistant.live import LiveEngine
from assistant.settings import Settings
from index.build import BuildRequest, build_index
from index.errors import SourceError
from index.schema.sidecar import Corrections
from index.sources.content import sidecar_of
from tests.fakes import FakeEncoder, SilentProgress, companies_of
from ui.errors import UploadError
from ui.server.jobs import Job
from ui.server.uploads import MAX_BYTES, UploadDesk, told, uploads_folder

_FIRST = "| 企业名称 | 所在城市 |\n|---|---|\n| 苏州一号科技有限公司 | 苏州 |\n"
_SECOND = "单元,所在城市\n上海二号科技有限公司,上海\n苏州一号科技有限公司,苏州\n".encode()
_NAMED = Corrections(columns={"单元": "name"})


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a store with one list."""
    for module in (assistant.building, engine_module):
        monkeypatch.setattr(module, "SentenceEncoder", lambda *_: FakeEncoder())
    lists = tmp_path / "lists" / "sub"
    lists.mkdir(parents=True)
    (lists / "first.md").write_text(_FIRST, "utf-8")
    settings = Settings(store=tmp_path / "store")
    build_index(BuildRequest([tmp_path / "lists"], settings.store, FakeEncoder()), SilentProgress())
    return settings


@pytest.fixture
def engine(settings: Settings) -> Iterator[LiveEngine]:
    engine = LiveEngine(settings)
    yield engine
    engine().close()


@pytest.fixture
def desk(settings: Settings, engine: LiveEngine) -> UploadDesk:
    return UploadDesk(settings, engine)


def finished(job: Job) -> Job:
    deadline = time.monotonic() + 60
    while not job.finished:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return job


def names(engine: LiveEngine) -> set[str]:
    return {company.name for company in companies_of(engine().index.records)}


def test_preview_writes_nothing(desk: UploadDesk, settings: Settings, engine: LiveEngine) -> None:
    before = engine()
    desk.take("a", "第二.csv", _SECOND)
    assert len(desk.correct("a", _NAMED).corpus.companies) == 2
    assert not uploads_folder(settings).exists()
    assert engine() is before


def test_added_list_serves_at_once_beside_the_others(
    desk: UploadDesk, settings: Settings, engine: LiveEngine
) -> None:
    desk.take("a", "第二.csv", _SECOND)
    desk.correct("a", _NAMED)
    job = finished(desk.add("a"))
    assert job.error == ""
    assert job.report is not None
    assert (job.report.before, job.report.after) == (1, 2)
    assert (job.report.holding.rows, job.report.holding.shared) == (2, 1)
    assert all(stage.done == stage.total for stage in job.stages)
    assert names(engine) == {"上海二号科技有限公司", "苏州一号科技有限公司"}
    sources = [document.source for document in engine().index.manifest.documents]
    assert sources == ["sub/first.md", "第二.csv"]
    assert (uploads_folder(settings) / "第二.csv").read_bytes() == _SECOND
    assert engine().index.changed_sources() == []


def test_list_of_the_same_name_is_replaced_and_keeps_its_corrections(
    desk: UploadDesk, engine: LiveEngine
) -> None:
    desk.take("a", "第二.csv", _SECOND)
    desk.correct("a", _NAMED)
    finished(desk.add("a"))
    assert desk.replaces("第二.csv")
    found = desk.take("a", "第二.csv", "单元,产品\n北京三号科技有限公司,泵\n".encode())
    assert found.corrections == _NAMED
    finished(desk.add("a"))
    assert names(engine) == {"北京三号科技有限公司", "苏州一号科技有限公司"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b""),
        ("a.xlsx", b"PK\x03\x04broken"),
        ("a.md", b"# \n\n---\n"),
        ("a.doc", b"x"),
        ("a.exe", b"x"),
    ],
)
def test_file_that_cannot_be_read_says_why_and_is_forgotten(
    desk: UploadDesk, name: str, data: bytes
) -> None:
    with pytest.raises(SourceError) as caught:
        desk.take("a", name, data)
    assert told(caught.value).startswith(f"{name}：")
    with pytest.raises(UploadError, match="还没有选择文件"):
        desk.add("a")


def test_failed_build_leaves_everything_as_it_was(
    desk: UploadDesk, settings: Settings, engine: LiveEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take("a", "第二.csv", _SECOND)
    desk.correct("a", _NAMED)
    finished(desk.add("a"))
    before, folder = engine(), uploads_folder(settings)
    desk.take("a", "第二.csv", "企业名称\n北京三号科技有限公司\n".encode())
    desk.correct("a", Corrections())

    def fail(*_: object) -> None:
        raise SourceError(folder / "第二.csv", "坏了", 7)

    monkeypatch.setattr(ui.server.uploads, "build_index", fail)
    job = finished(desk.add("a"))
    assert job.error == "第二.csv:7：坏了"
    assert job.report is None
    assert (folder / "第二.csv").read_bytes() == _SECOND
    assert sidecar_of(folder / "第二.csv").exists()
    assert engine() is before


def test_fault_of_the_program_is_told_without_its_details(
    desk: UploadDesk, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take("a", "第二.csv", _SECOND)
    monkeypatch.setattr(ui.server.uploads, "build_index", lambda *_: 1 / 0)
    job = finished(desk.add("a"))
    assert "内部错误" in job.error
    assert "ZeroDivision" not in job.error
    assert list(uploads_folder(settings).iterdir()) == []


def test_index_whose_source_is_gone_is_not_built_without_it(
    desk: UploadDesk, engine: LiveEngine
) -> None:
    Path(engine().index.manifest.paths[0]).unlink()
    desk.take("a", "第二.csv", _SECOND)
    assert "sub/first.md 不在原处" in finished(desk.add("a")).error
    assert names(engine) == {"苏州一号科技有限公司"}


def test_only_one_list_is_added_at_a_time(
    desk: UploadDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    going_on = threading.Event()
    monkeypatch.setattr(ui.server.uploads, "build_index", lambda *_: going_on.wait(30))
    desk.take("a", "第二.csv", _SECOND)
    desk.take("b", "第三.csv", _SECOND)
    job = desk.add("a")
    with pytest.raises(UploadError, match=r"正在加入 第二\.csv"):
        desk.add("b")
    going_on.set()
    finished(job)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/名单.csv", "名单.csv"),
        ("C:\\清单\\名单.csv", "名单.csv"),
        ("<img src=x>.csv", "_img src=x_.csv"),
    ],
)
def test_name_of_a_file_leads_nowhere_else(desk: UploadDesk, name: str, kept: str) -> None:
    assert desk.take("a", name, _SECOND).corpus.documents[0].source == kept


@pytest.mark.parametrize("name", ["", "..", "/", ".csv", ".hidden.csv", "长" * 60 + ".csv"])
def test_name_that_cannot_be_kept_is_refused(desk: UploadDesk, name: str) -> None:
    with pytest.raises(UploadError, match="文件名"):
        desk.take("a", name, _SECOND)


def test_name_of_a_list_from_elsewhere_is_refused(tmp_path: Path, settings: Settings) -> None:
    seed = tmp_path / "lists" / "sub" / "first.md"
    build_index(BuildRequest([seed], settings.store, FakeEncoder()), SilentProgress())
    engine = LiveEngine(settings)
    with pytest.raises(UploadError, match="同名"):
        UploadDesk(settings, engine).take("a", "first.md", _FIRST.encode())
    engine().close()


def test_file_that_is_too_large_is_refused(desk: UploadDesk) -> None:
    with pytest.raises(UploadError, match="20 MB"):
        desk.take("a", "a.csv", bytes(MAX_BYTES + 1))
