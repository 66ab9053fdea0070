"""Values that the records store keeps whole, as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from index.checks.types import Finding
from index.types import (
    Clause,
    DocumentSummary,
    Facts,
    Passage,
    SkippedRow,
    Slip,
    StatisticsRow,
)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class RowPayload:
    """What a company row holds besides its cells.

    Attributes:
        candidates: Ids of the companies that it may be about, where that is open.
    """

    facts: Facts
    slips: tuple[Slip, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentPayload:
    """What ``stats`` and updates need to know of a list."""

    summary: DocumentSummary
    skipped: tuple[SkippedRow, ...]


class Payload(Generic[_T]):
    """Reads and writes values of one type; what that takes is built with the first of them."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind

    @cached_property
    def _adapter(self) -> TypeAdapter[_T]:
        return TypeAdapter(self._kind)

    def read(self, text: str) -> _T:
        """Return the value that a JSON text holds."""
        return self._adapter.validate_json(text)

    def written(self, value: _T) -> str:
        """Return a value as JSON without what is as by default."""
        return self._adapter.dump_json(value, exclude_defaults=True).decode()


ROW: Payload[RowPayload] = Payload(RowPayload)
DOCUMENT: Payload[DocumentPayload] = Payload(DocumentPayload)
STATISTICS: Payload[StatisticsRow] = Payload(StatisticsRow)
CLAUSE: Payload[Clause] = Payload(Clause)
PASSAGE: Payload[Passage] = Payload(Passage)
FINDING: Payload[Finding] = Payload(Finding)
NAMES: Payload[tuple[str, ...]] = Payload(tuple[str, ...])
SKIPPED: Payload[tuple[SkippedRow, ...]] = Payload(tuple[SkippedRow, ...])

BROKEN = "broken"
"""Name of the note with the files that could not be read."""

# How the relations are called in the tables.
COMPANIES = "companies"
STATISTICS_ROWS = "statistics"
REQUIREMENTS = "requirements"
PASSAGES = "passages"
