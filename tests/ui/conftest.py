"""An engine with the real model, its page served, and a Chromium to look at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from assistant.engine import Engine
from assistant.settings import Settings
from index.build import BuildRequest, build_index
from index.language.encoder import SentenceEncoder
from index.store.reader import open_index
from tests.conftest import SEED
from tests.fakes import SilentProgress
from ui.server.server import Server, launch

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

# Two attacks in the name of a company, as its row stands in the file.
HOSTILE_NAMES = ("<img src=x onerror=alert(1)>科技有限公司", "[x](javascript:alert(1))智能有限公司")
HOSTILE_SOURCE = f"""# 试验清单

## 合肥市小巨人企业

| 企业名称 | 细分领域 | 主导产品 | 企业主页 |
|----------|----------|----------|----------|
| {HOSTILE_NAMES[0]} | 传感器 | <script>alert(2)</script> | [主页](javascript:alert(3)) |
| {HOSTILE_NAMES[1]} | 传感器 | 压力传感器 | "><svg onload=alert(4)> |
"""


@pytest.fixture(scope="session")
def make_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Engine]]:
    """Builds an index of a source with the real model and returns an engine over it."""
    encoder = SentenceEncoder()
    with ExitStack() as opened:

        def make(source: Path) -> Engine:
            store = tmp_path_factory.mktemp("page") / "store"
            build_index(BuildRequest([source], store, encoder), SilentProgress())
            index = open_index(store, encoder)
            opened.callback(index.close)
            return Engine(index, Settings(store=store))

        yield make


@pytest.fixture(scope="session")
def engine(make_engine: Callable[[Path], Engine]) -> Engine:
    return make_engine(SEED)


@pytest.fixture(scope="session")
def server(engine: Engine) -> Iterator[Server]:
    with launch(lambda: engine, "127.0.0.1", 0) as running:
        yield running


@pytest.fixture(scope="session")
def locked(engine: Engine) -> Iterator[Server]:
    """A server that only two users may use."""
    logins = (("li", "geheim:1"), ("wang", "秘密"))
    with launch(lambda: engine, "127.0.0.1", 0, logins) as running:
        yield running


@pytest.fixture(scope="session")
def hostile_server(
    make_engine: Callable[[Path], Engine], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    source = tmp_path_factory.mktemp("hostile") / "试验.md"
    source.write_text(HOSTILE_SOURCE, "utf-8")
    hostile = make_engine(source)
    with launch(lambda: hostile, "127.0.0.1", 0) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    found = found or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(_ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile, in English, so that a label left untranslated shows."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
