"""Everything that the sources say of one company, field by field."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.browsing.profile import fields_of, profile_of
from index.corpus import read_corpus
from index.types import Company

FIRST = """# 小巨人企业清单

## 苏州市小巨人企业

| 企业名称 | 细分领域 | 上市情况 | 特色 |
|---|---|---|---|
| 甲光科技有限公司 | 激光雷达 | 港交所:09660 | 车规级 |
"""

SECOND = """# 瞪羚企业清单

| 企业名称 | 城市 | 领域 | 上市情况 | 估值（亿美元） |
|---|---|---|---|---|
| 甲光科技有限公司 | 南京 | 激光雷达 | 港交所：09660 | 12 |
"""


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """One company that stands in two lists."""
    for name, text in (("a.md", FIRST), ("b.md", SECOND)):
        (tmp_path / name).write_text(text, "utf-8")
    [found] = read_corpus([(tmp_path / name, name) for name in ("a.md", "b.md")]).companies
    return found


def places(told) -> list[tuple[str, int]]:
    return [(origin.source, origin.line_start) for origin in told.origins]


def test_values_that_differ_are_told_apart_each_with_its_place(company: Company) -> None:
    [city] = profile_of(company, ["city"])
    # The first city is the heading's.
    assert [(told.text, places(told)) for told in city.values] == [
        ("苏州", [("a.md", 3)]),
        ("南京", [("b.md", 5)]),
    ]


def test_forms_of_one_text_are_one_value_with_both_places(company: Company) -> None:
    [listing] = profile_of(company, ["listing"])
    [told] = listing.values
    assert told.text == "港交所:09660"
    assert places(told) == [("a.md", 7), ("b.md", 5)]


def test_province_follows_from_the_city_and_is_cited_by_it(company: Company) -> None:
    [province] = profile_of(company, ["province"])
    [told] = province.values
    assert told.text == "江苏"
    assert places(told) == [("a.md", 3), ("b.md", 5)]


def test_fields_of_every_list_come_before_the_columns_of_one(company: Company) -> None:
    fields = profile_of(company)
    assert [field.canonical for field in fields] == sorted(
        (field.canonical for field in fields), reverse=True
    )
    assert [field.field for field in fields if not field.canonical] == ["特色", "估值（亿美元）"]
    assert {"city", "domain", "listing"} <= {field.field for field in fields}
    assert "name" not in fields_of([company])


def test_field_that_no_row_has_is_left_out(company: Company) -> None:
    assert profile_of(company, ["founded", "domain"])[0].field == "domain"
