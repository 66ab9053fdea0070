"""The companies that a topic fits: by the words of their rows, and by meaning where words fail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.meaning import MeaningSearch
from assistant.types import Hit, Topic
from assistant.understanding.topics import TopicMatcher
from index.normalize import fold
from index.types import Company

# Calibrated on the development half of the questions, and on descriptions of trades that no row
# holds. A question is foreign if such a trade is nearer by more than FOREIGN: of 400 descriptions
# of foreign trades two in ten passed, of 244 development questions nine in ten. From the similarity
# HINTED on, words beside other conditions are about a company; from FITS times the best score on,
# the meaning does not contradict a company that words of the topic match; from NEAR times on it is
# worth showing as close.
FOREIGN = -0.22
HINTED = 0.44
FITS = 0.70
NEAR = 0.75

# Found by meaning are the best and those about as good: at least this share of its score, and
# more of them, though never many, where the best is far from certain.
_AS_GOOD = 0.95
_AS_GOOD_IF_UNSURE = 0.85
_SURE = 0.55
_MOST = 3

# What a match of some word of the topic adds to the score by meaning, the rarer the word the more.
_WORD_BONUS = 0.12

# Linked words that make up this share of what is sought say enough without the rest.
_ENOUGH = 0.5

# A trade that makes up nearly all of what is sought and that no row knows rules everything out.
_NEARLY_ALL = 0.8

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
        every = _union(matches) if topic.either else _common(matches)
        every = self._topics.classified(topic.terms) or every
        if every and topic.share >= _ENOUGH:
            if len(matches) == len(topic.terms) and not topic.unknown:
                return Found(ranked(candidates, every))
            meant = self._near(topic, FITS)
            return Found(ranked(candidates, {one: s for one, s in meant.items() if one in every}))
        named = topic.terms and not matches and topic.share >= _NEARLY_ALL
        if named or self.foreign(topic):
            return Found((), by_meaning=True)
        return Found(self._best(topic, candidates, matches), by_meaning=True)

    def _best(
        self,
        topic: Topic,
        candidates: Sequence[Company],
        matches: Sequence[Mapping[str, float]],
    ) -> tuple[Hit, ...]:
        """Return the candidates nearest in meaning; a word that matches speaks for them too."""
        bonus: dict[str, float] = {}
        for match in matches:
            for key in match:
                bonus[key] = bonus.get(key, 0.0) + _WORD_BONUS / len(match) ** 0.5
        meant = self._meant(self._sought(topic))
        scores = {
            key: min(score + bonus.get(key, 0.0), _CERTAIN) for key, score in meant.scores.items()
        }
        hits = ranked(candidates, scores)
        if not hits:
            return ()
        best = hits[0].score
        share = _AS_GOOD if best >= _SURE else _AS_GOOD_IF_UNSURE
        return tuple(hit for hit in hits if hit.score >= share * best)[:_MOST]

    def mentions(self, topic: Topic) -> set[str]:
        """Return the ids of all companies that every known word of the topic matches."""
        return set(_common(self._matches(topic)))

    def foreign(self, topic: Topic) -> bool:
        """Return whether what is sought is about a trade that no row holds."""
        return self._meant(self._sought(topic)).margin < FOREIGN

    def _sought(self, topic: Topic) -> str:
        return self._topics.in_trade_terms(topic.sought or topic.phrase, topic.terms)

    def hinted(self, sought: str, candidates: Iterable[Company]) -> bool:
        """Return whether words beside conditions come close to what any candidate does."""
        topic = Topic(sought=sought)
        similarities = self._meant(self._sought(topic)).similarities
        near = any(similarities.get(one.id, 0.0) >= HINTED for one in candidates)
        return near and not self.foreign(topic)

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


def _union(matches: Sequence[Mapping[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for match in matches:
        for key, score in match.items():
            found[key] = max(score, found.get(key, 0.0))
    return found
