"""What an index holds, list by list."""

from __future__ import annotations

from pathlib import Path

from assistant.browsing.inventory import holdings, unread
from tests.stored import records_of

_FIRST = """# 甲清单

| 企业名称 | 所在城市 |
|---|---|
| 苏州一号科技有限公司 | 苏州 |
| 苏州二号科技有限公司 | 苏州 |
|  | 苏州 |

数据截至2025年3月。
"""
_SECOND = "企业名称,所在城市\n苏州一号科技有限公司,苏州\n"


def test_every_row_of_every_list_is_accounted_for(tmp_path: Path) -> None:
    (tmp_path / "甲.md").write_text(_FIRST, "utf-8")
    (tmp_path / "乙.csv").write_text(_SECOND, "utf-8")
    (tmp_path / "坏.md").write_text("", "utf-8")
    records = records_of([tmp_path / name for name in ("甲.md", "乙.csv", "坏.md")], tmp_path)
    first, second = holdings(records)
    assert (first.title, first.rows, first.companies, first.shared) == ("甲清单", 2, 2, 1)
    assert [(row.line, row.reason) for row in first.skipped] == [(7, "没有企业名称")]
    assert first.as_of is not None
    assert first.as_of.text == "数据截至2025年3月。"
    assert (second.title, second.rows, second.companies, second.shared) == ("乙", 1, 1, 1)
    assert second.skipped == ()
    assert [row.source for row in unread(records)] == ["坏.md"]
