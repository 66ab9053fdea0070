from __future__ import annotations

import pytest

from index.schema.fields import ValueType
from index.schema.interval import Interval
from index.schema.own import column_names, own_field, own_fields
from index.schema.values import parse
from index.types import Company, CompanyRow, Facts, Origin, Value


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("营业收入（亿元）", ["10,846", "9,414"], ValueType.MONEY),
        ("当前估值", ["2200亿美元", "30亿美元"], ValueType.MONEY),
        ("累计", ["1.2亿元", "3000万元"], ValueType.MONEY),
        ("研发人员占比", ["50%以上", "60%以上"], ValueType.PERCENT),
        ("增速", ["12.5", "-3"], ValueType.PERCENT),
        ("专利数", ["800+", "1,200件", "-"], ValueType.COUNT),
        ("排名", ["1", "2"], ValueType.COUNT),
        ("研究人员", ["200+人", "50人"], ValueType.HEADCOUNT),
        ("认定时间", ["2015年", "2016年"], ValueType.YEAR),
        ("认定年份", ["2015", "2016"], ValueType.YEAR),
        ("上市日期", ["2015-07-09", "2016年"], ValueType.DATE),
        ("上市日期", ["42194", "42200"], ValueType.DATE),
        ("股票代号", ["1810", "BIDU", "600100.SH"], ValueType.CODE),
        ("开源仓库", ["https://github.com/a", "https://github.com/b"], ValueType.URL),
        ("入库批次", ["第二批", "第三批"], ValueType.BATCH),
        ("融资轮次", ["A轮", "D轮"], ValueType.TEXT),
        ("研发投入", ["高", "极高"], ValueType.TEXT),
        ("特点", ["全球消费无人机70%份额", "非洲手机市场第一"], ValueType.TEXT),
        ("产品", ["A100", "2022款"], ValueType.TEXT),
        ("备注", ["-", "无"], ValueType.TEXT),
        ("备注", [], ValueType.TEXT),
    ],
)
def test_type_of_a_column(header: str, cells: list[str], kind: ValueType) -> None:
    assert own_field(header, cells).type is kind


@pytest.mark.parametrize(
    ("header", "cells", "currency"),
    [
        ("估值", ["30亿美元", "12亿美元", "5亿元"], "美元"),
        ("注册资本（万美元）", ["300", "500"], "美元"),
        ("营业收入（亿元）", ["10,846"], "元"),
        ("增速", ["12%"], ""),
    ],
)
def test_currency_of_a_column(header: str, cells: list[str], currency: str) -> None:
    assert own_field(header, cells).currency == currency


def test_amounts_in_another_currency_do_not_compare() -> None:
    worth = own_field("估值", ["30亿美元", "12亿美元", "5亿元"])
    assert parse("30亿美元", worth) == (Interval.point(30e8),)
    assert parse("5亿元", worth) == ()


def test_column_is_asked_for_by_its_header_its_parts_and_words_about_it() -> None:
    asked = own_field("估值/市值（亿元）", ["1.5万亿"]).asked
    assert {"估值/市值(亿元)", "估值", "市值", "值多少钱"} <= set(asked)
    assert "什么时候上市" in own_field("上市时间", ["2015年"]).asked
    assert "注册资金" in own_field("注册资本（万元）", ["5000"]).asked


def test_best_place_of_a_ranking_is_the_lowest_number() -> None:
    assert "最靠前" in own_field("2025年排名", ["8", "25"]).comparison.least


def test_own_column_keeps_its_header_in_every_language() -> None:
    column = own_field("专利数", ["3件"])
    assert (column.key, column.own, column.cites) == ("专利数", True, ("专利数",))
    assert set(column.labels.values()) == {"专利数"}


def test_own_fields_of_companies_are_those_that_the_registry_lacks() -> None:
    origin = Origin("list.md", (), 1, 1, "")
    values = {key: Value(text, origin) for key, text in (("city", "苏州"), ("专利数", "3件"))}
    rows = (CompanyRow("甲", values, Facts(), origin),)
    found = own_fields([Company("1", "甲", (), rows)])
    assert {key: one.type for key, one in found.items()} == {"专利数": ValueType.COUNT}


def test_column_below_a_group_is_called_in_either_order() -> None:
    names = column_names("营业收入（万元） 2024年")
    assert {"营业收入2024年", "2024年营业收入"} <= set(names)


def test_amounts_of_a_year_are_no_dates() -> None:
    column = own_field("2023年度营业收入（万元）", ["40179", "39000", "45000"])
    assert (column.type, column.scale) == (ValueType.MONEY, 1e4)
