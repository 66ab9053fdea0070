"""Golden answers over the seed list, and what must hold of every answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.engine import Conversation
from eval.metrics import unfaithful
from tests.conftest import SEED, SEED_NAME

GOLDEN = [
    json.loads(line)
    for line in (Path(__file__).parent / "golden.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module", params=GOLDEN, ids=[" → ".join(one["turns"]) for one in GOLDEN])
def case(request, engine):
    conversation = Conversation(engine)
    answers = [conversation.ask(turn) for turn in request.param["turns"]]
    return request.param, answers[-1]


def test_answer_is_the_expected_one(case):
    expected, answer = case
    assert (answer.status, answer.intent) == (expected["status"], expected["intent"])
    if "records" in expected:
        assert sorted(one.name for one in answer.records) == sorted(expected["records"])
    if "values" in expected:
        found = [[one.name, one.field, one.value] for one in answer.values]
        assert found == expected["values"]
    if "filters" in expected:
        assert answer.filters == expected["filters"]
    if "related" in expected:
        assert {one.name for one in answer.related} >= set(expected["related"])
    for text in expected.get("text", []):
        assert text in answer.answer


def test_answer_cites_the_expected_lines(case):
    expected, answer = case
    cited = {line for one in answer.citations for line in range(one.line_start, one.line_end + 1)}
    assert cited >= set(expected.get("lines", []))


def test_answer_is_faithful_to_the_source(case):
    """Quotes equal the file's lines, marks resolve, numbers stand in cited lines or count them."""
    _, answer = case
    assert list(unfaithful(answer, {SEED_NAME: SEED.read_text("utf-8").split("\n")})) == []


def test_citations_are_numbered_from_one_and_every_record_has_some(case):
    _, answer = case
    numbers = [citation.id for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for record in (*answer.records, *answer.related):
        assert set(record.citations) <= set(numbers)
        assert record.citations


def test_answer_goes_through_json_unchanged(case):
    _, answer = case
    keys = list(json.loads(json.dumps(answer.to_dict(), ensure_ascii=False)))
    assert keys == [
        "question", "status", "intent", "answer", "filters",
        "records", "related", "values", "citations", "suggestions", "warnings",
        "total", "unread", "blocks",
    ]  # fmt: skip
