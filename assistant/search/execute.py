"""Executes queries of the algebra: what is asked of a selection, fetched once from the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from assistant.predicates import named_ids
from assistant.query import (
    EVERYTHING,
    Aggregate,
    And,
    Combine,
    Compare,
    Count,
    Exists,
    Explain,
    Group,
    Judge,
    Lookup,
    Member,
    Named,
    Order,
    Predicate,
    Provenance,
    Query,
    Regulations,
    Relation,
    Rows,
    Share,
    Unanswerable,
)
from assistant.search.asked import Asked
from assistant.search.beside import companies_beside, places_named
from assistant.search.evidence import Evidence, Hit, Selected
from assistant.search.explain import Explainer
from assistant.search.figures import measure
from assistant.search.grouping import groups_of_companies, groups_of_statistics
from assistant.search.groups import Grouper
from assistant.search.library import Library, library_of
from assistant.search.openrows import OpenRows
from assistant.search.proofs import cited, proof
from assistant.search.related import RelatedFinder
from assistant.search.select import Drawn, Page, Selector
from assistant.search.topics import TopicSearch
from assistant.search.truth import Truth
from index.places.gazetteer import Gazetteer
from index.schema.fields import registry
from index.store.columns import ColumnStore
from index.store.records import Records
from index.types import Clause, Company, Origin, Passage, StatisticsRow, UnresolvedRow

_OF_WHOLE = 3
_FEW = 5


class Searcher:
    """Finds the evidence for queries in one generation of the records.

    Args:
        records: The records.
        columns: Their facts.
        topics: Decides which companies a description fits; None where none are asked about.
        gazetteer: Knows which places are near; None where nothing near is wanted.
        explaining: Makes what finds rules and notes; None where these are not asked about.
    """

    def __init__(
        self,
        records: Records,
        columns: ColumnStore,
        topics: TopicSearch | None = None,
        gazetteer: Gazetteer | None = None,
        explaining: Callable[[Library], Explainer] | None = None,
    ) -> None:
        self._records = records
        self._explaining = explaining
        self._topics = topics
        self._selector = Selector(records, columns, topics)
        self._related = (
            RelatedFinder(self._selector, topics, gazetteer) if topics and gazetteer else None
        )
        self._asks: dict[type, Callable[[Query, Any, Page], Evidence]] = {
            Rows: self._rows,
            Lookup: self._lookup,
            Count: self._rows,
            Share: self._share,
            Exists: self._exists,
            Member: self._member,
            Group: self._group,
            Aggregate: self._aggregate,
            Compare: self._compare,
            Combine: self._combine,
            Judge: self._judge,
            Explain: self._explain,
            Regulations: self._regulations,
            Provenance: self._provenance,
            Unanswerable: self._unanswerable,
        }

    def search(self, query: Query, page: Page | None = None) -> Evidence:
        """Return what the store holds for a query."""
        run = self._asks.get(type(query.ask))
        if run is None:
            return Evidence()
        return self._beside(query, run(query, query.ask, page or Page()), page or Page())

    def _beside(self, query: Query, evidence: Evidence, page: Page) -> Evidence:
        """Return evidence with the companies beside a number, or the statistics beside nothing."""
        where = companies_beside(query)
        if where is not None:
            drawn = self._selector.draw(Relation.COMPANIES, where, page)
            return replace(evidence, selected=self._selector.selected(drawn, page))
        nothing = query.relation is Relation.COMPANIES and not evidence.selected.total
        if not nothing or not isinstance(query.ask, Rows | Count | Exists):
            return evidence
        named = places_named(query.where)
        rows = (one for one in self._library.statistics if one.place and one.place in named)
        return replace(evidence, statistics=tuple(rows))

    @cached_property
    def _library(self) -> Library:
        return library_of(self._records)

    @cached_property
    def _explainer(self) -> Explainer | None:
        return self._explaining(self._library) if self._explaining else None

    @cached_property
    def _open(self) -> OpenRows | None:
        if self._topics is None or not self._unresolved:
            return None
        return OpenRows(self._unresolved, self._topics.terms.thesaurus)

    @cached_property
    def _unresolved(self) -> tuple[UnresolvedRow, ...]:
        return self._records.unresolved()

    # --- asks over a selection ------------------------------------------------------------------

    def _rows(self, query: Query, ask: Any, page: Page) -> Evidence:
        wanted = ask if isinstance(ask, Rows) else Rows()
        drawn = self._selector.draw(
            query.relation, query.where, page, wanted.order, wanted.preferred
        )
        evidence = self._found(query, drawn, page)
        if self._related is None or query.relation is not Relation.COMPANIES:
            return evidence
        related = self._related.related(query.where, drawn.truth)
        return replace(
            evidence,
            selected=replace(evidence.selected, related=related),
            unresolved=self._open_rows(query.where, drawn.truth),
        )

    def _open_rows(self, where: Predicate, truth: Truth) -> tuple[UnresolvedRow, ...]:
        """Return the rows that fulfil a predicate and may be of a company that does not."""
        if where == EVERYTHING or self._open is None:
            return ()
        fulfilling = self._open.fulfilling(where)
        numbers = self._records.numbers(one for row in fulfilling for one in row.candidates)
        return tuple(
            row
            for row in fulfilling
            if not any(truth.true[numbers[one]] for one in row.candidates if one in numbers)
        )

    def _found(self, query: Query, drawn: Drawn, page: Page, **rest: Any) -> Evidence:
        """Return a selection as evidence, whatever relation it is of."""
        if query.relation is Relation.COMPANIES:
            return Evidence(selected=self._selector.selected(drawn, page), **rest)
        selected = Selected(total=drawn.total, unknown_total=drawn.unknown_total)
        evidence = Evidence(selected=selected, **rest)
        if query.relation is Relation.STATISTICS:
            rows = tuple(self._library.statistics[at] for at in drawn.ids)
            return replace(evidence, statistics=rows)
        if query.relation is Relation.REQUIREMENTS:
            return replace(evidence, clauses=tuple(self._library.clauses[at] for at in drawn.ids))
        return replace(evidence, passages=tuple(self._library.notes[at] for at in drawn.ids))

    def _share(self, query: Query, ask: Share, page: Page) -> Evidence:
        whole = self._selector.draw(query.relation, ask.whole, page)
        drawn = self._selector.draw(query.relation, And((ask.whole, query.where)), page)
        return self._found(query, drawn, page, whole=self._whole(query, whole))

    def _whole(self, query: Query, drawn: Drawn) -> Selected:
        """Return the selection that a share is taken of: its total, and the first few of it."""
        if query.relation is Relation.COMPANIES:
            return self._selector.selected(drawn, Page(size=_OF_WHOLE))
        return Selected(total=drawn.total, unknown_total=drawn.unknown_total)

    def _exists(self, query: Query, ask: Exists, page: Page) -> Evidence:
        """Return what is selected; where all of a whole are asked about, who fails is related."""
        if not ask.universal:
            return self._rows(query, ask, page)
        whole = self._selector.truth(ask.whole, query.relation)
        here = self._selector.truth(query.where, query.relation)
        drawn = self._selector.drawn(
            query.relation, And((ask.whole, query.where)), whole & here, page
        )
        told = self._selector.drawn(query.relation, ask.whole, whole, page)
        evidence = self._found(query, drawn, page, whole=self._whole(query, told))
        if query.relation is not Relation.COMPANIES:
            return evidence
        failing = np.flatnonzero(whole.true & here.false)[:_FEW]
        against = self._records.companies(map(int, failing))
        related = tuple(Hit(one, 0.0, proof(one, query.where)) for one in against)
        return replace(evidence, selected=replace(evidence.selected, related=related))

    def _member(self, query: Query, ask: Member, _: Page) -> Evidence:
        """Return for each company named whether it fulfils the predicate."""
        numbers = self._records.numbers(ask.ids)
        truth = self._selector.truth(query.where, query.relation)
        verdicts = tuple(
            (key, True if truth.true[at] else False if truth.false[at] else None)
            for key in ask.ids
            if (at := numbers.get(key)) is not None
        )
        named = self._records.by_key(ask.ids)
        hits = tuple(
            Hit(one, proof=proof(one, query.where))
            for one in named
            if dict(verdicts).get(one.id) is not None
        )
        ids = tuple(one.company.id for one in hits)
        selected = Selected(hits=hits, ids=ids, total=len(hits))
        return Evidence(selected=selected, named=named, verdicts=verdicts)

    def _lookup(self, query: Query, _: Lookup, page: Page) -> Evidence:
        """Return the companies named; of several those that fulfil the other conditions."""
        drawn = self._selector.draw(query.relation, query.where, page)
        named = self._named(query)
        if not isinstance(query.where, Named):
            truth = self._selector.truth(query.where, query.relation)
            numbers = self._records.numbers(one.id for one in named)
            named = tuple(one for one in named if truth.true[numbers[one.id]])
        return self._found(query, drawn, page, named=named)

    def _compare(self, query: Query, ask: Compare, page: Page) -> Evidence:
        """Return the companies named side by side, those that can be put in order in order."""
        drawn = self._selector.draw(query.relation, query.where, page, ask.order)
        return self._found(query, drawn, page, named=self._named(query))

    def _named(self, query: Query) -> tuple[Company, ...]:
        return self._records.by_key(dict.fromkeys(named_ids(query.where)))

    # --- groups and figures ---------------------------------------------------------------------

    def _group(self, query: Query, ask: Group, page: Page) -> Evidence:
        truth = self._selector.truth(query.where, query.relation)
        grouper = Grouper(self._selector.columns, query.relation)
        buckets = grouper.groups(ask, truth.true)
        apart = truth.true & ~grouper.grouped(ask.field)
        drawn = self._selector.drawn(query.relation, query.where, truth, page)
        unknown = truth.unknown | apart
        drawn = replace(
            drawn,
            unknown=np.flatnonzero(unknown)[:_FEW].astype(np.int32),
            unknown_total=int(np.count_nonzero(unknown)),
        )
        find = groups_of_companies if query.relation is Relation.COMPANIES else groups_of_statistics
        groups = find(ask.field, buckets, self._library, self._selector)
        return self._found(query, drawn, page, groups=groups)

    def _aggregate(self, query: Query, ask: Aggregate, page: Page) -> Evidence:
        truth = self._selector.truth(query.where, query.relation)
        column = self._selector.columns.column(query.relation, ask.field)
        figure = measure(
            ask.function, column, truth.true, every=registry().field(ask.field) is None
        )
        extreme = {"min": False, "max": True}.get(ask.function)
        order = None if extreme is None else Order(ask.field, extreme, limit=1)
        drawn = self._selector.drawn(query.relation, query.where, truth, page, order)
        evidence = self._found(query, drawn, page)
        return replace(evidence, figure=replace(figure, origins=self._origins(ask.field, evidence)))

    def _origins(self, field: str, evidence: Evidence) -> tuple[Origin, ...]:
        """Return the first few lines that a figure rests on."""
        told = [
            value.origin
            for hit in evidence.selected.hits
            for value in cited(hit.company, field)[:1]
        ]
        told += [row.origin for row in evidence.statistics if field in row.values]
        return tuple(dict.fromkeys(told))[:_FEW]

    def _combine(self, _query: Query, ask: Combine, page: Page) -> Evidence:
        return Evidence(parts=tuple(self.search(part, page) for part in ask.parts))

    # --- what is not of companies ---------------------------------------------------------------

    def _explain(self, query: Query, ask: Explain, _: Page) -> Evidence:
        """Return what the sources say of what is asked about, or what is near to it."""
        if self._explainer is None:
            return Evidence()
        asked = Asked.of(ask, query.where)
        notes = query.relation is Relation.PASSAGES
        found = self._explainer.noted(asked) if notes else self._explainer.explain(asked)
        evidence = told_apart(found.told)
        return replace(evidence, near=found.near, said=found.said, unsaid=found.unsaid)

    def _judge(self, _query: Query, ask: Judge, _: Page) -> Evidence:
        """Return the requirements that an applicant is judged by."""
        clauses = self._library.clauses
        told = {one.origin.source for one in clauses}
        sources = ask.sources or self._library.force.applying(told)
        return Evidence(clauses=tuple(one for one in clauses if one.origin.source in sources))

    def _regulations(self, _query: Query, ask: Regulations, _: Page) -> Evidence:
        """Return what the documents of a question say, for their differences."""
        if ask.aspect != "differences":
            return Evidence()
        sources = ask.sources or tuple(one.source for one in self._library.force.documents[:2])
        return Evidence(
            clauses=tuple(one for one in self._library.clauses if one.origin.source in sources),
            passages=tuple(one for one in self._library.notes if one.origin.source in sources),
        )

    def _provenance(self, query: Query, _ask: Provenance, page: Page) -> Evidence:
        """Return what the last answer was about, and the notes that date its sources."""
        drawn = self._selector.draw(query.relation, query.where, page)
        evidence = self._found(query, drawn, page, named=self._named(query))
        if self._explainer is None:
            return evidence
        return replace(evidence, passages=tuple(self._explainer.dating(frozenset())))

    def _unanswerable(self, query: Query, ask: Unanswerable, page: Page) -> Evidence:
        """Return the companies that a name may mean, and what the rest of the question selects."""
        named = self._records.by_key(ask.choices) or self._named(query)
        if query.where == EVERYTHING or query.relation is not Relation.COMPANIES:
            evidence = Evidence(named=named)
        else:
            drawn = self._selector.draw(query.relation, query.where, page)
            evidence = self._found(query, drawn, page, named=named)
        between = (row for row in self._unresolved if set(row.candidates) & set(ask.choices))
        return replace(evidence, unresolved=tuple(between))


def told_apart(told: Sequence[Clause | Passage | StatisticsRow]) -> Evidence:
    """Return requirements, notes and rows of statistics as the parts of evidence they are."""
    return Evidence(
        clauses=tuple(one for one in told if isinstance(one, Clause)),
        passages=tuple(one for one in told if isinstance(one, Passage)),
        statistics=tuple(one for one in told if isinstance(one, StatisticsRow)),
    )
