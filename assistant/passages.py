"""Passages by the words of a question: how much of what it asks each of them says."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from assistant.understanding.words import load_words
from index.normalize import fold, plain_heading
from index.segment import Segmenter
from index.thesaurus import Thesaurus
from index.types import Clause, Corpus, Origin, Passage, StatisticsRow

Told = Clause | Passage | StatisticsRow

# Words shorter than this are particles of these questions, or say too little.
_SHORTEST = 2

# A stretch of a longer word counts for less than its share of it.
_PART = 0.8

# What the title of a list says holds for all of it: it hardly tells one passage from another.
_IN_TITLE = 0.1


@dataclass(frozen=True, slots=True)
class Unit:
    """One passage as it is searched.

    Attributes:
        told: The rule, note or row itself.
        own: Its own words, folded.
        around: The words of the headings above it and of the headers of its columns, folded.
        title: The title of its list, folded.
    """

    told: Told
    own: str
    around: str
    title: str

    @property
    def origin(self) -> Origin:
        """Where it stands."""
        return self.told.origin


@dataclass(frozen=True, slots=True)
class Covered:
    """A passage found.

    Attributes:
        share: How much of the question's words it says with what stands around it, from 0 to 1.
        around: How much of them the headings and headers alone say.
        beyond: How much it says of the words that nothing else in the question explains; 0 where
            there are none.
    """

    unit: Unit
    share: float
    around: float
    beyond: float


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files("assistant") / "data/passages.toml").read_text("utf-8"))


@cache
def _same() -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, dict[str, None]] = {}
    for group in _data()["same"]:
        for word in group:
            groups.setdefault(word, {}).update(dict.fromkeys(group))
    return {word: tuple(found) for word, found in groups.items()}


@cache
def _ignored() -> frozenset[str]:
    words = load_words()
    asking = (word for cue in ("list", "count", "follow_up", "help") for word in words.cues[cue])
    return frozenset({*map(fold, _data()["ignored"]), *words.filler, *asking})


class PassageFinder:
    """Finds rules, notes and rows of statistics by the words of a question.

    Args:
        corpus: Where they stand.
        segmenter: Cuts questions into words.
        thesaurus: Words of the trades that stand for each other.
    """

    def __init__(self, corpus: Corpus, segmenter: Segmenter, thesaurus: Thesaurus) -> None:
        self._units = list(_units(corpus))
        self._segmenter = segmenter
        self._thesaurus = thesaurus
        self._held = lru_cache(maxsize=4096)(self._holding)

    def find(
        self, text: str, explained: Collection[str] = (), sources: Collection[str] | None = None
    ) -> list[Covered]:
        """Return the passages that say anything of a question, best first.

        Args:
            text: The question.
            explained: Stretches of it that mean something else too, such as a city.
            sources: The lists to look in; None for all.
        """
        words = self.content(text)
        if not words:
            return []
        beyond = [word not in "".join(explained) for word in words]
        weights = [self._weight(word) for word in words]
        found = []
        for number in sorted({one for word in words for one in self._held(word)}):
            unit = self._units[number]
            if sources is None or unit.origin.source in sources:
                found.append(self._covered(number, words, weights, beyond))
        return sorted((one for one in found if one.share), key=lambda one: -one.share)

    def content(self, text: str) -> list[str]:
        """Return the words of a question that say what it is about."""
        words = dict.fromkeys(self._segmenter.words(text))
        return [
            word
            for word in words
            if len(word) >= _SHORTEST and word not in _ignored() and any(map(str.isalnum, word))
        ]

    def section(self, unit: Unit) -> list[Unit]:
        """Return all passages that stand under the same headings, in reading order."""
        origin = unit.origin
        return [
            one
            for one in self._units
            if (one.origin.source, one.origin.section) == (origin.source, origin.section)
        ]

    def _covered(
        self, number: int, words: Sequence[str], weights: Sequence[float], beyond: Sequence[bool]
    ) -> Covered:
        unit = self._units[number]
        total = said = around = asked = answered = 0.0
        for word, weight, open_ in zip(words, weights, beyond, strict=True):
            own, context = self._held(word).get(number, (0.0, 0.0))
            best = max(own, context)
            if any(form in unit.title for form in self._forms(word)):
                weight, best, context = weight * _IN_TITLE, 1.0, 1.0
            total += weight
            said += weight * best
            around += weight * context
            if open_:
                asked += weight
                answered += weight * best
        beyond_share = answered / asked if asked else 0.0
        return Covered(unit, said / total, around / total, beyond_share)

    def _weight(self, word: str) -> float:
        """Return how much a word tells: the rarer, the more."""
        return math.log(1 + len(self._units) / (len(self._held(word)) + 0.5))

    def _forms(self, word: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*_same().get(word, (word,)), *self._thesaurus.same(word))))

    def _holding(self, word: str) -> dict[int, tuple[float, float]]:
        """Return the numbers of the units that hold a word, and how much of it.

        The first figure is for the unit's own words, the second for those around it.
        """
        forms = self._forms(word)
        found = {}
        for number, unit in enumerate(self._units):
            own, around = _part(forms, unit.own), _part(forms, unit.around)
            if own or around:
                found[number] = own, around
        return found


def _part(forms: Sequence[str], text: str) -> float:
    """Return how much of a word a text holds: 1 for one of its forms, less for a stretch of it."""
    if any(form in text for form in forms):
        return 1.0
    word = forms[0]
    for length in range(len(word) - 1, _SHORTEST - 1, -1):
        if any(word[i : i + length] in text for i in range(len(word) - length + 1)):
            return _PART * length / len(word)
    return 0.0


def _units(corpus: Corpus) -> Iterator[Unit]:
    titles = {document.source: fold(document.title) for document in corpus.documents}
    for clause in corpus.clauses:
        aspect = clause.aspect.text if clause.aspect else ""
        own = f"{clause.dimension} {aspect} {clause.text}"
        yield _unit(clause, own, "", titles)
    for note in corpus.notes:
        if not re.search(_data()["hidden"], note.text, re.IGNORECASE):
            yield _unit(note, note.text, "", titles)
    for row in corpus.statistics:
        own = " ".join(value.text for value in row.values.values())
        yield _unit(row, own, row.header.text, titles)


def _unit(told: Told, own: str, header: str, titles: Mapping[str, str]) -> Unit:
    title = titles.get(told.origin.source, "")
    headings = [plain_heading(one) for one in told.origin.section if fold(one) != title]
    return Unit(told, fold(own), fold(" ".join((*headings, header))), title)
