"""Rows whose company is open, selected as companies are.

They are few, so their facts are written to a database in memory and searched there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from assistant.query import About, Predicate
from assistant.search.evaluate import Evaluator
from assistant.search.terms import TermMatcher
from assistant.search.truth import Truth
from index.language.thesaurus import Thesaurus
from index.schema.facts import company_facts
from index.store import tables
from index.store.arrays import write_columns
from index.store.columns import COMPANIES, ColumnStore, Mask
from index.store.records import Records
from index.store.terms import company_terms
from index.types import Company, UnresolvedRow


class OpenRows:
    """Finds the rows whose company is open that fulfil a predicate."""

    def __init__(self, rows: Sequence[UnresolvedRow], thesaurus: Thesaurus) -> None:
        self._rows = tuple(rows)
        records = _records_of(self._rows, thesaurus)
        columns = ColumnStore(records)
        topics = _ByWords(TermMatcher(columns, thesaurus))
        self._evaluator = Evaluator(columns, records, topics)

    def fulfilling(self, where: Predicate) -> tuple[UnresolvedRow, ...]:
        """Return the rows that certainly fulfil a predicate, in reading order."""
        found = self._evaluator.truth(where).true
        return tuple(self._rows[number] for number in np.flatnonzero(found).tolist())


class _ByWords:
    """Decides by the words of rows alone which of them a description fits."""

    def __init__(self, terms: TermMatcher) -> None:
        self._terms = terms

    def find(self, about: About, among: Mask) -> Truth:
        matches = [self._terms.match(term) > 0 for term in about.terms]
        if not matches or about.unlinked:
            return Truth.constant(self._terms.size, holds=False)
        join = np.logical_or if about.either else np.logical_and
        return Truth.of(among & join.reduce(matches))

    def rules_out(self, about: About) -> Mask:
        found = np.zeros(self._terms.size, dtype=bool)
        for term in about.terms:
            found |= self._terms.rules_out(term)
        return found


def _records_of(rows: Iterable[UnresolvedRow], thesaurus: Thesaurus) -> Records:
    """Return records of rows as if each were a company of its own."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    companies = [Company(f"open-{n}", one.row.name, (), (one.row,)) for n, one in enumerate(rows)]
    entities = [
        {"relation": COMPANIES, "id": number, "key": company.id}
        for number, company in enumerate(companies)
    ]
    facts = [
        {
            "relation": COMPANIES,
            "entity": number,
            "field": fact.field,
            "text": fact.text,
            "low": fact.low,
            "high": fact.high,
            "first": fact.first,
            "row": fact.row,
        }
        for number, company in enumerate(companies)
        for fact in company_facts(company)
    ]
    terms = [
        {"company": number, "term": term.term, "weight": term.weight, "trade": term.trade}
        for number, company in enumerate(companies)
        for term in company_terms(company, thesaurus)
    ]
    with engine.begin() as connection:
        tables.metadata.create_all(connection)
        for table, records in (
            (tables.entities, entities),
            (tables.facts, facts),
            (tables.terms, terms),
        ):
            if records:
                connection.execute(table.insert(), records)
        write_columns(connection)
    return Records(engine, "rows whose company is open")
