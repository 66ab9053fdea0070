"""What happens on the page: a question comes in, the conversation and the evidence change.

The conversation is kept on the server, one :class:`Session` per browser tab, so that nothing the
browser sends back is ever shown or answered from.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from assistant.dialogue import Reply
from assistant.engine import Engine
from index.errors import XiaojurenError
from index.reader import IndexReader
from ui.render import (
    Lines,
    answer_markdown,
    empty_evidence_html,
    error_markdown,
    evidence_html,
    question_markdown,
    read_lines,
)

_LOGGER = logging.getLogger(__name__)

# Answering is quick and mostly bound to one processor; more at a time would only slow each other.
_AT_ONCE = 4
_GROUP = "answers"
_WAITING = "正在查找…"
_FAULT = "程序内部出错，已记入日志；请换个说法再问，或把问题报告给管理员"

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation.

    Attributes:
        messages: What the conversation shows, oldest first.
        turns: How many questions were asked; never goes back, so that ids stay apart.
        last: The reply that a follow-up points back to.
    """

    messages: tuple[Message, ...] = ()
    turns: int = 0
    last: Reply | None = None

    def asked(self, text: str) -> Session:
        """Return the session with one more question, its suggestions taken away."""
        earlier = ({**message, "options": []} for message in self.messages)
        question = {"role": "user", "content": question_markdown(text)}
        return replace(self, messages=(*earlier, question), turns=self.turns + 1)

    def answered(self, content: str, suggestions: tuple[str, ...] = ()) -> Session:
        """Return the session with one more message of the assistant."""
        options = [{"value": text, "label": text} for text in suggestions]
        message = {"role": "assistant", "content": content, "options": options}
        return replace(self, messages=(*self.messages, message))


@dataclass(frozen=True, slots=True)
class Widgets:
    """The components that events read and change."""

    session: gr.State
    conversation: gr.Chatbot
    evidence: gr.HTML
    question: gr.Textbox
    restart: gr.Button


class Desk:
    """Answers the page's questions.

    Args:
        engine: Returns the engine to ask; called for every question, so it may be replaced.
    """

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine
        self._labels: tuple[IndexReader, Lines] | None = None

    def turn(self, text: str, session: Session) -> Iterator[tuple[Any, ...]]:
        """Yield what one question changes: at once the question, then the answer.

        Yields:
            Messages, evidence, text of the input, session.
        """
        if not text.strip():
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        asked = session.asked(text)
        yield list(asked.answered(_WAITING).messages), gr.skip(), "", gr.skip()
        session, evidence = self._settle(text, asked)
        yield list(session.messages), evidence, gr.skip(), session

    def _settle(self, text: str, asked: Session) -> tuple[Session, str]:
        """Return the session with the answer, or with what prevented it, and its evidence."""
        try:
            engine = self._engine()
            reply = engine.reply(text, asked.last)
        except XiaojurenError as error:
            return asked.answered(error_markdown(str(error))), empty_evidence_html()
        except Exception:  # the last place where a fault can be told to the user
            _LOGGER.exception("answering failed")
            return asked.answered(error_markdown(_FAULT)), empty_evidence_html()
        answer = reply.answer
        done = asked.answered(answer_markdown(answer, asked.turns), answer.suggestions)
        evidence = evidence_html(answer, asked.turns, self._lines(engine.index))
        return replace(done, last=reply), evidence

    def _lines(self, index: IndexReader) -> Lines:
        # Made once per index; two threads making it at the same time do no harm.
        if self._labels is None or self._labels[0] is not index:
            self._labels = (index, read_lines(index.corpus))
        return self._labels[1]


def restart(session: Session) -> tuple[list[Message], str, str, Session]:
    """Return an empty conversation: messages, evidence, input, session."""
    return [], empty_evidence_html(), "", Session(turns=session.turns)


def wire(widgets: Widgets, desk: Desk) -> None:
    """Connect the components with what they cause."""
    outputs = [widgets.conversation, widgets.evidence, widgets.question, widgets.session]
    state = widgets.session
    quiet: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "concurrency_limit": _AT_ONCE,
        "concurrency_id": _GROUP,
    }

    def from_example(session: Session, event: gr.SelectData) -> Iterator[tuple[Any, ...]]:
        yield from desk.turn(_chosen(event), session)

    widgets.question.submit(desk.turn, [widgets.question, state], outputs, **quiet)
    widgets.conversation.example_select(from_example, state, outputs, **quiet)
    widgets.conversation.option_select(from_example, state, outputs, **quiet)
    widgets.restart.click(restart, state, outputs, **{**quiet, "queue": False})


def _chosen(event: gr.SelectData) -> str:
    """Return the question of an example or a suggestion that was chosen."""
    value = event.value
    if isinstance(value, dict):
        value = value.get("text", "")
    return value if isinstance(value, str) else ""
