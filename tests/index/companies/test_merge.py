"""Rows of one company joined, and what is ambiguous left apart."""

from __future__ import annotations

import pytest

from index.companies.merge import merge_rows, merged_rows, name_owners
from index.places.gazetteer import Gazetteer
from index.sources.markdown import read_markdown
from index.tables import read_tables
from index.types import Company, Corpus, UnresolvedRow

Merged = tuple[tuple[Company, ...], tuple[UnresolvedRow, ...]]

JOINED = {
    "地平线": "北京地平线机器人技术研发有限公司",
    "壁仞科技": "北京壁仞科技有限公司",
    "沪硅产业": "上海沪硅产业集团股份有限公司",
    "澜起科技": "上海澜起科技股份有限公司",
    "汇顶科技": "深圳市汇顶科技股份有限公司",
    "纳芯微": "苏州纳芯微电子股份有限公司",
    "旷视科技": "北京旷视科技有限公司",
    "商汤科技": "上海商汤智能科技有限公司",
    "声智科技": "北京声智科技有限公司",
    "大疆创新": "深圳市大疆创新科技有限公司",
    "优必选": "深圳市优必选科技股份有限公司",
    "宇树科技": "杭州宇树科技有限公司",
}

ALONE = {"寒武纪", "长江存储", "紫光展锐", "云从科技", "依图科技", "科大讯飞", "思必驰", "埃斯顿"}
ALONE |= {"汇川技术", "新松机器人", "宁德时代", "亿纬锂能", "璞泰来", "天赐材料", "恩捷股份"}


def merged(gazetteer: Gazetteer, *rows: str, regions: str = "") -> Merged:
    """Rows are ``name | city | website | alias``; regions ``place | count | representatives``."""
    lines = [
        "| 企业名称 | 城市 | 官网 | 简称 |",
        "|---|---|---|---|",
        *(f"| {row} |" for row in rows),
    ]
    if regions:
        lines += ["", "| 地区 | 数量 | 代表企业 |", "|---|---|---|", f"| {regions} |"]
    found = read_tables(read_markdown("\n".join(lines), "清单.md", ""), gazetteer)
    return merge_rows(found.companies, found.statistics, gazetteer)


def names(company: Company) -> list[str]:
    return [row.name for row in company.rows]


# --- the seed list ----------------------------------------------------------------------------


def test_seed_holds_48_companies_with_unique_ids(seed_corpus: Corpus) -> None:
    assert len(seed_corpus.companies) == 48
    assert len({company.id for company in seed_corpus.companies}) == 48


def test_short_rows_of_the_seed_join_their_companies_behind_the_full_row(
    seed_corpus: Corpus,
) -> None:
    joined = {
        company.rows[1].name: company.name
        for company in seed_corpus.companies
        if len(company.rows) == 2
    }
    assert joined == JOINED
    assert all(company.rows[0].name == company.name for company in seed_corpus.companies)


def test_companies_that_stand_only_under_a_short_name_stay_by_themselves(
    seed_corpus: Corpus,
) -> None:
    short = {c.name for c in seed_corpus.companies if not c.name.endswith(("公司", "研究院"))}
    assert short == ALONE


def test_row_that_fits_two_companies_of_the_seed_is_left_to_both(seed_corpus: Corpus) -> None:
    (unresolved,) = seed_corpus.unresolved
    by_id = {company.id: company.name for company in seed_corpus.companies}
    assert (unresolved.row.name, unresolved.row.facts.city) == ("燧原科技", "上海")
    assert {by_id[candidate] for candidate in unresolved.candidates} == {
        "北京燧原科技有限公司",
        "上海燧原智能科技有限公司",
    }


@pytest.mark.parametrize(
    ("alias", "owners"),
    [
        ("大疆", ["深圳市大疆创新科技有限公司"]),
        ("大疆创新", ["深圳市大疆创新科技有限公司"]),
        ("敏芯", ["苏州敏芯微电子技术股份有限公司"]),
        ("敏芯微", ["苏州敏芯微电子技术股份有限公司"]),
        ("商汤科技", ["上海商汤智能科技有限公司"]),
        ("海康", ["杭州海康威视数字技术股份有限公司"]),
        ("云从", ["云从科技"]),
        ("智源", ["北京智源人工智能研究院"]),
        ("燧原", ["北京燧原科技有限公司", "上海燧原智能科技有限公司"]),
        ("小鹏", []),
        ("芯片", []),
    ],
)
def test_alias_leads_to_its_companies(seed_corpus: Corpus, alias: str, owners: list[str]) -> None:
    found = name_owners(seed_corpus.companies).get(alias, ())
    assert [company.name for company in found] == owners


def test_aliases_are_longest_first_and_never_the_name_itself(seed_corpus: Corpus) -> None:
    for company in seed_corpus.companies:
        assert company.name not in company.aliases
        assert list(company.aliases) == sorted(company.aliases, key=lambda a: (-len(a), a))


# --- what joins and what does not -------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "companies"),
    [
        pytest.param(
            ["苏州敏芯科技有限公司 | 苏州", "敏芯 | 苏州"],
            [["苏州敏芯科技有限公司", "敏芯"]],
            id="short name, same city",
        ),
        pytest.param(
            ["敏芯 | 苏州", "苏州敏芯科技有限公司 | 苏州"],
            [["苏州敏芯科技有限公司", "敏芯"]],
            id="short name before the full one",
        ),
        pytest.param(
            ["苏州敏芯科技有限公司 | 苏州", "敏芯 | "],
            [["苏州敏芯科技有限公司", "敏芯"]],
            id="short name without a city",
        ),
        pytest.param(
            ["苏州敏芯科技有限公司 | ", "敏芯 | 苏州"],
            [["苏州敏芯科技有限公司", "敏芯"]],
            id="full name without a city",
        ),
        pytest.param(
            ["苏州敏芯科技有限公司 | 苏州", "敏芯 | 北京"],
            [["苏州敏芯科技有限公司"], ["敏芯"]],
            id="single candidate in another city",
        ),
        pytest.param(
            ["苏州敏芯科技有限公司 | 苏州", "苏州敏芯科技有限公司 | 苏州"],
            [["苏州敏芯科技有限公司", "苏州敏芯科技有限公司"]],
            id="same full name twice",
        ),
        pytest.param(
            ["苏州ABC科技有限公司 | 苏州", "苏州ＡＢＣ科技有限公司 | 苏州"],
            [["苏州ABC科技有限公司", "苏州ＡＢＣ科技有限公司"]],
            id="same full name in another width",
        ),
        pytest.param(
            ["敏芯 | 苏州", "敏芯 | 苏州"], [["敏芯", "敏芯"]], id="same short name twice"
        ),
        pytest.param(
            ["敏芯 | 苏州", "敏芯 | 北京"], [["敏芯"], ["敏芯"]], id="same short name, two cities"
        ),
        pytest.param(
            ["商汤 | 上海", "商汤科技 | 上海"], [["商汤", "商汤科技"]], id="two short names"
        ),
        pytest.param(
            ["苏州敏芯科技有限公司 | 苏州 | a.com", "北京声智科技有限公司 | 北京 | a.com"],
            [["苏州敏芯科技有限公司"], ["北京声智科技有限公司"]],
            id="shared homepage",
        ),
        pytest.param(
            ["苏州敏芯科技有限公司 | 苏州 | a.com", "声智 | 苏州 | a.com"],
            [["苏州敏芯科技有限公司"], ["声智"]],
            id="shared homepage and city",
        ),
        pytest.param(
            ["苏州敏芯科技有限公司 | 苏州", "苏州敏芯电子有限公司 | 苏州"],
            [["苏州敏芯科技有限公司"], ["苏州敏芯电子有限公司"]],
            id="two full names with one core",
        ),
        pytest.param(
            ["苏州敏芯科技有限公司 | 苏州 | | 灵听", "灵听 | 苏州"],
            [["苏州敏芯科技有限公司", "灵听"]],
            id="short name in a column of its own",
        ),
        pytest.param(
            ["苏州敏芯科技有限公司 | 苏州", "苏州敏芯科技有限公司 | 苏州 | | 灵听", "灵听 | 苏州"],
            [["苏州敏芯科技有限公司", "苏州敏芯科技有限公司", "灵听"]],
            id="short name in a column of a later row",
        ),
    ],
)
def test_rows_join_by_name_unless_the_city_contradicts(
    gazetteer: Gazetteer, rows: list[str], companies: list[list[str]]
) -> None:
    found, unresolved = merged(gazetteer, *rows)
    assert [names(company) for company in found] == companies
    assert unresolved == ()
    assert len({company.id for company in found}) == len(companies)


def test_short_name_of_two_companies_joins_neither(gazetteer: Gazetteer) -> None:
    full = ("北京燧原科技有限公司 | 北京", "上海燧原智能科技有限公司 | 上海")
    companies, (unresolved,) = merged(gazetteer, *full, "燧原 | 上海")
    assert [len(company.rows) for company in companies] == [1, 1]
    assert unresolved.candidates == tuple(company.id for company in companies)


def test_rows_that_disagree_keep_both_values(gazetteer: Gazetteer) -> None:
    rows = ("苏州敏芯科技有限公司 | 苏州 | a.com", "敏芯 | 苏州 | b.com")
    (company,), _ = merged(gazetteer, *rows)
    assert [value.text for value in company.values("website")] == ["a.com", "b.com"]
    assert [value.origin.line_start for value in company.values("website")] == [3, 4]
    assert company.facts("website") == ("https://a.com", "https://b.com")


@pytest.mark.parametrize(
    ("rows", "regions", "aliases"),
    [
        (["杭州海康威视科技有限公司 | 杭州"], "杭州 | 400+ | 海康、宇树", True),
        (["杭州海康威视科技有限公司 | 杭州"], "苏州 | 400+ | 海康", False),
        (["海康甲科技有限公司 | 杭州", "海康乙科技有限公司 | 杭州"], "杭州 | 9 | 海康", False),
        (["海康 | 北京", "海康威视科技有限公司 | 杭州"], "杭州 | 9 | 海康", False),
    ],
)
def test_representative_is_an_alias_of_the_one_company_there_whose_name_starts_so(
    gazetteer: Gazetteer, rows: list[str], regions: str, aliases: bool
) -> None:
    companies, _ = merged(gazetteer, *rows, regions=regions)
    assert any("海康" in company.aliases for company in companies) is aliases


def test_ids_do_not_depend_on_the_order_of_rows(gazetteer: Gazetteer) -> None:
    rows = ("苏州敏芯科技有限公司 | 苏州", "敏芯 | 苏州", "寒武纪 | 北京")
    forwards, _ = merged(gazetteer, *rows)
    backwards, _ = merged(gazetteer, *reversed(rows))
    assert {c.name: c.id for c in forwards} == {c.name: c.id for c in backwards}


def test_short_name_of_two_companies_of_other_files_is_a_company_of_its_own(
    gazetteer: Gazetteer,
) -> None:
    files = [
        ["甲光科技有限公司 | 深圳"],
        ["甲光股份有限公司 | 深圳"],
        ["甲光 | 深圳", "甲光 | -"],
        ["甲光 | -"],
    ]
    rows = [
        row
        for number, lines in enumerate(files)
        for row in read_tables(
            read_markdown(
                "\n".join(("| 企业名称 | 城市 |", "|---|---|", *(f"| {one} |" for one in lines))),
                f"{number}.md",
                "",
            ),
            gazetteer,
        ).companies
    ]
    companies, unresolved = merge_rows(rows, (), gazetteer)
    assert [len(company.rows) for company in companies] == [1, 1, 3]
    assert (companies[-1].name, unresolved) == ("甲光", ())


def read_rows(gazetteer: Gazetteer, *rows: str) -> Merged:
    """Rows are ``name | city | listing``."""
    text = "\n".join(
        ("| 企业名称 | 城市 | 上市 |", "|---|---|---|", *(f"| {row} |" for row in rows))
    )
    found = read_tables(read_markdown(text, "清单.md", ""), gazetteer)
    return merge_rows(found.companies, (), gazetteer)


def test_short_name_within_the_full_one_joins_by_the_stock_code(gazetteer: Gazetteer) -> None:
    full = "无锡药明康德新药开发股份有限公司 | 无锡 | 上交所:603259"
    (company,), _ = read_rows(gazetteer, full, "药明康德 | 上海 | 上交所：603259/港交所：2359")
    assert [row.origin.line_start for row in company.rows] == [3, 4]


@pytest.mark.parametrize(
    "other",
    ["恒瑞医药 | 无锡 | 上交所:603259", "药明康德 | 无锡 | 上交所:600276", "药明康德 | 无锡 | "],
)
def test_code_or_likeness_alone_joins_nothing(gazetteer: Gazetteer, other: str) -> None:
    full = "无锡药明康德新药开发股份有限公司 | 无锡 | 上交所:603259"
    companies, unresolved = read_rows(gazetteer, full, other)
    assert (len(companies), unresolved) == (2, ())


def test_rows_that_joined_another_are_counted_by_source(gazetteer: Gazetteer) -> None:
    companies, _ = merged(gazetteer, "苏州敏芯科技有限公司 | 苏州", "敏芯 | 苏州", "寒武纪 | 北京")
    assert merged_rows(companies) == {"清单.md": 1}


def test_kindred_full_names_of_one_stock_code_are_one_company(gazetteer: Gazetteer) -> None:
    rows = (
        "北京寒武纪科技有限公司 | 北京 | 科创板:688256",
        "北京寒武纪科技股份有限公司 | 北京 | 688256",
    )
    (company,), _ = read_rows(gazetteer, *rows)
    assert [row.origin.line_start for row in company.rows] == [3, 4]


def test_other_full_names_of_one_stock_code_stay_two_companies(gazetteer: Gazetteer) -> None:
    rows = (
        "北京甲芯科技有限公司 | 北京 | 科创板:688256",
        "北京乙硅科技有限公司 | 北京 | 科创板:688256",
    )
    companies, _ = read_rows(gazetteer, *rows)
    assert len(companies) == 2


def test_full_names_of_one_group_and_code_stay_two_companies(gazetteer: Gazetteer) -> None:
    rows = (
        "杭州甲乙信息技术有限公司 | 杭州 | NYSE:JIAY",
        "杭州甲乙智能科技有限公司 | 杭州 | NYSE:JIAY",
    )
    companies, _ = read_rows(gazetteer, *rows)
    assert len(companies) == 2


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("甲乙（杭州）网络有限公司", "甲乙"),
        ("甲乙在线网络技术（杭州）有限公司", "甲乙"),
        ("甲乙云计算有限公司", "甲乙云(丙丁集团)"),
    ],
)
def test_short_name_joins_the_full_one_written_with_a_region_or_beside_its_holder(
    gazetteer: Gazetteer, full: str, short: str
) -> None:
    (company,), unresolved = read_rows(gazetteer, f"{full} | 杭州 | -", f"{short} | 杭州 | -")
    assert (company.name, unresolved) == (full, ())


def test_short_name_of_two_companies_joins_the_one_of_its_own_file(gazetteer: Gazetteer) -> None:
    def rows(source: str, *told: str):
        text = "\n".join(("| 企业名称 | 城市 |", "|---|---|", *(f"| {row} |" for row in told)))
        return read_tables(read_markdown(text, source, ""), gazetteer).companies

    own = rows("a.md", "华为技术有限公司 | 深圳", "华为 | 深圳")
    other = rows("b.md", "华为智能有限公司 | 深圳")
    companies, unresolved = merge_rows([*own, *other], (), gazetteer)
    assert unresolved == ()
    assert {one.name: len(one.rows) for one in companies} == {
        "华为技术有限公司": 2,
        "华为智能有限公司": 1,
    }
    stray = rows("c.md", "华为 | 深圳")
    companies, unresolved = merge_rows([*own, *other, *stray], (), gazetteer)
    assert ([one.name for one in companies][2:], unresolved) == (["华为"], ())


def test_group_is_none_of_its_companies(gazetteer: Gazetteer) -> None:
    companies, _ = read_rows(gazetteer, "北京甲米汽车有限公司 | 北京 | -", "甲米集团 | 北京 | -")
    assert len(companies) == 2
