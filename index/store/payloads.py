"""Values that the records store keeps whole, as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from pydantic import TypeAdapter

from index.checks import Finding
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


ROW = TypeAdapter(RowPayload)
DOCUMENT = TypeAdapter(DocumentPayload)
STATISTICS = TypeAdapter(StatisticsRow)
CLAUSE = TypeAdapter(Clause)
PASSAGE = TypeAdapter(Passage)
FINDING = TypeAdapter(Finding)
NAMES = TypeAdapter(tuple[str, ...])
SKIPPED = TypeAdapter(tuple[SkippedRow, ...])

BROKEN = "broken"
"""Name of the note with the files that could not be read."""

# How the relations are called in the tables.
COMPANIES = "companies"
STATISTICS_ROWS = "statistics"
REQUIREMENTS = "requirements"
PASSAGES = "passages"


def to_json(adapter: TypeAdapter[_T], value: _T) -> str:
    """Return a value as JSON without what is as by default."""
    return adapter.dump_json(value, exclude_defaults=True).decode()
