"""Predicates of the algebra over the facts of a relation, in three-valued logic.

A condition on a field of which an entity says nothing is neither true nor false. Where its rows
disagree, one fact that certainly fulfils the condition is enough; it is false where one certainly
fails and none is open.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.query import (
    About,
    Among,
    And,
    Beyond,
    Blank,
    In,
    Listed,
    Named,
    Not,
    Or,
    Predicate,
    Relation,
    Same,
    Within,
)
from assistant.search.intervals import certainly_inside, certainly_outside, innermost
from assistant.search.ladders import closed_ends
from assistant.search.sections import SECTION, naming
from assistant.search.truth import Truth
from index.places.gazetteer import load_gazetteer
from index.schema.interval import Interval
from index.schema.markets import load_markets
from index.store.columns import ColumnStore, Entities, FieldColumn, Mask, Numbers
from index.store.records import Records
from index.text import fold

_EXCHANGE, _NAME, _HEADCOUNT, _CITY = "exchange", "name", "headcount", "city"
# Whoever says anything of the field on the right says whether it has the one on the left.
_GROUND = {"exchange": "listing", "code": "listing"}

# Less than any two counts differ by.
_LITTLE = 0.5

# Every line stands in a list, and under headings or under none.
_ALWAYS_SAID = frozenset({"list", SECTION})


class Topics(Protocol):
    """Decides which companies a description fits."""

    def find(self, about: About, among: Mask) -> Truth:
        """Return which of some companies a description fits."""

    def rules_out(self, about: About) -> Mask:
        """Return which companies are ruled out where what is described is not wanted."""


class Evaluator:
    """Evaluates predicates over one relation.

    Args:
        columns: The facts.
        records: The records that they belong to.
        topics: Decides what a description fits; None where the relation has no descriptions.
        relation: The relation.
    """

    def __init__(
        self,
        columns: ColumnStore,
        records: Records,
        topics: Topics | None = None,
        relation: Relation = Relation.COMPANIES,
    ) -> None:
        self._columns = columns
        self._records = records
        self._topics = topics
        self._relation = relation
        self.size = columns.size(relation)
        self._leaves: dict[type, Callable[[Any], Truth]] = {
            In: self._in,
            Within: self._within,
            Blank: self._blank,
            Named: self._named,
            Among: self._named,
            Listed: self._listed,
            Same: self._same,
            Beyond: self._beyond,
        }

    def truth(self, predicate: Predicate, among: Mask | None = None) -> Truth:
        """Return what is known of a predicate.

        Args:
            predicate: The predicate.
            among: The entities that the rest of the query leaves; what is described is sought
                among these. None for all.
        """
        match predicate:
            case And(parts):
                return self._and(parts, among)
            case Or(parts):
                found = Truth.constant(self.size, holds=False)
                for part in parts:
                    found |= self.truth(part, among)
                return found
            case Not(About() as about):
                return ~Truth.of(self._ruled_out(about))
            case Not(part):
                return ~self.truth(part, among)
            case About():
                return self._about(predicate, among)
            case _:
                return self._leaves[type(predicate)](predicate)

    def _and(self, parts: tuple[Predicate, ...], among: Mask | None) -> Truth:
        """Return a conjunction; what is described is sought among what the rest leaves."""
        found = Truth.constant(self.size, holds=True)
        for part in sorted(parts, key=describes):
            left = among if among is not None else np.ones(self.size, dtype=bool)
            found &= self.truth(part, left & found.true if describes(part) else among)
        return found

    def _about(self, about: About, among: Mask | None) -> Truth:
        if self._topics is None:
            return Truth.constant(self.size, holds=False)
        everyone = np.ones(self.size, dtype=bool)
        return self._topics.find(about, everyone if among is None else among)

    def _ruled_out(self, about: About) -> Mask:
        if self._topics is None:
            return np.zeros(self.size, dtype=bool)
        return self._topics.rules_out(about)

    @cached_property
    def _headcounts(self) -> Numbers:
        """The upper ends of the distinct head counts."""
        return closed_ends(self._columns, self._relation, _HEADCOUNT)

    def _column(self, name: str) -> FieldColumn:
        return self._columns.column(self._relation, name)

    def _mask(self, entities: Entities) -> Mask:
        mask = np.zeros(self.size, dtype=bool)
        mask[entities] = True
        return mask

    def _in(self, one: In) -> Truth:
        if one.field == _NAME:
            return Truth.of(self._mask(np.asarray(self._records.named_with(one.values), np.int32)))
        true = np.zeros(self.size, dtype=bool)
        column = self._column(one.field)
        for number in self._texts(one):
            true[column.holders(number)] = True
        false = self._says(one.field) & ~true
        if one.field == _CITY:
            false |= self._elsewhere(one.values) & ~true
        return Truth(true, false)

    def _elsewhere(self, cities: tuple[str, ...]) -> Mask:
        """Return who is in another province than any of some cities, whatever their own city."""
        places = load_gazetteer()
        provinces = [places.province_of(one) for one in cities]
        told = tuple(one for one in provinces if one is not None)
        if len(told) < len(cities):
            return np.zeros(self.size, dtype=bool)
        column, found = self._column("province"), self._says("province").copy()
        for number in self._columns.numbers(self._relation, "province", told):
            found[column.holders(number)] = False
        return found

    def _says(self, name: str) -> Mask:
        """Return which entities say whether they have a text of a field."""
        if name in _ALWAYS_SAID:
            return np.ones(self.size, dtype=bool)
        said = self._columns.has_text(self._relation, name)
        ground = _GROUND.get(name)
        return said | self._columns.says(self._relation, ground) if ground else said

    def _texts(self, one: In) -> tuple[int, ...]:
        """Return the numbers of the texts that a condition accepts."""
        if not one.contains:
            return self._columns.numbers(self._relation, one.field, one.values)
        return tuple(
            number
            for value in one.values
            for number, text in self._columns.containing(self._relation, one.field, value)
            if (naming(value).search(text) if one.field == SECTION else value in text)
        )

    def _within(self, one: Within) -> Truth:
        return self._ranged(one.field, one.interval, one.interval)

    def _ranged(self, name: str, inside: Interval, outside: Interval) -> Truth:
        """Return who has a number certainly inside one interval, or all outside of another."""
        column = self._column(name)
        lows, highs = column.lows, column.highs
        if self._relation is Relation.STATISTICS:
            # A place of 250+ is taken for one of a little more than 250.
            ends = np.isinf(highs)
            lows = np.where(ends, lows + _LITTLE, lows)
            highs = np.where(ends, lows, highs)
        elif name == _HEADCOUNT:
            highs = self._headcounts
        holds = certainly_inside(lows, highs, inside)
        fails = certainly_outside(lows, highs, outside)
        # Of most entities there is one number, so distinct ones are judged and looked up.
        bands = self._columns.bands(self._relation, name)
        true = np.append(False, holds)[bands]
        false = np.append(False, fails)[bands]
        several, judged = column.number[column.several], column.band[column.several]
        true[several[holds[judged]]] = True
        false[several[fails[judged]]] = True
        false[several[~fails[judged]]] = False
        return Truth(true, false)

    def _blank(self, one: Blank) -> Truth:
        return Truth.of(~self._columns.says(self._relation, one.field))

    def _named(self, one: Named | Among) -> Truth:
        numbers = self._records.numbers(one.ids)
        return Truth.of(self._mask(np.fromiter(numbers.values(), dtype=np.int32)))

    def _listed(self, one: Listed) -> Truth:
        column = self._column("list")
        numbers = self._columns.numbers(self._relation, "list", one.sources)
        within = np.zeros(self.size, dtype=bool)
        for number in numbers:
            within[column.holders(number)] = True
        if one.only:
            for number in set(range(column.texts)) - set(numbers):
                within[column.holders(number)] = False
        return Truth.of(within)

    def _number_of(self, company: str) -> int | None:
        """Return the number of a company by its id, or of a row of statistics by its label."""
        if self._relation is Relation.STATISTICS:
            labels = [fold(row.label) for row in self._records.statistics()]
            return labels.index(company) if company in labels else None
        return self._records.numbers((company,)).get(company)

    def _same(self, one: Same) -> Truth:
        """Return who has a text or a number in common with a company."""
        own = self._number_of(one.company)
        column = self._column(one.field)
        true = np.zeros(self.size, dtype=bool)
        if own is not None:
            for text in set(_texts_of(column, own)) - self._groups(one.field):
                true[column.holders(text)] = True
            true[column.number[np.isin(column.band, _bands_of(column, own))]] = True
        known = self._columns.says(self._relation, one.field)
        false = known & ~true if true.any() else np.zeros(self.size, dtype=bool)
        return _without(Truth(true, false), own)

    def _groups(self, field: str) -> frozenset[int]:
        """Return the texts that say less than one exchange: companies of A股 share none by it."""
        if field != _EXCHANGE:
            return frozenset()
        groups = (fold(label) for label, market in load_markets().items() if market.group)
        return frozenset(self._columns.numbers(self._relation, field, groups))

    def _beyond(self, one: Beyond) -> Truth:
        """Return who is certainly above (or below) the first number that a company gives."""
        own = self._number_of(one.company)
        column = self._column(one.field)
        bands = _bands_of(column, own)
        if not len(bands):
            nothing = np.zeros(self.size, dtype=bool)
            return _without(Truth(nothing, nothing.copy()), own)
        low, high = float(column.lows[bands[0]]), float(column.highs[bands[0]])
        if self._relation is Relation.STATISTICS and np.isinf(high):
            low = high = low + _LITTLE
        least, most = innermost(low, high)
        if one.above:
            beyond, reached = Interval(most, low_open=True), Interval(least, low_open=True)
        else:
            beyond = Interval(high=least, high_open=True)
            reached = Interval(high=most, high_open=True)
        found = self._ranged(one.field, beyond, reached)
        return _without(found, own)


def describes(predicate: Predicate) -> bool:
    """Return whether what a predicate selects depends on what the rest of a query leaves."""
    match predicate:
        case And(parts) | Or(parts):
            return any(map(describes, parts))
        case Not(part):
            return not isinstance(part, About) and describes(part)
        case _:
            return isinstance(predicate, About)


def _without(truth: Truth, own: int | None) -> Truth:
    """Return what is known where the company that others are compared with is none of them."""
    if own is not None:
        truth.true[own], truth.false[own] = False, True
    return truth


def _texts_of(column: FieldColumn, entity: int) -> list[int]:
    """Return the numbers of the texts of an entity."""
    places = np.flatnonzero(column.entity == entity)
    return [int(one) for one in np.searchsorted(column.start, places, side="right") - 1]


def _bands_of(column: FieldColumn, entity: int | None) -> NDArray[np.int32]:
    """Return which numbers an entity has, the first row's first."""
    ends = [-1, -1] if entity is None else [entity, entity + 1]
    start, end = np.searchsorted(column.number, ends)
    return column.band[start:end]
