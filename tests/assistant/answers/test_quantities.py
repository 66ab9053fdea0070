"""Shares and figures over a selection."""

from __future__ import annotations

from assistant.query import Aggregate, And, In, Query, Share
from assistant.search.evidence import Evidence, Figure

SUZHOU = In("city", ("苏州",), "苏州")
LISTED = In("listing", ("listed",), "已上市")


def test_share_is_told_with_what_it_is_of(desk):
    whole = desk.selected(*desk.in_city("苏州"))
    evidence = Evidence(desk.selected("敏芯微", "纳芯微"), whole=whole)
    answer = desk.answer(Query(Share(SUZHOU), And((SUZHOU, LISTED))), evidence)
    assert answer.answer.startswith(
        "苏州的小巨人企业共 **5** 家，其中已上市的 **2** 家，占 **40%**。"
    )
    assert ("已上市", "share", "40%") in [(v.name, v.field, v.value) for v in answer.values]


def test_share_of_nothing_cannot_be_told(desk):
    evidence = Evidence(whole=desk.selected())
    assert desk.answer(Query(Share(SUZHOU), LISTED), evidence).status == "no_match"


def test_mean_says_what_it_is_made_of(desk):
    origin = desk.company("敏芯微").rows[0].origin
    evidence = Evidence(desk.selected("敏芯微"), figure=Figure(2011, 4, 1, origins=(origin,)))
    answer = desk.answer(Query(Aggregate("mean", "founded"), SUZHOU), evidence)
    assert answer.answer.startswith("苏州的小巨人企业的平均成立时间是 **2011年** [1]。")
    assert "按写明的 4 家计算，另有 1 家没有写明" in answer.answer


def test_open_ended_sum_is_at_least(desk):
    evidence = Evidence(figure=Figure(2500, 4, open_ended=True))
    answer = desk.answer(Query(Aggregate("sum", "headcount"), SUZHOU), evidence)
    assert "员工规模合计至少是 **2500人**" in answer.answer


def test_figure_of_nothing_cannot_be_told(desk):
    evidence = Evidence(figure=Figure(None))
    assert desk.answer(Query(Aggregate("mean", "founded"), SUZHOU), evidence).status == "no_match"
