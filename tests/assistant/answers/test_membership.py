"""Yes, no or not said comes first."""

from __future__ import annotations

from math import inf

import pytest

from assistant.query import About, And, Exists, In, Member, Query, Within
from assistant.search.evidence import Evidence
from index.schema.interval import Interval

SUZHOU = In("city", ("苏州",), "苏州")
LISTED = In("listing", ("listed",), "已上市")


def member(desk, name, where, verdict):
    ids = desk.ids(name)
    evidence = Evidence(named=(desk.company(name),), verdicts=((ids[0], verdict),))
    return desk.answer(Query(Member(ids), where), evidence)


def test_yes_is_proved(desk):
    answer = member(desk, "敏芯微", About("MEMS", ("mems",)), True)
    assert answer.answer.startswith("是，**苏州敏芯微电子技术股份有限公司** 做 MEMS（MEMS；")
    assert [one.field for one in answer.values] == ["domain", "product", "technology"]
    assert answer.intent == "lookup"


def test_no_tells_what_is_written_instead(desk):
    answer = member(desk, "大疆", In("exchange", ("科创板",), "科创板"), False)
    name = "**深圳市大疆创新科技有限公司**"
    assert answer.answer == (f"不是，{name} 的上市情况写的是「未上市」 [1]，不符合“在科创板上市”。")


def test_topic_that_is_not_written_is_no_plain_no(desk):
    answer = member(desk, "大疆", About("MEMS", ("mems",)), False)
    assert answer.answer.startswith("清单没有写 **深圳市大疆创新科技有限公司** 做 MEMS；写的是")


def test_not_said_is_told_as_that(desk):
    where = Within("founded", Interval(2015, inf), "2015年以后")
    answer = member(desk, "寒武纪", where, None)
    assert answer.answer.startswith("清单没有写明成立时间，无法判断 **寒武纪**")
    assert answer.status == "no_match"


def test_standing_in_the_list_at_all_is_a_yes_with_a_profile(desk):
    answer = desk.answer(Query(Member(desk.ids("大疆"))), Evidence(named=(desk.company("大疆"),)))
    assert answer.answer.startswith("是，**深圳市大疆创新科技有限公司**")
    assert "成立时间：2006年" in answer.answer


def test_existence_is_answered_with_those_that_are(desk):
    where = And((SUZHOU, LISTED))
    answer = desk.answer(Query(Exists(), where), Evidence(desk.selected("敏芯微")))
    assert answer.answer.startswith("有，清单中苏州已上市的小巨人企业共 **1** 家：")


def test_nothing_there_is_answered_with_no(desk):
    answer = desk.answer(Query(Exists(), SUZHOU), Evidence())
    assert answer.answer.startswith("没有。")
    assert answer.status == "no_match"


@pytest.mark.parametrize(
    ("listed", "unknown", "start"),
    [
        (("敏芯微", "纳芯微"), (), "是，苏州的小巨人企业共 **2** 家，都已上市。"),
        (("敏芯微",), (), "不是，苏州的小巨人企业共 **2** 家，其中 **1** 家已上市。"),
        (("敏芯微",), ("纳芯微",), "写明了的都是：苏州的小巨人企业共 **2** 家，**1** 家已上市。"),
    ],
)
def test_all_of_a_selection_are_judged(desk, listed, unknown, start):
    evidence = Evidence(
        desk.selected(*listed, unknown=unknown), whole=desk.selected("敏芯微", "纳芯微")
    )
    query = Query(Exists(universal=True, whole=SUZHOU), And((SUZHOU, LISTED)))
    assert desk.answer(query, evidence).answer.startswith(start)
