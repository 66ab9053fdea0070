"""What proves an answer, without a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.answers.answer import Answer, Citation, Intent, Record, Status
from assistant.browsing.lines import LineCell, Lines, cells_at, place_of
from index.checks import Finding, Rule, Severity
from index.store.records import Records
from index.types import Origin
from tests.stored import everyone, records_of
from ui.page.evidence import Flags, around, evidence_html, flags_of, line_text, proofs_of

SOURCE = "specialized-sme-xiaojuren.md"
ROW = "| 甲公司 | MEMS | [a.com](https://a.com) |"
PLACE = (SOURCE, "", 73)
CELLS: Lines = {
    PLACE: (
        LineCell("name", "企业名称", "甲公司"),
        LineCell("domain", "细分领域", "MEMS"),
        LineCell("website", "企业主页", "https://a.com"),
    )
}
ATTACKS = (
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    '"><script>alert(1)</script>',
)


def citation(number: int = 1, *, lines: tuple[int, int] = (73, 73), quote: str = ROW) -> Citation:
    return Citation(number, SOURCE, "3.5 苏州市小巨人企业", *lines, quote)


def record(name: str = "甲公司", citations: tuple[int, ...] = (1,)) -> Record:
    return Record("id", name, (), 1.0, {"city": "苏州", "domain": "MEMS"}, citations)


def answer(
    *, citations: tuple[Citation, ...] = (citation(),), related: tuple[Record, ...] = ()
) -> Answer:
    return Answer(
        question="苏州有哪些MEMS小巨人",
        status=Status.ANSWERED,
        intent=Intent.LIST,
        answer="共 1 家[1]",
        filters={},
        records=(record(),),
        related=related,
        values=(),
        citations=citations,
        suggestions=(),
    )


def shown(
    told: Answer, lines: Lines = CELLS, flags: Flags | None = None, stated: str = "", *fields: str
) -> str:
    proofs = proofs_of(told, told.citations, {1: stated}, fields, lines, flags or {})
    return evidence_html(told, proofs)


class Tags(HTMLParser):
    """Collects the tags, attributes and text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(("lines", "text"), [((73, 73), "第 73 行"), ((73, 74), "第 73–74 行")])
def test_line_text(lines: tuple[int, int], text: str) -> None:
    assert line_text(citation(lines=lines)) == text


def test_card_shows_file_section_line_cells_and_raw_line() -> None:
    html = shown(answer())
    for part in (SOURCE, "3.5 苏州市小巨人企业", "第 73 行", f'translate="no">{ROW}</pre>'):
        assert part in html
    assert '<th scope="row">企业名称</th><td translate="no">甲公司</td>' in html
    assert 'href="https://a.com" target="_blank" rel="noopener noreferrer"' in html
    assert f'data-source="{SOURCE}" data-line="73"' in html


def test_cells_that_are_stated_or_asked_for_are_marked() -> None:
    html = shown(answer(), CELLS, None, "甲公司 · 光", "website")
    marked = [part.split("</tr>")[0] for part in html.split('<tr class="xj-said">')[1:]]
    assert [
        label for label in ("企业名称", "细分领域", "企业主页") if label in "".join(marked)
    ] == [
        "企业名称",
        "企业主页",
    ]


def test_value_in_doubt_is_marked_and_explained() -> None:
    origin = Origin(SOURCE, (), 73, 73, ROW)
    doubt = Finding(
        Rule.SHARED_HOMEPAGE, Severity.WARNING, "甲公司", "website", "x", "两家同一主页", (origin,)
    )
    html = shown(answer(), CELLS, {PLACE: (doubt,)})
    assert html.count("两家同一主页") == 2
    assert html.index("企业主页") < html.index('class="xj-warn"')


def test_quote_that_is_no_row_is_shown_as_it_is() -> None:
    html = shown(answer(citations=(citation(quote="- 信息截至2025年12月"),)), {})
    assert 'translate="no">- 信息截至2025年12月</pre>' in html
    assert "<details>" not in html


def test_related_lines_stand_apart_from_matches() -> None:
    cited = (citation(), citation(2, lines=(66, 66), quote="### 3.5"), citation(3, lines=(70, 70)))
    matches, _, apart = shown(
        answer(citations=cited, related=(record("乙公司", (1, 3)),))
    ).partition("相近但不符合条件")
    assert 'id="xj-cite-1"' in matches
    assert 'id="xj-cite-2"' in matches
    assert 'id="xj-cite-3"' not in matches
    assert 'id="xj-cite-3"' in apart


def test_answer_without_citations_says_so() -> None:
    assert "这个回答没有引用原文" in evidence_html(answer(citations=()), [])


@pytest.mark.parametrize(
    ("number", "first", "last"), [(1, 1, 200), (300, 200, 399), (500, 301, 500)]
)
def test_of_very_many_those_around_the_one_to_open_are_shown(
    number: int, first: int, last: int
) -> None:
    told = answer(citations=tuple(citation(n, lines=(n, n)) for n in range(1, 501)))
    html = evidence_html(told, proofs_of(told, around(told, number), {}, (), {}, {}))
    shown_numbers = [int(found) for found in re.findall(r'data-cite-card="(\d+)"', html)]
    assert (shown_numbers[0], shown_numbers[-1], len(shown_numbers)) == (first, last, 200)
    assert number in shown_numbers
    assert f"<b>{first}–{last}</b> / <b>500</b>" in html


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_from_sources_becomes_markup(attack: str) -> None:
    hostile = Citation(1, attack, attack, 5, 5, f"| {attack} |", attack)
    for lines in ({}, {(attack, attack, 5): (LineCell(attack, attack, attack),)}):
        page = Tags(shown(answer(citations=(hostile,)), lines))
        assert attack in page.text
        assert not {"img", "script"} & set(page.tags)
        assert not [name for name, _ in page.attributes if name.startswith("on")]
        links = [value for name, value in page.attributes if name == "href"]
        assert links == []


def test_lines_are_labelled_cells_of_rows_statistics_and_criteria(seed_records: Records) -> None:
    origins = [row.origin for company in everyone(seed_records) for row in company.rows]
    origins += [row.origin for row in seed_records.statistics()]
    origins += [clause.origin for clause in seed_records.clauses()]
    places = {place_of(origin) for origin in origins}
    lines = cells_at(seed_records, places, [one.id for one in everyone(seed_records)])
    assert set(lines) == places
    company = {cell.label: cell.text for cell in lines[PLACE]}
    assert company["企业名称"] == "苏州敏芯微电子技术股份有限公司"
    assert company["企业主页"] == "https://www.memsensing.com"
    # The city stands in the heading, not in this line.
    assert "所在城市" not in company
    pairs = [{cell.label: cell.text for cell in cells} for cells in lines.values()]
    statistics = next(one for one in pairs if one.get("省份/城市") == "苏州")
    assert statistics["小巨人数量"] == "500+"
    criteria = next(one for one in pairs if one.get("维度") == "专业化")
    assert "主营业务收入占比70%以上" in criteria["核心要求"]


def test_row_whose_company_is_open_has_cells_too(seed_records: Records) -> None:
    [row] = [one.row for one in seed_records.unresolved()]
    place = place_of(row.origin)
    assert cells_at(seed_records, {place}, ())[place][0].text == row.name


def test_what_looks_wrong_is_found_by_its_lines(tmp_path: Path) -> None:
    text = "# 清单\n\n| 企业名称 | 上市情况 |\n|---|---|\n| 甲科技有限公司 | 深交所:600001 |\n"
    (tmp_path / "a.md").write_text(text, "utf-8")
    records = records_of([tmp_path / "a.md"], tmp_path)
    cited = [Citation(at, "a.md", "", line, line, "") for at, line in ((1, 5), (2, 1))]
    flags = flags_of(cited, records)
    # That fields are missing calls no value in question.
    assert [(place, [one.rule for one in found]) for place, found in flags.items()] == [
        (("a.md", "", 5), [Rule.EXCHANGE_CODE])
    ]
