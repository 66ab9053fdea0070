"""A question within its conversation, answered as everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.answer import Answer
from assistant.dialogue.reply import Reply
from assistant.engine import Engine


def answer_question(
    question: str, history: Sequence[str], limit: int | None, engine: Engine
) -> Answer:
    """Return the answer to ``question`` after the questions of ``history``.

    Args:
        question: The question.
        history: Earlier questions of the same conversation, oldest first.
        limit: How many records, and how many related ones, to hand out at most; all if None.
        engine: Whose answer.

    Raises:
        QuestionError: a question is empty or too long.
    """
    reply: Reply | None = None
    for earlier in history:
        reply = engine.reply(earlier, reply)
    answer = engine.reply(question, reply).answer
    return answer if limit is None else _shortened(answer, limit)


def _shortened(answer: Answer, limit: int) -> Answer:
    """Return an answer with its first records, and with the citations that it still needs."""
    records, related = answer.records[:limit], answer.related[:limit]
    needed = {number for record in (*records, *related) for number in record.citations}
    return replace(
        answer,
        records=records,
        related=related,
        citations=tuple(
            one for one in answer.citations if one.id in needed or f"[{one.id}]" in answer.answer
        ),
    )
