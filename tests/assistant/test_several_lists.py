"""Questions over several lists at once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from assistant.engine import Engine
from assistant.settings import Settings
from index.build import BuildRequest, build_index
from index.store.reader import open_index
from tests.fakes import FakeEncoder, SilentProgress

GAZELLES = """# 瞪羚企业清单（2025年）

| 企业名称 | 城市 | 领域 |
|---|---|---|
| 甲光科技有限公司 | 深圳 | 激光雷达 |
| 乙云科技有限公司 | 深圳 | 云计算 |
"""

CHAMPIONS = """# 单项冠军企业名单

| 企业名称 | 城市 | 领域 |
|---|---|---|
| 甲光科技有限公司 | 深圳 | 激光雷达 |
| 丙药科技有限公司 | 苏州 | 创新药 |
"""


def asked(folder: Path, *texts: str) -> Engine:
    """Return an engine over lists that are named a.md, b.md … in their order."""
    for letter, text in zip("abc", texts, strict=False):
        (folder / f"{letter}.md").write_text(text, "utf-8")
    build_index(BuildRequest([folder], folder / "store", FakeEncoder()), SilentProgress())
    return Engine(open_index(folder / "store", FakeEncoder()), Settings())


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    with closing(asked(tmp_path_factory.mktemp("lists"), GAZELLES, CHAMPIONS)) as engine:
        yield engine


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("瞪羚清单里深圳有哪些企业", ["甲光", "乙云"]),
        ("哪些企业既是瞪羚又是单项冠军", ["甲光"]),
        ("只在单项冠军名单里的企业有哪些", ["丙药"]),
        ("同时在瞪羚名单和单项冠军名单里的企业", ["甲光"]),
        ("瞪羚和单项冠军都是的企业", ["甲光"]),
        ("瞪羚和单项冠军企业都有哪些", ["甲光", "乙云", "丙药"]),
        ("仅入选瞪羚名单的企业", ["乙云"]),
        ("深圳有哪些企业", ["甲光", "乙云"]),
    ],
)
def test_list_is_a_condition_by_its_name(both, question, names):
    found = [record.name[:2] for record in both.reply(question).answer.records]
    assert found == names


def test_company_of_two_lists_is_one_record_with_both_citations(both):
    answer = both.reply("介绍一下甲光科技").answer
    assert len(answer.records) == 1
    assert {one.source for one in answer.citations} == {"a.md", "b.md"}


def test_companies_of_several_lists_are_not_called_little_giants(both):
    assert "小巨人" not in both.reply("深圳有哪些企业").answer.answer


def test_list_that_is_not_there_is_said_to_be_missing(both):
    answer = both.reply("哪些企业既是瞪羚又是独角兽").answer
    assert (answer.status, answer.records) == ("no_match", ())
    assert "没有「独角兽」的名单" in answer.answer
    assert {one.name[:2] for one in answer.related} == {"甲光", "乙云"}


REVENUE = """# 民营企业500强

| 企业名称 | 创始人/CEO | 营业收入（亿元） |
|---|---|---|
| 甲光股份有限公司 | 甲某 | 12 |
"""

FOUNDERS = """# 创始人名单

| 企业名称 | 创始人/实控人 |
|---|---|
| 甲光科技有限公司 | - |
"""


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory):
    with closing(asked(tmp_path_factory.mktemp("lists"), REVENUE, FOUNDERS)) as engine:
        yield engine


@pytest.mark.parametrize(("question", "value"), [("甲光的营收", "12"), ("甲光的创始人", "甲某")])
def test_field_that_only_one_of_two_namesakes_has_is_told_of_that_one(namesakes, question, value):
    answer = namesakes.reply(question).answer
    assert [record.name for record in answer.records] == ["甲光股份有限公司"]
    assert [told.value for told in answer.values] == [value]
    assert "同一简称还有甲光科技有限公司" in answer.answer


def test_name_of_two_companies_is_asked_back_where_neither_tells_the_field(namesakes):
    assert namesakes.reply("甲光的主页").answer.status == "clarify"


PARTS = """# 瞪羚企业清单

## 国际企业

### 美国企业

| 企业名称 | 员工人数 |
|---|---|
| Alpha Inc. | 300人 |

### 欧洲企业

| 企业名称 | 员工人数 |
|---|---|
| Beta AG | 900人 |

## 从瞪羚到独角兽

### 准独角兽（估值5亿美元）

| 企业名称 | 员工人数 |
|---|---|
| 甲光科技有限公司 | 500人 |
"""


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    with closing(asked(tmp_path_factory.mktemp("lists"), PARTS)) as engine:
        yield engine


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("国际企业有哪些", ["Alpha Inc.", "Beta AG"]),
        ("美国公司有哪些", ["Alpha Inc."]),
        ("国际企业里员工最多的是哪家", ["Beta AG"]),
        ("准独角兽名单里有谁", ["甲光科技有限公司"]),
        ("瞪羚企业有哪些", ["Alpha Inc.", "Beta AG", "甲光科技有限公司"]),
    ],
)
def test_part_of_a_list_is_a_condition_by_its_heading(parts, question, names):
    assert sorted(record.name for record in parts.reply(question).answer.records) == names


def test_what_is_almost_something_is_not_it(parts):
    answer = parts.reply("独角兽有哪些").answer
    assert answer.status == "no_match"
    assert "没有「独角兽」的名单" in answer.answer


@pytest.mark.parametrize(
    ("question", "lists"),
    [
        ("甲光科技在哪些名单里", ["瞪羚企业清单（2025年）", "单项冠军企业名单"]),
        ("丙药科技上了什么榜", ["单项冠军企业名单"]),
    ],
)
def test_lists_of_a_company_are_told_with_its_row_in_each(both, question, lists):
    answer = both.reply(question).answer
    assert [told.value for told in answer.values] == lists
    assert len({one.source for one in answer.citations}) == len(lists)


def test_companies_are_counted_by_list(both):
    answer = both.reply("各名单分别有几家").answer
    assert {(told.name, told.value) for told in answer.values} == {
        ("瞪羚企业清单（2025年）", "2"),
        ("单项冠军企业名单", "2"),
    }
