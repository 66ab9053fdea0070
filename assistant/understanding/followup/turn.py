"""The turns before a question, as far as what it asks depends on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answers.answer import AnswerValue, Intent, Status
from assistant.understanding.types import Question
from index.types import Company

REPEATABLE = frozenset({Intent.LIST, Intent.COUNT, Intent.STATS, Intent.RANK})
"""The kinds of questions that can be asked again with another condition."""

ABOUT_COMPANIES = frozenset({Intent.LOOKUP, Intent.PROFILE, Intent.COMPARE})
"""The kinds of questions about companies that are named."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question that was answered.

    Attributes:
        question: The question.
        status: How it ended.
        values: The single values that were told.
        ids: The companies that the answer is about, best first: those that satisfy the question, or
            else those close to it.
        companies: The first of those that satisfy it.
        before: The turn before it.
    """

    question: Question
    status: Status
    values: tuple[AnswerValue, ...] = ()
    ids: tuple[str, ...] = ()
    companies: tuple[Company, ...] = ()
    before: Turn | None = None


def turns(last: Turn) -> list[Turn]:
    """Return a turn and those before it, latest first."""
    return list(_turns(last))


def _turns(last: Turn) -> Iterator[Turn]:
    turn: Turn | None = last
    while turn is not None:
        yield turn
        turn = turn.before
