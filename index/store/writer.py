"""The records of one generation, written in one go: data first, then the indexes over it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from pypinyin import lazy_pinyin
from sqlalchemy import Connection, Engine, Table

from index.checks import Finding
from index.corpus import Reading
from index.language.thesaurus import Thesaurus
from index.places.gazetteer import Gazetteer
from index.schema.columns import TableKind, load_schema
from index.schema.facts import Fact, company_facts, origin_facts, statistics_facts
from index.store import tables
from index.store.database import batches, create_indexes, create_tables
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
    ROW,
    SKIPPED,
    STATISTICS,
    STATISTICS_ROWS,
    DocumentPayload,
    RowPayload,
    to_json,
)
from index.store.surfaces import surfaces_of
from index.store.terms import company_terms
from index.types import Company, CompanyRow, Corpus, Origin

_BATCH = 5_000

Record = Mapping[str, Any]


def write_records(
    engine: Engine,
    reading: Reading,
    corpus: Corpus,
    found: Sequence[Finding],
    paths: Sequence[str],
    gazetteer: Gazetteer,
    thesaurus: Thesaurus,
) -> None:
    """Write everything that was read into an empty database, in one transaction.

    Args:
        engine: A new SQLite file, or an empty schema of a server.
        reading: What each file holds.
        corpus: What became of it when the rows of one company were joined.
        found: What looks wrong in it.
        paths: Where each file stands, in the order of the reading.
        gazetteer: The places that may be named.
        thesaurus: The words that companies are found by.
    """
    with engine.begin() as connection:
        create_tables(connection)
        writer = _Writer(connection, reading, corpus)
        writer.write_documents(paths)
        writer.write_rows()
        writer.write_companies(thesaurus)
        writer.write_others()
        writer.write_findings(found)
        writer.write_vocabulary(gazetteer)
        create_indexes(connection)


class _Writer:
    """Writes one table after the other; origins get their number when they are first met."""

    def __init__(self, connection: Connection, reading: Reading, corpus: Corpus) -> None:
        self._connection = connection
        self._reading = reading
        self._corpus = corpus
        self._documents: dict[str, int] = {}
        self._origins: dict[Origin, int] = {}
        self._fresh: list[Record] = []
        rows = chain.from_iterable(source.companies for source in reading.sources)
        self._row_numbers = {id(row): number for number, row in enumerate(rows)}

    def _insert(self, table: Table, records: Iterable[Record]) -> None:
        """Insert records; those of the origins that they cite go before them."""
        for batch in batches(records, _BATCH):
            self._flush_origins()
            self._connection.execute(table.insert(), list(batch))

    def _flush_origins(self) -> None:
        if self._fresh:
            self._connection.execute(tables.origins.insert(), self._fresh)
            self._fresh = []

    def _origin(self, origin: Origin) -> int:
        """Return the number of an origin; a new one is written with the next records."""
        number = self._origins.get(origin)
        if number is None:
            number = self._origins[origin] = len(self._origins)
            self._fresh.append(
                {
                    "id": number,
                    "document": self._document(origin.source),
                    "section": json.dumps(origin.section, ensure_ascii=False),
                    "line_start": origin.line_start,
                    "line_end": origin.line_end,
                    "quote": origin.quote,
                    "sheet": origin.sheet,
                }
            )
        return number

    def _document(self, source: str) -> int:
        """Return the number of a file; corrections beside a list are met when they are cited."""
        number = self._documents.get(source)
        if number is None:
            number = self._documents[source] = len(self._documents)
            beside = {"id": number, "source": source, "title": "", "path": "", "sha256": ""}
            self._connection.execute(tables.documents.insert(), beside | {"summary": ""})
        return number

    def write_documents(self, paths: Sequence[str]) -> None:
        """Write the lists that were read, and a note of those that could not be."""
        records = []
        for source, summary, path in zip(
            self._reading.sources, self._corpus.documents, paths, strict=True
        ):
            number = self._documents[summary.source] = len(self._documents)
            payload = DocumentPayload(summary, source.skipped)
            records.append(
                {
                    "id": number,
                    "source": summary.source,
                    "title": summary.title,
                    "path": path,
                    "sha256": summary.sha256,
                    "summary": to_json(DOCUMENT, payload),
                }
            )
        self._insert(tables.documents, records)
        broken = to_json(SKIPPED, self._reading.broken)
        self._insert(tables.notes, [{"name": BROKEN, "payload": broken}])

    def write_rows(self) -> None:
        """Write every company row with its cells, in reading order."""
        placed = {
            id(row): (number, position)
            for number, company in enumerate(self._corpus.companies)
            for position, row in enumerate(company.rows)
        }
        candidates = {id(one.row): one.candidates for one in self._corpus.unresolved}
        rows = [row for source in self._reading.sources for row in source.companies]
        self._insert(tables.rows, (self._row(row, placed, candidates) for row in rows))
        self._insert(tables.cells, (cell for row in rows for cell in self._cells(row)))

    def _row(
        self,
        row: CompanyRow,
        placed: Mapping[int, tuple[int, int]],
        candidates: Mapping[int, tuple[str, ...]],
    ) -> Record:
        company, position = placed.get(id(row), (None, 0))
        payload = RowPayload(row.facts, row.slips, candidates.get(id(row), ()))
        return {
            "id": self._row_numbers[id(row)],
            "company": company,
            "position": position,
            "name": row.name,
            "origin": self._origin(row.origin),
            "payload": to_json(ROW, payload),
        }

    def _cells(self, row: CompanyRow) -> Iterator[Record]:
        number = self._row_numbers[id(row)]
        for position, (field, value) in enumerate(row.values.items()):
            yield {
                "row": number,
                "position": position,
                "field": field,
                "text": value.text,
                "origin": self._origin(value.origin),
            }

    def write_companies(self, thesaurus: Thesaurus) -> None:
        """Write the companies with their typed facts and the words that they are about."""
        numbered = list(enumerate(self._corpus.companies))
        self._insert(
            tables.entities,
            (
                _entity(
                    COMPANIES,
                    number,
                    company.id,
                    to_json(NAMES, company.aliases),
                    self._origin(company.rows[0].origin),
                    company.name,
                )
                for number, company in numbered
            ),
        )
        self._insert(
            tables.facts,
            (
                _fact(COMPANIES, number, fact, self._row_of(company, fact))
                for number, company in numbered
                for fact in company_facts(company)
            ),
        )
        terms = [
            {
                "term": term.term,
                "company": number,
                "weight": term.weight,
                "trade": term.trade,
            }
            for number, company in numbered
            for term in company_terms(company, thesaurus)
        ]
        self._insert(tables.terms, sorted(terms, key=lambda one: (one["term"], one["company"])))

    def _row_of(self, company: Company, fact: Fact) -> int | None:
        return None if fact.row is None else self._row_numbers[id(company.rows[fact.row])]

    def write_others(self) -> None:
        """Write statistics with their facts, requirements and passages."""
        for relation, values in (
            (
                STATISTICS_ROWS,
                [
                    (to_json(STATISTICS, one), one.origin, statistics_facts(one))
                    for one in self._corpus.statistics
                ],
            ),
            (
                REQUIREMENTS,
                [
                    (to_json(CLAUSE, one), one.origin, origin_facts(one.origin))
                    for one in self._corpus.clauses
                ],
            ),
            (
                PASSAGES,
                [
                    (to_json(PASSAGE, one), one.origin, origin_facts(one.origin))
                    for one in self._corpus.notes
                ],
            ),
        ):
            self._insert(
                tables.entities,
                (
                    _entity(relation, number, str(number), payload, self._origin(origin))
                    for number, (payload, origin, _) in enumerate(values)
                ),
            )
            self._insert(
                tables.facts,
                (
                    _fact(relation, number, fact, None)
                    for number, (_, _, facts) in enumerate(values)
                    for fact in facts
                ),
            )

    def write_findings(self, found: Sequence[Finding]) -> None:
        """Write the findings with the lines that they are about."""
        owners = {
            _line(row.origin): number
            for number, company in enumerate(self._corpus.companies)
            for row in company.rows
        }
        self._insert(
            tables.findings,
            (
                {
                    "id": number,
                    "payload": to_json(FINDING, finding),
                    "company": _only({owners.get(_line(one)) for one in finding.origins}),
                }
                for number, finding in enumerate(found)
            ),
        )
        self._insert(
            tables.finding_origins,
            (
                {
                    "finding": number,
                    "source": origin.source,
                    "sheet": origin.sheet,
                    "line_start": origin.line_start,
                    "line_end": origin.line_end,
                }
                for number, finding in enumerate(found)
                for origin in dict.fromkeys(finding.origins)
            ),
        )

    def write_vocabulary(self, gazetteer: Gazetteer) -> None:
        """Write the fields of the sources and everything that may be named."""
        self._insert(tables.fields, _fields(self._corpus))
        self._insert(
            tables.surfaces,
            (
                {
                    "surface": one.surface,
                    "kind": one.kind,
                    "field": one.field,
                    "value": one.value,
                }
                for one in surfaces_of(self._corpus, gazetteer)
            ),
        )


def _entity(
    relation: str, number: int, key: str, payload: str, origin: int, name: str = ""
) -> Record:
    return {
        "relation": relation,
        "id": number,
        "key": key,
        "name": name,
        "sort": " ".join(lazy_pinyin(name)) if name else "",
        "payload": payload,
        "origin": origin,
    }


def _fact(relation: str, entity: int, fact: Fact, row: int | None) -> Record:
    return {
        "relation": relation,
        "entity": entity,
        "field": fact.field,
        "text": fact.text,
        "low": fact.low,
        "high": fact.high,
        "first": fact.first,
        "row": row,
    }


def _line(origin: Origin) -> tuple[str, str, int]:
    return origin.source, origin.sheet, origin.line_start


def _only(owners: set[int | None]) -> int | None:
    return owners.pop() if len(owners) == 1 else None


def _fields(corpus: Corpus) -> Iterator[Record]:
    """Yield the fields that the sources have, the schema's first."""
    counts: Counter[str] = Counter()
    sources: dict[str, dict[str, None]] = {}
    for company in corpus.companies:
        counts.update({field for row in company.rows for field in row.values})
        for row in company.rows:
            for field in row.values:
                sources.setdefault(field, {})[row.origin.source] = None
    labels = load_schema().labels[TableKind.COMPANY]
    known = [field for field in labels if field in counts]
    for position, field in enumerate((*known, *sorted(counts.keys() - labels.keys()))):
        yield {
            "key": field,
            "position": position,
            "label": labels.get(field, field),
            "type": "text",
            "own": field not in labels,
            "companies": counts[field],
            "sources": json.dumps(list(sources[field]), ensure_ascii=False),
        }
