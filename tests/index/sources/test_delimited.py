"""CSV and TSV files: cells with their places, titles and notes apart, damaged files refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from index.corpus import read_corpus
from index.errors import SourceError
from index.sources import read_source
from index.sources import rows as shared
from index.sources.rows import header_row, notes_below, row_passage
from index.types import Document, Span

LIST = "企业名称,城市,主导产品\n甲公司,苏州,芯片\n乙公司,北京,软件\n"


def read(tmp_path: Path, text: str | bytes, name: str = "清单.csv") -> Document:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    document = read_source(path, name)
    check_places(document)
    return document


def check_places(document: Document) -> None:
    """Every cell slices back out of the file, and every quote is whole lines of it."""
    rows = [row for table in document.tables for row in (table.header, *table.rows)]
    for row in rows:
        for cell in row.cells:
            assert document.slice(cell.span) == cell.raw
    for passage in document.passages:
        assert document.slice(passage.span) == passage.raw
    for one in (*rows, *document.passages, *document.headings):
        lines = document.lines[one.origin.line_start - 1 : one.origin.line_end]
        assert one.origin.quote == "\n".join(lines)
        assert one.origin.sheet == ""


def table_of(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in row.cells] for row in (table.header, *table.rows)]


def lines_of(document: Document) -> list[tuple[int, int]]:
    (table,) = document.tables
    return [(row.origin.line_start, row.origin.line_end) for row in table.rows]


# --- cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    document = read(tmp_path, LIST.replace(",", delimiter))
    assert table_of(document) == [
        ["企业名称", "城市", "主导产品"],
        ["甲公司", "苏州", "芯片"],
        ["乙公司", "北京", "软件"],
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param("名称;产品\n甲;一,二\n乙;三,四\n", ["甲", "一,二"], id="commas in cells"),
        pytest.param("名称,标签\n甲,x|y|z\n乙,x|y|z\n", ["甲", "x|y|z"], id="bars in cells"),
        pytest.param("名称,标签\n甲,一;二\n乙,无\n", ["甲", "一;二"], id="semicolons in cells"),
        pytest.param("sep=;\n名称;产品\n甲;一,二\n", ["甲", "一,二"], id="told in the first line"),
        pytest.param('名称,产品\n甲,"一,二"\n', ["甲", "一,二"], id="quoted commas"),
    ],
)
def test_delimiter_is_the_one_that_cuts_rows_alike(
    tmp_path: Path, text: str, row: list[str]
) -> None:
    assert table_of(read(tmp_path, text))[1] == row


def test_tsv_is_cut_at_tabs_though_commas_cut_it_too(tmp_path: Path) -> None:
    document = read(tmp_path, "a,b\tc\n1,2\t3\n", "清单.tsv")
    assert table_of(document) == [["a,b", "c"], ["1,2", "3"]]


@pytest.mark.parametrize(
    ("line", "cells", "raw"),
    [
        ('"甲,公司",苏州', ["甲,公司", "苏州"], "甲,公司"),
        ('"甲""小巨人""公司",苏州', ['甲"小巨人"公司', "苏州"], '甲""小巨人""公司'),
        ('"小巨人"企业,苏州', ['"小巨人"企业', "苏州"], '"小巨人"企业'),
        ('5" 屏,苏州', ['5" 屏', "苏州"], '5" 屏'),
        ('"没有关上,苏州', ['"没有关上', "苏州"], '"没有关上'),
        ("  甲公司 , 苏州 ", ["甲公司", "苏州"], "甲公司"),
        ('  "甲公司" ,苏州', ["甲公司", "苏州"], "甲公司"),
        ('"",苏州', ["", "苏州"], ""),
        ("甲公司,", ["甲公司", ""], "甲公司"),
        (",苏州", ["", "苏州"], ""),
    ],
)
def test_cell_is_shown_without_its_quotation_marks(
    tmp_path: Path, line: str, cells: list[str], raw: str
) -> None:
    document = read(tmp_path, f"名称,城市\n{line}\n乙,北京\n")
    assert table_of(document)[1] == cells
    assert document.tables[0].rows[0].cells[0].raw == raw


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_quoted_line_break_is_cited_with_its_physical_lines(tmp_path: Path, end: str) -> None:
    lines = ["名称,地址,城市", '甲,"工业园区', '  1号",苏州', "乙,海淀,北京", ""]
    document = read(tmp_path, end.join(lines).encode())
    first, second = document.tables[0].rows
    assert [cell.text for cell in first.cells] == ["甲", "工业园区 1号", "苏州"]
    assert lines_of(document) == [(2, 3), (4, 4)]
    assert first.origin.quote == '甲,"工业园区\n  1号",苏州'
    assert first.cells[1].span == Span(2, 3, 3, 4)
    assert first.cells[2].span == Span(3, 3, 6, 8)
    assert second.origin.quote == "乙,海淀,北京"


def test_blank_lines_are_skipped_and_ragged_rows_kept(tmp_path: Path) -> None:
    document = read(tmp_path, "\n名称,城市,产品\n\n甲,苏州\n,,\n乙,北京,软件,备注\n   \n")
    assert table_of(document)[1:] == [["甲", "苏州"], ["乙", "北京", "软件", "备注"]]
    assert lines_of(document) == [(4, 4), (6, 6)]


# --- titles and notes -------------------------------------------------------------------------


def test_title_above_the_header_is_title_heading_and_passage(tmp_path: Path) -> None:
    text = "苏州市小巨人名单,,\n填报单位：,工信局,\n\n企业名称,城市,产品\n甲,苏州,芯片\n"
    document = read(tmp_path, text)
    assert document.title == "苏州市小巨人名单"
    assert [(one.text, one.level) for one in document.headings] == [("苏州市小巨人名单", 1)]
    told = [(one.text, one.raw, one.span.line) for one in document.passages]
    assert told == [
        ("苏州市小巨人名单", "苏州市小巨人名单", 1),
        ("填报单位：；工信局", "填报单位：,工信局", 2),
    ]
    assert table_of(document) == [["企业名称", "城市", "产品"], ["甲", "苏州", "芯片"]]
    assert document.tables[0].rows[0].origin.section == ("苏州市小巨人名单",)


def test_title_without_delimiters_and_over_two_lines_is_kept_whole(tmp_path: Path) -> None:
    document = read(tmp_path, '"名单\n（第一批）"\n名称,城市\n甲,苏州\n')
    assert document.title == "名单 （第一批）"
    (passage,) = document.passages
    assert (passage.raw, passage.origin.line_end) == ("名单\n（第一批）", 2)


def test_title_beside_a_blank_cell_of_more_lines_slices_back(tmp_path: Path) -> None:
    document = read(tmp_path, '"名\n单","\n\n"\n名称,城市\n甲,苏州\n')
    assert [(one.raw, one.origin.line_end) for one in document.passages] == [("名\n单", 4)]


def test_title_is_the_file_name_where_no_row_gives_one(tmp_path: Path) -> None:
    document = read(tmp_path, LIST)
    assert (document.title, document.headings, document.passages) == ("清单", (), ())
    assert document.tables[0].rows[0].origin.section == ()


def test_notes_below_the_table_are_no_companies(tmp_path: Path) -> None:
    document = read(tmp_path, f"{LIST}丙公司,,\n注：不含外资,,\n数据截至2025年12月\n")
    assert [row[0] for row in table_of(document)[1:]] == ["甲公司", "乙公司", "丙公司"]
    assert [one.text for one in document.passages] == ["注：不含外资", "数据截至2025年12月"]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        pytest.param([["名称", "城市"], ["甲", "苏州"]], 0, id="first row"),
        pytest.param([["标题"], ["a", "b"], ["1", "2"]], 1, id="below a title"),
        pytest.param([["标题", "", ""], ["a", "b", "c"], ["1", "", ""]], 1, id="padded title"),
        pytest.param(
            [["单位：", "某局"], ["a", "b", "c", "d"], ["1", "2", "3", "4"]], 1, id="two cells"
        ),
        pytest.param([["名单", "名单", "名单"], ["a", "b", "c"]], 1, id="merged title"),
        pytest.param(
            [["单位", "某局"], ["企业名称", "城市", "x"], ["甲", "", ""]], 1, id="known fields"
        ),
        pytest.param([["", "a", "b"], ["1", "甲", "苏州"]], 1, id="column without a name"),
        pytest.param([["a", "b", "c", "d"], ["1", "2"], ["1", "2"]], 0, id="sparse rows"),
        pytest.param([["名单"], ["企业名称"], ["甲"]], 1, id="one known column"),
        pytest.param([["说明"], ["一句话"]], None, id="only text"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_header_row(rows: list[list[str]], header: int | None) -> None:
    assert header_row(rows) == header


@pytest.mark.parametrize(
    ("row", "note"),
    [
        (["注：不含外资", ""], True),
        (["", "数据来源：工信部"], True),
        (["一、北京市"], True),
        (["（二）上海市"], True),
        (["名单由各地推荐。"], True),
        (["甲公司", ""], False),
        (["注：", "苏州"], False),
        (["一汽公司", ""], False),
    ],
)
def test_note_is_told_from_a_company_without_fields(row: list[str], note: bool) -> None:
    assert (0 in notes_below([row])) is note


def test_heading_of_rows_below_is_no_note_and_one_at_the_end_is() -> None:
    rows = [
        ["一、北京市"],
        ["1", "甲公司"],
        ["京津冀"],
        ["2", "乙公司"],
        ["注：完"],
        ["二、上海市"],
    ]
    assert notes_below(rows) == {4, 5}
    assert notes_below([*rows, ["公示期5天"]], across={2, 6}) == {4, 5, 6}


def test_text_without_columns_is_passages(tmp_path: Path) -> None:
    document = read(tmp_path, "第一句话，很长\n第二句话\n")
    assert document.tables == ()
    assert [one.text for one in document.passages] == ["第一句话，很长", "第二句话"]


# --- encodings and limits ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(LIST.encode(), id="UTF-8"),
        pytest.param(LIST.encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(LIST.encode("utf-16"), id="UTF-16"),
        pytest.param(b"\xfe\xff" + LIST.encode("utf-16-be"), id="UTF-16, big end first"),
        pytest.param(LIST.encode("gb18030"), id="GB18030"),
        pytest.param(LIST.replace("芯片", "𠮷㐂").encode("gb18030"), id="GB18030, four bytes"),
    ],
)
def test_encoding_is_found(tmp_path: Path, data: bytes) -> None:
    document = read(tmp_path, data)
    assert table_of(document)[1][:2] == ["甲公司", "苏州"]
    assert document.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (b"", None, "空的"),
        (b"a,b\n1,\x00\x01\n", None, "二进制"),
        (LIST.encode() + b"\xff\xb5", 4, "UTF-8 的字节"),
        (LIST.encode("gb18030") + b"\n\xff\xff\n", 5, "GB18030"),
        (LIST.encode("utf-16")[:-1], None, "UTF-16"),
    ],
)
def test_unreadable_file_is_refused_with_line_and_reason(
    tmp_path: Path, data: bytes, line: int | None, problem: str
) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        read(tmp_path, data)
    assert caught.value.line == line
    assert "\n" not in str(caught.value)


def test_too_many_rows_are_refused_where_the_limit_is_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "MAX_ROWS", 2)
    with pytest.raises(SourceError, match="超过 2 行") as caught:
        read(tmp_path, LIST)
    assert caught.value.line == 3


def test_too_large_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.sources.content.MAX_BYTES", 1024 * 1024)
    with pytest.raises(SourceError, match="超过 1 MB"):
        read(tmp_path, b"a,b\n" * 300_000)


# --- companies --------------------------------------------------------------------------------


def test_companies_of_a_csv_have_names_cities_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    text = (
        "专精特新小巨人名单（第五批）\r\n"
        "企业名称,所在城市,成立时间,主导产品\r\n"
        '苏州甲芯科技有限公司,苏州市,2015-03-01,"MEMS传感器\r\n麦克风"\r\n'
        "北京乙软科技有限公司,北京,2007年,\r\n"
        "注：按批次排列。\r\n"
    )
    path.write_bytes(text.encode("gb18030"))
    corpus = read_corpus([(path, "名单.csv")])
    told = [
        (company.name, company.rows[0].facts.city, company.rows[0].facts.founded)
        for company in corpus.companies
    ]
    assert told == [
        ("苏州甲芯科技有限公司", "苏州", 2015),
        ("北京乙软科技有限公司", "北京", 2007),
    ]
    lines = [
        (one.rows[0].origin.line_start, one.rows[0].origin.line_end) for one in corpus.companies
    ]
    assert lines == [(3, 4), (5, 5)]
    assert corpus.companies[0].text("product") == "MEMS传感器 麦克风"
    assert [note.text for note in corpus.notes] == [
        "专精特新小巨人名单（第五批）",
        "注：按批次排列。",
    ]
    assert corpus.skipped == ()


def test_title_of_a_csv_places_its_companies(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("苏州市小巨人名单\n企业名称,主导产品\n甲芯科技有限公司,芯片\n", "utf-8")
    (company,) = read_corpus([(path, "名单.csv")]).companies
    assert company.rows[0].facts.city == "苏州"
    assert company.rows[0].values["city"].origin.line_start == 1


def test_row_over_several_lines_of_another_table_is_a_whole_passage(tmp_path: Path) -> None:
    path = tmp_path / "岗位.csv"
    path.write_text('岗位,说明\n工程师,"会编程\n会英语"\n', "utf-8")
    corpus = read_corpus([(path, "岗位.csv")])
    told = [row.values for row in corpus.statistics]
    assert [value.text for values in told for value in values.values()] == [
        "工程师",
        "会编程 会英语",
    ]
    document = read_source(path, "岗位.csv")
    passage = row_passage(document.tables[0].rows[0])
    assert passage.raw == '工程师,"会编程\n会英语'
    assert document.slice(passage.span) == passage.raw
