"""Which companies are about a topic word, by the words of their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from index.companies.names import split_list
from index.language.thesaurus import Thesaurus
from index.schema.normalize import fold, is_whole_word
from index.store.chunks import TOPIC_FIELDS
from index.types import Company, Corpus

# How certain a match is: the word is a whole value; it stands within one; it is a narrower
# term; it is about a neighbouring concept only.
_WHOLE, _WITHIN, _NARROWER, _NEAR = 1.0, 0.9, 0.8, 0.5

_SHORTEST = 2

# The fields that say which trade a company is in.
_TRADE_FIELDS = ("domain", "product")

# Read only for words that no other field holds: 全球安防第二 says more of rank than of trade.
_LAST_RESORT = "position"


class TopicMatcher:
    """Finds companies by topic words, widened by the thesaurus.

    Args:
        corpus: The companies.
        thesaurus: Synonyms and narrower terms.
    """

    def __init__(self, corpus: Corpus, thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        self._facets = [
            (company.id, text)
            for company in corpus.companies
            for text in _texts(company, TOPIC_FIELDS)
        ]
        trades = {
            (company.id, text)
            for company in corpus.companies
            for text in _texts(company, _TRADE_FIELDS)
        }
        self._industries = [
            (company.id, frozenset(map(fold, split_list(value.text))))
            for company in corpus.companies
            for value in company.values("industry")
        ]
        self._positions = [
            (company.id, fold(value.text))
            for company in corpus.companies
            for value in company.values(_LAST_RESORT)
        ]
        self._by_word: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._trades: defaultdict[str, set[str]] = defaultdict(set)
        self._terms: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for company_id, text in self._facets:
            for start, end, word in thesaurus.words_in(text):
                self._note(word, company_id, text)
                self._terms[text].append((start, end))
                if (company_id, text) in trades:
                    self._trades[word].add(company_id)

    def _note(self, word: str, company_id: str, text: str) -> None:
        score = _WHOLE if text == word else _WITHIN
        found = self._by_word[word]
        found[company_id] = max(score, found.get(company_id, 0.0))

    def match(self, term: str) -> dict[str, float]:
        """Return the ids of the companies about a folded ``term``, with a score from 0.8 to 1."""
        found: dict[str, float] = {}
        same = self._thesaurus.same(term)
        for word in self._thesaurus.widened(term):
            ceiling = _WHOLE if word in same else _NARROWER
            for company_id, score in self._by_word.get(word, {}).items():
                found[company_id] = max(min(score, ceiling), found.get(company_id, 0.0))
        for company_id, score in self._literal(term).items():
            found.setdefault(company_id, score)
        return found or self._ranked_for(same)

    def _ranked_for(self, words: Iterable[str]) -> dict[str, float]:
        """Return the companies whose place in the market is told with one of ``words``."""
        named = (one for word in words for one in self._containing(self._positions, word))
        return {company_id: _WITHIN for company_id, _ in named}

    def rules_out(self, term: str) -> set[str]:
        """Return the ids of the companies about a folded ``term``, or whose trade is a kind of it.

        A technology alone does not make a company one of the trade: 视频分析 is a kind of 人工智能,
        but 海康 is a company of 安防.
        """
        same = self._thesaurus.same(term)
        found = {one for word in same for one in self._by_word.get(word, {})}
        kinds = self._thesaurus.kinds(term)
        for word in kinds:
            found |= set(
                self._by_word.get(word, ()) if term in word else self._trades.get(word, ())
            )
        return found | set(self._literal(term))

    def classified(self, terms: Iterable[str]) -> dict[str, float]:
        """Return the companies under the heading that ``terms`` name whole: 新能源/新材料."""
        named = frozenset(terms)
        return {one: _WHOLE for one, parts in self._industries if parts <= named and len(parts) > 1}

    def trades(self) -> dict[str, tuple[str, ...]]:
        """Return the terms of the concepts that each company's row names, by company id."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for word, companies in self._by_word.items():
            if concept := self._thesaurus.concept(word):
                for company in companies:
                    found[company][concept.term] = None
        return {company: tuple(terms) for company, terms in found.items()}

    def held(self) -> frozenset[str]:
        """Return the words of the thesaurus that some row holds."""
        return frozenset(self._by_word)

    def knows(self, word: str) -> bool:
        """Return whether any company's row holds a folded ``word``."""
        return bool(self._by_word.get(word) or self._literal(word))

    def in_trade_terms(self, phrase: str, terms: Iterable[str]) -> str:
        """Return a topic's phrase, folded, with the industry's terms for lay words."""
        told = fold(phrase)
        for term in terms:
            told = told.replace(term, self._thesaurus.trade_term(term))
        return told

    def neighbours(self, term: str) -> dict[str, float]:
        """Return the companies about the broader concepts of ``term``, scored below a match."""
        words = self._thesaurus.neighbours(term)
        return {company_id: _NEAR for word in words for company_id in self._by_word.get(word, {})}

    def _literal(self, word: str) -> dict[str, float]:
        """Return the companies whose rows hold a word that the thesaurus cannot vouch for.

        The thesaurus knows where one of its words ends (充电芯片 holds no 电芯), so a word it has
        found in some row is not looked for by its letters.
        """
        if len(word) < _SHORTEST or word in self._by_word:
            return {}
        texts = [*self._containing(self._facets, word)]
        texts = texts or [*self._containing(self._positions, word)]
        return {company_id: _WHOLE if text == word else _WITHIN for company_id, text in texts}

    def _containing(
        self, facets: Iterable[tuple[str, str]], word: str
    ) -> Iterator[tuple[str, str]]:
        for company_id, text in facets:
            start = text.find(word)
            if start >= 0 and self._stands_apart(text, start, start + len(word)):
                yield company_id, text

    def _stands_apart(self, text: str, start: int, end: int) -> bool:
        """Return whether a stretch is a word of its own, or stands for a term that it is part of.

        The head of a Chinese compound is its end: 机器 says nothing of 机器人. A word may also
        begin one, if another word follows (存储芯片 is 存储), but never lie across its words
        (充电芯片 holds no 电芯).
        """
        if not is_whole_word(text, start, end):
            return False
        around = [(f, e) for f, e in self._terms.get(text, ()) if f < end and start < e]
        return all(
            end == last
            or (start <= first and last <= end)
            or (start == first and last - end >= _SHORTEST)
            for first, last in around
        )


def _texts(company: Company, fields: Iterable[str]) -> Iterator[str]:
    """Yield the texts of some fields of a company, whole and item by item, folded."""
    for field in fields:
        for value in company.values(field):
            yield from dict.fromkeys(map(fold, (value.text, *split_list(value.text))))
