"""The criteria of every list."""

from __future__ import annotations

import pytest

from assistant.browsing.rulebook import requirements_in, rulebooks
from tests.stored import records_of

CHAMPIONS = """# 单项冠军企业名单

更新时间：2024年4月

## 入选条件
1. 专注领域：从事该领域10年以上
2. 研发：研发费用占比不低于3%，拥有有效发明专利5项以上

## 申报流程
企业自愿申报，公示15天。

## 名单

| 企业名称 | 城市 |
|---|---|
| 甲轴承股份有限公司 | 宁波 |
"""

GAZELLES = """# 瞪羚企业清单

## 评选标准

| 指标 | 起步型 | 成长型 |
|---|---|---|
| 近三年营收增长率 | ≥30% | ≥20% |

## 企业

| 企业名称 | 城市 |
|---|---|
| 乙云科技有限公司 | 武汉 |

## 备注
- 数据截至2025年6月
- 各地标准存在差异
"""

PLAIN = """# 机器人企业清单

| 企业名称 | 城市 |
|---|---|
| 丙机器人有限公司 | 上海 |
"""


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    sources = []
    for name, text in (("champion.md", CHAMPIONS), ("gazelle.md", GAZELLES), ("plain.md", PLAIN)):
        (folder / name).write_text(text, "utf-8")
        sources.append(folder / name)
    return rulebooks(records_of(sources, folder))


def test_every_list_with_criteria_has_a_book_and_the_latest_comes_first(books):
    assert [book.source for book in books] == ["gazelle.md", "champion.md"]


def test_list_items_become_dimensions_with_their_requirements(books):
    told = {one.name: [clause.text for clause in one.clauses] for one in books[1].dimensions}
    assert told["专注领域"] == ["从事该领域10年以上"]
    assert told["研发"] == ["研发费用占比不低于3%", "拥有有效发明专利5项以上"]


def test_columns_of_requirements_are_told_apart_by_their_headers(books):
    (growth,) = books[0].dimensions
    assert [(one.aspect.text, one.text) for one in growth.clauses] == [
        ("起步型", "≥30%"),
        ("成长型", "≥20%"),
    ]


def test_notes_on_the_criteria_stand_beside_them_without_the_date(books):
    assert [note.text for note in books[0].notes] == ["各地标准存在差异"]
    assert books[0].as_of.text == "数据截至2025年6月"


def test_only_what_the_criteria_ask_for_is_asked_of_an_applicant(books):
    keys = {one.key for one in requirements_in(books[1:])}
    assert {"research", "patents", "years"} <= keys
    assert "share_national" not in keys
