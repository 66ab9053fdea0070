from __future__ import annotations

import numpy as np
import pytest

from index.background import Background, background_texts, background_vectors
from index.thesaurus import Concept, Thesaurus
from tests.fakes import FakeEncoder


@pytest.fixture
def thesaurus() -> Thesaurus:
    concepts = [
        Concept("芯片", (), (), (), ("电子产品的大脑",)),
        Concept("ai芯片", (), ("芯片",), ()),
        Concept("水稻种子", (), (), (), ("种在田里的稻种",)),
    ]
    return Thesaurus({concept.term: concept for concept in concepts})


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def test_every_term_and_gloss_is_a_text(thesaurus):
    assert background_texts(thesaurus) == [
        "芯片", "电子产品的大脑", "ai芯片", "水稻种子", "种在田里的稻种",
    ]  # fmt: skip


def test_question_about_a_held_trade_is_nearer_to_it_than_to_foreign_ones(thesaurus):
    vectors = background_vectors(thesaurus, FakeEncoder())
    background = Background(thesaurus, frozenset({"芯片"}), vectors)
    assert background.margin(FakeEncoder().encode_query("电子产品的大脑")) > 0
    assert background.margin(FakeEncoder().encode_query("种在田里的稻种")) < 0


def test_trade_beside_a_held_one_is_not_foreign(thesaurus):
    vectors = background_vectors(thesaurus, FakeEncoder())
    background = Background(thesaurus, frozenset({"芯片"}), vectors)
    beside = background.margin(FakeEncoder().encode_query("ai芯片"))
    assert beside > background.margin(FakeEncoder().encode_query("水稻种子"))


def test_vectors_are_computed_once_for_a_model(thesaurus):
    class Counting(FakeEncoder):
        calls = 0

        def encode_documents(self, texts):
            Counting.calls += 1
            return super().encode_documents(texts)

    first = background_vectors(thesaurus, Counting())
    second = background_vectors(thesaurus, Counting())
    assert Counting.calls == 1
    assert np.allclose(first, second, atol=1e-3)
    background_vectors(thesaurus, Counting(name="another"))
    assert Counting.calls == 2


def test_damaged_cache_is_computed_anew(thesaurus, cache):
    background_vectors(thesaurus, FakeEncoder())
    (file,) = (cache / "xiaojuren").glob("background-*.npy")
    file.write_bytes(b"broken")
    assert background_vectors(thesaurus, FakeEncoder()).shape == (5, FakeEncoder().dimension)
