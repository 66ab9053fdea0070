"""The records of one generation, read: no method loads all companies.

The query algebra's compiler (``assistant.search``) builds its own SELECT statements over
:mod:`index.store.tables` and runs them with :meth:`Records.fetch`; everything that turns rows back
into values lives here.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Engine, func, or_, select

from index.checks.types import Finding
from index.store import tables
from index.store.database import batches, translated
from index.store.payloads import (
    BROKEN,
    CLAUSE,
    COMPANIES,
    DOCUMENT,
    FINDING,
    NAMES,
    PASSAGE,
    PASSAGES,
    REQUIREMENTS,
    SKIPPED,
    STATISTICS,
    STATISTICS_ROWS,
    DocumentPayload,
    Payload,
)
from index.store.rowreader import read_chunks, read_rows
from index.types import (
    Chunk,
    Clause,
    Company,
    CompanyRow,
    DocumentSummary,
    Origin,
    Passage,
    SkippedRow,
    StatisticsRow,
    UnresolvedRow,
)

_T = TypeVar("_T")

# How many values one statement names, and how many companies are kept once they are read.
_NAMED = 500
_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Surface:
    """What a stretch of text may name.

    Attributes:
        surface: The stretch, folded.
        kind: ``company``, ``city``, ``province``, ``district``, ``value``, ``list``, ``section``,
            ``code``, ``host``, ``column`` or ``sound``.
        field: The field of a value; empty for other kinds.
        value: Company id, canonical value, source or field key; of a sound the name that has it.
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


class Records:
    """One generation's records; may be used by several threads."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where
        self._companies: OrderedDict[int, Company] = OrderedDict()
        self._lock = threading.Lock()

    def fetch(self, statement: Any) -> Sequence[Any]:
        """Return all rows of a SQLAlchemy SELECT."""
        with translated(self._where), self._engine.connect() as connection:
            return connection.execute(statement).all()

    def companies(self, ids: Iterable[int]) -> tuple[Company, ...]:
        """Return companies by their reading order, in the order given, in a few statements."""
        wanted = list(ids)
        with self._lock:
            held = {one: self._companies[one] for one in wanted if one in self._companies}
        missing = [one for one in dict.fromkeys(wanted) if one not in held]
        for batch in batches(missing, _NAMED):
            held |= self._read_companies(batch)
        with self._lock:
            for one in dict.fromkeys(wanted):
                self._companies[one] = held[one]
                self._companies.move_to_end(one)
            while len(self._companies) > _KEPT:
                self._companies.popitem(last=False)
        return tuple(held[one] for one in wanted)

    def _read_companies(self, ids: Sequence[int]) -> dict[int, Company]:
        entities = tables.entities
        heads = self.fetch(
            select(entities.c.id, entities.c.key, entities.c.name, entities.c.payload).where(
                entities.c.relation == COMPANIES, entities.c.id.in_(ids)
            )
        )
        by_company: defaultdict[int | None, list[CompanyRow]] = defaultdict(list)
        for read in read_rows(self.fetch, tables.rows.c.company.in_(ids)):
            by_company[read.company].append(read.row)
        return {
            number: Company(key, name, NAMES.read(aliases), tuple(by_company[number]))
            for number, key, name, aliases in heads
        }

    def by_key(self, keys: Iterable[str]) -> tuple[Company, ...]:
        """Return companies by their public ids, in the order given; unknown ids are left out."""
        wanted = list(keys)
        numbers = self.numbers(wanted)
        return self.companies(numbers[key] for key in wanted if key in numbers)

    def numbers(self, keys: Iterable[str]) -> dict[str, int]:
        """Return reading order by public id."""
        entities = tables.entities
        found: dict[str, int] = {}
        for batch in batches(dict.fromkeys(keys), _NAMED):
            pairs = self.fetch(
                select(entities.c.key, entities.c.id).where(
                    entities.c.relation == COMPANIES, entities.c.key.in_(batch)
                )
            )
            found |= {key: int(number) for key, number in pairs}
        return found

    def named_with(self, parts: Iterable[str]) -> list[int]:
        """Return the reading order of the companies whose names hold one of some stretches."""
        entities = tables.entities
        holding = or_(*(entities.c.name.icontains(part, autoescape=True) for part in parts))
        statement = select(entities.c.id).where(entities.c.relation == COMPANIES, holding)
        return [int(number) for (number,) in self.fetch(statement)]

    def count(self) -> int:
        """Return the number of companies."""
        entities = tables.entities
        counted = select(func.count()).where(entities.c.relation == COMPANIES)
        return int(self.fetch(counted)[0][0])

    def surfaces(self, stretches: Iterable[str]) -> dict[str, tuple[Surface, ...]]:
        """Return what each of some folded stretches may name; one indexed statement."""
        table = tables.surfaces
        found: defaultdict[str, list[Surface]] = defaultdict(list)
        for batch in batches(dict.fromkeys(stretches), _NAMED):
            statement = (
                select(table)
                .where(table.c.surface.in_(batch))
                .order_by(table.c.surface, table.c.kind, table.c.field, table.c.value)
            )
            for surface, kind, field, value in self.fetch(statement):
                found[surface].append(Surface(surface, kind, field, value))
        return {surface: tuple(meanings) for surface, meanings in found.items()}

    def terms(self, words: Iterable[str]) -> dict[str, dict[int, float]]:
        """Return for each word the companies about it (reading order → weight)."""
        table = tables.terms
        found: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for batch in batches(dict.fromkeys(words), _NAMED):
            statement = (
                select(table.c.term, table.c.company, table.c.weight)
                .where(table.c.term.in_(batch))
                .order_by(table.c.term, table.c.company)
            )
            for term, company, weight in self.fetch(statement):
                found[term][company] = weight
        return dict(found)

    def chunks(self, keys: Iterable[str]) -> dict[str, Chunk]:
        """Return chunks by their keys; unknown keys are left out."""
        found: dict[str, Chunk] = {}
        for batch in batches(dict.fromkeys(keys), _NAMED):
            found |= read_chunks(self.fetch, batch)
        return found

    def fields(self) -> tuple[StoredField, ...]:
        """Return the fields that the sources have, the registry's first."""
        table = tables.fields
        return tuple(
            StoredField(key, label, kind, own, companies, tuple(json.loads(sources)))
            for key, label, kind, own, companies, sources in self.fetch(
                select(
                    table.c.key,
                    table.c.label,
                    table.c.type,
                    table.c.own,
                    table.c.companies,
                    table.c.sources,
                ).order_by(table.c.position)
            )
        )

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Return the files, in reading order."""
        return tuple(one.summary for one in self.document_payloads())

    def document_payloads(self) -> Iterator[DocumentPayload]:
        """Yield what each file holds, with what was not read of it, in reading order."""
        table = tables.documents
        lists = select(table.c.summary).where(table.c.summary != "").order_by(table.c.id)
        for (summary,) in self.fetch(lists):
            yield DOCUMENT.read(summary)

    def statistics(self) -> tuple[StatisticsRow, ...]:
        """Return all rows of statistics, in reading order."""
        return tuple(self._entities(STATISTICS_ROWS, STATISTICS))

    def clauses(self) -> tuple[Clause, ...]:
        """Return all requirements, in reading order."""
        return tuple(self._entities(REQUIREMENTS, CLAUSE))

    def passages(self) -> tuple[Passage, ...]:
        """Return all notes and other passages, in reading order."""
        return tuple(self._entities(PASSAGES, PASSAGE))

    def _entities(self, relation: str, adapter: Payload[_T]) -> Iterator[_T]:
        table = tables.entities
        whole = select(table.c.payload).where(table.c.relation == relation).order_by(table.c.id)
        for (payload,) in self.fetch(whole):
            yield adapter.read(payload)

    def unresolved(self) -> tuple[UnresolvedRow, ...]:
        """Return the rows whose company is open."""
        return tuple(
            UnresolvedRow(read.row, read.candidates)
            for read in read_rows(self.fetch, tables.rows.c.company.is_(None))
        )

    def skipped(self) -> tuple[SkippedRow, ...]:
        """Return the files that could not be read, and the rows that were not."""
        own = (row for document in self.document_payloads() for row in document.skipped)
        return (*self.broken(), *own)

    def broken(self) -> tuple[SkippedRow, ...]:
        """Return the files that could not be read."""
        table = tables.notes
        (payload,) = self.fetch(select(table.c.payload).where(table.c.name == BROKEN))[0]
        return SKIPPED.read(payload)

    def findings(self) -> tuple[Finding, ...]:
        """Return everything that looks wrong, in reading order."""
        table = tables.findings
        payloads = self.fetch(select(table.c.payload).order_by(table.c.id))
        return tuple(FINDING.read(payload) for (payload,) in payloads)

    def findings_at(self, origins: Iterable[Origin]) -> Mapping[Origin, tuple[Finding, ...]]:
        """Return the findings about some lines; those without any are left out.

        Lines and findings meet where they begin at the same line and overlap: both are rows, cells
        or headings of the source.
        """
        lines, table = tables.finding_origins, tables.findings
        found: dict[Origin, tuple[Finding, ...]] = {}
        for batch in batches(dict.fromkeys(origins), _NAMED // 4):
            rows = self.fetch(
                select(*_LINES, table.c.payload)
                .join_from(lines, table, lines.c.finding == table.c.id)
                .where(
                    lines.c.source.in_(sorted({one.source for one in batch})),
                    lines.c.sheet.in_(sorted({one.sheet for one in batch})),
                    lines.c.line_start.in_(sorted({one.line_start for one in batch})),
                )
                .order_by(table.c.id)
            )
            read = [(tuple(at), FINDING.read(payload)) for *at, payload in rows]
            for origin in batch:
                own = dict.fromkeys(one for at, one in read if _touches(origin, *at))
                if own:
                    found[origin] = tuple(own)
        return found

    def verify(self) -> None:
        """Read a row of every table.

        Raises:
            StoreMismatchError: one is missing or damaged.
        """
        for table in tables.metadata.sorted_tables:
            self.fetch(select(table).limit(1))

    def close(self) -> None:
        """Release the connections."""
        self._engine.dispose()


_LINES = (
    tables.finding_origins.c.source,
    tables.finding_origins.c.sheet,
    tables.finding_origins.c.line_start,
    tables.finding_origins.c.line_end,
)


def _touches(origin: Origin, source: str, sheet: str, start: int, end: int) -> bool:
    same = source == origin.source and sheet == origin.sheet
    return same and start <= origin.line_end and end >= origin.line_start
