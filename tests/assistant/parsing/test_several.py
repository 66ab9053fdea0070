"""Several questions asked at once."""

from __future__ import annotations

import pytest

from assistant.parsing.parser import Parser


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("旷视是哪年成立的？它有多少人？", ("旷视是哪年成立的?", "它有多少人?")),
        (
            "按城市统计各有几家，再告诉我上市的有几家",
            ("按城市统计各有几家", "再告诉我上市的有几家"),
        ),
        ("苏州有哪些企业；其中上市的有几家", ("苏州有哪些企业;", "其中上市的有几家")),
    ],
)
def test_questions_of_their_own_are_told_apart(
    parser: Parser, text: str, questions: tuple[str, ...]
) -> None:
    assert parser.questions(text) == questions


@pytest.mark.parametrize(
    "text",
    ["最早成立的是哪家，它在哪个城市", "你好，请问杭州有哪些企业？谢谢！",
     "我在深圳做投资。想看看没上市的机器人公司，列一下。", "苏州有哪些企业"],
)  # fmt: skip
def test_one_question_with_what_leads_up_to_it_stays_one(parser: Parser, text: str) -> None:
    assert len(parser.questions(text)) == 1
