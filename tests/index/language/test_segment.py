"""The segmenter: words of the index stay whole, and nothing empty comes out."""

from __future__ import annotations

import jieba
import pytest

from index.build import vocabulary_of
from index.language.jieba_tables import Tokenizer, tagger_of
from index.language.segment import Segmenter, segmenter_name
from index.store.reader import IndexReader
from index.types import Corpus
from tests.fakes import companies_of


@pytest.fixture(scope="module")
def segmenter(seed_corpus: Corpus) -> Segmenter:
    return Segmenter(vocabulary_of(seed_corpus))


@pytest.mark.parametrize(
    "word",
    [
        *("小巨人", "专精特新", "隐形冠军", "科创板"),
        *("敏芯微", "优必选", "云天励飞", "苏州敏芯微电子"),
        *("脑机接口", "计算机视觉", "MEMS麦克风", "mRNA疫苗", "RISC-V架构", "AI芯片", "车规级MCU"),
    ],
)
def test_words_of_programme_and_index_stay_whole(segmenter: Segmenter, word: str) -> None:
    text = f"请问{word}有哪些"
    assert word.casefold() in segmenter.tokens(text)
    assert word.casefold() in segmenter.words(text)


def test_companies_and_domains_of_the_seed_stay_whole(
    segmenter: Segmenter, seed_corpus: Corpus
) -> None:
    domains = {v.text for company in seed_corpus.companies for v in company.values("domain")}
    names = {company.name for company in seed_corpus.companies}
    cut = {name for name in names | domains if name.casefold() not in segmenter.tokens(name)}
    assert cut == set()


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("ＭＥＭＳ麦克风", "mems麦克风"),
        ("ｍｅｍｓ", "mems"),
        ("Mems麦克风", "mems麦克风"),
        ("（ＡＩ）", "ai"),
        ("６８８２８６", "688286"),
    ],
)
def test_width_and_case_do_not_matter(segmenter: Segmenter, text: str, token: str) -> None:
    assert token in segmenter.tokens(text)


@pytest.mark.parametrize(
    ("text", "bigrams"),
    [
        ("囧囝囡", ["囧囝", "囝囡"]),
        ("囧a囝囡", ["囝囡"]),
        ("囧，囝", []),
    ],
)
def test_character_bigrams_catch_words_that_no_dictionary_knows(
    segmenter: Segmenter, text: str, bigrams: list[str]
) -> None:
    tokens = segmenter.tokens(text)
    assert [token for token in tokens if len(token) == 2 and token in bigrams] == bigrams
    assert all(tokens.count(bigram) == 1 for bigram in bigrams)


def test_word_that_is_a_bigram_is_counted_once_per_occurrence(segmenter: Segmenter) -> None:
    assert segmenter.tokens("苏州").count("苏州") == 1


@pytest.mark.parametrize("text", ["", " ", "　\n\t", "，。！？", "“”（）", "|", "🙂"])
def test_text_without_words_has_no_tokens(segmenter: Segmenter, text: str) -> None:
    assert segmenter.tokens(text) == []


def test_no_token_of_the_seed_is_empty_or_padded(
    segmenter: Segmenter, seed_index: IndexReader
) -> None:
    for text in [*seed_index.manifest.documents[0].title, *_texts(seed_index)]:
        assert all(token == token.strip() != "" for token in segmenter.tokens(text))


def _texts(index: IndexReader) -> list[str]:
    return [row.origin.quote for company in companies_of(index.records) for row in company.rows]


def test_words_follow_the_text_without_overlap(segmenter: Segmenter) -> None:
    words = segmenter.words("苏州有哪些MEMS小巨人？")
    assert "".join(words) == "苏州有哪些mems小巨人?"
    assert words[0] == "苏州"


def test_vocabulary_of_one_segmenter_does_not_leak_into_another() -> None:
    assert "灵听魔方" in Segmenter(["灵听魔方"]).words("灵听魔方好用")
    assert "灵听魔方" not in Segmenter([]).words("灵听魔方好用")


def test_fingerprint_names_scheme_and_version_and_changes_with_the_vocabulary() -> None:
    plain = Segmenter(["敏芯"])
    assert plain.fingerprint.startswith(segmenter_name())
    assert plain.fingerprint == Segmenter(["敏芯", "敏芯"]).fingerprint
    assert Segmenter(["敏芯", "旷视"]).fingerprint == Segmenter(["旷视", "敏芯"]).fingerprint
    assert plain.fingerprint != Segmenter(["敏芯", "旷视"]).fingerprint


def test_index_segments_questions_as_it_did_its_texts(
    seed_index: IndexReader, segmenter: Segmenter
) -> None:
    assert seed_index.segmenter.fingerprint == segmenter.fingerprint
    assert seed_index.manifest.dictionary == segmenter.fingerprint


def test_parts_of_speech_are_those_that_jieba_reads() -> None:
    from jieba.posseg import POSTokenizer

    plain = POSTokenizer(jieba.Tokenizer())
    asked = "会飞的拍照机器谁在做苏州的官网呢"
    expected = [(pair.word, pair.flag) for pair in plain.cut(asked)]
    assert [(pair.word, pair.flag) for pair in tagger_of(Tokenizer()).cut(asked)] == expected


def test_words_are_those_that_jieba_cuts_with_the_same_words_added() -> None:
    plain = jieba.Tokenizer()
    for word in ("灵听魔方", "小巨人"):
        plain.add_word(word, 3_000)
    ours = Tokenizer(("灵听魔方", "小巨人"), 3_000)
    text = "灵听魔方是苏州的小巨人企业，2015年成立，做MEMS传感器和工业软件，员工500多人"
    assert list(ours.cut(text)) == list(plain.cut(text))
    assert list(ours.cut_for_search(text)) == list(plain.cut_for_search(text))
    assert list(ours.cut(text, HMM=False)) == list(plain.cut(text, HMM=False))
