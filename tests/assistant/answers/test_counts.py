"""Counts of the lists, and beside them what the sources' own statistics say."""

from __future__ import annotations

from assistant.query import And, Blank, Count, In, Query, Relation, Rows, Within
from assistant.search.evidence import Evidence
from index.schema.interval import Interval

BEIJING = In("city", ("北京",), "北京")


def test_count_comes_first_and_names_who_is_counted(desk):
    where = And((BEIJING, Within("batch", Interval.point(5), "第五批")))
    evidence = Evidence(desk.selected("北京燧原", "壁仞", unknown=("寒武纪",)))
    answer = desk.answer(Query(Count(), where), evidence)
    assert answer.answer.startswith("清单中北京第五批的小巨人企业共 **2** 家 [1]：")
    assert "另有 1 家没有写明认定批次，无法判断：寒武纪" in answer.answer
    assert (answer.intent, answer.total) == ("count", 2)
    assert {17, 26, 27, 81} <= {one.line_start for one in answer.citations}


def test_statistics_stand_beside_the_count_of_the_list(desk):
    query = Query(Rows(("count",)), In("place", ("北京",), "北京"), Relation.STATISTICS)
    evidence = Evidence(desk.selected(*desk.in_city("北京")), statistics=desk.rows("北京"))
    answer = desk.answer(query, evidence)
    assert [(one.name, one.field, one.value) for one in answer.values] == [
        ("北京", "count", "800+"),
        ("清单收录的北京小巨人企业", "count", "9"),
    ]
    assert "北京的小巨人数量为 **800+** 家" in answer.answer
    assert "清单收录的北京小巨人企业有 **9** 家" in answer.answer
    assert (answer.intent, answer.filters) == ("stats", {"city": ["北京"]})
    assert len(answer.records) == 9
    assert {129, 17, 81} <= {one.line_start for one in answer.citations}


def test_place_without_companies_still_has_its_figure(desk):
    query = Query(Rows(("count",)), In("place", ("成都",), "成都"), Relation.STATISTICS)
    answer = desk.answer(query, Evidence(statistics=desk.rows("成都")))
    assert answer.values[-1].value == "0"
    assert answer.status == "answered"


def test_several_places_of_an_area_are_added_up(desk):
    where = In("place", ("上海", "杭州"), "长三角")
    query = Query(Rows(("count",)), where, Relation.STATISTICS)
    answer = desk.answer(query, Evidence(statistics=desk.rows("上海", "杭州")))
    assert "合计至少 **1100** 家" in answer.answer
    assert answer.filters == {"region": ["长三角"]}


def test_nothing_known_of_a_place_is_said(desk):
    query = Query(Rows(("count",)), In("place", ("西安",), "西安"), Relation.STATISTICS)
    assert desk.answer(query, Evidence()).status == "no_match"


def test_condition_on_what_is_not_written_is_worded_by_its_field(desk):
    answer = desk.answer(Query(Count(), Blank("headcount")), Evidence(desk.selected("寒武纪")))
    assert answer.values[0].name == "没有写明员工规模的小巨人企业"


def test_nothing_to_count_is_no_match(desk):
    answer = desk.answer(Query(Count(), In("city", ("西安",), "西安")), Evidence())
    assert answer.status == "no_match"
