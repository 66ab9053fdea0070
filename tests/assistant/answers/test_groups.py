"""Groups of companies and of statistics."""

from __future__ import annotations

from assistant.query import About, Aggregate, Group, Order, Query, Relation
from assistant.search.evidence import Evidence, Grouped


def grouped(desk, label, figure, *names, row=None):
    return Grouped(label, label, figure, tuple(map(desk.company, names)), row)


def test_groups_are_counted_with_members_that_prove_them(desk):
    evidence = Evidence(groups=(grouped(desk, "苏州", 2, "敏芯微"),))
    answer = desk.answer(Query(Group("city"), About("MEMS", ("mems",))), evidence)
    assert answer.answer == (
        "做 MEMS 的小巨人企业按城市分布：\n\n"
        "1. **苏州** 2 家 [1]：苏州敏芯微电子技术股份有限公司 [2] 等"
    )
    assert answer.filters == {"topic": ["MEMS"], "group": ["所在城市"]}
    assert answer.values[0].value == "2"


def test_largest_group_is_said_first(desk):
    ask = Group("city", order=Order("count", descending=True, limit=1))
    answer = desk.answer(Query(ask), Evidence(groups=(grouped(desk, "深圳", 11, "大疆"),)))
    assert answer.answer.startswith("清单收录的小巨人企业最多的城市是 **深圳** [1]：")


def test_groups_of_statistics_are_cited_by_their_rows(desk):
    (row,) = desk.rows("北京")
    query = Query(Group("city"), relation=Relation.STATISTICS)
    answer = desk.answer(query, Evidence(groups=(grouped(desk, "北京", 800, row=row),)))
    assert "**800+** 家" in answer.answer
    assert answer.values[0].value == "800+"


def test_measure_of_each_group(desk):
    ask = Group("city", Aggregate("mean", "founded"))
    answer = desk.answer(Query(ask), Evidence(groups=(grouped(desk, "苏州", 2011, "敏芯微"),)))
    assert "各城市的平均成立时间" in answer.answer
    assert "2011年" in answer.answer


def test_no_group_is_no_match(desk):
    assert desk.answer(Query(Group("city")), Evidence()).status == "no_match"
