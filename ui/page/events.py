"""What happens in the conversation: steps come in, turns go out.

The browser keeps a conversation as the steps that made it: questions, and changes to the
conditions of a turn. The server keeps nothing; it answers the steps again where it does not
remember them, which takes milliseconds, so a conversation outlives the server, and nothing that
the browser sends is ever shown as an answer.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.dialogue.reply import Reply
from assistant.dialogue.revise import choices, revise
from assistant.engine import Engine
from assistant.errors import RevisionError
from index.errors import XiaojurenError
from ui.errors import RequestError

_LOGGER = logging.getLogger(__name__)

_FAULT = "程序内部出错，已记入日志；请换个说法再问，或把问题报告给管理员"

# Far above what an engine takes, so that it is the engine that tells what is too long.
_LONGEST = 4000
_STEPS = 60
_REMEMBERED = 512

_Text = Annotated[str, Field(max_length=_LONGEST)]
_Turn = Annotated[int, Field(ge=0, lt=_STEPS)]


_Model = TypeVar("_Model", bound=BaseModel)


class _Sent(BaseModel):
    """What a browser sent."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Ask(_Sent):
    """A question."""

    ask: _Text


class Change(_Sent):
    """A change to one condition of an earlier turn.

    Attributes:
        turn: The turn, from 0.
        field: Field of the condition.
        value: Its value as its chip shows it.
        to: What to put in its place; None to take it away.
    """

    turn: _Turn
    field: _Text
    value: _Text
    to: _Text | None = None


Steps = Annotated[list[Ask | Change], Field(max_length=_STEPS)]


class Conversation(_Sent):
    """The steps of a conversation, and the first turn that is wanted."""

    steps: Steps
    first: _Turn = 0


class Selected(_Sent):
    """One turn of a conversation."""

    steps: Steps
    turn: _Turn


class Cited(Selected):
    """One citation of a turn."""

    cite: Annotated[int, Field(ge=1)] = 1


class More(Selected):
    """Further companies of a turn's table, from a place on."""

    first: Annotated[int, Field(ge=0, le=1_000_000)]


class Condition(Selected):
    """One condition of a turn."""

    field: _Text
    value: _Text


def read(model: type[_Model], sent: object) -> _Model:
    """Return what a browser sent as a value of ``model``.

    Raises:
        RequestError: it is none.
    """
    try:
        return TypeAdapter(model).validate_python(sent)
    except ValidationError as error:
        too_long = any(one["type"] == "too_long" for one in error.errors())
        told = f"一段对话最多 {_STEPS} 个问题，请开始新对话" if too_long else "请求无法识别"
        raise RequestError(f"{told}，或刷新页面后再试") from error


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: what was asked, and the reply or what prevented it."""

    asked: str
    reply: Reply | None
    problem: str = ""


class Desk:
    """Answers the steps of conversations.

    Args:
        engine: Returns the engine to ask; called for every request, so it may be replaced.
    """

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._of: Engine | None = None
        self._turns: OrderedDict[tuple[Ask | Change, ...], Turn] = OrderedDict()

    def engine(self) -> Engine:
        """Return the engine; turns that another answered are forgotten.

        Raises:
            StoreError: the index cannot be opened.
        """
        engine = self._engine()
        with self._lock:
            if self._of is not engine:
                self._of = engine
                self._turns.clear()
            return engine

    def turns(self, steps: Sequence[Ask | Change], engine: Engine) -> list[Turn]:
        """Return the turns that the steps of a conversation make, oldest first."""
        turns: list[Turn] = []
        for position in range(len(steps)):
            key = tuple(steps[: position + 1])
            turn = self._remembered(key)
            if turn is None:
                turn = _answer(steps[position], turns, engine)
                self._remember(key, turn, engine)
            turns.append(turn)
        return turns

    def _remembered(self, key: tuple[Ask | Change, ...]) -> Turn | None:
        with self._lock:
            turn = self._turns.get(key)
            if turn is not None:
                self._turns.move_to_end(key)
            return turn

    def _remember(self, key: tuple[Ask | Change, ...], turn: Turn, engine: Engine) -> None:
        with self._lock:
            # A rebuilt index may have taken over meanwhile.
            if engine is self._of and turn.reply is not None:
                self._turns[key] = turn
                while len(self._turns) > _REMEMBERED:
                    self._turns.popitem(last=False)


def _answer(step: Ask | Change, before: Sequence[Turn], engine: Engine) -> Turn:
    """Return the turn that a step makes; one without a reply is no turn to point back to."""
    previous = next((one.reply for one in reversed(before) if one.reply), None)
    asked = step.ask if isinstance(step, Ask) else ""
    try:
        if isinstance(step, Ask):
            return Turn(asked, engine.reply(step.ask, previous))
        changed = reply_at(before, step.turn)
        asked = changed.text
        revised = revise(changed, step.field, step.value, step.to, engine, previous)
        return Turn(asked, revised)
    except XiaojurenError as error:
        return Turn(asked, None, str(error))
    except Exception:  # the last place where a fault can be told to the user
        _LOGGER.exception("answering failed")
        return Turn(asked, None, _FAULT)


def reply_at(turns: Sequence[Turn], number: int) -> Reply:
    """Return the reply of a turn.

    Raises:
        RevisionError: there is no such turn, or it has none.
    """
    reply = turns[number].reply if number < len(turns) else None
    if reply is None:
        raise RevisionError("这个问题没有得到回答，请重新提问")
    return reply


def choices_at(
    turns: Sequence[Turn], condition: Condition, engine: Engine
) -> list[dict[str, object]]:
    """Return what a condition can be changed to: ``label`` and ``count``, which may be None.

    Raises:
        RevisionError: there is no such condition.
    """
    found = choices(reply_at(turns, condition.turn), condition.field, condition.value, engine)
    return [{"label": one.label, "count": one.count} for one in found]
