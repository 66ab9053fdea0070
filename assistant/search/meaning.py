"""Companies by the meaning of a text, through the trades they are in and through their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.search.rows import RowSearch
from assistant.search.truth import Scores
from index.language.thesaurus import Thesaurus
from index.store.columns import TRADES, ColumnStore, Entities, Mask
from index.store.reader import IndexReader
from index.store.trades import IN_TRADE

# Share of the rows' own similarity in the score; the rest is that of the trades.
_ROWS_SHARE = 0.1

# Share of the second trade in what a company's trades have: one that is near by chance has no
# other near it.
_SECOND_SHARE = 0.15

# What a company of a trade has of a text about the broader trade, or about a narrower one.
_BROADER, _NARROWER = 0.9, 0.85

_NAMED_TRADES = 2

# A description is held against so many of the nearest trades that no row holds: one may be nearer
# by chance.
_RIVALS = 5


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text may mean.

    Attributes:
        scores: Of each company, how near it is, from 0 to 1; relative to the nearest trade of all.
        known: Which companies have any text to compare.
        nearest: The cosine similarity of the nearest text of all, from -1 to 1.
        margin: How much nearer the text is to the nearest trade held than to the nearest ones that
            no row holds, from -1 to 1.
        concepts: Of each concept of the thesaurus, how near it is, from 0 to 1.
    """

    scores: Scores
    known: Mask
    nearest: float
    margin: float
    concepts: NDArray[np.float32]

    def best(self, among: Mask | None = None) -> float:
        """Return the best score of all companies, or of some; 0 where there are none."""
        scores = self.scores if among is None else self.scores[among & self.known]
        return float(scores.max(initial=0.0))

    @property
    def background(self) -> float:
        """The score of the median company: what one has of any text."""
        scores = self.scores[self.known]
        return float(np.median(scores)) if len(scores) else 0.0


@dataclass(frozen=True, slots=True)
class _Trades:
    """The trades of all companies, company by company.

    Attributes:
        company: Each company that has any.
        start: Where its trades begin in ``concept``.
        concept: Places among the concepts of the thesaurus.
        share: How far it is in each, from 0 to 1.
    """

    company: Entities
    start: NDArray[np.int64]
    concept: Entities
    share: NDArray[np.float32]

    def best(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for each company the best score of its trades."""
        if not len(self.company):
            return np.zeros(0, dtype=np.float32)
        return np.asarray(np.maximum.reduceat(scores[self.concept], self.start))

    def weighted(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for each company the best score of its trades, the second best having a say."""
        if not len(self.company):
            return np.zeros(0, dtype=np.float32)
        told = scores[self.concept] * self.share
        counts = np.diff(self.start, append=len(told))
        order = np.lexsort((-told, np.repeat(np.arange(len(counts)), counts)))
        ranked = told[order]
        second = ranked[self.start + (counts > 1)]
        return np.asarray((1 - _SECOND_SHARE) * ranked[self.start] + _SECOND_SHARE * second)

    def of(self, company: int) -> Entities:
        """Return the trades of a company."""
        place = int(np.searchsorted(self.company, company))
        if place == len(self.company) or self.company[place] != company:
            return self.concept[:0]
        end = self.start[place + 1] if place + 1 < len(self.start) else len(self.concept)
        return self.concept[self.start[place] : end]


@dataclass(frozen=True, slots=True)
class _Kinship:
    """Which concept lends how much of its score to which, in the order of those that borrow.

    Attributes:
        borrower: Each concept that borrows.
        start: Where its lenders begin.
        lender: Places of concepts.
        share: What each lends, from 0 to 1.
    """

    borrower: NDArray[np.int64]
    start: NDArray[np.int64]
    lender: NDArray[np.int64]
    share: NDArray[np.float32]

    @classmethod
    def of(cls, thesaurus: Thesaurus, place: Mapping[str, int]) -> _Kinship:
        """Return the kinship of all concepts, each at its place."""
        pairs: list[tuple[int, int, float]] = []
        for concept in thesaurus.concepts():
            for broader in concept.broader:
                below, above = place[concept.term], place[broader]
                pairs += [(below, above, _BROADER), (above, below, _NARROWER)]
        pairs.sort()
        borrowers = np.array([one for one, _, _ in pairs], dtype=np.int64)
        borrower, start = np.unique(borrowers, return_index=True)
        lender = np.array([one for _, one, _ in pairs], dtype=np.int64)
        share = np.array([share for _, _, share in pairs], dtype=np.float32)
        return cls(borrower, start, lender, share)

    def widened(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the best of each concept's own score and those lent to it."""
        found = scores.copy()
        if len(self.borrower):
            lent = np.maximum.reduceat(scores[self.lender] * self.share, self.start)
            found[self.borrower] = np.maximum(found[self.borrower], lent)
        return found


def _mean_of_best(scores: NDArray[np.float32], count: int) -> float:
    return float(np.sort(scores)[-count:].mean()) if len(scores) else 0.0


class MeaningSearch:
    """Finds companies by meaning."""

    def __init__(self, index: IndexReader, columns: ColumnStore, thesaurus: Thesaurus) -> None:
        self._index = index
        self._columns = columns
        self._thesaurus = thesaurus
        self._rows = RowSearch(index, columns)

    def search(self, text: str) -> Meant:
        """Return how near every company is to ``text``, and whether any trade held is."""
        concepts = self._index.search_concepts(text)
        rows, similar = self._rows.search(text)
        trades = self._trades
        by_trade, known = rows.copy(), rows > 0
        by_trade[trades.company] = trades.weighted(self._kinship.widened(concepts.relative))
        known[trades.company] = True
        scores = np.round(_ROWS_SHARE * rows + (1 - _ROWS_SHARE) * by_trade, 4)
        near = trades.best(concepts.similarity).max(initial=-1.0)
        return Meant(
            scores=np.where(known, scores, 0.0),
            known=known,
            nearest=round(max(float(near), similar), 4),
            margin=self.margin(concepts.relative),
            concepts=concepts.relative,
        )

    def margin(self, nearness: NDArray[np.float32]) -> float:
        """Return how much nearer the nearest trade held is than the nearest ones that none holds.

        Args:
            nearness: How near each concept is, from 0 to 1.
        """
        held = nearness[self.held].max(initial=0.0)
        return round(float(held - _mean_of_best(nearness[self.foreign], _RIVALS)), 4)

    def trades_of(self, company: int, meant: Meant) -> tuple[str, ...]:
        """Return the trades of a company that are nearest to what is meant, the nearest first."""
        concepts = self._trades.of(company)
        nearest = concepts[np.argsort(-meant.concepts[concepts], kind="stable")][:_NAMED_TRADES]
        return tuple(self._index.concepts.terms[place] for place in nearest)

    @cached_property
    def _kinship(self) -> _Kinship:
        return _Kinship.of(self._thesaurus, self._index.concepts.place)

    @cached_property
    def _trades(self) -> _Trades:
        column = self._columns.column(TRADES, "")
        place = self._index.concepts.place
        concepts = np.array([place[term] for term in self._columns.trades], dtype=np.int32)
        of_trades = np.repeat(concepts, np.diff(column.start))
        order = np.lexsort((of_trades, column.entity))
        company, start = np.unique(column.entity[order], return_index=True)
        return _Trades(company, start, of_trades[order], column.weight[order])

    @cached_property
    def held(self) -> Mask:
        """Concepts that some company is in."""
        held = np.zeros(len(self._index.concepts.terms), dtype=bool)
        held[self._trades.concept[self._trades.share >= IN_TRADE]] = True
        return held

    @cached_property
    def foreign(self) -> Mask:
        """Concepts that no row holds; those beside a held one prove nothing either way."""
        terms = self._index.concepts.terms
        held = {terms[place] for place in np.flatnonzero(self.held)}
        kin = held | {one for term in held for one in self._thesaurus.kin(term)}
        return np.array([term not in kin for term in terms], dtype=bool)
