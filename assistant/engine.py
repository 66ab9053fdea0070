"""The whole way from a question to a cited answer."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.answers.answer import Answer, Status
from assistant.answers.context import SUGGESTIONS, Context
from assistant.answers.drafting import compose
from assistant.border import require_question
from assistant.dialogue.reply import Reply
from assistant.parsing.opening import open_parser
from assistant.parsing.parser import Parsed
from assistant.parsing.previous import previous_of
from assistant.query import Combine, Query
from assistant.search.execute import Searcher
from assistant.search.opening import Finders
from assistant.settings import Settings, database_of
from index.language.encoder import SentenceEncoder
from index.language.thesaurus import load_thesaurus
from index.places.gazetteer import load_gazetteer
from index.store.collector import collector_paused
from index.store.reader import IndexReader, open_index
from index.types import DocumentSummary

if TYPE_CHECKING:
    from assistant.browsing.browsing import Browsing

# Every question at level INFO, as a JSON string; nothing listens unless asked to.
_LOGGER = logging.getLogger(__name__)

# What most lists of these companies are about.
_TITLE = "小巨人"


class Engine:
    """Answers questions from one opened index.

    Attributes:
        index: The index.
        settings: Limits on questions and lists, and where everything is.
        finders: What finds companies, rules and notes.
        context: What answering needs besides a query and its evidence.
        parser: Reads questions.
    """

    def __init__(self, index: IndexReader, settings: Settings) -> None:
        self.index = index
        self.settings = settings
        documents = index.records.documents()
        self.finders = Finders(index, load_thesaurus(), load_gazetteer())
        self.context = Context(
            records=index.records,
            documents=documents,
            noun=_noun_of(documents),
            list_limit=settings.list_limit,
            exemplify=lambda: self._examples,
        )
        self.parser = open_parser(index, lambda text: self.finders.passages.coverage(text))

    @property
    def searcher(self) -> Searcher:
        """Finds the evidence for queries."""
        return self.finders.searcher

    def reply(self, text: str, previous: Reply | None = None) -> Reply:
        """Return the cited answer to ``text``, with the value of every stage on the way.

        1. Read: the question becomes a query of the algebra.
        2. Search: the query is run, and everything that the answer may state is fetched.
        3. Compose: the answer is drawn from what was found, every value with its citation.

        Raises:
            QuestionError: the question cannot be taken.
        """
        parsed = self.read(text, previous)
        reply = self._one_by_one(text, previous) or self.tell(parsed.best, text, previous)
        return replace(reply, trace=parsed.trace)

    def _one_by_one(self, text: str, previous: Reply | None) -> Reply | None:
        """Return the answers to several questions asked at once, each a turn after the one before.

        None where one question is asked, or where not all of them have an answer by themselves.
        """
        questions = self.parser.questions(text)
        if len(questions) == 1:
            return None
        turns: list[Reply] = []
        for question in questions:
            last = turns[-1] if turns else previous
            best = self.parser.parse(question, previous_of(last)).best
            turns.append(self.tell(best, question, last))
        if any(turn.answer.status is not Status.ANSWERED for turn in turns):
            return None
        parts = tuple(turn.query for turn in turns)
        unread = tuple(word for one in parts for word in one.unread)
        reply = self.tell(Query(Combine("each", parts), unread=unread), text, previous)
        return replace(reply, query=turns[-1].query, evidence=turns[-1].evidence)

    def read(self, text: str, previous: Reply | None = None) -> Parsed:
        """Return what ``text`` asks.

        Raises:
            QuestionError: the question cannot be taken.
        """
        require_question(text, self.settings.max_question)
        _LOGGER.info("%s", json.dumps(text, ensure_ascii=False))
        return self.parser.parse(text, previous_of(previous))

    def tell(self, query: Query, text: str = "", previous: Reply | None = None) -> Reply:
        """Return the cited answer to a query."""
        evidence = self.searcher.search(query)
        answer = compose(query, evidence, self.context, text)
        before = previous.shortened() if previous else None
        return Reply(text, query, evidence, answer, before=before)

    @cached_property
    def _examples(self) -> tuple[str, ...]:
        from assistant.browsing.examples import examples

        return tuple(text for _, text in examples(self.index.records)[:SUGGESTIONS])

    @cached_property
    def browsing(self) -> Browsing:
        """What can be seen of the index without a question."""
        from assistant.browsing.browsing import Browsing

        return Browsing(self.index, self.finders.columns)

    def close(self) -> None:
        """Release the index."""
        self.index.close()


class Conversation:
    """A sequence of questions, each of which may point back to the one before."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._last: Reply | None = None

    def ask(self, text: str) -> Answer:
        """Return the cited answer to the next question.

        Raises:
            QuestionError: the question cannot be taken; the conversation goes on.
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
        return Engine(_index_of(settings, encoder), settings)


def _index_of(settings: Settings, encoder: SentenceEncoder) -> IndexReader:
    return open_index(settings.store, encoder, settings.chroma_url, database_of(settings))


def _noun_of(documents: Sequence[DocumentSummary]) -> str:
    """Return what the companies of the sources are called, where all are lists of one title."""
    little_giants = all(_TITLE in document.title for document in documents)
    return f"{_TITLE}企业" if little_giants else "企业"
