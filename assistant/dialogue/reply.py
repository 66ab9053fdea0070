"""One turn of a conversation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answers.answer import Answer
from assistant.query import Query
from assistant.search.evidence import Evidence

# How many turns back a question can reach.
_DEPTH = 8


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
class Reply:
    """One turn with the value of every stage, for the next turn and for explanations.

    Attributes:
        text: The question as the user wrote it; of a revised question the first.
        query: What it asks.
        evidence: What was found.
        answer: The answer.
        trace: What the parser made of the question on the way.
        before: The turn before it, up to a certain depth.
        changes: What was changed in a question asked before, in words; empty where this is a
            question of its own.
    """

    text: str
    query: Query
    evidence: Evidence
    answer: Answer
    trace: Trace | None = None
    before: Reply | None = None
    changes: tuple[str, ...] = ()

    def shortened(self, depth: int = _DEPTH) -> Reply:
        """Return the turn without what lies further back than ``depth`` turns."""
        if depth <= 0 or self.before is None:
            return replace(self, before=None)
        return replace(self, before=self.before.shortened(depth - 1))
