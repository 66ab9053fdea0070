"""The records of one generation, read: no method loads all companies.

The query algebra's compiler (``assistant.search``) builds its own SELECT statements over
:mod:`index.store.tables` and runs them with :meth:`Records.fetch`; everything that turns rows back
into values lives here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from index.checks import Finding
from index.types import (
    Clause,
    Company,
    DocumentSummary,
    Origin,
    Passage,
    SkippedRow,
    StatisticsRow,
    UnresolvedRow,
)


@dataclass(frozen=True, slots=True)
class Surface:
    """What a stretch of text may name.

    Attributes:
        surface: The stretch, folded.
        kind: ``company``, ``city``, ``province``, ``district``, ``value``, ``list``, ``section``,
            ``code``, ``host`` or ``column``.
        field: The field of a value; empty for other kinds.
        value: Company id, canonical value, source or field key.
    """

    surface: str
    kind: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class StoredField:
    """A field that the sources have.

    Attributes:
        key: Key of the registry, or the header of a list's own column.
        label: What users see.
        type: Name of the value type.
        own: Whether it is a list's own column.
        companies: How many companies have a value.
        sources: The lists that have it.
    """

    key: str
    label: str
    type: str
    own: bool
    companies: int
    sources: tuple[str, ...]


class Records(Protocol):
    """One generation's records."""

    def fetch(self, statement: Any) -> Sequence[Any]:
        """Return all rows of a SQLAlchemy SELECT."""

    def companies(self, ids: Iterable[int]) -> tuple[Company, ...]:
        """Return companies by their reading order, in the order given, in a few statements."""

    def by_key(self, keys: Iterable[str]) -> tuple[Company, ...]:
        """Return companies by their public ids, in the order given; unknown ids are left out."""

    def numbers(self, keys: Iterable[str]) -> dict[str, int]:
        """Return reading order by public id."""

    def count(self) -> int:
        """Return the number of companies."""

    def surfaces(self, stretches: Iterable[str]) -> dict[str, tuple[Surface, ...]]:
        """Return what each of some folded stretches may name; one indexed statement."""

    def terms(self, words: Iterable[str]) -> dict[str, dict[int, float]]:
        """Return for each word the companies about it (reading order → weight)."""

    def fields(self) -> tuple[StoredField, ...]:
        """Return the fields that the sources have, the registry's first."""

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Return the files, in reading order."""

    def statistics(self) -> tuple[StatisticsRow, ...]:
        """Return all rows of statistics, in reading order."""

    def clauses(self) -> tuple[Clause, ...]:
        """Return all requirements, in reading order."""

    def passages(self) -> tuple[Passage, ...]:
        """Return all notes and other passages, in reading order."""

    def unresolved(self) -> tuple[UnresolvedRow, ...]:
        """Return the rows whose company is open."""

    def skipped(self) -> tuple[SkippedRow, ...]:
        """Return the rows that were not read."""

    def findings(self) -> tuple[Finding, ...]:
        """Return everything that looks wrong, in reading order."""

    def findings_at(self, origins: Iterable[Origin]) -> Mapping[Origin, tuple[Finding, ...]]:
        """Return the findings about some lines."""

    def close(self) -> None:
        """Release the connection."""
