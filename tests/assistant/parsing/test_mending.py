from __future__ import annotations

import pytest

from assistant.parsing.mending import PinyinReader
from index.language.sounds import sound_of

WORDS = {sound_of(word): word for word in ("杭州", "机器人", "企业", "有哪些", "的")}
READER = PinyinReader(WORDS.get)


def test_pinyin_is_read_as_the_words_it_spells() -> None:
    assert READER.read("hangzhou de jiqiren qiye younaxie") == "杭州的机器人企业有哪些"


@pytest.mark.parametrize("text", ["mems companies in suzhou", "ai", "minimum r&d ratio", "he lie"])
def test_other_latin_words_stay(text: str) -> None:
    assert READER.read(text) == text
