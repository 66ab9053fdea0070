"""The page in a real browser: its frame, whichever view is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from assistant.engine import Engine
from ui.server.server import Server, launch

pytestmark = [pytest.mark.browser, pytest.mark.model]

QUESTION = "苏州有哪些MEMS小巨人"


def open_page(page: Page, server: Server) -> None:
    page.goto(server.url)
    expect(page.locator(".xj-welcome h2")).to_be_visible()


def ask(page: Page, question: str) -> None:
    """Ask and wait until the answer stands there."""
    page.locator('[data-part="question"]').fill(question)
    page.locator('[data-part="question"]').press("Enter")
    expect(page.locator("#xj-chat .xj-turn .xj-tools").last).to_be_visible()


def test_header_says_what_the_page_holds(page: Page, server: Server) -> None:
    open_page(page, server)
    expect(page.locator(".xj-facts")).to_contain_text(re.compile(r"\d+ 家企业"))
    expect(page.locator(".xj-facts")).to_contain_text("信息截至2025年12月")


def test_address_says_which_view_is_shown(page: Page, server: Server) -> None:
    open_page(page, server)
    page.get_by_role("link", name="规则").click()
    expect(page.locator("#xj-view-rules")).to_be_visible()
    expect(page.locator("#xj-view-chat")).to_be_hidden()
    page.go_back()
    expect(page.locator("#xj-view-chat")).to_be_visible()


def test_view_fills_the_window(page: Page, server: Server) -> None:
    open_page(page, server)
    bounds = page.locator("#xj-chat").bounding_box()
    assert bounds is not None
    assert bounds["y"] + bounds["height"] == 900
    switches = page.locator(".xj-switches").bounding_box()
    assert switches is not None
    assert switches["x"] + switches["width"] == pytest.approx(1256, abs=2)


def test_server_closes_quietly_under_an_open_page(
    page: Page, engine: Engine, capfd: pytest.CaptureFixture[str]
) -> None:
    with launch(lambda: engine, "127.0.0.1", 0) as server:
        open_page(page, server)
        ask(page, QUESTION)
        capfd.readouterr()
    assert capfd.readouterr().err == ""


def test_no_request_leaves_the_machine(page: Page, server: Server) -> None:
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    open_page(page, server)
    ask(page, QUESTION)
    # Long enough for what a page loads late; its heartbeat keeps it from ever being idle.
    page.wait_for_timeout(1000)
    assert hosts <= {"127.0.0.1", None}


def test_every_label_is_chinese(page: Page, server: Server) -> None:
    open_page(page, server)
    labels: Callable[[], list[str]] = lambda: page.evaluate(  # noqa: E731
        """() => [...document.querySelectorAll(
          "body button, body [aria-label], body [title], body [placeholder]")]
          .filter((one) => one.checkVisibility())
          .flatMap((one) => [one.ariaLabel, one.title, one.placeholder, one.innerText])
          .filter(Boolean)"""
    )
    english = re.compile(r"^[\x00-\x7f]*[a-z]{3,}[\x00-\x7f]*$")
    assert [text for text in labels() if english.match(text)] == []
    ask(page, "今天天气怎么样")
    assert [text for text in labels() if english.match(text)] == []
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.get_by_text("Gradio").count() == 0
