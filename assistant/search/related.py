"""Companies that are close to what is asked but do not fulfil it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assistant.query import About, And, In, Not, Or, Predicate
from assistant.search.evidence import Hit
from assistant.search.select import Selector
from assistant.search.topics import TopicSearch
from assistant.search.truth import Scores, Truth
from index.places.gazetteer import Gazetteer
from index.store.columns import Mask

_RELATED = 5
_SAME_PROVINCE = 0.5


class RelatedFinder:
    """Finds what is near to a selection."""

    def __init__(self, selector: Selector, topics: TopicSearch, gazetteer: Gazetteer) -> None:
        self._selector = selector
        self._topics = topics
        self._gazetteer = gazetteer

    def related(self, where: Predicate, truth: Truth) -> tuple[Hit, ...]:
        """Return the few companies nearest to a predicate that do not fulfil it, nearest first.

        Beside companies that fit a description these are those of a neighbouring trade; where none
        fits, those that fit it elsewhere, those near to it here, or those of the same province.
        """
        about = next(iter(descriptions(where)), None)
        if about is None:
            return () if truth.true.any() else self._of_province(where)
        here = self._selector.truth(undescribed(where)).true
        if truth.true.any():
            return self._best(self._topics.neighbours(about), here & ~truth.true)
        elsewhere = self._topics.find(about, np.ones_like(here))
        if elsewhere.true.any() and elsewhere.scores is not None:
            return self._best(elsewhere.scores, elsewhere.true)
        return self._best(self._topics.near(about), here if here.any() else ~here)

    def _best(self, scores: Scores, among: Mask) -> tuple[Hit, ...]:
        """Return the companies with the best scores, equally good ones in reading order."""
        found = np.flatnonzero(among & (scores > 0))
        best = found[np.argsort(-scores[found], kind="stable")][:_RELATED]
        companies = self._selector.companies(best)
        return tuple(
            Hit(companies[number], round(float(scores[number]), 4)) for number in map(int, best)
        )

    def _of_province(self, where: Predicate) -> tuple[Hit, ...]:
        provinces = {
            place.province
            for name in _places(where)
            for place in self._gazetteer.find(name)
            if place.province
        }
        same = self._selector.truth(In("province", tuple(sorted(provinces)))).true
        return self._best(np.full(len(same), _SAME_PROVINCE), same)


def descriptions(predicate: Predicate) -> Iterator[About]:
    """Yield what a predicate says that companies are about, not what it rules out."""
    match predicate:
        case And(parts) | Or(parts):
            for part in parts:
                yield from descriptions(part)
        case About():
            yield predicate


def undescribed(predicate: Predicate) -> Predicate:
    """Return a predicate without what companies are to be about."""
    match predicate:
        case And(parts):
            return And(tuple(map(undescribed, parts)))
        case Or(parts):
            return Or(tuple(map(undescribed, parts)))
        case About():
            return And()
        case _:
            return predicate


def _places(predicate: Predicate) -> Iterator[str]:
    """Yield the places that a predicate asks for."""
    match predicate:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _places(part)
        case In("city" | "province" | "district", values):
            yield from values
        case Not():
            return
