"""The conversation in a real browser."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, expect

from assistant.engine import Engine
from index.errors import StoreMissingError
from tests.conftest import SEED_NAME
from tests.ui.conftest import HOSTILE_NAMES
from ui.feedback import feedback_file, read_feedback
from ui.server.server import Server, launch

pytestmark = [pytest.mark.browser, pytest.mark.model]

QUESTION = "苏州有哪些MEMS小巨人"
COMPANY = "苏州敏芯微电子技术股份有限公司"

# What the page asks of the server.
_CALLS = re.compile("component_server")


def open_page(page: Page, server: Server, address: str = "/") -> None:
    page.goto(server.url + address)
    expect(box(page)).to_be_visible()


def box(page: Page) -> Locator:
    return page.locator('[data-part="question"]')


def turns(page: Page) -> Locator:
    return page.locator("#xj-chat .xj-turn:not(.xj-pending)")


def ask(page: Page, question: str) -> Locator:
    """Ask, wait for the answer and return its turn."""
    before = turns(page).count()
    box(page).fill(question)
    box(page).press("Enter")
    expect(turns(page)).to_have_count(before + 1)
    return turns(page).last


def asked(turn: Locator) -> Locator:
    return turn.locator(".xj-asked h2")


def chip(turn: Locator, value: str) -> Locator:
    return turn.locator(f'.xj-chip[data-value="{value}"]')


def evidence(page: Page) -> Locator:
    return page.locator('[data-part="evidence"]')


def test_empty_page_says_what_it_holds_and_offers_examples(page: Page, server: Server) -> None:
    open_page(page, server)
    welcome = page.locator(".xj-welcome")
    expect(welcome).to_contain_text(re.compile(r"已收录 \d+ 家企业"))
    expect(welcome).to_contain_text("信息截至2025年12月")
    expect(welcome.locator("[data-ask]")).to_have_count(8)


def test_example_is_asked_with_one_click(page: Page, server: Server) -> None:
    open_page(page, server)
    example = page.locator(".xj-welcome [data-ask]").first
    question = example.get_attribute("data-ask")
    example.click()
    expect(asked(turns(page).last)).to_have_text(question or "")
    expect(page.locator(".xj-welcome")).to_be_hidden()


def test_mark_opens_its_line_beside_the_answer_with_the_cited_cells_marked(
    page: Page, server: Server
) -> None:
    open_page(page, server)
    turn = ask(page, QUESTION)
    expect(evidence(page)).to_be_hidden()
    turn.locator(".xj-card .xj-mark").first.click()
    card = evidence(page).locator(".xj-active")
    expect(card).to_be_in_viewport()
    expect(card).to_be_focused()
    expect(card).to_contain_text("第 73 行")
    expect(card.locator(".xj-said th")).to_contain_text(["企业名称", "细分领域", "主导产品"])
    card.locator("summary").click()
    expect(card.locator(".xj-raw")).to_have_text(re.compile(rf"^\| {COMPANY} \| MEMS \|"))
    page.keyboard.press("Escape")
    expect(evidence(page)).to_be_hidden()
    expect(turn.locator(".xj-card .xj-mark").first).to_be_focused()


def test_condition_is_removed_and_asked_again(page: Page, server: Server) -> None:
    open_page(page, server)
    turn = ask(page, QUESTION)
    chip(turn, "MEMS").locator("[data-remove]").click()
    expect(turns(page)).to_have_count(2)
    changed = turns(page).last
    expect(asked(changed)).to_have_text(QUESTION)
    expect(changed.locator(".xj-changes")).to_have_text("去掉 主题：MEMS")
    expect(changed.locator(".xj-chip")).to_have_count(1)
    expect(changed.locator(".xj-prose").first).to_contain_text("苏州的小巨人企业共 5 家")


def test_condition_is_exchanged_for_another_by_keyboard(page: Page, server: Server) -> None:
    open_page(page, server)
    turn = ask(page, QUESTION)
    chip(turn, "MEMS").locator("[data-choices]").press("Enter")
    menu = turn.get_by_role("menu")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(menu.get_by_role("menuitem").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(chip(turn, "MEMS").locator("[data-choices]")).to_be_focused()
    page.keyboard.press("Enter")
    menu.get_by_role("menuitem", name="生物医药").press("Enter")
    expect(turns(page)).to_have_count(2)
    expect(chip(turns(page).last, "生物医药")).to_be_visible()


def test_suggestion_follows_up_and_older_marks_keep_working(page: Page, server: Server) -> None:
    open_page(page, server)
    first = ask(page, QUESTION)
    first.locator(".xj-suggestions button").first.click()
    expect(turns(page)).to_have_count(2)
    expect(ask(page, "它的主页呢")).to_contain_text("memsensing.com")
    turns(page).first.locator(".xj-card .xj-mark").first.click()
    expect(evidence(page)).to_contain_text(QUESTION)
    turns(page).last.locator(".xj-prose .xj-mark").first.click()
    expect(evidence(page).locator(".xj-evidence-asked")).to_have_text("它的主页呢")
    expect(evidence(page).locator(".xj-active")).to_have_count(1)


def test_new_conversation_forgets_and_history_brings_back(page: Page, server: Server) -> None:
    open_page(page, server)
    ask(page, QUESTION)
    page.locator(".xj-new").click()
    expect(page.locator(".xj-welcome")).to_be_visible()
    expect(ask(page, "它的主页呢")).not_to_contain_text("memsensing.com")
    page.reload()
    history = page.locator(".xj-history li")
    expect(history).to_have_text([re.compile("它的主页呢"), re.compile(QUESTION)])
    history.get_by_role("button", name=QUESTION).click()
    expect(turns(page)).to_have_count(1)
    expect(ask(page, "它的主页呢")).to_contain_text("memsensing.com")
    expect(history).to_have_count(2)
    history.first.hover()
    history.first.get_by_role("button", name="删除这段对话").click()
    expect(history).to_have_count(1)
    forget = page.get_by_role("button", name="全部删除")
    forget.click()
    page.get_by_role("button", name="确定全部删除？").click()
    expect(history).to_have_count(0)
    page.reload()
    expect(history).to_have_count(0)


def test_reload_keeps_the_conversation_that_is_open(page: Page, server: Server) -> None:
    open_page(page, server)
    ask(page, QUESTION)
    ask(page, "它的主页呢")
    page.locator("[data-language]").click()
    expect(page.locator(".xj-new")).to_have_text("New chat")
    expect(turns(page)).to_have_count(2)
    expect(turns(page).last).to_be_in_viewport()
    page.locator(".xj-new").click()
    page.reload()
    expect(page.locator(".xj-welcome h2")).to_be_visible()
    expect(turns(page)).to_have_count(0)


def test_two_visitors_have_two_conversations(
    page: Page, context: BrowserContext, server: Server
) -> None:
    other = context.new_page()
    open_page(page, server)
    open_page(other, server)
    ask(page, QUESTION)
    expect(ask(other, "它的主页呢")).not_to_contain_text("memsensing.com")
    expect(ask(page, "它的主页呢")).to_contain_text("memsensing.com")


def test_edited_question_replaces_what_came_after_it(page: Page, server: Server) -> None:
    open_page(page, server)
    ask(page, QUESTION)
    ask(page, "它的主页呢")
    turns(page).first.locator("[data-edit]").click()
    expect(box(page)).to_have_value(QUESTION)
    box(page).fill("杭州有哪些小巨人")
    box(page).press("Enter")
    expect(turns(page)).to_have_count(1)
    expect(asked(turns(page).first)).to_have_text("杭州有哪些小巨人")


def test_retry_answers_again_and_keeps_what_came_after(page: Page, server: Server) -> None:
    open_page(page, server)
    ask(page, QUESTION)
    ask(page, "它的主页呢")
    turns(page).first.locator("[data-retry]").click()
    expect(turns(page)).to_have_count(2)
    expect(turns(page).last).to_contain_text("memsensing.com")


def test_answer_that_is_awaited_can_be_stopped(page: Page, server: Server) -> None:
    open_page(page, server)
    held: list[Callable[[], None]] = []
    page.route(_CALLS, lambda route: held.append(route.continue_))
    box(page).fill(QUESTION)
    box(page).press("Enter")
    page.get_by_role("button", name="停止").click()
    expect(page.locator("#xj-chat .xj-turn")).to_have_count(0)
    expect(box(page)).to_have_value(QUESTION)
    for go_on in held:
        go_on()
    page.unroute(_CALLS)
    page.wait_for_timeout(300)
    expect(page.locator("#xj-chat .xj-turn")).to_have_count(0)
    box(page).press("Enter")
    expect(turns(page)).to_have_count(1)


def test_answer_is_copied_as_text_with_its_sources(
    page: Page, context: BrowserContext, server: Server
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, server)
    turn = ask(page, QUESTION)
    turn.get_by_role("button", name="复制", exact=True).click()
    expect(turn.get_by_role("button", name="已复制")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert COMPANY in text
    assert "specialized-sme-xiaojuren.md 第 73 行" in text


def test_link_asks_the_same_again(page: Page, context: BrowserContext, server: Server) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, server)
    turn = ask(page, QUESTION)
    chip(turn, "MEMS").locator("[data-remove]").click()
    expect(turns(page)).to_have_count(2)
    turns(page).last.get_by_role("button", name="复制链接").click()
    expect(turns(page).last.get_by_role("button", name="已复制")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    other = context.new_page()
    other.goto(link)
    expect(turns(other)).to_have_count(2)
    expect(turns(other).last.locator(".xj-changes")).to_have_text("去掉 主题：MEMS")


def test_question_in_the_address_is_asked_on_load(page: Page, server: Server) -> None:
    open_page(page, server, f"/?q={quote(QUESTION)}")
    expect(turns(page).last).to_contain_text(COMPANY)
    assert "q=" not in page.url


def test_question_from_another_view_is_asked_in_the_conversation(
    page: Page, server: Server
) -> None:
    page.goto(f"{server.url}/#/rules")
    expect(page.locator("#xj-view-rules")).to_be_visible()
    expect(page.locator("#xj-view-chat")).to_be_hidden()
    page.evaluate(
        """(question) => {
          const button = document.createElement("button");
          button.dataset.ask = question;
          document.querySelector("#xj-view-rules").append(button);
          button.click();
        }""",
        QUESTION,
    )
    expect(page.locator("#xj-view-chat")).to_be_visible()
    expect(turns(page).last).to_contain_text(COMPANY)


def test_verdict_and_comment_are_stored(page: Page, server: Server, engine: Engine) -> None:
    file: Path = feedback_file(engine.settings.store)
    before = len(read_feedback(file))
    open_page(page, server)
    turn = ask(page, QUESTION)
    turn.get_by_role("button", name="回答有问题").click()
    expect(turn.get_by_role("button", name="回答有问题")).to_have_attribute("aria-pressed", "true")
    turn.get_by_label("哪里不对").fill("缺一家")
    turn.get_by_role("button", name="提交").click()
    expect(turn.get_by_label("哪里不对")).to_be_hidden()
    stored = read_feedback(file)[before:]
    assert [(one.question, one.verdict, one.comment) for one in stored] == [
        (QUESTION, "down", ""),
        (QUESTION, "down", "缺一家"),
    ]


def test_long_set_folds(page: Page, server: Server) -> None:
    open_page(page, server)
    turn = ask(page, "有哪些小巨人")
    rows = turn.locator(".xj-table tbody tr:visible")
    expect(rows).to_have_count(10)
    turn.locator("[data-unfold]").click()
    expect(rows).to_have_count(30)
    turn.locator("[data-unfold]").click()
    expect(rows).to_have_count(48)
    expect(turn.locator(".xj-more-rows")).to_contain_text("48 / 48")
    expect(turn.locator("[data-unfold]")).to_be_hidden()


def test_question_outside_the_sources_is_refused_without_evidence(
    page: Page, server: Server
) -> None:
    open_page(page, server)
    turn = ask(page, "今天天气怎么样")
    expect(turn.locator(".xj-prose").first).to_contain_text("超出")
    turn.locator("[data-sources]").click()
    expect(evidence(page)).to_contain_text("这个回答没有引用原文")
    expect(turn.locator(".xj-suggestions button").first).to_be_visible()


def test_errors_are_told_in_the_conversation(page: Page, server: Server) -> None:
    open_page(page, server)
    expect(ask(page, "长" * 600)).to_contain_text("最多 500 字")
    expect(ask(page, QUESTION)).to_contain_text(COMPANY)


def test_engine_that_fails_later_is_told_without_a_traceback(page: Page, engine: Engine) -> None:
    failing: list[Exception] = []

    def current() -> Engine:
        if failing:
            raise failing[0]
        return engine

    with launch(current, "127.0.0.1", 0) as server:
        open_page(page, server)
        expect(page.locator(".xj-welcome h2")).to_be_visible()
        failing.append(StoreMissingError("没有索引，请先运行 xiaojuren index"))
        expect(ask(page, QUESTION)).to_contain_text("请先运行 xiaojuren index")
        failing[0] = RuntimeError("secret detail")
        turns(page).last.locator("[data-retry]").click()
        expect(turns(page).last).to_contain_text("程序内部出错")
        expect(page.locator("body")).not_to_contain_text("secret detail")
        failing.clear()
        turns(page).last.locator("[data-retry]").click()
        expect(turns(page).last).to_contain_text(COMPANY)


def test_server_that_is_gone_is_told_at_the_next_question(page: Page, engine: Engine) -> None:
    with launch(lambda: engine, "127.0.0.1", 0) as server:
        open_page(page, server)
        ask(page, QUESTION)
    expect(ask(page, QUESTION)).to_contain_text("连不上服务器")


def test_enter_while_composing_does_not_send(page: Page, server: Server) -> None:
    open_page(page, server)
    box(page).fill(QUESTION)
    press = """({composing, code}) => {
      document.querySelector('[data-part="question"]').dispatchEvent(
        new KeyboardEvent("keydown", {
          key: "Enter", keyCode: code, isComposing: composing, bubbles: true, cancelable: true,
        }));
    }"""
    page.evaluate(press, {"composing": True, "code": 13})
    page.evaluate(press, {"composing": False, "code": 229})
    page.wait_for_timeout(400)
    expect(page.locator("#xj-chat .xj-turn")).to_have_count(0)
    # The same key outside of composing does send, so the test would notice.
    page.evaluate(press, {"composing": False, "code": 13})
    expect(turns(page)).to_have_count(1)


def test_shift_enter_breaks_the_line_and_slash_goes_to_the_question(
    page: Page, server: Server
) -> None:
    open_page(page, server)
    box(page).fill("第一行")
    box(page).press("Shift+Enter")
    page.keyboard.type("a/b")
    expect(box(page)).to_have_value("第一行\na/b")
    page.locator(".xj-new").focus()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("第一行\na/b")


def test_answer_is_said_aloud(page: Page, server: Server) -> None:
    open_page(page, server)
    ask(page, QUESTION)
    expect(page.locator('#xj-chat [role="status"]')).to_contain_text("共 1 家")


def test_hostile_sources_and_questions_do_nothing(page: Page, hostile_server: Server) -> None:
    dialogs: list[str] = []

    def seen(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", seen)
    open_page(page, hostile_server)
    turn = ask(page, "合肥有哪些小巨人")
    # Tags in a cell are markup of the list, brackets are not.
    expect(turn).to_contain_text("科技有限公司")
    expect(turn).to_contain_text(HOSTILE_NAMES[1])
    turn.locator(".xj-mark").last.click()
    expect(evidence(page)).to_contain_text(HOSTILE_NAMES[0])
    evidence(page).get_by_role("button", name="打开原文").first.click()
    expect(page.locator("#xj-source")).to_contain_text("<svg onload=alert(4)>")
    page.keyboard.press("Escape")
    attack = "<img src=x onerror=alert(5)> [x](javascript:alert(6)) **合肥**"
    expect(asked(ask(page, attack))).to_have_text(attack)
    page.reload()
    page.locator(".xj-history li button").first.click()
    expect(turns(page)).to_have_count(2)
    page.wait_for_timeout(300)
    assert dialogs == []
    inside = page.locator("#xj-chat, #xj-source")
    for selector in ("img", "script", "svg:not([aria-hidden])", 'a[href^="javascript"]'):
        assert inside.locator(selector).count() == 0, selector


def test_phone_has_no_sideways_scrolling_and_a_sheet_of_evidence(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    open_page(page, server)
    send = page.get_by_role("button", name="发送")
    expect(send).to_be_in_viewport()
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= 390
    turn = ask(page, "上海有哪些小巨人")
    assert page.evaluate(width) <= 390
    expect(send).to_be_in_viewport()
    turn.locator(".xj-prose .xj-mark").first.tap()
    expect(evidence(page)).to_be_visible()
    bounds = evidence(page).bounding_box()
    assert bounds is not None
    assert bounds["width"] == 390
    assert bounds["y"] > 100
    page.get_by_role("button", name="关闭出处").tap()
    expect(evidence(page)).to_be_hidden()
    page.locator("[data-open-drawer]").tap()
    expect(page.locator(".xj-history li")).to_have_count(1)
    page.locator(".xj-history li button").first.tap()
    expect(page.locator(".xj-history")).to_be_hidden()
    context.close()


def test_everything_the_interface_says_is_said_in_english(
    page: Page, context: BrowserContext, server: Server
) -> None:
    context.add_init_script("localStorage.setItem('xiaojuren-language', 'en')")
    open_page(page, server)
    chinese: Callable[[], list[str]] = lambda: page.evaluate(  # noqa: E731
        """() => {
          const own = (node) => node.closest("[translate]")?.getAttribute("translate") !== "no";
          const found = [];
          for (const root of document.querySelectorAll("#xj-view-chat, #xj-source")) {
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const node = walker.currentNode;
              if (own(node.parentElement)) found.push(node.nodeValue.trim());
            }
            for (const one of root.querySelectorAll("[aria-label], [title], [placeholder]")) {
              if (own(one)) found.push(one.ariaLabel, one.title, one.placeholder);
            }
          }
          return found.filter((text) => /[\\u4e00-\\u9fff]/.test(text ?? ""));
        }"""
    )
    expect(page.locator(".xj-welcome h2")).to_be_visible()
    assert chinese() == []
    for question in (QUESTION, "有哪些小巨人", "汇顶科技的上市情况", "除了大疆，深圳还有哪些小巨人",
                     "研发费用占比4%，能申报吗", "今天天气怎么样", "长" * 600):  # fmt: skip
        ask(page, question)
        assert chinese() == [], question
    turns(page).first.locator(".xj-mark").first.click()
    turns(page).nth(1).locator("[data-edit]").click()
    turns(page).first.locator("[data-verdict]").last.click()
    turns(page).first.locator("[data-choices]").first.click()
    page.wait_for_timeout(300)
    assert chinese() == []


def test_companies_of_an_answer_are_saved_as_they_are(page: Page, server: Server) -> None:
    open_page(page, server)
    turn = ask(page, "苏州有哪些小巨人")
    with page.expect_download() as saved:
        turn.locator("[data-save=csv]").click()
    with Path(saved.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["企业名称"] for row in rows} >= {"苏州敏芯微电子技术股份有限公司", "思必驰"}
    assert all(set(row["来源文件"].split()) == {SEED_NAME} for row in rows)
    expect(turn.get_by_role("link", name="对比")).to_be_visible()
