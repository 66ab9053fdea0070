"""One company with all that its sources say, as rendered and in a real browser."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.engine import Engine
from index.types import Company
from tests.stored import everyone
from tests.ui.conftest import HOSTILE_NAMES
from tests.ui.page.views.untranslated import untranslated
from ui.page.html import render
from ui.page.views.company import company_html
from ui.server.server import Server

pytestmark = pytest.mark.model

in_browser = pytest.mark.browser

COMPANY = "苏州敏芯微电子技术股份有限公司"
# Its two rows call its field differently, and its code is of another exchange.
DISAGREEING = "深圳市汇顶科技股份有限公司"


def company(engine: Engine, name: str) -> Company:
    return next(one for one in everyone(engine.index.records) if one.name == name)


def test_every_value_of_every_row_is_shown(engine: Engine) -> None:
    for one in everyone(engine.index.records):
        html = company_html(engine, one.id)
        for row in one.rows:
            assert f'data-line="{row.origin.line_start}"' in html
            for field in row.values.keys() - {"name", "alias", "city"}:
                assert row.values[field].text in html


@pytest.mark.parametrize("company_id", ["", "x", "x" * 1000, None, 5, ["a"], {"id": "a"}])
def test_unknown_company_is_told(engine: Engine, company_id: object) -> None:
    assert "没有这家企业" in company_html(engine, company_id)


def test_every_text_has_an_english_one(engine: Engine) -> None:
    html = [render("company"), company_html(engine, "")]
    html += [company_html(engine, one.id) for one in everyone(engine.index.records)]
    for text in ("主导产品", "又称", "相似企业", "关闭"):
        assert text in "".join(html)
    assert untranslated("".join(html)) == set()


@pytest.fixture
def dialog(page: Page) -> Locator:
    return page.locator("dialog.xj-company")


def open_company(page: Page, server: Server, engine: Engine, name: str) -> None:
    page.goto(f"{server.url}/#/browse?q={quote(name)}")
    page.locator(f'#xj-browse th [data-company="{company(engine, name).id}"]').click()
    expect(page.locator("dialog.xj-company h2")).to_have_text(name)


def named(page: Page) -> list[str]:
    """Return the company that the address names."""
    return parse_qs(urlsplit(page.url).fragment.partition("?")[2]).get("company", [])


@in_browser
def test_company_opens_over_the_list_and_closes(
    page: Page, server: Server, engine: Engine, dialog: Locator
) -> None:
    open_company(page, server, engine, COMPANY)
    assert named(page) == [company(engine, COMPANY).id]
    expect(dialog).to_contain_text("MEMS麦克风")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page).not_to_have_url(re.compile("company="))
    # The list is as it was, and the focus is where it came from.
    expect(page.locator("#xj-browse tbody tr")).to_have_count(1)
    expect(page.locator("#xj-browse th [data-company]")).to_be_focused()


@in_browser
def test_back_closes_and_forward_opens(
    page: Page, server: Server, engine: Engine, dialog: Locator
) -> None:
    open_company(page, server, engine, COMPANY)
    page.go_back()
    expect(dialog).to_be_hidden()
    page.go_forward()
    expect(dialog.locator("h2")).to_have_text(COMPANY)
    dialog.get_by_role("button", name="关闭").click()
    expect(dialog).to_be_hidden()


@in_browser
def test_shared_address_opens_the_company(
    page: Page, server: Server, engine: Engine, dialog: Locator
) -> None:
    page.goto(f"{server.url}/#/browse?company={company(engine, COMPANY).id}")
    expect(dialog.locator("h2")).to_have_text(COMPANY)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#xj-view-browse")).to_be_visible()


@in_browser
def test_disagreeing_values_and_findings_are_shown(
    page: Page, server: Server, engine: Engine, dialog: Locator
) -> None:
    open_company(page, server, engine, DISAGREEING)
    remark = dialog.locator("dd .xj-remark")
    expect(remark.first).to_contain_text("⚠")
    expect(dialog.locator("dl")).to_contain_text("深交所:603160")
    several = [
        one.text
        for field in ("domain", "product", "technology")
        for one in company(engine, DISAGREEING).values(field)
    ]
    for text in several:
        expect(dialog.locator("dl")).to_contain_text(text)


@in_browser
def test_line_opens_its_source_and_homepage_leads_only_to_the_web(
    page: Page, server: Server, engine: Engine, dialog: Locator
) -> None:
    open_company(page, server, engine, COMPANY)
    page.evaluate("addEventListener('xiaojuren:source', (event) => (window.opened = event.detail))")
    dialog.locator('[data-line="73"]').first.click()
    assert page.evaluate("window.opened.line") == 73
    link = dialog.locator('a[target="_blank"]')
    expect(link).to_have_attribute("href", "https://www.memsensing.com")
    expect(link).to_have_attribute("rel", re.compile("noopener"))


@in_browser
def test_question_is_asked_in_the_conversation(
    page: Page, server: Server, engine: Engine, dialog: Locator
) -> None:
    open_company(page, server, engine, COMPANY)
    page.evaluate("addEventListener('xiaojuren:ask', (event) => (window.asked = event.detail))")
    button = dialog.locator("[data-ask]").first
    question = button.inner_text()
    button.click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#xj-view-chat")).to_be_visible()
    assert page.evaluate("window.asked") == question


@in_browser
def test_similar_company_opens_and_compares(
    page: Page, server: Server, engine: Engine, dialog: Locator
) -> None:
    open_company(page, server, engine, "北京燧原科技有限公司")
    similar = dialog.locator(".xj-similar li").first
    name = similar.locator("[data-company]").inner_text()
    similar.locator("[data-company]").click()
    expect(dialog.locator("h2")).to_have_text(name)
    # Back to the first, and from there side by side.
    page.go_back()
    expect(dialog.locator("h2")).to_have_text("北京燧原科技有限公司")
    similar.get_by_role("link", name="并排对比").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#xj-compare thead th a[data-company]")).to_have_text(
        ["北京燧原科技有限公司", name]
    )


@in_browser
def test_phone_shows_the_company_without_sideways_scrolling(
    browser: Browser, server: Server, engine: Engine
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{server.url}/#/browse?company={company(engine, DISAGREEING).id}")
    dialog = page.locator("dialog.xj-company")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("(one) => one.scrollWidth - one.clientWidth") <= 0
    dialog.get_by_role("button", name="关闭").tap()
    expect(dialog).to_be_hidden()
    context.close()


@in_browser
def test_hostile_sources_do_nothing(
    page: Page, alerts: list[str], hostile_rows_server: Server, dialog: Locator
) -> None:
    page.goto(f"{hostile_rows_server.url}/#/browse")
    links = page.locator("#xj-browse th [data-company]")
    expect(links).to_have_count(len(HOSTILE_NAMES))
    for link in links.all():
        name = link.inner_text()
        link.click()
        expect(dialog.locator("h2")).to_have_text(name)
        dialog.locator("summary").first.click()
        for selector in ("img", "script", "svg", "b b", 'a[href^="javascript"]', "[onmouseover]"):
            assert dialog.locator(selector).count() == 0, selector
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        page.wait_for_function("!location.hash.includes('company')")
    page.goto(f"{hostile_rows_server.url}/#/browse?company={quote('<img src=x onerror=alert(5)>')}")
    expect(dialog).to_contain_text("没有这家企业")
    assert alerts == []
