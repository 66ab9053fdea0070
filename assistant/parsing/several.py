"""Several questions asked at once: 按城市统计各有几家，再告诉我上市的有几家."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.parsing.clauses import clauses
from assistant.parsing.spans import Category, Span
from assistant.parsing.text import Text
from index.regex import regex

# What opens a further question after a mere pause; the end of a sentence needs none.
_FURTHER = ("再", "另外", "还有", "顺便", "顺带", "同时", "并且告诉", "然后", "以及")
_SENTENCE = "。？?；;！!\n"
_ASKS = (Category.FIELD, Category.ORDER)
_OPERATORS = frozenset(
    {"which", "count", "share", "exists", "compare", "profile", "member", "mean", "median", "sum"}
)
_SEVERAL = regex(rf"[{_SENTENCE}].|[,，]\s*(?:{'|'.join(_FURTHER)})")


def may_be_several(folded: str) -> bool:
    """Return whether a text has a sentence after another, or a pause and a word that goes on."""
    return _SEVERAL.search(folded) is not None


def questions_of(text: Text, spans: Sequence[Span]) -> tuple[str, ...]:
    """Return the questions that a text asks one after the other; one for nearly all texts."""
    parts = clauses(text.folded, spans)
    starts = [0]
    asked = bool(parts) and _asks(spans[parts[0].start : parts[0].end])
    for before, clause in pairwise(parts):
        start = spans[clause.start].start
        gap = text.folded[spans[before.end - 1].end : start]
        ends = any(mark in gap for mark in _SENTENCE)
        further = text.folded[start:].startswith(_FURTHER)
        asks = _asks(spans[clause.start : clause.end])
        if asked and asks and (ends or further):
            starts.append(start)
        asked = asked or asks
    cuts = [*starts, len(text.written)]
    return tuple(text.written[a:b].strip(" ,，") for a, b in pairwise(cuts))


def _asks(spans: Sequence[Span]) -> bool:
    """Return whether a clause asks a question of its own."""
    return any(
        (one.category is Category.ASK and one.value in _OPERATORS)
        or (one.category in _ASKS and (one.category is Category.ORDER or one.value.asks))
        for one in spans
    )
