"""Questions as queries, over the vocabulary of the seed list."""

from __future__ import annotations

import pytest

from assistant.understanding.reader import QuestionReader
from index.language.thesaurus import load_thesaurus
from tests.fakes import companies_of


@pytest.fixture(scope="module")
def understand(engine):
    reader = QuestionReader(engine.finders, load_thesaurus(), engine.context)
    return lambda text: reader.parse(text).reading


@pytest.mark.parametrize(
    ("text", "intent", "filters"),
    [
        ("苏州有哪些MEMS小巨人", "list", {"city": ["苏州"], "topic": ["MEMS"]}),
        ("江苏苏州的企业", "list", {"city": ["苏州"]}),
        ("长三角的企业", "list", {"region": ["长三角"]}),
        ("北京和上海的企业", "list", {"city": ["北京", "上海"]}),
        ("海淀的企业", "list", {"district": ["海淀区"]}),
        ("昆山有哪些小巨人", "list", {"district": ["昆山市"]}),
        ("吉林有哪些小巨人", "list", {"province": ["吉林"]}),
        ("第3批的企业", "list", {"batch": ["第3批"]}),
        ("2010年以前成立的", "list", {"founded": ["2010年以前"]}),
        ("在科创板上市的企业", "list", {"exchange": ["科创板"]}),
        ("ＭＥＭＳ企业", "list", {"topic": ["MEMS"]}),
        ("机器人或无人机企业", "list", {"topic": ["机器人", "无人机"]}),
        ("第二批有几家", "count", {"batch": ["第二批"]}),
        ("上海有几家", "stats", {"city": ["上海"]}),
        ("苏州的认定标准", "faq", {"city": ["苏州"]}),
        ("今天天气怎么样", "other", {}),
        ("有哪些小巨人", "list", {}),
    ],
)
def test_conditions_and_intent_are_read(understand, text, intent, filters):
    question = understand(text)
    assert question.intent == intent
    told = {}
    for one in question.conditions:
        label = f"非{one.label}" if one.negated else one.label
        told.setdefault(one.field, []).append(label)
    if question.topic:
        told["topic"] = list(question.topic.labels)
    assert told == filters


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2010年以后成立的", 2010, None),
        ("2010年之前成立的", None, 2009),
        ("早于2010年成立的", None, 2009),
        ("晚于2010年成立的", 2011, None),
        ("2010年到2015年成立的", 2010, 2015),
        ("2010-2015年成立的", 2010, 2015),
        ("2010年成立的", 2010, 2010),
        ("员工超过五千人的", 5001, None),
        ("5000人以上的", 5000, None),
        ("不足500人的", None, 499),
    ],
)
def test_ranges_become_inclusive_bounds(understand, text, low, high):
    (condition,) = understand(text).conditions
    assert (condition.low, condition.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "name", "fields"),
    [
        ("敏芯的主页", "苏州敏芯微电子技术股份有限公司", ("website",)),
        ("大疆创新什么时候成立的", "深圳市大疆创新科技有限公司", ("founded",)),
        ("海康有多少员工", "杭州海康威视数字技术股份有限公司", ("headcount",)),
        ("dji的官网", "深圳市大疆创新科技有限公司", ("website",)),
        ("DJI.com是哪家", "深圳市大疆创新科技有限公司", ()),
        ("港交所:2018是哪家公司", "深圳市瑞声科技有限公司", ()),
        ("敏芯微在科创板上市吗", "苏州敏芯微电子技术股份有限公司", ("listing",)),
    ],
)
def test_companies_are_linked_by_any_name(engine, understand, text, name, fields):
    query = understand(text)
    ((company_id,),) = query.companies
    companies = {one.id: one.name for one in companies_of(engine.index.records)}
    assert companies[company_id] == name
    assert set(query.fields) >= set(fields)


def test_shared_name_means_every_company_it_fits(understand):
    ((*ids,),) = understand("燧原的产品").companies
    assert len(ids) == 2


def test_year_is_not_taken_for_a_stock_code(understand):
    assert understand("2018年成立的企业").companies == ()


def test_name_that_nobody_has_is_kept(understand):
    assert understand("华为的股票代码").unknown_name == "华为"


def test_latin_word_inside_another_is_not_linked(understand):
    assert "ai" not in understand("AIoT平台企业有哪些").topic.terms
