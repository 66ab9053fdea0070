"""Text from outside, checked once where it enters, so that nothing behind can stumble over it."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from assistant.errors import QuestionError
from index.regex import regex

# No figure of a list is longer, nor is any code; a float holds fewer.
_MOST_DIGITS = 20
_LONG_NUMBER = regex(rf"\d[\d,]{{{_MOST_DIGITS},}}")
_SURROGATE = regex("[\ud800-\udfff]")


def require_question(text: str, most: int) -> None:
    """Check that a question can be read.

    Args:
        text: The question.
        most: How many characters it may have, also once ligatures such as ㍿ are spelled out.

    Raises:
        QuestionError: it is empty or too long, holds a control character or half a character, or
            a number that no figure has.
    """
    if not text.strip():
        raise QuestionError("问题是空的，请写出要问的内容")
    spelled = unicodedata.normalize("NFKC", text) if len(text) <= most else text
    if (length := max(len(text), len(spelled))) > most:
        raise QuestionError(f"问题有 {length} 字，最多 {most} 字，请缩短后再问")
    if any(unicodedata.category(one) in ("Cc", "Cs") and not one.isspace() for one in text):
        raise QuestionError("问题里有看不见的控制字符或半个字符，请重新输入后再问")
    if number := _LONG_NUMBER.search(spelled):
        told = len(number.group().replace(",", ""))
        raise QuestionError(f"问题里有一个 {told} 位的数，最多 {_MOST_DIGITS} 位，请改短后再问")


def read_json(text: str | bytes) -> Any:
    """Return the value of a JSON text.

    Raises:
        ValueError: it is none, is nested too deeply, or holds half a character.
    """
    try:
        value = json.loads(text)
        told = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        raise ValueError("嵌套太深") from None
    if _SURROGATE.search(told):
        raise ValueError("有不成对的代理字符（\\ud800 到 \\udfff）")
    return value
