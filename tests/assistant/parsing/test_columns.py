"""Conditions on what columns say, and on what they leave open."""

from __future__ import annotations

import pytest

from assistant.parsing.parser import Parser
from assistant.predicates import conjuncts
from assistant.query import Blank, Count, In, Reason, Unanswerable


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("没写员工数的企业有几家", "headcount"),
        ("成立年份不详的企业有几家", "founded"),
        ("有几家企业没披露员工规模", "headcount"),
        ("没有员工规模信息的企业有几家", "headcount"),
        ("有多少企业没有官网", "website"),
    ],
)
def test_a_field_that_is_not_told_is_blank(parser: Parser, question: str, field: str) -> None:
    query = parser.parse(question).best
    assert query.ask == Count()
    assert query.where == Blank(field)


def test_a_denial_after_its_field_leaves_the_place_alone(parser: Parser) -> None:
    where = parser.parse("员工规模没写的上海企业").best.where
    assert set(conjuncts(where)) == {Blank("headcount"), In("city", ("上海",))}


def test_a_share_to_be_reached_is_no_relation_to_a_name(parser: Parser) -> None:
    ask = parser.parse("主营业务收入占比要达到多少").best.ask
    assert not (isinstance(ask, Unanswerable) and ask.reason is Reason.UNKNOWN_NAME)
