"""Which companies a description fits, with words and meanings that are made up."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.query import About
from assistant.search.meaning import Meant
from assistant.search.topics import TopicSearch

EVERYONE = np.ones(5, dtype=bool)


class Words:
    """Words that match companies as they are told to."""

    size = 5

    def __init__(self, **matches):
        self._matches = {word: np.array(scores, dtype=float) for word, scores in matches.items()}

    def nothing(self):
        return np.zeros(self.size)

    def match(self, term):
        return self._matches.get(term, self.nothing())

    def classified(self, _terms):
        return self.nothing()

    def rules_out(self, term):
        return self.match(term) > 0

    def in_trade_terms(self, phrase, _terms):
        return phrase


class Meaning:
    """A meaning that is the same for every text, and counts how often it is asked for."""

    def __init__(self, scores=(0.0,) * 5, margin=0.5):
        self.asked = 0
        scores = np.array(scores)
        self._meant = Meant(scores, scores > 0, 0.5, margin, np.zeros(1, dtype=np.float32))

    def search(self, _text):
        self.asked += 1
        return self._meant

    def trades_of(self, company, _meant):
        return (f"trade {company}",)


def found(about, words, meaning=None, among=EVERYONE):
    return TopicSearch(words, meaning or Meaning()).find(about, among)


def ids(truth):
    return truth.ids().tolist()


def test_words_that_match_need_no_meaning():
    meaning = Meaning()
    truth = found(About("芯片", ("芯片",)), Words(芯片=(0, 1, 0.9, 0, 0)), meaning)
    assert ids(truth) == [1, 2]
    assert not truth.by_meaning
    assert meaning.asked == 0


def test_all_words_must_match_unless_they_are_alternatives():
    words = Words(芯片=(0, 1, 1, 0, 0), 激光=(0, 0, 1, 1, 0))
    assert ids(found(About("激光芯片", ("激光", "芯片")), words)) == [2]
    assert ids(found(About("激光或芯片", ("激光", "芯片"), either=True), words)) == [1, 2, 3]


def test_words_that_nothing_links_leave_those_near_in_meaning():
    words, about = Words(显示=(1, 1, 0, 0, 0)), About("量子点显示", ("显示",), ("量子点",))
    assert ids(found(about, words, Meaning((0.5, 1.0, 0.9, 0, 0)))) == [1]
    assert ids(found(about, words, Meaning((0.5, 0.6, 1.0, 0, 0)))) == [2]


def test_words_that_match_apart_add_to_the_meaning_by_how_much_they_say():
    words = Words(a=(1, 0, 0, 0, 0), b=(0, 1, 0, 0, 0), c=(1, 0, 0, 0, 0))
    truth = found(About("a b c", ("a", "b", "c")), words, Meaning((0.9, 0.95, 0.2, 0.1, 0.1)))
    assert ids(truth) == [0, 1]
    assert truth.by_meaning


@pytest.mark.parametrize(
    ("several", "companies"), [(False, [1]), (True, [1, 2])], ids=["one", "several"]
)
def test_meaning_finds_the_best_and_those_that_probably_do_the_same(several, companies):
    meaning = Meaning((0.1, 1.0, 0.83, 0.2, 0.3))
    truth = found(About("会飞的拍照机器", several=several), Words(), meaning)
    assert ids(truth) == companies
    assert truth.by_meaning
    assert truth.trades == {one: (f"trade {one}",) for one in companies}


def test_description_of_a_trade_that_nobody_is_in_fits_nobody():
    assert ids(found(About("养猪"), Words(), Meaning((1.0,) * 5, margin=-0.4))) == []


def test_what_conditions_leave_may_be_too_far_from_what_is_meant():
    meaning, far = Meaning((1.0, 0.4, 0, 0, 0)), np.array([False, True, True, True, True])
    assert ids(found(About("会飞的拍照机器"), Words(), meaning, far)) == []


def test_company_that_conditions_leave_open_fits_if_all_words_match():
    here = np.array([True, False, True, True, True])
    truth = found(About("芯片", ("芯片",)), Words(芯片=(1, 1, 0, 0, 0)), among=here)
    assert ids(truth) == [0, 1]


def test_what_is_not_wanted_is_ruled_out_by_words():
    search = TopicSearch(Words(芯片=(1, 0, 0, 0, 0)), Meaning())
    assert search.rules_out(About("芯片", ("芯片",))).tolist() == [True] + [False] * 4


def test_several_about_as_good_are_all_found():
    meaning = Meaning((1.0, 0.995, 0.99, 0.985, 0.1))
    assert ids(found(About("会飞的拍照机器"), Words(), meaning)) == [0, 1, 2, 3]
