"""A list as indexing would read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import SourceError
from index.preview import preview_list
from index.schema.columns import TableKind
from index.schema.sidecar import IGNORE, OWN, Corrections, write_corrections

_LIST = """# 园区清单

| 岗位 | 人数 |
|---|---|
| 工程师 | 3 |

## 合肥

| 企业名称 | 规模 | 备注 |
|---|---|---|
| 合肥一号科技有限公司 | 300人 | - |
| 合肥二号科技有限公司 | 300人 | 好 |

## 上海

| 企业名称 | 规模 | 备注 |
|---|---|---|
| 上海三号科技有限公司 | 20人 | 坏 |
"""


def test_columns_are_told_with_what_they_mean_and_samples(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(_LIST, "utf-8")
    found = preview_list(path, "a.md")
    first, other = found.layouts
    assert (first.kind, first.tables, first.rows, first.line) == (TableKind.COMPANY, 2, 3, 9)
    assert [(one.header, one.meaning) for one in first.columns] == [
        ("企业名称", "name"),
        ("规模", "headcount"),
        ("备注", OWN),
    ]
    assert first.columns[1].samples == ("300人", "20人")
    assert first.columns[2].samples == ("好", "坏")
    assert other.kind is TableKind.OTHER
    assert len(found.corpus.companies) == 3


def test_corrections_show_in_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(_LIST, "utf-8")
    write_corrections(path, Corrections(columns={"企业名称": IGNORE, "备注": "name", "规模": OWN}))
    layout = preview_list(path, "a.md").layouts[0]
    assert [one.meaning for one in layout.columns] == [IGNORE, OWN, "name"]


def test_list_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04broken")
    with pytest.raises(SourceError):
        preview_list(path, "a.xlsx")


def test_profiles_are_told_by_their_fields(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# 简介\n\n## 合肥一号科技有限公司\n\n- **企业名称**：合肥一号科技有限公司\n"
        "- **成立时间**：2001年\n"
        "- **主页**：https://a.example\n",
        "utf-8",
    )
    (layout,) = preview_list(path, "a.md").layouts
    assert layout.profiles
    assert [one.meaning for one in layout.columns] == ["name", "founded", "website"]
