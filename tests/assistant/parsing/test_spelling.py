"""Misspelt questions over the vocabulary of the seed list."""

from __future__ import annotations

import pytest

from assistant.engine import Engine


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("小具人有哪些", "小具人→小巨人"),
        ("苏洲的企业", "苏洲→苏州"),
        ("科创版上市的企业", "科创版→科创板"),
        ("海锭区的企业", "海锭区→海淀区"),
        ("敏心微电子的主页", "敏心微电子→敏芯微电子"),
    ],
)
def test_misspelt_word_is_read_and_shown(engine: Engine, text: str, corrected: str) -> None:
    assert corrected in engine.reply(text).answer.filters.get("corrected", [])


@pytest.mark.parametrize(
    "text", ["苏州有哪些MEMS小巨人", "瑞芯科技的主页", "和企业的关系", "养猪的企业", "量子点显示"]
)
def test_other_words_are_left_alone(engine: Engine, text: str) -> None:
    assert "corrected" not in engine.reply(text).answer.filters


def test_place_in_pinyin_is_a_place(engine: Engine) -> None:
    assert engine.reply("hangzhou的企业").answer.filters == {"city": ["杭州"]}
