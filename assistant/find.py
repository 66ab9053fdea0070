"""The companies that a topic fits: by the words of their rows, and by meaning where words fail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.retrieve import search_companies
from assistant.topics import TopicMatcher
from assistant.types import Hit, Topic
from index.reader import IndexReader
from index.types import Company

# Cosine similarities of the topic to the nearest text of a company. From MEANT on a company is
# found by meaning alone; from FITS on the meaning does not contradict a company that some words
# of the topic match; from NEAR on a company is worth showing as close. With the built-in model,
# paraphrases of what a company does reach 0.65 to 0.9, unrelated trades stay below 0.42.
MEANT = 0.55
FITS = 0.30
NEAR = 0.40

_CERTAIN = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """Companies that a topic fits, best first, and whether only their meaning says so."""

    hits: tuple[Hit, ...]
    by_meaning: bool = False


class TopicFinder:
    """Decides which companies a topic fits.

    Args:
        index: For retrieval by meaning.
        topics: For matching by words.
    """

    def __init__(self, index: IndexReader, topics: TopicMatcher) -> None:
        self._index = index
        self._topics = topics

    def find(self, topic: Topic, candidates: Sequence[Company]) -> Found:
        """Return those of ``candidates`` that the topic fits, equally good ones in reading order.

        A company that every word of the topic matches needs no vector. Words that match nothing
        narrow the topic (量子点显示): then the meaning of the whole has a say too.
        """
        if not topic:
            return Found(tuple(Hit(company, _CERTAIN) for company in candidates))
        matches = self._matches(topic)
        if not matches:
            return Found(ranked(candidates, self._meant(topic, MEANT)), by_meaning=True)
        every = _common(matches) if not topic.either else _union(matches)
        if every and len(matches) == len(topic.terms) and not topic.unknown:
            return Found(ranked(candidates, every))
        meant = self._meant(topic, FITS if every else MEANT)
        pool = every or _union(matches)
        return Found(ranked(candidates, {one: s for one, s in meant.items() if one in pool}))

    def mentions(self, topic: Topic) -> set[str]:
        """Return the ids of all companies that every known word of the topic matches."""
        return set(_common(self._matches(topic)))

    def near(self, topic: Topic, candidates: Iterable[Company]) -> tuple[Hit, ...]:
        """Return the companies that are close to the topic in meaning, best first."""
        return ranked(candidates, self._meant(topic, NEAR))

    def neighbours(self, topic: Topic, candidates: Iterable[Company]) -> tuple[Hit, ...]:
        """Return the companies about a neighbouring concept of the topic, best first."""
        near = [self._topics.neighbours(term) for term in topic.terms]
        return ranked(candidates, _union(near))

    def _matches(self, topic: Topic) -> list[dict[str, float]]:
        """Return the companies of each term that matches any."""
        return [match for term in topic.terms if (match := self._topics.match(term))]

    def _meant(self, topic: Topic, floor: float) -> dict[str, float]:
        found = search_companies(
            self._index, self._topics.in_trade_terms(topic.phrase, topic.terms)
        )
        return {scored.key: scored.score for scored in found if scored.similarity >= floor}


def ranked(candidates: Iterable[Company], scores: Mapping[str, float]) -> tuple[Hit, ...]:
    """Return the candidates that have a score, best first, in the order given on ties."""
    hits = [Hit(company, scores[company.id]) for company in candidates if company.id in scores]
    return tuple(sorted(hits, key=lambda hit: -hit.score))


def _common(matches: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return what all matches share, each with its best score."""
    shared = set(matches[0]).intersection(*matches) if matches else set()
    return {key: value for key, value in _union(matches).items() if key in shared}


def _union(matches: Sequence[Mapping[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for match in matches:
        for key, score in match.items():
            found[key] = max(score, found.get(key, 0.0))
    return found
