"""The pictures: what is drawn, and where it leads in a real browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from assistant.browsing.browsing import Browsing
from assistant.browsing.selection import Selection
from assistant.engine import Engine
from tests.ui.conftest import HOSTILE_NAMES
from ui.page.html import render
from ui.page.texts import english
from ui.page.views.pictures import Wanted, map_html, pictures_html, read_address
from ui.server.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.model]

SUZHOU = 5

NOTE_COMPANY = """() =>
  window.addEventListener("xiaojuren:company", ({ detail }) => (window.opened = detail))"""
PLACES = """[...document.querySelectorAll(".xj-map-points circle")]
  .map((one) => one.getAttribute("cx"))"""


@pytest.fixture(scope="module")
def gallery(engine: Engine) -> Browsing:
    return engine.browsing


def open_pictures(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.url}/#/pictures{query}")
    expect(page.locator("#xj-pictures h1")).to_be_visible()
    expect(page.locator("#xj-pictures [aria-busy=true]")).to_have_count(0, timeout=60_000)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", Wanted(Selection())),
        ("city=苏州&city=上海", Wanted(Selection(chosen={"city": ("苏州", "上海")}))),
        ("city=%E8%8B%8F%E5%B7%9E&city=苏州", Wanted(Selection(chosen={"city": ("苏州",)}))),
        ("q=芯片&shoes=9", Wanted(Selection(text="芯片"))),
        ("ids=a,b,", Wanted(Selection(), ("a", "b"))),
        (None, Wanted(Selection())),
        (7, Wanted(Selection())),
        ("q=" + "长" * 500_000, Wanted(Selection())),
        ("&".join(["city=a"] * 300), Wanted(Selection())),
    ],
)
def test_address_says_what_is_wanted(query: object, wanted: Wanted) -> None:
    assert read_address(query) == wanted


def test_bars_lead_to_what_they_count(gallery: Browsing) -> None:
    html = str(pictures_html(gallery, "city=苏州")["html"])
    links = re.findall(r'href="#/browse\?([^"]*)"[^>]*>.*?<b>(\d+)</b>', html, re.DOTALL)
    assert links
    for query, count in links:
        wanted = read_address(query.replace("&amp;", "&"))
        assert wanted.selection.chosen["city"] == ("苏州",)
        assert len(gallery.catalog.matching(wanted.selection)) == int(count)


def test_bars_of_a_result_lead_to_its_own_companies(gallery: Browsing, engine: Engine) -> None:
    ids = [company.id for company in engine.index.records.companies(range(9))]
    found = pictures_html(gallery, f"ids={','.join(ids)}")
    assert found["ids"] == ids
    links = re.findall(
        r'href="#/pictures\?(ids[^"]*)"[^>]*>.*?<b>(\d+)</b>', str(found["html"]), re.DOTALL
    )
    assert links
    for query, count in links:
        told = parse_qs(query)["ids"][0].split(",")
        assert len(told) == int(count)
        assert set(told) <= set(ids)


def test_all_companies_light_the_whole_map(gallery: Browsing) -> None:
    assert pictures_html(gallery, "")["ids"] is None


def test_nothing_found_is_said(gallery: Browsing) -> None:
    found = pictures_html(gallery, "city=火星")
    assert found["ids"] == []
    assert "没有符合条件的企业" in str(found["html"])


def test_filters_from_the_address_are_escaped(gallery: Browsing) -> None:
    html = str(pictures_html(gallery, "city=<img src=x onerror=alert(1)>&q=<script>")["html"])
    assert "<img" not in html
    assert "<script" not in html


class _ChineseTexts(HTMLParser):
    """Collects what the interface says in Chinese, outside of what is never translated."""

    _VOID = ("br", "hr", "img", "input")

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._kept: list[bool] = [True]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        kept = self._kept[-1] and told.get("translate") != "no"
        if kept:
            self._note(told.get("aria-label"), told.get("placeholder"))
        if tag not in self._VOID:
            self._kept.append(kept)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - told apart by their order
        self._kept.pop()

    def handle_data(self, data: str) -> None:
        if self._kept[-1]:
            self._note(data)

    def _note(self, *texts: str | None) -> None:
        self.found |= {
            text.strip() for text in texts if text and re.search("[\u4e00-\u9fff]", text)
        }


def test_every_chinese_text_has_an_english_one(gallery: Browsing, engine: Engine) -> None:
    ids = engine.index.records.companies([0])[0].id
    texts = _ChineseTexts()
    texts.feed(render("pictures"))
    texts.feed(map_html(gallery.map()))
    for query in ("", "q=芯片&city=苏州", f"ids={ids}", "city=火星"):
        texts.feed(str(pictures_html(gallery, query)["html"]))
    assert len(texts.found) > 20
    assert texts.found - english().keys() == set()


def test_charts_and_map_are_drawn(page: Page, server: Server, engine: Engine) -> None:
    open_pictures(page, server)
    count = engine.index.records.count()
    expect(page.locator(".xj-scope")).to_contain_text(f"全部 {count} 家企业")
    expect(page.locator(".xj-chart")).to_have_count(6)
    expect(page.locator(".xj-map-points circle")).to_have_count(count)
    assert page.locator(".xj-map-labels text").count() > count / 2


def test_bar_opens_its_companies_in_browsing(page: Page, server: Server) -> None:
    open_pictures(page, server)
    page.locator('[data-chart="city"] a', has_text="苏州").click()
    expect(page.locator("#xj-view-browse")).to_be_visible()
    assert urlsplit(page.url).fragment == f"/browse?city={quote('苏州')}"


def test_filter_lights_its_companies_and_can_be_taken_away(page: Page, server: Server) -> None:
    open_pictures(page, server, "?city=苏州")
    lit = page.locator(".xj-map-points circle:not(.xj-dim)")
    expect(page.locator(".xj-scope")).to_contain_text(f"{SUZHOU} 家企业")
    expect(lit).to_have_count(SUZHOU)
    page.locator(".xj-scope-filters a").click()
    expect(page.locator(".xj-scope")).to_contain_text("全部")
    expect(page.locator(".xj-map-points .xj-dim")).to_have_count(0)
    page.go_back()
    expect(lit).to_have_count(SUZHOU)


def test_point_tells_and_opens_its_company(page: Page, server: Server) -> None:
    open_pictures(page, server)
    page.evaluate(NOTE_COMPANY)
    point = page.locator(".xj-map-points circle").first
    point.scroll_into_view_if_needed()
    point.hover()
    tip = page.locator(".xj-map-tip")
    expect(tip).to_be_visible()
    name = str(point.get_attribute("aria-label")).split("：")[0]
    expect(tip.locator("b")).to_have_text(name)
    expect(tip.locator("span")).to_have_text(str(point.get_attribute("data-does")))
    point.click()
    assert page.evaluate("window.opened") == point.get_attribute("data-company")


def test_keyboard_walks_the_map(page: Page, server: Server) -> None:
    open_pictures(page, server)
    page.evaluate(NOTE_COMPANY)
    page.locator('.xj-map-points circle[tabindex="0"]').focus()
    focused = "document.activeElement.dataset.company"
    seen = {page.evaluate(focused)}
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "ArrowRight"):
        page.keyboard.press(key)
        seen.add(page.evaluate(focused))
    assert len(seen) > 2
    chosen = page.evaluate(focused)  # the company's dialog takes the focus
    page.keyboard.press("Enter")
    page.wait_for_function("window.opened")
    assert page.evaluate("window.opened") == chosen


def test_zoom_spreads_points_and_returns(page: Page, server: Server) -> None:
    open_pictures(page, server)
    before = page.evaluate(PLACES)
    page.get_by_role("button", name="放大").click()
    page.wait_for_function(f"before => {PLACES}.some((x, at) => x !== before[at])", arg=before)
    wide = [float(x) for x in page.evaluate(PLACES)]
    assert max(wide) - min(wide) > 1.5 * (max(map(float, before)) - min(map(float, before)))
    page.get_by_role("button", name="全图").click()
    page.wait_for_function(f"before => {PLACES}.every((x, at) => x === before[at])", arg=before)


def test_legend_and_colours_can_be_chosen(page: Page, server: Server) -> None:
    open_pictures(page, server)
    points = page.locator(".xj-map-points circle:not(.xj-dim)")
    first = page.locator('[data-legend="trade"] button').first
    count = int(first.locator("b").inner_text())
    first.click()
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(points).to_have_count(count)
    page.get_by_role("radio", name="城市").check()
    expect(page.locator('[data-legend="city"]')).to_be_visible()
    expect(page.locator('[data-legend="trade"]')).to_be_hidden()
    expect(page.locator(".xj-map-points .xj-dim")).to_have_count(0)


def test_nothing_is_loaded_from_elsewhere(page: Page, server: Server) -> None:
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    open_pictures(page, server)
    assert hosts <= {"127.0.0.1", None}


def test_hostile_names_do_nothing(page: Page, hostile_server: Server) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_pictures(page, hostile_server, "?city=<img src=x onerror=alert(7)>")
    expect(page.locator(".xj-scope-filters")).to_contain_text("<img")
    open_pictures(page, hostile_server)
    points = page.locator(".xj-map-points circle")
    expect(points).to_have_count(len(HOSTILE_NAMES))
    expect(points.last).to_have_attribute("aria-label", f"{HOSTILE_NAMES[1]}：压力传感器")
    points.first.hover(force=True)
    expect(page.locator(".xj-map-tip b")).to_be_visible()
    assert page.locator("#xj-pictures :is(img, script)").count() == 0
    assert dialogs == []


def test_phone_has_no_sideways_scrolling(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_pictures(page, server)
    view = page.locator("#xj-view-pictures")
    assert view.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
