"""`xiaojuren index` tells what it changes, and with --dry-run only what it would."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import FakeEncoder
from ui.cli import app as cli

HEADER = "| 企业名称 | 所在城市 |\n|---|---|\n"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "a.md").write_text(f"# 名单\n\n{HEADER}| 甲科技 | 苏州 |\n", "utf-8")
    (folder / "b.md").write_text(f"# 名单\n\n{HEADER}| 乙科技 | 北京 |\n", "utf-8")
    return folder


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lists: Path,
    tmp_path: Path,
) -> Run:
    """Run `xiaojuren index` over the lists with a fake model; returns exit code and stdout."""
    monkeypatch.setattr("assistant.building.SentenceEncoder", lambda *_: FakeEncoder())

    def run_with(*options: str) -> tuple[int, str]:
        command = ["xiaojuren", "index", str(lists), "--store", str(tmp_path / "store"), *options]
        monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as exit_:
            cli.main()
        code = exit_.value.code
        assert isinstance(code, int)
        return code, capsys.readouterr().out

    return run_with


def change(lists: Path) -> None:
    """Change a file, add one, break one and take one away."""
    (lists / "c.md").write_text(f"# 名单\n\n{HEADER}| 丙科技 | 上海 |\n", "utf-8")
    (lists / "a.md").write_bytes(f"# 名单\n\n{HEADER}".encode() + b"| \xff |\n")
    (lists / "b.md").unlink()


def test_first_build_names_the_new_files_before_what_the_index_holds(run: Run) -> None:
    code, out = run()
    assert code == 0
    lines = out.splitlines()
    assert lines[:3] == [
        "文件：新增 2，改动 0，未变 0，移除 0，读不了 0",
        "  新增 a.md",
        "  新增 b.md",
    ]
    assert "新增企业 2 家：甲科技、乙科技" in lines
    assert any("合并后企业 2 家" in line for line in lines)


def test_update_tells_of_every_kind_of_change(run: Run, lists: Path) -> None:
    run()
    change(lists)
    code, out = run()
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "文件：新增 1，改动 0，未变 0，移除 1，读不了 1"
    assert "  新增 c.md" in lines
    assert "  移除 b.md：文件已不在；原有 1 行不再收录" in lines
    assert any(line.startswith("  读不了 a.md:5：不是 UTF-8 编码") for line in lines)
    assert any(line.endswith("；原有 1 行不再收录") for line in lines if "a.md" in line)
    assert "移除企业 2 家：甲科技、乙科技" in lines
    assert "新增企业 1 家：丙科技" in lines


def test_update_without_changes_says_so(run: Run) -> None:
    run()
    assert run()[1].splitlines()[0] == "没有变化，索引保持不变"


def test_full_build_says_why_it_does_everything_again(run: Run) -> None:
    run()
    assert run("--full")[1].splitlines()[0] == "全部重建：按要求全部重建"


def test_dry_run_tells_the_same_and_leaves_the_store_as_it_is(
    run: Run, lists: Path, tmp_path: Path
) -> None:
    run()
    change(lists)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "store").rglob("*")}
    code, out = run("--dry-run")
    assert code == 0
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "store").rglob("*")} == before
    first, *told = out.splitlines()
    assert "没有写入" in first
    assert run()[1].splitlines()[: len(told)] == told


def test_json_holds_the_changes_beside_what_the_index_holds(run: Run, lists: Path) -> None:
    run()
    change(lists)
    planned: dict[str, Any] = json.loads(run("--dry-run", "--json")[1])
    done: dict[str, Any] = json.loads(run("--json")[1])
    assert planned == {"changes": done["changes"], "passed_over": [], "dry_run": True}
    assert done["companies"] == 1
    changes = done["changes"]
    assert changes["new"] == ["c.md"]
    assert changes["gone"] == [{"source": "b.md", "reason": "文件已不在", "rows": 1}]
    assert [(one["source"], one["line"], one["rows"]) for one in changes["broken"]] == [
        ("a.md", 5, 1)
    ]
    assert changes["companies"] == {"added": ["丙科技"], "removed": ["甲科技", "乙科技"]}
    assert changes["rebuilt"] == []


def test_long_lists_of_companies_are_counted_not_printed(run: Run, lists: Path) -> None:
    run()
    names = [f"第{number}家科技" for number in range(30)]
    rows = "".join(f"| {name} | 苏州 |\n" for name in names)
    (lists / "c.md").write_text(f"# 名单\n\n{HEADER}{rows}", "utf-8")
    (line,) = [line for line in run()[1].splitlines() if line.startswith("新增企业 30 家")]
    assert line.endswith(" 等")
    assert sum(name in line for name in names) == 10
