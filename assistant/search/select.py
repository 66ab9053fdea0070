"""Selections: the entities that fulfil a predicate, one page of them in order, and their total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from assistant.query import EVERYTHING, Order, Predicate, Relation
from assistant.search.evaluate import Evaluator, Topics
from assistant.search.evidence import Hit, Selected
from assistant.search.order import Ordered, best_first, in_order
from assistant.search.proofs import proof
from assistant.search.truth import Truth
from index.store.columns import ColumnStore, Entities, Mask
from index.store.records import Records
from index.types import Company

PAGE = 30
"""How many companies a page has unless asked for otherwise."""

IDS = 1_000
"""How many ids come with a page."""

_UNKNOWN = 5


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a result is fetched: ``size`` companies from ``start`` on."""

    start: int = 0
    size: int = PAGE


@dataclass(frozen=True, slots=True)
class Drawn:
    """A selection before its companies are fetched."""

    where: Predicate
    truth: Truth
    ids: Entities
    total: int
    unknown: Entities
    unknown_total: int
    preferred: int = 0


class Selector:
    """Selects entities of any relation.

    Args:
        records: The records.
        columns: Their facts.
        topics: Decides which companies a description fits; None where none are asked about.
    """

    def __init__(
        self, records: Records, columns: ColumnStore, topics: Topics | None = None
    ) -> None:
        self.columns = columns
        self._records = records
        self._topics = topics
        self._evaluators: dict[Relation, Evaluator] = {}

    def truth(self, predicate: Predicate, relation: Relation = Relation.COMPANIES) -> Truth:
        """Return what is known of a predicate for every entity of a relation."""
        return self._evaluator(relation).truth(predicate)

    def _evaluator(self, relation: Relation) -> Evaluator:
        if relation not in self._evaluators:
            topics = self._topics if relation is Relation.COMPANIES else None
            self._evaluators[relation] = Evaluator(self.columns, self._records, topics, relation)
        return self._evaluators[relation]

    def draw(
        self,
        relation: Relation,
        where: Predicate,
        page: Page,
        order: Order | None = None,
        preferred: Predicate = EVERYTHING,
    ) -> Drawn:
        """Return the entities that fulfil a predicate, in order, or else preferred ones first."""
        truth = self.truth(where, relation)
        if order is not None or preferred == EVERYTHING:
            return self.drawn(relation, where, truth, page, order)
        drawn = self.drawn(relation, where, truth, Page(0, self.columns.size(relation)))
        wanted = self.truth(preferred, relation)
        rank = np.select([wanted.true[drawn.ids], wanted.unknown[drawn.ids]], [0, 1], 2)
        ids = drawn.ids[np.argsort(rank, kind="stable")]
        first = int(np.count_nonzero(rank == 0))
        return replace(drawn, ids=ids[page.start :], preferred=first)

    def drawn(
        self,
        relation: Relation,
        where: Predicate,
        truth: Truth,
        page: Page,
        order: Order | None = None,
    ) -> Drawn:
        """Return the entities of a predicate evaluated before, in order."""
        unknown = truth.unknown
        end = page.start + max(page.size, IDS)
        if order is None:
            ids = best_first(truth)
            total = len(ids)
        else:
            # Who has no value has no place in the order.
            unknown = truth.true & ~self._can_rank(relation, order.field)
            ordered = self._in_order(relation, truth.true, order, end)
            ids, total = ordered.ids, ordered.total
        return Drawn(
            where,
            truth,
            ids[page.start : end],
            total,
            np.flatnonzero(unknown)[:_UNKNOWN].astype(np.int32),
            int(np.count_nonzero(unknown)),
        )

    def _can_rank(self, relation: Relation, field: str) -> Mask:
        if field == "name":
            return np.ones(self.columns.size(relation), dtype=bool)
        return self.columns.has_rank(relation, field)

    def _in_order(self, relation: Relation, selected: Mask, order: Order, end: int) -> Ordered:
        column = (
            self.columns.by_name(relation)
            if order.field == "name"
            else self.columns.column(relation, order.field)
        )
        return in_order(column, selected, order, end)

    def selected(self, drawn: Drawn, page: Page) -> Selected:
        """Return a selection of companies with those of its page."""
        shown = drawn.ids[: page.size]
        companies = self.companies(shown, drawn.unknown)
        scores = drawn.truth.scores
        hits = tuple(
            Hit(
                company=companies[number],
                score=1.0 if scores is None else round(float(scores[number]), 4),
                proof=proof(companies[number], drawn.where),
                trades=drawn.truth.trades.get(number, ()),
            )
            for number in map(int, shown)
        )
        return Selected(
            hits=hits,
            ids=self.columns.keys(drawn.ids[:IDS]),
            total=drawn.total,
            unknown=tuple(companies[int(number)] for number in drawn.unknown),
            unknown_total=drawn.unknown_total,
            by_meaning=drawn.truth.by_meaning,
            preferred=drawn.preferred,
        )

    def companies(self, *ids: Iterable[int]) -> dict[int, Company]:
        """Return companies by their number, all fetched at once."""
        wanted = list(dict.fromkeys(int(one) for many in ids for one in many))
        return dict(zip(wanted, self._records.companies(wanted), strict=True)) if wanted else {}
