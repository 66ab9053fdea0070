"""What the tests of several views share."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from assistant.engine import Engine
from tests.ui.conftest import HOSTILE_NAMES
from ui.server.server import Server, launch


@pytest.fixture(scope="session")
def hostile_rows_server(
    make_engine: Callable[[Path], Engine], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A page over a CSV list, in which markup is plain text, so that it reaches the page."""
    source = tmp_path_factory.mktemp("hostile-rows") / "试验<img src=x onerror=alert(7)>.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ("企业名称", "所在城市", "细分领域", "主导产品", "企业主页", "<b>栏</b>"),
                (
                    HOSTILE_NAMES[0],
                    "合肥",
                    "传感器",
                    "<script>alert(2)</script>",
                    "javascript:alert(3)",
                    "<img src=x onerror=alert(8)>",
                ),
                (
                    HOSTILE_NAMES[1],
                    "合肥",
                    "传感器",
                    '"><svg onload=alert(4)>',
                    'https://x.cn/"onmouseover=alert(9)',
                    "=1+1",
                ),
            ]
        )
    hostile = make_engine(source)
    with launch(lambda: hostile, "127.0.0.1", 0) as running:
        yield running


@pytest.fixture
def alerts(page: Page) -> list[str]:
    """The messages of all dialogs that the page opens; none should."""
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    return seen
