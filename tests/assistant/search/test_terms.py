from __future__ import annotations

import numpy as np
import pytest

from assistant.search.terms import TermMatcher
from index.language.thesaurus import load_thesaurus
from index.store.columns import ColumnStore
from tests.stored import records_of

LIST = """# 测试企业清单

| 企业名称 | 城市 | 细分领域 | 主导产品 | 核心技术 | 市场地位 |
|---|---|---|---|---|---|
| 甲电子有限公司 | 苏州 | 激光雷达 | 车载激光雷达 | 光学 | 全国安防第一 |
| 乙电子有限公司 | 苏州 | 传感器 | 温度传感器、芯片 | 算法 | 龙头 |
| 丙电子有限公司 | 合肥 | 充电芯片 | 充电芯片 | 锂电池 | 龙头 |
| 丁机器有限公司 | 合肥 | 机器人 | 燕窝机 | 导航 | 龙头 |
"""


@pytest.fixture(scope="module")
def matcher(tmp_path_factory):
    folder = tmp_path_factory.mktemp("terms")
    path = folder / "list.md"
    path.write_text(LIST, "utf-8")
    records = records_of([path], folder)
    yield TermMatcher(ColumnStore(records), load_thesaurus())
    records.close()


def told(scores):
    return {"甲乙丙丁"[place]: round(float(scores[place]), 1) for place in np.flatnonzero(scores)}


@pytest.mark.parametrize(
    ("term", "companies"),
    [
        ("激光雷达", {"甲": 1.0}),
        ("传感器", {"甲": 0.8, "乙": 1.0}),
        ("燕窝机", {"丁": 1.0}),
        ("燕窝", {"丁": 0.9}),
        ("芯片", {"乙": 1.0, "丙": 0.8}),
        ("电芯", {}),
        ("机器", {}),
        ("安防", {"甲": 0.9}),
        ("燕窝厂", {}),
    ],
)
def test_word_matches_companies_by_how_it_stands_in_their_rows(matcher, term, companies):
    assert told(matcher.match(term)) == companies


def test_only_a_trade_rules_out_by_a_kind_of_what_is_not_wanted(matcher):
    assert np.flatnonzero(matcher.rules_out("芯片")).tolist() == [1, 2]
    assert np.flatnonzero(matcher.rules_out("电池")).tolist() == [2]


def test_heading_of_several_trades_is_matched_by_all_of_them(seed_records):
    matcher = TermMatcher(ColumnStore(seed_records), load_thesaurus())
    under = np.flatnonzero(matcher.classified(("新能源", "新材料"))).tolist()
    assert {seed_records.companies([one])[0].text("industry") for one in under} == {"新能源/新材料"}
    assert not matcher.classified(("新能源",)).any()


def test_neighbours_are_about_a_broader_concept(matcher):
    assert told(matcher.neighbours(("激光雷达",)))["乙"] == 0.5
    assert not matcher.neighbours(("燕窝机",)).any()


def test_words_of_rows_are_known(matcher):
    assert matcher.holds(["燕窝机", "激光雷达", "量子"]) == {
        "燕窝机": True,
        "激光雷达": True,
        "量子": False,
    }
