"""Places that only the names of companies tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.companies.inferred import is_inferred
from index.corpus import read_corpus
from index.places.gazetteer import Gazetteer
from index.places.localities import leading_place
from index.types import CompanyRow


def rows(folder: Path, text: str, corrections: str = "") -> list[CompanyRow]:
    path = folder / "名单.csv"
    path.write_text(text, "utf-8")
    if corrections:
        path.with_name("名单.csv.columns.toml").write_text(corrections, "utf-8")
    return [row for one in read_corpus([(path, path.name)]).companies for row in one.rows]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("苏州能源集团股份有限公司", "苏州市"),
        ("新疆国际实业股份有限公司", "新疆维吾尔自治区"),
        ("吉林敖东药业", "吉林省"),
        ("昆山纸业有限公司", "昆山市"),
        ("宁德时代", "宁德市"),
        ("深圳", None),
        ("大连锁商业有限公司", None),
        ("南京路百货有限公司", None),
        ("东方财富", None),
        ("金山软件", None),
        ("华为技术有限公司", None),
    ],
)
def test_place_that_a_name_begins_with(gazetteer: Gazetteer, name: str, place: str | None) -> None:
    found = leading_place(name, gazetteer)
    assert (found.name if found else None) == place


def test_place_of_a_name_is_marked_and_cited_by_the_name(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "企业名称,主导产品\n昆山青瓦纸业有限公司,纸\n")
    assert (row.facts.province, row.facts.city) == ("江苏", "苏州")
    assert row.values["city"].text == "苏州市（据企业名称）"
    assert row.values["district"].text == "昆山市（据企业名称）"
    assert row.values["city"].origin == row.values["name"].origin
    assert is_inferred(row.values["city"])


@pytest.mark.parametrize(
    "text",
    [
        "企业名称,城市\n苏州甲有限公司,\n",
        "企业名称,地址\n苏州甲有限公司,—\n",
        "企业名称,城市\n苏州甲有限公司,上海\n",
    ],
)
def test_table_with_a_column_of_places_needs_no_names_for_them(tmp_path: Path, text: str) -> None:
    (row,) = rows(tmp_path, text)
    assert row.facts.city in (None, "上海")


def test_city_of_the_corrections_comes_before_that_of_the_name(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "企业名称,产品\n苏州甲有限公司,纸\n", 'city = "上海"\n')
    assert row.facts.city == "上海"


def test_another_row_that_tells_the_place_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "名单.md"
    path.write_text(
        "| 企业名称 | 产品 |\n|---|---|\n| 苏州甲有限公司 | 纸 |\n\n"
        "| 企业名称 | 城市 |\n|---|---|\n| 苏州甲有限公司 | 上海 |\n",
        "utf-8",
    )
    (company,) = read_corpus([(path, path.name)]).companies
    assert company.facts("city") == ("上海",)
    assert [value.text for value in company.values("city")] == ["上海"]
