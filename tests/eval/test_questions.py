"""The question set is sound, and the half that nothing is tuned on stays above its floor."""

from __future__ import annotations

from collections import Counter

import pytest

from eval.metrics import f1, set_scores
from eval.questions import Expectation, load_questions
from eval.run import run
from index.errors import SourceError

HALVES = ("dev", "test")

# Reached on the test half; a change that falls below makes the assistant worse.
FLOOR_PASSED = 0.88
FLOOR_F1 = 0.88

QUESTIONS = load_questions()


def test_ids_are_unique_and_both_halves_ask_for_every_ability():
    assert [key for key, n in Counter(one.id for one in QUESTIONS).items() if n > 1] == []
    abilities = {half: {one.ability for one in QUESTIONS if one.split == half} for half in HALVES}
    assert abilities["dev"] - {"ambiguity"} == abilities["test"] - {"ambiguity"}
    assert all(sum(one.split == half for one in QUESTIONS) >= 200 for half in HALVES)


def test_every_company_expected_is_one_of_the_list(seed_corpus):
    names = {company.name for company in seed_corpus.companies}
    expected = {
        name
        for one in QUESTIONS
        for name in (*(one.expect.required or ()), *one.expect.allowed, *one.expect.related)
    }
    assert expected - names == set()


@pytest.mark.model
def test_test_half_stays_above_its_floor_and_every_answer_is_faithful(engine):
    judged = run(engine, [one for one in QUESTIONS if one.split == "test"])
    assert [one.question.id for one in judged if one.unfaithful] == []
    scores = [s for one in judged if (s := f1(one.precision, one.recall)) is not None]
    assert sum(one.passed for one in judged) / len(judged) >= FLOOR_PASSED
    assert sum(scores) / len(scores) >= FLOOR_F1


def expectation(required: tuple[str, ...], allowed: tuple[str, ...] = ()) -> Expectation:
    return Expectation((), None, required, frozenset(allowed), False, (), (), frozenset(), (), ())


@pytest.mark.parametrize(
    ("names", "required", "allowed", "precision", "recall"),
    [
        (["甲", "乙"], ("甲", "乙"), (), 1.0, 1.0),
        (["甲", "丙"], ("甲", "乙"), (), 0.5, 0.5),
        (["甲", "丙"], ("甲",), ("丙",), 1.0, 1.0),
        ([], ("甲",), (), 1.0, 0.0),
        ([], (), (), 1.0, 1.0),
        (["甲"], (), (), 0.0, 1.0),
    ],
)
def test_precision_and_recall_leave_allowed_companies_out(
    names, required, allowed, precision, recall
):
    assert set_scores(names, expectation(required, allowed)) == (precision, recall)


def test_line_that_is_no_question_is_named(tmp_path):
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "a"}\n', "utf-8")
    with pytest.raises(SourceError, match=r"questions\.jsonl:1"):
        load_questions([file])
