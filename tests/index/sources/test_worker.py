"""Lists that are made to stop a build."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.corpus import find_sources, passed_over, read_list, read_sources
from index.errors import SourceError
from index.sources.worker import Limits, Worker

GOOD = "企业名称,城市\n苏州敏芯微电子技术股份有限公司,苏州\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "good.csv").write_text(GOOD, "utf-8")
    return lists


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(Limits(seconds=2, megabytes=1024))
    yield made
    made.close()


def problem_of(folder: Path) -> str:
    """Return why the other file of a folder was not read; the good one was."""
    found = read_sources(find_sources([folder]))
    assert [one.summary.source for one in found.sources] == ["good.csv"]
    (broken,) = found.broken
    assert broken.source.startswith("bad")
    return broken.reason


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("bad.json", "[" * 100_000, "嵌套太深"),
        ("bad.md", "|" * 2_000_000, "200,000 字"),
        ("bad.csv", f"企业名称,城市\n甲公司,{'京' * 40_000}\n", "32,767 字的单元格"),
        ("bad.csv", ",".join(["列"] * 20_000) + "\n1\n", "16,384 列"),
    ],
)
def test_list_past_a_limit_is_named_and_the_others_are_read(
    folder: Path, name: str, text: str, problem: str
) -> None:
    (folder / name).write_text(text, "utf-8")
    assert problem in problem_of(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_pipe_is_no_list(folder: Path) -> None:
    os.mkfifo(folder / "bad.csv")
    assert "不是普通文件" in problem_of(folder)


def test_link_out_of_a_folder_is_passed_over_and_named(folder: Path) -> None:
    outside = folder.parent / "outside.csv"
    outside.write_text(GOOD, "utf-8")
    (folder / "out.csv").symlink_to(outside)
    (folder / "in.csv").symlink_to(folder / "good.csv")
    assert [name for _, name in find_sources([folder])] == ["good.csv", "in.csv"]
    assert passed_over([folder]) == ["out.csv"]


def test_number_of_400_digits_is_no_figure(folder: Path) -> None:
    text = f"企业名称,员工人数,成立年份\n北京某某科技有限公司,{'9' * 400},{'2' * 400}\n"
    (folder / "bad.csv").write_text(text, "utf-8")
    found = read_sources(find_sources([folder]))
    assert not found.broken
    assert [len(one.companies) for one in found.sources] == [1, 1]


def test_list_that_takes_too_long_is_stopped_and_the_next_one_is_read(
    folder: Path, worker: Worker
) -> None:
    (folder / "bad.html").write_text("<!--" * 100_000, "utf-8")
    with pytest.raises(SourceError, match="2 秒"):
        worker.call(read_list, folder / "bad.html", "bad.html")
    again = Worker(Limits())
    assert again.call(read_list, folder / "good.csv", "good.csv").companies
    again.close()
