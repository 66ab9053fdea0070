"""The data: lists, skipped rows, findings and their export."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from index.build import BuildRequest, build_index
from index.store.reader import IndexReader, open_index
from tests.fakes import FakeEncoder, SilentProgress
from tests.ui.page.views.untranslated import untranslated
from ui.page.html import render
from ui.page.views import data
from ui.page.views.data import data_html, findings_csv
from ui.server.server import Server

_ODD = """# <b>清单</b>

| 企业名称 | 上市情况 | 企业主页 |
|---|---|---|
| <img src=x onerror=alert(1)>科技有限公司 | 深交所:600001 | 没有 |
| =1+1科技有限公司 | 深交所:600002 | 不是网址 |
|  | 未上市 | https://a.example |
"""


@contextmanager
def opened(folder: Path, **files: str) -> Iterator[IndexReader]:
    """An index of Markdown files."""
    lists = folder / "lists"
    lists.mkdir()
    for name, text in files.items():
        (lists / f"{name}.md").write_text(text, "utf-8")
    store = folder / "store"
    build_index(BuildRequest([lists], store, FakeEncoder()), SilentProgress())
    index = open_index(store, FakeEncoder())
    try:
        yield index
    finally:
        index.close()


def test_list_is_shown_with_its_counts_and_its_date(seed_index: IndexReader) -> None:
    found = data_html(seed_index)
    assert "specialized-sme-xiaojuren.md" in found["lists"]
    assert "信息截至2025年12月" in found["lists"]
    assert f">{seed_index.records.count()}<" in found["facts"]
    assert seed_index.manifest.model in found["facts"]
    assert "没有跳过任何一行" in found["lists"]


def test_skipped_rows_changed_and_broken_files_are_told(tmp_path: Path) -> None:
    with opened(tmp_path, odd=_ODD, broken="") as index:
        (tmp_path / "lists" / "odd.md").write_text(_ODD + "\n", "utf-8")
        lists = data_html(index)["lists"]
    assert "没有企业名称" in lists
    assert 'data-line="7"' in lists
    assert "文件在收录后有改动" in lists
    assert "broken.md" in lists


def test_texts_of_sources_are_escaped_on_the_page_and_in_the_export(tmp_path: Path) -> None:
    with opened(tmp_path, odd=_ODD) as index:
        html = "".join(data_html(index).values())
        text = findings_csv(index.findings)
    assert "<img" not in html
    assert "<b>清单" not in html
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    assert "'=1+1科技有限公司" in {row["company"] for row in rows}


def test_long_groups_fold_and_say_how_many_are_left(
    seed_index: IndexReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "SHOWN", 1)
    html = data_html(seed_index)["findings"]
    assert html.count('class="xj-message"') == html.count("<details")
    assert "处没有列出" in html


def test_every_text_has_an_english_one(tmp_path: Path, seed_index: IndexReader) -> None:
    with opened(tmp_path, odd=_ODD, broken="") as index:
        parts = [*data_html(index).values(), *data_html(seed_index).values(), render("data")]
    for html in parts:
        assert untranslated(html) == set()


@pytest.mark.parametrize("title", data.TITLES.values())
def test_every_rule_has_an_english_title(title: str) -> None:
    assert untranslated(f"<p>{title}</p>") == set()


@pytest.mark.browser
@pytest.mark.model
def test_findings_are_exported_and_lead_to_their_lines(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/#/data")
    finding = page.locator(".xj-findings li").first
    expect(finding).to_be_visible()
    page.evaluate("addEventListener('xiaojuren:source', (event) => (window.opened = event.detail))")
    link = finding.locator(".xj-line-link").first
    line = link.get_attribute("data-line")
    link.click()
    assert page.evaluate("window.opened.line") == int(line or 0)
    page.reload()
    with page.expect_download() as download:
        page.locator("#xj-view-data [data-export]").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    total = sum(int(text) for text in page.locator(".xj-findings summary b").all_inner_texts())
    assert len(rows) == total > 0


@pytest.mark.browser
@pytest.mark.model
def test_hostile_list_does_nothing(page: Page, hostile_server: Server) -> None:
    page.on("dialog", lambda _: pytest.fail("a script of the list has run"))
    page.goto(f"{hostile_server.url}/#/data")
    expect(page.locator(".xj-list-name")).to_have_text("试验清单")
    expect(page.locator("#xj-data img")).to_have_count(0)
