"""Which companies are about a word, by the words of their rows, widened by the thesaurus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

import numpy as np

from assistant.search.truth import Scores
from index.language.thesaurus import Thesaurus
from index.store.chunks import TOPIC_FIELDS
from index.store.columns import TERMS, ColumnStore, Entities, FieldColumn, Mask
from index.store.terms import WHOLE, WITHIN
from index.text import is_whole_word, split_list

# How certain a match is where the word is a narrower term, or about a neighbouring concept only.
_NARROWER, _NEAR = 0.8, 0.5

_SHORTEST = 2

# Read only for words that no other field holds: 全球安防第二 says more of rank than of trade.
_LAST_RESORT = ("position",)

# Headings of trades that name several at once: 新能源/新材料.
_HEADING = "industry"

_COMPANIES = "companies"

_REMEMBERED = 1024


class TermMatcher:
    """Finds companies by words."""

    def __init__(self, columns: ColumnStore, thesaurus: Thesaurus) -> None:
        self._columns = columns
        self.thesaurus = thesaurus
        self.size = columns.size(_COMPANIES)
        self._beside = lru_cache(maxsize=_REMEMBERED)(self._neighbours)

    @cached_property
    def terms(self) -> FieldColumn:
        """The words of the thesaurus that rows hold."""
        return self._columns.column(TERMS, "")

    def _held(self, words: Iterable[str]) -> dict[str, int]:
        """Return those of some words of the thesaurus that a row holds, with their numbers."""
        held = self._columns.terms
        return {word: held[word] for word in words if word in held}

    def nothing(self) -> Scores:
        """Return scores of 0."""
        return np.zeros(self.size)

    def match(self, term: str) -> Scores:
        """Return how well each company fits a folded term: 0, or from 0.8 to 1."""
        found = self.nothing()
        same = self.thesaurus.same(term)
        for word, number in self._held(self.thesaurus.widened(term)).items():
            ceiling = WHOLE if word in same else _NARROWER
            start, end = self.terms.start[number : number + 2]
            holders, weights = self.terms.entity[start:end], self.terms.weight[start:end]
            found[holders] = np.maximum(found[holders], np.minimum(weights, ceiling))
        for companies, score in self._literal(term):
            known = found[companies]
            found[companies] = np.where(known > 0, known, score)
        found[self._headed(term)] = WHOLE
        return found if found.any() else self._ranked_for(same)

    def _headed(self, term: str) -> Mask:
        """Return the companies that stand under the heading of a trade: 3.4 物联网安全.

        Who stands under 机器人/智能制造 is not said to be of either.
        """
        found = np.zeros(self.size, dtype=bool)
        listed = found.copy()
        column = self._columns.column(_COMPANIES, _HEADING)
        for number, text in self._columns.containing(_COMPANIES, _HEADING, term):
            if term == text:
                found[column.holders(number)] = True
            elif term in split_list(text):
                listed[column.holders(number)] = True
        return found & ~listed

    def _ranked_for(self, words: Iterable[str]) -> Scores:
        """Return the companies whose place in the market is told with one of ``words``."""
        found = self.nothing()
        for word in words:
            for companies, _ in self._containing(_LAST_RESORT, word):
                found[companies] = WITHIN
        return found

    def rules_out(self, term: str) -> Mask:
        """Return the companies about a folded ``term``, or whose trade is a kind of it.

        A technology alone does not make a company one of the trade: 视频分析 is a kind of 人工智能,
        but 海康 is a company of 安防.
        """
        found = np.zeros(self.size, dtype=bool)
        same = self.thesaurus.same(term)
        held = self._held(dict.fromkeys((*same, *self.thesaurus.kinds(term))))
        for word, number in held.items():
            holders = self.terms.holders(number)
            if word not in same and term not in word:
                start, end = self.terms.start[number : number + 2]
                holders = holders[self.terms.trade[start:end]]
            found[holders] = True
        for companies, _ in self._literal(term):
            found[companies] = True
        return found

    def classified(self, terms: Sequence[str]) -> Scores:
        """Return the companies under the heading that ``terms`` name whole: 新能源/新材料."""
        found = self.nothing()
        named = frozenset(terms)
        column = self._columns.column(_COMPANIES, _HEADING)
        if not column.texts:
            return found
        for term in terms:
            for number, text in self._columns.containing(_COMPANIES, _HEADING, term):
                parts = frozenset(split_list(text))
                if parts <= named and len(parts) > 1:
                    found[column.holders(number)] = WHOLE
        return found

    def holds(self, words: Iterable[str]) -> dict[str, bool]:
        """Return of each folded word whether any company's row holds it."""
        told = list(dict.fromkeys(words))
        held = self._held(told)
        return {one: one in held or any(True for _ in self._literal(one)) for one in told}

    def knows(self, word: str) -> bool:
        """Return whether any company's row holds a folded ``word``."""
        return self.holds([word])[word]

    def in_trade_terms(self, phrase: str, terms: Iterable[str]) -> str:
        """Return a folded phrase with the industry's terms for lay words."""
        for term in terms:
            phrase = phrase.replace(term, self.thesaurus.trade_term(term))
        return phrase

    def neighbours(self, terms: Iterable[str]) -> Scores:
        """Return the companies about the broader concepts of terms, scored below a match."""
        found = self.nothing()
        for number in {one for term in terms for one in self._beside(term)}:
            found[self.terms.holders(number)] = _NEAR
        return found

    def _neighbours(self, term: str) -> tuple[int, ...]:
        """Return the numbers of the words of the broader concepts of a term that rows hold."""
        return tuple(self._held(self.thesaurus.neighbours(term)).values())

    def _literal(self, word: str) -> Iterator[tuple[Entities, float]]:
        """Yield the companies whose rows hold a word that the thesaurus cannot vouch for.

        The thesaurus knows where one of its words ends (充电芯片 holds no 电芯), so a word it has
        found in some row is not looked for by its letters.
        """
        if len(word) < _SHORTEST or self._held([word]):
            return
        found = False
        for companies, score in self._containing(TOPIC_FIELDS, word):
            found = True
            yield companies, score
        if not found:
            yield from self._containing(_LAST_RESORT, word)

    def _containing(self, fields: Iterable[str], word: str) -> Iterator[tuple[Entities, float]]:
        for field in fields:
            column = self._columns.column(_COMPANIES, field)
            for number, text in self._columns.containing(_COMPANIES, field, word):
                start = text.find(word)
                if start >= 0 and self._stands_apart(text, start, start + len(word)):
                    yield column.holders(number), WHOLE if text == word else WITHIN

    def _stands_apart(self, text: str, start: int, end: int) -> bool:
        """Return whether a stretch is a word of its own, or stands for a term that it is part of.

        The head of a Chinese compound is its end: 机器 says nothing of 机器人. A word may also
        begin one, if another word follows (存储芯片 is 存储), but never lie across its words
        (充电芯片 holds no 电芯).
        """
        if not is_whole_word(text, start, end):
            return False
        return all(
            end == last
            or (start <= first and last <= end)
            or (start == first and last - end >= _SHORTEST)
            for first, last, _ in self.thesaurus.words_in(text)
            if first < end and start < last
        )
