"""Tables as people write them rather than as the grammar wants them."""

from __future__ import annotations

from index.corpus import read_corpus
from index.sources.markdown import read_markdown
from index.types import Corpus


def corpus_of(tmp_path, text: str) -> Corpus:
    file = tmp_path / "list.md"
    file.write_text(text, "utf-8")
    return read_corpus([(file, "list.md")])


def test_table_without_a_separator_is_a_table():
    text = "# 清单\n\n| 企业名称 | 城市 |\n| 甲公司 | 苏州 |\n| 乙公司 | 杭州 |\n"
    (table,) = read_markdown(text, "a.md", "0").tables
    assert [cell.text for cell in table.header.cells] == ["企业名称", "城市"]
    assert [row.origin.line_start for row in table.rows] == [4, 5]


def test_front_matter_is_kept_as_text_and_shifts_no_line():
    text = "---\ntitle: 清单\nlastUpdated: 2026年5月\n---\n\n# 甲\n\n正文。\n"
    document = read_markdown(text, "a.md", "0")
    assert document.title == "甲"
    assert [(one.text, one.origin.line_start) for one in document.passages] == [
        ("title: 清单", 2), ("lastUpdated: 2026年5月", 3), ("正文。", 8),
    ]  # fmt: skip


def test_text_right_under_a_table_is_no_row():
    text = "| 企业名称 | 城市 |\n|---|---|\n| 甲公司 | 苏州 |\n数据仅供参考\n"
    document = read_markdown(text, "a.md", "0")
    assert len(document.tables[0].rows) == 1
    assert [one.text for one in document.passages] == ["数据仅供参考"]


def test_repeated_header_is_skipped_with_its_line(tmp_path):
    text = "| 企业名称 | 城市 |\n|---|---|\n| 甲公司 | 苏州 |\n"
    text += "| 企业名称 | 城市 |\n| 乙公司 | 杭州 |\n"
    corpus = corpus_of(tmp_path, text)
    assert [(one.line, one.reason) for one in corpus.skipped] == [(4, "重复的表头")]
    assert len(corpus.companies) == 2


def test_city_comes_from_the_title_but_not_for_foreign_companies(tmp_path):
    text = (
        "# 北京人工智能企业\n\n## 中国企业\n\n| 企业名称 | 领域 |\n|---|---|\n| 甲科技 | AI |\n\n"
        "## 国际企业\n\n### 美国企业\n\n| 企业名称 | 领域 |\n|---|---|\n| Acme, Inc. | AI |\n"
    )
    cities = {one.name: one.facts("city") for one in corpus_of(tmp_path, text).companies}
    assert cities == {"甲科技": ("北京",), "Acme, Inc.": ()}


def test_city_comes_from_an_address_where_nothing_else_says_it(tmp_path):
    text = "# 清单\n\n| 企业名称 | 办公地址 |\n|---|---|\n| 甲科技 | 苏州工业园区星湖街1号 |\n"
    (company,) = corpus_of(tmp_path, text).companies
    assert company.facts("city") == ("苏州",)


def test_cell_of_many_names_groups_companies(tmp_path):
    text = "# 清单\n\n| 规模 | 企业 |\n|---|---|\n| 大型 | 甲科技、乙科技、丙科技 |\n"
    names = [one.name for one in corpus_of(tmp_path, text).companies]
    assert names == ["甲科技", "乙科技", "丙科技"]


def test_link_of_another_column_keeps_its_address(tmp_path):
    text = "| 企业名称 | 财报 |\n|---|---|\n| 甲科技 | [年报](https://ir.example.com) |\n"
    (company,) = corpus_of(tmp_path, text).companies
    assert company.text("财报") == "年报 https://ir.example.com"


def test_lines_of_cells_below_a_sentence_are_a_table_and_the_sentence_stays():
    text = "名单如下：\n| 企业名称 | 城市 |\n| 甲公司 | 苏州 |\n| 乙公司 | 杭州 |\n以上。\n"
    document = read_markdown(text, "a.md", "0")
    (table,) = document.tables
    assert [row.origin.line_start for row in table.rows] == [3, 4]
    assert [one.text for one in document.passages] == ["名单如下：", "以上。"]


def test_picture_says_something_only_where_nothing_else_does():
    text = "| 标志 | 企业名称 |\n|---|---|\n| ![a](a.png) | ![b](b.png) 甲公司 |\n"
    (row,) = read_markdown(text, "a.md", "0").tables[0].rows
    assert [cell.text for cell in row.cells] == ["a", "甲公司"]
