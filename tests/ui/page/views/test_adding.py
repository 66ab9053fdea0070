"""Adding a list from the page: what the browser may send, and the whole way in a browser."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pydantic import SecretStr

from assistant.browsing.inventory import holdings
from assistant.engine import Engine
from assistant.live import LiveEngine
from assistant.settings import Settings
from index.build import BuildRequest, build_index
from index.language.encoder import SentenceEncoder
from index.preview import preview_list
from index.store.records import Records
from tests.conftest import SEED
from tests.fakes import SilentProgress
from tests.ui.page.views.untranslated import untranslated
from ui.page.html import render
from ui.page.views import adding
from ui.page.views.adding import preview_html, server_functions
from ui.server.jobs import Job, Report, Stage
from ui.server.login import Gate
from ui.server.server import Server, launch
from ui.server.uploads import UploadDesk

PASSWORD = "一个长而难猜的密码"  # noqa: S105 - of these tests only
HOSTILE = "<img src=x onerror=alert(1)>"
LIST = f"""单元,主营方向,规模,<b>估值</b>
{HOSTILE}科技有限公司,传感器,100-200人,12
=1+1智能有限公司,传感器,几个人,<svg onload=alert(2)>
,传感器,,3
"""


@pytest.fixture
def calls(engine: Engine) -> dict[str, Any]:
    """What the browser calls, by name."""
    functions = server_functions(Gate(PASSWORD), UploadDesk(engine.settings, lambda: engine))
    return {function.__name__: function for function in functions}


@pytest.mark.model
@pytest.mark.parametrize("name", ["list_take", "list_correct", "list_add", "list_progress"])
@pytest.mark.parametrize("sent", [None, 7, {}, {"key": None}, {"key": "x"}, [1], {"key": ["x"]}])
def test_nothing_is_done_without_a_key(calls: dict[str, Any], name: str, sent: object) -> None:
    assert calls[name](sent)["locked"] is True


@pytest.mark.model
@pytest.mark.parametrize(
    "sent", [None, {}, {"password": 7}, {"password": "x" * 600}, {"password": "\ud800"}]
)
def test_password_that_is_none_is_no_fault(calls: dict[str, Any], sent: object) -> None:
    assert "不完整" in calls["list_unlock"](sent)["error"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("list_take", {"name": "a.csv"}),
        ("list_take", {"name": "a.csv", "content": "%%%"}),
        ("list_take", {"name": "a" * 600, "content": ""}),
        ("list_take", {"name": "\ud800.csv", "content": "eA=="}),
        ("list_correct", {"corrections": {"columns": {"a": 7}}}),
        ("list_correct", {"corrections": {"other": "x"}}),
        ("list_correct", {"corrections": {"title": "x" * 300}}),
        ("list_add", {}),
        ("list_progress", {}),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(
    calls: dict[str, Any], name: str, sent: dict[str, Any]
) -> None:
    key = calls["list_unlock"]({"password": PASSWORD})["key"]
    found = calls[name](sent | {"key": key})
    assert found["error"]
    assert "\n" not in found["error"]
    assert not found["locked"]


@pytest.mark.model
def test_content_larger_than_allowed_is_not_decoded(
    calls: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "MAX_BYTES", 30)
    key = calls["list_unlock"]({"password": PASSWORD})["key"]
    sent = {"key": key, "name": "a.csv", "content": base64.b64encode(bytes(60)).decode()}
    assert "MB" in calls["list_take"](sent)["error"]


def test_preview_is_escaped_and_has_english_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for text in (LIST, LIST.replace("单元", "企业名称"), SEED.read_text("utf-8")):
        path = path.with_suffix(".md" if text.startswith("#") else ".csv")
        path.write_text(text, "utf-8")
        html = preview_html(preview_list(path, path.name), path.name, replaces=True)
        assert not re.search("<img|<svg|<b>估值", html)
        assert untranslated(html) == set()


def test_list_of_no_company_asks_for_the_column_of_names(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("岗位,人数\n工程师,3\n会计,1\n", "utf-8")
    html = preview_html(preview_list(path, path.name), path.name, replaces=False)
    assert "没有认出任何企业" in html
    assert untranslated(html) == set()


def test_progress_and_report_have_english_texts(seed_records: Records) -> None:
    stages = ("读取清单", "产业词表", "分词", "计算向量", "写入 Chroma", "启用新索引")
    running = Job("a.csv", [Stage(name, 10, 3) for name in stages])
    held = replace(holdings(seed_records)[0], title=HOSTILE)
    for job in (running, Job("a.csv", error=HOSTILE), Job("a.csv", report=Report(held, 1, 2, 3))):
        html = render("adding_progress", job=job)
        assert "<img" not in html
        assert untranslated(html) == set()
    for html in (render("adding", most=1, megabytes=1), render("adding_off")):
        assert untranslated(html) == set()


@pytest.fixture(scope="module")
def admin_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveEngine]:
    """An engine whose settings have a password."""
    settings = Settings(
        store=tmp_path_factory.mktemp("adding") / "store", admin_password=SecretStr(PASSWORD)
    )
    encoder = SentenceEncoder(settings.model, settings.threads)
    build_index(BuildRequest([SEED], settings.store, encoder), SilentProgress())
    engine = LiveEngine(settings)
    yield engine
    engine().close()


@pytest.fixture(scope="module")
def admin_server(admin_engine: LiveEngine) -> Iterator[Server]:
    """A page that lists can be added from."""
    with launch(admin_engine, "127.0.0.1", 0) as running:
        yield running


def open_data(page: Page, server: Server) -> None:
    page.on("dialog", lambda _: pytest.fail("a script of the list has run"))
    page.goto(f"{server.url}/#/data")
    expect(page.locator(".xj-list-name").first).to_be_visible()


def unlock(page: Page, server: Server) -> None:
    open_data(page, server)
    page.get_by_label(re.compile("管理密码|Admin password")).fill(PASSWORD)
    page.locator(".xj-lock button").click()
    expect(page.locator(".xj-drop")).to_be_visible()


def choose(page: Page, name: str, data: bytes) -> None:
    page.locator("#xj-file").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


@pytest.mark.browser
@pytest.mark.model
def test_page_without_a_password_says_that_nothing_can_be_added(page: Page, server: Server) -> None:
    open_data(page, server)
    expect(page.locator("#xj-adding")).to_contain_text("XIAOJUREN_ADMIN_PASSWORD")
    expect(page.locator("#xj-adding input")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.model
def test_wrong_password_opens_nothing(page: Page, admin_server: Server) -> None:
    open_data(page, admin_server)
    page.get_by_label("管理密码").fill("falsch")
    page.get_by_role("button", name="解锁").click()
    expect(page.locator("#xj-adding .xj-problem")).to_have_text("密码不对，请重新输入")
    expect(page.locator(".xj-drop")).to_be_hidden()
    assert "falsch" not in page.url


@pytest.mark.browser
@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "data", "told"),
    [("坏.xlsx", b"PK\x03\x04broken", "坏.xlsx："), ("空.csv", b"\n", "文件是空的")],
)
def test_broken_list_is_told_and_changes_nothing(
    page: Page, admin_server: Server, name: str, data: bytes, told: str
) -> None:
    unlock(page, admin_server)
    lists = page.locator(".xj-list-name").count()
    choose(page, name, data)
    expect(page.locator("#xj-adding .xj-problem")).to_contain_text(told)
    expect(page.locator(".xj-preview")).to_have_count(0)
    page.reload()
    expect(page.locator(".xj-list-name")).to_have_count(lists)


@pytest.mark.browser
@pytest.mark.model
def test_list_is_corrected_added_and_answered_from_without_a_restart(
    page: Page, admin_server: Server, admin_engine: LiveEngine
) -> None:
    unlock(page, admin_server)
    choose(page, "试验名单.csv", LIST.encode())
    page.get_by_label("单元").select_option("name")
    expect(page.locator(".xj-preview summary", has_text="认出的企业")).to_contain_text("2")
    page.get_by_label("规模").select_option("ignore")
    page.get_by_label("没写城市的企业所在城市").fill("合肥")
    page.get_by_label("没写城市的企业所在城市").press("Tab")
    expect(page.locator(".xj-preview tbody", has_text="科技有限公司").last).to_contain_text("合肥")
    expect(page.get_by_label("规模")).to_have_value("ignore")
    page.get_by_role("button", name="加入索引").click()
    expect(page.locator(".xj-report")).to_contain_text("已加入", timeout=120_000)
    expect(page.locator(".xj-report .xj-counts")).to_contain_text("2 家企业")
    expect(page.locator(".xj-list-name", has_text="试验名单")).to_be_visible()
    expect(page.locator("#xj-view-data img, #xj-view-data svg[onload]")).to_have_count(0)
    answer = admin_engine().reply("合肥有哪些做传感器的企业").answer
    assert {record.name for record in answer.records} >= {f"{HOSTILE}科技有限公司"}


@pytest.mark.browser
@pytest.mark.model
def test_preview_fits_a_phone_in_the_dark_and_in_english(
    browser: Browser, admin_server: Server
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, locale="en-US", color_scheme="dark"
    )
    page = context.new_page()
    page.goto(admin_server.url)
    page.evaluate("localStorage.setItem('xiaojuren-language', 'en')")
    page.goto("about:blank")
    unlock(page, admin_server)
    choose(page, "名单.csv", LIST.replace("单元", "企业名称").encode())
    expect(page.get_by_role("button", name="Add to the index")).to_be_visible()
    wide = "document.querySelector('#xj-view-data')"
    assert page.evaluate(f"{wide}.scrollWidth <= {wide}.clientWidth")
    context.close()
