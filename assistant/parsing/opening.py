"""The parser of an opened index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial

from assistant.parsing.candidates import Witness
from assistant.parsing.dictionary import Dictionary
from assistant.parsing.known import Known
from assistant.parsing.lattice import Lattice
from assistant.parsing.mending import Mender
from assistant.parsing.parser import Parser
from assistant.parsing.places import PlaceReader
from assistant.parsing.spelling import Speller
from assistant.parsing.surfaces import Surfaces
from assistant.parsing.tables import statistics_of
from assistant.parsing.vocabulary import load_vocabulary
from assistant.requirements.demands import requirements_made
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
        said: Says how much of a text a passage of the index says; None where words do not count.
    """

    def __init__(self, index: IndexReader, said: Callable[[str], float] | None) -> None:
        self._index = index
        self.said = lru_cache(maxsize=_REMEMBERED)(said or (lambda _: 0.0))
        self.rules = lru_cache(maxsize=_REMEMBERED)(self._rules)
        self.trades = lru_cache(maxsize=_REMEMBERED)(self._trades)
        self.listings = lru_cache(maxsize=_REMEMBERED)(partial(index.rival, kind="listing"))

    def _rules(self, text: str) -> float:
        found = self._index.search_vectors(text, _KNOWLEDGE, 1)
        return max([score for _, score in found] + [self._index.rival(text, "unanswered")])

    def _trades(self, text: str) -> float:
        return float(self._index.search_concepts(text).similarity.max())


def open_parser(index: IndexReader, said: Callable[[str], float] | None = None) -> Parser:
    """Return the parser of an index; vectors are opened by the first question that needs them.

    Args:
        index: The index.
        said: Says how much of a text a passage of the index says, from 0 to 1.
    """
    return parser_of(index.records, Nearness(index, said))


def parser_of(records: Records, witness: Witness | None = None) -> Parser:
    """Return a parser of questions about some records.

    Args:
        records: The records.
        witness: Says what the sources are near to; None to go by words alone.
    """
    gazetteer, thesaurus, vocabulary = load_gazetteer(), load_thesaurus(), load_vocabulary()
    segmenter = Segmenter(())
    year = year_of(records)
    known = Known(records, gazetteer)
    places = PlaceReader(gazetteer, vocabulary, known.cities)
    dictionary = Dictionary(records, known, places, vocabulary)
    lattice = Lattice(records, known, dictionary, places, thesaurus, segmenter, vocabulary, year)
    surfaces = Surfaces(dictionary, thesaurus, records)
    speller = Speller(surfaces, segmenter.is_word, segmenter.is_common)
    mender = Mender(speller, _Names(records).holds, vocabulary, segmenter)
    statistics = statistics_of(records.statistics(), gazetteer, vocabulary)
    made = requirements_made(records.clauses())
    local = any(gazetteer.find(clause.dimension) for clause in records.clauses())
    return Parser(known, lattice, statistics, mender, year, made, witness, local=local)


class _Names:
    """Knows which stretches are names of companies."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def holds(self, stretch: str) -> bool:
        """Return whether a folded stretch names a company."""
        found = self._records.surfaces([stretch]).get(stretch, ())
        return any(one.kind == "company" for one in found)


def year_of(records: Records) -> int:
    """Return the year that the sources speak from, else this one: what 近十年 counts from."""
    dated = (document.as_of.text for document in records.documents() if document.as_of)
    return max((year for text in dated if (year := parse_year(text))), default=date.today().year)
