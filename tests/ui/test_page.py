"""The page in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from assistant.engine import Engine
from index.errors import StoreMissingError
from tests.ui.conftest import HOSTILE_NAMES
from ui.server import Server, launch

pytestmark = [pytest.mark.browser, pytest.mark.model]

QUESTION = "苏州有哪些MEMS小巨人"
COMPANY = "苏州敏芯微电子技术股份有限公司"


def open_page(page: Page, server: Server) -> None:
    page.goto(server.url)
    expect(page.locator("#xj-question textarea")).to_be_visible()


def ask(page: Page, question: str) -> None:
    """Ask and wait until the answer has replaced the waiting message."""
    answers = page.locator("#xj-conversation .bot.message")
    before = answers.count()
    page.locator("#xj-question textarea").fill(question)
    page.locator("#xj-question textarea").press("Enter")
    expect(answers).to_have_count(before + 1)
    expect(answers.last).not_to_contain_text("正在查找")


def card(line: int) -> str:
    """Return the selector of the card that cites ``line``."""
    return f'#xj-pane .xj-card:has(.xj-line:text-is("第 {line} 行"))'


def test_empty_page_says_what_it_holds_and_offers_examples(page: Page, server: Server) -> None:
    open_page(page, server)
    expect(page.locator(".xj-facts")).to_contain_text(re.compile(r"\d+ 家企业"))
    expect(page.locator(".xj-facts")).to_contain_text("信息截至2025年12月")
    expect(page.locator("#xj-conversation .example")).to_have_count(5)


def test_example_is_asked_with_one_click(page: Page, server: Server) -> None:
    open_page(page, server)
    example = page.locator("#xj-conversation .example").first
    question = example.inner_text().split("\n")[-1]
    example.click()
    expect(page.locator("#xj-conversation .user.message")).to_have_text(question)
    expect(page.locator("#xj-pane .xj-card").first).to_be_visible()


def test_mark_opens_and_highlights_its_line(page: Page, server: Server) -> None:
    open_page(page, server)
    ask(page, QUESTION)
    answer = page.locator("#xj-conversation .bot.message")
    expect(answer).to_contain_text(COMPANY)
    cited = page.locator(card(73))
    number = cited.locator(".xj-number").inner_text()
    expect(cited).not_to_have_class(re.compile("xj-active"))
    answer.locator(f'a[href="#cite-1-{number}"]').first.click()
    expect(cited).to_have_class(re.compile("xj-active"))
    expect(cited).to_be_in_viewport()
    cited.locator("summary").click()
    expect(cited.locator(".xj-raw")).to_have_text(re.compile(rf"^\| {COMPANY} \| MEMS \|"))


def test_suggestion_follows_up_and_older_marks_keep_working(page: Page, server: Server) -> None:
    open_page(page, server)
    ask(page, QUESTION)
    suggestion = page.locator("#xj-conversation .option").first
    question = suggestion.inner_text()
    suggestion.click()
    expect(page.locator("#xj-conversation .user.message").last).to_have_text(question)
    expect(page.locator("#xj-conversation .bot.message")).to_have_count(2)
    expect(page.locator("#xj-pane .xj-asked")).to_have_text(question)
    ask(page, "它的主页呢")
    expect(page.locator("#xj-conversation .bot.message").last).to_contain_text("memsensing.com")
    page.locator('#xj-conversation a[href^="#cite-1-"]').first.click()
    expect(page.locator("#xj-pane .xj-asked")).to_have_text(QUESTION)
    expect(page.locator("#xj-pane .xj-active")).to_have_count(1)
    # And back to the newest.
    page.locator('#xj-conversation a[href^="#cite-3-"]').first.click()
    expect(page.locator("#xj-pane .xj-asked")).to_have_text("它的主页呢")


def test_new_conversation_forgets_the_last_question(page: Page, server: Server) -> None:
    open_page(page, server)
    ask(page, QUESTION)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator("#xj-conversation .example").first).to_be_visible()
    expect(page.locator("#xj-pane .xj-card")).to_have_count(0)
    ask(page, "它的主页呢")
    expect(page.locator("#xj-conversation .bot.message")).not_to_contain_text("memsensing.com")


def test_two_visitors_have_two_conversations(
    page: Page, context: BrowserContext, server: Server
) -> None:
    other = context.new_page()
    open_page(page, server)
    open_page(other, server)
    ask(page, QUESTION)
    ask(other, "它的主页呢")
    expect(other.locator("#xj-conversation .bot.message")).not_to_contain_text("memsensing.com")
    ask(page, "它的主页呢")
    expect(page.locator("#xj-conversation .bot.message").last).to_contain_text("memsensing.com")


def test_related_companies_stand_apart(page: Page, server: Server) -> None:
    open_page(page, server)
    ask(page, QUESTION)
    related = page.locator("#xj-pane .xj-related")
    expect(related).to_contain_text("相近但不符合条件")
    expect(related).not_to_contain_text(COMPANY)


def test_question_outside_the_sources_is_refused_without_evidence(
    page: Page, server: Server
) -> None:
    open_page(page, server)
    ask(page, "今天天气怎么样")
    expect(page.locator("#xj-conversation .bot.message")).to_contain_text("超出")
    expect(page.locator("#xj-pane")).to_contain_text("这个回答没有引用原文")
    expect(page.locator("#xj-conversation .option").first).to_be_visible()


def test_errors_are_told_in_the_conversation(page: Page, server: Server) -> None:
    open_page(page, server)
    ask(page, "长" * 600)
    expect(page.locator("#xj-conversation .bot.message")).to_contain_text("最多 500 字")


def test_engine_that_fails_later_is_told_without_a_traceback(page: Page, engine: Engine) -> None:
    failing: list[Exception] = []

    def current() -> Engine:
        if failing:
            raise failing[0]
        return engine

    with launch(current, "127.0.0.1", 0) as server:
        open_page(page, server)
        failing.append(StoreMissingError("没有索引，请先运行 xiaojuren index"))
        ask(page, QUESTION)
        expect(page.locator("#xj-conversation")).to_contain_text("请先运行 xiaojuren index")
        failing[0] = RuntimeError("secret detail")
        ask(page, QUESTION)
        expect(page.locator("#xj-conversation .bot.message").last).to_contain_text("程序内部出错")
        expect(page.locator("body")).not_to_contain_text("secret detail")


def test_server_closes_quietly_under_an_open_page(
    page: Page, engine: Engine, capfd: pytest.CaptureFixture[str]
) -> None:
    with launch(lambda: engine, "127.0.0.1", 0) as server:
        open_page(page, server)
        ask(page, QUESTION)
        capfd.readouterr()
    assert capfd.readouterr().err == ""
    # And the page says so, in Chinese, at the next question.
    page.locator("#xj-question textarea").fill(QUESTION)
    page.locator("#xj-question textarea").press("Enter")
    expect(page.locator(".toast-wrap")).to_contain_text("与服务器的连接断开了")


def test_enter_while_composing_does_not_send(page: Page, server: Server) -> None:
    open_page(page, server)
    page.locator("#xj-question textarea").fill(QUESTION)
    press = """({composing, code}) => {
      const box = document.querySelector("#xj-question textarea");
      for (const kind of ["keydown", "keypress"]) {
        box.dispatchEvent(new KeyboardEvent(kind, {
          key: "Enter", keyCode: code, isComposing: composing, bubbles: true, cancelable: true,
        }));
      }
    }"""
    page.evaluate(press, {"composing": True, "code": 13})
    page.evaluate(press, {"composing": False, "code": 229})
    page.wait_for_timeout(500)
    expect(page.locator("#xj-conversation .user.message")).to_have_count(0)
    # The same keys outside of composing do send, so the test would notice.
    page.evaluate(press, {"composing": False, "code": 13})
    expect(page.locator("#xj-conversation .user.message")).to_have_count(1)


def test_hostile_sources_and_questions_do_nothing(page: Page, hostile_server: Server) -> None:
    dialogs: list[str] = []

    def seen(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", seen)
    open_page(page, hostile_server)
    ask(page, "合肥有哪些小巨人")
    for name in HOSTILE_NAMES:
        expect(page.locator("#xj-pane")).to_contain_text(name)
    ask(page, "<img src=x onerror=alert(5)> [x](javascript:alert(6)) **合肥**")
    expect(page.locator("#xj-conversation .user.message").last).to_have_text(
        "<img src=x onerror=alert(5)> [x](javascript:alert(6)) **合肥**"
    )
    page.wait_for_timeout(300)
    assert dialogs == []
    inside = page.locator("#xj-conversation .message, #xj-pane")
    for selector in ("img", "script", "svg", 'a[href^="javascript"]'):
        assert inside.locator(selector).count() == 0, selector


def test_phone_has_no_sideways_scrolling(browser: Browser, server: Server) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    open_page(page, server)
    send = page.get_by_role("button", name="发送")
    expect(send).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    ask(page, "上海有哪些小巨人")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(send).to_be_in_viewport()
    # The evidence is below, and a finger can get there and back.
    page.locator('#xj-conversation a[href="#cite-1-2"]').first.tap()
    expect(page.locator("#cite-1-2")).to_be_in_viewport()
    page.locator("#xj-pane .xj-back").tap()
    expect(send).to_be_in_viewport()
    context.close()


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
    assert page.locator("footer").count() == 0
