"""The parser of an opened index."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from assistant.parsing.candidates import Witness
from assistant.parsing.mending import Mender
from assistant.parsing.parser import Parser
from assistant.parsing.vocabulary import load_vocabulary
from assistant.requirements import requirements_of
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.lists import ListWords
from assistant.understanding.spelling import Speller
from assistant.understanding.vocabulary import build_vocabulary
from assistant.understanding.words import load_words
from index.language.segment import Segmenter
from index.language.thesaurus import load_thesaurus
from index.places.gazetteer import load_gazetteer
from index.schema.dates import parse_year
from index.store.reader import IndexReader
from index.store.records import Records
from index.types import ChunkKind

_KNOWLEDGE = (ChunkKind.STATISTICS, ChunkKind.CLAUSE, ChunkKind.NOTE, ChunkKind.QUESTION)
_REMEMBERED = 256


class Nearness:
    """Says what an index is near to, by its vectors.

    Args:
        index: The index.
    """

    def __init__(self, index: IndexReader) -> None:
        self._index = index
        self.rules = lru_cache(maxsize=_REMEMBERED)(self._rules)
        self.trades = lru_cache(maxsize=_REMEMBERED)(self._trades)

    def _rules(self, text: str) -> float:
        found = self._index.search_vectors(text, _KNOWLEDGE, 1)
        return max((score for _, score in found), default=0.0)

    def _trades(self, text: str) -> float:
        return float(self._index.search_concepts(text).similarity.max())


def open_parser(index: IndexReader) -> Parser:
    """Return the parser of an index; vectors are opened by the first question that needs them."""
    return parser_of(index.records, Nearness(index))


def parser_of(records: Records, witness: Witness | None = None) -> Parser:
    """Return a parser of questions about some records.

    Args:
        records: The records.
        witness: Says what the sources are near to; None to go by words alone.
    """
    gazetteer, thesaurus, vocabulary = load_gazetteer(), load_thesaurus(), load_vocabulary()
    segmenter = Segmenter(())
    mender = Mender(_speller(records, segmenter), _Names(records).holds, vocabulary, segmenter)
    year = year_of(records)
    made = frozenset(one.key for clause in records.clauses() for one in requirements_of(clause))
    return Parser(records, gazetteer, thesaurus, segmenter, mender, year, made, witness)


class _Names:
    """Knows which stretches are names of companies."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def holds(self, stretch: str) -> bool:
        """Return whether a folded stretch names a company."""
        found = self._records.surfaces([stretch]).get(stretch, ())
        return any(one.kind == "company" for one in found)


def _speller(records: Records, segmenter: Segmenter) -> Speller:
    words = load_words()
    vocabulary = build_vocabulary(records, load_gazetteer(), load_thesaurus(), words)
    lexicon = Lexicon(vocabulary, records, ListWords(records, words))
    return Speller(lexicon, segmenter.is_word, segmenter.is_common, words.edges)


def year_of(records: Records) -> int:
    """Return the year that the sources speak from, else this one: what 近十年 counts from."""
    dated = (document.as_of.text for document in records.documents() if document.as_of)
    return max((year for text in dated if (year := parse_year(text))), default=date.today().year)
