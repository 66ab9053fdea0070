"""Conditions of questions as predicates."""

from __future__ import annotations

from math import inf

import pytest

from assistant.adapter.predicates import described, narrowing, places_of, selection
from assistant.answers.answer import Intent
from assistant.predicates import conjunction
from assistant.query import (
    EVERYTHING,
    About,
    Among,
    And,
    Blank,
    In,
    Listed,
    Named,
    Not,
    Or,
    Within,
)
from assistant.understanding.types import MISSING_LIST, Branch, Condition, Question, Topic
from index.schema.interval import Interval

SUZHOU = Condition("city", "苏州", frozenset({"苏州"}))
HANGZHOU = Condition("city", "杭州", frozenset({"杭州"}))
ZHEJIANG = Condition("province", "浙江", frozenset({"浙江"}))
UNLISTED = Condition("listing", "未上市", frozenset({"unlisted"}))
LATER = Condition("founded", "2010年以后", low=2010)
EARLIER = Condition("founded", "2015年以前", high=2014)


def batches(label, *numbers):
    return Condition("batch", label, frozenset(numbers))


CASES = [
    ((), EVERYTHING),
    ((SUZHOU,), In("city", ("苏州",))),
    ((SUZHOU, ZHEJIANG), Or((In("city", ("苏州",)), In("province", ("浙江",))))),
    ((SUZHOU, UNLISTED), And((In("city", ("苏州",)), In("listing", ("unlisted",))))),
    (
        (Condition("region", "长三角", frozenset({"长三角"})),),
        In("province", ("上海", "安徽", "江苏", "浙江")),
    ),
    (
        (Condition("region", "港澳", frozenset({"港澳"})), SUZHOU),
        Or((In("province", ("澳门", "香港")), In("city", ("苏州",)))),
    ),
    (
        (Condition("region", "北上广", frozenset({"北上广"})),),
        In("city", ("上海", "北京", "广州")),
    ),
    (
        (Condition("district", "南山区", frozenset({"南山区"}), cities=frozenset({"深圳"})),),
        And((In("district", ("南山区",)), In("city", ("深圳",)))),
    ),
    (
        (Condition("exchange", "科创板", frozenset({"科创板", "上交所科创板"})),),
        In("exchange", ("科创板",)),
    ),
    ((batches("第三批", 3),), Within("batch", Interval(3, 3))),
    ((batches("前两批", 1, 2),), Within("batch", Interval(1, 2))),
    ((batches("第三批以后", *range(3, 30)),), Within("batch", Interval(3, inf))),
    (
        (batches("前两批和第五批", 1, 2, 5),),
        Or((Within("batch", Interval(1, 2)), Within("batch", Interval(5, 5)))),
    ),
    (
        (LATER, EARLIER),
        And((Within("founded", Interval(2010, inf)), Within("founded", Interval(-inf, 2014)))),
    ),
    (
        (Condition("headcount", "超过5000人", low=5001),),
        Within("headcount", Interval(5001, inf)),
    ),
    ((Condition("headcount", "没写员工数", blank=True),), Blank("headcount")),
    (
        (Condition("融资轮次", "D轮", frozenset({"d轮"})),),
        In("融资轮次", ("d轮",), contains=True),
    ),
    (
        (Condition("section", "独角兽", frozenset({"独角兽"})),),
        In("section", ("独角兽",), contains=True),
    ),
    ((Condition("估值", "估值超过100亿", low=1e10),), Within("估值", Interval(1e10, inf))),
    ((Condition("list", "瞪羚", frozenset({"a.md"})),), Listed(("a.md",))),
    ((Condition("only_list", "瞪羚", frozenset({"a.md"})),), Listed(("a.md",), only=True)),
    (
        (
            Condition("list", "瞪羚", frozenset({"a.md"})),
            Condition("list", "小巨人", frozenset({"b.md"})),
        ),
        And((Listed(("a.md",)), Listed(("b.md",)))),
    ),
    ((Condition("list", "独角兽", frozenset({MISSING_LIST})),), EVERYTHING),
    ((Condition("count", "400家以上", low=400),), EVERYTHING),
    (
        (Condition("city", "苏州", frozenset({"苏州"}), negated=True), HANGZHOU),
        And((Not(In("city", ("苏州",))), In("city", ("杭州",)))),
    ),
]


@pytest.mark.parametrize(("conditions", "predicate"), CASES)
def test_conditions_become_a_predicate(known, conditions, predicate):
    assert narrowing(conditions, known) == predicate


def test_condition_keeps_its_words(known):
    where = narrowing((SUZHOU,), known)
    assert isinstance(where, In)
    assert where.label == "苏州"


TOPICS = [
    (Topic(), EVERYTHING),
    (
        Topic(terms=("mems",), labels=("MEMS",), phrase="MEMS", sought="做MEMS", several=True),
        About("MEMS", ("mems",), several=True),
    ),
    (
        Topic(
            terms=("机器人", "无人机"),
            labels=("机器人", "无人机"),
            phrase="机器人无人机",
            either=True,
        ),
        About("机器人或无人机", ("机器人", "无人机"), either=True),
    ),
    (
        Topic(terms=("显示",), phrase="量子点显示", sought="量子点显示", unknown=("量子点",)),
        About("量子点显示", ("显示",), ("量子点",)),
    ),
    (
        Topic(terms=("手机",), sought="手机里的喇叭", stray=("喇叭",), share=0.4),
        About("手机里的喇叭", ("手机",), ("喇叭",), share=0.4),
    ),
    (Topic(excluded=("麦克风",)), Not(About("麦克风", ("麦克风",)))),
]


@pytest.mark.parametrize(("topic", "predicate"), TOPICS)
def test_topic_becomes_a_description(topic, predicate):
    assert described(topic) == predicate


def test_branches_are_alternatives_beside_what_they_share(known):
    topic = Topic(terms=("芯片",), labels=("芯片",), phrase="芯片")
    question = Question(
        "", "", Intent.LIST, conditions=(SUZHOU,), topic=topic,
        either=(Branch((UNLISTED,)), Branch((LATER,))),
    )  # fmt: skip
    about = About("芯片", ("芯片",))
    assert selection(question, known) == And(
        (
            In("city", ("苏州",)),
            Or(
                (
                    And((In("listing", ("unlisted",)), about)),
                    And((Within("founded", Interval(2010, inf)), about)),
                )
            ),
        )
    )


def test_excluded_companies_and_those_of_the_last_answer(known):
    question = Question("", "", Intent.LIST, excluded=("c1", "c2"), within=("c2", "c3"))
    assert selection(question, known) == conjunction(
        (Not(Named(("c1",))), Not(Named(("c2",))), Among(("c2", "c3")))
    )


def test_province_without_statistics_of_its_own_stands_for_the_places_within(known):
    (found,) = [places_of([Condition("province", "江苏", frozenset({"江苏"}))], known)]
    assert isinstance(found, In)
    assert found.field == "place"
    assert {"江苏", "苏州", "南京"} <= set(found.values)
    assert places_of([HANGZHOU], known) == In("place", ("杭州",))
