"""The trades that companies are in: those that their rows name, and those nearest to the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from index.language.encoder import Vectors
from index.language.thesaurus import Thesaurus
from index.store.chunks import FACET_FIELDS, TOPIC_FIELDS
from index.store.names import TradeNames
from index.text import fold, split_list
from index.types import Company

# How far a company is in a trade: named by the last word of a text; by one before it (手机芯片 is
# of the trade of chips, for that of phones); by how the company ranks; by nearness.
_NAMED, _BEFORE, _RANKED, _NEAREST = 1.0, 0.8, 0.9, 0.9

IN_TRADE = 0.9
"""From this share on a company is in a trade, below it serves one."""

_BATCH = 1024


def company_trades(
    company: Company, thesaurus: Thesaurus, nearest: Mapping[str, str]
) -> dict[str, float]:
    """Return the terms of the trades of a company, each with how far it is in it, up to 1.

    Args:
        company: The company.
        thesaurus: All trades.
        nearest: The nearest trade of each text that holds no word of the thesaurus.
    """
    found: dict[str, float] = {}
    for field, text in _texts(company, FACET_FIELDS):
        words = [word for _, _, word in thesaurus.words_in(text)]
        for at, word in enumerate(words, start=1):
            concept = thesaurus.concept(word)
            if concept is not None:
                share = _NAMED if at == len(words) else _BEFORE
                share = share if field in TOPIC_FIELDS else _RANKED
                found[concept.term] = max(share, found.get(concept.term, 0.0))
        if field in TOPIC_FIELDS and (near := nearest.get(text)):
            found[near] = max(_NEAREST, found.get(near, 0.0))
    return found


def nearest_trades(
    companies: Iterable[Company],
    thesaurus: Thesaurus,
    names: TradeNames,
    embed: Callable[[Sequence[str]], Vectors],
) -> dict[str, str]:
    """Return the nearest trade of each text of companies without a word of the thesaurus.

    Texts that are near to no trade are left out. ``embed`` returns one vector per text.
    """
    texts = sorted(
        {
            text
            for company in companies
            for _, text in _texts(company, TOPIC_FIELDS)
            if not any(thesaurus.words_in(text))
        }
    )
    vectors = embed(texts)
    found: dict[str, str] = {}
    for start in range(0, len(texts), _BATCH):
        batch = slice(start, start + _BATCH)
        told = zip(texts[batch], names.nearest(vectors[batch]), strict=True)
        found |= {text: term for text, term in told if term}
    return found


def _texts(company: Company, fields: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each field with its values and their items, folded."""
    for field in fields:
        for value in company.values(field):
            for text in dict.fromkeys(map(fold, (value.text, *split_list(value.text)))):
                yield field, text
