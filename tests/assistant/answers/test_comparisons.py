"""Comparisons: who comes first, and when that cannot be said."""

from __future__ import annotations

from assistant.query import Compare, Named, Order, Query
from assistant.search.evidence import Evidence


def compare(desk, ask, *names):
    evidence = Evidence(named=tuple(map(desk.company, names)))
    return desk.answer(Query(ask, Named(desk.ids(*names))), evidence)


def test_who_comes_first_is_said_first_with_both_values(desk):
    ask = Compare((), Order("founded", descending=False, label="谁成立得早"))
    answer = compare(desk, ask, "纳芯微", "敏芯微")
    assert answer.answer.startswith("成立更早的是 **苏州敏芯微电子技术股份有限公司**（2007年）")
    assert [one.value for one in answer.values] == ["2013年", "2007年"]


def test_equal_values_are_told_as_equal(desk):
    ask = Compare((), Order("headcount", descending=True))
    assert "相同" in compare(desk, ask, "敏芯微", "纳芯微").answer


def test_lower_bounds_are_compared_as_such(desk):
    ask = Compare((), Order("headcount", descending=True))
    answer = compare(desk, ask, "大华", "海康")
    assert answer.answer.startswith("员工更多的是 **杭州海康威视")
    assert "下限" in answer.answer


def test_unknown_value_leaves_it_open(desk):
    ask = Compare((), Order("founded", descending=False))
    answer = compare(desk, ask, "敏芯微", "寒武纪")
    assert answer.status == "no_match"
    assert answer.answer.startswith("清单没有写明 **寒武纪** [1] 的成立时间，无法判断谁成立更早。")


def test_without_an_order_all_fields_stand_side_by_side(desk):
    answer = compare(desk, Compare(), "宇树", "优必选")
    assert "| 成立时间 | 2016年" in answer.answer
    assert answer.intent == "compare"
    assert len(answer.records) == 2
