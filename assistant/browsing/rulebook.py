"""The criteria of every list that has some, in the list's own order, with its date and notes."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.requirements.demands import requirements_made
from assistant.requirements.force import Force, force_of
from assistant.requirements.vocabulary import Requirement, load_requirements
from index.regex import regex
from index.store.records import Records
from index.types import Clause, DocumentSummary, Passage, Value

_DATE = regex(r"(?P<year>(?:19|20)\d\d)\s*年(?:\s*(?P<month>\d{1,2})\s*月)?")
_UNDATED = (0, 0)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of the criteria (专业化) and what is required under it."""

    name: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The criteria of one list.

    Attributes:
        source: The list's file.
        title: Its title.
        as_of: The sentence that dates it; None where there is none.
        dimensions: Its criteria, in reading order.
        notes: What it says of them besides, in reading order.
        repealed: Title of the document that repeals it, if one does.
        expired: Whether its own last day has passed.
    """

    source: str
    title: str
    as_of: Value | None
    dimensions: tuple[Dimension, ...]
    notes: tuple[Passage, ...]
    repealed: str = ""
    expired: bool = False

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All requirements, in reading order."""
        return tuple(clause for one in self.dimensions for clause in one.clauses)


def rulebooks(records: Records) -> tuple[Rulebook, ...]:
    """Return the criteria of every source that has some: rules in force, then the latest list."""
    by_source: dict[str, list[Clause]] = {}
    for clause in records.clauses():
        by_source.setdefault(clause.origin.source, []).append(clause)
    notes = records.passages()
    books = [
        _rulebook(document, by_source[document.source], notes)
        for document in records.documents()
        if document.source in by_source
    ]
    force = force_of(records.documents())
    ruled = [one.source for one in force.documents if one.regulation]
    books.sort(key=lambda book: _date(book.as_of), reverse=True)
    books.sort(key=lambda book: ruled.index(book.source) if book.source in ruled else len(ruled))
    return tuple(_standing(book, force) for book in books)


def _standing(book: Rulebook, force: Force) -> Rulebook:
    by = force.repealed.get(book.source)
    return replace(book, repealed=by.title if by else "", expired=book.source in force.expired)


def requirements_in(books: Sequence[Rulebook]) -> tuple[Requirement, ...]:
    """Return the known requirements that any of the criteria make: what an applicant may tell."""
    asked = requirements_made(clause for book in books for clause in book.clauses)
    return tuple(one for key, one in load_requirements().items() if key in asked)


def _rulebook(
    document: DocumentSummary, clauses: Sequence[Clause], notes: Sequence[Passage]
) -> Rulebook:
    dimensions: dict[str, list[Clause]] = {}
    for clause in clauses:
        dimensions.setdefault(clause.dimension, []).append(clause)
    # The first heading may be the title, which everything stands under.
    depth = 2 if clauses[0].origin.section[:1] == (document.title,) else 1
    chapters = {clause.origin.section[:depth] for clause in clauses}
    as_of = document.as_of or _dated_by(document)
    dated = as_of.origin if as_of else None
    return Rulebook(
        source=document.source,
        title=document.title,
        as_of=as_of,
        dimensions=tuple(Dimension(name, tuple(found)) for name, found in dimensions.items()),
        notes=tuple(
            note
            for note in notes
            if note.origin.source == document.source
            and note.origin != dated
            and note.origin.section
            and (note.origin.section[:depth] in chapters or _of_rules(note.origin.section[-1]))
        ),
    )


def _dated_by(document: DocumentSummary) -> Value | None:
    """Return what a rule document says of its own date."""
    told = document.regulation
    return (told.force or told.issued) if told else None


@cache
def _sections() -> tuple[str, ...]:
    text = (files("assistant") / "data/rulebook.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["sections"])


def _of_rules(heading: str) -> bool:
    return any(word in heading for word in _sections())


def _date(as_of: Value | None) -> tuple[int, int]:
    match = _DATE.search(as_of.text) if as_of else None
    return (int(match["year"]), int(match["month"] or 0)) if match else _UNDATED
