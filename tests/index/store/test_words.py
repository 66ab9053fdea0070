"""BM25, against a naive scorer written out here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.store.words import LexicalIndex

TEXTS = {
    "d": ["苏州", "mems", "麦克风", "mems"],
    "b": ["北京", "芯片"],
    "c": ["苏州", "芯片", "传感器", "芯片", "芯片"],
    "a": ["北京", "芯片"],
    "e": ["机器人"],
}


def naive_scores(tokens: Sequence[str]) -> dict[str, float]:
    """Robertson's BM25 with Lucene's inverse document frequency, k1 = 1.5, b = 0.75."""
    average = sum(map(len, TEXTS.values())) / len(TEXTS)
    scores = dict.fromkeys(TEXTS, 0.0)
    for token in tokens:
        holding = sum(token in text for text in TEXTS.values())
        idf = math.log(1 + (len(TEXTS) - holding + 0.5) / (holding + 0.5))
        for name, text in TEXTS.items():
            count = text.count(token)
            scores[name] += idf * count / (count + 1.5 * (0.25 + 0.75 * len(text) / average))
    return {name: score for name, score in scores.items() if score > 0}


@pytest.fixture
def index() -> LexicalIndex:
    return LexicalIndex.build(list(TEXTS), list(TEXTS.values()))


@pytest.mark.parametrize(
    "tokens",
    [
        ["mems"],
        ["芯片"],
        ["苏州", "芯片"],
        ["苏州", "不在其中"],
        ["芯片", "芯片", "北京"],
        ["苏州", "mems", "麦克风", "北京", "芯片", "传感器", "机器人"],
    ],
)
def test_scores_equal_the_naive_ones(index: LexicalIndex, tokens: list[str]) -> None:
    expected = naive_scores(tokens)
    found = dict(index.search(tokens, 10))
    assert found == pytest.approx(expected, abs=1e-4)


def test_hits_come_best_first_and_ties_in_order_of_id(index: LexicalIndex) -> None:
    hits = index.search(["芯片", "北京"], 10)
    assert [name for name, _ in hits] == ["a", "b", "c"]
    assert hits[0][1] == hits[1][1] > hits[2][1]


@pytest.mark.parametrize(("limit", "found"), [(-1, 0), (0, 0), (1, 1), (3, 3), (100, 3)])
def test_limit_cuts_the_hits_and_may_exceed_them(
    index: LexicalIndex, limit: int, found: int
) -> None:
    assert len(index.search(["芯片"], limit)) == found


@pytest.mark.parametrize("tokens", [[], ["不在其中"], ["不在其中", "也不在"]])
def test_unknown_tokens_find_nothing(index: LexicalIndex, tokens: list[str]) -> None:
    assert index.search(tokens, 10) == []


@pytest.mark.parametrize("texts", [{}, {"a": []}])
def test_index_of_no_words_finds_nothing(tmp_path: Path, texts: dict[str, list[str]]) -> None:
    empty = LexicalIndex.build(list(texts), list(texts.values()))
    empty.save(tmp_path / "bm25")
    for each in (empty, LexicalIndex.load(tmp_path / "bm25")):
        assert each.search(["苏州"], 10) == []


def test_text_without_tokens_is_left_out_and_moves_no_other() -> None:
    index = LexicalIndex.build(["a", "b", "c"], [["苏州"], [], ["北京"]])
    assert [name for name, _ in index.search(["北京"], 10)] == ["c"]


def test_loaded_index_scores_like_the_saved_one(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "bm25")
    loaded = LexicalIndex.load(tmp_path / "bm25")
    for tokens in (["苏州", "芯片"], ["mems"], ["不在其中"]):
        assert loaded.search(tokens, 10) == index.search(tokens, 10)
