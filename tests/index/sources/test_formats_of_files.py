"""Workbooks of other programs, web pages, JSON, Word documents and plain text."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from index.corpus import read_corpus
from index.errors import SourceError
from index.sources import read_source
from index.sources.calamine import read_other_sheets
from index.sources.sheetxml import Area
from index.types import Corpus, Document

HTML = """<html><head><title>页面</title><style>p {}</style></head><body>
<h1>某市瞪羚企业名单</h1>
<p>截至2025年。</p>
<h2>苏州市</h2>
<table>
<tr><th>序号</th><th>企业名称</th></tr>
<tr><td>1</td><td>甲有限公司</td></tr>
<tr><td>2</td><td>乙有限公司</td></tr>
</table>
<script>var a = 1;</script>
</body></html>
"""


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def corpus(path: Path) -> Corpus:
    return read_corpus([(path, path.name)])


def document(path: Path) -> Document:
    return read_source(path, path.name)


def cities(found: Corpus) -> dict[str, str | None]:
    return {one.name: one.rows[0].facts.city for one in found.companies}


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xls"])
def test_web_page_gives_its_tables_below_their_headings(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, HTML)
    found = corpus(path)
    assert cities(found) == {"甲有限公司": "苏州", "乙有限公司": "苏州"}
    assert document(path).title == "某市瞪羚企业名单"
    assert [note.text for note in found.notes] == ["截至2025年。"]
    row = found.companies[0].rows[0]
    assert row.origin.quote == "<tr><td>1</td><td>甲有限公司</td></tr>"
    assert row.origin.section == ("某市瞪羚企业名单", "苏州市")


def test_text_and_xlsx_under_the_name_of_old_workbooks_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (("企业名称", "城市"), ("甲有限公司", "苏州")):
        book.active.append(line)
    data = BytesIO()
    book.save(data)
    texts = ("企业名称\t城市\n甲有限公司\t苏州\n".encode("gbk"), data.getvalue())
    for number, held in enumerate(texts):
        assert cities(corpus(write(tmp_path, f"{number}.xls", held))) == {"甲有限公司": "苏州"}


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">
<office:body><office:spreadsheet><table:table table:name="名单">
<table:table-row>{header}</table:table-row><table:table-row>{row}</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def ods(*rows: tuple[str, ...]) -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    header, row = ("".join(map(cell.format, texts)) for texts in rows)
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS.format(header=header, row=row))
    return data.getvalue()


def test_workbook_of_another_program_is_read_and_cited_by_sheet_and_row(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ods", ods(("企业名称", "城市"), ("甲有限公司", "苏州")))
    found = corpus(path)
    assert cities(found) == {"甲有限公司": "苏州"}
    origin = found.companies[0].rows[0].origin
    assert (origin.sheet, origin.line_start, origin.quote) == ("名单", 2, "甲有限公司 | 苏州")


def test_merged_cells_dates_and_hidden_sheets_of_other_formats(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (
        ("城市", "企业名称", "成立"),
        ("苏州", "甲", date(2015, 7, 9)),
        (None, "乙", 2010),
    ):
        sheet.append(line)
    sheet.merge_cells("A2:A3")
    book.create_sheet("隐藏").sheet_state = "hidden"
    data = BytesIO()
    book.save(data)
    (read,) = read_other_sheets(tmp_path / "a.xlsb", data.getvalue())
    texts = [[cell.text for cell in cells.values()] for cells in read.rows.values()]
    assert texts[1:] == [["苏州", "甲", "2015-07-09"], ["苏州", "乙", "2010"]]
    assert read.merged == (Area(1, 2, 1, 3),)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.jsonl", '{"企业名称": "甲有限公司", "城市": "苏州"}\n{"企业名称": "乙有限公司"}\n', 1),
        (
            "a.json",
            '[\n {"企业名称": "甲有限公司", "城市": "苏州"},\n {"企业名称": "乙有限公司"}\n]',
            2,
        ),
        (
            "a.json",
            json.dumps(
                {
                    "title": "名单",
                    "data": [
                        {"企业名称": "甲有限公司", "城市": "苏州"},
                        {"企业名称": "乙有限公司"},
                    ],
                },
                ensure_ascii=False,
            ),
            1,
        ),
    ],
)
def test_objects_are_rows_cited_by_their_lines(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    found = corpus(write(tmp_path, name, text))
    assert cities(found) == {"甲有限公司": "苏州", "乙有限公司": None}
    origin = found.companies[0].rows[0].origin
    assert origin.line_start == line
    assert "甲有限公司" in origin.quote


def test_inner_objects_and_lists_are_columns_and_items(tmp_path: Path) -> None:
    text = (
        '[{"企业名称": "甲有限公司", "地点": {"城市": "苏州"}, "产品": ["泵", "阀"], "上市": null}]'
    )
    (company,) = corpus(write(tmp_path, "a.json", text)).companies
    assert company.rows[0].values["product"].text == "泵、阀"
    assert company.rows[0].facts.city == "苏州"
    assert "上市" not in company.rows[0].values


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.json", '{"a": 1}', "没有找到由对象组成的数组"),
        ("a.json", "[{]", "不是正确的 JSON"),
        ("a.jsonl", '{"企业名称": "甲"}\n{"b"', "不是正确的 JSON"),
        ("a.docx", b"PK\x03\x04broken", "已损坏"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧的 .doc"),
        ("a.doc", b"x", "另存为 .docx"),
        ("a.pdf", b"%PDF-1.7", "读不了 .pdf"),
        ("a.ods", b"PK\x03\x04broken", "打不开这个工作簿"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken", "打不开这个工作簿"),
    ],
)
def test_file_that_cannot_be_read_says_why(
    tmp_path: Path, name: str, data: bytes | str, problem: str
) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        document(write(tmp_path, name, data))
    assert "\n" not in str(caught.value)


def word(folder: Path) -> Path:
    made = docx.Document()
    made.add_paragraph("某省瞪羚企业管理办法")
    made.add_paragraph("第一条 企业应当同时符合下列条件：")
    made.add_paragraph("（一）成立满3年；")
    made.add_paragraph("第二条 有效期三年。到期复核。")
    made.add_heading("名单", 1)
    table = made.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("企业名称", "城市"), ("甲有限公司", "苏州")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    path = folder / "办法.docx"
    made.save(str(path))
    return path


def test_word_document_gives_its_articles_and_tables(tmp_path: Path) -> None:
    path = word(tmp_path)
    found = corpus(path)
    assert document(path).title == "某省瞪羚企业管理办法"
    assert cities(found) == {"甲有限公司": "苏州"}
    assert found.companies[0].rows[0].origin.quote == "甲有限公司 | 苏州"
    assert [(one.dimension, one.text) for one in found.clauses] == [("第一条", "（一）成立满3年；")]
    assert found.notes[-1].text == "到期复核。"
    assert found.notes[-1].origin.line_start == 4
    assert found.notes[-1].origin.section[-1] == "第二条"


def test_plain_text_has_its_title_in_the_first_line(tmp_path: Path) -> None:
    text = "关于申报瞪羚企业的通知\n\n一、申报条件\n成立满3年。\n二、申报材料\n营业执照。\n"
    path = write(tmp_path, "通知.txt", text.encode("gbk"))
    found = corpus(path)
    assert document(path).title == "关于申报瞪羚企业的通知"
    assert [clause.text for clause in found.clauses] == ["成立满3年。"]
    assert found.notes[-1].origin.section == ("关于申报瞪羚企业的通知", "二、申报材料")


def test_text_between_tabs_is_a_table(tmp_path: Path) -> None:
    path = write(tmp_path, "名单.txt", "企业名称\t城市\n甲有限公司\t苏州\n")
    assert cities(corpus(path)) == {"甲有限公司": "苏州"}
