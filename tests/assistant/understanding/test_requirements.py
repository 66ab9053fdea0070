from __future__ import annotations

import pytest

from assistant.understanding.requirements import load_requirements, read_facts
from assistant.understanding.types import Statement


@pytest.mark.parametrize(
    ("text", "requirement", "value"),
    [
        ("研发占4%", "research", 4),
        ("研发投入占比百分之四", "research", 4),
        ("研发占了5个点", "research", 5),
        ("发明专利1项", "patents", 1),
        ("只有一项专利", "patents", 1),
        ("没有发明专利", "patents", 0),
        ("主营业务收入占比六成五", "revenue", 65),
        ("专注这个细分市场八年", "years", 8),
        ("全国排名前8%", "share_national", 8),
        ("省内前5%", "share_provincial", 5),
        ("参与过国家标准起草", "standards", 1),
        ("没有自主知识产权", "property", 0),
        ("去年营收3000万", "income", 3000),
        ("营业收入1.2亿元", "income", 12000),
        ("连续三年增长25%", "growth", 25),
        ("研发人员占比15%", "research_staff", 15),
        ("估值12亿美元", "valuation", 120000),
        ("没有失信记录", "honest", 1),
        ("去年亏损", "profit", 0),
    ],
)
def test_what_an_applicant_says_becomes_a_fact(text, requirement, value):
    facts = {fact.requirement: fact.value for fact in read_facts(text, 2025, load_requirements())}
    assert facts[requirement] == value


@pytest.mark.parametrize("text", ["公司在苏州", "苏州有哪些MEMS小巨人", "第二批有几家"])
def test_other_statements_are_no_facts(text):
    assert read_facts(text, 2025, load_requirements()) == ()


def test_what_no_list_requires_is_no_fact():
    assert read_facts("公司成立5年", 2025, {"research"}) == ()
    assert [fact.value for fact in read_facts("公司成立5年", 2025, {"age"})] == [5]


@pytest.mark.parametrize(
    ("key", "value", "clause", "fulfilled"),
    [
        ("research", 3, "研发费用占比不低于3%", True),
        ("research", 2.9, "研发费用占比不低于3%", False),
        ("income", 3000, "最近一年营收1000万-10亿元", True),
        ("income", 200000, "最近一年营收1000万-10亿元", False),
        ("income", 400, "不低于500万元", False),
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
    ],
)
def test_threshold_itself_is_enough(key, value, clause, fulfilled):
    requirement = load_requirements()[key]
    assert requirement.fulfilled(Statement(key, "", value), clause) is fulfilled
