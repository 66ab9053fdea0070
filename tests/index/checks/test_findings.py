"""Every rule with a row that breaks it and one that does not, and the findings of the seeds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.checks import Finding, Rule, Severity, findings, place_of
from index.corpus import read_corpus
from index.types import CompanyRow, Facts
from tests.conftest import SEED_NAME

FULL = ("企业名称", "所在城市", "细分领域", "主导产品")


@pytest.fixture
def check(tmp_path):
    """Returns the findings in sources given as Markdown, by file name."""

    def check_sources(this_year: int = 2026, **sources: str) -> tuple[Finding, ...]:
        paths = []
        for name, text in sources.items():
            path = tmp_path / f"{name}.md"
            path.write_text(f"# 名单\n\n{text}", "utf-8")
            paths.append((path, path.name))
        return findings(read_corpus(paths), this_year)

    return check_sources


def table(header: str, *rows: str) -> str:
    """Return a table whose cells are given with spaces between; _ is an empty cell."""
    lines = [header, " ".join("---" for _ in header.split()), *rows]
    cells = ([cell.replace("_", "") for cell in line.split()] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def told(found: tuple[Finding, ...], rule: Rule) -> list[tuple[str, str]]:
    """Return place and value of the findings of a rule."""
    return [(place_of(one.origins[0]), one.value) for one in found if one.rule is rule]


def of_listing(check, listing: str) -> tuple[Finding, ...]:
    return check(a=table("企业名称 上市情况", f"甲科技有限公司 {listing}"))


@pytest.mark.parametrize(
    ("listing", "message"),
    [
        ("深交所:603160", "603160 不是深交所的代码"),
        ("深交所：600460", "属于上交所主板"),
        ("上交所:300750", "属于创业板"),
        ("上交所:002203", "属于深交所主板"),
        ("科创板:603236", "688、689 开头"),
        ("科创板:68828", "68828 不是科创板的代码"),
        ("603236(科创板)", "603236 不是科创板的代码"),
        ("创业板:002415", "属于深交所主板"),
        ("上交所主板:688001", "属于科创板"),
        ("深交所主板:300750", "属于创业板"),
        ("深交所创业板:002415", "不是创业板的代码"),
        ("北交所:600000", "不是北交所的代码"),
        ("港交所:688286", "不是港交所的代码"),
        ("港交所:O9660", "不是港交所的代码"),
        ("NYSE:600000", "不是美股的代码"),
        ("纳斯达克(09660)", "不是美股的代码"),
        ("600000.SZ", "不是深交所的代码"),
        ("上交所:603259/港交所:A359", "A359 不是港交所的代码"),
    ],
)
def test_code_outside_the_range_of_its_exchange_is_an_error(check, listing, message):
    (found,) = of_listing(check, listing)
    assert (found.rule, found.severity) == (Rule.EXCHANGE_CODE, Severity.ERROR)
    assert (found.company, found.field, found.value) == ("甲科技有限公司", "listing", listing)
    assert place_of(found.origins[0]) == "a.md:5"
    assert message in found.message
    assert listing in found.message


RIGHT = """
    科创板:688286 科创板:689009 上交所:600000 上交所:601012 上交所:603160 上交所:605111
    上交所:688599 上交所科创板（688256） 深交所:000001 深交所:001979 深交所:002415
    深交所:003816 深交所:300750
    创业板:301363 创业板:302132 深交所创业板:300750 深交所中小板:002415 主板:600000 主板:000001
    北交所:430047 北交所:835185 北交所:871981 北交所:920001 新三板:874000 688286 688286.SH SZ002415
    港交所:0020 港交所：09660 港交所:00700 港交所主板:0700 港交所(00700/80700) 0700.HK H股:1211
    NYSE:TUYA NASDAQ:PDD 纳斯达克(NXPI) NYSE:BRK.B NASDAQ/港交所 港交所：6160/纳斯达克：BGNE
    上交所：603259/港交所：2359 港交所：1211<br>深交所：002594 法兰克福(IFX) 台湾交易所(2454)
    A股:600519 科创板 已上市 未上市 未上市（恒瑞子公司） 非营利 阿里旗下 母公司上市(东京) OTC
    2021年上市 - 未公开
"""


@pytest.mark.parametrize("listing", RIGHT.split())
def test_right_listing_is_not_flagged(check, listing):
    assert of_listing(check, listing) == ()


@pytest.mark.parametrize(
    ("founded", "severity"),
    [("2031年", Severity.ERROR), ("2199年", Severity.ERROR), ("1669年", Severity.WARNING)],
)
def test_year_in_the_future_or_the_distant_past_is_flagged(check, founded, severity):
    (found,) = check(a=table("企业名称 成立时间", f"甲公司 {founded}", "乙公司 2020年"))
    assert (found.rule, found.severity, found.value) == (Rule.YEAR_RANGE, severity, founded)
    assert founded in found.message


def test_year_is_measured_by_the_date_of_its_own_source(check):
    rows = table("企业名称 成立时间", "甲公司 2025年", "乙公司 2026年")
    found = check(dated=f"{rows}\n- 信息截至2025年12月\n", undated=rows.replace("公司 |", "厂 |"))
    assert told(found, Rule.YEAR_RANGE) == [("dated.md:6", "2026年")]
    assert "2025" in found[0].message


@pytest.mark.parametrize(
    ("header", "bad", "good", "field"),
    [
        ("成立时间", "早年", "2007年", "founded"),
        ("员工规模", "1000-500人", "500-1000人", "headcount"),
        ("员工规模", "很多", "5000+人", "headcount"),
        ("认定批次", "多次", "第二批", "batch"),
        ("上市情况", "科创版:688286", "科创板:688286", "listing"),
        ("上市情况", "科创板:", "科创板", "listing"),
        ("上市情况", "？？", "未上市", "listing"),
    ],
)
def test_cell_that_cannot_be_read_is_flagged(check, header, bad, good, field):
    found = check(a=table(f"企业名称 {header}", f"甲公司 {bad}", f"乙公司 {good}", "丙公司 _"))
    assert told(found, Rule.UNREADABLE) == [("a.md:5", bad)]
    assert (found[0].field, len(found)) == (field, 1)
    assert bad in found[0].message


@pytest.mark.parametrize("bad", ["见官网", "https://", "javascript:alert(1)", "https://megvii"])
def test_homepage_that_is_no_url_is_an_error(check, bad):
    good = (
        "www.abc.cn",
        "https://www.abd.com/cn",
        "abe.com、abe.cn",
        "[主页](https://abf.cn)",
        "_",
    )
    rows = (f"{name}公司 {text}" for name, text in zip("乙丙丁戊己", good, strict=True))
    found = check(a=table("企业名称 企业主页", f"甲公司 {bad}", *rows))
    assert told(found, Rule.INVALID_HOMEPAGE) == [("a.md:5", bad)]
    assert len(found) == 1


def test_stock_code_of_two_companies_is_flagged_however_it_is_written(check):
    rows = table(
        "企业名称 上市情况",
        "甲乙丙科技有限公司 科创板:688286",
        "丁戊己科技有限公司 688286.SH",
        "庚辛壬科技有限公司 港交所:0020",
        "子丑寅科技有限公司 港交所:00020",
        "卯辰巳科技有限公司 港交所:00021",
    )
    first, second = check(a=rows)
    assert first.rule is second.rule is Rule.SHARED_CODE
    assert (first.company, first.value) == ("甲乙丙科技有限公司、丁戊己科技有限公司", "688286")
    assert [place_of(origin) for origin in first.origins] == ["a.md:5", "a.md:6"]
    assert "a.md:5、a.md:6" in first.message
    assert second.value == "00020"


def test_homepage_of_two_companies_is_flagged_and_that_of_one_in_two_rows_is_not(check):
    rows = table(
        "企业名称 企业主页",
        "甲乙丙科技有限公司 https://www.abc.com",
        "丁戊己科技有限公司 abc.com/cn",
        "庚辛壬科技有限公司 www.def.com",
    )
    again = table("企业名称 企业主页 上市情况", "庚辛壬 def.com 未上市")
    (found,) = check(a=rows, b=again)
    assert (found.rule, found.field, found.value) == (Rule.SHARED_HOMEPAGE, "website", "abc.com")
    assert [place_of(origin) for origin in found.origins] == ["a.md:5", "a.md:6"]


def test_one_row_for_a_group_of_companies_shares_its_homepage_on_purpose(check):
    assert check(a=table("企业名称 企业主页", "百度、小米、美团 www.abc.com")) == ()


NAME = "甲乙丙科技有限公司"


@pytest.mark.parametrize(
    ("header", "one", "other", "field"),
    [
        ("所在城市", "北京", "上海", "city"),
        ("成立时间", "2011年", "2012年", "founded"),
        ("上市情况", "科创板:688286", "科创板:688287", "listing"),
        ("上市情况", "科创板:688286", "未上市", "listing"),
        ("认定批次", "第二批", "第三批", "batch"),
        ("企业主页", "www.abc.com", "www.abd.com", "website"),
    ],
)
def test_rows_of_one_company_that_disagree_are_flagged_once(check, header, one, other, field):
    rows = table(f"企业名称 {header}", f"{NAME} {one}")
    found = check(a=rows, b=rows, c=table(f"企业名称 {header}", f"{NAME} {other}"))
    assert [(one.rule, one.company, one.field) for one in found] == [(Rule.CONFLICT, NAME, field)]
    assert found[0].value == f"{one} / {other}"
    assert [place_of(origin) for origin in found[0].origins] == ["a.md:5", "c.md:5"]
    assert "a.md:5" in found[0].message
    assert "c.md:5" in found[0].message


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [
        ("所在城市", "北京", "北京市"),
        ("成立时间", "2011年", "2011年3月"),
        ("上市情况", "港交所:0020", "港交所:00020"),
        ("上市情况", "港交所:1211", "深交所:002594"),
        ("上市情况", "科创板", "科创板:688286"),
        ("上市情况", "非营利", "未上市"),
        ("认定批次", "第二批", "2"),
        ("企业主页", "https://www.abc.com/", "en.abc.com"),
        ("细分领域", "AI芯片", "人工智能芯片"),
        ("主导产品", "语音模组", "语音交互模组"),
    ],
)
def test_rows_that_only_differ_in_wording_are_not_flagged(check, header, one, other):
    first, second = (table(f"企业名称 {header}", f"{NAME} {text}") for text in (one, other))
    assert not told(check(a=first, b=second), Rule.CONFLICT)


def test_row_that_stands_twice_below_one_heading_is_flagged(check):
    row, other = "甲公司 苏州 MEMS 麦克风", "甲公司 苏州 MEMS 传感器"
    header = " ".join(FULL)
    text = table(header, row, other, row) + "\n## 另一类\n\n" + table(header, row)
    (found,) = check(a=text, b=table(header, row))
    assert (found.rule, found.company, found.value) == (Rule.DUPLICATE, "甲公司", "甲公司")
    assert [place_of(origin) for origin in found.origins] == ["a.md:5", "a.md:7"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("乙公司 _ 芯片 硅片", "city"),
        ("乙公司 苏州 - 硅片", "domain"),
        ("乙公司 苏州 芯片 无", "product"),
    ],
)
def test_row_without_a_key_field_that_its_table_has_is_flagged(check, row, field):
    (found,) = check(a=table(" ".join(FULL), "甲公司 苏州 MEMS 麦克风", "_ _ 芯片 _", row))
    assert (found.rule, found.company) == (Rule.MISSING_FIELD, "乙公司")
    assert (found.field, found.value) == (field, "")
    assert place_of(found.origins[0]) == "a.md:7"


def test_key_field_that_a_table_has_no_column_for_is_not_missing(check):
    full = table(" ".join(FULL), "甲公司 苏州 MEMS 麦克风")
    assert check(a=f"{full}\n{table('企业名称 上市情况', '乙公司 未上市')}") == ()
    assert check(a="## 苏州\n\n" + table("企业名称 细分领域", "乙公司 芯片")) == ()


def test_short_name_of_several_companies_is_flagged(check):
    rows = ("北京燧原科技有限公司 北京", "上海燧原智能科技有限公司 上海", "燧原科技 上海")
    (found,) = check(a=table("企业名称 所在城市", *rows))
    assert (found.rule, found.value) == (Rule.AMBIGUOUS, "燧原科技")
    assert place_of(found.origins[0]) == "a.md:7"
    assert "北京燧原科技有限公司、上海燧原智能科技有限公司" in found.message


def test_findings_are_in_reading_order(check):
    rows = table("企业名称 成立时间 企业主页", "甲公司 早年 无主页", "乙公司 2099年 abc.cn")
    assert [(place_of(one.origins[0]), one.rule) for one in check(b=rows, a=rows)] == [
        ("b.md:5", Rule.UNREADABLE),
        ("b.md:5", Rule.INVALID_HOMEPAGE),
        ("b.md:6", Rule.YEAR_RANGE),
        ("a.md:5", Rule.UNREADABLE),
        ("a.md:5", Rule.INVALID_HOMEPAGE),
        ("a.md:6", Rule.YEAR_RANGE),
    ]


SEED_FINDINGS = [
    (Rule.SHARED_HOMEPAGE, (26, 35), "enflame-tech.com"),
    (Rule.EXCHANGE_CODE, (36,), "科创板:603236"),
    (Rule.EXCHANGE_CODE, (49,), "深交所:603160"),
    (Rule.EXCHANGE_CODE, (63,), "深交所:600460"),
    (Rule.AMBIGUOUS, (84,), "燧原科技"),
    (Rule.EXCHANGE_CODE, (87,), "深交所:603160"),
    (Rule.EXCHANGE_CODE, (121,), "深交所:603659"),
]


def test_seeds_are_flagged_where_they_are_wrong_and_nowhere_else(seed_corpus):
    found = findings(seed_corpus)
    assert [
        (one.rule, tuple(origin.line_start for origin in one.origins), one.value) for one in found
    ] == SEED_FINDINGS


def test_every_finding_quotes_its_lines(seed_corpus, seed_document):
    for one in findings(seed_corpus):
        for origin in one.origins:
            assert origin.quote == seed_document.lines[origin.line_start - 1]


def test_stored_index_has_the_findings_of_its_sources(seed_corpus, seed_index):
    assert seed_index.findings == findings(seed_corpus)


def test_rows_of_two_sheets_are_two_tables(seed_corpus):
    """Rows of sheets share their line numbers; those of one sheet still stand together."""
    companies = seed_corpus.companies[:4]
    rows = [replace(c.rows[0], facts=Facts(), values=dict(c.rows[0].values)) for c in companies]
    del rows[2].values["domain"]
    moved = tuple(
        replace(company, rows=(moved_to(row, sheet, line),))
        for company, row, (sheet, line) in zip(
            companies, rows, [("甲", 2), ("乙", 2), ("甲", 3), ("乙", 3)], strict=True
        )
    )
    corpus = replace(seed_corpus, companies=moved, unresolved=())
    (found,) = (one for one in findings(corpus) if one.rule is Rule.MISSING_FIELD)
    assert place_of(found.origins[0]) == f"{SEED_NAME}:甲!3"


def moved_to(row: CompanyRow, sheet: str, line: int) -> CompanyRow:
    origin = replace(row.origin, sheet=sheet, section=(sheet,), line_start=line, line_end=line)
    values = {field: replace(value, origin=origin) for field, value in row.values.items()}
    return replace(row, values=values, origin=origin)


def test_place_names_all_lines_of_a_longer_origin(seed_corpus):
    origin = findings(seed_corpus)[0].origins[0]
    assert place_of(origin) == "specialized-sme-xiaojuren.md:26"
    assert place_of(replace(origin, line_end=28)) == "specialized-sme-xiaojuren.md:26-28"


def test_rule_ids_are_kebab_case():
    assert all(rule.value == rule.value.lower() and " " not in rule.value for rule in Rule)


def test_row_with_values_under_the_wrong_header_is_flagged_with_what_stands_where(check):
    header = "企业名称 所在城市 员工规模 官网"
    found = check(
        a=table(
            header,
            "甲科技有限公司 苏州 500人 https://a.com",
            "乙科技有限公司 苏州 https://b.com 300人",
        )
    )
    assert [one.rule for one in found] == [Rule.SLIPPED]
    assert (place_of(found[0].origins[0]), found[0].severity) == ("a.md:6", Severity.ERROR)
    assert found[0].value == "https://b.com / 300人"
    assert "“300人”写在“企业主页”下" in found[0].message


def test_field_whose_value_slipped_is_not_missing_too(check):
    header = "企业名称 所在城市 细分领域 主导产品 员工规模"
    rows = ("甲科技有限公司 苏州 激光 激光器 500人", "乙科技有限公司 苏州 激光 300人 _")
    found = check(a=table(header, *rows))
    assert [one.rule for one in found] == [Rule.SLIPPED]
