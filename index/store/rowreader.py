"""Company rows and chunks, put together again from their tables."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, select

from index.store import tables
from index.store.payloads import (
    COMPANIES,
    PASSAGES,
    REQUIREMENTS,
    ROW,
    STATISTICS_ROWS,
)
from index.types import Chunk, ChunkKind, CompanyRow, Origin, Value

Fetch = Callable[[Any], Sequence[Any]]

_ORIGIN = (
    tables.documents.c.source,
    tables.origins.c.section,
    tables.origins.c.line_start,
    tables.origins.c.line_end,
    tables.origins.c.quote,
    tables.origins.c.sheet,
)

# The relation whose entities the chunks of a kind are made from.
_RELATIONS = {
    ChunkKind.STATISTICS.value: STATISTICS_ROWS,
    ChunkKind.CLAUSE.value: REQUIREMENTS,
    ChunkKind.NOTE.value: PASSAGES,
}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A company row.

    Attributes:
        number: Its place among all rows, in reading order.
        company: Reading order of its company; None where that is open.
        candidates: Ids of the companies that it may be about, where that is open.
    """

    number: int
    company: int | None
    row: CompanyRow
    candidates: tuple[str, ...]


def read_rows(fetch: Fetch, condition: ColumnElement[bool]) -> Iterator[ReadRow]:
    """Yield the rows that fulfil a condition, company by company; two statements."""
    rows, cells, origins = tables.rows, tables.cells, tables.origins
    found = fetch(
        select(rows.c.id, rows.c.company, rows.c.name, rows.c.payload, *_ORIGIN)
        .join_from(rows, origins, rows.c.origin == origins.c.id)
        .join(tables.documents)
        .where(condition)
        .order_by(rows.c.company, rows.c.position, rows.c.id)
    )
    # Most cells stand in the lines of their row; only for others is their origin fetched.
    own = and_(cells.c.origin == origins.c.id, cells.c.origin != rows.c.origin)
    texts = fetch(
        select(cells.c.row, cells.c.field, cells.c.text, *_ORIGIN)
        .join_from(cells, rows, cells.c.row == rows.c.id)
        .join(origins, own, isouter=True)
        .join(tables.documents, isouter=True)
        .where(condition)
        .order_by(cells.c.row, cells.c.position)
    )
    known: dict[tuple[Any, ...], Origin] = {}
    values: defaultdict[int, dict[str, tuple[str, Origin | None]]] = defaultdict(dict)
    for number, field, text, *origin in texts:
        elsewhere = _origin(origin, known) if origin[0] is not None else None
        values[number][field] = (text, elsewhere)
    for number, company, name, payload, *origin in found:
        lines = _origin(origin, known)
        rest = ROW.read(payload)
        told = {field: Value(text, at or lines) for field, (text, at) in values[number].items()}
        row = CompanyRow(name, told, rest.facts, lines, rest.slips)
        yield ReadRow(number, company, row, rest.candidates)


def read_chunks(fetch: Fetch, keys: Sequence[str]) -> dict[str, Chunk]:
    """Return chunks by their keys; two statements."""
    chunks, entities, targets = tables.chunks, tables.entities, tables.targets
    made_from = and_(
        entities.c.relation == case(_RELATIONS, value=chunks.c.kind),
        entities.c.id == chunks.c.entity,
    )
    found = fetch(
        select(
            chunks.c.key,
            chunks.c.kind,
            chunks.c.text,
            chunks.c.field,
            chunks.c.leads_to,
            entities.c.payload,
            *_ORIGIN,
        )
        .join_from(chunks, tables.origins, chunks.c.origin == tables.origins.c.id)
        .join(tables.documents)
        .join(entities, made_from, isouter=True)
        .where(chunks.c.key.in_(keys))
    )
    about = fetch(
        select(chunks.c.key, entities.c.key)
        .join_from(chunks, targets, targets.c.chunk == chunks.c.id)
        .join(entities, and_(entities.c.relation == COMPANIES, entities.c.id == targets.c.company))
        .where(chunks.c.key.in_(keys))
        .order_by(chunks.c.id, targets.c.company)
    )
    companies: defaultdict[str, list[str]] = defaultdict(list)
    for key, company in about:
        companies[key].append(company)
    known: dict[tuple[Any, ...], Origin] = {}
    return {
        key: Chunk(
            key,
            ChunkKind(kind),
            text,
            _origin(origin, known),
            (leads_to,) if leads_to else tuple(companies[key]),
            field,
            payload or "",
        )
        for key, kind, text, field, leads_to, payload, *origin in found
    }


def _origin(columns: Sequence[Any], known: dict[tuple[Any, ...], Origin]) -> Origin:
    """Return the origin in the columns of ``_ORIGIN``; equal ones are one object."""
    key = tuple(columns)
    if key not in known:
        source, section, start, end, quote, sheet = key
        known[key] = Origin(source, tuple(json.loads(section)), start, end, quote, sheet)
    return known[key]
