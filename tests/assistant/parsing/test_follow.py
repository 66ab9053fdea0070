"""Follow-ups: what a question asks of the turns before it."""

from __future__ import annotations

import pytest

from assistant.parsing.parser import Parser
from assistant.parsing.previous import Previous
from assistant.predicates import conjuncts, named_ids
from assistant.query import (
    About,
    Beyond,
    Combine,
    Compare,
    Count,
    Explain,
    In,
    Judge,
    Lookup,
    Named,
    Not,
    Or,
    Order,
    Predicate,
    Provenance,
    Query,
    Reason,
    Relation,
    Rows,
    Same,
    Share,
    Unanswerable,
)
from index.store.records import Records


class Talk:
    """Asks turn by turn; a set of companies is taken to have two of them."""

    def __init__(self, parser: Parser, records: Records) -> None:
        self._parser = parser
        self._records = records

    def ask(self, *turns: str) -> Query:
        previous, query = None, Query(Rows())
        for turn in turns:
            query = self._parser.parse(turn, previous).best
            named = named_ids(query.where)
            companies = self._records.by_key(named)
            previous = Previous(query, named or ("a", "b"), turn, previous, companies)
        return query

    def parts(self, *turns: str) -> set[Predicate]:
        return set(conjuncts(self.ask(*turns).where))

    def named(self, question: str) -> Named:
        where = self.ask(question).where
        assert isinstance(where, Named)
        return where


@pytest.fixture(scope="module")
def talk(parser: Parser, seed_records: Records) -> Talk:
    return Talk(parser, seed_records)


_BEIJING, _SUZHOU = In("city", ("北京",)), In("city", ("苏州",))
_LISTED, _STAR = In("listing", ("listed",)), In("exchange", ("科创板",))


# --- steps back ---------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["撤销", "回到上一步"])
def test_a_step_taken_back_asks_the_question_before_again(talk: Talk, words: str) -> None:
    assert talk.parts("北京的", "上市的", words) == {_BEIJING}


def test_two_steps_back_do_not_go_forward_again(talk: Talk) -> None:
    assert talk.parts("北京的", "上市的", "2015年以前成立的", "撤销", "撤销") == {_BEIJING}


def test_going_back_to_a_turn_by_its_condition_asks_the_rest_of_it(talk: Talk) -> None:
    query = talk.ask("广州的企业是哪几户", "惠州呢", "回到广州，其中科创板的是谁")
    assert set(conjuncts(query.where)) == {In("city", ("广州",)), _STAR}


def test_the_company_first_asked_about_is_pointed_back_to(talk: Talk) -> None:
    query = talk.ask("海康威视的股票代码", "大华的呢", "最开始问的那家，员工多少")
    assert query == Query(Lookup(("headcount",)), talk.named("海康威视"))


def test_a_company_named_beside_a_pronoun_is_what_it_means(talk: Talk) -> None:
    query = talk.ask("敏芯微的主页", "大疆的呢", "回到敏芯微，它有多少员工")
    assert query == Query(Lookup(("headcount",)), talk.named("敏芯微"))


# --- sets ---------------------------------------------------------------------------------------


def test_another_value_asks_what_was_asked(talk: Talk) -> None:
    assert talk.ask("深圳企业有几家列出", "收录的苏州企业呢") == Query(Count(), _SUZHOU)


def test_another_trade_takes_the_place_of_the_last_one(talk: Talk) -> None:
    parts = talk.parts("杭州做机器人的", "做芯片的呢")
    assert In("city", ("杭州",)) in parts
    assert len(parts) == 2


def test_what_is_within_the_last_answer_never_replaces_it(talk: Talk) -> None:
    parts = talk.parts("在上交所上市的有谁", "里面有港股的是")
    assert len(parts) == 2


def test_a_condition_let_go_leaves_the_others(talk: Talk) -> None:
    assert talk.parts("科创板的", "苏州的", "不限板块了") == {_SUZHOU}


def test_a_place_let_go_with_another_condition_told_keeps_that(talk: Talk) -> None:
    assert talk.parts("北京的企业", "不限城市了，上市的都要") == {_LISTED}


def test_a_value_let_in_is_an_alternative(talk: Talk) -> None:
    where = talk.ask("苏州的企业", "杭州的也算上").where
    assert {value for one in getattr(where, "parts", ()) for value in one.values} == {
        "苏州", "杭州",
    }  # fmt: skip


def test_a_share_is_of_the_last_set(talk: Talk) -> None:
    ask = talk.ask("苏州的企业", "员工超过一千的占多少").ask
    assert ask == Share(_SUZHOU)


# --- companies ----------------------------------------------------------------------------------


def test_one_of_two_companies_of_a_name_is_told_apart_by_its_place(talk: Talk) -> None:
    both = talk.named("燧原")
    query = talk.ask("燧原科技是哪一批的", "我问的是上海那家")
    assert query.ask == Lookup(("batch",))
    assert set(conjuncts(query.where)) == {both, In("city", ("上海",))}


def test_a_namesake_is_meant_where_another_place_is_told(talk: Talk) -> None:
    query = talk.ask("上海燧原做什么产品", "北京那家呢")
    assert query.ask == Lookup(("product",))
    assert set(named_ids(query.where)) == set(talk.named("燧原").ids)


def test_a_comparison_of_two_others_leaves_the_last_company_out(talk: Talk) -> None:
    query = talk.ask("汇顶科技", "海康和大华对比")
    assert isinstance(query.ask, Compare)
    assert len(named_ids(query.where)) == 2


def test_two_asked_one_by_one_are_compared_by_what_was_asked(talk: Talk) -> None:
    query = talk.ask("海康威视多少人", "大华呢", "谁多")
    assert query.ask == Compare((), Order("headcount", descending=True))
    assert len(named_ids(query.where)) == 2


def test_what_is_alike_in_two_ways_shares_both(talk: Talk) -> None:
    (company,) = talk.named("思必驰").ids
    parts = talk.parts("思必驰上市没有", "同城同板的还有谁")
    assert parts == {Same("city", company), Same("exchange", company)}


# --- figures ------------------------------------------------------------------------------------


def test_figures_told_one_by_one_are_added_up_with_one_more(talk: Talk) -> None:
    ask = talk.ask("苏州有多少家小巨人", "南京呢", "把广州也算上，三市总数是多少").ask
    assert isinstance(ask, Combine)
    assert len(ask.parts) == 3


def test_counts_of_companies_are_added_up_too(talk: Talk) -> None:
    ask = talk.ask("清单里深圳企业有几家", "苏州呢", "这两个数相加").ask
    assert isinstance(ask, Combine)
    assert [part.ask for part in ask.parts] == [Count(), Count()]


def test_another_bound_takes_the_place_of_the_last_one(talk: Talk) -> None:
    query = talk.ask("小巨人数量超过500家的城市", "那不到300的呢")
    assert query.relation is Relation.STATISTICS
    assert len(conjuncts(query.where)) == 1


def test_the_figure_of_a_company_s_city_is_told(talk: Talk) -> None:
    query = talk.ask("天赐材料在哪个城市", "这个城市有多少家小巨人")
    assert query.relation is Relation.STATISTICS
    assert query.where == In("place", ("广州",))


# --- rules --------------------------------------------------------------------------------------


def test_another_figure_alone_is_judged_in_the_place_of_the_last(talk: Talk) -> None:
    ask = talk.ask("我们公司研发费用占比5%，达到标准了吗", "要是只有2%呢").ask
    assert isinstance(ask, Judge)
    assert [one.interval.low for one in ask.facts] == [2]


def test_a_requirement_named_after_all_of_them_is_explained(talk: Talk) -> None:
    ask = talk.ask("申报要什么条件", "研发那条是多少").ask
    assert isinstance(ask, Explain)
    assert ask.requirements == ("research",)


def test_the_source_of_the_last_answer_is_that_of_its_companies(talk: Talk) -> None:
    query = talk.ask("瑞声科技做什么", "你确定吗")
    assert query.ask == Provenance()
    assert query.where == talk.named("瑞声科技")


def test_a_set_named_after_a_look_up_starts_anew(talk: Talk) -> None:
    assert talk.ask("大疆的官网", "北京有哪些企业").where == _BEIJING


def test_a_question_of_companies_after_a_rule_is_not_about_the_rule(talk: Talk) -> None:
    query = talk.ask("云天励飞在哪个区", "新颖化是什么要求", "回到刚才那家公司，它是第几批")
    assert query == Query(Lookup(("batch",)), talk.named("云天励飞"))


def test_a_field_without_a_company_asks_back(talk: Talk) -> None:
    ask = talk.ask("股票代码是多少").ask
    assert isinstance(ask, Unanswerable)
    assert ask.reason is Reason.NO_COMPANY


def test_what_points_to_nothing_asks_of_the_company_named(talk: Talk) -> None:
    assert talk.ask("海康威视在那个区") == Query(Lookup(("district",)), talk.named("海康威视"))


def test_a_market_far_from_the_listed_narrows_them(talk: Talk) -> None:
    parts = talk.parts("上市公司名单 北京 上海 只要港股")
    assert In("exchange", ("港交所",)) in parts


def test_one_character_after_a_verb_describes(talk: Talk) -> None:
    parts = talk.parts("深圳做屏的企业")
    assert any(isinstance(one, About) and one.unlinked == ("屏",) for one in parts)


def test_a_place_is_counted_in_the_last_set_though_one_of_it_was_told(talk: Talk) -> None:
    second = talk.ask("苏州的企业", "第二家呢").where
    query = talk.ask("苏州的企业", "第一家呢", "第二家的主页呢")
    assert query == Query(Lookup(("website",)), second)


def test_more_than_a_company_pointed_to_bounds_a_set(talk: Talk) -> None:
    where = talk.ask("海康威视哪年成立的", "有没有比它更早的企业").where
    assert isinstance(where, Beyond)
    assert not where.above


def test_facts_told_turn_by_turn_are_judged_together(talk: Talk) -> None:
    ask = talk.ask("我们研发占比4%，能申报吗", "我们还有3项发明专利").ask
    assert isinstance(ask, Judge)
    assert len(ask.facts) == 2


def test_a_question_that_begins_with_adding_lets_a_value_in(talk: Talk) -> None:
    parts = talk.parts("港股上市的有几家", "去掉北京的", "加上未上市的")
    assert Not(In("city", ("北京",))) in parts
    assert any(isinstance(one, Or) and len(one.parts) == 2 for one in parts)


def test_an_earlier_question_is_asked_again_by_its_place(talk: Talk) -> None:
    turns = ("苏州有哪些企业", "其中上市的", "最早成立的是哪家")
    assert talk.ask(*turns, "回到第二个问题") == talk.ask(*turns[:2])
    assert talk.ask(*turns, "回到最初的问题") == talk.ask(turns[0])


def test_figures_after_a_rule_are_no_column_that_companies_lack(talk: Talk) -> None:
    ask = talk.ask("研发费用要求是多少", "营收不到5000万怎么办").ask
    assert isinstance(ask, Explain)


@pytest.mark.parametrize(
    "back", ["取消刚才那个条件", "算了，不要这个条件", "算了，还是看之前的", "还是看刚才那个吧"]
)
def test_a_step_taken_back_without_naming_it_leads_to_the_turn_before(
    talk: Talk, back: str
) -> None:
    assert talk.ask("苏州的企业", "其中上市的", back) == talk.ask("苏州的企业")


def test_a_listing_of_either_kind_no_longer_narrows(talk: Talk) -> None:
    assert talk.ask("苏州上市的企业", "上市不上市都行").where == talk.ask("苏州的企业").where


def test_another_batch_after_then_takes_the_place_of_the_last_one(talk: Talk) -> None:
    assert talk.ask("第一批的企业", "那第二批的呢") == talk.ask("第二批的企业")


def test_a_share_without_a_whole_is_of_the_set_that_was_narrowed(talk: Talk) -> None:
    ask = talk.ask("苏州的企业", "其中上市的", "占多少").ask
    assert isinstance(ask, Share)
    assert ask.whole == _SUZHOU


def test_leaving_out_a_trade_narrows_the_last_set(talk: Talk) -> None:
    assert _SUZHOU in talk.parts("苏州的企业", "除了做芯片的")
