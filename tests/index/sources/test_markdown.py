"""The Markdown reader: nothing is lost, and everything slices back out of the file."""

from __future__ import annotations

from collections import Counter

import pytest

from index.sources.markdown import read_markdown
from index.types import Cell, Document, Link, Passage


def read(text: str) -> Document:
    return read_markdown(text, "清单.md", "0" * 64)


def cells_of(document: Document) -> list[Cell]:
    rows = [row for table in document.tables for row in (table.header, *table.rows)]
    return [cell for row in rows for cell in row.cells]


def table_of(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in row.cells] for row in (table.header, *table.rows)]


def origins_of(document: Document) -> list[tuple[int, int, str]]:
    rows = [row for table in document.tables for row in (table.header, *table.rows)]
    found = (*document.headings, *rows, *document.passages)
    return [(each.origin.line_start, each.origin.line_end, each.origin.quote) for each in found]


# --- the seed list ----------------------------------------------------------------------------


def test_seed_holds_the_tables_rows_and_passages_that_stand_in_it(seed_document: Document) -> None:
    rows: Counter[int] = Counter()
    for table in seed_document.tables:
        rows[len(table.header.cells)] += len(table.rows)
    assert len(seed_document.tables) == 11
    assert rows == {11: 33, 5: 28, 4: 10, 2: 4}
    assert len(seed_document.passages) == 13
    assert len(seed_document.headings) == 17
    assert seed_document.title == '国家级专精特新"小巨人"企业清单'


def test_every_cell_and_passage_of_the_seed_slices_back_out_of_the_file(
    seed_document: Document,
) -> None:
    spans: list[Cell | Passage] = [*cells_of(seed_document), *seed_document.passages]
    assert len(spans) > 500
    for each in spans:
        assert seed_document.slice(each.span) == each.raw


def test_every_quote_of_the_seed_is_whole_lines_of_the_file(seed_document: Document) -> None:
    for start, end, quote in origins_of(seed_document):
        assert quote == "\n".join(seed_document.lines[start - 1 : end])


def test_every_heading_of_the_seed_is_its_line_without_marks(seed_document: Document) -> None:
    for heading in seed_document.headings:
        assert heading.origin.quote == f"{'#' * heading.level} {heading.text}"
        assert heading.origin.section[-1] == heading.text


def test_no_line_of_the_seed_is_lost(seed_document: Document) -> None:
    covered = {
        line for start, end, _ in origins_of(seed_document) for line in range(start, end + 1)
    }
    delimiters = {table.header.origin.line_start + 1 for table in seed_document.tables}
    assert all(set(seed_document.lines[line - 1]) <= set("|-: ") for line in delimiters)
    written = {number for number, line in enumerate(seed_document.lines, 1) if line.strip()}
    assert covered | delimiters == written


def test_passages_of_a_seed_line_hold_all_of_its_text(seed_document: Document) -> None:
    by_line: dict[int, str] = {}
    for passage in seed_document.passages:
        by_line[passage.span.line] = by_line.get(passage.span.line, "") + passage.raw
    for line, joined in by_line.items():
        assert seed_document.lines[line - 1].removeprefix("- ") == joined


def test_rows_of_the_seed_stand_under_their_headings(seed_document: Document) -> None:
    row = next(
        row for table in seed_document.tables for row in table.rows if "敏芯微" in row.cells[0].text
    )
    assert row.origin.line_start == row.origin.line_end == 73
    assert row.origin.section == (
        '国家级专精特新"小巨人"企业清单',
        "3. 企业列表（代表性企业）",
        "3.5 苏州市小巨人企业",
    )
    assert row.cells[5].links == (Link("https://www.memsensing.com", "memsensing.com"),)
    assert row.cells[5].text == "memsensing.com"


# --- tables -----------------------------------------------------------------------------------

HEADER = "| a | b |\n|---|---|\n"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(f"{HEADER}| 1 | 2 |", [["1", "2"]], id="plain"),
        pytest.param(f"{HEADER}|1|2|", [["1", "2"]], id="no blanks"),
        pytest.param("a | b\n--|--\n1 | 2", [["1", "2"]], id="no outer bars"),
        pytest.param(f"{HEADER}| 1 | 2 |  \n", [["1", "2"]], id="blanks after the last bar"),
        pytest.param(f"{HEADER}| x\\|y | `p\\|q` |", [["x|y", "p|q"]], id="escaped bars"),
        pytest.param(f"{HEADER}| 1 |", [["1"]], id="too few cells"),
        pytest.param(f"{HEADER}| 1 | 2 | 3 |", [["1", "2", "3"]], id="too many cells"),
        pytest.param(f"{HEADER}|  | 2 |", [["", "2"]], id="first cell blank"),
        pytest.param(f"{HEADER}| 1 |  |", [["1", ""]], id="last cell blank"),
        pytest.param(f"{HEADER}|  |  |", [["", ""]], id="all cells blank"),
        pytest.param(
            f"{HEADER}| 一<br>二 | **粗** &amp; `码` |", [["一 二", "粗 & 码"]], id="markup"
        ),
        pytest.param(f"{HEADER}| 1 | 2 |\n\n正文 | 3", [["1", "2"]], id="text after a blank line"),
        pytest.param("> | a | b |\n> |---|---|\n> | 1 | 2 |", [["1", "2"]], id="in a quotation"),
        pytest.param("- | a | b |\n  |---|---|\n  | 1 | 2 |", [["1", "2"]], id="in a list item"),
        pytest.param("| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n", [["1", "2"]], id="CRLF"),
        pytest.param("| a | b |\r|---|---|\r| 1 | 2 |\r", [["1", "2"]], id="CR"),
    ],
)
def test_table_rows_have_the_cells_that_a_reader_sees(text: str, rows: list[list[str]]) -> None:
    document = read(text)
    assert table_of(document) == [["a", "b"], *rows]
    for cell in cells_of(document):
        assert document.slice(cell.span) == cell.raw


@pytest.mark.parametrize(
    ("cell", "text", "links"),
    [
        ("[官网](https://a.cn)", "官网", [Link("https://a.cn", "官网")]),
        ("<https://a.cn>", "https://a.cn", [Link("https://a.cn", "https://a.cn")]),
        ("https://a.cn", "https://a.cn", []),
        ("[甲](https://a.cn)、[乙](b)", "甲、乙", [Link("https://a.cn", "甲"), Link("b", "乙")]),
        ("[](https://a.cn)", "", [Link("https://a.cn", "")]),
        ("[没有地址]", "[没有地址]", []),
    ],
)
def test_links_of_a_cell_become_address_and_label(cell: str, text: str, links: list[Link]) -> None:
    document = read(f"{HEADER}| {cell} | 2 |")
    found = document.tables[0].rows[0].cells[0]
    assert (found.text, list(found.links), found.raw) == (text, links, cell)


def test_table_in_a_code_block_is_text() -> None:
    document = read(f"```\n{HEADER}```\n")
    assert document.tables == ()
    assert "| a | b |" in [passage.raw for passage in document.passages]


# --- prose ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("一句。两句！三句？", ["一句。", "两句！", "三句？"]),
        ("没有句号", ["没有句号"]),
        ("他说“好。”然后走了。（完。）", ["他说“好。”", "然后走了。", "（完。）"]),
        ("好吗?是的!完", ["好吗?", "是的!", "完"]),
        ("什么？！", ["什么？！"]),
        ("第一行\n第二行。第三句", ["第一行", "第二行。", "第三句"]),
        ("第一行\n  缩进的行", ["第一行", "缩进的行"]),
        ("第一行  \n换行", ["第一行", "换行"]),
        ("- 甲\n- 乙\n\n  乙的后续", ["甲", "乙", "乙的后续"]),
        ("1. 甲。乙", ["甲。", "乙"]),
        ("-\t制表符", ["制表符"]),
        ("> 引文。再引", ["引文。", "再引"]),
        ("　　全角缩进。再来", ["全角缩进。", "再来"]),
        ("占比3.5%。约1.2万家", ["占比3.5%。", "约1.2万家"]),
        ("见 [表](https://a.cn/l?id=3)。完", ["见 [表](https://a.cn/l?id=3)。", "完"]),
        ("图 ![甲](a.png)", ["图 ![甲](a.png)"]),
        ("<div>\n正文\n</div>", ["正文"]),
        ("<!-- 注释 -->", []),
        ("---", []),
        ("页\f内。外", ["页\f内。", "外"]),
    ],
)
def test_prose_becomes_sentences_that_slice_back(text: str, passages: list[str]) -> None:
    document = read(text)
    assert [passage.raw for passage in document.passages] == passages
    for passage in document.passages:
        assert document.slice(passage.span) == passage.raw


def test_passage_text_is_without_markup_and_its_quote_is_the_whole_line() -> None:
    (first, second) = read("甲\n- 先。见 **[表](https://a.cn)**。\n").passages[1:]
    assert (first.text, second.text) == ("先。", "见 表。")
    assert second.links == (Link("https://a.cn", "表"),)
    assert first.origin.quote == second.origin.quote == "- 先。见 **[表](https://a.cn)**。"


# --- headings and lines -----------------------------------------------------------------------


def test_headings_nest_by_level() -> None:
    document = read("# 甲\n## 乙\n### 丙\n一\n## 丁\n二\n# 戊\n三")
    assert [passage.origin.section for passage in document.passages] == [
        ("甲", "乙", "丙"),
        ("甲", "丁"),
        ("戊",),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [("正文\n# 标题\n", "标题"), ("标题\n===\n", "标题"), ("## 二级\n", "清单"), ("正文", "清单")],
)
def test_title_is_the_first_top_heading_or_the_file_name(text: str, title: str) -> None:
    assert read(text).title == title


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_count_the_same_under_every_line_end(end: str) -> None:
    document = read(end.join(["# 甲", "", "一。二", "", "| a |", "|---|", "| 1 |", ""]))
    assert document.lines == ("# 甲", "", "一。二", "", "| a |", "|---|", "| 1 |")
    assert [passage.span.line for passage in document.passages] == [3, 3]
    assert [row.origin.line_start for row in document.tables[0].rows] == [7]
