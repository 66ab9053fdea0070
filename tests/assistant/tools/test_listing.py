"""Companies by exact filters: each filter, their combination, order, pages, what is refused."""

from __future__ import annotations

import pytest

from assistant.errors import CriteriaError

pytestmark = pytest.mark.model


def names(told) -> list[str]:
    return [record["name"] for record in told["records"]]


@pytest.mark.parametrize(
    ("filters", "question"),
    [
        ({"city": "苏州"}, "苏州有哪些小巨人"),
        ({"province": "江苏省"}, "江苏有哪些小巨人"),
        ({"region": "长三角"}, "长三角有哪些小巨人"),
        ({"district": "海淀"}, "海淀区有哪些小巨人"),
        ({"batch": 3}, "第三批有哪些小巨人"),
        ({"exchange": "科创板"}, "科创板上市的有哪些"),
        ({"listed": False}, "未上市的有哪些"),
        ({"founded_from": 2015}, "2015年及以后成立的有哪些"),
        ({"topic": "机器人"}, "做机器人的有哪些"),
        ({"city": "北京", "batch": "第五批"}, "北京第五批有哪些"),
    ],
)
def test_filters_select_what_the_same_words_select(call, filters, question: str) -> None:
    told = call("list", **filters, limit=200)
    answer = call("ask", question=question)
    assert {record["id"] for record in told["records"]} == {
        record["id"] for record in answer["records"]
    }
    assert told["total"] == len(told["records"])


def test_several_values_are_alternatives_and_several_filters_must_all_hold(call) -> None:
    both = call("list", city=["苏州", "北京"], batch=[2, "第三批"])
    parts = [call("list", city=city, batch=one) for city in ("苏州", "北京") for one in (2, 3)]
    assert set(names(both)) == {name for part in parts for name in names(part)}
    assert both["total"] == sum(part["total"] for part in parts)


def test_without_filters_everything_is_listed_page_by_page(call, engine) -> None:
    whole = call("list", limit=200)
    assert whole["total"] == engine.index.records.count()
    pages = [call("list", limit=20, offset=offset) for offset in (0, 20, 40)]
    assert [name for page in pages for name in names(page)] == names(whole)
    assert call("list", offset=1000)["records"] == []


def test_order_is_kept_and_companies_without_a_value_come_last(call) -> None:
    told = call("list", sort="-founded", limit=200)
    years = [record["fields"].get("founded") for record in told["records"]]
    known = [int(year[:4]) for year in years if year]
    assert known == sorted(known, reverse=True)
    assert all(year is None for year in years[len(known) :])
    assert len(known) < len(years)


def test_companies_that_cannot_be_judged_stand_apart(call) -> None:
    told = call("list", headcount_min=500, limit=200)
    assert told["unknown_total"] == len(told["unknown"]) > 0
    assert all("headcount" not in record["fields"] for record in told["unknown"])
    assert all("headcount" in record["fields"] for record in told["records"])


def test_every_record_is_cited(call) -> None:
    told = call("list", city="苏州")
    numbers = {citation["id"] for citation in told["citations"]}
    assert all(record["citations"] for record in told["records"])
    assert {number for record in told["records"] for number in record["citations"]} <= numbers


def test_own_column_filters_by_number_in_its_unit(call_unicorns) -> None:
    told = call_unicorns("list", columns={"估值（亿美元）": {"min": 100}})
    assert names(told) == ["甲光科技有限公司"]
    assert [one["name"] for one in told["unknown"]] == ["丙药科技有限公司"]
    assert names(call_unicorns("list", columns={"估值（亿美元）": {"max": 100}})) == [
        "乙云科技有限公司"
    ]


def test_own_column_sorts(call_unicorns) -> None:
    told = call_unicorns("list", sort="估值（亿美元）")
    assert names(told) == ["乙云科技有限公司", "甲光科技有限公司", "丙药科技有限公司"]


def test_column_by_its_label_filters_by_text(call_unicorns) -> None:
    assert names(call_unicorns("list", domain="云计算")) == ["乙云科技有限公司"]
    assert names(call_unicorns("list", columns={"细分领域": ["创新药", "激光"]})) == [
        "甲光科技有限公司",
        "丙药科技有限公司",
    ]


def test_list_is_found_by_its_title(call_unicorns) -> None:
    assert call_unicorns("list", list_name="独角兽")["total"] == 3


@pytest.mark.parametrize(
    ("filters", "problem"),
    [
        ({"city": "苏洲"}, "参数 city：没有叫“苏洲”的城市；清单里有 苏州、"),
        ({"city": "昆山市"}, "区县请用 district"),
        ({"province": "江南"}, "参数 province：没有叫“江南”的省份"),
        ({"region": "火星"}, "参数 region：没有叫“火星”的区域"),
        ({"district": "火星区"}, "参数 district：没有叫“火星区”的区县"),
        ({"batch": "很早"}, "参数 batch：“很早”不是批次"),
        ({"exchange": "火星交易所"}, "参数 exchange：没有叫“火星交易所”的交易所或板块"),
        ({"list_name": "诗集"}, "参数 list_name：没有叫“诗集”的清单；有 "),
        ({"topic": "北京"}, "参数 topic：“北京”不是领域或产品"),
        (
            {"columns": {"主导的产品": "高"}},
            "参数 columns：没有清单有“主导的产品”这一列；有 主导产品、",
        ),
        ({"columns": {"所在城市": "苏州"}}, "请用参数 city"),
        ({"sort": "身高"}, "参数 sort：没有清单有“身高”这一列"),
        ({"sort": "所在城市"}, "没有数字，不能排序"),
        ({"founded_from": 2012, "founded_to": 2010}, "下限 2012 大于上限 2010"),
    ],
)
def test_filter_that_cannot_be_taken_is_told_with_what_can(call, filters, problem: str) -> None:
    with pytest.raises(CriteriaError) as caught:
        call("list", **filters)
    assert problem in str(caught.value)
