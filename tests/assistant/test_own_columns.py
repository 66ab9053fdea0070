"""Questions about columns that only this list has."""

from __future__ import annotations

import pytest

from assistant.engine import Engine
from assistant.settings import Settings
from index.build import BuildRequest, build_index
from index.store.reader import open_index
from tests.fakes import FakeEncoder, SilentProgress

LIST = """# 独角兽清单

| 企业名称 | 城市 | 领域 | 估值（亿元） | 创始人 | 融资轮次 | 晋升时间 | 投资方 |
|---|---|---|---|---|---|---|---|
| 甲光科技有限公司 | 苏州 | 激光雷达 | 120 | 张三 | D轮 | 2021年 | 红杉领投，IDG跟投 |
| 乙云科技有限公司 | 杭州 | 云计算 | 80 | 李四 | B轮 | 2023年 | 红杉跟投 |
| 丙车科技有限公司 | 杭州 | 自动驾驶 | 300 | 王五 | D轮 | 2019年 | 无 |
| 丁药科技有限公司 | 上海 | 创新药 | 未公开 | 赵六 | A轮 | 2022年 |  |
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    (folder / "list.md").write_text(LIST, "utf-8")
    store = folder / "store"
    build_index(BuildRequest([folder / "list.md"], store, FakeEncoder()), SilentProgress())
    engine = Engine(open_index(store, FakeEncoder()), Settings())
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("甲光科技的估值是多少", "120"),
        ("乙云科技值多少钱", "80"),
        ("丙车科技的创始人是谁", "王五"),
        ("丁药科技融到第几轮了", "A轮"),
        ("乙云科技什么时候晋升的", "2023年"),
    ],
)
def test_column_is_told_by_its_name_or_another_word_for_it(own, question, value):
    assert value in [one.value for one in own.reply(question).answer.values]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("估值超过100亿的企业", ["甲光", "丙车"]),
        ("估值不到100亿的有哪些", ["乙云"]),
        ("杭州估值100亿以上的公司", ["丙车"]),
        ("哪些企业是D轮", ["甲光", "丙车"]),
        ("红杉领投的公司", ["甲光"]),
        ("投资方有红杉的公司", ["甲光", "乙云"]),
        ("估值最高的企业是哪家", ["丙车"]),
        ("估值最低的两家", ["乙云", "甲光"]),
    ],
)
def test_column_bounds_filters_and_ranks(own, question, names):
    found = [record.name for record in own.reply(question).answer.records]
    assert [name[:2] for name in found] == names


def test_company_without_the_number_is_said_to_be_unknown(own):
    assert "丁药科技有限公司" in own.reply("估值超过100亿的企业").answer.answer
