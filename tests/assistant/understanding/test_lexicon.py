"""What stretches of questions mean, over the seed list."""

from __future__ import annotations

import pytest

from assistant.understanding.lexicon import Lexicon
from assistant.understanding.lists import ListWords
from assistant.understanding.types import Kind
from assistant.understanding.vocabulary import build_vocabulary
from assistant.understanding.words import load_words
from index.language.sounds import sound_of
from index.language.thesaurus import load_thesaurus
from index.places.gazetteer import load_gazetteer


@pytest.fixture(scope="module")
def lexicon(seed_index) -> Lexicon:
    vocabulary = build_vocabulary(
        seed_index.records, load_gazetteer(), load_thesaurus(), load_words()
    )
    return Lexicon(vocabulary, seed_index.records, ListWords(seed_index.records, load_words()))


def found(lexicon, text):
    return {one.text: one.meaning.kind for one in lexicon.find(text)}


@pytest.mark.parametrize(
    ("text", "stretch", "kind"),
    [
        ("敏芯微的主页", "敏芯微", Kind.COMPANY),
        ("苏州敏芯微电子技术股份有限公司在哪", "苏州敏芯微电子技术股份有限公司", Kind.COMPANY),
        ("memsensing.com是谁的", "memsensing.com", Kind.COMPANY),
        ("688286是哪家", "688286", Kind.COMPANY),
        ("02018.hk是哪家", "02018.hk", Kind.COMPANY),
        ("股市里代码2018的是谁", "代码2018", Kind.COMPANY),
        ("科创板:688286", "科创板:688286", Kind.COMPANY),
        ("海淀的企业", "海淀", Kind.DISTRICT),
        ("工业园区有谁", "工业园区", Kind.DISTRICT),
        ("佛山的企业", "佛山", Kind.CITY),
        ("长三角的企业", "长三角", Kind.REGION),
        ("宁波的舜宇", "舜宇", Kind.REPRESENTATIVE),
        ("做mems的", "mems", Kind.TOPIC),
        ("有独角兽吗", "独角兽", Kind.SOURCE),
    ],
)
def test_stretch_is_linked(lexicon, text, stretch, kind):
    assert found(lexicon, text)[stretch] is kind


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("2018年成立的", "2018"),
        ("aiot企业", "ai"),
    ],
)
def test_stretch_that_means_something_else_is_not(lexicon, text, stretch):
    assert stretch not in found(lexicon, text)


def test_name_of_several_companies_has_all_of_them(lexicon):
    (meaning,) = [one.meaning for one in lexicon.find("燧原的产品") if one.text == "燧原"]
    assert len(meaning.values) == 2


def test_names_are_found_by_their_sound(lexicon):
    assert "敏芯微" in lexicon.names_of(sound_of("敏心微"))
    assert lexicon.names_of(sound_of("猪猪侠")) == ()
    assert lexicon.names_of("") == ()


@pytest.mark.parametrize(
    ("surface", "held"), [("苏州", True), ("佛山", False), ("敏芯微", True), ("mems", True)]
)
def test_index_holds_what_it_tells_of(lexicon, surface, held):
    assert lexicon.is_held(surface) is held
