"""Dates asked for by what happened then: 什么时候晋升的 asks for 晋升时间."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.parsing.spans import Category, Span
from assistant.parsing.vocabulary import FieldWord

_WHEN = r"(?:什么时候|啥时候|什么时间|何时|何年|哪一?年|几几年|哪一?天|多会儿)"
_BESIDE = r"(?:被|是|在|于|了|的|才)*"


def dated_spans(folded: str, dated: Mapping[str, str]) -> Iterator[Span]:
    """Yield the columns of dates that a text asks for."""
    for done, key in dated.items():
        if done not in folded:
            continue
        word = re.escape(done)
        for match in re.finditer(f"{_WHEN}{_BESIDE}{word}|{word}{_BESIDE}{_WHEN}", folded):
            value = FieldWord(key, asks=True)
            yield Span(*match.span(), match.group(), Category.FIELD, value, "field.column")
