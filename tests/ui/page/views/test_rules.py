"""The rules: criteria with their lines, and the self-check."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.browsing.rulebook import requirements_in, rulebooks
from assistant.requirements.judging import Result
from assistant.requirements.vocabulary import Requirement, load_requirements
from index.store.records import Records
from index.types import Clause, DocumentSummary, Origin, Span, Value
from tests.ui.page.views.untranslated import untranslated
from ui.page.html import render
from ui.page.views.rules import read_form, rules_html
from ui.server.server import Server

HOSTILE = "<img src=x onerror=alert(1)>"


class _Records:
    """Records that hold criteria only."""

    def __init__(self, document: DocumentSummary, *clauses: Clause) -> None:
        self.documents = lambda: (document,)
        self.clauses = lambda: clauses
        self.passages = tuple


@pytest.fixture
def hostile() -> Any:
    """Criteria whose every text is an attack."""
    origin = Origin(HOSTILE, (HOSTILE,), 3, 3, HOSTILE)
    value = Value(HOSTILE, origin)
    clause = Clause(HOSTILE, f"{HOSTILE}专利1项", Span(3, 3, 0, 1), origin, value)
    document = DocumentSummary(HOSTILE, HOSTILE, "", 1, 1, 0, 1, value)
    return _Records(document, clause)


def open_rules(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.url}/#/rules{query}")
    expect(page.locator(".xj-rulebook").first).to_be_visible()


def test_every_requirement_of_the_seed_is_shown_with_its_line(seed_records: Records) -> None:
    html = rules_html(rulebooks(seed_records), "")["books"]
    for clause in seed_records.clauses():
        assert f">{clause.text}<" in html
        assert f'data-line="{clause.origin.line_start}"' in html
    assert "xj-verdict" not in html


def test_verdicts_are_those_of_the_conversation(seed_records: Records) -> None:
    found = rules_html(rulebooks(seed_records), "research=4&patents=1&standards=yes")
    assert found["books"].count(f">{Result.MET.value}<") == 2
    assert found["books"].count(f">{Result.NOT_MET.value}<") == 1
    assert found["books"].count(f">{Result.OPEN.value}<") == len(seed_records.clauses()) - 3
    assert "研发投入占 4%" in found["summary"]


def test_criteria_of_one_place_are_judged_but_not_counted() -> None:
    origin = Origin("a.md", ("标准",), 3, 3, "")
    clauses = tuple(
        Clause(dimension, "发明专利2项以上", Span(3, 3, 0, 1), origin)
        for dimension in ("创新", "北京")
    )
    document = DocumentSummary("a.md", "清单", "", 1, 1, 0, 1, None)
    held: Any = _Records(document, *clauses)
    found = rules_html(rulebooks(held), "patents=2")
    assert found["books"].count(f">{Result.MET.value}<") == 2
    assert f'<span>{Result.MET.value}</span> <b translate="no">1</b>' in found["summary"]
    assert "各地另有标准" in found["summary"]
    assert untranslated(found["summary"]) == set()


@pytest.mark.parametrize("text", ["-1", "nan", "inf", "1001", "abc", "1e400"])
def test_share_that_cannot_be_is_refused(seed_records: Records, text: str) -> None:
    asked = requirements_in(rulebooks(seed_records))
    facts, wrong = read_form({"research": text}, asked)
    assert facts == ()
    assert [one.key for one in wrong] == ["research"]


@pytest.mark.parametrize("query", [None, 7, ["a"], {"a": 1}, "a" * 2000, "&".join(["a=1"] * 99)])
def test_address_of_no_use_tells_nothing(seed_records: Records, query: object) -> None:
    found = rules_html(rulebooks(seed_records), query)
    assert found["summary"].strip() == ""


def test_sources_without_criteria_say_so() -> None:
    found = rules_html((), "")
    assert "已收录的资料里没有认定标准" in found["books"]
    assert "<input" not in found["form"]


def test_texts_of_sources_are_escaped(hostile: Any) -> None:
    found = rules_html(rulebooks(hostile), "patents=2")
    assert "<img" not in "".join(found.values())
    assert "&lt;img" in found["books"]


def test_every_text_has_an_english_one(seed_records: Records, hostile: Any) -> None:
    queries = ("", "research=4&patents=x&standards=yes&revenue=-1&property=3")
    for held in (seed_records, hostile):
        for query in queries:
            for html in rules_html(rulebooks(held), query).values():
                assert untranslated(html) == set()
    assert untranslated("".join((render("rules"), *rules_html((), "").values()))) == set()


@pytest.mark.parametrize("one", load_requirements().values(), ids=lambda one: one.key)
def test_every_field_of_the_form_has_an_english_text(one: Requirement) -> None:
    assert untranslated(f"<p>{one.label}</p><p>{one.measure}</p>") == set()


@pytest.mark.browser
@pytest.mark.model
def test_form_judges_at_once_and_the_address_keeps_it(page: Page, server: Server) -> None:
    open_rules(page, server)
    page.get_by_label("研发费用占营业收入").fill("4")
    page.get_by_label("有效发明专利").fill("1")
    page.get_by_role("button", name="对照标准").click()
    clause = page.locator(".xj-dimension li", has_text="研发费用")
    expect(clause.locator(".xj-verdict")).to_have_text(Result.MET.value)
    expect(page.locator(".xj-dimension li", has_text="专利").locator(".xj-verdict")).to_have_text(
        Result.NOT_MET.value
    )
    expect(page).to_have_url(re.compile("research=4&patents=1$"))
    page.reload()
    expect(page.get_by_label("有效发明专利")).to_have_value("1")
    expect(clause.locator(".xj-verdict")).to_have_text(Result.MET.value)
    page.get_by_role("complementary", name="自测").get_by_role("button", name="清空").click()
    expect(page.locator(".xj-dimension .xj-verdict")).to_have_count(0)
    page.go_back()
    expect(clause.locator(".xj-verdict")).to_have_text(Result.MET.value)


@pytest.mark.browser
@pytest.mark.model
def test_line_of_a_requirement_opens_the_source(page: Page, server: Server) -> None:
    open_rules(page, server)
    page.evaluate("addEventListener('xiaojuren:source', (event) => (window.opened = event.detail))")
    link = page.locator(".xj-dimension .xj-line-link").first
    line = link.get_attribute("data-line")
    link.click()
    assert page.evaluate("window.opened.line") == int(line or 0)


@pytest.mark.browser
@pytest.mark.model
def test_rules_fit_a_phone_in_the_dark_and_in_english(browser: Browser, server: Server) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, locale="en-US", color_scheme="dark"
    )
    page = context.new_page()
    page.goto(server.url)
    page.evaluate("localStorage.setItem('xiaojuren-language', 'en')")
    page.goto("about:blank")
    open_rules(page, server, "?research=4")
    expect(page.get_by_role("heading", name="Recognition rules")).to_be_visible()
    expect(page.locator(".xj-dimension .xj-verdict.xj-met")).to_have_text("Met")
    wide = "document.querySelector('#xj-view-rules')"
    assert page.evaluate(f"{wide}.scrollWidth <= {wide}.clientWidth")
    context.close()
