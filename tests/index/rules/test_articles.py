"""Rules in prose: chapters, articles and items, and what of them is a requirement."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.corpus import read_corpus
from index.types import Clause, Corpus, Passage

RULES = """# 某省瞪羚企业管理办法

## 第二章 条件

第五条 申报企业应当同时满足以下条件：

（一）注册满3年；

（二）研发投入符合下列之一：

1. 占营业收入5%以上，或者不低于200万元；

2. 研发人员不少于20人。

前款所称研发投入，以审计报告为准。

第六条 称号有效期为四年。到期后重新申报。
"""


def read(folder: Path, text: str) -> Corpus:
    path = folder / "办法.md"
    path.write_text(text, "utf-8")
    return read_corpus([(path, path.name)])


def places(found: tuple[Clause | Passage, ...]) -> list[tuple[str, str]]:
    return [(one.origin.section[-1], one.text) for one in found]


def test_items_of_what_an_article_demands_are_requirements_as_wholes(tmp_path: Path) -> None:
    clauses = read(tmp_path, RULES).clauses
    assert places(clauses) == [
        ("第五条（一）", "（一）注册满3年；"),
        ("第五条（二）", "（二）研发投入符合下列之一："),
        ("第五条（二）1.", "占营业收入5%以上，或者不低于200万元；"),
        ("第五条（二）2.", "研发人员不少于20人。"),
    ]
    assert {clause.dimension for clause in clauses} == {"第五条"}


def test_other_articles_are_notes_below_their_article_and_chapter(tmp_path: Path) -> None:
    corpus = read(tmp_path, RULES)
    assert places(corpus.notes) == [
        ("第五条", "第五条 申报企业应当同时满足以下条件："),
        ("第五条", "前款所称研发投入，以审计报告为准。"),
        ("第六条", "第六条 称号有效期为四年。"),
        ("第六条", "到期后重新申报。"),
    ]
    assert corpus.notes[2].origin.section == ("某省瞪羚企业管理办法", "第二章 条件", "第六条")
    assert corpus.notes[2].origin.quote == "第六条 称号有效期为四年。到期后重新申报。"


def test_chapters_of_plain_text_are_headings(tmp_path: Path) -> None:
    text = "第一章 总则\n\n第一条 为了规范管理，制定本办法。\n\n第二章 管理\n\n第二条 每年复核。\n"
    notes = read(tmp_path, text).notes
    assert [one.origin.section for one in notes] == [
        ("第一章 总则", "第一条"),
        ("第二章 管理", "第二条"),
    ]


@pytest.mark.parametrize("heading", ["### 第三条 条件", "第三条 企业应当同时符合下列条件："])
def test_article_may_be_a_heading(tmp_path: Path, heading: str) -> None:
    text = f"# 办法\n\n{heading}\n\n（一）成立满2年。\n\n第四条 附则。\n"
    corpus = read(tmp_path, text)
    sections = {one.origin.section[-1] for one in (*corpus.clauses, *corpus.notes)}
    assert "第三条（一）" in sections


def test_parts_of_a_notice_are_headings_of_what_follows(tmp_path: Path) -> None:
    text = "一、申报条件\n\n成立满2年。\n\n二、申报材料\n\n营业执照。\n"
    corpus = read(tmp_path, text)
    told = places((*corpus.clauses, *corpus.notes))
    assert ("二、申报材料", "营业执照。") in told
    assert ("一、申报条件", "成立满2年。") in told


def test_list_of_companies_beside_one_article_is_left_as_it_is(tmp_path: Path) -> None:
    text = "# 名单\n\n第一条 说明。\n\n| 企业名称 | 城市 |\n|---|---|\n| 甲有限公司 | 苏州 |\n"
    corpus = read(tmp_path, text)
    assert len(corpus.companies) == 1
    assert corpus.notes[0].origin.section == ("名单",)
