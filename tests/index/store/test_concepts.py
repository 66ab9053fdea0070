from __future__ import annotations

import numpy as np
import pytest

from index.language.thesaurus import Concept, Thesaurus
from index.store.concepts import ConceptIndex, character_tokens, concept_texts, load_concepts
from tests.fakes import FakeEncoder


@pytest.fixture
def thesaurus() -> Thesaurus:
    concepts = [
        Concept("芯片", (), (), (), ("电子产品的大脑", "指甲盖大的电路")),
        Concept("ai芯片", (), ("芯片",), ()),
        Concept("水稻种子", (), (), (), ("种在田里的稻种",)),
    ]
    return Thesaurus({concept.term: concept for concept in concepts})


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "xiaojuren"


def nearest(concepts: ConceptIndex, text: str) -> str:
    scores = concepts.search(text, FakeEncoder().encode_query(text))
    return concepts.terms[int(np.argmax(scores.relative))]


def test_every_term_and_description_is_a_text(thesaurus):
    assert concept_texts(thesaurus) == [
        "芯片", "电子产品的大脑", "指甲盖大的电路", "ai芯片", "水稻种子", "种在田里的稻种",
    ]  # fmt: skip


def test_description_leads_to_its_concept(thesaurus):
    concepts = load_concepts(thesaurus, FakeEncoder())
    assert nearest(concepts, "田里种的稻种") == "水稻种子"
    assert nearest(concepts, "指甲盖大小的电路") == "芯片"


def test_scores_are_relative_to_the_nearest_concept(thesaurus):
    concepts = load_concepts(thesaurus, FakeEncoder())
    scores = concepts.search("水稻种子", FakeEncoder().encode_query("水稻种子"))
    assert scores.relative.max() == pytest.approx(1.0)
    assert scores.relative.min() >= 0.0
    assert scores.similarity[concepts.place["水稻种子"]] > scores.similarity[0]


def test_characters_and_their_pairs_are_tokens_without_marks():
    assert character_tokens("A级，芯片") == ["a", "级", "芯", "片", "a级", "级芯", "芯片"]


def test_vectors_are_computed_once_for_a_model(thesaurus):
    class Counting(FakeEncoder):
        calls = 0

        def encode_documents(self, texts):
            Counting.calls += 1
            return super().encode_documents(texts)

    first = load_concepts(thesaurus, Counting())
    second = load_concepts(thesaurus, Counting())
    assert Counting.calls == 1
    assert nearest(first, "稻种") == nearest(second, "稻种")
    load_concepts(thesaurus, Counting(name="another"))
    assert Counting.calls == 2


@pytest.mark.parametrize("pattern", ["concepts-*.npy", "characters-*/ids.json"])
def test_damaged_cache_is_computed_anew(thesaurus, cache, pattern):
    load_concepts(thesaurus, FakeEncoder())
    (file,) = cache.glob(pattern)
    file.write_bytes(b"broken")
    assert nearest(load_concepts(thesaurus, FakeEncoder()), "种在田里的稻种") == "水稻种子"


def test_cache_that_cannot_be_written_is_only_slower(thesaurus, cache):
    cache.parent.mkdir(exist_ok=True)
    cache.write_text("a file where the folder should be", "utf-8")
    assert nearest(load_concepts(thesaurus, FakeEncoder()), "种在田里的稻种") == "水稻种子"
