"""Passages by the words of a question."""

from __future__ import annotations

import pytest

from assistant.search.library import library_of
from assistant.search.passages import PassageFinder
from index.build import vocabulary_of
from index.corpus import read_corpus
from index.language.segment import Segmenter
from index.language.thesaurus import load_thesaurus
from tests.stored import records_of

LIST = """# 厦门物联网企业清单

| 企业名称 | 城市 |
|---|---|
| 海丝物联科技有限公司 | 厦门 |

## 按技术分类
- 海丝物联科技有限公司：120+人

## 产业园区支持
- 火炬高新区产业园
- 集美软件园

## 岗位需求
- 嵌入式工程师：15-30万/年

## 榜单概况

| 指标 | 数值 |
|---|---|
| 发布时间 | 2025年8月28日 |
| 发布机构 | 物联网协会 |
"""


@pytest.fixture(scope="module")
def finder(tmp_path_factory):
    path = tmp_path_factory.mktemp("passages") / "list.md"
    path.write_text(LIST, "utf-8")
    segmenter = Segmenter(vocabulary_of(read_corpus([(path, "list.md")])))
    library = library_of(records_of([path], tmp_path_factory.mktemp("store")))
    return PassageFinder(library, lambda: segmenter, load_thesaurus())


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("嵌入式工程师的工资是多少", 15),
        ("这个榜是哪天发布的", 21),
        ("是哪个机构发布的", 22),
    ],
)
def test_passage_that_says_the_most_comes_first(finder, question, line):
    best = finder.find(question)[0]
    assert best.unit.origin.line_start == line
    assert best.share > 0.7


def test_heading_that_says_all_makes_its_section_found(finder):
    best = finder.find("有哪些产业园区")[0]
    assert best.headed == 1.0
    assert [unit.origin.line_start for unit in finder.section(best.unit)] == [11, 12]


def test_words_of_the_title_explain_hardly_anything(finder):
    assert finder.telling("厦门物联网的工资", "list.md") == ["工资"]


def test_words_that_something_else_explains_are_not_open(finder):
    found = finder.find("火炬高新区产业园的企业", ["火炬高新区产业园"])
    assert all(one.beyond == 0.0 for one in found)


def test_items_that_name_companies_are_no_passages(finder):
    assert not any(one.unit.origin.line_start == 8 for one in finder.find("海丝物联有120人吗"))


def test_words_that_no_passage_says_keep_the_share_low(finder):
    assert all(one.share < 0.5 for one in finder.find("产业园的税收减免和融资担保"))
