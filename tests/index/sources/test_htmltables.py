"""Tables that a Markdown file writes in HTML."""

from __future__ import annotations

from index.corpus import read_corpus
from index.sources.markdown import read_markdown

TABLE = """# 名单

<table>
<tr><th>城市</th><th>企业名称</th><th>官网</th></tr>
<tr>
  <td rowspan="2">苏州</td>
  <td>甲科技有限公司</td>
  <td><a href="https://a.com">官网</a></td>
</tr>
<tr><td>乙科技<br>有限公司</td><td>b.com</td></tr>
<tr><td>杭州</td><td colspan="2">丙科技 &amp; 丁</td></tr>
</table>
表后的话。
"""


def test_rows_have_their_lines_and_cells_their_place_in_the_file():
    document = read_markdown(TABLE, "a.md", "0")
    (table,) = document.tables
    assert [cell.text for cell in table.header.cells] == ["城市", "企业名称", "官网"]
    lines = [(row.origin.line_start, row.origin.line_end) for row in table.rows]
    assert lines == [(6, 8), (10, 10), (11, 11)]
    for row in (table.header, *table.rows):
        for cell in row.cells:
            assert document.slice(cell.span) == cell.raw
    assert table.rows[0].cells[2].links[0].url == "https://a.com"
    assert [cell.text for cell in table.rows[2].cells] == ["杭州", "丙科技 & 丁", "丙科技 & 丁"]


def test_cell_over_two_rows_is_in_both_and_cited_by_its_own_line():
    rows = read_markdown(TABLE, "a.md", "0").tables[0].rows
    assert [row.cells[0].text for row in rows] == ["苏州", "苏州", "杭州"]
    assert rows[0].cells[0].origin is None
    assert rows[1].cells[0].origin is not None
    assert rows[1].cells[0].origin.line_start == 6


def test_companies_of_an_html_table_are_read(tmp_path):
    file = tmp_path / "a.md"
    file.write_text(TABLE.replace(" &amp; 丁", "有限公司"), "utf-8")
    companies = read_corpus([(file, "a.md")]).companies
    assert [(one.name, one.facts("city")) for one in companies] == [
        ("甲科技有限公司", ("苏州",)),
        ("乙科技有限公司", ("苏州",)),
        ("丙科技有限公司", ("杭州",)),
    ]
    assert companies[0].facts("website") == ("https://a.com",)


def test_html_without_a_table_and_text_behind_one_stay_passages():
    text = "<div>\n说明一\n</div>\n"
    assert [one.text for one in read_markdown(text, "a.md", "0").passages] == ["说明一"]
    assert [one.text for one in read_markdown(TABLE, "a.md", "0").passages] == ["表后的话。"]


def test_unclosed_cells_and_nonsense_spans_break_nothing():
    text = '<table>\n<tr><td rowspan="x">甲<tr><td colspan="99999999">乙</td></tr>\n'
    (table,) = read_markdown(text, "a.md", "0").tables
    assert {cell.text for cell in table.header.cells} == {"乙"}
