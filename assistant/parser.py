"""What reads questions, as the engine sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.query import Query

if TYPE_CHECKING:
    from assistant.dialogue.reply import Reply


@dataclass(frozen=True, slots=True)
class Weighed:
    """A query that a question was taken for, and why.

    Attributes:
        query: The query.
        rule: Id of the rule that composed it.
        score: Its score; the best is run.
        parts: What the score is made of, by feature.
    """

    query: Query
    rule: str
    score: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What a parser made of a question on the way.

    Attributes:
        spans: The stretches of the question, each with its category and the id of its rule.
        candidates: The best few queries, best first.
    """

    spans: tuple[tuple[str, str, str], ...]
    candidates: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A question read.

    Attributes:
        query: What it asks.
        trace: How that was found, for explanations.
    """

    query: Query
    trace: Trace | None = None


class Parser(Protocol):
    """Reads questions."""

    def parse(self, text: str, previous: Reply | None = None) -> Parsed:
        """Return what ``text`` asks after the turn ``previous``."""
