"""What answers are made with besides the question: the records, and what one answer comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.answers.answer import Status
from assistant.answers.blocks import Block
from assistant.answers.citations import Citations
from assistant.answers.values import short_name
from assistant.query import Ask, Predicate, Query
from assistant.requirements.force import Force, force_of
from assistant.search.evidence import Evidence, Hit, Selected
from index.store.records import Records
from index.types import Company, DocumentSummary

SUGGESTIONS = 3
"""How many questions an answer suggests at most."""

Value = tuple[str, str, str]
"""Name, field and value of a single value asked for, as the JSON gives it."""


@dataclass(frozen=True)
class Context:
    """What answering needs besides the query and its evidence; one for an opened index.

    Attributes:
        records: The records that answers may look names, findings and further companies up in.
        documents: The files, in reading order.
        noun: What the companies of these sources are called.
        list_limit: How many companies a text shows at most.
        record_limit: How many records an answer holds at most.
        exemplify: Returns questions that the sources answer, to suggest where one leads nowhere.
    """

    records: Records
    documents: tuple[DocumentSummary, ...]
    noun: str = "企业"
    list_limit: int = 30
    record_limit: int = 1000
    exemplify: Callable[[], tuple[str, ...]] = tuple

    @cached_property
    def force(self) -> Force:
        """Which rule documents are in force."""
        return force_of(self.documents)

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions that the sources answer."""
        return self.exemplify()

    @property
    def titles(self) -> Mapping[str, str]:
        """What each list is called, by its source."""
        return {document.source: document.title for document in self.documents}

    def title(self, source: str) -> str:
        """Return what a list is called."""
        return self.titles.get(source, source)

    def companies(self, keys: tuple[str, ...]) -> tuple[Company, ...]:
        """Return companies by their public ids."""
        return self.records.by_key(keys)

    def names(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return what people call some companies."""
        return tuple(map(short_name, self.companies(keys)))


@dataclass(frozen=True, slots=True)
class Brief:
    """What an answer is drafted from; ``cite`` numbers the lines that it cites."""

    query: Query
    evidence: Evidence
    context: Context
    cite: Citations

    @property
    def ask(self) -> Ask:
        """What is wanted."""
        return self.query.ask

    @property
    def where(self) -> Predicate:
        """What the rows must fulfil."""
        return self.query.where

    @property
    def selected(self) -> Selected:
        """The companies that fulfil it."""
        return self.evidence.selected


@dataclass(frozen=True, slots=True)
class Drafted:
    """What one kind of answer comes to.

    Attributes:
        status: How the question ended.
        blocks: The answer; its first block answers the question.
        hits: Companies that satisfy the question, best first: those that were fetched.
        ids: Ids of all of them, those of ``hits`` first.
        total: How many there are; None for as many as ``hits``.
        related: Companies that are close to it.
        values: Single values asked for.
        suggestions: Questions to ask next.
    """

    status: Status
    blocks: tuple[Block, ...]
    hits: tuple[Hit, ...] = ()
    ids: tuple[str, ...] = ()
    total: int | None = None
    related: tuple[Hit, ...] = ()
    values: tuple[Value, ...] = ()
    suggestions: tuple[str, ...] = ()
