"""What is known of a predicate for every entity: certainly true, certainly false, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from index.store.columns import Entities, Mask

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Truth:
    """A predicate's value for every entity of a relation, in Kleene's three-valued logic.

    Attributes:
        true: Which entities certainly fulfil it.
        false: Which certainly do not; never one that certainly does.
        scores: Of each entity, how well it fits a description, from 0 to 1; None where none is
            part of the predicate.
        trades: The trades by which meaning led to an entity.
        by_meaning: Whether only its meaning says that an entity fits a description.
    """

    true: Mask
    false: Mask
    scores: Scores | None = None
    trades: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    by_meaning: bool = False

    @classmethod
    def constant(cls, size: int, *, holds: bool) -> Truth:
        """Return what holds for all of ``size`` entities, or for none."""
        return cls(np.full(size, holds), np.full(size, not holds))

    @classmethod
    def of(cls, true: Mask) -> Truth:
        """Return a two-valued predicate."""
        return cls(true, ~true)

    @property
    def unknown(self) -> Mask:
        """Which entities can be neither included nor excluded."""
        return ~(self.true | self.false)

    def ids(self) -> Entities:
        """Return the entities that certainly fulfil it, in reading order."""
        return np.flatnonzero(self.true).astype(np.int32)

    def __and__(self, other: Truth) -> Truth:
        scores = _joined(self.scores, other.scores, np.minimum)
        return Truth(self.true & other.true, self.false | other.false, scores, *_told(self, other))

    def __or__(self, other: Truth) -> Truth:
        scores = _joined(self._scored(), other._scored(), np.maximum)
        return Truth(self.true | other.true, self.false & other.false, scores, *_told(self, other))

    def __invert__(self) -> Truth:
        return Truth(self.false, self.true)

    def _scored(self) -> Scores | None:
        """Return the scores of what is true only, for an alternative that is not adds nothing."""
        return None if self.scores is None else np.where(self.true, self.scores, 0.0)


def _told(one: Truth, two: Truth) -> tuple[Mapping[int, tuple[str, ...]], bool]:
    return {**one.trades, **two.trades}, one.by_meaning or two.by_meaning


def _joined(one: Scores | None, two: Scores | None, how: np.ufunc) -> Scores | None:
    told = [scores for scores in (one, two) if scores is not None]
    return reduce(how, told) if told else None
