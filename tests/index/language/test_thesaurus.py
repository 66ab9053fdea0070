from __future__ import annotations

from collections import Counter

import pytest

from index.language.thesaurus import Concept, Thesaurus, load_thesaurus


@pytest.fixture
def small() -> Thesaurus:
    concepts = [
        Concept("芯片", ("ic",), (), ()),
        Concept("ai芯片", (), ("芯片",), ()),
        Concept("gpu", ("图形处理器",), ("ai芯片",), ("显卡",)),
        Concept("mcu", (), ("芯片",), ()),
    ]
    return Thesaurus({concept.term: concept for concept in concepts})


def test_word_is_widened_to_synonyms_and_all_narrower_terms(small):
    assert small.widened("ic") == (
        "ic", "芯片", "ai芯片", "mcu", "gpu", "图形处理器", "显卡",
    )  # fmt: skip


def test_word_is_never_widened_to_broader_terms(small):
    assert "芯片" not in small.widened("gpu")


def test_unknown_word_is_only_itself(small):
    assert small.widened("香蕉") == ("香蕉",)
    assert not small.knows("香蕉")


def test_lay_word_has_a_trade_term(small):
    assert small.trade_term("显卡") == "gpu"
    assert small.trade_term("图形处理器") == "图形处理器"


def test_neighbours_share_a_broader_concept(small):
    assert set(small.neighbours("mcu")) >= {"ai芯片", "gpu"}


def test_shipped_thesaurus_gives_every_word_to_one_concept_only():
    thesaurus = load_thesaurus()
    concepts = thesaurus._concepts.values()
    counts = Counter(word for concept in concepts for word in set(concept.surfaces()))
    assert [word for word, count in counts.items() if count > 1] == []


def test_shipped_thesaurus_only_names_broader_concepts_it_has():
    thesaurus = load_thesaurus()
    missing = {
        broader
        for concept in thesaurus._concepts.values()
        for broader in concept.broader
        if broader not in thesaurus._concepts
    }
    assert missing == set()


@pytest.mark.parametrize(
    ("broad", "narrow"),
    [("芯片", "gpu"), ("人工智能", "计算机视觉"), ("机器人", "人形机器人"), ("新能源", "动力电池")],
)
def test_shipped_thesaurus_knows_the_industries(broad, narrow):
    assert narrow in load_thesaurus().widened(broad)
