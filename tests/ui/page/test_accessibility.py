"""Every view and dialog under axe-core, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assistant.engine import Engine
from tests.conftest import SEED_NAME
from ui.server.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.model]

# What keeps someone from using the page; axe calls the rest minor or moderate.
GRAVE = ("serious", "critical")

# What Gradio draws itself and no setting of the page changes, by rule and place.
OF_GRADIO = {
    # The examples of an empty conversation are buttons right inside an element that says it is a
    # list; they can be reached and are read out as buttons.
    "aria-required-children": (".examples",),
}

LOOKS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "color_scheme": "light",
        "has_touch": True,
        "is_mobile": True,
    },
}


@pytest.fixture(params=LOOKS, name="look")
def page_of_look(
    request: pytest.FixtureRequest, browser: Browser, server: Server
) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", **LOOKS[request.param])
    page = context.new_page()
    page.goto(server.url)
    expect(page.locator("#xj-view-chat textarea")).to_be_visible()
    yield page
    context.close()


def grave_violations(page: Page) -> list[str]:
    """Return what axe finds of weight: rule, place and what is wrong, a line each."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']} {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
        if not _is_gradios(one["id"], " ".join(map(str, node["target"])))
    ]


def _is_gradios(rule: str, target: str) -> bool:
    return any(place in target for place in OF_GRADIO.get(rule, ()))


def test_every_view_can_be_used_by_all(look: Page) -> None:
    views = look.locator(".xj-nav a").evaluate_all("all => all.map((one) => one.dataset.view)")
    assert len(views) == 6
    for view in views:
        look.evaluate("view => { location.hash = `#/${view}`; }", view)
        expect(look.locator(f"#xj-view-{view}")).to_be_visible()
        expect(look.locator(f"#xj-view-{view} [aria-busy=true]")).to_have_count(0, timeout=30_000)
        assert grave_violations(look) == [], view


def test_answer_can_be_used_by_all(look: Page) -> None:
    look.locator("#xj-view-chat textarea").fill("苏州有哪些MEMS小巨人")
    look.locator("#xj-view-chat textarea").press("Enter")
    expect(look.locator("#xj-view-chat")).to_contain_text("苏州敏芯微电子技术股份有限公司")
    assert grave_violations(look) == []


def test_dialogs_can_be_used_by_all(look: Page, engine: Engine) -> None:
    company = engine.index.records.companies([0])[0].id
    place = {"source": SEED_NAME, "sheet": "", "line": 73}
    for name, detail in (("company", company), ("source", place)):
        look.evaluate(
            "([name, detail]) =>"
            " window.dispatchEvent(new CustomEvent(`xiaojuren:${name}`, { detail }))",
            [name, detail],
        )
        dialog = look.locator("dialog:modal")
        expect(dialog).to_have_count(1)
        expect(dialog.locator("[aria-busy=true]")).to_have_count(0)
        assert grave_violations(look) == []
        look.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
