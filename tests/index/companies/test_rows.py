"""Rows of company tables: names, groups, columns, cities, and rows that are no companies."""

from __future__ import annotations

import pytest

from index.places.gazetteer import Gazetteer
from index.sources.markdown import read_markdown
from index.tables import TypedRows, read_tables
from index.types import Listing, ListingStatus


def typed(gazetteer: Gazetteer, header: str, *rows: str, above: str = "") -> TypedRows:
    rule = "|".join("---" for _ in header.split("|"))
    text = "\n".join((above, "", f"| {header} |", f"|{rule}|", *(f"| {row} |" for row in rows)))
    return read_tables(read_markdown(text, "清单.md", ""), gazetteer)


def names(found: TypedRows) -> list[str]:
    return [row.name for row in found.companies]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("华为、大疆、腾讯", ["华为", "大疆", "腾讯"]),
        ("蔚来、江淮等", ["蔚来", "江淮"]),
        ("华为，大疆等10家企业", ["华为", "大疆"]),
        ("甲集团股份有限公司、乙重能股份有限公司", ["甲集团股份有限公司", "乙重能股份有限公司"]),
        ("奥比中光<br>乐动机器人", ["奥比中光", "乐动机器人"]),
        ("中芯国际集成电路<br>制造有限公司", ["中芯国际集成电路制造有限公司"]),
        ("Amazon.com, Inc.", ["Amazon.com, Inc."]),
        ("🚗 **比亚迪**（002594）", ["比亚迪"]),
        ("理想汽车[^1]", ["理想汽车"]),
        ("小鹏汽车 ★", ["小鹏汽车"]),
        ("~~威马汽车~~", ["威马汽车"]),
        ("1、安克创新", ["安克创新"]),
        ("360集团", ["360集团"]),
        ("51.com", ["51.com"]),
        ("极飞科技(XAG)", ["极飞科技(XAG)"]),
        ("![标志](a.png) 大疆创新", ["大疆创新"]),
        ("[**影石创新**](https://a.com)", ["影石创新"]),
    ],
)
def test_names_in_a_cell(gazetteer: Gazetteer, cell: str, expected: list[str]) -> None:
    assert names(typed(gazetteer, "企业 | 城市", f"{cell} | 深圳")) == expected


def test_every_company_of_a_group_is_cited_by_the_row(gazetteer: Gazetteer) -> None:
    found = typed(gazetteer, "企业 | 城市 | 说明", "华为、中兴 | 深圳 | 通信")
    assert [(row.origin.line_start, row.facts.city) for row in found.companies] == [(5, "深圳")] * 2
    assert found.rows == 1


def test_stock_code_behind_a_name_is_its_listing(gazetteer: Gazetteer) -> None:
    (row,) = typed(gazetteer, "企业 | 城市", "比亚迪（002594） | 深圳").companies
    assert (row.name, row.values["listing"].text) == ("比亚迪", "002594")


def test_columns_of_one_header_are_all_kept(gazetteer: Gazetteer) -> None:
    (row,) = typed(
        gazetteer, "企业名称 | 营收 | 增速 | 营收 | 增速", "甲 | 1 | 2% | 3 | 4%"
    ).companies
    told = {name: value.text for name, value in row.values.items() if name != "name"}
    assert told == {"营收": "1", "增速": "2%", "营收 2": "3", "增速 2": "4%"}


def test_column_without_header_and_cells_beyond_it_have_their_number(gazetteer: Gazetteer) -> None:
    (row,) = typed(gazetteer, "企业名称 | 城市 | ", "甲 | 苏州 | 重点 | 另注").companies
    assert row.values["第3列"].text == "重点"
    assert "" not in row.values
    pipes = "企业名称 | 城市\n-|-\n甲科技 | 苏州 | 多的\n"
    (row,) = read_tables(read_markdown(pipes, "a.md", ""), gazetteer).companies
    assert {name: value.text for name, value in row.values.items()}.keys() >= {"name", "city"}


def test_blank_cells_left_of_the_name_repeat_the_cell_above(gazetteer: Gazetteer) -> None:
    found = typed(
        gazetteer,
        "城市 | 企业 | 产品",
        "合肥 | 甲 | 语音",
        " | 乙 | ",
        "芜湖 | 丙 | 汽车",
        "同上 | 丁 | -",
    )
    assert [row.facts.city for row in found.companies] == ["合肥", "合肥", "芜湖", "芜湖"]
    assert found.companies[1].values["city"].origin.line_start == 5
    assert "product" not in found.companies[1].values


def test_row_of_one_place_is_the_city_of_those_below(gazetteer: Gazetteer) -> None:
    found = typed(
        gazetteer,
        "企业 | 产品 | 成立时间",
        "**深圳市** | | ",
        "优必选 | 人形机器人 | 2012年",
        "**沈阳市** | | ",
        "新松 | 工业机器人 | 2000年",
        "**一、零部件** | | ",
        "绿的谐波 | 减速器 | 2011年",
    )
    assert [row.facts.city for row in found.companies] == ["深圳", "沈阳", None]
    assert [(one.line, one.reason) for one in found.skipped] == [
        (5, "分组标题，不是企业"),
        (7, "分组标题，不是企业"),
        (9, "分组标题，不是企业"),
    ]
    assert [passage.text for passage in found.passages] == ["一、零部件"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("合计 | 17家 | |", "合计行，不是企业"),
        ("**总计：5家** | | |", "合计行，不是企业"),
        ("1 | 小计 | | 4家", "合计行，不是企业"),
        ("… | … | … | …", "省略或其他，没有企业名称"),
        ("8 | 其他 | | ", "省略或其他，没有企业名称"),
        (" | 注：排名不分先后 | | ", "表中的说明，不是企业"),
        ("三 | 苏州市（2家） | | ", "分组标题，不是企业"),
        ("前三强 | | | ", "分组标题，不是企业"),
        ("9 | - | 苏州 | 芯片", "没有企业名称"),
    ],
)
def test_row_that_names_no_company_is_skipped_with_its_reason(
    gazetteer: Gazetteer, row: str, reason: str
) -> None:
    found = typed(gazetteer, "序号 | 企业名称 | 城市 | 产品", "1 | 甲 | 苏州 | 芯片", row)
    assert names(found) == ["甲"]
    assert [(one.line, one.reason) for one in found.skipped] == [(6, reason)]


def test_row_of_nothing_but_a_name_is_a_company(gazetteer: Gazetteer) -> None:
    found = typed(gazetteer, "企业 | 产品 | 成立时间", "甲科技 | 芯片 | 2001年", "乙科技 | | ")
    assert names(found) == ["甲科技", "乙科技"]


def test_every_row_is_read_or_skipped_or_of_another_table(gazetteer: Gazetteer) -> None:
    text = (
        "| 企业 | 城市 | 产品 |\n|---|---|---|\n| 甲、乙 | 苏州 | 芯片 |\n"
        "| 合计 | 2 | |\n| | | |\n\n"
        "| 行业 | 数量 |\n|---|---|\n| 芯片 | 2 |\n| 软件 | 3 |\n| 行业 | 数量 |\n"
    )
    found = read_tables(read_markdown(text, "a.md", ""), gazetteer)
    assert (found.rows, found.others) == (1, 2)
    assert [(one.line, one.reason) for one in found.skipped] == [
        (4, "合计行，不是企业"),
        (5, "空行"),
        (11, "重复的表头"),
    ]


def test_city_comes_from_column_then_heading_then_title_then_district(gazetteer: Gazetteer) -> None:
    def city(header: str, row: str, above: str = "") -> tuple[str | None, int]:
        (found,) = typed(gazetteer, header, row, above=above).companies
        return found.facts.city, found.values["city"].origin.line_start

    assert city("企业 | 城市 | 地址", "甲 | 苏州 | 杭州市一路", "# 深圳企业") == ("苏州", 5)
    assert city("企业 | 区域 | 产品", "甲 | 浦东新区 | 芯片", "# 深圳企业") == ("深圳", 1)
    assert city("企业 | 区域 | 产品", "甲 | 浦东新区 | 芯片") == ("上海", 5)
    assert city("企业 | 地址", "甲 | 杭州市滨江区一路") == ("杭州", 5)


@pytest.mark.parametrize(
    "heading", ["企业列表", "Top 50企业", "按成立时间分类", "国际企业列表", "档案"]
)
def test_heading_that_only_arranges_is_no_industry(gazetteer: Gazetteer, heading: str) -> None:
    (row,) = typed(gazetteer, "企业 | 城市", "甲 | 苏州", above=f"# {heading}").companies
    assert "industry" not in row.values


@pytest.mark.parametrize(
    ("title", "city"),
    [
        ("苏州工业园区企业名单", "苏州"),
        ("3.2 上海市（32家）", "上海"),
        ("上海证券交易所上市公司名录", None),
        ("南京大学校友企业名单", None),
        ("广州、珠海企业", None),
        ("北京和上海的企业", None),
        ("江苏省企业名单", None),
    ],
)
def test_title_places_companies_only_if_it_is_about_one_city(
    gazetteer: Gazetteer, title: str, city: str | None
) -> None:
    (row,) = typed(gazetteer, "企业 | 产品", "甲科技 | 芯片", above=f"# {title}").companies
    assert row.facts.city == city


def test_municipality_in_a_column_of_provinces_is_the_city(gazetteer: Gazetteer) -> None:
    rows = ("甲科技 | 北京", "乙科技 | 山东", "丙科技 | 上海市")
    found = typed(gazetteer, "企业名称 | 所属省份", *rows)
    assert [row.facts.city for row in found.companies] == ["北京", None, "上海"]
    assert [row.facts.province for row in found.companies] == ["北京", "山东", "上海"]


def test_code_in_a_column_of_its_own_belongs_to_the_listing(gazetteer: Gazetteer) -> None:
    (row,) = typed(gazetteer, "企业名称 | 上市地 | 股票代号", "甲科技 | 科创板 | 688256").companies
    assert row.facts.listing == Listing(ListingStatus.LISTED, "科创板", "688256")
    assert (row.values["listing"].text, row.values["股票代号"].text) == ("科创板", "688256")


def test_heading_below_one_that_sorts_by_trades_is_the_industry(gazetteer: Gazetteer) -> None:
    above = "# 北京企业\n\n## 4.3 按业务领域分类\n\n### 4.3.1 计算机视觉"
    (row,) = typed(gazetteer, "企业 | 产品", "甲科技 | 相机", above=above).companies
    assert (row.facts.city, row.values["industry"].text) == ("北京", "计算机视觉")
    above = above.replace("按业务领域分类", "技术突破")
    (row,) = typed(gazetteer, "企业 | 产品", "甲科技 | 相机", above=above).companies
    assert "industry" not in row.values
