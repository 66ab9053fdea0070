"""The whole way from a question to a cited answer."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from assistant.answers.common import SUGGESTIONS, Context
from assistant.answers.comparing import answer_compare
from assistant.answers.eligibility import answer_eligibility, requirements_of
from assistant.answers.lacking import answer_lacking, lacks_sources
from assistant.answers.listing import answer_list
from assistant.answers.lookup import answer_lookup
from assistant.answers.ranking import answer_rank
from assistant.answers.refusal import answer_help, answer_out_of_scope
from assistant.answers.rules import answer_rules
from assistant.answers.statistics import answer_statistics
from assistant.browsing.browsing import Browsing
from assistant.browsing.examples import examples
from assistant.compose import Ledger, compose
from assistant.dialogue import Reply, follow_up
from assistant.errors import QuestionError
from assistant.figures import FigureFinder
from assistant.find import TopicFinder
from assistant.flags import Flags
from assistant.likeness import resolve_likeness
from assistant.meaning import MeaningSearch
from assistant.scope import resolve_scope
from assistant.search.library import library_of
from assistant.search.passages import PassageFinder
from assistant.settings import Settings
from assistant.types import Answer, Draft, Intent, Query, Topic
from assistant.understanding.conditions import ConditionReader
from assistant.understanding.districts import cities_with
from assistant.understanding.lexicon import Lexicon
from assistant.understanding.linker import Linker
from assistant.understanding.lists import ListWords
from assistant.understanding.mending import Mender
from assistant.understanding.ranks import ranking_column
from assistant.understanding.spelling import Speller
from assistant.understanding.topic import TopicReader
from assistant.understanding.topics import TopicMatcher
from assistant.understanding.understand import Understanding
from assistant.understanding.vocabulary import build_vocabulary
from assistant.understanding.words import Words, load_words
from index.language.encoder import SentenceEncoder
from index.language.thesaurus import load_thesaurus
from index.places.gazetteer import load_gazetteer
from index.schema.normalize import fold, parse_year
from index.store.collector import collector_paused
from index.store.reader import IndexReader, open_index
from index.types import DocumentSummary, StatisticsRow

# Every question at level INFO, as a JSON string; nothing listens unless asked to.
_LOGGER = logging.getLogger(__name__)

# What most lists of these companies are about.
_TITLE = "小巨人"


class Engine:
    """Answers questions from one opened index.

    Args:
        index: The index.
        settings: Limits on questions and lists.

    Attributes:
        index: The index.
        settings: Limits on questions and lists, and where everything is.
        context: What answering needs besides a query.
        conditions: Turns values of the index into conditions.
    """

    def __init__(self, index: IndexReader, settings: Settings) -> None:
        self.index = index
        self.settings = settings
        self._noun = _noun_of(index.records.documents())
        gazetteer, thesaurus, words = load_gazetteer(), load_thesaurus(), load_words()
        topics = TopicMatcher(index.corpus, thesaurus)
        self._topics = topics
        records = index.records
        vocabulary = build_vocabulary(records, gazetteer, thesaurus, words)
        lexicon = Lexicon(vocabulary, records, ListWords(records, words))
        this_year = _year_of(records.documents())
        speller = Speller(
            lexicon,
            lambda word: index.segmenter.is_word(word),
            lambda word: index.segmenter.is_common(word),
            words.edges,
        )
        linker = Linker(lexicon, words, this_year)
        reader = TopicReader(topics, lambda: index.segmenter, words)
        self.conditions = ConditionReader(gazetteer, cities_with(records), words)
        self._understanding = Understanding(
            linker,
            Mender(linker, speller, reader, words),
            self.conditions,
            reader,
            words,
            this_year,
            frozenset(one.key for clause in records.clauses() for one in requirements_of(clause)),
            _figures_of(records.statistics(), words),
            ranking_column(records),
        )
        passages = PassageFinder(library_of(index.records), lambda: index.segmenter, thesaurus)
        self.context = Context(
            index=index,
            gazetteer=gazetteer,
            companies={company.id: company for company in index.corpus.companies},
            passages=passages,
            figures=FigureFinder(index.corpus, passages),
            finder=TopicFinder(topics, MeaningSearch(index, topics, thesaurus)),
            examples=tuple(text for _, text in examples(index.records)[:SUGGESTIONS]),
            list_limit=settings.list_limit,
        )
        self._answers: Mapping[Intent, Callable[[Query, Context], Draft]] = {
            Intent.LIST: answer_list,
            Intent.COUNT: answer_list,
            Intent.LOOKUP: answer_lookup,
            Intent.PROFILE: answer_lookup,
            Intent.STATS: answer_statistics,
            Intent.RANK: answer_rank,
            Intent.COMPARE: answer_compare,
            Intent.FAQ: answer_rules,
            Intent.ELIGIBILITY: answer_eligibility,
            Intent.HELP: answer_help,
            Intent.OTHER: answer_out_of_scope,
        }

    def reply(self, text: str, previous: Reply | None = None) -> Reply:
        """Return the cited answer to ``text``, with the value of every stage on the way.

        1. Understand: link words to values of the index; read conditions, topic and intent.
        2. Complete: take over from the turn before what the question points back to.
        3. Resolve: take a company named as a measure for others; decide by meaning what a question
           is about that no word links.
        4. Draft: find what fulfils the conditions and fits the topic, or the rule that answers.
        5. Compose: tell the draft through a template, every value with its citation.

        Raises:
            QuestionError: the question is empty or too long.
        """
        return self.tell(self.read(text, previous), previous)

    def read(self, text: str, previous: Reply | None = None) -> Query:
        """Return what ``text`` asks: the first three stages of :meth:`reply`.

        Raises:
            QuestionError: the question is empty or too long.
        """
        self._require_usable(text)
        _LOGGER.info("%s", json.dumps(text, ensure_ascii=False))
        query = replace(self._understanding.understand(text), noun=self._noun)
        query = follow_up(query, previous)
        query = resolve_likeness(query, previous, self.context)
        return resolve_scope(query, self.context)

    def tell(self, query: Query, previous: Reply | None = None) -> Reply:
        """Return the cited answer to a question understood: the last two stages of :meth:`reply`.

        Args:
            query: What is asked.
            previous: The turn that the answer follows.
        """
        lacks = lacks_sources(query, self.context)
        answer = answer_lacking if lacks else self._answers[query.intent]
        draft = answer(query, self.context)
        before = previous.shortened() if previous else None
        return Reply(query, draft, compose(query, draft, Ledger(self.flags)), before)

    @cached_property
    def flags(self) -> Flags:
        """What looks wrong in the sources, so that answers that show it say so."""
        return Flags(self.index.findings)

    def topic_of(self, text: str) -> Topic:
        """Return the topic that words name; one without terms where nothing links them."""
        return self._understanding.understand(text).topic

    @cached_property
    def browsing(self) -> Browsing:
        """What can be seen of the index without a question."""
        return Browsing(self.index)

    def close(self) -> None:
        """Release the index."""
        self.index.close()

    def _require_usable(self, text: str) -> None:
        limit = self.settings.max_question
        if not text.strip():
            raise QuestionError("问题是空的，请写出要问的内容")
        if len(text) > limit:
            raise QuestionError(f"问题有 {len(text)} 字，最多 {limit} 字，请缩短后再问")


def _year_of(documents: Sequence[DocumentSummary]) -> int:
    """Return the year that the sources speak from, else this one: what 近十年 counts from."""
    dated = (document.as_of.text for document in documents if document.as_of)
    return max((year for text in dated if (year := parse_year(text))), default=date.today().year)


class Conversation:
    """A sequence of questions, each of which may point back to the one before.

    Args:
        engine: Answers them.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._last: Reply | None = None

    def ask(self, text: str) -> Answer:
        """Return the cited answer to the next question.

        Raises:
            QuestionError: the question is empty or too long; the conversation goes on.
        """
        self._last = self._engine.reply(text, self._last)
        return self._last.answer


def open_engine(settings: Settings) -> Engine:
    """Return an engine over the index that ``settings`` name.

    Raises:
        StoreError: there is no index, it does not fit the settings, or it cannot be read.
    """
    encoder = SentenceEncoder(settings.model, settings.threads)
    with collector_paused():
        return Engine(open_index(settings.store, encoder, settings.chroma_url), settings)


def _figures_of(statistics: Sequence[StatisticsRow], words: Words) -> frozenset[str]:
    """Return the words for what is usually in no list that head a column of statistics."""
    headers = {fold(name) for row in statistics for name in row.values}
    return frozenset(word for word in words.absent if any(word in one for one in headers))


def _noun_of(documents: Sequence[DocumentSummary]) -> str:
    """Return what the companies of the sources are called, where all are lists of one title."""
    little_giants = all(_TITLE in document.title for document in documents)
    return f"{_TITLE}企业" if little_giants else "企业"
