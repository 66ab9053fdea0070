"""Lists in the forms that exchanges, registers and forms have: every one gives its companies."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.corpus import read_corpus
from index.types import Company, Corpus


def read(folder: Path, text: str, name: str = "名单.csv", encoding: str = "utf-8") -> Corpus:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_corpus([(path, name)])


def company(corpus: Corpus, name: str) -> Company:
    return next(one for one in corpus.companies if name in (one.name, *one.aliases))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "证书编号,企业名称\nGR2024001,甲有限公司\nGR2024002,乙有限公司\n",
            {"甲有限公司", "乙有限公司"},
        ),
        (
            ",代码,股票名称,行业\n0,000991.SZ,桐柏银行,银行\n1,000993.SZ,*ST白杨,环保\n",
            {"桐柏银行", "*ST白杨"},
        ),
        ("代码,名称,行业\n000991,桐柏银行,银行\n000992,海桐A,软件\n", {"桐柏银行", "海桐A"}),
        (
            "股票代號,公司名稱,產業別\n2330,台灣某電子股份有限公司,半導體\n",
            {"台灣某電子股份有限公司"},
        ),
        ("*单位名称（必填）,*统一社会信用代码\n甲有限公司,91430100MA4XXXXX1A\n", {"甲有限公司"}),
        ("处罚文号,当事人,处罚金额（万元）\n苏监罚2024001,甲有限公司,5\n", {"甲有限公司"}),
    ],
)
def test_first_column_of_numbers_or_codes_hides_no_company(
    tmp_path: Path, text: str, names: set[str]
) -> None:
    assert {one.name for one in read(tmp_path, text).companies} == names


def test_board_column_is_no_trade_and_slips_no_row(tmp_path: Path) -> None:
    text = (
        "板块,公司全称,A股代码,A股简称,所属行业,城     市\n"
        "主板,深圳棠梨能源股份有限公司,002991,棠梨能源,D 水电煤气,深圳市\n"
        "创业板,深圳海桐电子股份有限公司,301991,海  桐Ａ,C 制造业,深圳市\n"
    )
    corpus = read(tmp_path, text, encoding="gb18030")
    (document,) = corpus.documents
    assert document.slipped == ()
    row = company(corpus, "深圳海桐电子股份有限公司").rows[0]
    assert row.facts.listing is not None
    assert (row.facts.listing.exchange, row.facts.listing.code) == ("创业板", "301991")
    assert (row.values["板块"].text, row.values["domain"].text) == ("创业板", "C 制造业")
    assert row.facts.city == "深圳"


def test_marks_of_forms_are_no_part_of_headers(tmp_path: Path) -> None:
    text = "*企业名称（必填）,*所属市（州）,*信用代码\n甲有限公司,长沙市,91430100MA4XXXXX1A\n"
    row = read(tmp_path, text, encoding="gbk").companies[0].rows[0]
    assert row.facts.city == "长沙"
    assert row.values["credit_code"].text == "91430100MA4XXXXX1A"
    assert row.facts.listing is None


@pytest.mark.parametrize("blank", ["空", "未查到", "暂无", "—", "n/a", "NULL"])
def test_words_for_nothing_are_blank_even_as_names(tmp_path: Path, blank: str) -> None:
    text = f"企业名称,城市,主导产品\n甲有限公司,苏州,{blank}\n{blank},苏州,齿轮\n"
    corpus = read(tmp_path, text)
    (found,) = corpus.companies
    assert "product" not in found.rows[0].values
    assert [row.reason for row in corpus.skipped] == ["没有企业名称"]


SECTIONS = (
    "第六批专精特新企业公示名单,,\n"
    "序号,企业名称,推荐单位\n"
    "一、浙江省（2家）,,\n"
    "1,甲有限公司,浙江省经济和信息化厅\n"
    "（一）杭州市,,\n"
    "2,乙有限公司,\n"
    "二、宁波市（1家）,,\n"
    "3,丙有限公司,宁波市经济和信息化局\n"
    "三、新疆生产建设兵团（1家）,,\n"
    "4,丁有限公司,\n"
)


def test_rows_are_placed_by_the_sections_they_stand_in(tmp_path: Path) -> None:
    corpus = read(tmp_path, SECTIONS)
    rows = {one.name: one.rows[0] for one in corpus.companies}
    assert {name: (row.facts.province, row.facts.city) for name, row in rows.items()} == {
        "甲有限公司": ("浙江", None),
        "乙有限公司": ("浙江", "杭州"),
        "丙有限公司": ("浙江", "宁波"),
        "丁有限公司": ("新疆", "兵团"),
    }
    assert rows["甲有限公司"].values["province"].origin.quote == "一、浙江省（2家）,,"
    assert rows["丙有限公司"].values["city"].origin.quote == "二、宁波市（1家）,,"


def test_batch_is_that_of_the_title_and_cited_by_it(tmp_path: Path) -> None:
    corpus = read(tmp_path, SECTIONS)
    for one in corpus.companies:
        assert one.rows[0].facts.batch == 6
        assert one.rows[0].values["batch"].text == "第六批"
        assert one.rows[0].values["batch"].origin.line_start == 1


@pytest.mark.parametrize(
    ("title", "batch"),
    [
        ("2024年第三批企业名单", 3),
        ("首批企业名单", 1),
        ("第一批和第二批企业名单", None),
        ("企业名单", None),
    ],
)
def test_title_of_one_batch_names_it(tmp_path: Path, title: str, batch: int | None) -> None:
    (found,) = read(tmp_path, f"{title},\n企业名称,城市\n甲有限公司,苏州\n").companies
    assert found.rows[0].facts.batch == batch


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("企业名称,地址\n甲有限公司,江苏省昆山市玉山镇\n", ("江苏", "苏州", "昆山市")),
        ("企业名称,登记机关\n甲有限公司,义乌市市场监督管理局\n", ("浙江", "金华", "义乌市")),
        ("企业名称,推荐单位\n甲有限公司,浙江省经济和信息化厅\n", ("浙江", None, None)),
        ("企业名称,城市\n甲有限公司,昆山\n", ("江苏", "苏州", "昆山")),
        ("企业名称,注册地址\n甲有限公司,深圳市南山区科技路1号\n", ("广东", "深圳", "南山区")),
        ("企业名称,省市\n甲有限公司,新疆生产建设兵团\n", ("新疆", "兵团", None)),
        ("江苏省企业名单,\n企业名称,产品\n甲有限公司,齿轮\n", ("江苏", None, None)),
    ],
)
def test_place_comes_from_addresses_authorities_and_titles(
    tmp_path: Path, text: str, place: tuple[str | None, ...]
) -> None:
    (found,) = read(tmp_path, text).companies
    facts = found.rows[0].facts
    assert (facts.province, facts.city, facts.district) == place


def test_header_of_two_rows_names_every_column_of_a_group(tmp_path: Path) -> None:
    text = (
        "序号,企业名称,所在地,,营业收入（万元）,\n"
        ",,省,市,2023年,2024年\n"
        "1,成都云杉雷达有限公司,四川,成都,5200,6100\n"
    )
    (found,) = read(tmp_path, text).companies
    values = found.rows[0].values
    assert values["营业收入（万元） 2024年"].text == "6100"
    assert (values["province"].text, values["city"].text) == ("四川", "成都")


def test_sections_of_places_are_no_notes_and_others_are(tmp_path: Path) -> None:
    corpus = read(tmp_path, f"{SECTIONS}四、其他类,,\n5,戊有限公司,\n")
    assert [note.text for note in corpus.notes] == ["第六批专精特新企业公示名单", "四、其他类"]
    assert sum(row.reason == "分组标题，不是企业" for row in corpus.skipped) == 5
