"""Rows of statistics: told, ordered, filtered, counted, and names that stand only in them."""

from __future__ import annotations

from math import inf

from assistant.query import Aggregate, Count, In, Order, Query, Relation, Rows, Within
from assistant.search.evidence import Evidence, Figure
from index.schema.interval import Interval

UNDER_300 = Within("count", Interval(-inf, 300, high_open=True), "不到300家")


def ask(ask, where=None, **more):
    given = {"where": where} if where is not None else {}
    return Query(ask, relation=Relation.STATISTICS, **given, **more)


def test_column_asked_for_is_told_in_a_sentence(desk):
    query = ask(Rows(("domains",)), In("place", ("武汉",), "武汉"))
    answer = desk.answer(query, Evidence(statistics=desk.rows("武汉")))
    assert "武汉的主要领域为 **光电、半导体**" in answer.answer
    assert [(one.name, one.field, one.value) for one in answer.values] == [
        ("武汉", "domains", "光电、半导体")
    ]
    assert answer.intent == "stats"
    assert not any("主要领域" in one for one in answer.suggestions)


def test_place_in_an_order_is_said_first(desk):
    query = ask(Rows(("count",), Order("count", descending=True, place=2)))
    answer = desk.answer(query, Evidence(statistics=desk.rows("深圳")))
    assert "小巨人数量第二多的是 **深圳**（**750+** 家）" in answer.answer
    assert answer.values[0].value == "750+"
    assert answer.intent == "rank"


def test_filtered_rows_are_counted_and_listed(desk):
    answer = desk.answer(ask(Count(), UNDER_300), Evidence(statistics=desk.rows("成都", "南京")))
    assert "企业数量少于300家的地区共 **2** 个" in answer.answer
    assert answer.values[0].value == "2"


def test_rows_that_name_a_trade_are_told_with_it(desk):
    query = ask(Rows(), In("domains", ("软件",), "软件", contains=True))
    answer = desk.answer(query, Evidence(statistics=desk.rows("北京", "成都")))
    assert "主要领域含「软件」的地区共两个" in answer.answer
    assert "AI、芯片、软件" in answer.answer


def test_many_rows_make_a_table(desk):
    rows = desk.rows("北京", "上海", "深圳", "杭州")
    answer = desk.answer(ask(Rows(("domains",))), Evidence(statistics=rows))
    assert "| 北京 [1] | AI、芯片、软件 [1] |" in answer.answer.replace("[2]", "[1]")


def test_name_that_stands_only_for_a_place_has_no_record(desk):
    where = In("representatives", ("小鹏",), "小鹏", contains=True)
    answer = desk.answer(ask(Rows(), where), Evidence(statistics=desk.rows("广州")))
    assert "「小鹏」在资料中只作为广州 [1] 的代表企业被提到" in answer.answer
    assert (answer.status, answer.intent) == ("answered", "profile")
    asked = desk.answer(ask(Rows(("website",)), where), Evidence(statistics=desk.rows("广州")))
    assert (asked.status, asked.intent) == ("no_match", "lookup")


def test_no_row_is_no_match(desk):
    assert desk.answer(ask(Rows(), UNDER_300), Evidence()).status == "no_match"


def test_lower_bound_that_leaves_open_what_is_asked_is_said(desk):
    where = Within("count", Interval(500, low_open=True), "超过500")
    query = ask(Rows(("count",), Order("count", descending=True)), where)
    answer = desk.answer(query, Evidence(statistics=desk.rows("上海", "苏州")))
    assert "只是下限，苏州" in answer.answer


def test_mean_over_rows_says_that_open_ended_figures_bound_it(desk):
    figure = Figure(value=525.0, known=2, open_ended=True)
    evidence = Evidence(statistics=desk.rows("北京", "成都"), figure=figure)
    answer = desk.answer(ask(Aggregate("mean", "count")), evidence)
    assert "数量平均至少 **525** 家" in answer.answer
