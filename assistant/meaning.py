"""Companies by the meaning of a question, through the trades they are in and through their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.retrieve import search_companies
from assistant.understanding.topics import TopicMatcher
from index.language.thesaurus import Thesaurus
from index.store.reader import IndexReader

# Share of the rows' own similarity in the score; the rest is that of the trades.
_ROWS_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text may mean.

    Attributes:
        scores: By company id, how near it is, from 0 to 1; relative to the nearest trade of all.
        similarities: By company id, the cosine similarity of its nearest text, from -1 to 1.
        margin: How much nearer the text is to the trades held than to those that no row holds,
            from -1 to 1.
    """

    scores: Mapping[str, float]
    similarities: Mapping[str, float]
    margin: float


class MeaningSearch:
    """Finds companies by meaning.

    Args:
        index: The texts and their vectors.
        topics: Knows which trades the rows name.
        thesaurus: All trades.
    """

    def __init__(self, index: IndexReader, topics: TopicMatcher, thesaurus: Thesaurus) -> None:
        self._index = index
        self._trades = topics.trades()
        self._thesaurus = thesaurus

    def search(self, text: str) -> Meant:
        """Return every company with how near it is to ``text``, and whether any trade held is."""
        concepts = self._index.search_concepts(text)
        rows = {one.key: one for one in search_companies(self._index, text)}
        nearest_row = max((one.score for one in rows.values()), default=0.0) or 1.0
        scores, similarities = {}, {}
        for key in {*self._places, *rows}:
            row = rows[key].score / nearest_row if key in rows else 0.0
            places = self._places.get(key)
            trade = float(concepts.relative[places].max()) if places is not None else row
            scores[key] = round(_ROWS_SHARE * row + (1 - _ROWS_SHARE) * trade, 4)
            near = float(concepts.similarity[places].max()) if places is not None else -1.0
            similarities[key] = round(max(near, rows[key].similarity if key in rows else -1.0), 4)
        held = concepts.relative[self._held].max(initial=0.0)
        foreign = concepts.relative[self._foreign].max(initial=0.0)
        return Meant(scores, similarities, round(float(held - foreign), 4))

    @cached_property
    def _places(self) -> dict[str, NDArray[np.int64]]:
        """The places of each company's trades among all concepts."""
        place = self._index.concepts.place
        return {
            company: np.array([place[term] for term in terms], dtype=np.int64)
            for company, terms in self._trades.items()
        }

    @cached_property
    def _held(self) -> NDArray[np.bool_]:
        held = {term for terms in self._trades.values() for term in terms}
        return np.array([term in held for term in self._index.concepts.terms], dtype=bool)

    @cached_property
    def _foreign(self) -> NDArray[np.bool_]:
        """Concepts that no row holds; those beside a held one prove nothing either way."""
        held = {term for terms in self._trades.values() for term in terms}
        kin = held | {one for term in held for one in self._thesaurus.kin(term)}
        return np.array([term not in kin for term in self._index.concepts.terms], dtype=bool)
