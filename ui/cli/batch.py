"""Questions and answers as JSON Lines: one conversation a line, in order, one result each."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from assistant.border import read_json
from assistant.engine import Conversation, Engine
from index.errors import XiaojurenError

_LOGGER = logging.getLogger(__name__)


class BatchError(XiaojurenError):
    """Lines of a batch could not be answered; the others were."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """The result of one line.

    Attributes:
        number: The line, counted from 1.
        result: What is written: ``id`` with ``answers`` or with ``error``.
        failed: Whether the line could not be answered.
    """

    number: int
    result: dict[str, Any]
    failed: bool


@contextmanager
def opened(name: str) -> Iterator[IO[str]]:
    """Open a batch file, ``-`` for standard input; bytes that are no UTF-8 spoil their line only.

    Raises:
        BatchError: the file cannot be opened.
    """
    if name == "-":
        yield sys.stdin
        return
    try:
        lines = Path(name).open(encoding="utf-8-sig", errors="replace")  # noqa: SIM115
    except OSError as error:
        raise BatchError(f"读不了 {name}（{error.strerror}），请检查路径") from error
    with lines:
        yield lines


def answer_lines(lines: Iterable[str], engine: Engine) -> Iterator[BatchLine]:
    """Yield one result for every line that is not blank; a bad line does not stop the others."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer_line(number, line, engine)


def _answer_line(number: int, line: str, engine: Engine) -> BatchLine:
    key: Any = None
    try:
        entry = _parse(line)
        key = entry.get("id")
        conversation = Conversation(engine)
        answers = [conversation.ask(turn).to_dict() for turn in _turns(entry)]
    except XiaojurenError as error:
        return _failed(number, key, str(error))
    except Exception as error:  # a fault at one line must not lose the others
        _LOGGER.exception("line %d", number)
        return _failed(number, key, f"内部错误：{type(error).__name__}: {error}")
    return BatchLine(number, {"id": key, "answers": answers}, failed=False)


def _failed(number: int, key: Any, problem: str) -> BatchLine:
    return BatchLine(number, {"id": key, "line": number, "error": problem}, failed=True)


def _parse(line: str) -> dict[str, Any]:
    try:
        entry = read_json(line)
    except ValueError as error:
        raise BatchError(f"不是有效的 JSON（{error}）") from error
    if not isinstance(entry, dict):
        raise BatchError('应为 JSON 对象，例如 {"id": "q1", "turns": ["苏州有哪些MEMS小巨人"]}')
    return entry


def _turns(entry: dict[str, Any]) -> list[str]:
    turns = entry.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
        raise BatchError('缺少 "turns"，应为一个或多个问题组成的列表')
    return turns
