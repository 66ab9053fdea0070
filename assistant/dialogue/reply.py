"""One turn of a conversation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answers.answer import Answer
from assistant.parser import Trace
from assistant.query import Query
from assistant.search.evidence import Evidence

# How many turns back a question can reach.
_DEPTH = 8


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
