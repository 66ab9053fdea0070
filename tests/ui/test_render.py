"""Answers as Markdown and HTML, without a browser."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from assistant.types import Answer, Citation, Intent, Record, Status
from index.types import Corpus
from ui import render
from ui.render import (
    Lines,
    answer_markdown,
    empty_evidence_html,
    error_markdown,
    evidence_html,
    line_text,
    question_markdown,
    read_lines,
)

SOURCE = "specialized-sme-xiaojuren.md"
ROW = "| 甲公司 | MEMS | [a.com](https://a.com) |"
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
    text: str = "共 1 家[1]",
    *,
    citations: tuple[Citation, ...] = (citation(),),
    records: tuple[Record, ...] = (record(),),
    related: tuple[Record, ...] = (),
    question: str = "苏州有哪些MEMS小巨人",
    filters: dict[str, list[str]] | None = None,
) -> Answer:
    return Answer(
        question=question,
        status=Status.ANSWERED,
        intent=Intent.LIST,
        answer=text,
        filters=filters or {},
        records=records,
        related=related,
        values=(),
        citations=citations,
        suggestions=(),
    )


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("共 1 家[1]。", '共 1 家[1](#cite-3-1 "出处 1，第 73 行")。'),
        ("[1][1]", '[1](#cite-3-1 "出处 1，第 73 行")' * 2),
        ("没有的编号[2]", "没有的编号[2]"),
        (r"源文里的\[1\]", r"源文里的\[1\]"),
        (r"反斜线\\[1]", r'反斜线\\[1](#cite-3-1 "出处 1，第 73 行")'),
        (r"\<img src=x\>", "&lt;img src=x&gt;"),
        ("<img src=x>", "&lt;img src=x>"),
        ("A&amp;B", "A&amp;amp;B"),
    ],
)
def test_marks_become_links_and_html_becomes_text(text: str, shown: str) -> None:
    assert answer_markdown(answer(text), 3) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("苏州有哪些MEMS小巨人？", "苏州有哪些MEMS小巨人？"),
        ("<b>", "&lt;b&gt;"),
        ("[x](javascript:alert)", r"\[x\]\(javascript\:alert\)"),
        ("1. 一\n    2. 二", "1\\. 一\n2\\. 二"),
        ("# 题 `码` *星*", r"\# 题 \`码\` \*星\*"),
    ],
)
def test_question_is_shown_as_typed(text: str, shown: str) -> None:
    assert question_markdown(text) == shown


def test_error_message_is_escaped() -> None:
    assert error_markdown("坏 <b>") == "**没能回答。** 坏 &lt;b&gt;"


@pytest.mark.parametrize(("lines", "shown"), [((73, 73), "第 73 行"), ((73, 74), "第 73–74 行")])
def test_line_text(lines: tuple[int, int], shown: str) -> None:
    assert line_text(citation(lines=lines)) == shown


def test_card_shows_file_section_line_labels_and_raw_line() -> None:
    lines: Lines = {(SOURCE, 73): (("企业名称", "甲公司"), ("企业主页", "https://a.com"))}
    html = evidence_html(answer(), 2, lines)
    assert 'id="cite-2-1"' in html
    for part in (SOURCE, "3.5 苏州市小巨人企业", "第 73 行", f'<pre class="xj-raw">{ROW}</pre>'):
        assert part in html
    assert "<dt>企业名称</dt><dd>甲公司</dd>" in html
    assert 'href="https://a.com" target="_blank" rel="noopener noreferrer"' in html


def test_unlabelled_row_shows_its_cells() -> None:
    quote = "| 甲 | 乙 \\| 丙 |\n|---|---|\n| [丁](https://d.cn) | |"
    html = evidence_html(answer(citations=(citation(quote=quote),)), 1, {})
    assert "<tr><td>甲</td><td>乙 | 丙</td></tr><tr><td>丁</td><td></td></tr>" in html


def test_quote_that_is_no_row_is_shown_as_it_is() -> None:
    html = evidence_html(answer(citations=(citation(quote="- 信息截至2025年12月"),)), 1, {})
    assert '<pre class="xj-raw">- 信息截至2025年12月</pre>' in html
    assert "<details>" not in html


def test_related_lines_stand_apart_from_matches() -> None:
    shared = citation(2, lines=(66, 66), quote="### 3.5")
    related = record("乙公司", (1, 3))
    html = evidence_html(
        answer(citations=(citation(), shared, citation(3, lines=(70, 70))), related=(related,)),
        1,
        {},
    )
    matches, _, apart = html.partition("相近但不符合条件")
    assert 'id="cite-1-1"' in matches
    assert 'id="cite-1-2"' in matches
    assert 'id="cite-1-3"' not in matches
    assert "乙公司" not in matches
    assert "乙公司" in apart
    assert 'id="cite-1-3"' in apart


def test_conditions_are_shown_with_labels() -> None:
    html = evidence_html(answer(filters={"city": ["苏州"], "topic": ["MEMS", "传感器"]}), 1, {})
    assert "<li><span>所在城市</span>苏州</li><li><span>主题</span>MEMS、传感器</li>" in html


def test_answer_without_citations_says_so() -> None:
    html = evidence_html(answer("超出范围", citations=(), records=()), 1, {})
    assert "这个回答没有引用原文" in html


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_from_sources_or_users_becomes_markup(attack: str) -> None:
    hostile = Citation(1, attack, attack, 5, 5, f"| {attack} |")
    near = Record("id", attack, (attack,), 0.5, {"city": attack, "domain": attack}, (1,))
    shown = answer(
        attack.replace("[", r"\["),
        citations=(hostile,),
        records=(),
        related=(near,),
        question=attack,
        filters={attack: [attack]},
    )
    for lines in ({}, {(attack, 5): ((attack, attack),)}):
        page = Tags(evidence_html(shown, 1, lines))
        assert attack in page.text
        assert not {"img", "script"} & set(page.tags)
        assert not [name for name, _ in page.attributes if name.startswith("on")]
        assert not [value for _, value in page.attributes if "javascript" in (value or "")]
    assert "<" not in answer_markdown(shown, 1)
    assert "<" not in question_markdown(attack)


def test_only_web_addresses_become_links() -> None:
    lines: Lines = {
        (SOURCE, 73): (
            ("企业主页", "javascript:alert(1)"),
            ("企业主页", 'https://a.com/"onclick="b'),
        )
    }
    cited = citation(quote="| x |")
    assert "<a href" not in evidence_html(answer(citations=(cited,)), 1, lines)


def test_read_lines_labels_rows_statistics_and_criteria(seed_corpus: Corpus) -> None:
    lines = read_lines(seed_corpus)
    company = dict(lines[SOURCE, 73])
    assert company["企业名称"] == "苏州敏芯微电子技术股份有限公司"
    assert company["企业主页"] == "https://www.memsensing.com"
    # The city stands in the heading, not in this line.
    assert "所在城市" not in company
    statistics = next(dict(pairs) for pairs in lines.values() if ("省份/城市", "苏州") in pairs)
    assert statistics["小巨人数量"] == "500+"
    criteria = next(dict(pairs) for pairs in lines.values() if ("维度", "专业化") in pairs)
    assert criteria["核心要求"].startswith("从事特定细分市场3年以上")


def test_empty_pane_explains_itself() -> None:
    assert "第几行" in empty_evidence_html()


def test_every_condition_the_assistant_shows_has_a_chinese_label():
    shown = ("region", "exchange", "topic", "order", "group", "count", "facts", "corrected")
    shown += ("either", "list", "only_list")
    assert [key for key in shown if key not in render._CONDITIONS] == []
