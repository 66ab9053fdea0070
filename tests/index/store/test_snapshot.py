"""What was read, kept beside the index: written and read back, and what it refuses."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from index.corpus import merge_sources, read_sources
from index.errors import StoreMismatchError
from index.store.snapshot import SNAPSHOT_NAME, Snapshot, read_snapshot, write_snapshot
from tests.conftest import SEED, SEED_NAME

TABLE = "| 企业名称 | 城市 |\n|---|---|\n"


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """The seed list, a list that shares a company with it, and a file that cannot be read."""
    (tmp_path / "a.md").write_text(f"# 名单\n\n{TABLE}| 敏芯微 | 苏州 |\n|  | 北京 |\n", "utf-8")
    (tmp_path / "b.md").write_text("", "utf-8")
    sources = [(SEED, SEED_NAME), (tmp_path / "a.md", "a.md"), (tmp_path / "b.md", "b.md")]
    reading = read_sources(sources)
    return Snapshot(reading, merge_sources(reading))


def test_snapshot_read_back_is_the_one_written(tmp_path: Path, snapshot: Snapshot) -> None:
    assert [one.source for one in snapshot.reading.broken] == ["b.md"]
    assert snapshot.corpus.unresolved
    assert read_snapshot(tmp_path, write_snapshot(snapshot, tmp_path)) == snapshot
    assert gc.isenabled()


def test_rows_of_a_file_are_in_its_own_order(tmp_path: Path, snapshot: Snapshot) -> None:
    again = read_snapshot(tmp_path, write_snapshot(snapshot, tmp_path))
    for source in again.reading.sources:
        lines = [row.origin.line_start for row in source.companies]
        assert lines == sorted(lines)
        assert {row.origin.source for row in source.companies} == {source.summary.source}


def test_origin_that_values_share_is_written_once(tmp_path: Path, snapshot: Snapshot) -> None:
    write_snapshot(snapshot, tmp_path)
    quote = "| 敏芯微 | 苏州 |"
    assert (tmp_path / SNAPSHOT_NAME).read_text("utf-8").count(quote) == 1


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda data: data[:-20], id="cut short"),
        pytest.param(lambda data: data.replace("敏芯".encode(), "纳芯".encode()), id="altered"),
        pytest.param(lambda _: b"\xff\xfe", id="binary"),
    ],
)
def test_damaged_snapshot_is_refused_with_the_command_that_rebuilds(
    tmp_path: Path, snapshot: Snapshot, damage: Callable[[bytes], bytes]
) -> None:
    sha256 = write_snapshot(snapshot, tmp_path)
    path = tmp_path / SNAPSHOT_NAME
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(StoreMismatchError, match="xiaojuren index") as caught:
        read_snapshot(tmp_path, sha256)
    assert "\n" not in str(caught.value)


def test_missing_snapshot_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreMismatchError, match="缺失"):
        read_snapshot(tmp_path, "00")
