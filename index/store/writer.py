"""The records of one generation, written in one go: data first, then the indexes over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from sqlalchemy import Connection, Engine

from index.language.sounds import pinyin_of
from index.language.thesaurus import load_thesaurus
from index.schema.facts import Fact, company_facts, origin_facts, statistics_facts
from index.schema.own import own_fields
from index.store import tables
from index.store.arrays import write_columns
from index.store.content import Content
from index.store.database import create_indexes, create_tables
from index.store.inserts import Inserter, Record
from index.store.lookups import write_chunks, write_findings, write_vocabulary
from index.store.payloads import (
    BROKEN,
    CLAUSE,
    COMPANIES,
    DOCUMENT,
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
)
from index.store.terms import company_terms
from index.store.trades import company_trades
from index.types import Company, CompanyRow


def write_records(engine: Engine, content: Content) -> None:
    """Write the content of an index into an empty database, in one transaction.

    Args:
        engine: A new SQLite file, or an empty schema of a server.
        content: What is written.
    """
    with engine.begin() as connection:
        create_tables(connection)
        writer = _Writer(connection, content)
        writer.write_documents()
        writer.write_rows()
        writer.write_companies()
        writer.write_others()
        write_chunks(writer, content)
        write_findings(writer, content)
        write_vocabulary(writer, content.corpus, writer.own)
        create_indexes(connection)
        write_columns(connection)


class _Writer(Inserter):
    """Writes one group of tables after the other."""

    def __init__(self, connection: Connection, content: Content) -> None:
        super().__init__(connection)
        self._content = content
        self._corpus = content.corpus
        self.own = own_fields(content.corpus.companies)
        rows = chain.from_iterable(source.companies for source in content.reading.sources)
        self._row_numbers = {id(row): number for number, row in enumerate(rows)}

    def write_documents(self) -> None:
        """Write the lists that were read, and a note of those that could not be."""
        content = self._content
        for source, summary, path in zip(
            content.reading.sources, content.corpus.documents, content.paths, strict=True
        ):
            payload = DOCUMENT.written(DocumentPayload(summary, source.skipped))
            values = {"title": summary.title, "path": path, "sha256": summary.sha256}
            self.document(summary.source, values | {"summary": payload})
        broken = SKIPPED.written(content.reading.broken)
        self.insert(tables.notes, [{"name": BROKEN, "payload": broken}])

    def write_rows(self) -> None:
        """Write every company row with its cells, in reading order."""
        placed = {
            id(row): (number, position)
            for number, company in enumerate(self._corpus.companies)
            for position, row in enumerate(company.rows)
        }
        candidates = {id(one.row): one.candidates for one in self._corpus.unresolved}
        rows = [row for source in self._content.reading.sources for row in source.companies]
        self.insert(tables.rows, (self._row(row, placed, candidates) for row in rows))
        self.insert(tables.cells, (cell for row in rows for cell in self._cells(row)))

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
            "origin": self.origin(row.origin),
            "payload": ROW.written(payload),
        }

    def _cells(self, row: CompanyRow) -> Iterator[Record]:
        number = self._row_numbers[id(row)]
        for position, (field, value) in enumerate(row.values.items()):
            yield {
                "row": number,
                "position": position,
                "field": field,
                "text": value.text,
                "origin": self.origin(value.origin),
            }

    def write_companies(self) -> None:
        """Write the companies with their typed facts and the words that they are about."""
        numbered = list(enumerate(self._corpus.companies))
        self.insert(
            tables.entities,
            (
                _entity(
                    COMPANIES,
                    number,
                    company.id,
                    NAMES.written(company.aliases),
                    self.origin(company.rows[0].origin),
                    company.name,
                )
                for number, company in numbered
            ),
        )
        self.insert(
            tables.facts,
            (
                _fact(COMPANIES, number, fact, self._row_of(company, fact))
                for number, company in numbered
                for fact in company_facts(company, self.own)
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
            for term in company_terms(company, load_thesaurus())
        ]
        self.insert(tables.terms, sorted(terms, key=lambda one: (one["term"], one["company"])))

        trades = [
            {"trade": trade, "company": number, "share": share}
            for number, company in numbered
            for trade, share in company_trades(
                company, load_thesaurus(), self._content.nearest
            ).items()
        ]
        self.insert(tables.trades, sorted(trades, key=lambda one: (one["trade"], one["company"])))

    def _row_of(self, company: Company, fact: Fact) -> int | None:
        return None if fact.row is None else self._row_numbers[id(company.rows[fact.row])]

    def write_others(self) -> None:
        """Write statistics with their facts, requirements and passages."""
        for relation, values in (
            (
                STATISTICS_ROWS,
                [
                    (STATISTICS.written(one), one.origin, statistics_facts(one))
                    for one in self._corpus.statistics
                ],
            ),
            (
                REQUIREMENTS,
                [
                    (CLAUSE.written(one), one.origin, origin_facts(one.origin))
                    for one in self._corpus.clauses
                ],
            ),
            (
                PASSAGES,
                [
                    (PASSAGE.written(one), one.origin, origin_facts(one.origin))
                    for one in self._corpus.notes
                ],
            ),
        ):
            self.insert(
                tables.entities,
                (
                    _entity(relation, number, str(number), payload, self.origin(origin))
                    for number, (payload, origin, _) in enumerate(values)
                ),
            )
            self.insert(
                tables.facts,
                (
                    _fact(relation, number, fact, None)
                    for number, (_, _, facts) in enumerate(values)
                    for fact in facts
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
        "sort": " ".join(pinyin_of(name)) if name else "",
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
