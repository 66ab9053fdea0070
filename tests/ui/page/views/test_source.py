"""The dialog of source files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from index.build import BuildRequest, build_index
from index.store.reader import IndexReader, open_index
from tests.conftest import SEED, SEED_NAME
from tests.fakes import FakeEncoder, SilentProgress
from ui.errors import SourceViewError
from ui.page.views.source import SourcePlace, source_function, source_html
from ui.server.server import Server

SHEETS = ("名单", "备注")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text and a workbook, indexed from here; some tests change copies of the index's files."""
    folder = tmp_path_factory.mktemp("sources")
    shutil.copy(SEED, folder)
    made = Workbook()
    made.remove(made.active)
    for name, company in zip(SHEETS, ("甲科技有限公司", "乙<b>科技有限公司"), strict=True):
        sheet = made.create_sheet(name)
        sheet.append(("企业名称", "城市", "领域"))
        sheet.append((company, None, "光"))
    made.save(folder / "a.xlsx")
    (folder / "long.csv").write_text(
        "企业名称,城市\n" + "".join(f"第{n}科技有限公司,苏州\n" for n in range(2, 3001)), "utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def index(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    store = tmp_path_factory.mktemp("store") / "store"
    build_index(BuildRequest([folder], store, FakeEncoder()), SilentProgress())
    opened = open_index(store, FakeEncoder())
    yield opened
    opened.close()


def rows(html: str) -> dict[int, str]:
    """Return the rows shown, by number, their cells joined by bars."""
    found = re.findall(r'<tr[^>]*><th scope="row">(\d+)</th>(.*?)</tr>', html)
    cells = {int(number): re.findall(r"<td[^>]*>(.*?)</td>", row) for number, row in found}
    return {number: unescape("|".join(row)) for number, row in cells.items()}


def test_text_is_shown_whole_with_its_line_numbers(index: IndexReader) -> None:
    html = source_html(index, SourcePlace(source=SEED_NAME, line=73))
    lines = SEED.read_text("utf-8").splitlines()
    shown = rows(html)
    assert sorted(shown) == list(range(1, len(lines) + 1))
    assert shown[73] == lines[72]
    assert html.count('class="xj-here"') == 1
    assert '<tr class="xj-here" aria-current="true"><th scope="row">73</th>' in html


def test_sheet_is_shown_as_a_table(index: IndexReader) -> None:
    html = source_html(index, SourcePlace(source="a.xlsx", sheet="备注", line=2))
    assert rows(html) == {1: "企业名称|城市|领域", 2: "乙<b>科技有限公司||光"}
    assert "<b>" not in html


def test_long_file_is_shown_around_the_line(index: IndexReader) -> None:
    html = source_html(index, SourcePlace(source="long.csv", line=1500))
    assert sorted(rows(html)) == list(range(900, 2101))
    assert rows(html)[1500] == "第1500科技有限公司,苏州"
    assert "<span>前面还有</span> <b>899</b>" in html
    assert "<span>后面还有</span> <b>900</b>" in html


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        (SourcePlace(source="../../etc/passwd"), "索引里没有文件"),
        (SourcePlace(source="/etc/passwd"), "索引里没有文件"),
        (SourcePlace(source="a.xlsx", sheet="没有"), "没有工作表“没有”"),
    ],
)
def test_only_what_is_indexed_can_be_read(
    index: IndexReader, place: SourcePlace, problem: str
) -> None:
    with pytest.raises(SourceViewError, match=problem):
        source_html(index, place)


def test_file_that_changed_or_is_gone_is_told(tmp_path: Path) -> None:
    file = tmp_path / "list.md"
    shutil.copy(SEED, file)
    store = tmp_path / "store"
    build_index(BuildRequest([file], store, FakeEncoder()), SilentProgress())
    index = open_index(store, FakeEncoder())
    assert "改过" not in source_html(index, SourcePlace(source="list.md"))
    file.write_text("# 新的\n\n没有表格\n", "utf-8")
    assert "文件在建立索引后改过" in source_html(index, SourcePlace(source="list.md"))
    file.unlink()
    with pytest.raises(SourceViewError, match="打不开"):
        source_html(index, SourcePlace(source="list.md"))
    index.close()


@pytest.mark.parametrize(
    "sent", [None, {}, {"source": 1}, {"source": "a", "line": 0}, {"source": "a", "path": "b"}]
)
def test_what_the_page_never_sends_is_refused(sent: object) -> None:
    def never() -> None:
        raise AssertionError("asked for the index")

    answer = source_function(never)(sent)  # type: ignore[arg-type]
    assert "无法识别" in answer["error"]


@pytest.mark.browser
@pytest.mark.model
def test_citation_opens_its_file_at_the_line(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/?q=敏芯微的主页")
    page.locator("#xj-chat .xj-prose .xj-mark").first.click()
    page.get_by_role("button", name="打开原文").first.click()
    dialog = page.get_by_role("dialog", name=SEED_NAME)
    here = dialog.locator(".xj-here")
    expect(here).to_be_in_viewport()
    expect(here).to_contain_text("73| 苏州敏芯微电子技术股份有限公司")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    # Only the dialog was closed.
    expect(page.locator('[data-part="evidence"]')).to_be_visible()
    page.evaluate(
        "window.dispatchEvent(new CustomEvent('xiaojuren:source',"
        " {detail: {source: '没有.md', sheet: '', line: 1}}))"
    )
    expect(page.get_by_role("dialog")).to_contain_text("索引里没有文件 没有.md")
    page.get_by_role("button", name="关闭", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
