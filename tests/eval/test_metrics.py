"""What counts as stated without a source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answers.answer import Answer, AnswerValue, Citation, Intent, Status
from eval.metrics import judge, unfaithful
from eval.questions import Expectation, Question

LINE = "| 甲公司 | 深交所:603160 |"


def answer(text: str) -> Answer:
    cited = (Citation(1, "a.md", "", 1, 1, LINE),)
    return Answer(
        "甲公司在哪上市", Status.ANSWERED, Intent.LOOKUP, text, {}, (), (), (), cited, ()
    )  # fmt: skip


def test_number_that_no_cited_line_holds_is_unfaithful() -> None:
    told = answer("甲公司：深交所:603161 [1]")
    assert list(unfaithful(told, {"a.md": [LINE]})) == ["number 603161 stands in no cited line"]


def test_line_that_explains_a_doubtful_value_may_name_rules() -> None:
    told = answer("甲公司：深交所:603160 [1]⚠\n\n⚠ 深交所的代码以 000 至 004、300 至 302 开头 [1]")
    assert list(unfaithful(told, {"a.md": [LINE]})) == []


def test_mark_without_a_citation_leads_nowhere() -> None:
    told = answer("甲公司：深交所:603160 [2]")
    assert list(unfaithful(told, {"a.md": [LINE]})) == ["mark [2] leads nowhere"]


def test_share_of_two_counts_needs_no_line_and_any_other_percentage_does() -> None:
    counts = (AnswerValue("未上市", "count", "15"), AnswerValue("全部", "count", "48"))
    told = replace(answer("未上市的 15 家，占全部 48 家的 31.3% [1]"), values=counts)
    assert list(unfaithful(told, {"a.md": [LINE]})) == []
    told = answer("占 27% [1]")
    assert list(unfaithful(told, {"a.md": [LINE]})) == ["number 27 stands in no cited line"]


@pytest.mark.parametrize(("given", "missing"), [("满足", 0), ("不满足", 1)])
def test_opposite_verdict_is_not_the_one_wanted(given: str, missing: int) -> None:
    wanted = {"name": "专利", "field": "eligibility", "value": "满足"}
    expected = Expectation(
        ("answered",), None, None, frozenset(), False, (), (wanted,), frozenset(), (), ()
    )
    question = Question("a", "eligibility", "dev", ("有3项专利",), expected)
    values = (AnswerValue("有效发明专利2项以上", "eligibility", given),)
    told = replace(answer("甲公司 [1]"), values=values)
    assert len(judge(question, told, {"a.md": [LINE]}, 1.0).failures) == missing
