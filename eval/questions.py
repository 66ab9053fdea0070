"""The question set: what is asked, and what a right answer holds.

The questions of ``eval/questions/part_*.jsonl`` were written from the list alone, before any
tuning. Each belongs to one half: ``dev`` is tuned on, ``test`` is only reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from index.errors import SourceError


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the answer to the last turn must hold; None where it does not matter.

    Attributes:
        status: Acceptable statuses.
        intent: Acceptable intents.
        required: Companies that must be in the records.
        allowed: Companies that may be.
        ordered: Whether the required ones must come first, in this order.
        related: Companies that must be among the related.
        values: Values that must be given; ``value`` must be part of one, ``name`` and ``field``
            restrict which.
        lines: Lines of the source that must be cited.
        contains: Words of the text.
        excludes: Words that must not be in the text.
    """

    status: tuple[str, ...]
    intent: tuple[str, ...] | None
    required: tuple[str, ...] | None
    allowed: frozenset[str]
    ordered: bool
    related: tuple[str, ...]
    values: tuple[dict[str, str], ...]
    lines: frozenset[int]
    contains: tuple[str, ...]
    excludes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, or a conversation whose last turn is judged."""

    id: str
    ability: str
    split: str
    turns: tuple[str, ...]
    expect: Expectation


def load_questions(paths: Iterable[Path] | None = None) -> list[Question]:
    """Return the questions of ``paths``, by default of the whole set, in order.

    Raises:
        SourceError: a line is no question; names file and line.
    """
    folder = Path(str(files("eval") / "questions"))
    found = []
    for path in paths or sorted(folder.glob("part_*.jsonl")):
        try:
            lines = path.read_text("utf-8").splitlines()
        except OSError as error:
            raise SourceError(path, f"读不了这个文件（{error.strerror}），请检查路径") from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                found.append(_question(path, number, line))
    return found


def _question(path: Path, number: int, line: str) -> Question:
    try:
        entry = json.loads(line)
        return Question(
            id=str(entry["id"]),
            ability=entry["ability"],
            split=entry["split"],
            turns=tuple(entry["turns"]),
            expect=_expectation(entry["expect"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(path, f"不是评测题目（{error!r}）", number) from error


def _expectation(entry: dict[str, Any]) -> Expectation:
    records = entry.get("records")
    return Expectation(
        status=tuple(entry["status"]),
        intent=tuple(entry["intent"]) if "intent" in entry else None,
        required=tuple(records.get("required", ())) if records is not None else None,
        allowed=frozenset(records.get("allowed", ())) if records is not None else frozenset(),
        ordered=bool(records.get("ordered", False)) if records is not None else False,
        related=tuple(entry.get("related", ())),
        values=tuple(entry.get("values", ())),
        lines=frozenset(entry.get("lines", ())),
        contains=tuple(entry.get("contains", ())),
        excludes=tuple(entry.get("excludes", ())),
    )
