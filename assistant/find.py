"""The companies that a topic fits: by the words of their rows, and by meaning where words fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.meaning import MeaningSearch
from assistant.types import Hit, Topic
from assistant.understanding.topics import TopicMatcher
from index.schema.normalize import fold
from index.types import Company

# Calibrated on the development half of the questions, and on descriptions of trades that no row
# holds. A question is foreign if such a trade is nearer by more than FOREIGN, or nearer at all
# where the question is mostly its name. From the similarity HINTED on, words beside other
# conditions are about a company, and from a lower one on if several are nouns; from NEAR times the
# best score on, a company is worth showing as close.
FOREIGN = -0.33
FOREIGN_IF_NAMED = 0.0
HINTED = 0.45
HINTED_BY_NOUNS = 0.32
NEAR = 0.75

_SEVERAL_NOUNS = 2

# Found by meaning are the best and those about as good: at least this share of the best score,
# less where the question asks for several. Conditions may leave only companies that are too far
# from what is meant.
_AS_GOOD = 0.92
_AS_GOOD_OF_SEVERAL = 0.85
_MOST = 3
_TOO_FAR = 0.5

# Words that match rows make the meaning only narrow them down: at least this share of the best.
_FITS = 0.85

# So many words must be linked before most of them may stand for all.
_MANY_WORDS = 3

# Linked words that make up this share of what is sought say enough without the rest.
_ENOUGH = 0.5

_CERTAIN = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """Companies that a topic fits, best first, and whether only their meaning says so."""

    hits: tuple[Hit, ...]
    by_meaning: bool = False


class TopicFinder:
    """Decides which companies a topic fits.

    Args:
        topics: For matching by words.
        meaning: For matching by meaning.
    """

    def __init__(self, topics: TopicMatcher, meaning: MeaningSearch) -> None:
        self._topics = topics
        # One question asks for the same text several times.
        self._meant = lru_cache(maxsize=16)(meaning.search)

    def find(self, topic: Topic, candidates: Sequence[Company]) -> Found:
        """Return those of ``candidates`` that the topic fits, equally good ones in reading order.

        A company that every word of the topic matches needs no vector. Words that match nothing
        narrow the topic (量子点显示): then the meaning of the whole has a say too.
        """
        unwanted = {one for term in topic.excluded for one in self._topics.rules_out(term)}
        candidates = [company for company in candidates if company.id not in unwanted]
        if not topic:
            return Found(tuple(Hit(company, _CERTAIN) for company in candidates))
        matches = self._matches(topic)
        every = self._every(topic, matches)
        if every and topic.share >= _ENOUGH:
            if not topic.unknown:
                return Found(ranked(candidates, every))
            meant = self._near(topic, _FITS)
            fitting = {one: score for one, score in meant.items() if one in every}
            if fitting or not self._meant(self._sought(topic)).margin < FOREIGN_IF_NAMED:
                return Found(ranked(candidates, fitting))
        if mostly := _most(matches):
            return Found(ranked(candidates, mostly), by_meaning=True)
        if self.foreign(topic):
            return Found((), by_meaning=True)
        return Found(self._nearest(topic, candidates), by_meaning=True)

    def _every(self, topic: Topic, matches: Sequence[Mapping[str, float]]) -> dict[str, float]:
        """Return the companies that all words of a topic match, or any if they are alternatives."""
        classified = self._topics.classified(topic.terms)
        if classified or topic.either:
            return classified or _union(matches)
        return _common(matches) if len(matches) == len(topic.terms) else {}

    def _nearest(self, topic: Topic, candidates: Sequence[Company]) -> tuple[Hit, ...]:
        """Return the candidates nearest in meaning, if they are near enough."""
        scores = self._meant(self._sought(topic)).scores
        hits = ranked(candidates, scores)
        if not hits or hits[0].score < _TOO_FAR * max(scores.values()):
            return ()
        share = _AS_GOOD_OF_SEVERAL if topic.several else _AS_GOOD
        return tuple(hit for hit in hits if hit.score >= share * hits[0].score)[:_MOST]

    def mentions(self, topic: Topic) -> set[str]:
        """Return the ids of all companies that every known word of the topic matches."""
        return set(_common(self._matches(topic)))

    def foreign(self, topic: Topic) -> bool:
        """Return whether what is sought is about a trade that no row holds."""
        named = topic.terms and topic.share >= _ENOUGH and not self._matches(topic)
        floor = FOREIGN_IF_NAMED if named else FOREIGN
        return self._meant(self._sought(topic)).margin < floor

    def _sought(self, topic: Topic) -> str:
        return self._topics.in_trade_terms(topic.sought or topic.phrase, topic.terms)

    def hinted(self, topic: Topic) -> bool:
        """Return whether loose words beside conditions come close to what any company does."""
        nouns = sum(fold(word) in topic.sought for word in topic.stray)
        floor = HINTED_BY_NOUNS if nouns >= _SEVERAL_NOUNS else HINTED
        return self.similarity(topic.sought) >= floor and not self.foreign(topic)

    def near(self, topic: Topic, candidates: Iterable[Company]) -> tuple[Hit, ...]:
        """Return the companies that are close to the topic in meaning, best first."""
        return ranked(candidates, self._near(topic, NEAR))

    def neighbours(self, topic: Topic, candidates: Iterable[Company]) -> tuple[Hit, ...]:
        """Return the companies about a neighbouring concept of the topic, best first."""
        near = [self._topics.neighbours(term) for term in topic.terms]
        return ranked(candidates, _union(near))

    def _matches(self, topic: Topic) -> list[dict[str, float]]:
        """Return the companies of each term that matches any."""
        return [match for term in topic.terms if (match := self._topics.match(term))]

    def similarity(self, text: str) -> float:
        """Return the cosine similarity of the nearest company, from -1 to 1."""
        return max(self._meant(fold(text)).similarities.values(), default=-1.0)

    def _near(self, topic: Topic, share: float) -> dict[str, float]:
        """Return the companies whose score is at least a share of the best of all."""
        scores = self._meant(self._sought(topic)).scores
        best = max(scores.values(), default=0.0)
        return {key: score for key, score in scores.items() if score >= share * best}


def ranked(candidates: Iterable[Company], scores: Mapping[str, float]) -> tuple[Hit, ...]:
    """Return the candidates that have a score, best first, in the order given on ties."""
    hits = [Hit(company, scores[company.id]) for company in candidates if company.id in scores]
    return tuple(sorted(hits, key=lambda hit: -hit.score))


def _common(matches: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return what all matches share, each with its best score."""
    shared = set(matches[0]).intersection(*matches) if matches else set()
    return {key: value for key, value in _union(matches).items() if key in shared}


def _most(matches: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the companies that most of at least three words match, and no other matches more."""
    counts = Counter(key for match in matches for key in match)
    most = max(counts.values(), default=0)
    if len(matches) < _MANY_WORDS or most <= len(matches) / 2:
        return {}
    scores = _union(matches)
    return {key: scores[key] * most / len(matches) for key, one in counts.items() if one == most}


def _union(matches: Sequence[Mapping[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for match in matches:
        for key, score in match.items():
            found[key] = max(score, found.get(key, 0.0))
    return found
