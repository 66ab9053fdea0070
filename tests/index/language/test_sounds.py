from __future__ import annotations

import pytest

from index.language.sounds import has_sound, letters_of, sound_of, sounds_of, syllables


def test_sounds_that_are_easily_mistaken_are_one():
    assert sound_of("深圳") == sound_of("森镇") == "sen zen"
    assert sound_of("敏芯微") == sound_of("敏心微")
    assert sound_of("旷视") != sound_of("商汤")


@pytest.mark.parametrize(
    ("letters", "sound"),
    [("minxinwei", "min xin wei"), ("shenzhen", "sen zen"), ("mems", ""), ("", "")],
)
def test_run_of_pinyin_is_cut_into_syllables(letters, sound):
    assert syllables(letters) == sound


def test_letters_are_pinyin_in_one_run():
    assert letters_of("敏芯微") == "minxinwei"


def test_character_has_all_its_sounds():
    assert len(sounds_of("乐")) > 1


@pytest.mark.parametrize(
    ("text", "told"), [("敏芯微", True), ("AI芯片", False), ("苏州敏芯微电子技术", False)]
)
def test_only_short_chinese_words_are_told_by_their_sound(text, told):
    assert has_sound(text) is told
