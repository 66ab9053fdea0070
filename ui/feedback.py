"""Verdicts on answers, kept beside the index: one JSON object a line, the newest last."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from ui.errors import FeedbackError

_NAME = "feedback.jsonl"
# Nobody reads more, and a page open to many must not fill the disk.
_MOST_BYTES = 10 * 1024 * 1024

Verdict = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict.

    Attributes:
        time: When, in ISO 8601 with the time zone UTC.
        question: The question.
        status: Status of the answer.
        verdict: ``up`` or ``down``.
        comment: The user's words, possibly none.
        before: The questions before it in the conversation, oldest first.
    """

    time: str
    question: str
    status: str
    verdict: Verdict
    comment: str = ""
    before: tuple[str, ...] = ()


_FEEDBACK = TypeAdapter(Feedback)


def feedback_file(store: Path) -> Path:
    """Return where the verdicts on answers from ``store`` are kept."""
    return store / _NAME


def now() -> str:
    """Return the time as it is stored."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def add_feedback(file: Path, feedback: Feedback) -> None:
    """Append a verdict in one write, which other processes' writes do not cut.

    Raises:
        FeedbackError: the file is full or cannot be written.
    """
    line = json.dumps(asdict(feedback), ensure_ascii=False) + "\n"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size + len(line.encode()) > _MOST_BYTES:
                raise FeedbackError(
                    f"{file} 已满（{_MOST_BYTES // 1024 // 1024} MB），请管理员查看后移走"
                )
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)
    except OSError as error:
        raise FeedbackError(f"写不了 {file}（{error.strerror}），请管理员检查权限") from error


def read_feedback(file: Path) -> list[Feedback]:
    """Return the verdicts stored, oldest first; none where there is no file.

    Raises:
        FeedbackError: the file cannot be read, or names the line that is no verdict.
    """
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise FeedbackError(f"读不了 {file}，请检查文件和权限") from error
    return list(_parsed(file, text))


def _parsed(file: Path, text: str) -> Iterator[Feedback]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield _FEEDBACK.validate_json(line)
            except ValidationError as error:
                raise FeedbackError(
                    f"{file} 第 {number} 行不是一条评价，请改正或删去这一行"
                ) from error
