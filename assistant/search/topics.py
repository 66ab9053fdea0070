"""The companies that a description fits: by the words of their rows, else by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from assistant.query import About
from assistant.search.calibration import evidence, load_calibration
from assistant.search.meaning import MeaningSearch, Meant
from assistant.search.terms import TermMatcher
from assistant.search.truth import Scores, Truth
from index.store.columns import Mask
from index.text import fold

# A description is foreign if trades that no row holds are nearer by more than FOREIGN, or by more
# than FOREIGN_IF_NAMED where it is mostly a name. Who names a trade and nothing else means that
# trade: one that is held must be nearer, by FOREIGN_IF_WHOLE. Here `python -m eval.foreign` keeps
# 0.95 of the descriptions of trades held by the seed list and refuses half of all others. From
# NEAR times the best score on, a company is worth showing as close.
FOREIGN = -0.25
FOREIGN_IF_NAMED = -0.1
FOREIGN_IF_WHOLE = 0.05
NEAR = 0.75

_SEVERAL = 2

# Conditions may leave only companies that are too far from what is meant.
_TOO_FAR = 0.5

# Linked words that make up this share of what is sought name it.
_NAMES = 0.5


class TopicSearch:
    """Decides which companies a description fits.

    Args:
        terms: For matching by words.
        meaning: For matching by meaning; None to match by words alone.
    """

    def __init__(self, terms: TermMatcher, meaning: MeaningSearch) -> None:
        self.terms = terms
        self._meaning = meaning
        # One question asks for the same text several times.
        self._meant = lru_cache(maxsize=16)(meaning.search)

    def find(self, about: About, among: Mask) -> Truth:
        """Return which of some companies a description fits; others fit it if all its words match.

        A company that every word matches needs no vector. Words that match nothing narrow the
        description (量子点显示): then its meaning decides.
        """
        matches = self._matches(about)
        found = self._found(about, matches, among)
        elsewhere = ~among & (self._common(matches) > 0)
        true = found.true | elsewhere
        return replace(found, true=true, false=~true)

    def _found(self, about: About, matches: Sequence[Scores], among: Mask) -> Truth:
        """Return which of some companies a description fits; no other fits it."""
        every = self._every(about, matches)
        if every.any() and not about.unlinked:
            return _scored(every, among)
        if self.foreign(about):
            return _scored(self.terms.nothing(), among, by_meaning=True)
        return self._nearest(about, matches, among)

    def rules_out(self, about: About) -> Mask:
        """Return the companies that are ruled out where what is described is not wanted."""
        found = np.zeros(self.terms.size, dtype=bool)
        for term in about.terms:
            found |= self.terms.rules_out(term)
        return found

    def _every(self, about: About, matches: Sequence[Scores]) -> Scores:
        """Return the companies that all words match, or any if they are alternatives."""
        classified = self.terms.classified(about.terms)
        if classified.any():
            return classified
        if about.either:
            return self._union(matches)
        return self._common(matches) if len(matches) == len(about.terms) else self.terms.nothing()

    def _nearest(self, about: About, matches: Sequence[Scores], among: Mask) -> Truth:
        """Return the companies that probably do what is described, at least the likeliest."""
        meant = self._meaning_of(about)
        candidates = np.flatnonzero(among & meant.known).astype(np.int32)
        found = self.terms.nothing()
        if len(candidates) and meant.best(among) >= _TOO_FAR * meant.best():
            scores = meant.scores + load_calibration().words * evidence(about, matches)
            told = load_calibration().probability(scores, candidates, meant, several=about.several)
            fitting = told >= min(load_calibration().fits, told.max())
            found[candidates[fitting]] = meant.scores[candidates[fitting]]
        trades = {int(one): self._meaning.trades_of(int(one), meant) for one in found.nonzero()[0]}
        return replace(_scored(found, among, by_meaning=True), trades=trades)

    def foreign(self, about: About) -> bool:
        """Return whether what is described is a trade that no row holds."""
        floor = FOREIGN
        if about.terms and about.share >= _NAMES and not self._matches(about):
            floor = FOREIGN_IF_NAMED if about.unlinked else FOREIGN_IF_WHOLE
        return self._meaning_of(about).margin < floor

    def near(self, about: About) -> Scores:
        """Return the companies that are close to a description in meaning, with their score."""
        return self._near(about, NEAR)

    def neighbours(self, about: About) -> Scores:
        """Return the companies about a neighbouring concept of a description."""
        return self.terms.neighbours(about.terms)

    def _meaning_of(self, about: About) -> Meant:
        return self._meant(self.terms.in_trade_terms(fold(about.text), about.terms))

    def _matches(self, about: About) -> list[Scores]:
        """Return the companies of each term that matches any."""
        return [match for term in about.terms if (match := self.terms.match(term)).any()]

    def _near(self, about: About, share: float) -> Scores:
        """Return the companies whose score is at least a share of the best of all."""
        meant = self._meaning_of(about)
        enough = meant.known & (meant.scores >= share * meant.best())
        return np.where(enough, meant.scores, 0.0)

    def _common(self, matches: Sequence[Scores]) -> Scores:
        """Return what all matches share, each with its best score."""
        if len(matches) < _SEVERAL:
            return self._union(matches)
        shared = np.logical_and.reduce([match > 0 for match in matches])
        return np.where(shared, self._union(matches), 0.0)

    def _union(self, matches: Sequence[Scores]) -> Scores:
        if len(matches) < _SEVERAL:
            return matches[0] if matches else self.terms.nothing()
        return np.asarray(np.maximum.reduce(matches))


def _scored(scores: Scores, among: Mask, *, by_meaning: bool = False) -> Truth:
    found = among & (scores > 0)
    return Truth(found, ~found, scores, by_meaning=by_meaning)
