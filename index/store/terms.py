"""The words of the thesaurus by which companies are found, with their weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.language.thesaurus import Thesaurus
from index.store.chunks import TOPIC_FIELDS
from index.text import fold, split_list
from index.types import Company

# How certain a word says what a company is about: as a whole value, within one.
WHOLE, WITHIN = 1.0, 0.9

# The fields that say which trade a company is in.
_TRADE_FIELDS = ("domain", "product")


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
    """Yield the words that a company is about, each once.

    They are looked for in whole cells and in each of their items: a word may span two of these.
    """
    weights: dict[str, float] = {}
    trades: set[str] = set()
    for field in TOPIC_FIELDS:
        for value in company.values(field):
            for text in dict.fromkeys(map(fold, (value.text, *split_list(value.text)))):
                for _, _, word in thesaurus.words_in(text):
                    weight = WHOLE if word == text else WITHIN
                    weights[word] = max(weight, weights.get(word, 0.0))
                    if field in _TRADE_FIELDS:
                        trades.add(word)
    yield from (Term(word, weight, word in trades) for word, weight in weights.items())
