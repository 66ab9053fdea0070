"""The words by which companies are found, with their weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.language.thesaurus import Thesaurus
from index.store.chunks import TOPIC_FIELDS
from index.text import fold, split_list
from index.types import Company

_WITHIN = 0.7


@dataclass(frozen=True, slots=True)
class Term:
    """A word that a company is about.

    Attributes:
        weight: From 0 to 1; 1 where the word is a whole value.
        trade: Whether it stands in a field that says what trade the company is in.
    """

    term: str
    weight: float
    trade: bool


def company_terms(company: Company, thesaurus: Thesaurus) -> Iterator[Term]:
    """Yield the words that a company is about, each once."""
    best: dict[str, float] = {}
    for field in TOPIC_FIELDS:
        for value in company.values(field):
            whole = fold(value.text)
            for item in (whole, *map(fold, split_list(value.text))):
                best[item] = 1.0
            for _, _, word in thesaurus.words_in(whole):
                best.setdefault(word, _WITHIN)
    yield from (Term(term, weight, trade=True) for term, weight in best.items())
