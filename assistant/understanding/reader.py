"""Questions as queries of the algebra, by way of what is understood of their words.

text ── understand ──▶ Question ── follow up, likeness, scope ──▶ Question ── adapter ──▶ Query
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from assistant.adapter import Adapter, Known
from assistant.adapter.backwards import question_of
from assistant.answers.context import Context
from assistant.answers.values import values_of
from assistant.dialogue.reply import Reply
from assistant.parser import Parsed
from assistant.query import Query
from assistant.requirements import requirements_of
from assistant.search.opening import Finders
from assistant.understanding.conditions import ConditionReader
from assistant.understanding.districts import cities_with
from assistant.understanding.figures import FigureFinder
from assistant.understanding.followup import follow_up
from assistant.understanding.followup.turn import Turn
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.likeness import resolve_likeness
from assistant.understanding.linker import Linker
from assistant.understanding.lists import ListWords
from assistant.understanding.mending import Mender
from assistant.understanding.ranks import ranking_column
from assistant.understanding.scope import Sources, resolve_scope
from assistant.understanding.spelling import Speller
from assistant.understanding.topic import TopicReader
from assistant.understanding.types import Question
from assistant.understanding.understand import Understanding
from assistant.understanding.vocabulary import build_vocabulary
from assistant.understanding.words import Words, load_words
from index.language.thesaurus import Thesaurus
from index.schema.dates import parse_year
from index.text import fold
from index.types import DocumentSummary, StatisticsRow

# So many of the companies of an answer are looked at for what a follow-up means.
_LOOKED_AT = 30


class QuestionReader:
    """Reads questions.

    Args:
        finders: What finds in the index that the questions are about.
        thesaurus: Words of the trades.
        context: What answers are made with.
    """

    def __init__(self, finders: Finders, thesaurus: Thesaurus, context: Context) -> None:
        self._finders = finders
        self._records = finders.index.records
        self._context = context
        words = load_words()
        vocabulary = build_vocabulary(self._records, finders.gazetteer, thesaurus, words)
        self._lexicon = Lexicon(vocabulary, self._records, ListWords(self._records, words))
        self._understanding = self._understood_by(words)

    def _understood_by(self, words: Words) -> Understanding:
        records, index = self._records, self._finders.index
        this_year = _year_of(records.documents())
        speller = Speller(
            self._lexicon,
            lambda word: index.segmenter.is_word(word),
            lambda word: index.segmenter.is_common(word),
            words.edges,
        )
        linker = Linker(self._lexicon, words, this_year)
        topics = TopicReader(lambda: self._finders.topics.terms, lambda: index.segmenter, words)
        return Understanding(
            linker,
            Mender(linker, speller, topics, words),
            ConditionReader(self._finders.gazetteer, cities_with(records), words),
            topics,
            words,
            this_year,
            frozenset(one.key for clause in records.clauses() for one in requirements_of(clause)),
            _figures_of(records.statistics(), words),
            ranking_column(records),
        )

    def parse(self, text: str, previous: Reply | None = None) -> Parsed:
        """Return what ``text`` asks.

        1. Understand: link words to values of the index; read conditions, topic and intent.
        2. Complete: take over from the turns before what the question points back to.
        3. Resolve: take a company named as a measure for others; decide by meaning what a question
           is about that no word links.
        """
        turn = self._turn(previous) if previous else None
        question = self._understanding.understand(text)
        question = follow_up(question, turn)
        question = resolve_likeness(question, turn, self._records)
        question = resolve_scope(question, self._sources)
        return Parsed(self._adapter.to_query(question), question)

    def revised(self, reading: Any, query: Query) -> Question | None:
        """Return a question changed as its query was, for what follows."""
        return question_of(query, reading, self._adapter) if isinstance(reading, Question) else None

    @cached_property
    def _sources(self) -> Sources:
        return Sources(self._finders, lambda: self._figures)

    @cached_property
    def _figures(self) -> FigureFinder:
        return FigureFinder(self._finders.library, self._finders.passages)

    @cached_property
    def _adapter(self) -> Adapter:
        return Adapter(
            Known(
                gazetteer=self._finders.gazetteer,
                statistics=self._records.statistics(),
                clauses=self._records.clauses(),
                notes=lambda: tuple(fold(note.text) for note in self._finders.library.notes),
                figures=lambda question: self._figures.find(question),
                names=lambda ids: self._context.names(tuple(ids)),
                telling=self._telling,
            )
        )

    def _telling(self, ids: Sequence[str], fields: Sequence[str]) -> tuple[str, ...]:
        """Return those of some companies of whom any of some fields is told."""
        return tuple(
            one.id
            for one in self._records.by_key(ids)
            if any(values_of(one, field) for field in fields)
        )

    def _turn(self, reply: Reply) -> Turn | None:
        """Return a turn as follow-ups look at it; None where another way of reading made it."""
        if not isinstance(reply.reading, Question):
            return None
        answer = reply.answer
        told = tuple(one.id for one in answer.records[:_LOOKED_AT])
        return Turn(
            question=reply.reading,
            status=answer.status,
            values=answer.values,
            ids=tuple(one.id for one in answer.records or answer.related),
            companies=self._records.by_key(told),
            before=self._turn(reply.before) if reply.before else None,
        )


def _year_of(documents: Sequence[DocumentSummary]) -> int:
    """Return the year that the sources speak from, else this one: what 近十年 counts from."""
    dated = (document.as_of.text for document in documents if document.as_of)
    return max((year for text in dated if (year := parse_year(text))), default=date.today().year)


def _figures_of(statistics: Sequence[StatisticsRow], words: Words) -> frozenset[str]:
    """Return the words for what is usually in no list that head a column of statistics."""
    headers = {fold(name) for row in statistics for name in row.values}
    return frozenset(word for word in words.absent if any(word in one for one in headers))
