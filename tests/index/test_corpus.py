"""Source files found and read together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.corpus import (
    SourceRows,
    find_sources,
    passed_over,
    read_corpus,
    read_sources,
)
from index.errors import SourceError
from index.sources.content import file_hash
from index.types import Corpus

TABLE = "| 企业名称 | 城市 |\n|---|---|\n"


def write(path: Path, text: str = TABLE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


# --- finding ----------------------------------------------------------------------------------


def test_folder_gives_its_readable_files_named_below_it(tmp_path: Path) -> None:
    for name in ("b.md", "a.MD", "sub/c.markdown", "note.exe", ".hidden.md", ".git/d.md"):
        write(tmp_path / name)
    names = [name for _, name in find_sources([tmp_path])]
    assert names == ["a.MD", "b.md", "sub/c.markdown"]


def test_files_that_lock_open_workbooks_and_hidden_ones_are_no_lists(tmp_path: Path) -> None:
    hidden = ("~$名单.xlsx", "sub/~$b.md", ".c.md", ".cache/d.csv", "sub/.~lock.e.xlsx")
    for name in ("名单.xlsx", "sub/a~$b.md", *hidden):
        write(tmp_path / name)
    assert [name for _, name in find_sources([tmp_path])] == ["sub/a~$b.md", "名单.xlsx"]


def test_files_of_other_formats_in_a_folder_are_named(tmp_path: Path) -> None:
    for name in ("a.md", "b.pdf", "sub/c.exe", ".hidden.pdf", "~$d.doc", "a.md.columns.toml"):
        write(tmp_path / name)
    assert passed_over([tmp_path, tmp_path / "a.md"]) == ["b.pdf", "sub/c.exe"]


def test_file_is_named_by_its_own_name_and_counts_once(tmp_path: Path) -> None:
    file = write(tmp_path / "sub" / "a.md")
    assert find_sources([file, file, file.parent]) == [(file, "a.md")]


@pytest.mark.parametrize(
    ("files", "asked", "problem"),
    [
        ([], ["没有"], "没有这个文件"),
        (["sub/a.exe"], ["sub"], "没有可读的清单"),
        (["x/a.md", "y/a.md"], ["x", "y"], "重名"),
    ],
)
def test_sources_that_cannot_be_cited_are_refused(
    tmp_path: Path, files: list[str], asked: list[str], problem: str
) -> None:
    for name in files:
        write(tmp_path / name)
    with pytest.raises(SourceError, match=problem) as caught:
        find_sources([tmp_path / name for name in asked])
    assert "\n" not in str(caught.value)


# --- reading ----------------------------------------------------------------------------------


def test_seed_is_summarised_with_counts_and_date(seed_corpus: Corpus) -> None:
    (document,) = seed_corpus.documents
    assert (document.tables, document.rows, document.profiles, document.passages) == (11, 61, 0, 30)
    assert document.as_of is not None
    assert document.as_of.text == "信息截至2025年12月"
    assert document.as_of.origin.line_start == 151


def test_companies_of_several_files_are_merged_and_keep_their_sources(tmp_path: Path) -> None:
    first = write(tmp_path / "a.md", f"{TABLE}| 苏州敏芯科技有限公司 | 苏州 |\n")
    second = write(tmp_path / "b.md", f"{TABLE}| 敏芯 | 苏州 |\n|  | 北京 |\n")
    corpus = read_corpus([(first, "a.md"), (second, "b.md")])
    (company,) = corpus.companies
    assert [row.origin.source for row in company.rows] == ["a.md", "b.md"]
    assert [(skipped.source, skipped.line) for skipped in corpus.skipped] == [("b.md", 4)]
    assert [document.rows for document in corpus.documents] == [1, 2]


def test_file_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "***\n\n<br>\n")
    with pytest.raises(SourceError, match="没有可收录的内容"):
        read_corpus([(path, "a.md")])


def test_file_of_nothing_but_text_is_read_and_said_to_give_no_company(tmp_path: Path) -> None:
    corpus = read_corpus([(write(tmp_path / "a.md", "# 清单\n\n只有文字。\n"), "a.md")])
    assert [note.text for note in corpus.notes] == ["只有文字。"]
    (notice,) = corpus.documents[0].notices
    assert notice.startswith("没有企业名单")


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("| 行业 | 数量 |\n|---|---|\n| 软件 | 3 |\n| 芯片 | 5 |\n", "没有读出企业"),
        ("| 对象 | 金额 |\n|---|---|\n| 甲有限公司 | 3 |\n", None),
        ("| 名称 | 得分 |\n|---|---|\n| 甲乙丙 | 3 |\n", "按企业名单读入：名称 列"),
    ],
)
def test_how_a_table_in_doubt_was_read_is_said(
    tmp_path: Path, text: str, notice: str | None
) -> None:
    (document,) = read_corpus([(write(tmp_path / "a.md", text), "a.md")]).documents
    assert bool(document.notices) == bool(notice)
    assert all(one.startswith(notice or "") for one in document.notices)


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("- 信息截至2025年12月", "信息截至2025年12月"),
        ("截至2025年，共1万家。\n\n数据截止2026年1月", "数据截止2026年1月"),
        ("没有日期", None),
    ],
)
def test_date_of_a_document_is_its_last_dated_sentence(
    tmp_path: Path, text: str, as_of: str | None
) -> None:
    path = write(tmp_path / "a.md", f"{TABLE}| 甲 | 苏州 |\n\n{text}\n")
    (document,) = read_corpus([(path, "a.md")]).documents
    assert (document.as_of.text if document.as_of else None) == as_of


def test_file_that_is_still_the_same_is_not_read_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", f"{TABLE}| 甲 | 苏州 |\n")
    (before,) = read_sources([(path, "a.md")]).sources
    told = replace(before, notes=(), companies=())

    def known(_: str, sha256: str | None) -> SourceRows | None:
        return told if sha256 == told.summary.sha256 else None

    assert read_sources([(path, "a.md")], known).sources == (told,)
    path.write_text(f"{TABLE}| 乙 | 苏州 |\n", "utf-8")
    (after,) = read_sources([(path, "a.md")], known).sources
    assert [row.name for row in after.companies] == ["乙"]


def test_hash_of_a_file_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    assert file_hash(tmp_path) is None
    assert file_hash(tmp_path / "none") is None
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert file_hash(write(tmp_path / "a.md", "")) == empty


def test_broken_file_keeps_the_others_in_and_is_named_with_its_reason(tmp_path):
    good, broken = tmp_path / "a.md", tmp_path / "b.md"
    good.write_text("| 企业名称 | 城市 |\n|---|---|\n| 甲公司 | 苏州 |\n", "utf-8")
    broken.write_bytes(b"| a |\n\xff\xfe broken")
    corpus = read_corpus([(good, "a.md"), (broken, "b.md")])
    assert [company.name for company in corpus.companies] == ["甲公司"]
    (skipped,) = corpus.skipped
    assert (skipped.source, skipped.line) == ("b.md", 2)
    assert "UTF-8" in skipped.reason
