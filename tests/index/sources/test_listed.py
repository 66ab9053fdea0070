"""Companies in bullets, numbered lists and lines, and in tables without a header."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.corpus import read_corpus
from index.types import Corpus


def read(folder: Path, text: str, name: str = "名单.md") -> Corpus:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_corpus([(path, path.name)])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# 名单\n\n* 甲科技有限公司 - 苏州\n* 乙科技有限公司 - 杭州\n", "a.md"),
        ("# 名单\n\n1. 甲科技有限公司：苏州\n2. 乙科技有限公司：杭州\n", "a.md"),
        (
            "# 名单\n\n## 苏州\n\n- 甲科技有限公司\n- 丁有限公司\n\n"
            "## 杭州\n\n- 乙科技有限公司\n- 丙有限公司\n",
            "a.md",
        ),
        ("企业名单\n甲科技有限公司，苏州\n乙科技有限公司，杭州\n", "a.txt"),
    ],
)
def test_lines_of_companies_are_rows(tmp_path: Path, text: str, name: str) -> None:
    corpus = read(tmp_path, text, name)
    rows = {one.name: one.rows[0] for one in corpus.companies}
    assert rows["甲科技有限公司"].facts.city == "苏州"
    assert rows["乙科技有限公司"].facts.city == "杭州"
    assert "甲科技有限公司" in rows["甲科技有限公司"].origin.quote


@pytest.mark.parametrize(
    "text",
    [
        "# 说明\n\n- 甲科技有限公司\n- 每年评审一次\n- 材料见附件\n",
        "# 说明\n\n| 行业 | 数量 |\n|---|---|\n| 软件 | 3 |\n\n- 甲有限公司\n- 乙有限公司\n",
        "# 说明\n\n甲科技有限公司\n",
    ],
)
def test_few_names_among_text_or_beside_a_table_are_no_rows(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).companies == ()


def test_list_without_a_header_loses_no_row_and_is_said_to_have_none(tmp_path: Path) -> None:
    text = "1,杭州甲有限公司,浙江\n2,苏州乙有限公司,江苏\n3,南京丙有限公司,江苏\n"
    corpus = read(tmp_path, text, "名单.csv")
    assert [(one.name, one.rows[0].facts.province) for one in corpus.companies] == [
        ("杭州甲有限公司", "浙江"),
        ("苏州乙有限公司", "江苏"),
        ("南京丙有限公司", "江苏"),
    ]
    assert corpus.companies[0].rows[0].values["province"].text == "浙江"
    assert corpus.documents[0].notices[0].startswith("没有表头")
