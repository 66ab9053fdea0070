from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from index.companies.rows import facts_of
from index.places.gazetteer import load_gazetteer
from index.schema.facts import Fact, company_facts, origin_facts, statistics_facts
from index.schema.own import own_field
from index.types import Company, CompanyRow, Origin, StatisticsRow, Value

ORIGIN = Origin("list.md", ("名单", "3.5 苏州市"), 7, 7, "")


def row(origin: Origin = ORIGIN, /, **texts: str) -> CompanyRow:
    values = {field: Value(text, origin) for field, text in texts.items()}
    return CompanyRow("甲", values, facts_of(values, load_gazetteer()), origin)


def facts(*rows: CompanyRow) -> list[Fact]:
    return list(company_facts(Company("1", "甲", (), rows)))


def values(field: str, *rows: CompanyRow) -> list[object]:
    """Return texts, or bounds where a fact has no text."""
    found = [fact for fact in facts(*rows) if fact.field == field]
    return [(one.low, one.high) if one.text is None else one.text for one in found]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"city": "苏州市"}, {"city": ["苏州"], "province": ["江苏"]}),
        ({"district": "工业园区"}, {"district": ["工业园区"]}),
        ({"founded": "2007年"}, {"founded": [(2007, 2007)]}),
        ({"founded": "不详"}, {"founded": []}),
        ({"headcount": "500-1000人"}, {"headcount": [(500, 1000)]}),
        ({"headcount": "5000+人"}, {"headcount": [(5000, None)]}),
        ({"batch": "第二批"}, {"batch": [(2, 2)]}),
        (
            {"listing": "科创板:688286"},
            {
                "listing": ["listed"],
                "exchange": ["科创板", "上交所", "a股"],
                "code": ["688286"],
            },
        ),
        (
            {"listing": "港交所：6160/纳斯达克：BGNE"},
            {"exchange": ["港交所", "境外", "美股", "纳斯达克"], "code": ["6160", "bgne"]},
        ),
        ({"listing": "伦敦证券交易所"}, {"listing": ["listed"], "exchange": ["伦敦证券交易所"]}),
        ({"listing": "未上市"}, {"listing": ["unlisted"], "exchange": [], "code": []}),
        ({"listing": "非营利"}, {"listing": ["other"], "exchange": []}),
        (
            {"product": "MEMS麦克风、压力传感器"},
            {"product": ["mems麦克风、压力传感器", "mems麦克风", "压力传感器"]},
        ),
        ({"domain": "MEMS"}, {"domain": ["mems"], "list": ["list.md"], "section": ["3.5 苏州市"]}),
    ],
)
def test_facts_of_a_row(texts: Mapping[str, str], expected: Mapping[str, list[object]]) -> None:
    assert {field: values(field, row(**texts)) for field in expected} == expected


def test_number_of_an_own_column_takes_its_unit_from_the_header() -> None:
    found = facts(row(**{"营业收入（亿元）": "1.5"}))
    assert Fact("营业收入（亿元）", "1.5", 1.5e8, 1.5e8, first=True, row=0) in found


def test_number_of_an_own_column_counts_in_the_rows_of_the_first_table_of_each_list() -> None:
    later = replace(ORIGIN, section=("清单", "另一种排名"))
    other = Origin("other.md", (), 1, 1, "")
    found = facts(row(排名="3"), row(排名="3"), row(later, 排名="7"), row(other, 排名="9"))
    numbers = [(fact.text, fact.low) for fact in found if fact.field == "排名"]
    assert numbers == [("3", 3), ("3", 3), ("7", None), ("9", 9)]


def test_equal_facts_stand_once_and_others_keep_their_row() -> None:
    found = [fact for fact in facts(row(founded="2007"), row(founded="2007年")) if fact.low]
    assert found == [Fact("founded", None, 2007, 2007, first=True, row=0)]
    found = [fact for fact in facts(row(founded="2007"), row(founded="2010")) if fact.low]
    assert [(fact.low, fact.first, fact.row) for fact in found] == [
        (2007, True, 0),
        (2010, False, 1),
    ]


def test_first_row_that_has_a_field_gives_its_first_facts() -> None:
    found = [fact for fact in facts(row(city="苏州"), row(batch="第三批")) if fact.field == "batch"]
    assert found == [Fact("batch", None, 3, 3, first=True, row=1)]


def test_facts_of_statistics() -> None:
    told = {
        "place": Value("苏州市", ORIGIN),
        "count": Value("800+", ORIGIN),
        "domains": Value("MEMS、机器人", ORIGIN),
        "增速": Value("12%", ORIGIN),
    }
    one = StatisticsRow("place", "苏州", None, Value("", ORIGIN), told, 800, True, ORIGIN)
    found = {(fact.field, fact.text): (fact.low, fact.high) for fact in statistics_facts(one)}
    assert found == {
        ("place", "苏州"): (None, None),
        ("count", None): (800, None),
        ("domains", "mems、机器人"): (None, None),
        ("domains", "mems"): (None, None),
        ("domains", "机器人"): (None, None),
        ("增速", "12%"): (12, 12),
        ("list", "list.md"): (None, None),
        ("section", "3.5 苏州市"): (None, None),
    }


def test_title_of_a_list_is_no_section() -> None:
    assert [fact.field for fact in origin_facts(Origin("list.md", ("名单",), 1, 1, ""))] == ["list"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5000万元", 5e7, 5e7),
        ("1.2亿", 1.2e8, 1.2e8),
        ("300万美元", None, None),
        ("1亿以上", 1e8, None),
    ],
)
def test_field_of_money_needs_its_entry_in_the_registry_only(
    text: str, low: float | None, high: float | None
) -> None:
    assert Fact("capital", text, low, high, first=True, row=0) in facts(row(capital=text))


def test_type_of_an_own_column_is_that_of_all_its_cells() -> None:
    own = {"认定": own_field("认定", ["2015", "A类", "B类"])}
    company = Company("1", "甲", (), (row(认定="2015"),))
    assert Fact("认定", "2015", first=True, row=0) in company_facts(company, own)


def test_numbers_with_thousands_separators_are_no_lists() -> None:
    assert values("营业收入（亿元）", row(**{"营业收入（亿元）": "10,846"})) == ["10,846"]
