from __future__ import annotations

import shutil
from contextlib import closing

import numpy as np
import pytest

from index.errors import StoreMismatchError
from index.language.thesaurus import Concept, Thesaurus
from index.store.concepts import (
    ConceptIndex,
    build_concepts,
    character_tokens,
    concept_texts,
    open_concepts,
)
from tests.fakes import FakeEncoder


@pytest.fixture
def thesaurus() -> Thesaurus:
    concepts = [
        Concept("芯片", (), (), ()),
        Concept("ai芯片", (), ("芯片",), ()),
        Concept("水稻种子", (), (), ()),
    ]
    glosses = {"芯片": ("电子产品的大脑", "指甲盖大的电路"), "水稻种子": ("种在田里的稻种",)}
    return Thesaurus({concept.term: concept for concept in concepts}, lambda: glosses)


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def concepts(thesaurus, store):
    build_concepts(store, None, thesaurus, FakeEncoder())
    with closing(open_concepts(store, None, thesaurus, "fake")) as opened:
        yield opened


def nearest(concepts: ConceptIndex, text: str) -> str:
    scores = concepts.search(text, FakeEncoder().encode_query(text))
    return concepts.terms[int(np.argmax(scores.relative))]


def test_every_term_and_description_is_a_text(thesaurus):
    assert concept_texts(thesaurus) == [
        "芯片", "电子产品的大脑", "指甲盖大的电路", "ai芯片", "水稻种子", "种在田里的稻种",
    ]  # fmt: skip


def test_description_leads_to_its_concept(concepts):
    assert nearest(concepts, "田里种的稻种") == "水稻种子"
    assert nearest(concepts, "指甲盖大小的电路") == "芯片"


def test_scores_are_relative_to_the_nearest_concept(concepts):
    scores = concepts.search("水稻种子", FakeEncoder().encode_query("水稻种子"))
    assert scores.relative.max() == pytest.approx(1.0)
    assert scores.relative.min() >= 0.0
    assert scores.similarity[concepts.place["水稻种子"]] > scores.similarity[0]


def test_latin_words_and_stretches_of_characters_are_tokens_without_marks():
    told = ["mcu ", "mc", "cu", "u级", "级芯", "mcu", "cu级", "u级芯"]
    assert character_tokens("MCU级，芯") == told


def test_what_a_trade_is_likened_to_leads_to_it(thesaurus, store):
    likened = Thesaurus(
        {one.term: one for one in thesaurus.concepts()},
        likened=lambda: {"ai芯片": ("英伟达", "H100")},
    )
    build_concepts(store, None, likened, FakeEncoder())
    with closing(open_concepts(store, None, likened, "fake")) as concepts:
        scores = concepts.search("国产h100", FakeEncoder().encode_query("国产h100"))
    assert scores.relative[concepts.place["ai芯片"]] > scores.relative[concepts.place["芯片"]]


def test_vectors_are_computed_once_for_a_model(thesaurus, store):
    class Counting(FakeEncoder):
        calls = 0

        def encode_documents(self, texts):
            Counting.calls += 1
            return super().encode_documents(texts)

    first = build_concepts(store, None, thesaurus, Counting())
    once = Counting.calls
    assert build_concepts(store, None, thesaurus, Counting()) == first
    assert Counting.calls == once
    assert build_concepts(store, None, thesaurus, Counting(name="another")) != first
    assert Counting.calls == 2 * once


@pytest.mark.parametrize("part", ["chroma", "chroma/chroma.sqlite3", "characters", "names.npy"])
def test_damaged_descriptions_are_computed_anew(thesaurus, store, part):
    path = store / build_concepts(store, None, thesaurus, FakeEncoder()) / part
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    build_concepts(store, None, thesaurus, FakeEncoder())
    assert path.exists()
    with closing(open_concepts(store, None, thesaurus, "fake")) as concepts:
        assert nearest(concepts, "种在田里的稻种") == "水稻种子"


def test_missing_descriptions_are_named_with_what_mends_them(thesaurus, store):
    with pytest.raises(StoreMismatchError, match=r"产业词表.*缺失.*xiaojuren index"):
        open_concepts(store, None, thesaurus, "fake")


def test_server_keeps_the_vectors(thesaurus, store, chroma_url):
    build_concepts(store, chroma_url, thesaurus, FakeEncoder())
    with closing(open_concepts(store / "elsewhere", chroma_url, thesaurus, "fake")) as concepts:
        assert nearest(concepts, "种在田里的稻种") == "水稻种子"
