"""Table rows as typed rows: where each field comes from, and that no row is lost."""

from __future__ import annotations

import pytest

from index.places.gazetteer import Gazetteer
from index.sources.markdown import read_markdown
from index.tables import TypedRows, read_tables
from index.types import CompanyRow, Document, Headcount, Listing, ListingStatus


def typed(text: str, gazetteer: Gazetteer) -> TypedRows:
    return read_tables(read_markdown(text, "清单.md", ""), gazetteer)


def company(header: str, row: str, gazetteer: Gazetteer, above: str = "") -> CompanyRow:
    delimiter = "|".join("---" for _ in header.split("|"))
    text = f"{above}\n\n| {header} |\n|{delimiter}|\n| {row} |\n"
    (found,) = typed(text, gazetteer).companies
    return found


# --- the seed list ----------------------------------------------------------------------------


def test_every_body_row_of_the_seed_lands_in_one_place(
    seed_document: Document, gazetteer: Gazetteer
) -> None:
    found = read_tables(seed_document, gazetteer)
    criteria_rows = {clause.origin.line_start for clause in found.clauses}
    assert len(found.companies) == 33 + 28
    assert len(found.statistics) == 10
    assert len(criteria_rows) == 4
    assert found.passages == list(seed_document.passages)
    assert found.skipped == []


def test_full_row_of_the_seed_has_every_field_typed(
    seed_document: Document, gazetteer: Gazetteer
) -> None:
    rows = read_tables(seed_document, gazetteer).companies
    row = next(row for row in rows if row.name == "苏州敏芯微电子技术股份有限公司")
    facts = row.facts
    assert (facts.founded, facts.batch) == (2007, 2)
    assert facts.headcount == Headcount(500, 1000)
    assert facts.listing == Listing(ListingStatus.LISTED, "科创板", "688286")
    assert (facts.city, facts.province, facts.district) == ("苏州", "江苏", "工业园区")
    assert facts.website == "https://www.memsensing.com"
    assert row.values["technology"].text == "MEMS传感器"
    assert row.values["website"].text == "https://www.memsensing.com"
    assert (row.values["city"].text, row.values["city"].origin.line_start) == ("苏州市", 66)
    assert {row.values[name].origin.line_start for name in ("name", "domain", "batch")} == {73}


def test_short_row_of_the_seed_leaves_unknown_what_it_does_not_say(
    seed_document: Document, gazetteer: Gazetteer
) -> None:
    rows = read_tables(seed_document, gazetteer).companies
    row = next(row for row in rows if row.name == "长江存储")
    facts = row.facts
    assert (facts.city, facts.province) == ("武汉", "湖北")
    assert (facts.founded, facts.headcount, facts.batch, facts.district) == (None,) * 4
    assert row.values.keys() == {"name", "city", "domain", "product", "listing", "industry"}
    assert row.values["industry"].text == "半导体/集成电路"


@pytest.mark.parametrize(
    ("name", "city"), [("浙江大华技术股份有限公司", "杭州"), ("浙江强脑科技有限公司", "杭州")]
)
def test_city_is_the_tables_and_not_the_names(
    seed_document: Document, gazetteer: Gazetteer, name: str, city: str
) -> None:
    rows = read_tables(seed_document, gazetteer).companies
    assert [row.facts.city for row in rows if row.name == name] == [city]


def test_regional_rows_of_the_seed_have_open_counts(
    seed_document: Document, gazetteer: Gazetteer
) -> None:
    regions = read_tables(seed_document, gazetteer).statistics
    assert {region.place: (region.count, region.open_ended) for region in regions} == {
        "北京": (800, True),
        "上海": (700, True),
        "深圳": (750, True),
        "杭州": (400, True),
        "苏州": (500, True),
        "广州": (350, True),
        "宁波": (300, True),
        "成都": (250, True),
        "武汉": (280, True),
        "南京": (220, True),
    }


def test_clauses_of_the_seed_slice_back_out_of_the_file(
    seed_document: Document, gazetteer: Gazetteer
) -> None:
    clauses = read_tables(seed_document, gazetteer).clauses
    assert [clause.dimension for clause in clauses] == (
        ["专业化"] * 2 + ["精细化"] * 2 + ["特色化"] + ["新颖化"] * 2
    )
    for clause in clauses:
        assert seed_document.slice(clause.span) == clause.text
    assert clauses[2].text == "研发费用占比不低于3%"


# --- where city and province come from --------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "header", "row", "city", "province"),
    [
        ("## 3.5 苏州市小巨人企业", "企业名称", "甲", "苏州", "江苏"),
        ("## 3.5 苏州市小巨人企业", "企业名称 | 城市", "甲 | 南京", "南京", "江苏"),
        ("## 3.5 苏州市小巨人企业", "企业名称 | 城市", "甲 | -", "苏州", "江苏"),
        ("## 苏州市\n### 人工智能", "企业名称", "甲", "苏州", "江苏"),
        ("## 苏州市\n### 南京市", "企业名称", "甲", "南京", "江苏"),
        ("## 人工智能", "企业名称", "甲", None, None),
        ("## 人工智能", "企业名称 | 所在地", "甲 | 江苏省昆山市", "苏州", "江苏"),
        ("## 人工智能", "企业名称 | 城市", "甲 | 北京", "北京", "北京"),
        ("", "企业名称 | 省份", "甲 | 江苏省", None, "江苏"),
        ("", "企业名称 | 城市", "甲 | 江苏", None, "江苏"),
        ("", "企业名称 | 省份 | 城市", "甲 | 浙江 | 苏州", "苏州", "江苏"),
        ("", "企业名称 | 城市", "甲 | 某地", None, None),
    ],
)
def test_city_comes_from_the_row_or_the_nearest_heading_that_names_one(
    gazetteer: Gazetteer,
    above: str,
    header: str,
    row: str,
    city: str | None,
    province: str | None,
) -> None:
    facts = company(header, row, gazetteer, above).facts
    assert (facts.city, facts.province) == (city, province)


@pytest.mark.parametrize(
    ("above", "header", "row", "industry"),
    [
        ("## 4.2 5G通信", "企业名称 | 城市", "甲 | 苏州", "5G通信"),
        ("## 苏州市企业", "企业名称 | 城市", "甲 | 苏州", None),
        ("## 人工智能", "企业名称", "甲", None),
        ("", "企业名称 | 城市", "甲 | 苏州", None),
    ],
)
def test_industry_is_the_heading_over_rows_that_have_a_city_of_their_own(
    gazetteer: Gazetteer, above: str, header: str, row: str, industry: str | None
) -> None:
    value = company(header, row, gazetteer, above).values.get("industry")
    assert (value.text if value else None) == industry


# --- cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text", "website"),
    [
        ("[a.com](https://www.a.com)", "https://www.a.com", "https://www.a.com"),
        ("https://a.com", "https://a.com", "https://a.com"),
        ("www.a.com", "www.a.com", "https://www.a.com"),
        ("建设中", "建设中", None),
    ],
)
def test_website_is_the_target_of_the_link(
    gazetteer: Gazetteer, cell: str, text: str, website: str | None
) -> None:
    row = company("企业名称 | 官网", f"甲 | {cell}", gazetteer)
    assert (row.values["website"].text, row.facts.website) == (text, website)


def test_blank_cells_say_nothing_and_unknown_columns_keep_their_header(
    gazetteer: Gazetteer,
) -> None:
    row = company("企业名称 | 领域 | 专利数 | 备注", "甲 | 无 | 12 | ", gazetteer)
    assert {name: value.text for name, value in row.values.items()} == {
        "name": "甲",
        "专利数": "12",
    }


def test_second_column_of_a_field_keeps_its_own_header(gazetteer: Gazetteer) -> None:
    row = company("企业名称 | 行业 | 细分领域", "甲 | 电子 | MEMS", gazetteer)
    assert row.values["domain"].text == "电子"
    assert row.values["细分领域"].text == "MEMS"


def test_ragged_row_has_the_fields_of_the_cells_it_has(gazetteer: Gazetteer) -> None:
    row = company("企业名称 | 领域 | 产品", "甲 | MEMS", gazetteer)
    assert row.values.keys() == {"name", "domain"}


# --- rows that are no company -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        ("企业名称 | 城市", "| 苏州", "没有企业名称"),
        ("企业名称 | 城市", "- | 苏州", "没有企业名称"),
        ("城市 | 企业名称", "苏州", "没有企业名称"),
        ("企业名称 | 城市", " | ", "空行"),
        ("维度 | 要求", " | ", "空行"),
    ],
)
def test_row_that_cannot_be_read_is_skipped_with_line_and_reason(
    gazetteer: Gazetteer, header: str, row: str, reason: str
) -> None:
    good = "| 甲 | 苏州 |"
    found = typed(f"| {header} |\n|---|---|\n| {row} |\n{good}\n", gazetteer)
    assert [(each.source, each.line, each.reason) for each in found.skipped] == [
        ("清单.md", 3, reason)
    ]
    assert len(found.companies) + len(found.clauses) == 1


def test_row_of_an_unknown_table_is_told_apart_by_its_first_column(gazetteer: Gazetteer) -> None:
    text = "| 序号 | 年份 | 会议 |\n|---|---|---|\n| 1 | 2024 | [大会](https://a.cn) |\n"
    document = read_markdown(text, "清单.md", "")
    (row,) = read_tables(document, gazetteer).statistics
    assert (row.dimension, row.label, row.place, row.count) == ("年份", "2024", "", None)
    assert row.values["会议"].text == "大会"
    assert row.origin.quote == "| 1 | 2024 | [大会](https://a.cn) |"


def test_row_with_one_cell_of_an_unknown_table_becomes_a_passage(gazetteer: Gazetteer) -> None:
    text = "| 年份 | 会议 |\n|---|---|\n| 2024 | - |\n"
    document = read_markdown(text, "清单.md", "")
    (passage,) = read_tables(document, gazetteer).passages
    assert document.slice(passage.span) == passage.raw
    assert passage.origin.quote == "| 2024 | - |"


@pytest.mark.parametrize(
    ("row", "place", "count"),
    [
        ("江苏省 | 1,200+", "江苏", 1200),
        ("长三角 | 3000", "长三角", 3000),
        ("北京 | 无", "北京", None),
    ],
)
def test_regional_row_has_the_short_name_of_its_place(
    gazetteer: Gazetteer, row: str, place: str, count: int | None
) -> None:
    (region,) = typed(f"| 地区 | 数量 |\n|---|---|\n| {row} |\n", gazetteer).statistics
    assert (region.place, region.count) == (place, count)


@pytest.mark.parametrize(("province", "city"), [("上海", "上海"), ("江苏", None)])
def test_province_that_is_a_city_is_the_city_of_a_row_without_one(
    gazetteer: Gazetteer, province: str, city: str | None
) -> None:
    text = f"| 企业名称 | 所属省份 |\n|---|---|\n| 甲光科技有限公司 | {province} |\n"
    (row,) = typed(text, gazetteer).companies
    assert row.facts.city == city
    assert row.facts.province == province
