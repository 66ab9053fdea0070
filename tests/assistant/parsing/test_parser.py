"""Questions about the seeds as queries."""

from __future__ import annotations

import pytest

from assistant.parsing.parser import Parser
from assistant.parsing.previous import Previous
from assistant.predicates import conjuncts
from assistant.query import (
    About,
    Among,
    Ask,
    Beyond,
    Combine,
    Compare,
    Count,
    Exists,
    Group,
    In,
    Judge,
    Lookup,
    Member,
    Named,
    Not,
    Or,
    Predicate,
    Query,
    Reason,
    Relation,
    Rows,
    Same,
    Share,
    Unanswerable,
    Within,
)
from index.schema.interval import Interval


def _parts(query: Query) -> set[Predicate]:
    return set(conjuncts(query.where))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("苏州有哪些科创板企业", {In("city", ("苏州",)), In("exchange", ("科创板",))}),
        ("上海的，科创板上市的就不要了", {In("city", ("上海",)), Not(In("exchange", ("科创板",)))}),
        ("深圳的，已经上市的就别给我了", {In("city", ("深圳",)), Not(In("listing", ("listed",)))}),
        ("不在苏州的企业有哪些", {Not(In("city", ("苏州",)))}),
        ("第三批成立于2012年以后的有谁",
         {Within("batch", Interval(3, 3)), Within("founded", Interval(low=2012))}),
        ("在科创板上市或者位于深圳的", {Or((In("exchange", ("科创板",)), In("city", ("深圳",))))}),
        ("员工不超过1000人的杭州企业",
         {Within("headcount", Interval(high=1000)), In("city", ("杭州",))}),
        ("深圳的上市公司，港股的别给我",
         {In("city", ("深圳",)), In("listing", ("listed",)), Not(In("exchange", ("港交所",)))}),
        ("不在上海徐汇区的上海企业",
         {In("city", ("上海",)), Not(In("district", ("徐汇区",)))}),
        ("公司要么在广州，要么是做动力电池的，满足一样就行",
         {Or((In("city", ("广州",)), About("动力电池", ("动力电池",))))}),
        ("companies in Haidian district", {In("district", ("海淀区",))}),
        ("companies listed in Hong Kong", {In("exchange", ("港交所",))}),
        ("2014年成立的，符合的给我", {Within("founded", Interval(2014, 2014))}),
    ],
)  # fmt: skip
def test_conditions_are_read_with_their_negation_and_joining(
    parser: Parser, question: str, parts: set[Predicate]
) -> None:
    query = parser.parse(question).best
    assert isinstance(query.ask, Rows)
    assert _parts(query) == parts
    assert query.unread == ()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("第一批认定的有几家", Count), ("大疆哪年成立的", Lookup), ("汇顶和敏芯哪个大", Compare),
        ("敏芯微在科创板上市吗", Member), ("每个批次有几家", Group),
        ("北京的AI芯片公司都没上市吗", Exists),
        ("员工一万人以上的占比多少", Share), ("研发占比不到3%，能报吗", Judge),
    ],
)  # fmt: skip
def test_what_is_asked_is_told_by_its_words(parser: Parser, question: str, kind: type[Ask]) -> None:
    assert isinstance(parser.parse(question).best.ask, kind)


def test_how_many_a_place_has_is_asked_of_the_statistics(parser: Parser) -> None:
    query = parser.parse("北京有多少家").best
    assert (query.relation, query.ask) == (Relation.STATISTICS, Rows(("count",)))
    assert isinstance(parser.parse("深圳比杭州多几家").best.ask, Combine)


def test_wanting_several_counts_nothing(parser: Parser) -> None:
    assert isinstance(parser.parse("找几家做机器人的公司").best.ask, Rows)


@pytest.mark.parametrize(
    ("question", "where", "preferred"),
    [
        ("找几家苏州的企业，最好没上市", In("city", ("苏州",)), In("listing", ("unlisted",))),
        ("苏州的企业，上市的优先", In("city", ("苏州",)), In("listing", ("listed",))),
    ],
)
def test_a_preference_narrows_nothing(
    parser: Parser, question: str, where: Predicate, preferred: Predicate
) -> None:
    query = parser.parse(question).best
    assert (query.where, query.ask) == (where, Rows(preferred=preferred))


def test_the_best_companies_are_not_all_of_them(parser: Parser) -> None:
    assert "最好" in parser.parse("苏州最好的企业是哪家").best.unread


def test_a_set_may_be_told_by_its_relation_to_a_company(parser: Parser) -> None:
    same = parser.parse("和士兰微在同一个交易所上市的企业有哪些").best
    beyond = parser.parse("成立时间早于大疆的企业").best
    assert any(isinstance(one, Same) and one.field == "exchange" for one in _parts(same))
    assert any(isinstance(one, Beyond) and not one.above for one in _parts(beyond))


def test_a_field_that_no_column_carries_is_lacking(parser: Parser) -> None:
    ask = parser.parse("比亚迪的股东有哪些").best.ask
    assert isinstance(ask, Unanswerable)
    assert ask.reason is Reason.LACKING_FIELD


def test_words_that_play_no_part_are_told(parser: Parser) -> None:
    assert parser.parse("大疆的官网，写报告").best.unread == ("报告",)


def test_a_clause_beside_conditions_describes_what_the_other_asks_for(parser: Parser) -> None:
    parts = _parts(parser.parse("路口那种玻璃镜头模组，杭州哪家在做").best)
    about = next(one for one in parts if isinstance(one, About))
    assert "镜头" in about.text
    assert In("city", ("杭州",)) in parts


def _previous(parser: Parser, question: str, ids: tuple[str, ...]) -> Previous:
    return Previous(parser.parse(question).best, ids, question)


def test_a_narrowing_question_means_the_last_set(parser: Parser) -> None:
    before = _previous(parser, "深圳有哪些企业", ("a", "b"))
    query = parser.parse("哪些没上市", before).best
    assert _parts(query) == {In("city", ("深圳",)), In("listing", ("unlisted",))}


def test_what_was_described_is_narrowed_among_the_answer(parser: Parser) -> None:
    before = _previous(parser, "做机器人的有哪些", ("a", "b"))
    parts = _parts(parser.parse("其中在杭州的呢", before).best)
    assert Among(("a", "b")) in parts
    assert In("city", ("杭州",)) in parts


def test_another_place_replaces_the_last_one(parser: Parser) -> None:
    before = _previous(parser, "苏州有哪些科创板企业", ("a",))
    parts = _parts(parser.parse("那杭州的呢", before).best)
    assert parts == {In("city", ("杭州",)), In("exchange", ("科创板",))}


def test_a_pronoun_means_the_company_before(parser: Parser) -> None:
    before = parser.parse("介绍一下大疆").best
    assert isinstance(before.where, Named)
    query = parser.parse("它是哪年成立的", Previous(before, before.where.ids)).best
    assert query == Query(Lookup(("founded",)), before.where)


def test_a_question_with_a_set_of_its_own_starts_anew(parser: Parser) -> None:
    before = _previous(parser, "深圳有哪些企业", ("a", "b"))
    query = parser.parse("做机器人的公司有哪些", before).best
    assert any(isinstance(one, About) for one in _parts(query))
    assert In("city", ("深圳",)) not in _parts(query)


def test_a_clause_that_leads_up_to_the_question_describes_nobody(parser: Parser) -> None:
    query = parser.parse("我想先做一轮粗筛：第一批认定、总部设在广东省的").best
    assert _parts(query) == {Within("batch", Interval(1, 1)), In("province", ("广东",))}


def test_the_place_around_a_district_asked_for_is_no_field(parser: Parser) -> None:
    assert parser.parse("汇川技术在深圳的哪个区").best.ask == Lookup(("district",))


def test_a_trade_beside_a_finer_one_is_the_heading_above_it(parser: Parser) -> None:
    asked = parser.parse("恩捷股份划到哪个行业，细分领域呢").best.ask
    assert asked == Lookup(("industry", "domain"))


def test_words_that_say_which_company_is_meant_are_not_asked(parser: Parser) -> None:
    assert parser.parse("亦庄那家奕斯伟第几批评上的").best.ask == Lookup(("batch",))


def test_only_what_is_denied_is_ruled_out(parser: Parser) -> None:
    query = parser.parse("新能源里不造电池、只供材料的").best
    out = [one.part for one in _parts(query) if isinstance(one, Not)]
    assert [one.text for one in out if isinstance(one, About)] == ["电池"]


def test_several_ordinals_pick_several_companies(parser: Parser) -> None:
    first = parser.parse("机器人公司有哪些").best
    previous = Previous(first, ("a", "b", "c"), "机器人公司有哪些", None)
    query = parser.parse("第一家和第三家比一比", previous).best
    assert isinstance(query.ask, Compare)
    assert query.where == Named(("a", "c"))


def test_a_trade_left_out_is_the_one_said_before(parser: Parser) -> None:
    query = parser.parse("做机器人的厂，人形的、四足的都排除掉").best
    out = [one.part for one in _parts(query) if isinstance(one, Not)]
    told = {one.terms for one in out if isinstance(one, About)}
    assert told == {("人形机器人",), ("四足机器人",)}


def test_the_beginning_of_a_code_is_a_condition(parser: Parser) -> None:
    (told,) = _parts(parser.parse("代码688打头的有哪些").best)
    assert isinstance(told, In)
    assert told.field == "code"
    assert told.values
    assert all(one.startswith("688") for one in told.values)


def test_an_address_in_several_words_names_its_company(parser: Parser) -> None:
    assert isinstance(parser.parse("AAC Technologies的股票代码是多少").best.ask, Lookup)


def test_a_noun_that_is_sought_is_never_set_aside(parser: Parser) -> None:
    query = parser.parse("上海的，帮我找理疗仪").best
    assert any(isinstance(one, About) for one in _parts(query))


def test_one_character_of_a_heading_names_no_part_of_a_list(parser: Parser) -> None:
    query = parser.parse("让机器听懂人话、跟人聊天的企业都有谁").best
    assert not [one for one in _parts(query) if isinstance(one, In)]
