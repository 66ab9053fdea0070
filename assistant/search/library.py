"""Everything of the sources that is not of companies: requirements, notes, statistics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.requirements.force import Force, force_of
from index.regex import regex
from index.store.records import Records
from index.text import fold
from index.types import Clause, DocumentSummary, Passage, StatisticsRow

# What may stand behind a company's name in an item of a list: 极飞科技：2000+人.
_AFTER_NAME = regex(r"\s*(?:[(（:：].*)$", re.DOTALL)


@dataclass(frozen=True)
class Library:
    """What the sources say besides their companies, in reading order.

    Attributes:
        documents: The files.
        clauses: The requirements.
        notes: Notes and other passages.
        statistics: Rows of statistics.
        naming: The notes that are only the name of a company, perhaps with a figure.
    """

    documents: tuple[DocumentSummary, ...]
    clauses: tuple[Clause, ...]
    notes: tuple[Passage, ...]
    statistics: tuple[StatisticsRow, ...]
    naming: frozenset[str]

    @cached_property
    def force(self) -> Force:
        """Which rule documents are in force."""
        return force_of(self.documents)

    @property
    def titles(self) -> Mapping[str, str]:
        """What each list is called, by its source."""
        return {one.source: one.title for one in self.documents}


def library_of(records: Records) -> Library:
    """Return the library of a generation."""
    notes = records.passages()
    heads = {head_of(note.text) for note in notes}
    naming = {
        head
        for head, meant in records.surfaces(heads).items()
        if any(one.kind == "company" for one in meant)
    }
    return Library(
        records.documents(), records.clauses(), notes, records.statistics(), frozenset(naming)
    )


def head_of(text: str) -> str:
    """Return what stands before the brackets or the colon of an item of a list, folded."""
    return fold(_AFTER_NAME.sub("", text))
