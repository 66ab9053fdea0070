"""Sets told by their relation to one company, and conditions that quote a column."""

from __future__ import annotations

import pytest

from assistant.parsing.parser import Parser
from assistant.predicates import conjuncts
from assistant.query import About, Beyond, In, Not, Or, Reason, Same, Unanswerable


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("和大华同城的还有谁", "city"), ("和士兰微在同一个交易所上市的", "exchange"),
        ("跟寒武纪同岁的", "founded"), ("和大疆一年成立的还有", "founded"),
        ("和普门同行的都有谁", "domain"),
    ],
)  # fmt: skip
def test_what_a_company_has_in_common_is_a_condition(
    parser: Parser, question: str, field: str
) -> None:
    parts = conjuncts(parser.parse(question).best.where)
    assert [one.field for one in parts if isinstance(one, Same)] == [field]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("和大疆类似的企业有哪些", "domain"), ("旷视的竞争对手有哪些", "domain"),
        ("像宇树这样的公司还有吗", "domain"), ("跟汇顶做同类产品的还有谁", "product"),
        ("在上海有没有跟旷视竞争的", "domain"),
    ],
)  # fmt: skip
def test_likeness_to_a_company_is_of_its_field_or_product(
    parser: Parser, question: str, field: str
) -> None:
    parts = conjuncts(parser.parse(question).best.where)
    assert [one.field for one in parts if isinstance(one, Same)] == [field]


@pytest.mark.parametrize(
    ("question", "field", "above"),
    [("员工比旷视多的企业", "headcount", True), ("成立时间早于大疆的企业", "founded", False)],
)
def test_a_company_is_a_bound_of_the_field_named_before_it(
    parser: Parser, question: str, field: str, *, above: bool
) -> None:
    query = parser.parse(question).best
    assert isinstance(query.where, Beyond)
    assert (query.where.field, query.where.above) == (field, above)


def test_a_relation_to_a_company_nobody_knows_says_so(parser: Parser) -> None:
    query = parser.parse("员工比光启技术多的企业").best
    assert query.ask == Unanswerable(Reason.UNKNOWN_NAME, ("光启技术",))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("谁的市场地位里写着“霸主”俩字", {In("position", ("霸主",), contains=True)}),
        ("名字里带“微”字的", {In("name", ("微",), contains=True)}),
        ("市场地位标为“全球……龙头”的深圳企业有哪些",
         {In("position", ("全球",), contains=True), In("position", ("龙头",), contains=True),
          In("city", ("深圳",))}),
    ],
)  # fmt: skip
def test_words_quoted_of_a_column_must_stand_in_it(
    parser: Parser, question: str, parts: set[In]
) -> None:
    assert set(conjuncts(parser.parse(question).best.where)) == parts


def test_a_negation_before_a_place_in_another_is_of_the_inner_one(parser: Parser) -> None:
    where = parser.parse("不在上海徐汇区的上海企业").best.where
    assert In("city", ("上海",)) in conjuncts(where)
    assert not any(
        isinstance(one, Not) and one.part == In("city", ("上海",)) for one in conjuncts(where)
    )


def test_what_is_asked_otherwise_later_takes_back_what_was_said(parser: Parser) -> None:
    where = parser.parse("北京的公司好像全扎堆海淀，有不在海淀的吗").best.where
    assert [one for one in conjuncts(where) if isinstance(one, Not)]
    assert not any(isinstance(one, In) and one.field == "district" for one in conjuncts(where))


@pytest.mark.parametrize(
    "question", ["搞声学的，但不碰麦克风", "搞声学的，但不捣鼓麦克风", "搞声学的，却不涉足麦克风"]
)
def test_what_is_not_done_is_ruled_out_whatever_the_verb(parser: Parser, question: str) -> None:
    parts = conjuncts(parser.parse(question).best.where)
    assert [one.text for one in parts if isinstance(one, About)] == ["声学"]
    assert [one.part for one in parts if isinstance(one, Not)] == [About("麦克风", ("麦克风",))]


@pytest.mark.parametrize(
    "question", ["做AI芯片的北京企业和做EDA的上海企业", "北京的AI芯片还有上海的EDA"]
)
def test_two_descriptions_joined_are_alternatives(parser: Parser, question: str) -> None:
    where = parser.parse(question).best.where
    assert isinstance(where, Or)
    places = [{one for one in conjuncts(part) if isinstance(one, In)} for part in where.parts]
    assert places == [{In("city", ("北京",))}, {In("city", ("上海",))}]


def test_places_and_trades_joined_are_one_description(parser: Parser) -> None:
    where = parser.parse("苏州和杭州做芯片和机器人的企业").best.where
    assert Or((In("city", ("苏州",)), In("city", ("杭州",)))) in conjuncts(where)
