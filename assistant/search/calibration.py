"""How probable it is that a company does what is described, by its score among all."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from assistant.query import About
from assistant.search.meaning import Meant
from assistant.search.truth import Scores
from index.store.columns import Entities


@dataclass(frozen=True, slots=True)
class Calibration:
    """The coefficients of ``data/meaning.toml``."""

    intercept: float
    behind: float
    several: float
    margin: float
    least_margin: float
    words: float
    fits: float

    def probability(
        self, scores: Scores, candidates: Entities, meant: Meant, *, several: bool
    ) -> Scores:
        """Return for each candidate how probably it does what is described, from 0 to 1."""
        told = scores[candidates]
        best = float(told.max())
        behind = best - told
        logit = (
            self.intercept
            + self.behind * behind / max(best - meant.background, _LEAST * best)
            + self.several * several * behind / best
            + self.margin * max(meant.margin, self.least_margin)
        )
        return np.asarray(1 / (1 + np.exp(-logit)))


# Where nearly all companies are alike, the median one is taken to be so far behind the best.
_LEAST = 0.1


@cache
def load_calibration() -> Calibration:
    """Return the coefficients of the packaged data."""
    return Calibration(
        **tomllib.loads((files("assistant") / "data/meaning.toml").read_text("utf-8"))
    )


def evidence(about: About, matches: Sequence[Scores]) -> Scores | float:
    """Return which share of a description its words say of each company, from 0 to 1.

    A word counts by its characters and by how few companies it matches.
    """
    if not matches:
        return 0.0
    whole = sum(map(weight, (*about.terms, *about.unlinked)))
    said = (_inverse_frequency(one) * one for one in matches)
    each = whole / max(1, len(about.terms) + len(about.unlinked))
    return np.asarray(sum(said) * each / whole)


def weight(word: str) -> int:
    """Return how much of a description a word is: its characters, a Latin word as two."""
    return 2 if word.isascii() else len(word)


def _inverse_frequency(match: Scores) -> float:
    size = len(match) + 1
    return float(np.log(size / (np.count_nonzero(match) + 0.5)) / np.log(size / 0.5))
