"""The industry thesaurus: what a topic word also means, and how lay people would say it.

``data/thesaurus.toml`` has the concepts with their words, ``data/glosses.tsv`` what each does in
everyday words. Both are general: they know nothing of any list.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import ahocorasick

from index.text import fold, is_whole_word

# How concepts end that serve a trade rather than being a kind of it: 锂电池材料, 半导体设备.
_SERVING = ("材料", "设备", "装备", "零部件", "部件", "配件", "辅料", "耗材", "检测", "服务")


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: its term, its other names, the broader concepts it belongs to, its glosses."""

    term: str
    same: tuple[str, ...]
    broader: tuple[str, ...]
    lay: tuple[str, ...]
    glosses: tuple[str, ...] = ()

    def surfaces(self) -> tuple[str, ...]:
        """Return every word for the concept, folded, the term first."""
        return (self.term, *self.same, *self.lay)


class Thesaurus:
    """Concepts with their narrower ones.

    Args:
        concepts: All concepts; every broader one must be among them.
    """

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._concepts = concepts
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
    """Return the thesaurus of ``data/thesaurus.toml``."""
    data = tomllib.loads((files("index") / "data/thesaurus.toml").read_text("utf-8"))
    glosses = dict(_glosses((files("index") / "data/glosses.tsv").read_text("utf-8")))
    concepts = {
        fold(term): Concept(
            term=fold(term),
            same=_folded(entry.get("same", [])),
            broader=_folded(entry.get("broader", [])),
            lay=_folded(entry.get("lay", [])),
            glosses=glosses.get(term, ()),
        )
        for term, entry in data.items()
    }
    return Thesaurus(concepts)


def _glosses(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in text.splitlines():
        term, _, told = line.partition("\t")
        if told:
            yield term, tuple(told.split("；"))


def _folded(words: list[str]) -> tuple[str, ...]:
    return tuple(fold(word) for word in words)
