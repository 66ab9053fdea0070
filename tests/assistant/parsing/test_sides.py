"""Two selections set against each other by their size."""

from __future__ import annotations

import pytest

from assistant.parsing.parser import Parser
from assistant.predicates import conjuncts
from assistant.query import About, Combine, Count, In, Within


@pytest.mark.parametrize(
    "question",
    ["科创板上市的和纽交所上市的哪个多", "做芯片的多还是做机器人的多",
     "员工1000人以上的比500人以下的多几家", "上市的多还是没上市的多"],
)  # fmt: skip
def test_two_selections_are_counted_and_set_against_each_other(
    parser: Parser, question: str
) -> None:
    ask = parser.parse(question).best.ask
    assert isinstance(ask, Combine)
    assert ask.operation == "difference"
    assert [type(one.ask) for one in ask.parts] == [Count, Count]
    assert ask.parts[0].where != ask.parts[1].where


def test_times_as_many_is_a_ratio(parser: Parser) -> None:
    ask = parser.parse("已上市的是未上市的几倍").best.ask
    assert isinstance(ask, Combine)
    assert ask.operation == "ratio"
    assert [one.where.values for one in ask.parts if isinstance(one.where, In)] == [
        ("listed",),
        ("unlisted",),
    ]


def test_what_only_one_side_says_holds_for_both(parser: Parser) -> None:
    ask = parser.parse("上海做芯片的比深圳多几家").best.ask
    assert isinstance(ask, Combine)
    for part in ask.parts:
        assert {type(one) for one in conjuncts(part.where)} == {In, About}


def test_a_range_of_one_field_is_no_comparison(parser: Parser) -> None:
    query = parser.parse("员工500人以上的企业比较多吗，2015年以后成立的").best
    assert not isinstance(query.ask, Combine)
    assert any(isinstance(one, Within) for one in conjuncts(query.where))


def test_a_sort_after_a_pause_compares_nothing(parser: Parser) -> None:
    query = parser.parse("杭州的企业按成立时间排，不要上市的").best
    assert not isinstance(query.ask, Combine)
