"""The industry thesaurus: what a topic word also means, and how lay people would say it.

``data/thesaurus.tsv`` has the concepts with their words, ``data/glosses.tsv`` what each does in
everyday words, ``data/likened.tsv`` the firms and products abroad that it is likened to. All are
general: they know nothing of any list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import ahocorasick

from index.text import fold, is_whole_word

# Between the words of a column, folded as they are.
_BETWEEN = fold("；")
# How concepts end that serve a trade rather than being a kind of it: 锂电池材料, 半导体设备.
_SERVING = ("材料", "设备", "装备", "零部件", "部件", "配件", "辅料", "耗材", "检测", "服务")


Glosses = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: its term, its other names, the broader concepts it belongs to."""

    term: str
    same: tuple[str, ...]
    broader: tuple[str, ...]
    lay: tuple[str, ...]

    def surfaces(self) -> tuple[str, ...]:
        """Return every word for the concept, folded, the term first."""
        return (self.term, *self.same, *self.lay)


class Thesaurus:
    """Concepts with their narrower ones.

    Args:
        concepts: All concepts; every broader one must be among them.
        glosses: Reads what each concept does, in everyday words, by its term; called when first
            asked for.
        likened: Reads what each concept is likened to, the same way.
    """

    def __init__(
        self,
        concepts: Mapping[str, Concept],
        glosses: Callable[[], Glosses] = dict,
        likened: Callable[[], Glosses] = dict,
    ) -> None:
        self._concepts = concepts
        self._read_glosses = glosses
        self._read_likened = likened
        self._narrower: defaultdict[str, list[str]] = defaultdict(list)
        self._by_surface: dict[str, Concept] = {}
        for concept in concepts.values():
            for broader in concept.broader:
                self._narrower[broader].append(concept.term)
            for surface in concept.surfaces():
                self._by_surface.setdefault(surface, concept)

    def surfaces(self) -> Iterator[str]:
        """Yield every word of every concept, folded."""
        yield from self._by_surface

    def concepts(self) -> Iterator[Concept]:
        """Yield every concept, in the order of the data file."""
        yield from self._concepts.values()

    @cached_property
    def _glosses(self) -> Glosses:
        return self._read_glosses()

    def texts_of(self, concept: Concept) -> tuple[str, ...]:
        """Return the term of a concept and what it does, in everyday words."""
        return (concept.term, *self._glosses.get(concept.term, ()))

    @cached_property
    def _likened(self) -> Glosses:
        return self._read_likened()

    def words_of(self, concept: Concept) -> tuple[str, ...]:
        """Return all that is said of a concept: names, descriptions, what it is likened to."""
        likened = self._likened.get(concept.term, ())
        return tuple(dict.fromkeys((*concept.surfaces(), *self.texts_of(concept), *likened)))

    def kin(self, term: str) -> set[str]:
        """Return the terms of the concepts right above, below and beside a concept."""
        concept = self._concepts[term]
        beside = (one for broader in concept.broader for one in self._narrower[broader])
        return {*concept.broader, *self._narrower[term], *beside}

    def words_in(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and word of the concepts in a folded text, without overlaps.

        Longest first: 激光通信 does not count as 光通信.
        """
        for last, word in self._automaton.iter_long(text):
            start, end = last + 1 - len(word), last + 1
            if is_whole_word(text, start, end):
                yield start, end, word

    def concept(self, word: str) -> Concept | None:
        """Return the concept of a folded ``word``, or None."""
        return self._by_surface.get(word)

    @cached_property
    def _automaton(self) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        for word in self._by_surface:
            automaton.add_word(word, word)
        automaton.make_automaton()
        return automaton

    def knows(self, word: str) -> bool:
        """Return whether a folded ``word`` belongs to any concept."""
        return word in self._by_surface

    def same(self, word: str) -> tuple[str, ...]:
        """Return the words that mean the same as a folded ``word``, itself first."""
        concept = self._by_surface.get(word)
        return tuple(dict.fromkeys((word, *concept.surfaces()))) if concept else (word,)

    def trade_term(self, word: str) -> str:
        """Return the industry's term for a lay ``word`` (意念控制 → 脑机接口), else the word."""
        concept = self._by_surface.get(word)
        return concept.term if concept and word in concept.lay else word

    def widened(self, word: str) -> tuple[str, ...]:
        """Return ``word``, its synonyms, and those of all narrower concepts, nearest first.

        Never of broader ones: who asks for 激光雷达 does not want every sensor.
        """
        concept = self._by_surface.get(word)
        if concept is None:
            return (word,)
        queue = [concept.term]
        queued = set(queue)
        for term in queue:
            fresh = [one for one in self._narrower.get(term, ()) if one not in queued]
            queue += fresh
            queued.update(fresh)
        found = (surface for term in queue for surface in self._concepts[term].surfaces())
        return tuple(dict.fromkeys((word, *found)))

    def kinds(self, word: str) -> tuple[str, ...]:
        """Return ``word``, its synonyms and its kinds, but not what only serves it.

        Who wants no batteries may still want battery materials.
        """
        concept = self._by_surface.get(word)
        if concept is None:
            return (word,)
        queue = [concept.term]
        for term in queue:
            narrower = (
                one
                for one in self._narrower[term]
                if one.startswith(word) or not one.endswith(_SERVING)
            )
            queue.extend(one for one in narrower if one not in queue)
        found = (surface for term in queue for surface in self._concepts[term].surfaces())
        return tuple(dict.fromkeys((word, *found)))

    def neighbours(self, word: str) -> tuple[str, ...]:
        """Return the words of the broader concepts of ``word`` and of their narrower ones."""
        concept = self._by_surface.get(word)
        if concept is None:
            return ()
        found = (near for broader in concept.broader for near in self.widened(broader))
        return tuple(dict.fromkeys(found))


@cache
def load_thesaurus() -> Thesaurus:
    """Return the thesaurus of ``data/thesaurus.tsv``."""
    concepts = {}
    # Folded line by line: one call instead of one for each word.
    for line in map(fold, _lines("data/thesaurus.tsv")):
        if line and not line.startswith("#"):
            term, *columns = line.split("\t")
            same, broader, lay = (_words(columns, place) for place in range(3))
            concepts[term] = Concept(term, same, broader, lay)
    return Thesaurus(concepts, read_glosses, read_likened)


def read_glosses() -> Glosses:
    """Return what the concepts of ``data/glosses.tsv`` do, in everyday words, by folded term."""
    return _told("data/glosses.tsv")


def read_likened() -> Glosses:
    """Return the firms and products of ``data/likened.tsv``, by folded term."""
    return _told("data/likened.tsv")


def _told(name: str) -> Glosses:
    told = (line.partition("\t") for line in _lines(name))
    return {fold(term): tuple(glosses.split("；")) for term, _, glosses in told if glosses}


def _lines(name: str) -> Iterator[str]:
    yield from (files("index") / name).read_text("utf-8").splitlines()


def _words(columns: Sequence[str], place: int) -> tuple[str, ...]:
    """Return the words of a column; none of one that is empty or left out."""
    text = columns[place] if place < len(columns) else ""
    return tuple(text.split(_BETWEEN)) if text else ()
