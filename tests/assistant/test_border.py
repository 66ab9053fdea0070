"""Text from outside."""

from __future__ import annotations

import pytest

from assistant.border import read_json, require_question
from assistant.errors import QuestionError


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (" \n", "空的"),
        ("苏" * 101, "有 101 字，最多 100 字"),
        ("ﷺ" * 10, "有 180 字"),
        ("苏州\ud800", "控制字符或半个字符"),
        ("苏\x00州", "控制字符"),
        ("\x1b[31m苏州", "控制字符"),
        ("员工超过" + "9" * 40, "40 位的数"),
        ("员工超过" + "９" * 40, "40 位的数"),
    ],
)
def test_what_is_no_question_is_refused_with_the_reason(text: str, problem: str) -> None:
    with pytest.raises(QuestionError, match=problem):
        require_question(text, 100)


@pytest.mark.parametrize("text", ["苏州有哪些\n企业\t？", "91320594MA1MYCRG7J", "1,234,567万元"])
def test_question_as_people_write_it_is_taken(text: str) -> None:
    require_question(text, 100)


@pytest.mark.parametrize("text", ["[" * 100_000, '"\\ud800"', '{"\\udfff": 1}', "x", "9" * 5000])
def test_json_that_cannot_be_told_again_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds
        read_json(text)


def test_pair_of_surrogates_is_one_character() -> None:
    assert read_json('"\\ud83d\\ude00"') == "😀"
