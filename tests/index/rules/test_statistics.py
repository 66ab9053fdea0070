"""Tables that are not about companies."""

from __future__ import annotations

from index.corpus import read_corpus

LIST = """# 清单

| 企业名称 | 城市 |
|---|---|
| 甲光科技有限公司 | 苏州 |

## 按行业分布

| 序号 | 行业领域 | 企业数量 | 占比 |
|---|---|---|---|
| 1 | 人工智能 | 55+ | 20% |

## 榜单概况

| 指标 | 数值 |
|---|---|
| 研发人员总数 | 190万+ |
"""


def _rows(tmp_path):
    (tmp_path / "list.md").write_text(LIST, "utf-8")
    return read_corpus([(tmp_path / "list.md", "list.md")]).statistics


def test_row_is_told_apart_by_the_first_column_that_numbers_nothing(tmp_path):
    row = _rows(tmp_path)[0]
    assert (row.dimension, row.label, row.place) == ("行业领域", "人工智能", "")
    assert (row.count, row.open_ended) == (55, True)
    assert row.values["占比"].text == "20%"
    assert row.heading.text == "按行业分布"


def test_figures_without_a_number_of_companies_are_kept(tmp_path):
    row = _rows(tmp_path)[1]
    assert (row.label, row.count, row.values["数值"].text) == ("研发人员总数", None, "190万+")
