"""Companies side by side, as rendered and in a real browser."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.browsing.catalog import Catalog
from assistant.browsing.comparison import MOST
from index.store.records import Records
from tests.stored import catalog_of, everyone
from tests.ui.conftest import HOSTILE_NAMES
from tests.ui.page.views.untranslated import untranslated
from ui.page.address import compare_address
from ui.page.html import render
from ui.page.views.compare import companies_from, compare_html, offers_html
from ui.server.server import Server

in_browser = pytest.mark.browser

FIRST, SECOND = "北京燧原科技有限公司", "上海燧原智能科技有限公司"


@pytest.fixture(scope="module")
def catalog(seed_records: Records) -> Catalog:
    return catalog_of(seed_records)


@pytest.fixture(scope="module")
def pair(seed_records: Records) -> str:
    """The address of two companies that differ in some fields only."""
    companies = {one.name: one for one in everyone(seed_records)}
    return compare_address([companies[FIRST], companies[SECOND]])


def test_address_names_companies_once_and_not_too_many(
    catalog: Catalog, seed_records: Records
) -> None:
    ids = [one.id for one in everyone(seed_records)]
    query = "ids=" + ",".join(["x", ids[1], ids[0], ids[1], *ids[2:9]])
    assert [one.id for one in companies_from(catalog, query)] == [ids[1], ids[0], *ids[2:5]]
    assert companies_from(catalog, {"ids": ids[0]}) == ()


def test_every_value_is_cited(catalog: Catalog, seed_records: Records, pair: str) -> None:
    html = compare_html(catalog, seed_records, pair.partition("?")[2])["table"]
    for name in (FIRST, SECOND):
        row = next(one for one in everyone(seed_records) if one.name == name).rows[0]
        assert f'data-line="{row.origin.line_start}"' in html


@pytest.mark.parametrize("sought", [None, "燧原", {"text": 5, "query": ""}, {"text": "长" * 300}])
def test_search_that_is_none_finds_nothing(catalog: Catalog, sought: object) -> None:
    assert offers_html(catalog, sought).strip() == ""


def test_search_leaves_out_what_is_compared_already(catalog: Catalog, pair: str) -> None:
    query = pair.partition("?")[2]
    assert FIRST in offers_html(catalog, {"text": "燧原", "query": ""})
    assert "没有找到" in offers_html(catalog, {"text": "燧原", "query": query})


def test_every_text_has_an_english_one(catalog: Catalog, seed_records: Records, pair: str) -> None:
    html = [render("compare"), offers_html(catalog, {"text": "没有", "query": ""})]
    one = pair.partition("%2C")[0]
    for address in ("#/compare", one, pair):
        html += compare_html(catalog, seed_records, address.partition("?")[2]).values()
    for text in ("只看不同", "移出对比", "没有找到", "再加入一家企业就能对比。"):
        assert text in "".join(html)
    assert untranslated("".join(html)) == set()


# In a browser


def compared(page: Page) -> list[str]:
    return page.locator("#xj-compare thead th a[data-company]").all_inner_texts()


@in_browser
@pytest.mark.model
def test_differences_stand_out_and_can_be_seen_alone(page: Page, server: Server, pair: str) -> None:
    page.goto(f"{server.url}/{pair}")
    table = page.locator("#xj-compare table")
    expect(table).to_be_visible()
    assert compared(page) == [FIRST, SECOND]
    city = table.locator('[data-field="city"]')
    expect(city.locator("td.xj-apart")).to_have_count(2)
    domain = table.locator('[data-field="domain"]')
    expect(domain.locator("td.xj-apart")).to_have_count(0)
    page.get_by_label("只看不同").check()
    expect(domain).to_be_hidden()
    expect(city).to_be_visible()


@in_browser
@pytest.mark.model
def test_companies_are_added_and_removed(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/#/compare")
    expect(page.locator("#xj-compare")).to_contain_text("家企业并排对比。")
    box = page.get_by_role("searchbox", name="搜索要加入对比的企业")
    offers = page.locator("#xj-compare .xj-offers a")
    for number in (1, 2):
        box.press_sequentially("燧原", delay=30)
        expect(offers).to_have_count(3 - number)
        box.press("Enter")
        expect(page.locator("#xj-compare thead th")).to_have_count(number)
    assert set(compared(page)) == {FIRST, SECOND}
    # As far as there is room.
    for number in range(3, MOST + 1):
        box.press_sequentially("上海", delay=30)
        expect(offers.first).to_be_visible()
        box.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#xj-compare thead th")).to_have_count(number)
    expect(box).to_be_hidden()
    page.get_by_role("link", name="移出对比").first.click()
    expect(page.locator("#xj-compare thead th")).to_have_count(MOST - 1)
    expect(box).to_be_visible()
    told = parse_qs(urlsplit(page.url).fragment.partition("?")[2])
    assert len(told["ids"][0].split(",")) == MOST - 1
    page.go_back()
    expect(page.locator("#xj-compare thead th")).to_have_count(MOST)


@in_browser
@pytest.mark.model
def test_comparison_is_still_there_when_one_comes_back(
    page: Page, server: Server, pair: str
) -> None:
    page.goto(f"{server.url}/{pair}")
    expect(page.locator("#xj-compare thead th")).to_have_count(2)
    page.locator('.xj-nav [data-view="browse"]').click()
    expect(page.locator("#xj-compare")).to_be_hidden()
    page.locator('.xj-nav [data-view="compare"]').click()
    expect(page.locator("#xj-compare thead th")).to_have_count(2)
    # Unless all were taken away.
    for left in (1, 0):
        page.get_by_role("link", name="移出对比").first.click()
        expect(page.locator("#xj-compare thead th")).to_have_count(left)
    page.locator('.xj-nav [data-view="browse"]').click()
    page.locator('.xj-nav [data-view="compare"]').click()
    expect(page.locator("#xj-compare")).to_contain_text("家企业并排对比。")


@in_browser
@pytest.mark.model
def test_company_opens_over_the_comparison(page: Page, server: Server, pair: str) -> None:
    page.goto(f"{server.url}/{pair}")
    page.locator("#xj-compare thead th a[data-company]").first.click()
    expect(page.locator("dialog.xj-company h2")).to_have_text(FIRST)
    page.keyboard.press("Escape")
    expect(page.locator("#xj-compare thead th")).to_have_count(2)


@in_browser
@pytest.mark.model
def test_phone_keeps_the_labels_in_sight(browser: Browser, server: Server, pair: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{server.url}/{pair}")
    label = page.locator("#xj-compare tbody th").nth(1)
    expect(label).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#xj-compare [data-part=table]").evaluate("(one) => (one.scrollLeft = 500)")
    expect(label).to_be_in_viewport()
    context.close()


@in_browser
@pytest.mark.model
def test_english_and_dark(page: Page, server: Server, pair: str) -> None:
    page.add_init_script(
        "localStorage.setItem('xiaojuren-language', 'en');"
        "localStorage.setItem('xiaojuren-theme', 'dark')"
    )
    page.goto(f"{server.url}/{pair}")
    expect(page.get_by_label("Differences only")).to_be_visible()
    expect(page.locator("#xj-compare tbody")).to_contain_text("Product")
    expect(page.locator("#xj-compare thead")).to_contain_text(FIRST)


@in_browser
@pytest.mark.model
def test_hostile_sources_do_nothing(
    page: Page, alerts: list[str], hostile_rows_server: Server
) -> None:
    page.goto(f"{hostile_rows_server.url}/#/compare")
    box = page.get_by_role("searchbox", name="搜索要加入对比的企业")
    for number in range(1, len(HOSTILE_NAMES) + 1):
        box.fill("合肥")
        expect(page.locator("#xj-compare .xj-offers a").first).to_be_visible()
        box.press("Enter")
        expect(page.locator("#xj-compare thead th")).to_have_count(number)
    assert set(compared(page)) == set(HOSTILE_NAMES)
    box.fill("<img src=x onerror=alert(6)>")
    page.wait_for_timeout(600)
    for selector in ("img", "script", "svg", 'a[href^="javascript"]', "[onmouseover]"):
        assert page.locator(f"#xj-compare {selector}").count() == 0, selector
    page.goto(f"{hostile_rows_server.url}/#/compare?ids={quote('<script>alert(1)</script>')}")
    expect(page.locator("#xj-compare")).to_contain_text("家企业并排对比。")
    assert alerts == []
