"""A question within its conversation, answered as everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.answer import Answer
from assistant.answers.drafting import record_of
from assistant.dialogue.reply import Reply
from assistant.engine import Engine
from assistant.errors import CriteriaError
from assistant.search.select import Page
from assistant.tools.company import citing


def answer_question(
    question: str, history: Sequence[str], limit: int | None, cursor: str | None, engine: Engine
) -> Answer:
    """Return the answer to ``question`` after the questions of ``history``.

    Args:
        question: The question.
        history: Earlier questions of the same conversation, oldest first.
        limit: How many records, and how many related ones, to hand out at most; all that an answer
            holds if None.
        cursor: That of an answer to the same question, for the records after those it holds.
        engine: Whose answer.

    Raises:
        QuestionError: a question is empty or too long.
        CriteriaError: the cursor is none.
    """
    reply: Reply | None = None
    for earlier in history:
        reply = engine.reply(earlier, reply)
    reply = engine.reply(question, reply)
    if cursor is not None:
        return _after(reply, start_of(cursor), limit, engine)
    return reply.answer if limit is None else _shortened(reply.answer, limit)


def start_of(cursor: str) -> int:
    """Return the place that a cursor stands for.

    Raises:
        CriteriaError: it is none that was handed out.
    """
    if not cursor.isdecimal() or len(cursor) > 9:
        raise CriteriaError("cursor", "请原样交回上一个回答里的 cursor")
    return int(cursor)


def _after(reply: Reply, start: int, limit: int | None, engine: Engine) -> Answer:
    """Return an answer with the records from a place on, each cited by its first row."""
    answer = reply.answer
    page = Page(start, engine.context.record_limit if limit is None else limit)
    found = engine.searcher.search(reply.query, page).selected.hits
    cite = citing(answer.citations, engine.index.records)
    records = tuple(record_of(hit, cite, rows=1) for hit in found)
    end = start + len(records)
    return _needed(
        replace(
            answer,
            records=records,
            related=(),
            citations=cite.citations,
            cursor=str(end) if records and end < answer.total else None,
        )
    )


def _shortened(answer: Answer, limit: int) -> Answer:
    """Return an answer with its first records; the next ones follow by its cursor."""
    records = answer.records[:limit]
    cursor = str(len(records)) if len(records) < answer.total else None
    related = answer.related[:limit]
    return _needed(replace(answer, records=records, related=related, cursor=cursor))


def _needed(answer: Answer) -> Answer:
    """Return an answer with the citations that its text and its records still need."""
    told = (*answer.records, *answer.related)
    needed = {number for record in told for number in record.citations}
    return replace(
        answer,
        citations=tuple(
            one for one in answer.citations if one.id in needed or f"[{one.id}]" in answer.answer
        ),
    )
