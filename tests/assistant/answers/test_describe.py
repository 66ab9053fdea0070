"""Predicates in Chinese: what is said, in which order, and never in the question's own words."""

from __future__ import annotations

from math import inf

import pytest

from assistant.answers.describe import describe, described_interval, said_of
from assistant.query import (
    EVERYTHING,
    About,
    Among,
    And,
    Beyond,
    Blank,
    In,
    Listed,
    Named,
    Not,
    Or,
    Same,
    Within,
)
from index.schema.interval import Interval

SHENZHEN = In("city", ("深圳",), "深圳")
BEIJING = In("city", ("北京",), "北京")
STAR = In("exchange", ("科创板",), "科创板")
CHIPS = About("芯片", ("芯片",))
LISTED = In("listing", ("listed",), "已上市")


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (EVERYTHING, "小巨人企业"),
        (SHENZHEN, "深圳的小巨人企业"),
        (And((SHENZHEN, CHIPS, STAR)), "深圳做芯片、在科创板上市的小巨人企业"),
        (And((STAR, CHIPS, SHENZHEN)), "深圳做芯片、在科创板上市的小巨人企业"),
        (About("MEMS", ("mems",)), "做 MEMS 的小巨人企业"),
        (About("会飞的机器", (), ("会飞",)), "与「会飞的机器」相近的小巨人企业"),
        (And((BEIJING, Within("batch", Interval.point(5), "第五批"))), "北京第五批的小巨人企业"),
        (
            And((In("district", ("南山区",), "南山区"), In("city", ("深圳",)))),
            "南山区的小巨人企业",
        ),
        (Or((SHENZHEN, BEIJING)), "深圳或北京的小巨人企业"),
        (
            Or((In("province", ("浙江", "江苏"), "长三角"), In("city", ("合肥",)))),
            "长三角的小巨人企业",
        ),
        (Not(SHENZHEN), "不位于深圳的小巨人企业"),
        (Not(CHIPS), "不做芯片的小巨人企业"),
        (Not(STAR), "不在科创板上市的小巨人企业"),
        (Not(LISTED), "没有上市的小巨人企业"),
        (Or((STAR, SHENZHEN)), "在科创板上市或位于深圳的小巨人企业"),
        (Or((STAR, In("exchange", ("港交所",), "港交所"))), "在科创板或港交所上市的小巨人企业"),
        (
            Or((And((BEIJING, CHIPS)), And((SHENZHEN, About("EDA", ("eda",)))))),
            "北京做芯片或深圳做 EDA 的小巨人企业",
        ),
        (Not(Or((CHIPS, STAR))), "不做芯片、不在科创板上市的小巨人企业"),
        (
            And((SHENZHEN, Not(Named(("x",), "大疆")))),
            "深圳的小巨人企业（不含大疆）",
        ),
        (And((Among(("a",)), STAR)), "上述企业中，在科创板上市的小巨人企业"),
        (Among(("a",)), "上述企业"),
        (Blank("headcount", "没写员工数"), "没有写明员工规模的小巨人企业"),
        (Not(Blank("website")), "写明了企业主页的小巨人企业"),
        (Within("founded", Interval(2010, inf, low_open=True)), "2010年以后成立的小巨人企业"),
        (Within("headcount", Interval(500, inf)), "员工不少于500人的小巨人企业"),
        (In("domain", ("芯片",), "芯片", contains=True), "细分领域含「芯片」的小巨人企业"),
    ],
)
def test_predicate_is_told_with_its_whole_scope(desk, where, told):
    assert describe(where, desk.context) == told


def test_companies_that_others_are_measured_by_are_named(desk):
    (mems,) = desk.ids("敏芯微")
    assert describe(Same("batch", mems), desk.context) == "与敏芯微同一批次的小巨人企业"
    assert describe(Beyond("founded", mems, above=False), desk.context) == (
        "成立早于敏芯微的小巨人企业"
    )


def test_lists_are_told_by_their_titles(desk):
    source = desk.corpus.documents[0].source
    title = desk.corpus.documents[0].title
    assert describe(Listed((source,)), desk.context) == f"《{title}》中的小巨人企业"
    assert describe(And((Listed((source,)), SHENZHEN)), desk.context) == (
        f"《{title}》中深圳的小巨人企业"
    )


def test_what_is_said_of_a_company_needs_no_noun(desk):
    assert said_of(And((SHENZHEN, CHIPS)), desk.context) == "位于深圳、做芯片"


@pytest.mark.parametrize(
    ("label", "interval", "told"),
    [
        ("2010年以后", Interval(2011, inf), "2010年以后"),
        ("2010年以后", Interval(2010, inf, low_open=True), "2010年以后"),
        ("上世纪就", Interval(-inf, 1999), "上世纪就（2000年以前成立）"),
        ("不到十年", Interval(2016, inf), "不到十年（2016年及以后成立）"),
    ],
)
def test_loose_words_for_numbers_are_made_plain(label, interval, told):
    assert described_interval(Within("founded", interval, label)) == told
