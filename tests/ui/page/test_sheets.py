"""Citations of spreadsheets, from the ledger to the terminal and the page."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from assistant.answers.answer import Answer, Citation, Intent, Status
from assistant.answers.citations import Citations
from assistant.browsing.lines import cells_at
from index.store.records import Records
from index.types import Origin
from tests.stored import everyone, records_of
from ui.cli.console import place
from ui.page.evidence import evidence_html, line_text, proofs_of

ROWS = (
    Origin("a.xlsx", ("名单",), 3, 3, "甲 | 苏州", "名单"),
    Origin("a.xlsx", ('<b>"x"',), 3, 3, "乙 | 北京", '<b>"x"'),
)


def test_same_row_of_two_sheets_is_cited_twice(seed_records: Records) -> None:
    cite = Citations(seed_records)
    assert [cite.number(origin) for origin in (*ROWS, ROWS[0])] == [1, 2, 1]


def test_citation_names_its_sheet() -> None:
    citation = Citation.from_origin(1, ROWS[0])
    assert line_text(citation) == "工作表「名单」第 3 行"
    assert place(citation) == "a.xlsx 工作表「名单」第 3 行"
    two = Citation(1, "a.xlsx", "", 3, 4, "", "名单")
    assert line_text(two) == "工作表「名单」第 3–4 行"


def test_name_of_a_sheet_is_no_markup_on_the_page() -> None:
    answer = answer_of(Citation.from_origin(1, ROWS[1]))
    html = evidence_html(answer, proofs_of(answer, answer.citations, {}, (), {}, {}))
    assert "<b>" not in html
    assert "工作表「&lt;b&gt;&#34;x&#34;」第 3 行" in html


def test_json_names_the_sheet_only_where_there_is_one() -> None:
    text = Citation(2, "a.md", "", 1, 1, "甲")
    told = answer_of(Citation.from_origin(1, ROWS[0]), text).to_dict()["citations"]
    assert told[0]["sheet"] == "名单"
    assert "sheet" not in told[1]


def answer_of(*citations: Citation) -> Answer:
    return Answer(
        question="问",
        status=Status.ANSWERED,
        intent=Intent.LIST,
        answer="见[1]",
        filters={},
        records=(),
        related=(),
        values=(),
        citations=citations,
        suggestions=(),
    )


def test_labels_of_the_same_row_of_two_sheets_are_kept_apart(tmp_path: Path) -> None:
    made = Workbook()
    for name, company in (("一", "甲科技有限公司"), ("二", "乙科技有限公司")):
        sheet = made.create_sheet(name)
        sheet.append(("企业名称", "城市"))
        sheet.append((company, "苏州"))
    path = tmp_path / "a.xlsx"
    made.save(path)
    records = records_of([path], tmp_path)
    places = {("a.xlsx", sheet, 2) for sheet in ("一", "二")}
    lines = cells_at(records, places, [one.id for one in everyone(records)])
    origin = Origin("a.xlsx", ("二",), 2, 2, "乙科技有限公司 | 苏州", "二")
    answer = answer_of(Citation.from_origin(1, origin))
    html = evidence_html(answer, proofs_of(answer, answer.citations, {}, (), lines, {}))
    assert len(lines) == 2
    assert '<td translate="no">乙科技有限公司</td>' in html
    assert "甲科技有限公司" not in html
