"""XLSX workbooks: cells as the sheet shows them, cited by sheet and row, within limits."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from index.corpus import read_corpus
from index.errors import SourceError
from index.sources import read_source, workbook
from index.sources import rows as shared
from index.sources.formats import shown
from index.types import Document, Link, Origin, Span

HEADER = ("企业名称", "城市", "主导产品")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def book(*rows: tuple[Any, ...], name: str = "名单") -> Workbook:
    made = Workbook()
    sheet = made.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    return made


def read(tmp_path: Path, made: Workbook, name: str = "清单.xlsx") -> Document:
    path = tmp_path / name
    made.save(path)
    document = read_source(path, name)
    check_places(document)
    return document


def check_places(document: Document) -> None:
    """Every cell and passage slices back out of the lines, every quote is lines of its sheet."""
    rows = [row for table in document.tables for row in (table.header, *table.rows)]
    for row in rows:
        assert row.origin.sheet == row.origin.section[0]
        for cell in row.cells:
            assert document.slice(cell.span) == cell.raw
            assert cell.raw in row.origin.quote
    for passage in document.passages:
        assert document.slice(passage.span) == passage.raw
        assert passage.origin.quote == document.lines[passage.span.line - 1]


def texts_of(document: Document, table: int = 0) -> list[list[str]]:
    found = document.tables[table]
    return [[cell.text for cell in row.cells] for row in (found.header, *found.rows)]


def lines_of(document: Document, table: int = 0) -> list[int]:
    return [row.origin.line_start for row in document.tables[table].rows]


def repacked(made: Workbook, part: str, change: Callable[[str], str]) -> bytes:
    """Return a workbook with the XML of one part changed, for what openpyxl does not write."""
    saved, packed = BytesIO(), BytesIO()
    made.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if name == part else text)
    return packed.getvalue()


# --- rows and sheets --------------------------------------------------------------------------


def test_rows_are_cited_by_sheet_and_row_as_they_are_shown(tmp_path: Path) -> None:
    document = read(tmp_path, book(HEADER, ("甲公司", "苏州", "芯片"), ("乙公司", None, "软件")))
    assert texts_of(document) == [list(HEADER), ["甲公司", "苏州", "芯片"], ["乙公司", "", "软件"]]
    assert document.lines == (
        "企业名称 | 城市 | 主导产品",
        "甲公司 | 苏州 | 芯片",
        "乙公司 |  | 软件",
    )
    row = document.tables[0].rows[0]
    assert row.origin == Origin("清单.xlsx", ("名单",), 2, 2, "甲公司 | 苏州 | 芯片", "名单")
    assert row.cells[1].span == Span(2, 2, 6, 8)
    assert document.title == "清单"


def test_every_visible_sheet_is_a_table_with_rows_of_its_own(tmp_path: Path) -> None:
    made = book(HEADER, ("甲公司", "苏州", "芯片"), name="第一批")
    second = made.create_sheet("第二批")
    for row in (HEADER, ("乙公司", "北京", "软件"), ("丙公司", "上海", "材料")):
        second.append(row)
    for name, state in (("藏", "hidden"), ("深藏", "veryHidden")):
        hidden = made.create_sheet(name)
        hidden.append(HEADER)
        hidden.append(("丁公司", "杭州", "电池"))
        hidden.sheet_state = state
    made.create_sheet("空")
    made.create_chartsheet("图")
    document = read(tmp_path, made)
    assert [table.header.origin.sheet for table in document.tables] == ["第一批", "第二批"]
    assert lines_of(document, 0) == [2]
    assert lines_of(document, 1) == [2, 3]
    assert document.tables[1].rows[0].cells[0].span.line == 4


def test_empty_rows_are_left_out_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    made = book()
    sheet = made.active
    for column, text in enumerate(HEADER, 3):
        sheet.cell(4, column, text)
    sheet.cell(6, 3, "甲公司")
    sheet.cell(6, 4, "苏州")
    sheet.cell(9, 3, "乙公司")
    sheet.cell(9, 6, "多出的")
    sheet.cell(12, 3, "  ")
    document = read(tmp_path, made)
    assert texts_of(document)[1:] == [["甲公司", "苏州"], ["乙公司", "", "", "多出的"]]
    assert lines_of(document) == [6, 9]
    assert len(document.lines) == 9


def test_hidden_rows_and_columns_are_read(tmp_path: Path) -> None:
    made = book(HEADER, ("甲公司", "苏州", "芯片"), ("乙公司", "北京", "软件"))
    made.active.row_dimensions[2].hidden = True
    made.active.column_dimensions["C"].hidden = True
    assert texts_of(read(tmp_path, made))[1] == ["甲公司", "苏州", "芯片"]


def test_wrong_bounds_in_the_file_do_not_matter(tmp_path: Path) -> None:
    def widen(xml: str) -> str:
        assert "<dimension" in xml
        return re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', xml)

    path = tmp_path / "清单.xlsx"
    path.write_bytes(
        repacked(book(HEADER, ("甲公司", "苏州", "芯片")), "xl/worksheets/sheet1.xml", widen)
    )
    assert texts_of(read_source(path, path.name))[1] == ["甲公司", "苏州", "芯片"]


def test_line_breaks_in_a_cell_stay_on_the_line_of_its_row(tmp_path: Path) -> None:
    document = read(tmp_path, book(("企业\n名称", "城市"), ("甲\r\n  公司_x000D_", " 苏州 ")))
    assert texts_of(document) == [["企业 名称", "城市"], ["甲 公司", "苏州"]]
    assert document.lines[1] == "甲 公司 | 苏州"


# --- titles, headers, notes, merged cells -----------------------------------------------------


def test_title_row_is_title_and_passage(tmp_path: Path) -> None:
    made = book(("小巨人名单",), ("填报单位：", "某局"), (), HEADER, ("甲公司", "苏州", "芯片"))
    document = read(tmp_path, made)
    assert document.title == "小巨人名单"
    assert [one.text for one in document.passages] == ["小巨人名单", "填报单位：；某局"]
    assert texts_of(document)[0] == list(HEADER)
    assert lines_of(document) == [5]


def test_merged_title_is_shown_once(tmp_path: Path) -> None:
    made = book(("小巨人名单",), HEADER, ("甲公司", "苏州", "芯片"))
    made.active.merge_cells("A1:C1")
    document = read(tmp_path, made)
    assert (document.title, document.lines[0]) == ("小巨人名单", "小巨人名单")
    assert [one.raw for one in document.passages] == ["小巨人名单"]


def test_merged_cells_fill_down_and_right(tmp_path: Path) -> None:
    made = book(
        HEADER,
        ("甲公司", "苏州", "芯片"),
        ("乙公司", None, "软件"),
        (None, None, None),
        ("丙公司", "同上", None),
    )
    made.active.merge_cells("B2:B4")
    made.active.merge_cells("B5:C5")
    document = read(tmp_path, made)
    assert texts_of(document)[1:] == [
        ["甲公司", "苏州", "芯片"],
        ["乙公司", "苏州", "软件"],
        ["丙公司", "同上", "同上"],
    ]
    assert lines_of(document) == [2, 3, 5]
    assert document.tables[0].rows[1].origin.quote == "乙公司 | 苏州 | 软件"


def test_header_of_two_rows_is_one_and_cites_both(tmp_path: Path) -> None:
    made = book(
        ("企业名称", "所在地", None, "营收", None),
        (None, "省份", "城市", "2023", "2024"),
        ("甲公司", "江苏", "苏州", 1, 2),
    )
    for merged in ("A1:A2", "B1:C1", "D1:E1"):
        made.active.merge_cells(merged)
    document = read(tmp_path, made)
    assert texts_of(document)[0] == ["企业名称", "省份", "城市", "营收 2023", "营收 2024"]
    header = document.tables[0].header.origin
    assert (header.line_start, header.line_end) == (1, 2)
    assert header.quote == "\n".join(document.lines[:2])
    assert document.passages == ()


def test_repeated_names_of_a_header_stand_under_their_groups(tmp_path: Path) -> None:
    made = book(
        ("企业名称", "2023年", None, "2024年", None),
        (None, "营收", "利润", "营收", "利润"),
        ("甲公司", 1, 2, 3, 4),
    )
    for merged in ("A1:A2", "B1:C1", "D1:E1"):
        made.active.merge_cells(merged)
    header = texts_of(read(tmp_path, made))[0]
    assert header == ["企业名称", "2023年 营收", "2023年 利润", "2024年 营收", "2024年 利润"]


def test_merged_rows_stay_among_the_rows_they_head_and_notes_do_not(tmp_path: Path) -> None:
    made = book(
        HEADER,
        ("苏州片区", None, None),
        ("甲公司", "苏州", "芯片"),
        ("乙公司", None, None),
        ("注：信息截至2025年12月", None, None),
    )
    made.active.merge_cells("A2:C2")
    document = read(tmp_path, made)
    assert texts_of(document)[1:] == [["苏州片区"] * 3, ["甲公司", "苏州", "芯片"], ["乙公司"]]
    assert [one.text for one in document.passages] == ["注：信息截至2025年12月"]


def test_merged_range_over_a_whole_sheet_fills_only_what_is_there(tmp_path: Path) -> None:
    def merge(xml: str) -> str:
        merged = '<mergeCells count="1"><mergeCell ref="B2:XFD1048576"/></mergeCells>'
        return xml.replace("</sheetData>", f"</sheetData>{merged}")

    path = tmp_path / "清单.xlsx"
    made = book(HEADER, ("甲公司", "苏州"), ("乙公司",))
    path.write_bytes(repacked(made, "xl/worksheets/sheet1.xml", merge))
    document = read_source(path, path.name)
    assert texts_of(document)[1:] == [["甲公司", "苏州", "苏州"], ["乙公司", "苏州", "苏州"]]


# --- values -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        # numbers
        (12, "General", "12"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (-1.5, "General", "-1.5"),
        (913100007109250000, "General", "913100007109250000"),
        (1e22, "General", "1" + "0" * 22),
        (1.5e-7, "General", "0.00000015"),
        (1234567890123, "0.00E+00", "1234567890123"),
        (0.35, "0%", "35%"),
        (0.1234, "0.00%", "12.34%"),
        (0.125, "0%", "13%"),
        (1200, "#,##0", "1,200"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (0, "#,##0", "0"),
        (0, "#,###", ""),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (-0.2, "0", "0"),
        (1.5, "0.0#", "1.5"),
        (0.5, "#.##", ".5"),
        (500, '0"人"', "500人"),
        (500, r"0\人", "500人"),
        (500, 'General"人"', "500人"),
        (500, 'G/通用格式"人"', "500人"),
        (1, "000000", "000001"),
        (12345678, '#,##0.0,,"百万"', "12.3百万"),
        (12, "[$¥-804]#,##0.00", "¥12.00"),
        (-12, "#,##0;[Red](#,##0)", "(12)"),
        (-12, "[Red]0", "-12"),
        (0, '0;-0;"无"', "无"),
        (12, "_ * #,##0.00_ ", "12.00"),
        (0.5, "# ?/?", "0.5"),
        (5, "[>3]0;0.0", "5"),
        (13812345678, "000-0000-0000", "13812345678"),
        (7, ";;;", "7"),
        (12, "@", "12"),
        # texts and truth values
        ("000001", "@", "000001"),
        (True, "General", "TRUE"),
        (False, "0", "FALSE"),
        # dates
        (datetime(2015, 3, 1), 'yyyy"年"', "2015年"),
        (datetime(2015, 3, 1), 'yyyy"年"m"月"d"日";@', "2015年3月1日"),
        (datetime(2015, 3, 1), "[$-804]yyyy\\-mm\\-dd", "2015-03-01"),
        (datetime(2015, 3, 1), "yyyy-mm-dd h:mm:ss", "2015-03-01 0:00:00"),
        (datetime(2015, 3, 1), "mm-dd-yy", "2015/3/1"),
        (datetime(2015, 3, 1, 9, 5), "m/d/yy h:mm", "2015/3/1 9:05"),
        (datetime(2015, 3, 1), "yy.m.d", "2015.3.1"),
        (datetime(2015, 3, 1), "mmm-yy", "Mar-2015"),
        (datetime(2015, 3, 1), "mmmm d, yyyy", "March 1, 2015"),
        (datetime(2015, 3, 1), "ddd dddd", "Sun Sunday"),
        (datetime(2015, 3, 1), "yyyy/m/d aaaa", "2015/3/1 星期日"),
        (date(2015, 3, 1), "yyyy/mm/dd", "2015/03/01"),
        (datetime(2015, 3, 1, 15, 4, 5), "h:mm AM/PM", "3:04 PM"),
        (datetime(2015, 3, 1, 0, 4), "上午/下午h:mm", "上午12:04"),
        (datetime(2015, 3, 1, 15, 4, 5, 250000), "mm:ss.0", "04:05.2"),
        (time(9, 30), "h:mm", "9:30"),
        (time(9, 30), "yyyy-mm-dd", "09:30:00"),
        (timedelta(hours=30, minutes=5), "[h]:mm:ss", "30:05:00"),
        (timedelta(minutes=90), "[mm]:ss", "90:00"),
        (datetime(2015, 3, 1), "General", "2015-03-01 00:00:00"),
    ],
)
def test_value_is_shown_under_its_format(value: object, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_numbers_and_dates_of_a_sheet_are_shown_under_their_formats(tmp_path: Path) -> None:
    made = book(
        ("企业名称", "成立时间", "占比", "人数", "代码", "正常"),
        ("甲公司", datetime(2015, 3, 1), 0.35, 12.0, 91310000710925, True),
    )
    made.active["B2"].number_format = 'yyyy"年"'
    made.active["C2"].number_format = "0%"
    document = read(tmp_path, made)
    assert texts_of(document)[1] == ["甲公司", "2015年", "35%", "12", "91310000710925", "TRUE"]


def test_chinese_date_format_that_is_known_by_number_only_is_a_date(tmp_path: Path) -> None:
    def localise(xml: str) -> str:
        (code,) = re.findall(r'numFmtId="(\d+)" formatCode="0.00000"', xml)
        xml = re.sub(r"<numFmts.*?</numFmts>", "", xml)
        return xml.replace(f'numFmtId="{code}"', 'numFmtId="31"')

    made = book(("企业名称", "成立时间"), ("甲公司", 42064), ("乙公司", 99999999))
    for row in (2, 3):
        made.active.cell(row, 2).number_format = "0.00000"
    path = tmp_path / "清单.xlsx"
    path.write_bytes(repacked(made, "xl/styles.xml", localise))
    found = texts_of(read_source(path, path.name))
    assert [row[1] for row in found] == ["成立时间", "2015年3月1日", "99999999"]


def test_error_values_are_quoted_and_say_nothing(tmp_path: Path) -> None:
    document = read(tmp_path, book(("企业名称", "城市"), ("甲公司", "#N/A"), ("乙公司", "苏州")))
    assert texts_of(document)[1] == ["甲公司", ""]
    assert document.tables[0].rows[0].origin.quote == "甲公司 | #N/A"


def test_web_links_are_kept_also_through_merged_cells_and_formulas(tmp_path: Path) -> None:
    made = book(
        ("企业名称", "官网", "邮箱"),
        ("甲公司", "官网", "a@a.cn"),
        ("甲公司二部", None, "文件"),
        ("乙公司", '=HYPERLINK("https://b.cn", "乙官网")', None),
    )
    made.active["B2"].hyperlink = "https://a.cn/x"
    made.active["C2"].hyperlink = "mailto:a@a.cn"
    made.active["C3"].hyperlink = "file:///C:/a.docx"
    made.active["B2"].hyperlink.tooltip = "x"
    made.active.merge_cells("B2:B3")
    document = read(tmp_path, made)
    rows = document.tables[0].rows
    assert [row.cells[1].links for row in rows] == [
        (Link("https://a.cn/x", "官网"),),
        (Link("https://a.cn/x", "官网"),),
        (Link("https://b.cn", "乙官网"),),
    ]
    assert rows[2].cells[1].text == "乙官网"
    assert rows[0].origin.quote == "甲公司 | [官网](https://a.cn/x) | a@a.cn"
    assert [row.cells[2].links for row in rows[:2]] == [(), ()]


def test_address_that_is_shown_anyway_is_not_quoted_twice(tmp_path: Path) -> None:
    made = book(("企业名称", "官网"), ("甲公司", "www.a.cn"))
    made.active["B2"].hyperlink = "http://www.a.cn/"
    row = read(tmp_path, made).tables[0].rows[0]
    assert row.origin.quote == "甲公司 | www.a.cn"
    assert row.cells[1].links == (Link("http://www.a.cn/", "www.a.cn"),)


def test_formula_is_shown_by_its_stored_value(tmp_path: Path) -> None:
    def compute(xml: str) -> str:
        xml = xml.replace("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")
        xml = xml.replace("<f>1+1</f><v />", "<f>1+1</f><v>2</v>")
        return re.sub(
            r'<c r="B3"[^>]*><f>""</f><v ?/?>(?:</v>)?', '<c r="B3" t="str"><f>""</f><v></v>', xml
        )

    made = book(("企业名称", "人数"), ("甲公司", "=1+1"), ("乙公司", '=""'))
    path = tmp_path / "清单.xlsx"
    path.write_bytes(repacked(made, "xl/worksheets/sheet1.xml", compute))
    assert texts_of(read_source(path, path.name))[1:] == [["甲公司", "2"], ["乙公司"]]


def test_cell_of_a_formula_that_was_never_computed_is_left_out_and_named(tmp_path: Path) -> None:
    made = book(("企业名称", "人数"), ("甲公司", "=1+1"), ("乙公司", 5))
    document = read(tmp_path, made)
    assert texts_of(document)[1:] == [["甲公司"], ["乙公司", "5"]]
    (notice,) = document.notices
    assert notice.startswith("工作表「名单」B2的公式没有计算结果")


# --- files that are refused -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.xlsx", OLE2 + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("a.xlsx", OLE2 + "Workbook".encode("utf-16-le"), "旧版 Excel"),
        ("a.xltx", OLE2, "另存为 .xlsx"),
        ("a.xlsx", b"", "空的"),
        ("a.xlsx", b"PK\x03\x04 cut off", "已损坏"),
        ("a.xlsx", "企业名称,城市\n".encode(), "不是 .xlsx"),
    ],
)
def test_other_files_are_refused_with_a_remedy(
    tmp_path: Path, name: str, data: bytes, problem: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError, match=problem) as caught:
        read_source(path, name)
    assert str(caught.value).startswith(f"{path}：")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2]),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace('r="2"', 'r="99999999999"')),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace('r="B2"', 'r="ZZZ2"')),
        (
            "xl/worksheets/sheet1.xml",
            lambda xml: re.sub('t="inlineStr">.*?</c>', 't="s"><v>77</v></c>', xml),
        ),
        ("xl/workbook.xml", lambda xml: re.sub("<sheets>.*</sheets>", "", xml)),
        ("[Content_Types].xml", lambda xml: xml.replace("sheet.main", "other")),
    ],
)
def test_damaged_workbook_is_refused_in_one_line(
    tmp_path: Path, part: str, change: Callable[[str], str]
) -> None:
    path = tmp_path / "清单.xlsx"
    path.write_bytes(repacked(book(HEADER, ("甲公司", "苏州", "芯片")), part, change))
    with pytest.raises(SourceError, match="可能已损坏") as caught:
        read_source(path, path.name)
    assert "\n" not in str(caught.value)


def test_encrypted_part_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    book(HEADER).save(path)
    data = bytearray(path.read_bytes())
    flags = data.rindex(b"PK\x01\x02") + 8
    data[flags] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(SourceError, match="加密"):
        read_source(path, path.name)


@pytest.mark.parametrize(
    ("module", "limit", "value", "problem"),
    [
        (workbook, "MAX_UNPACKED", 1024 * 1024, "解压后超过 1 MB"),
        (shared, "MAX_ROWS", 2, "超过 2 行"),
        (workbook, "MAX_CELLS", 5, "超过 5 个单元格"),
    ],
)
def test_workbook_beyond_a_limit_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    limit: str,
    value: int,
    problem: str,
) -> None:
    rows = [(f"{number}公司", "苏州", "芯" * 90) for number in range(20_000)]
    made = book(HEADER, *rows) if limit == "MAX_UNPACKED" else book(HEADER, *rows[:2])
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(SourceError, match=problem):
        read(tmp_path, made)


def test_bomb_is_refused_by_its_directory_alone(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/workbook.xml", "w") as part,
    ):
        for _ in range(501):
            part.write(bytes(1024 * 1024))
    assert path.stat().st_size < 1024 * 1024
    with pytest.raises(SourceError, match="解压后超过 500 MB"):
        read_source(path, path.name)


# --- companies --------------------------------------------------------------------------------


def test_companies_of_a_workbook_have_names_cities_and_rows(tmp_path: Path) -> None:
    made = book(
        ("小巨人名单（信息截至2025年12月）", None, None, None),
        (None, None, None, None),
        ("企业名称", "所在城市", "成立时间", "官网"),
        ("苏州甲芯科技有限公司", "苏州市", datetime(2015, 3, 1), "甲芯"),
        ("苏州乙软科技有限公司", None, 2007, None),
        name="苏州、北京",
    )
    sheet = made.active
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B4:B5")
    sheet["C4"].number_format = 'yyyy"年"'
    sheet["D4"].hyperlink = "https://jiaxin.cn"
    other = made.create_sheet("北京")
    other.append(("企业名称", "主导产品"))
    other.append(("丙智科技有限公司", "机器人"))
    path = tmp_path / "名单.xlsx"
    made.save(path)
    corpus = read_corpus([(path, "名单.xlsx")])
    told = {
        company.name: (
            company.rows[0].facts.city,
            company.rows[0].facts.founded,
            company.rows[0].origin.sheet,
            company.rows[0].origin.line_start,
        )
        for company in corpus.companies
    }
    assert told == {
        "苏州甲芯科技有限公司": ("苏州", 2015, "苏州、北京", 4),
        "苏州乙软科技有限公司": ("苏州", 2007, "苏州、北京", 5),
        # The sheet's name places it, for no column does.
        "丙智科技有限公司": ("北京", None, "北京", 2),
    }
    assert corpus.companies[0].facts("website") == ("https://jiaxin.cn",)
    (document,) = corpus.documents
    assert (document.title, document.tables) == ("小巨人名单（信息截至2025年12月）", 2)
    assert document.as_of is not None
    assert all("industry" not in row.values for one in corpus.companies for row in one.rows)
    assert corpus.companies[0].rows[0].origin.quote.endswith("[甲芯](https://jiaxin.cn)")
