from __future__ import annotations

from assistant.search.fusion import fuse


def test_fused_score_weighs_meaning_and_words():
    (scored,) = fuse({"a": 0.5}, {"a": 3.0})
    assert scored.score == 0.575
    assert scored.similarity == 0.5


def test_words_count_by_their_share_of_the_best():
    first, second = fuse({}, {"a": 4.0, "b": 1.0})
    assert (first.key, first.score) == ("a", 0.15)
    assert (second.key, second.score) == ("b", 0.0375)


def test_ties_are_in_order_of_key():
    assert [one.key for one in fuse({"b": 0.5, "a": 0.5}, {})] == ["a", "b"]


def test_opposite_meaning_counts_as_none():
    (scored,) = fuse({"a": -0.3}, {})
    assert scored.score == 0.0


def test_nothing_found_is_nothing():
    assert fuse({}, {}) == []
