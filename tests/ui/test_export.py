"""Exports, opened again as a spreadsheet would."""

from __future__ import annotations

import base64
import csv
import io
from pathlib import Path

import openpyxl
import pytest

from assistant.engine import Engine
from index.corpus import read_corpus
from index.types import Company, Corpus
from tests.conftest import SEED_NAME
from ui.export import SOURCE_COLUMNS, Format, download_companies, export_companies, harmless

HOSTILE = """# 试验清单

| 企业名称 | 所在城市 | 主导产品 | 核心技术 |
|---|---|---|---|
| =HYPERLINK("http://x","甲") | 合肥 | +1+1 | -2+3 |
| @SUM(A1:A9)科技有限公司 | 合肥 | ＝1+1 | ＠cmd |
| 合肥乙有限公司 | 合肥 | 甲"乙,丙 | 传感器 |
"""


def rows_of(content: bytes, form: Format) -> list[list[str]]:
    """Return the rows of an export as text; every cell of a workbook has to be text."""
    if form is Format.CSV:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cells = [list(row) for row in sheet.iter_rows()]
    assert {cell.data_type for row in cells for cell in row if cell.value is not None} == {"s"}
    return [[str(cell.value or "") for cell in row] for row in cells]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Company, ...]:
    path = tmp_path_factory.mktemp("lists") / "=a.md"
    path.write_text(HOSTILE, "utf-8")
    return read_corpus([(path, "=a.md")]).companies


@pytest.mark.parametrize("form", Format)
def test_export_holds_every_company_with_its_lines(seed_corpus: Corpus, form: Format) -> None:
    header, *rows = rows_of(export_companies(seed_corpus.companies, form), form)
    assert header[:2] == ["企业名称", "简称"]
    assert tuple(header[-4:]) == SOURCE_COLUMNS
    assert [row[0] for row in rows] == [one.name for one in seed_corpus.companies]
    row = next(row for row in rows if row[0] == "苏州敏芯微电子技术股份有限公司")
    told = dict(zip(header, row, strict=True))
    assert told["所在城市"] == "苏州"
    assert told["主导产品"] == "MEMS麦克风"
    assert told["企业主页"] == "https://www.memsensing.com"
    assert told["来源文件"].splitlines()[0] == SEED_NAME
    assert told["行号"].splitlines()[0] == "73"
    assert told["原文"].splitlines()[0].startswith("| 苏州敏芯微电子技术股份有限公司 | MEMS |")


def test_both_forms_say_the_same(seed_corpus: Corpus) -> None:
    exported = [rows_of(export_companies(seed_corpus.companies, form), form) for form in Format]
    assert exported[0] == exported[1]


def test_csv_begins_with_a_byte_order_mark(seed_corpus: Corpus) -> None:
    content = export_companies(seed_corpus.companies, Format.CSV)
    assert content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("form", Format)
def test_no_cell_runs_as_a_formula(hostile: tuple[Company, ...], form: Format) -> None:
    rows = rows_of(export_companies(hostile, form), form)
    assert not [cell for row in rows for cell in row if cell[:1] in {*"=+-@＝＋－＠\t\r"}]
    cells = {cell for row in rows for cell in row}
    names = ('=HYPERLINK("http://x","甲")', "@SUM(A1:A9)科技有限公司")
    for text in (*names, "+1+1", "-2+3", "＝1+1", "＠cmd", "=a.md"):
        assert f"'{text}" in cells
    assert {"合肥乙有限公司", '甲"乙,丙'} <= cells


def test_disagreeing_values_and_all_rows_are_kept(tmp_path: Path) -> None:
    header = "| 企业名称 | 所在城市 | 员工规模 |\n|---|---|---|"
    table = f"# {{}}\n\n{header}\n| 合肥甲科技有限公司 | 合肥 | {{}} |\n"
    paths = [(tmp_path / f"{name}.md", f"{name}.md") for name in ("a", "b")]
    for (path, name), people in zip(paths, ("100人", "200人"), strict=True):
        path.write_text(table.format(name, people), "utf-8")
    labels, row = rows_of(export_companies(read_corpus(paths).companies, Format.XLSX), Format.XLSX)
    told = dict(zip(labels, row, strict=True))
    assert told["员工规模"] == "100人 / 200人"
    assert told["来源文件"] == "a.md\nb.md"
    assert told["行号"] == "5\n5"
    assert told["原文"].count("合肥甲科技有限公司") == 2


def test_text_that_a_workbook_cannot_hold_is_cut(hostile: tuple[Company, ...]) -> None:
    named = [type(hostile[0])("id", f"甲\x07{'长' * 40_000}", (), hostile[2].rows)]
    name = rows_of(export_companies(named, Format.XLSX), Format.XLSX)[1][0]
    assert len(name) == 32_767
    assert name.startswith("甲长")


def test_nothing_to_export_is_a_header() -> None:
    assert rows_of(export_companies((), Format.CSV), Format.CSV) == [
        ["企业名称", "简称", *SOURCE_COLUMNS]
    ]


def test_download_carries_name_type_and_content(seed_corpus: Corpus) -> None:
    file = download_companies(seed_corpus.companies[:1], Format.XLSX)
    told = file.to_dict()
    assert told["name"].endswith(".xlsx")
    assert "spreadsheetml" in told["type"]
    assert base64.b64decode(told["data"]) == file.content


@pytest.mark.model
def test_records_of_an_answer_can_be_exported(engine: Engine) -> None:
    answer = engine.reply("苏州有哪些小巨人").answer
    companies = engine.browsing.catalog.find(record.id for record in answer.records)
    rows = rows_of(export_companies(companies, Format.CSV), Format.CSV)
    assert [row[0] for row in rows[1:]] == [record.name for record in answer.records]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+86 10", "'+86 10"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        (" =1", "' =1"),
        ("＝1+1", "'＝1+1"),
        ("－1", "'－1"),
        ("\tx", "'\tx"),
        ("1=1", "1=1"),
        ("科创板:688286", "科创板:688286"),
        ("'=1", "'=1"),
        ("", ""),
    ],
)
def test_cell_does_not_run(cell: str, shown: str) -> None:
    assert harmless(cell) == shown
