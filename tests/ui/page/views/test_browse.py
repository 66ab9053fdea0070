"""All companies, as rendered and in a real browser."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.browsing.catalog import PAGE, Catalog
from assistant.browsing.selection import Selection
from assistant.engine import Engine
from index.store.records import Records
from tests.stored import catalog_of, everyone, records_of
from tests.ui.conftest import HOSTILE_NAMES
from tests.ui.page.views.untranslated import untranslated
from ui.page.html import render
from ui.page.views.browse import address_of, browse_html, selection_from
from ui.server.server import Server

in_browser = pytest.mark.browser

COMPANY = "苏州敏芯微电子技术股份有限公司"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """Companies enough to fill two pages and a part of the third."""
    folder = tmp_path_factory.mktemp("large")
    rows = (
        f"| 第{number}号芯片公司 | {'苏州' if number % 2 else '上海'} |" for number in range(75)
    )
    text = "\n".join(("# 清单", "", "| 企业名称 | 城市 |", "|---|---|", *rows))
    (folder / "a.md").write_text(text, "utf-8")
    records = records_of([folder / "a.md"], folder)
    yield records
    records.close()


@pytest.fixture(scope="module")
def seeds(seed_records: Records) -> Catalog:
    return catalog_of(seed_records)


@pytest.mark.parametrize(
    ("query", "selection"),
    [
        ("q=芯片&city=苏州&city=上海", Selection("芯片", {"city": ("苏州", "上海")})),
        ("sort=founded&order=desc&page=2", Selection("", {}, "founded", True, 2)),
        ("sort=secret&order=x&page=-1&color=red", Selection()),
        ("page=999999999", Selection()),
        ("page=²", Selection()),
        (None, Selection()),
        ({"q": "x"}, Selection()),
        ("q=" + "长" * 500, Selection("长" * 200)),
    ],
)
def test_address_wants_what_it_can(query: object, selection: Selection) -> None:
    assert selection_from(query) == selection


def test_address_of_a_selection_wants_it_again() -> None:
    wanted = Selection("A&B", {"city": ("苏州", "上海"), "listing": ("科创板",)}, "name", True, 3)
    assert selection_from(address_of(wanted).partition("?")[2]) == wanted


def shown(html: str) -> list[str]:
    """Return the names of the companies in a table, in order."""
    return re.findall(r'data-name="([^"]*)"', html)


def test_pages_hold_every_company_once(large: Records) -> None:
    catalog, names = catalog_of(large), [one.name for one in everyone(large)]
    pages = [browse_html(catalog, large, f"page={page}")["table"] for page in (1, 2, 3)]
    assert [name for page in pages for name in shown(page)] == names
    assert len(shown(pages[0])) == PAGE
    # There is none beyond the last.
    assert browse_html(catalog, large, "page=99")["table"] == pages[2]


def test_link_to_a_page_keeps_the_selection(large: Records) -> None:
    html = browse_html(catalog_of(large), large, "q=公司&sort=name")["table"]
    link = re.search(r'href="([^"]*)" rel="next"', html)
    assert link is not None
    wanted = selection_from(unescape(link[1]).partition("?")[2])
    assert wanted == Selection("公司", sort="name", page=2)


def test_value_that_looks_wrong_is_marked(seeds: Catalog, seed_records: Records) -> None:
    html = browse_html(seeds, seed_records, "q=603160")["table"]
    marked = re.search(r"深交所:603160\s*<i [^>]*title=\"([^\"]*)\"", html)
    assert marked is not None
    assert "603160" in marked[1]
    assert "xj-flag" not in browse_html(seeds, seed_records, "q=敏芯微")["table"]


def test_every_text_has_an_english_one(seeds: Catalog, seed_records: Records) -> None:
    html = [render("browse", most=5)]
    for query in ("", "q=芯片&city=上海&listing=listed&batch=2", "q=不存在", "page=2"):
        html += browse_html(seeds, seed_records, query).values()
    for text in ("城市", "上一页", "没有符合的企业。", "已上市", "第二批"):
        assert text in "".join(html)
    assert untranslated("".join(html)) == set()


# In a browser


def open_browse(page: Page, server: Server, query: str = "") -> Locator:
    """Return the rows of the list, once they are there."""
    page.goto(f"{server.url}/#/browse{query}")
    rows = page.locator("#xj-browse tbody tr")
    expect(rows.first).to_be_visible()
    return rows


def told(page: Page) -> dict[str, list[str]]:
    """Return what the address tells."""
    return parse_qs(urlsplit(page.url).fragment.partition("?")[2])


def value(page: Page, facet: str, key: str) -> Locator:
    return page.locator(f'input[name="{facet}"][value="{key}"]')


@in_browser
def test_typing_finds_and_back_returns(page: Page, server: Server, engine: Engine) -> None:
    rows = open_browse(page, server)
    total = len(everyone(engine.index.records))
    expect(page.locator("#xj-browse [data-part=count] b").first).to_have_text(str(total))
    page.get_by_role("searchbox", name="搜索企业").press_sequentially("敏芯", delay=40)
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(COMPANY)
    assert told(page) == {"q": ["敏芯"]}
    # All letters are one step.
    page.go_back()
    expect(page.locator("#xj-browse [data-part=count] b").first).to_have_text(str(total))
    expect(page.locator("#xj-browse input[type=search]")).to_have_value("")


@in_browser
def test_facets_narrow_and_chips_widen(page: Page, server: Server, engine: Engine) -> None:
    rows = open_browse(page, server)
    value(page, "city", "苏州").check()
    of_city = engine.browsing.catalog.select(Selection(chosen={"city": ("苏州",)})).total
    expect(rows).to_have_count(of_city)
    # The facet still offers the other cities, with their counts.
    shanghai = engine.browsing.catalog.select(Selection(chosen={"city": ("上海",)})).total
    label = page.locator("#xj-browse label", has=value(page, "city", "上海"))
    expect(label.locator("b")).to_have_text(str(shanghai))
    value(page, "city", "上海").check()
    expect(rows).to_have_count(of_city + shanghai)
    assert {*told(page)["city"]} == {"苏州", "上海"}
    page.locator("#xj-browse .xj-chips a", has_text="苏州").click()
    expect(rows).to_have_count(shanghai)
    page.go_back()
    expect(rows).to_have_count(of_city + shanghai)
    page.get_by_role("link", name="清空条件").click()
    expect(page.locator("#xj-browse .xj-chips")).to_have_count(0)


@in_browser
def test_facet_keeps_the_focus_for_the_keyboard(page: Page, server: Server) -> None:
    open_browse(page, server)
    value(page, "city", "苏州").focus()
    page.keyboard.press("Space")
    expect(page.locator("#xj-browse .xj-chips")).to_contain_text("苏州")
    expect(value(page, "city", "苏州")).to_be_focused()


@in_browser
def test_long_facet_opens_and_closes(page: Page, server: Server) -> None:
    open_browse(page, server)
    facet = page.locator('#xj-browse [data-facet="domain"]')
    shown = facet.locator("label:visible")
    few = shown.count()
    facet.get_by_role("button").click()
    assert shown.count() > few
    # Also after the list was drawn anew.
    value(page, "city", "上海").check()
    expect(page.locator("#xj-browse .xj-chips")).to_contain_text("上海")
    expect(facet.locator(".xj-more").first).to_be_visible()


@in_browser
def test_shared_address_shows_the_same(page: Page, server: Server, engine: Engine) -> None:
    query = f"?q={quote('芯片')}&city={quote('上海')}&sort=founded&order=desc"
    rows = open_browse(page, server, query)
    wanted = Selection("芯片", {"city": ("上海",)}, "founded", descending=True)
    found = engine.browsing.catalog.select(wanted)
    names = page.locator("#xj-browse tbody th")
    expect(names).to_have_text([company.name for company in found.companies])
    expect(rows).to_have_count(found.total)
    expect(page.locator("#xj-browse input[type=search]")).to_have_value("芯片")
    expect(value(page, "city", "上海")).to_be_checked()
    expect(page.locator("th[aria-sort]")).to_have_text(re.compile("成立时间"))


@in_browser
def test_address_may_name_values_by_their_labels(
    page: Page, server: Server, engine: Engine
) -> None:
    rows = open_browse(page, server, f"?listing={quote('未上市')}&batch={quote('第五批')}")
    wanted = Selection(chosen={"listing": ("unlisted",), "batch": ("5",)})
    expect(rows).to_have_count(engine.browsing.catalog.select(wanted).total)
    value(page, "listing", "unlisted").uncheck()
    expect(page.locator("#xj-browse .xj-chips")).not_to_contain_text("未上市")
    assert told(page) == {"batch": ["第五批"]}


@in_browser
def test_header_sorts_both_ways_and_not_at_all(page: Page, server: Server) -> None:
    open_browse(page, server)
    founded = page.locator("#xj-browse td.xj-at-founded")

    def years() -> list[int]:
        return [int(text[:4]) for text in founded.all_inner_texts() if text[:4].isdigit()]

    header = page.locator("#xj-browse th.xj-at-founded")
    header.locator("a").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    assert years() == sorted(years(), reverse=True)
    header.locator("a").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    assert years() == sorted(years())
    header.locator("a").click()
    expect(header).not_to_have_attribute("aria-sort", re.compile("."))
    assert told(page) == {}


@in_browser
@pytest.mark.parametrize("form", ["CSV", "Excel"])
def test_what_is_found_can_be_saved(page: Page, server: Server, engine: Engine, form: str) -> None:
    open_browse(page, server, f"?city={quote('苏州')}&sort=name")
    with page.expect_download() as saved:
        page.get_by_role("button", name=form).click()
    content = saved.value.path().read_bytes()
    if form == "CSV":
        assert saved.value.suggested_filename.endswith(".csv")
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    else:
        assert saved.value.suggested_filename.endswith(".xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    wanted = engine.browsing.catalog.select(Selection(chosen={"city": ("苏州",)}, sort="name"))
    assert [row[0] for row in rows[1:]] == [one.name for one in wanted.companies]
    assert rows[0][-4:] == ["来源文件", "工作表", "行号", "原文"]


@in_browser
def test_companies_are_chosen_to_be_compared(page: Page, server: Server) -> None:
    rows = open_browse(page, server)
    tray = page.locator("#xj-browse .xj-picked")
    expect(tray).to_be_hidden()
    boxes = rows.locator("input")
    boxes.nth(0).check()
    link = tray.get_by_role("link", name="对比")
    expect(link).to_have_attribute("aria-disabled", "true")
    for number in range(1, 5):
        boxes.nth(number).check()
    # No sixth.
    expect(boxes.nth(5)).to_be_disabled()
    boxes.nth(4).uncheck()
    expect(boxes.nth(5)).to_be_enabled()
    # Kept while one looks for others.
    names = rows.locator("th").all_inner_texts()[:4]
    value(page, "city", "杭州").check()
    expect(page.locator("#xj-browse .xj-chips")).to_contain_text("杭州")
    expect(tray.locator("li")).to_have_text(names)
    link.click()
    expect(page.locator("#xj-compare thead th a[data-company]")).to_have_text(names)


@in_browser
def test_nothing_found_offers_to_ask(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/#/browse?q={quote('苏州做MEMS的')}")
    page.get_by_role("button", name="在问答里问这句话").click()
    expect(page.locator("#xj-view-chat")).to_be_visible()


@in_browser
def test_phone_has_facets_in_a_sheet_and_no_sideways_scrolling(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    rows = open_browse(page, server)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(value(page, "city", "苏州")).to_be_hidden()
    page.get_by_role("button", name="筛选").tap()
    value(page, "city", "苏州").check()
    expect(page.locator("#xj-browse .xj-chips")).to_contain_text("苏州")
    page.get_by_role("button", name="查看结果").tap()
    expect(value(page, "city", "苏州")).to_be_hidden()
    expect(page.locator(".xj-open-facets")).to_contain_text("1")
    expect(rows.first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@in_browser
def test_english_and_dark(page: Page, server: Server) -> None:
    page.add_init_script(
        "localStorage.setItem('xiaojuren-language', 'en');"
        "localStorage.setItem('xiaojuren-theme', 'dark')"
    )
    rows = open_browse(page, server)
    expect(page.locator('#xj-browse [data-facet="city"] legend')).to_have_text("City")
    expect(page.locator("#xj-browse th.xj-at-product")).to_have_text("Product")
    # What the sources say stays as it is.
    expect(rows.first).to_contain_text("公司")
    ground = page.locator("#xj-browse [data-part=table]").evaluate(
        "(one) => getComputedStyle(one).backgroundColor"
    )
    assert max(map(int, re.findall(r"\d+", ground)[:3])) < 80


@in_browser
def test_hostile_sources_do_nothing(
    page: Page, alerts: list[str], hostile_rows_server: Server
) -> None:
    rows = open_browse(page, hostile_rows_server)
    expect(rows).to_have_count(len(HOSTILE_NAMES))
    for name in HOSTILE_NAMES:
        expect(page.locator("#xj-browse tbody")).to_contain_text(name)
    rows.locator("input").first.check()
    for query in ('"><img src=x onerror=alert(5)>', "<script>alert(6)</script>"):
        page.goto(f"{hostile_rows_server.url}/#/browse?q={quote(query)}&city={quote(query)}")
        expect(page.locator("#xj-browse .xj-chips")).to_contain_text(query)
    page.wait_for_timeout(300)
    assert alerts == []
    for selector in ("img", "script", "svg", 'a[href^="javascript"]'):
        assert page.locator(f"#xj-browse {selector}").count() == 0, selector


@in_browser
def test_server_that_is_gone_is_told(page: Page, server: Server) -> None:
    open_browse(page, server)
    page.route("**/component_server/", lambda route: route.abort())
    page.get_by_role("button", name="CSV").click()
    expect(page.get_by_role("alert")).to_have_text("导出失败，请重试")
    value(page, "city", "苏州").check()
    expect(page.locator("#xj-browse [data-part=table]")).to_have_text("读取失败，请刷新页面后再试")
    # And it is tried again.
    page.unroute("**/component_server/")
    page.reload()
    expect(page.locator("#xj-browse tbody tr").first).to_be_visible()
