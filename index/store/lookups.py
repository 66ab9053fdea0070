"""What is looked up in the records: chunks, findings, fields and everything that may be named."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from index.places.gazetteer import load_gazetteer
from index.schema.fields import CHINESE, Field, TableKind, registry
from index.store import tables
from index.store.content import Content
from index.store.inserts import Inserter, Record
from index.store.payloads import FINDING
from index.store.surfaces import surfaces_of
from index.types import ChunkKind, Corpus, Origin


def write_chunks(writer: Inserter, content: Content) -> None:
    """Write the chunks with the companies that they are about."""
    entities: Counter[ChunkKind] = Counter()
    records = []
    for number, chunk in enumerate(content.chunks):
        made_from = chunk.kind in (ChunkKind.STATISTICS, ChunkKind.CLAUSE, ChunkKind.NOTE)
        records.append(
            {
                "id": number,
                "key": chunk.id,
                "kind": chunk.kind.value,
                "field": chunk.field,
                "text": chunk.text,
                "origin": writer.origin(chunk.origin),
                "entity": entities[chunk.kind] if made_from else None,
                "leads_to": chunk.targets[0] if chunk.kind is ChunkKind.QUESTION else "",
            }
        )
        entities[chunk.kind] += 1
    writer.insert(tables.chunks, records)
    numbers = {company.id: number for number, company in enumerate(content.corpus.companies)}
    writer.insert(
        tables.targets,
        (
            {"chunk": number, "company": company}
            for number, chunk in enumerate(content.chunks)
            if chunk.kind is not ChunkKind.QUESTION
            for company in sorted(numbers[one] for one in chunk.targets)
        ),
    )


def write_findings(writer: Inserter, content: Content) -> None:
    """Write the findings with the lines that they are about."""
    owners = {
        _line(row.origin): number
        for number, company in enumerate(content.corpus.companies)
        for row in company.rows
    }
    writer.insert(
        tables.findings,
        (
            {
                "id": number,
                "payload": FINDING.written(finding),
                "company": _only({owners.get(_line(one)) for one in finding.origins}),
            }
            for number, finding in enumerate(content.findings)
        ),
    )
    writer.insert(
        tables.finding_origins,
        (
            {
                "finding": number,
                "source": origin.source,
                "sheet": origin.sheet,
                "line_start": origin.line_start,
                "line_end": origin.line_end,
            }
            for number, finding in enumerate(content.findings)
            for origin in dict.fromkeys(finding.origins)
        ),
    )


def write_vocabulary(writer: Inserter, corpus: Corpus, own: Mapping[str, Field]) -> None:
    """Write the fields of the sources and everything that may be named."""
    writer.insert(tables.fields, _fields(corpus, own))
    writer.insert(
        tables.surfaces,
        (
            {
                "surface": one.surface,
                "kind": one.kind,
                "field": one.field,
                "value": one.value,
            }
            for one in surfaces_of(corpus, load_gazetteer(), own)
        ),
    )


def _line(origin: Origin) -> tuple[str, str, int]:
    return origin.source, origin.sheet, origin.line_start


def _only(owners: set[int | None]) -> int | None:
    return owners.pop() if len(owners) == 1 else None


def _fields(corpus: Corpus, own: Mapping[str, Field]) -> Iterator[Record]:
    """Yield the fields that the sources have, the registry's first."""
    counts: Counter[str] = Counter()
    sources: dict[str, dict[str, None]] = {}
    for company in corpus.companies:
        counts.update({field for row in company.rows for field in row.values})
        for row in company.rows:
            for field in row.values:
                sources.setdefault(field, {})[row.origin.source] = None
    known = [one for one in registry().of(TableKind.COMPANY) if one.key in counts]
    for position, one in enumerate((*known, *(own[key] for key in sorted(own)))):
        yield {
            "key": one.key,
            "position": position,
            "label": one.labels[CHINESE],
            "type": one.type.value,
            "own": one.own,
            "companies": counts[one.key],
            "sources": json.dumps(list(sources[one.key]), ensure_ascii=False),
        }
