"""Look-ups and profiles of companies that are named."""

from __future__ import annotations

from assistant.query import Lookup, Named, Query
from assistant.search.evidence import Evidence


def look_up(desk, fields, *names):
    companies = tuple(map(desk.company, names))
    query = Query(Lookup(fields), Named(desk.ids(*names), "、".join(names)))
    return desk.answer(query, Evidence(named=companies))


def test_stock_code_is_told_with_the_listing_that_says_it(desk):
    answer = look_up(desk, ("code",), "敏芯微")
    name = "**苏州敏芯微电子技术股份有限公司**"
    assert answer.answer == f"{name} 的股票代码是 **688286**（上市情况：科创板:688286） [1]。"
    assert answer.values[0].field == "listing"


def test_company_without_a_code_says_why(desk):
    assert "没有股票代码：上市情况为「未上市」" in look_up(desk, ("code",), "大疆").answer


def test_rows_that_disagree_are_both_told(desk):
    answer = look_up(desk, ("domain",), "地平线")
    assert [one.value for one in answer.values] == ["AI芯片", "车载AI"]
    assert {22, 82} <= {one.line_start for one in answer.citations}


def test_field_that_is_not_written_is_no_match(desk):
    answer = look_up(desk, ("founded",), "寒武纪")
    assert answer.answer == "清单没有写明 **寒武纪** [1] 的成立时间。"
    assert answer.status == "no_match"
    assert [one.name for one in answer.related] == ["寒武纪"]


def test_what_a_company_does_is_told_from_any_of_its_columns(desk):
    answer = look_up(desk, ("product", "domain", "technology"), "寒武纪")
    assert answer.status == "answered"
    assert "没有写明" not in answer.answer


def test_city_is_cited_by_the_heading(desk):
    answer = look_up(desk, ("city",), "浙江大华")
    assert answer.values[0].value == "杭州"
    assert 55 in [one.line_start for one in answer.citations]


def test_many_companies_are_listed(desk):
    answer = look_up(desk, ("founded",), "旷视", "声智", "大疆", "宇树")
    assert answer.answer.startswith("这 4 家企业的成立时间：\n\n1. ")


def test_profile_tells_every_field(desk):
    answer = look_up(desk, (), "强脑")
    assert answer.intent == "profile"
    for told in ("脑机交互", "余杭区", "第五批"):
        assert told in answer.answer
    assert {64, 55} <= {one.line_start for one in answer.citations}
    assert answer.suggestions


def test_lists_of_a_company_are_cited_by_its_rows(desk):
    answer = look_up(desk, ("list",), "大疆")
    assert "在 1 份清单里：《" in answer.answer
    assert answer.values[0].field == "list"
