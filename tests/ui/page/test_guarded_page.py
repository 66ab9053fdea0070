"""The page behind its login and its security headers, in a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from ui.server.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.model]


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser refuses or cannot run, as it tells on the console."""
    told: list[str] = []
    page.on("console", lambda message: message.type == "error" and told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    return told


def ask(page: Page) -> None:
    question = page.get_by_label("问题", exact=True)
    expect(question).to_be_visible()
    question.fill("苏州有哪些MEMS小巨人")
    question.press("Enter")
    expect(page.get_by_text("苏州敏芯微电子技术股份有限公司").first).to_be_visible()


def test_page_works_under_its_own_policy(server: Server, page: Page, complaints: list[str]) -> None:
    page.goto(server.url)
    ask(page)
    assert complaints == []


def test_scripts_from_elsewhere_are_refused(
    server: Server, page: Page, complaints: list[str]
) -> None:
    page.goto(server.url)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        " {src: 'http://127.0.0.1:9/x.js'}))"
    )
    page.wait_for_timeout(500)
    assert any("Content Security Policy" in one for one in complaints)


def test_user_logs_in_and_asks(locked: Server, page: Page, complaints: list[str]) -> None:
    page.goto(locked.url)
    expect(page.locator("input[type=password]")).to_be_visible()
    expect(page.get_by_text(re.compile("家企业"))).to_have_count(0)
    page.locator("input").first.fill("wang")
    page.locator("input[type=password]").fill("秘密")
    page.get_by_role("button").last.click()
    ask(page)
    assert complaints == []
