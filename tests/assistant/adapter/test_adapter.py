"""Questions of every intent as queries of the algebra."""

from __future__ import annotations

from math import inf

import pytest

from assistant.answers.answer import Intent
from assistant.query import (
    EVERYTHING,
    About,
    Aggregate,
    Among,
    And,
    Combine,
    Compare,
    Count,
    Explain,
    Fact,
    Group,
    Help,
    In,
    Judge,
    Listed,
    Lookup,
    Member,
    Named,
    Order,
    Query,
    Reason,
    Relation,
    Rows,
    Unanswerable,
    Within,
)
from assistant.understanding.types import (
    MISSING_LIST,
    Condition,
    Question,
    Ranking,
    Statement,
    Topic,
)
from index.schema.interval import Interval
from index.store.chunks import TOPIC_FIELDS

SUZHOU = Condition("city", "苏州", frozenset({"苏州"}))
BEIJING = Condition("city", "北京", frozenset({"北京"}))
JIANGSU = Condition("province", "江苏", frozenset({"江苏"}))
STAR = Condition("exchange", "科创板", frozenset({"科创板"}))
MISSING = Condition("list", "独角兽", frozenset({MISSING_LIST}))
GAZELLE = Condition("list", "瞪羚", frozenset({"a.md"}))
MEMS = Topic(terms=("mems",), labels=("MEMS",), phrase="MEMS")


def question(intent, **rest):
    rest = {key: frozenset(value) if key == "cues" else value for key, value in rest.items()}
    text = rest.pop("text", "")
    return Question(text, text, intent, **rest)


def statistics(ask, where=EVERYTHING):
    return Query(ask, where, Relation.STATISTICS)


def rules(ask, where=EVERYTHING):
    return Query(ask, where, Relation.REQUIREMENTS)


def place(*names):
    return In("place", names)


CASES = {
    "list": (
        question(Intent.LIST, conditions=(SUZHOU,), fields=("website",)),
        Query(Rows(("website",)), In("city", ("苏州",))),
    ),
    "count": (
        question(Intent.COUNT, conditions=(STAR,)),
        Query(Count(), In("exchange", ("科创板",))),
    ),
    "look-up": (
        question(Intent.LOOKUP, companies=(("c1",),), fields=("website",)),
        Query(Lookup(("website",)), Named(("c1",))),
    ),
    "profile": (
        question(Intent.PROFILE, companies=(("c1",), ("c2",))),
        Query(Lookup(), Named(("c1", "c2"))),
    ),
    "condition put as a question": (
        question(Intent.LOOKUP, companies=(("c1",),), conditions=(STAR,), fields=("listing",)),
        Query(Member(("c1",)), In("exchange", ("科创板",))),
    ),
    "condition put as a question beside a field": (
        question(
            Intent.LOOKUP,
            companies=(("c1",),),
            conditions=(STAR,),
            fields=("headcount", "listing"),
        ),
        Query(
            Combine(
                "each",
                (
                    Query(Lookup(("headcount",)), Named(("c1",))),
                    Query(Member(("c1",)), In("exchange", ("科创板",))),
                ),
            )
        ),
    ),
    "statistics of the last answer": (
        question(Intent.STATS, conditions=(BEIJING,), within=("c1", "c2"), cues=["count"]),
        Query(Count(), And((In("city", ("北京",)), Among(("c1", "c2"))))),
    ),
    "topic put as a question": (
        question(Intent.LOOKUP, companies=(("c1",),), topic=MEMS, fields=TOPIC_FIELDS),
        Query(Member(("c1",)), About("MEMS", ("mems",))),
    ),
    "name of several": (
        question(Intent.LOOKUP, companies=(("c1", "c2"),), fields=("city",)),
        Query(
            Unanswerable(Reason.AMBIGUOUS, ("公司c1、公司c2",), ("c1", "c2"), ("city",)),
            Named(("c1", "c2")),
        ),
    ),
    "name of nobody": (
        question(Intent.LOOKUP, unknown_name="华为", fields=("code",)),
        Query(Unanswerable(Reason.UNKNOWN_NAME, ("华为",))),
    ),
    "no name": (
        question(Intent.LOOKUP, fields=("code",)),
        Query(Unanswerable(Reason.NO_COMPANY, fields=("code",))),
    ),
    "representative of a place": (
        question(Intent.PROFILE, representatives=("小鹏",)),
        statistics(Rows(), In("representatives", ("小鹏",), contains=True)),
    ),
    "field that no list has": (
        question(Intent.LOOKUP, companies=(("c1",),), absent=("法人",)),
        Query(Unanswerable(Reason.LACKING_FIELD, ("法人",)), Named(("c1",))),
    ),
    "order by a field that no list has": (
        question(Intent.LIST, conditions=(SUZHOU,), lacking=("营收",)),
        Query(Unanswerable(Reason.LACKING_FIELD, ("营收",)), In("city", ("苏州",))),
    ),
    "list that is not there": (
        question(Intent.COUNT, conditions=(SUZHOU, MISSING)),
        Query(Unanswerable(Reason.LACKING_LIST, ("独角兽",)), In("city", ("苏州",))),
    ),
    "comparison": (
        question(
            Intent.COMPARE,
            companies=(("c1",), ("c2",)),
            order=Ranking("headcount", descending=True, first=None, place=None, label="谁人多"),
        ),
        Query(Compare((), Order("headcount", descending=True)), Named(("c1", "c2"))),
    ),
    "first three": (
        question(Intent.RANK, order=Ranking("founded", False, 3, None, "最早成立")),
        Query(Rows(order=Order("founded", descending=False, limit=3))),
    ),
    "first alone": (
        question(Intent.RANK, order=Ranking("founded", False, None, None, "最早成立")),
        Query(Rows(order=Order("founded", descending=False, limit=1))),
    ),
    "second place": (
        question(Intent.RANK, order=Ranking("founded", False, None, 2, "最早成立")),
        Query(Rows(order=Order("founded", descending=False, place=2))),
    ),
    "whole order": (
        question(Intent.RANK, order=Ranking("founded", False, None, None, "按成立排")),
        Query(Rows(order=Order("founded", descending=False))),
    ),
    "companies by batch": (
        question(Intent.RANK, group="batch", conditions=(SUZHOU,)),
        Query(Group("batch"), In("city", ("苏州",))),
    ),
    "cities with many of a topic": (
        question(
            Intent.RANK,
            group="city",
            topic=MEMS,
            conditions=(Condition("count", "3家以上", low=3),),
        ),
        Query(Group("city", interval=Interval(3, inf)), About("MEMS", ("mems",))),
    ),
    "places within bounds": (
        question(Intent.RANK, group="city", conditions=(Condition("count", "400以上", low=400),)),
        statistics(
            Rows(("count",), Order("count", descending=True)),
            Within("count", Interval(400, inf)),
        ),
    ),
    "statistics of a place": (
        question(Intent.STATS, conditions=(BEIJING,), cues=["count"]),
        statistics(Rows(("count",)), place("北京")),
    ),
    "trades of a place": (
        question(Intent.STATS, conditions=(BEIJING,), cues=["statistics_domains"]),
        statistics(Rows(("domains",)), place("北京")),
    ),
    "sum of places": (
        question(Intent.STATS, conditions=(BEIJING, SUZHOU), cues=["count", "sum"]),
        statistics(
            Combine(
                "sum",
                (
                    statistics(Rows(("count",)), place("北京")),
                    statistics(Rows(("count",)), place("苏州")),
                ),
            ),
            In("place", ("北京",)),
        ),
    ),
    "statistics of a list": (
        question(Intent.STATS, conditions=(BEIJING, GAZELLE), cues=["count"]),
        statistics(Rows(("count",)), place("北京")),
    ),
    "rules": (
        question(Intent.FAQ, text="研发费用占比要求多少"),
        rules(Explain("研发费用占比要求多少", ("research",))),
    ),
    "all rules of a list": (
        question(Intent.FAQ, text="标准是什么", cues=["rules_all"], conditions=(GAZELLE,)),
        rules(Explain("标准是什么", whole=True, sources=("a.md",), explained=("瞪羚",))),
    ),
    "one figure": (
        question(Intent.FAQ, facts=(Statement("research", "2.5%", 2.5),)),
        rules(Judge((Fact("research", Interval.point(2.5)),), whole=False)),
    ),
    "several figures of a place": (
        question(
            Intent.ELIGIBILITY,
            facts=(Statement("research", "4%", 4), Statement("patents", "3项", 3)),
            conditions=(BEIJING,),
        ),
        rules(
            Judge(
                (Fact("research", Interval.point(4)), Fact("patents", Interval.point(3))),
                places=("北京",),
            )
        ),
    ),
    "help": (question(Intent.HELP), Query(Help())),
    "something else": (question(Intent.OTHER), Query(Unanswerable(Reason.OFF_TOPIC))),
}


@pytest.mark.parametrize("name", CASES)
def test_question_becomes_a_query(adapter, name):
    asked, query = CASES[name]
    found = adapter.to_query(asked)
    assert found.ask == query.ask
    assert found.relation == query.relation
    if name == "statistics of a list":
        assert found.where.parts == (place("北京"), Listed(("a.md",)))
    elif name != "sum of places":
        assert found.where == query.where


def test_province_is_the_sum_of_the_places_within(adapter):
    found = adapter.to_query(question(Intent.STATS, conditions=(JIANGSU,), cues=["count"]))
    assert found.ask == Aggregate("sum", "count")
    assert "苏州" in found.where.values


def test_corrections_stay_with_the_query(adapter):
    asked = question(Intent.LIST, conditions=(SUZHOU,), corrections=(("苏洲", "苏州"),))
    assert adapter.to_query(asked).corrections == (("苏洲", "苏州"),)
