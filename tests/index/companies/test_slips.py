"""Rows whose values stand one column off: what is not told, and what still is."""

from __future__ import annotations

import pytest

from index.companies.slips import slipped_columns
from index.places.gazetteer import Gazetteer
from index.sources.markdown import read_markdown
from index.tables import TypedRows, read_tables

HEADER = ("name", "founded", "domain", "product", "headcount", "website", "listing")
COLUMNS = {field: number for number, field in enumerate(HEADER)}


def astray(*texts: str) -> set[str]:
    """Return the fields under which something of another field stands."""
    return {HEADER[number] for number in slipped_columns(COLUMNS, texts)}


def test_row_that_fits_its_header_has_not_slipped():
    row = ("甲科技", "2007年", "激光", "激光器", "500人", "https://a.com", "未上市")
    assert astray(*row) == set()


def test_cell_left_out_moves_what_stands_before_and_behind_it():
    row = ("甲科技", "2007年", "激光", "500人", "https://a.com", "科创板:688001")
    assert astray(*row) == {"domain", "product", "headcount", "website"}


def test_two_cells_in_each_other_s_place_leave_the_others_alone():
    row = ("甲科技", "2007年", "激光", "激光器", "https://a.com", "500人", "科创板:688001")
    assert astray(*row) == {"headcount", "website"}


def test_values_in_a_ring_are_all_astray():
    row = ("甲科技", "激光器", "激光", "2007年", "500人", "https://a.com", "未上市")
    assert astray(*row) == {"founded", "domain", "product"}


def test_blank_cells_are_never_astray():
    assert astray("甲科技", "-", "激光", "无", "未公开", "", "未上市") == set()


@pytest.mark.parametrize(
    "product", ["2000年份茅台酒", "Trip.com", "第二批次产品的生产线", "58同城"]
)
def test_product_with_a_number_or_a_dot_is_a_product(product: str):
    row = ("甲科技", "2007年", "激光", product, "500人", "https://a.com", "未上市")
    assert astray(*row) == set()


def test_value_that_is_only_unreadable_has_not_slipped():
    row = ("甲科技", "不惑之年", "激光", "激光器", "若干", "建设中", "筹备")
    assert astray(*row) == set()


def read(gazetteer: Gazetteer, *rows: str) -> TypedRows:
    header = "| 企业名称 | 成立时间 | 领域 | 产品 | 员工规模 | 官网 | 上市情况 | 融资 |"
    text = "\n".join(("# 武汉企业", "", header, "|" + "---|" * 8, *rows))
    return read_tables(read_markdown(text, "a.md", ""), gazetteer)


def test_slipped_values_are_told_under_no_field_and_the_row_stays(gazetteer: Gazetteer):
    found = read(
        gazetteer,
        "| 甲科技 | 2007年 | 激光 | 激光器 | 500人 | https://a.com | 未上市 | A轮 |",
        "| 乙科技 | 2011年 | 光模块 | 模块 | https://b.com | 300人 | 创业板:301205 | B轮 |",
    )
    row = found.companies[1]
    assert (row.name, row.facts.founded, row.facts.city) == ("乙科技", 2011, "武汉")
    assert row.values.keys().isdisjoint({"headcount", "website"})
    assert (row.facts.headcount, row.facts.website) == (None, None)
    assert (row.values["listing"].text, row.values["融资"].text) == ("创业板:301205", "B轮")
    assert [(slip.field, slip.text) for slip in row.slips] == [
        ("headcount", "https://b.com"),
        ("website", "300人"),
    ]
    ((noted),) = found.slipped
    assert (noted.line, "“300人”在“企业主页”下" in noted.reason) == (6, True)
    assert found.skipped == []


def test_homepage_under_a_label_has_not_slipped(gazetteer: Gazetteer):
    found = read(
        gazetteer,
        "| 甲科技 | 2007年 | 激光 | 激光器 | 500人 | [官网](https://a.com) | 未上市 | A轮 |",
        "| 乙科技 | 2007年 | 激光 | 激光器 | 500人 | [官网](https://b.com) | 未上市 | A轮 |",
    )
    assert [row.facts.website for row in found.companies] == ["https://a.com", "https://b.com"]
    assert found.slipped == []
