"""What counts as an answer to a question about rules."""

from __future__ import annotations

import pytest

from assistant.search.asked import Asked
from assistant.search.explain import Explainer
from assistant.search.library import library_of
from assistant.search.passages import PassageFinder
from index.build import vocabulary_of
from index.corpus import read_corpus
from index.language.segment import Segmenter
from index.language.thesaurus import load_thesaurus
from index.places.gazetteer import load_gazetteer
from tests.stored import records_of

RULES = """# 某省企业认定管理细则

第十条 称号有效期为三年，每次到期后由企业提出复核。

第十一条 企业发生更名的，应当在三个月内填报变更信息。未按期填报的，取消称号。

第十二条 认定周期为一年。
"""


@pytest.fixture(scope="module")
def explainer(tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "rules.md"
    path.write_text(RULES, encoding="utf-8")
    library = library_of(records_of([path], tmp_path_factory.mktemp("store")))
    words = Segmenter(vocabulary_of(read_corpus([(path, path.name)])))
    passages = PassageFinder(library, lambda: words, load_thesaurus())
    nearest = [note for note in library.notes if "周期" in note.text]
    return Explainer(library, passages, lambda _: nearest, load_gazetteer())


def test_what_no_passage_says_is_told_as_unsaid_and_the_nearest_only_as_near(explainer) -> None:
    found = explainer.explain(Asked("有什么补贴", focus=("补贴",)))
    assert not found.told
    assert found.unsaid == ("补贴",)
    assert "周期" in found.near[0].text


def test_the_article_that_says_the_noun_answers(explainer) -> None:
    found = explainer.explain(Asked("称号有效期几年", focus=("有效期",)))
    assert ["三年" in one.text for one in found.told] == [True]


def test_an_article_that_alone_says_a_word_outweighs_what_is_near(explainer) -> None:
    found = explainer.explain(Asked("更名之后多久要登记，不登记会怎样"))
    assert any("三个月" in one.text for one in found.told)


def test_an_article_that_no_rule_has_is_unsaid(explainer) -> None:
    found = explainer.explain(Asked("第五条说了什么"))
    assert not found.told
    assert found.unsaid == ("第五条",)
