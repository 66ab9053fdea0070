"""Candidates: what a reading may ask, with how much of it each explains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from assistant.query import Query


class Witness(Protocol):
    """Says what the sources are near to, where words alone do not decide what is asked."""

    def rules(self, text: str) -> float:
        """Return how near a text is to the nearest rule or note, or question about a programme."""

    def said(self, text: str) -> float:
        """Return how much of what a text asks one rule or note says word by word, from 0 to 1."""

    def listings(self, text: str) -> float:
        """Return how near a text is to the nearest question that asks for companies."""

    def trades(self, text: str) -> float:
        """Return how near a text is to the nearest trade."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A query that a reading may be.

    Attributes:
        query: The query.
        explained: Indices of the spans of the cover that it makes use of.
        rule: Id of the rule that composed it.
        features: What its score is made of before weighing, by the name of the weight; filled by
            the scorer.
        score: The weighted sum; candidates compete by it.
    """

    query: Query
    explained: frozenset[int]
    rule: str
    features: tuple[tuple[str, float], ...] = ()
    score: float = 0.0
