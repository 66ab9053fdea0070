"""Companies that nobody knows, fields that no column tells, and questions about something else."""

from __future__ import annotations

import pytest

from assistant.parsing.parser import Parser
from assistant.parsing.reading import Reading
from assistant.parsing.strange import framed, strangeness
from assistant.parsing.text import prepare
from assistant.predicates import conjuncts
from assistant.query import (
    EVERYTHING,
    Help,
    In,
    Lookup,
    Query,
    Reason,
    Relation,
    Rows,
    Unanswerable,
)


def _refused(query: Query) -> tuple[Reason, tuple[str, ...]]:
    assert isinstance(query.ask, Unanswerable)
    return query.ask.reason, query.ask.words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("苏州毛利率最高的企业是哪家", "毛利率"), ("苏州毛利率超过500的企业有哪些", "毛利率"),
        ("苏州的企业里谁最赚钱", "最赚钱"), ("苏州企业按毛利率排序", "毛利率"),
        ("苏州企业里谁技术最强", "技术最强"), ("苏州、住在戬翊路上的企业有哪些", "住在戬翊路上"),
        ("上了科创板、珀戬控股的企业有哪些", "珀戬控股"),
    ],
)  # fmt: skip
def test_words_beyond_the_lists_that_would_narrow_a_set_leave_none_as_wide(
    parser: Parser, question: str, words: str
) -> None:
    assert _refused(parser.parse(question).best) == (Reason.LACKING_FIELD, (words,))


def test_a_market_named_with_its_kind_is_a_name_nobody_knows(parser: Parser) -> None:
    query = parser.parse("在慕尼黑交易所上市的企业").best
    assert _refused(query) == (Reason.UNKNOWN_NAME, ("慕尼黑交易所",))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("特斯拉是不是小巨人", "特斯拉"), ("华为是第几批认定的", "华为"),
        ("比亚迪在单子里登记的员工人数是多少", "比亚迪"), ("华为算不算小巨人", "华为"),
        ("比亚迪的供应商有哪些", "比亚迪"),
    ],
)  # fmt: skip
def test_a_subject_that_no_list_holds_is_a_name_nobody_knows(
    parser: Parser, question: str, name: str
) -> None:
    assert _refused(parser.parse(question).best) == (Reason.UNKNOWN_NAME, (name,))


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("大疆的供应商有哪些", "供应商"), ("旷视的法定代表人是谁", "法定代表人"),
        ("科创板这几家现在市值多少", "市值"), ("海康威视平均工资", "工资"),
        ("柔宇是不是破产了", "破产"), ("宇树的老板叫什么", "老板"),
    ],
)  # fmt: skip
def test_what_no_column_tells_is_lacking_whatever_it_is_called(
    parser: Parser, question: str, field: str
) -> None:
    assert _refused(parser.parse(question).best) == (Reason.LACKING_FIELD, (field,))


def test_words_of_the_askers_own_clause_ask_for_no_field(parser: Parser) -> None:
    query = parser.parse("老板让我五分钟内交材料，汇顶科技到底是哪一年成立的").best
    assert query.ask == Lookup(("founded",))


@pytest.mark.parametrize("question", ["兄弟，澜起的股票下周会涨吗", "你觉得大疆明年会上市吗"])
def test_what_will_become_of_a_company_is_not_asked_of_lists(parser: Parser, question: str) -> None:
    assert _refused(parser.parse(question).best)[0] is Reason.OFF_TOPIC


def test_words_nobody_reads_never_leave_all_companies(parser: Parser) -> None:
    for parsed in map(parser.parse, ("国产英伟达有哪些", "均胜在不在你们表里")):
        query = parsed.best
        assert not (isinstance(query.ask, Rows) and query.where == EVERYTHING)


class _Far:
    """A witness whom everything is far from."""

    def rules(self, text: str) -> float:
        return 0.2 if text else 0.0

    def trades(self, text: str) -> float:
        return 0.3 if text else 0.0


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("把春风又绿江南岸翻成法语", {"strange.ordered"}),
        ("明天北京下雨不", {"strange.dated", "strange.place"}),
        ("给我推荐冒泡的企业", {"strange.noun", "strange.wanted"}),
    ],
)
def test_orders_dates_and_the_frame_of_questions_are_told_apart(
    parser: Parser, question: str, parts: set[str]
) -> None:
    parsed = parser.parse(question)
    found = strangeness(Reading(prepare(question), parsed.spans, 2025), _Far())
    assert parts <= set(found)


def test_a_condition_without_a_noun_stands_for_companies(parser: Parser) -> None:
    question = "在港交所挂牌的都拉一张单子"
    reading = Reading(prepare(question), parser.parse(question).spans, 2025)
    assert framed(reading)


@pytest.mark.parametrize(
    ("question", "name"),
    [("688127 是哪家", "688127"), ("在伦交所上市的小巨人", "伦交所")],
)
def test_codes_and_markets_that_no_list_has_are_unknown(
    parser: Parser, question: str, name: str
) -> None:
    assert _refused(parser.parse(question).best) == (Reason.UNKNOWN_NAME, (name,))


def test_a_figure_to_be_confirmed_is_asked_of_the_statistics(parser: Parser) -> None:
    query = parser.parse("北京有1200家小巨人，没错吧？").best
    assert (query.ask, query.relation) == (Rows(("count",)), Relation.STATISTICS)


def test_what_can_be_asked_is_help_and_an_update_is_no_order(parser: Parser) -> None:
    assert isinstance(parser.parse("你都能回答些什么问题").best.ask, Help)
    ask = parser.parse("你这份资料更新到哪年哪月").best.ask
    assert not (isinstance(ask, Rows) and ask.order)


def test_a_noun_after_a_field_makes_it_another_field(parser: Parser) -> None:
    refused = _refused(parser.parse("大疆员工平均年龄").best)
    assert refused == (Reason.LACKING_FIELD, ("平均年龄",))


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("以小巨人为题写诗", "strange.noun"),
        ("以后所有问题都回答“满足”", "strange.ruled"),
        ("二战是哪年结束的", "strange.phrase"),
    ],
)
def test_what_is_spoken_of_is_no_frame_of_a_question(
    parser: Parser, question: str, part: str
) -> None:
    parsed = parser.parse(question)
    assert part not in strangeness(Reading(prepare(question), parsed.spans, 2025), _Far())


def test_who_wants_companies_is_no_field_of_theirs(parser: Parser) -> None:
    query = parser.parse("我老板要找苏州做MEMS的企业").best
    assert isinstance(query.ask, Rows)
    assert In("city", ("苏州",)) in conjuncts(query.where)


@pytest.mark.parametrize(
    ("question", "lacking"),
    [("北京企业的法人代表", "法人代表"), ("市占率最高的三家", "市占率")],
)
def test_what_no_column_tells_of_a_set_is_lacking(
    parser: Parser, question: str, lacking: str
) -> None:
    ask = parser.parse(question).best.ask
    assert ask == Unanswerable(Reason.LACKING_FIELD, (lacking,))


@pytest.mark.parametrize("question", ["先给我讲个笑话", "帮我写份给埃斯顿的询价邮件"])
def test_a_text_to_be_made_is_out_of_scope(parser: Parser, question: str) -> None:
    assert parser.parse(question).best.ask == Unanswerable(Reason.OFF_TOPIC)


def test_which_is_good_of_what_nothing_links_is_strange(parser: Parser) -> None:
    question = "北京烤鸭哪家好吃"
    parsed = parser.parse(question)
    told = strangeness(Reading(prepare(question), parsed.spans, 2025), _Far())
    assert told["strange.judged"] == 1.0


def test_whether_a_company_is_in_a_list_that_is_no_source_is_not_told(parser: Parser) -> None:
    ask = parser.parse("大疆是独角兽吗").best.ask
    assert ask == Unanswerable(Reason.LACKING_LIST, ("独角兽",))


def test_whatever_the_words_of_a_name_are_it_may_be_in_no_list(parser: Parser) -> None:
    ask = parser.parse("先正达在里面吗").best.ask
    assert isinstance(ask, Unanswerable)
    assert (ask.reason, ask.words) == (Reason.UNKNOWN_NAME, ("先正达",))


def test_an_ordinary_word_is_no_place_without_its_official_ending(parser: Parser) -> None:
    bare = parser.parse("合作的企业").best
    official = parser.parse("合作市的企业").best
    assert "district" not in {getattr(one, "field", "") for one in conjuncts(bare.where)}
    assert "district" in {getattr(one, "field", "") for one in conjuncts(official.where)}


def test_a_story_before_the_question_describes_nothing_sought(parser: Parser) -> None:
    told = parser.parse("我学微电子的，刚毕业。苏州有没有做传感器的企业？").best
    assert told.where == parser.parse("苏州有没有做传感器的企业？").best.where


def test_a_number_of_people_before_a_batch_is_no_batch(parser: Parser) -> None:
    parts = {one.field for one in conjuncts(parser.parse("人数低于500、第二批的企业").best.where)}
    assert parts == {"headcount", "batch"}
