"""Companies of the same trades as another: by what their rows name, the rarer the more telling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log

from index.companies.names import split_list
from index.schema.normalize import fold
from index.types import Company

# What being in the same city adds to the likeness of trades, which goes from 0 to 1.
_SAME_CITY = 0.1

# Below this share of what either of two companies does, they only have some word in common.
_LEAST = 0.1


class Kindred:
    """Finds the companies most like one.

    Args:
        companies: All companies.
        trades: Terms of the trades that each company's rows name, by company id.
    """

    def __init__(self, companies: Iterable[Company], trades: Mapping[str, Iterable[str]]) -> None:
        self._companies = {company.id: company for company in companies}
        self._trades = {
            key: {*trades.get(key, ()), *_domains(company)}
            for key, company in self._companies.items()
        }
        self._in: defaultdict[str, list[str]] = defaultdict(list)
        for key, terms in self._trades.items():
            for term in terms:
                self._in[term].append(key)

    def of(self, company: Company, limit: int) -> tuple[Company, ...]:
        """Return the companies most like one, the most alike first; none if none is alike."""
        own = self._trades[company.id]
        others = {key for term in own for key in self._in[term]} - {company.id}
        scores = {key: self._likeness(own, self._trades[key]) for key in others}
        cities = set(company.facts("city"))
        for key in scores:
            if scores[key] >= _LEAST and cities & set(self._companies[key].facts("city")):
                scores[key] += _SAME_CITY
        alike = (key for key in self._companies if scores.get(key, 0.0) >= _LEAST)
        best = sorted(alike, key=lambda key: -scores[key])[:limit]
        return tuple(self._companies[key] for key in best)

    def _likeness(self, one: set[str], other: set[str]) -> float:
        """Return what two companies share of all they do, from 0 to 1; rare trades weigh more."""
        return self._weight(one & other) / self._weight(one | other)

    def _weight(self, terms: Iterable[str]) -> float:
        return sum(log(1 + len(self._companies) / len(self._in[term])) for term in terms)


def _domains(company: Company) -> Iterable[str]:
    for value in company.values("domain"):
        yield from map(fold, split_list(value.text))
