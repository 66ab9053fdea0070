"""Golden answers over the seed list, and what must hold of every answer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.engine import Conversation

GOLDEN = [
    json.loads(line)
    for line in (Path(__file__).parent / "golden.jsonl").read_text("utf-8").splitlines()
]
SEED = (Path(__file__).parents[2] / "seeds/specialized-sme-xiaojuren.md").read_text("utf-8")
MARK = re.compile(r"\[(\d+)\]")


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


def test_quotes_are_the_lines_of_the_file(case):
    _, answer = case
    lines = SEED.split("\n")
    for citation in answer.citations:
        assert citation.quote == "\n".join(lines[citation.line_start - 1 : citation.line_end])


def test_every_mark_resolves_and_citations_are_numbered_from_one(case):
    _, answer = case
    numbers = [citation.id for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {int(mark) for mark in MARK.findall(answer.answer)} <= set(numbers)
    for record in (*answer.records, *answer.related):
        assert set(record.citations) <= set(numbers)
        assert record.citations


def test_every_number_told_stands_in_a_cited_line_or_counts_records(case):
    _, answer = case
    quotes = "\n".join(citation.quote for citation in answer.citations)
    told = re.sub(r"^\d+\. ", "", MARK.sub("", answer.answer), flags=re.MULTILINE)
    if answer.intent == "help":
        pytest.skip("the help text counts documents and companies of the whole index")
    counts = {str(len(answer.records)), *(one.value for one in answer.values)}
    asked = answer.question + "".join(map("".join, answer.filters.values()))
    for number in re.findall(r"\d+(?:\.\d+)?", told):
        unknown = re.search(rf"另有 {number} 家", told) or re.search(rf"其余 {number} 家", told)
        assert number in quotes or number in counts or number in asked or unknown, number


def test_answer_goes_through_json_unchanged(case):
    _, answer = case
    keys = list(json.loads(json.dumps(answer.to_dict(), ensure_ascii=False)))
    assert keys == [
        "question", "status", "intent", "answer", "filters",
        "records", "related", "values", "citations", "suggestions",
    ]  # fmt: skip
