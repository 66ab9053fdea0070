"""Lists: scope, order, what is not known, and what is near."""

from __future__ import annotations

from dataclasses import replace

from assistant.query import About, And, In, Order, Query, Rows
from assistant.search.evidence import Evidence, Hit

SUZHOU = In("city", ("苏州",), "苏州")
MEMS = About("MEMS", ("mems",))


def test_list_states_its_whole_scope_and_cites_place_and_rows(desk):
    answer = desk.answer(Query(Rows(), And((SUZHOU, MEMS))), Evidence(desk.selected("敏芯微")))
    assert answer.answer == (
        "苏州做 MEMS 的小巨人企业共 1 家 [1]：\n\n"
        "1. **苏州敏芯微电子技术股份有限公司** · MEMS · MEMS麦克风 [2]"
    )
    assert [one.line_start for one in answer.citations] == [66, 73]
    assert (answer.status, answer.intent) == ("answered", "list")
    assert answer.filters == {"city": ["苏州"], "topic": ["MEMS"]}


def test_list_of_everything_is_that_of_the_lists(desk):
    answer = desk.answer(Query(Rows()), Evidence(desk.selected("敏芯微", "大疆", total=48)))
    assert answer.answer.startswith("清单收录的小巨人企业共 48 家：")


def test_preference_is_told_as_what_orders(desk):
    query = Query(Rows(preferred=In("listing", ("listed",), "已上市")), SUZHOU)
    found = replace(desk.selected("敏芯微", "艾博", total=5), preferred=1)
    assert desk.answer(query, Evidence(found)).answer.startswith(
        "苏州的小巨人企业共 5 家 [1]，其中 1 家是已上市的企业，排在前面："
    )


def test_fields_asked_of_all_are_told_and_missing_ones_named(desk):
    evidence = Evidence(desk.selected("宇树", "寒武纪"))
    answer = desk.answer(Query(Rows(("website",))), evidence)
    assert "https://www.unitree.com" in answer.answer
    assert "企业主页未写明" in answer.answer
    assert [(one.field, one.value) for one in answer.values] == [
        ("website", "https://www.unitree.com")
    ]


def test_first_of_an_order_is_named_in_the_first_sentence(desk):
    query = Query(Rows(order=Order("founded", descending=False, limit=1)))
    answer = desk.answer(query, Evidence(desk.selected("士兰微", unknown=("寒武纪",))))
    first = answer.answer.split("\n")[0]
    assert first == (
        "清单收录的小巨人企业中，成立最早的是 **杭州士兰微电子股份有限公司**（1997年） [1]。"
    )
    assert "另有 1 家没有写明成立时间，无法判断：寒武纪" in answer.answer
    assert answer.intent == "rank"


def test_head_of_an_order_is_worded_without_the_question(desk):
    order = Order("headcount", descending=True, limit=3, label="按员工规模给我排")
    answer = desk.answer(Query(Rows(order=order)), Evidence(desk.selected("海康", "大华", "大疆")))
    assert answer.answer.startswith("清单收录的小巨人企业中员工最多的三家：")
    assert "给我排" not in answer.answer
    assert answer.filters == {"order": ["员工最多的三家"]}


def test_place_in_an_order_is_worded(desk):
    query = Query(Rows(order=Order("founded", descending=False, place=2)), SUZHOU)
    answer = desk.answer(query, Evidence(desk.selected("敏芯微")))
    assert "苏州的小巨人企业中，成立第二早的是" in answer.answer


def test_nothing_found_shows_what_is_near_apart(desk):
    near = (Hit(desk.company("敏芯微"), 0.5),)
    query = Query(Rows(), And((In("city", ("佛山",), "佛山"), MEMS)))
    answer = desk.answer(query, Evidence(desk.selected(related=near)))
    assert answer.status == "no_match"
    assert answer.records == ()
    assert [one.name for one in answer.related] == ["苏州敏芯微电子技术股份有限公司"]
    assert answer.answer.startswith("清单中没有收录佛山做 MEMS 的小巨人企业。")


def test_statistics_still_tell_of_a_place_without_companies(desk):
    query = Query(Rows(), In("city", ("成都",), "成都"))
    answer = desk.answer(query, Evidence(statistics=desk.rows("成都")))
    assert answer.status == "answered"
    assert "250+" in answer.answer
    assert "迈普" in answer.answer


def test_found_by_meaning_is_said(desk):
    where = About("教电脑看图", (), ("看图",))
    answer = desk.answer(Query(Rows(), where), Evidence(desk.selected("旷视", by_meaning=True)))
    assert "按语义相近找到" in answer.answer
    assert answer.answer.startswith("与「教电脑看图」相近的小巨人企业共 1 家")


def test_suggestions_do_not_ask_for_what_is_told(desk):
    answer = desk.answer(Query(Rows(), SUZHOU), Evidence(desk.selected("敏芯微")))
    assert answer.suggestions
    assert not any("主导产品" in one or "细分领域" in one for one in answer.suggestions)
