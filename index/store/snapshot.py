"""What an index was read from, kept beside it in the form that opens fastest.

Chroma holds the chunks of an index: texts, vectors and typed metadata. This file holds the rows
that they were made from, so that opening an index pages no records, and a file that has not
changed need not be read again. An origin is written once however many values share it, which makes
the file a sixth of its size and opens it in a third of the time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.corpus import Reading, SourceRows, gather
from index.errors import StoreMismatchError
from index.store.collector import collector_paused
from index.types import (
    Clause,
    Company,
    CompanyRow,
    Corpus,
    DocumentSummary,
    Facts,
    Origin,
    Passage,
    SkippedRow,
    Slip,
    StatisticsRow,
    UnresolvedRow,
    Value,
)

SNAPSHOT_NAME = "rows.json"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was read, and what became of it when the rows of one company were joined."""

    reading: Reading
    corpus: Corpus


@dataclass(frozen=True, slots=True)
class _Row:
    """A company row; origins are places in the list of all origins."""

    name: str
    origin: int
    values: Mapping[str, tuple[str, int]]
    facts: Facts
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class _Company:
    """A company; rows are places in the list of all rows."""

    id: str
    name: str
    aliases: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """A file, with the number of its company rows."""

    summary: DocumentSummary
    companies: int
    statistics: tuple[StatisticsRow, ...]
    clauses: tuple[Clause, ...]
    notes: tuple[Passage, ...]
    skipped: tuple[SkippedRow, ...]


@dataclass(frozen=True, slots=True)
class _Stored:
    origins: tuple[Origin, ...]
    rows: tuple[_Row, ...]
    sources: tuple[_Source, ...]
    broken: tuple[SkippedRow, ...]
    companies: tuple[_Company, ...]
    unresolved: tuple[tuple[int, tuple[str, ...]], ...]


_ADAPTER = TypeAdapter(_Stored)


def write_snapshot(snapshot: Snapshot, folder: Path) -> str:
    """Write a snapshot into a generation's folder; return the SHA-256 of the file, in hex."""
    data = _ADAPTER.dump_json(_packed(snapshot))
    (folder / SNAPSHOT_NAME).write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def read_snapshot(folder: Path, sha256: str) -> Snapshot:
    """Return the snapshot in a generation's folder.

    Raises:
        StoreMismatchError: it is missing, damaged, or another than ``sha256`` names.
    """
    try:
        data = (folder / SNAPSHOT_NAME).read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ValueError(SNAPSHOT_NAME)
        with collector_paused():
            return _unpacked(_ADAPTER.validate_json(data))
    except (OSError, ValueError, ValidationError) as error:
        raise StoreMismatchError(
            f"索引 {folder} 的文件 {SNAPSHOT_NAME} 缺失或损坏，请运行 xiaojuren index 重建索引"
        ) from error


def _packed(snapshot: Snapshot) -> _Stored:
    reading, corpus = snapshot.reading, snapshot.corpus
    rows = [row for source in reading.sources for row in source.companies]
    numbers = {id(row): number for number, row in enumerate(rows)}
    origins: dict[Origin, int] = {}
    return _Stored(
        rows=tuple(_packed_row(row, origins) for row in rows),
        origins=tuple(origins),
        sources=tuple(
            _Source(
                source.summary,
                len(source.companies),
                source.statistics,
                source.clauses,
                source.notes,
                source.skipped,
            )
            for source in reading.sources
        ),
        broken=reading.broken,
        companies=tuple(
            _Company(one.id, one.name, one.aliases, tuple(numbers[id(row)] for row in one.rows))
            for one in corpus.companies
        ),
        unresolved=tuple((numbers[id(one.row)], one.candidates) for one in corpus.unresolved),
    )


def _packed_row(row: CompanyRow, origins: dict[Origin, int]) -> _Row:
    def place(origin: Origin) -> int:
        return origins.setdefault(origin, len(origins))

    values = {field: (value.text, place(value.origin)) for field, value in row.values.items()}
    return _Row(row.name, place(row.origin), values, row.facts, row.slips)


def _unpacked(stored: _Stored) -> Snapshot:
    origins = stored.origins
    rows = tuple(
        CompanyRow(
            row.name,
            {field: Value(text, origins[place]) for field, (text, place) in row.values.items()},
            row.facts,
            origins[row.origin],
            row.slips,
        )
        for row in stored.rows
    )
    sources = tuple(_unpacked_sources(stored.sources, rows))
    reading = Reading(sources, stored.broken)
    companies = tuple(
        Company(one.id, one.name, one.aliases, tuple(rows[number] for number in one.rows))
        for one in stored.companies
    )
    unresolved = tuple(UnresolvedRow(rows[number], ids) for number, ids in stored.unresolved)
    return Snapshot(reading, gather(reading, companies, unresolved))


def _unpacked_sources(
    stored: tuple[_Source, ...], rows: tuple[CompanyRow, ...]
) -> Iterator[SourceRows]:
    start = 0
    for one in stored:
        own = rows[start : start + one.companies]
        yield SourceRows(one.summary, own, one.statistics, one.clauses, one.notes, one.skipped)
        start += one.companies
