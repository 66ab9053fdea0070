"""Clauses of criteria tables as intervals of a figure."""

from __future__ import annotations

import pytest

from assistant.requirements.vocabulary import load_requirements, requirements_asked
from index.schema.interval import Interval


@pytest.mark.parametrize(
    ("key", "value", "clause", "fulfilled"),
    [
        ("research", 3, "研发费用占比不低于3%", True),
        ("research", 2.9, "研发费用占比不低于3%", False),
        ("research", 3, "研发费用占比超过3%", False),
        ("income", 3000, "最近一年营收1000万-10亿元", True),
        ("income", 200000, "最近一年营收1000万-10亿元", False),
        ("income", 400, "营收不低于500万元", False),
        ("age", 8, "成立不超过10年", True),
        ("age", 12, "成立不超过10年", False),
        ("age", 2, "注册满3年", False),
        ("valuation", 120000, "估值10亿美元以上", True),
        ("world_rank", 2, "单项产品全球市场占有率位居前三", True),
        ("patents", 2, "拥有有效发明专利2项以上", True),
        ("patents", 1, "拥有有效发明专利2项以上", False),
        ("share_national", 10, "细分市场占有率全国前10%或省内前5%", True),
        ("share_provincial", 6, "细分市场占有率全国前10%或省内前5%", False),
        ("standards", 1, "主导或参与制定相关标准", True),
        ("standards", 0, "主导或参与制定相关标准", False),
    ],
)
def test_clause_is_met_within_its_interval(
    key: str, value: float, clause: str, fulfilled: bool
) -> None:
    wanted = load_requirements()[key].interval(clause)
    assert wanted.contains(Interval.point(value)) is fulfilled


def test_figure_is_worded_with_its_unit_and_a_plain_no_as_such() -> None:
    known = load_requirements()
    assert known["research"].worded(2.5) == "研发投入占 2.5%"
    assert known["standards"].worded(0) == known["standards"].deny


def test_a_word_within_a_longer_one_names_no_requirement() -> None:
    assert requirements_asked("研发人员占比要求多少") == ("research_staff",)
    assert requirements_asked("研发费用要多少") == ("research",)
