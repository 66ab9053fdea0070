"""Browsing a small list that can be counted by hand, and the seeds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.browsing.catalog import Catalog
from assistant.browsing.facets import UNKNOWN, facet_kinds
from assistant.browsing.selection import Facet, Selection
from index.store.records import Records
from tests.stored import catalog_of, records_of

LIST = """# 试验清单

| 企业名称 | 所在城市 | 细分领域 | 主导产品 | 成立时间 | 员工规模 | 上市情况 |
|---|---|---|---|---|---|---|
| 苏州甲传感科技有限公司 | 苏州 | 传感器、MEMS | 压力传感器 | 2007年 | 500-1000人 | 科创板:688286 |
| 苏州乙激光科技有限公司 | 苏州 | 激光 | 激光雷达 | 2015年 | 100-200人 | 未上市 |
| 杭州丙智能科技有限公司 | 杭州 | 传感器 | 视觉传感器 | 1999年 | 5000+人 | 港交所：02018 |
| 合肥丁材料有限公司 | 合肥 | 新材料 | 甲醇催化剂 | 1975年 |  |  |
"""
OTHER = """# 另一清单

| 企业名称 | 所在城市 | 细分领域 |
|---|---|---|
| 苏州甲传感科技有限公司 | 苏州 | 芯片 |
| 南京戊软件有限公司 | 南京 | 工业软件 |
"""


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    folder = tmp_path_factory.mktemp("lists")
    paths = [folder / "a.md", folder / "b.md"]
    for path, text in zip(paths, (LIST, OTHER), strict=True):
        path.write_text(text, "utf-8")
    return catalog_of(records_of(paths, folder))


@pytest.fixture(scope="module")
def seeds(seed_records: Records) -> Catalog:
    return catalog_of(seed_records)


def names(catalog: Catalog, selection: Selection) -> str:
    """Return what tells the companies found apart, in order."""
    return "".join(one.name[2] for one in catalog.select(selection).companies)


def facet(catalog: Catalog, key: str, selection: Selection | None = None) -> Facet:
    found = catalog.select(selection or Selection()).facets
    return next(one for one in found if one.key == key)


def counts(found: Facet) -> dict[str, int]:
    return {value.key: value.count for value in found.values}


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(), "甲乙丙丁戊"),
        (Selection("激光"), "乙"),
        (Selection("传感器"), "甲丙"),
        (Selection("传感器 杭州"), "丙"),
        (Selection("688286"), "甲"),
        (Selection("2018"), "丙"),
        (Selection("ｍｅｍｓ"), "甲"),
        (Selection("江苏"), "甲乙戊"),
        (Selection("不存在"), ""),
        (Selection(chosen={"city": ("苏州",)}), "甲乙"),
        (Selection(chosen={"city": ("苏州", "杭州")}), "甲乙丙"),
        (Selection(chosen={"city": ("苏州",), "domain": ("传感器",)}), "甲"),
        (Selection(chosen={"listing": ("科创板",)}), "甲"),
        (Selection(chosen={"listing": ("listed",)}), "甲丙"),
        (Selection(chosen={"listing": (UNKNOWN,)}), "丁戊"),
        (Selection(chosen={"founded": ("0",)}), "丁"),
        (Selection(chosen={"headcount": ("100",)}), "乙"),
        (Selection(chosen={"list": ("b.md",)}), "甲戊"),
        (Selection(chosen={"city": ("没有",)}), ""),
    ],
)
def test_selection_finds(catalog: Catalog, selection: Selection, found: str) -> None:
    assert names(catalog, selection) == found


@pytest.mark.parametrize(
    ("sort", "descending", "found"),
    [
        ("founded", False, "丁丙甲乙戊"),
        ("founded", True, "乙甲丙丁戊"),
        ("headcount", True, "丙甲乙丁戊"),
        ("headcount", False, "乙甲丙丁戊"),
        # 杭州 hangzhou, 合肥 hefei, 南京 nanjing, 苏州 suzhou.
        ("city", False, "丙丁戊甲乙"),
        ("name", True, "乙甲戊丁丙"),
    ],
)
def test_order_has_the_unknown_last(
    catalog: Catalog, sort: str, descending: bool, found: str
) -> None:
    assert names(catalog, Selection(sort=sort, descending=descending)) == found


def test_companies_named_so_come_before_those_that_do_so(catalog: Catalog) -> None:
    # 甲 stands in the product of 丁, too.
    assert names(catalog, Selection("甲")) == "甲丁"
    assert names(catalog, Selection("甲", sort="founded")) == "丁甲"
    assert [one.name[2] for one in catalog.search("甲", 1)] == ["甲"]
    assert catalog.search(" ", 5) == ()


def test_facet_counts_leave_its_own_choice_aside(catalog: Catalog) -> None:
    chosen = Selection("科技", {"city": ("苏州",)})
    assert counts(facet(catalog, "city", chosen)) == {"苏州": 2, "杭州": 1}
    assert counts(facet(catalog, "domain", chosen)) == {
        "传感器": 1,
        "mems": 1,
        "激光": 1,
        "芯片": 1,
    }
    assert [one.key for one in facet(catalog, "city", chosen).chosen] == ["苏州"]


def test_count_of_a_value_is_what_choosing_it_leaves(seeds: Catalog) -> None:
    before = Selection("芯片", {"city": ("上海", "北京")})
    for found in seeds.select(before).facets:
        for value in found.values:
            chosen = {**before.chosen, found.key: (value.key,)}
            assert seeds.select(replace(before, chosen=chosen)).total == value.count, value


def test_chosen_value_without_companies_stays_to_be_taken_away(catalog: Catalog) -> None:
    shown = facet(catalog, "city", Selection("激光", {"city": ("合肥", "没有")}))
    assert counts(shown) == {"苏州": 1, "合肥": 0, "没有": 0}


def test_company_of_several_values_counts_under_each(catalog: Catalog) -> None:
    assert counts(facet(catalog, "list")) == {"a.md": 4, "b.md": 2}
    assert counts(facet(catalog, "domain"))["芯片"] == 1


def test_facet_that_tells_no_companies_apart_is_absent(catalog: Catalog, seeds: Catalog) -> None:
    shown = {one.key for one in catalog.select(Selection()).facets}
    assert shown == {kind.key for kind in facet_kinds()} - {"batch"}
    assert "list" not in {one.key for one in seeds.select(Selection()).facets}


def test_values_stand_by_number_or_in_their_own_order(catalog: Catalog) -> None:
    assert facet(catalog, "city").values[0].key == "苏州"
    assert [one.label for one in facet(catalog, "founded").values] == [
        "2010–2019",
        "2000–2009",
        "1990–1999",
        "1980年以前",
        UNKNOWN,
    ]


def test_choice_can_be_taken_back() -> None:
    chosen = Selection("激光", {"city": ("苏州", "杭州")}, page=3)
    assert chosen.without("city", "苏州") == Selection("激光", {"city": ("杭州",)})
    assert chosen.without_text() == Selection("", {"city": ("苏州", "杭州")})


def test_values_may_be_told_by_their_labels(catalog: Catalog) -> None:
    told = Selection(
        chosen={"domain": ("MEMS", "mems"), "founded": ("2000–2009",), "list": ("试验清单",)}
    )
    assert catalog.named(told).chosen == {
        "domain": ("mems",),
        "founded": ("2000",),
        "list": ("a.md",),
    }
    assert names(catalog, catalog.named(told)) == "甲"
    assert catalog.named(Selection(chosen={"city": ("没有",)})).chosen == {"city": ("没有",)}


def test_companies_are_found_by_id_once_each(catalog: Catalog) -> None:
    ids = [one.id for one in catalog.select(Selection()).companies]
    assert [one.id for one in catalog.find([ids[2], "x", ids[0], ids[2]])] == [ids[2], ids[0]]


def test_page_is_a_stretch_of_all_that_is_found(seeds: Catalog) -> None:
    chosen = Selection(sort="name", page=2)
    whole = seeds.select(replace(chosen, page=1), rows=100)
    page = seeds.select(chosen, rows=10)
    assert (whole.pages, page.pages, page.total) == (1, 5, whole.total)
    assert page.companies == whole.companies[10:20]
    assert seeds.select(replace(chosen, page=99), rows=10).page == 5


def test_all_that_is_found_is_known_by_ids(seeds: Catalog) -> None:
    found = seeds.matching(Selection("芯片", sort="founded"))
    ids = seeds.ids(found)
    assert [one.id for one in seeds.companies(found)] == ids
    assert sorted(seeds.numbers(ids)) == sorted(found)
