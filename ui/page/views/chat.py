"""The conversation: questions and answers, their evidence beside them, earlier conversations.

Everything is drawn here, from templates; ``assets/chat.js`` puts it in place and keeps the steps
of the conversation in the browser.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import gradio as gr
from pydantic import Field

from assistant.browsing.examples import examples
from assistant.browsing.inventory import holdings
from assistant.dialogue.chips import chips_of
from assistant.dialogue.reply import Reply
from assistant.engine import Engine
from assistant.search.select import Page
from index.errors import XiaojurenError
from index.store.records import Records
from index.types import Company
from ui.export import Format, download_companies
from ui.feedback import Feedback, Verdict, add_feedback, feedback_file, now
from ui.page.assets import script
from ui.page.events import (
    Cited,
    Condition,
    Conversation,
    Desk,
    More,
    Selected,
    Turn,
    choices_at,
    read,
    reply_at,
)
from ui.page.html import render
from ui.page.render import failed_html, rows_html, show, turn_evidence_html, turn_html

_LOGGER = logging.getLogger(__name__)
_FAULT = "程序内部出错，已记入日志；请刷新页面后再试，或把问题报告给管理员"

# One script in parts, in which they know each other.
_SCRIPTS = ("chat_history.js", "chat_answer.js", "chat.js")

_Answered = Callable[[object], dict[str, Any]]


class Saved(Selected):
    """A turn whose companies are to be saved as a file."""

    form: Annotated[Format, Field(strict=False)]


class Judged(Selected):
    """A verdict on a turn."""

    verdict: Verdict
    comment: Annotated[str, Field(max_length=1000)] = ""


def build(engine: Callable[[], Engine]) -> None:
    """Draw the view and connect it, within the page that is being built."""
    gr.HTML(
        render("chat"),
        elem_id="xj-chat",
        apply_default_css=False,
        js_on_load=script(*_SCRIPTS),
        server_functions=functions(Desk(engine)),
    )


def functions(desk: Desk) -> list[_Answered]:
    """Return what the browser can call; each takes and returns JSON values.

    What goes wrong comes back as ``error``, the message to show.
    """

    @_told
    def welcome(_: object) -> dict[str, Any]:
        return {"html": welcome_html(desk.engine().index.records)}

    @_told
    def turns(sent: object) -> dict[str, Any]:
        asked, engine = read(Conversation, sent), desk.engine()
        found = desk.turns(asked.steps, engine)
        wanted = enumerate(found[asked.first :], asked.first)
        return {"turns": [_drawn(number, turn, engine) for number, turn in wanted]}

    @_told
    def evidence(sent: object) -> dict[str, Any]:
        asked, engine = read(Cited, sent), desk.engine()
        shown = show(reply_at(desk.turns(asked.steps, engine), asked.turn))
        return {"html": turn_evidence_html(shown, engine.index.records, asked.cite)}

    @_told
    def more(sent: object) -> dict[str, Any]:
        asked, engine = read(More, sent), desk.engine()
        shown = show(reply_at(desk.turns(asked.steps, engine), asked.turn))
        return {"html": rows_html(shown, asked.first)}

    @_told
    def options(sent: object) -> dict[str, Any]:
        asked, engine = read(Condition, sent), desk.engine()
        found = choices_at(desk.turns(asked.steps, engine), asked, engine)
        return {"html": render("chat_choices", choices=found)}

    @_told
    def save(sent: object) -> dict[str, Any]:
        asked, engine = read(Saved, sent), desk.engine()
        reply = reply_at(desk.turns(asked.steps, engine), asked.turn)
        return download_companies(_found(reply, engine), asked.form).to_dict()

    @_told
    def judge(sent: object) -> dict[str, Any]:
        asked, engine = read(Judged, sent), desk.engine()
        found = desk.turns(asked.steps, engine)
        reply = reply_at(found, asked.turn)
        feedback = Feedback(
            time=now(),
            question=reply.answer.question,
            status=reply.answer.status.value,
            verdict=asked.verdict,
            comment=asked.comment,
            before=tuple(turn.asked for turn in found[: asked.turn]),
        )
        add_feedback(feedback_file(engine.settings.store), feedback)
        return {}

    return [welcome, turns, evidence, more, options, save, judge]


def _told(function: _Answered) -> _Answered:
    """Return ``function`` with its errors as values: Gradio would hide what they say."""

    @wraps(function)
    def answered(sent: object) -> dict[str, Any]:
        try:
            return function(sent)
        except XiaojurenError as error:
            return {"error": str(error)}
        except Exception:  # the last place where a fault can be told to the user
            _LOGGER.exception("the conversation failed")
            return {"error": _FAULT}

    return answered


def _found(reply: Reply, engine: Engine) -> tuple[Company, ...]:
    """Return all companies of an answer, also those that its records leave out."""
    told = reply.answer.records
    if reply.answer.total <= len(told):
        return engine.browsing.catalog.find(one.id for one in told)
    page = Page(size=reply.answer.total)
    return tuple(hit.company for hit in engine.searcher.search(reply.query, page).selected.hits)


def _drawn(number: int, turn: Turn, engine: Engine) -> dict[str, Any]:
    reply = turn.reply
    if reply is None:
        return {"asked": turn.asked, "html": failed_html(number, turn.asked, turn.problem)}
    chips = chips_of(reply.query, engine.context.names)
    html = turn_html(number, reply, show(reply), chips)
    return {"asked": reply.answer.question, "html": html}


def welcome_html(records: Records) -> str:
    """Return what stands there before the first question: what can be asked, of which lists."""
    return render(
        "chat_welcome",
        examples=examples(records),
        companies=records.count(),
        documents=records.documents(),
        held={one.source: one.companies for one in holdings(records)},
    )
