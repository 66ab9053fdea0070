"""``xiaojuren diff`` and ``xiaojuren match``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.fakes import FakeEncoder
from ui.cli import app as cli

OLD = """企业名称,城市,员工
甲光科技有限公司,苏州,100人
乙云科技有限公司,杭州,200人
丙车科技有限公司,杭州,300人
"""
NEW = """企业名称,城市,员工
甲光科技有限公司,苏州,150人
丙车科技有限公司,杭州,300人
丁药科技有限公司,上海,80人
"""


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command in this process; returns what it prints. Names need no vectors."""
    for module in ("assistant.building", "index.language.encoder"):
        monkeypatch.setattr(f"{module}.SentenceEncoder", lambda *_: FakeEncoder())

    def call(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["xiaojuren", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert left.value.code in (0, None)
        return capsys.readouterr().out

    return call


@pytest.fixture
def versions(tmp_path: Path) -> tuple[str, str]:
    for name, text in (("old.csv", OLD), ("new.csv", NEW)):
        (tmp_path / name).write_text(text, "utf-8")
    return str(tmp_path / "old.csv"), str(tmp_path / "new.csv")


def test_two_versions_differ_by_companies_and_fields_with_both_lines(run, versions) -> None:
    told = run("diff", *versions)
    assert "新增 1 家，移除 1 家，改动 1 家，未变 1 家" in told
    assert "新增 丁药科技有限公司（新版第 4 行）" in told
    assert "移除 乙云科技有限公司（旧版第 3 行）" in told
    assert "100人（第 2 行） → 150人（第 2 行）" in told


def test_differences_are_kept_as_a_workbook(run, versions, tmp_path: Path) -> None:
    run("diff", *versions, "--xlsx", str(tmp_path / "out.xlsx"))
    rows = [*load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True)]
    assert [row[0] for row in rows] == ["变化", "新增", "移除", "改动"]


def test_names_are_found_open_or_missing(run, seed_store, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("苏州敏芯微电子技术股份有限公司\n燧原科技\n查无此厂有限公司\n", "utf-8")
    told = json.loads(run("match", str(names), "--store", str(seed_store), "--json"))
    assert [(one["line"], one["found"]) for one in told] == [
        (1, "找到"),
        (2, "待核对"),
        (3, "没有"),
    ]
    assert told[0]["origins"].endswith("行")
