"""The Answer: what every way of asking hands out, with its JSON.

Its keys are those of the contract; ``blocks`` say in typed parts what ``answer`` says in Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from assistant.answers.blocks import Block
from index.types import Origin


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NO_MATCH = "no_match"
    OUT_OF_SCOPE = "out_of_scope"
    CLARIFY = "clarify"


class Intent(StrEnum):
    """What a question wants."""

    LIST = "list"
    LOOKUP = "lookup"
    PROFILE = "profile"
    COUNT = "count"
    STATS = "stats"
    RANK = "rank"
    COMPARE = "compare"
    FAQ = "faq"
    ELIGIBILITY = "eligibility"
    HELP = "help"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Citation:
    """The lines of a source that prove something; ``quote`` is those lines exactly.

    Of a spreadsheet, the lines are the rows of ``sheet``.
    """

    id: int
    source: str
    section: str
    line_start: int
    line_end: int
    quote: str
    sheet: str = ""

    @classmethod
    def from_origin(cls, number: int, origin: Origin) -> Citation:
        """Return the citation of ``origin`` under ``number``."""
        section = origin.section[-1] if origin.section else ""
        first, last = origin.line_start, origin.line_end
        return cls(number, origin.source, section, first, last, origin.quote, origin.sheet)


@dataclass(frozen=True, slots=True)
class Record:
    """A company in an answer; ``id`` is the same in every answer from the same sources."""

    id: str
    name: str
    aliases: tuple[str, ...]
    score: float
    fields: Mapping[str, str]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnswerValue:
    """One value asked for, as the source writes it."""

    name: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that looks wrong in the rows of a company.

    Attributes:
        rule: Code of the rule, such as ``exchange-code-mismatch``.
        severity: ``error`` or ``warning``.
        company: The company concerned, or several joined by 、.
        field: Canonical name, or the header of a list's own column.
        value: What the source says there; several values are joined by `` / ``.
        message: What is wrong, in Chinese.
        citations: The lines that it is about.
    """

    rule: str
    severity: str
    company: str
    field: str
    value: str
    message: str
    citations: tuple[int, ...]


class WithCitations:
    """What is handed out with its citations: frozen dataclasses with ``citations``."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values; ``sheet`` only where a cited line lies in one."""
        told: dict[str, Any] = _values(self)
        for citation in told["citations"]:
            if not citation["sheet"]:
                del citation["sheet"]
        return told


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _values(value: Any) -> Any:
    """Return dataclasses as dicts, however deep they stand; other values as they are.

    ``dataclasses.asdict`` copies every text deeply, which takes long of a thousand records.
    """
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, tuple):
        return tuple(map(_values, value))
    if isinstance(value, list):
        return list(map(_values, value))
    if isinstance(value, Mapping):
        return {key: _values(one) for key, one in value.items()}
    if is_dataclass(value):
        kind: Any = type(value)
        return {name: _values(getattr(value, name)) for name in _names(kind)}
    return value


@dataclass(frozen=True, slots=True)
class Answer(WithCitations):
    """A cited answer; the keys of its JSON are the names of its attributes.

    Attributes:
        warnings: What looks wrong among the values of its text and records; the text has a line
            that begins with ⚠ for each of those that it shows.
        total: How many companies satisfy the question; ``records`` has all of them up to a limit.
        cursor: What to hand back with the question for the next records; None where there are none.
        unread: Words of the question that played no part.
        blocks: What ``answer`` says, as typed parts.
    """

    question: str
    status: Status
    intent: Intent
    answer: str
    filters: Mapping[str, list[str]]
    records: tuple[Record, ...]
    related: tuple[Record, ...]
    values: tuple[AnswerValue, ...]
    citations: tuple[Citation, ...]
    suggestions: tuple[str, ...]
    warnings: tuple[Remark, ...] = field(default=(), kw_only=True)
    total: int = field(default=0, kw_only=True)
    cursor: str | None = field(default=None, kw_only=True)
    unread: tuple[str, ...] = field(default=(), kw_only=True)
    blocks: tuple[Block, ...] = field(default=(), kw_only=True)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values; ``cursor`` only where there is one."""
        told = WithCitations.to_dict(replace(self, blocks=()))
        if self.cursor is None:
            del told["cursor"]
        return told | {"blocks": [block_to_dict(block) for block in self.blocks]}


def block_to_dict(block: Block) -> dict[str, Any]:
    """Return a block as plain JSON values: its type, and its attributes beyond their defaults."""
    return {"type": type(block).__name__.lower(), **_attributes(block)}


def _attributes(value: Any) -> dict[str, Any]:
    told = {one: getattr(value, one.name) for one in fields(value)}
    return {
        one.name: _plain(held)
        for one, held in told.items()
        if one.default is MISSING or held != one.default
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return _attributes(value) if is_dataclass(value) else value
