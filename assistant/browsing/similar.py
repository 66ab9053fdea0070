"""Companies of the same trades as another: by what their rows name, the rarer the more telling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from math import log

from sqlalchemy import func, select

from assistant.browsing.facets import COMPANIES
from index.language.thesaurus import Thesaurus
from index.store import tables
from index.store.records import Records
from index.text import split_list
from index.types import Company

# What being in the same city adds to the likeness of trades, which goes from 0 to 1.
_SAME_CITY = 0.1

# Below this share of what either of two companies does, they only have some word in common.
_LEAST = 0.1

# About so many companies that share the rarest trades are weighed.
_CANDIDATES = 200

_TERMS, _FACTS = tables.terms.c, tables.facts.c


class Similar:
    """Finds the companies most like one.

    Args:
        records: All companies, with the words that they are found by.
        thesaurus: Says which words name the same trade.
    """

    def __init__(self, records: Records, thesaurus: Thesaurus) -> None:
        self._records = records
        self._thesaurus = thesaurus
        self._total = records.count()

    def of(self, company: Company, limit: int) -> tuple[Company, ...]:
        """Return the companies most like one, the most alike first; none if none is alike.

        Alike is who shares most of all that either does: the Jaccard similarity of their trades,
        weighted by IDF.
        """
        numbers = self._records.numbers([company.id])
        own = self._trades(numbers.values())[numbers[company.id]]
        weights = self._weights(own)
        candidates = self._sharing(own, weights) - set(numbers.values())
        others = self._trades(candidates)
        weights |= self._weights({one for told in others.values() for one in told}.difference(own))
        scores = {
            key: _sum(own & told, weights) / _sum(own | told, weights)
            for key, told in others.items()
        }
        near = self._together(company, scores)
        alike = sorted(key for key, score in scores.items() if score >= _LEAST)
        alike.sort(key=lambda key: -scores[key] - (_SAME_CITY if key in near else 0.0))
        return self._records.companies(alike[:limit])

    def _trades(self, companies: Collection[int]) -> defaultdict[int, set[str]]:
        """Return the trades of companies: what the thesaurus knows of their words, and domains."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        words = select(_TERMS.company, _TERMS.term).where(
            _TERMS.company.in_(companies), _TERMS.trade
        )
        for company, word in self._records.fetch(words):
            if concept := self._thesaurus.concept(word):
                found[company].add(concept.term)
        domains = select(_FACTS.entity, _FACTS.text).where(
            _FACTS.relation == COMPANIES, _FACTS.entity.in_(companies), _FACTS.field == "domain"
        )
        for company, text in self._records.fetch(domains):
            # Where a cell lists several, each of them is a fact too.
            if len(split_list(text)) == 1:
                found[company].add(text)
        return found

    def _words(self, trade: str) -> tuple[str, ...]:
        concept = self._thesaurus.concept(trade)
        return concept.surfaces() if concept and concept.term == trade else (trade,)

    def _weights(self, trades: Collection[str]) -> dict[str, float]:
        """Return how telling trades are: the logarithm of how rare they are (IDF)."""
        words = {word: trade for trade in trades for word in self._words(trade)}
        held: dict[str, int] = dict.fromkeys(trades, 0)
        statement = (
            select(_TERMS.term, func.count())
            .where(_TERMS.term.in_(words), _TERMS.trade)
            .group_by(_TERMS.term)
        )
        for word, companies in self._records.fetch(statement):
            held[words[word]] += companies
        return {trade: log(1 + self._total / max(1, number)) for trade, number in held.items()}

    def _sharing(self, own: Iterable[str], weights: dict[str, float]) -> set[int]:
        """Return companies that share the rarest of some trades, enough of them if there are."""
        found: set[int] = set()
        for trade in sorted(own, key=lambda one: (-weights[one], one)):
            statement = select(_TERMS.company).where(
                _TERMS.term.in_(self._words(trade)), _TERMS.trade
            )
            statement = statement.order_by(_TERMS.company).limit(2 * _CANDIDATES)
            found.update(company for (company,) in self._records.fetch(statement))
            if len(found) > _CANDIDATES:
                break
        return found

    def _together(self, company: Company, others: Collection[int]) -> set[int]:
        """Return which companies are in a city that one is in."""
        statement = select(_FACTS.entity).where(
            _FACTS.relation == COMPANIES,
            _FACTS.field == "city",
            _FACTS.entity.in_(others),
            _FACTS.text.in_([str(city) for city in company.facts("city")]),
        )
        return {number for (number,) in self._records.fetch(statement)}


def _sum(trades: Iterable[str], weights: dict[str, float]) -> float:
    return sum(weights[trade] for trade in trades)
