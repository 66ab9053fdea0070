"""Questions about the sources' own tables of figures as queries."""

from __future__ import annotations

import pytest

from assistant.parsing.parser import Parser
from assistant.predicates import conjuncts
from assistant.query import (
    Aggregate,
    Beyond,
    Compare,
    Explain,
    Group,
    In,
    Named,
    Order,
    Query,
    Relation,
    Rows,
    Share,
    Within,
)
from index.schema.interval import Interval


def _figures(parser: Parser, question: str) -> Query:
    query = parser.parse(question).best
    assert query.relation is Relation.STATISTICS
    return query


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("哪个城市的小巨人最多", Order("count", descending=True, limit=1)),
        ("小巨人数量从少到多排，城市前三", Order("count", descending=False, limit=3)),
        ("小巨人最多的四个城市，按多少往下排", Order("count", descending=True, limit=4)),
        ("小巨人数量倒数三名的城市", Order("count", descending=False, limit=3)),
        ("苏州和杭州哪个城市小巨人更多", Order("count", descending=True)),
        ("深圳的小巨人数量排第几", Order("count", descending=True, of=("深圳",))),
    ],
)
def test_rows_of_figures_are_ordered_by_their_number(
    parser: Parser, question: str, order: Order
) -> None:
    query = _figures(parser, question)
    assert isinstance(query.ask, Rows)
    assert query.ask.order == order


@pytest.mark.parametrize(
    ("question", "function"),
    [("十个城市加一块多少家", "sum"), ("各城市平均有多少家小巨人", "mean")],
)
def test_all_rows_together_make_one_figure(parser: Parser, question: str, function: str) -> None:
    assert _figures(parser, question).ask == Aggregate(function, "count")


@pytest.mark.parametrize(
    ("question", "words"),
    [("主要领域含软件的城市", ("软件",)), ("哪座城市的主要领域里有光电", ("光电",)),
     ("主要领域是安防和物联网的是哪座城市", ("物联网", "安防"))],
)  # fmt: skip
def test_places_are_told_by_what_their_column_of_trades_holds(
    parser: Parser, question: str, words: tuple[str, ...]
) -> None:
    query = _figures(parser, question)
    wanted = {In("domains", (one,), contains=True) for one in words}
    assert set(conjuncts(query.where)) == wanted


def test_a_place_with_more_than_another_is_compared_with_its_row(parser: Parser) -> None:
    query = _figures(parser, "小巨人数量比杭州多的城市有哪些")
    assert query.where == Beyond("count", "杭州", above=True)


def test_the_row_of_a_place_is_told_whole(parser: Parser) -> None:
    query = _figures(parser, "地区统计里，武汉那一行写了什么")
    assert query.ask == Rows(())
    assert query.where == In("place", ("武汉",))


def test_the_number_of_the_whole_country_is_asked_of_the_notes(parser: Parser) -> None:
    assert isinstance(parser.parse("截至2025年全国累计认定了多少家小巨人").best.ask, Explain)


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("杭州成立第二早的是谁", Order("founded", descending=False, place=2)),
        ("上海资历最浅的小巨人是谁家", Order("founded", descending=True, limit=1)),
        ("余杭那三家谁先谁后成立的排一下", Order("founded", descending=False)),
    ],
)
def test_companies_are_ordered_by_the_field_that_the_words_mean(
    parser: Parser, question: str, order: Order
) -> None:
    ask = parser.parse(question).best.ask
    assert isinstance(ask, Rows)
    assert ask.order == order


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("埃斯顿、新松都搞工业机器人，产品有什么不一样", ("product",)),
        ("两家燧原，北京的和上海的，差别在哪儿", ()),
    ],
)
def test_what_is_told_of_all_companies_compared_narrows_none(
    parser: Parser, question: str, fields: tuple[str, ...]
) -> None:
    query = parser.parse(question).best
    assert isinstance(query.ask, Compare)
    assert query.ask.fields == fields
    assert isinstance(query.where, Named)


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("2015年之后（不含）成立的有几家", Within("founded", Interval(low=2015, low_open=True))),
        ("员工规模标到5000+甚至更高的公司数是多少?", Within("headcount", Interval(low=5000))),
    ],
)
def test_bounds_keep_what_is_said_of_their_ends(
    parser: Parser, question: str, condition: Within
) -> None:
    told = [one for one in conjuncts(parser.parse(question).best.where) if isinstance(one, Within)]
    assert [(one.field, one.interval.low) for one in told] == [
        (condition.field, condition.interval.low)
    ]
    assert told[0].interval.low_open is condition.interval.low_open


def test_a_column_named_with_its_spread_takes_companies_apart(parser: Parser) -> None:
    assert parser.parse("所属区域怎么分布的，各几家").best.ask == Group("district")


def test_what_shares_do_on_a_market_describes_no_company(parser: Parser) -> None:
    query = parser.parse("注册在苏州、股票又在科创板交易的，数一下").best
    assert set(conjuncts(query.where)) == {In("city", ("苏州",)), In("exchange", ("科创板",))}


def test_a_share_told_by_both_sides_has_what_follows_for_its_whole(parser: Parser) -> None:
    query = parser.parse("科创板的占深圳企业的百分之几").best
    assert query.ask == Share(In("city", ("深圳",)))
    assert query.where == In("exchange", ("科创板",))


def test_one_place_or_another_having_more_asks_the_statistics_for_both(parser: Parser) -> None:
    query = parser.parse("小巨人北京多还是苏州多").best
    assert query.relation is Relation.STATISTICS
    assert isinstance(query.ask, Rows)
    assert query.ask.order is not None


@pytest.mark.parametrize("question", ["北京上市的占北京企业的多少", "科创板的占上市公司的几成"])
def test_a_share_is_asked_for_with_the_whole_between_its_words(
    parser: Parser, question: str
) -> None:
    assert isinstance(parser.parse(question).best.ask, Share)
