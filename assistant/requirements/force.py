"""Which rule documents are in force, by what they say of themselves and of each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.text import fold
from index.types import DocumentSummary, Regulation


@dataclass(frozen=True, slots=True)
class Force:
    """The rule documents of an index.

    Attributes:
        documents: All documents: rules first, those in force before others, the latest first;
            then what is no rule document, in reading order.
        repealed: The documents that are repealed, each with the one that says so.
        expired: The documents whose own last day has passed.
    """

    documents: tuple[DocumentSummary, ...]
    repealed: Mapping[str, DocumentSummary]
    expired: frozenset[str]

    def current(self, source: str) -> bool:
        """Return whether nothing says that a document is no longer in force."""
        return source not in self.repealed and source not in self.expired

    def among(self, sources: Collection[str]) -> tuple[str, ...]:
        """Return the sources of some documents, in this order."""
        return tuple(one.source for one in self.documents if one.source in sources)

    def applying(self, sources: Collection[str]) -> frozenset[str]:
        """Return which of some documents an applicant is judged by: rules in force, if any."""
        ruled = {one.source for one in self.documents if one.regulation and one.source in sources}
        current = {one for one in ruled if self.current(one)}
        return frozenset(current or ruled or sources)


def force_of(documents: Sequence[DocumentSummary], today: date | None = None) -> Force:
    """Return which of some documents are in force on a day, today's if none is given."""
    day = (today or date.today()).isoformat()
    repealed = {
        one.source: by
        for one in documents
        for by in documents
        if one is not by and by.regulation and _names(by.regulation, one)
    }
    expired = frozenset(
        one.source
        for one in documents
        if one.regulation and one.regulation.ends and one.regulation.ends < day
    )

    def place(one: DocumentSummary) -> tuple[bool, bool, int]:
        if one.regulation is None:
            return True, False, 0
        gone = one.source in repealed or one.source in expired
        return False, gone, -int(one.regulation.starts.replace("-", "") or 0)

    return Force(tuple(sorted(documents, key=place)), repealed, expired)


def _names(repealing: Regulation, document: DocumentSummary) -> bool:
    """Return whether a document is one that another repeals, by its number or its title."""
    number = document.regulation.number if document.regulation else None
    told = {fold(document.title), *([fold(number.text)] if number else [])}
    return bool(told & set(repealing.repeals))
