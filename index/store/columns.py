"""The facts of a field as arrays: what filters, counts, groups and orders are computed from.

``facts`` hold one row per value, which SQL joins a thousand times slower than an array is scanned,
most of all where a condition is open (three-valued logic asks for what a company does *not* say).
So the build keeps beside them, once per relation and field:

    texts    number ─▶ text              in ``tables.texts``
    entity   entities of text 0, of text 1, …   each in reading order
    start    where each text's entities begin in ``entity``; one more for the end
    number   entities with a number, in reading order; of one entity the first row's number first
    band     which of the distinct numbers each of them is
    lows     lower ends of the distinct numbers, in order
    highs    their upper ends
    order    entities that have a number, by it, ties in reading order
    rank     a number for each entity of ``order`` that rises with it; ties share one

The public ids of companies are the part ``key`` of a field without a name. The words of
``tables.terms`` are kept the same way as texts, under the relation ``terms``, with ``weight`` and
``trade`` beside each entity;
so are those of ``tables.trades``. Arrays are little-endian and read without copying.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from index.store import tables
from index.store.records import Records

Mask = NDArray[np.bool_]
Entities = NDArray[np.int32]
Numbers = NDArray[np.float64]

TERMS = "terms"
"""Relation under which the words of ``tables.terms`` are kept; its only field is empty."""

TRADES = "trades"
"""Relation under which those of ``tables.trades`` are kept; its only field is empty."""

COMPANIES = "companies"
KEY = "key"

TYPES = {
    "entity": "<i4",
    "start": "<i8",
    "number": "<i4",
    "band": "<i4",
    "lows": "<f8",
    "highs": "<f8",
    "order": "<i4",
    "rank": "<i4",
    "weight": "<f4",
    "trade": "|b1",
}
_NAMED = 500

# Fields with at most so many distinct texts have these kept in memory once they are read.
_FEW = 5_000
_REMEMBERED = 4096


@dataclass(frozen=True)
class FieldColumn:
    """The facts of one field of a relation; arrays as the module describes them."""

    entity: Entities
    start: NDArray[np.int64]
    number: Entities
    band: NDArray[np.int32]
    lows: Numbers
    highs: Numbers
    order: Entities
    rank: NDArray[np.int32]
    weight: NDArray[np.float32]
    trade: Mask

    @classmethod
    def of(cls, parts: Mapping[str, Any]) -> FieldColumn:
        """Return a column of the arrays that there are; the others are empty."""
        empty = {part: np.zeros(int(part == "start"), kind) for part, kind in TYPES.items()}
        return cls(**{**empty, **parts})

    def holders(self, text: int) -> Entities:
        """Return the entities that have a text, by its number, in reading order."""
        return self.entity[self.start[text] : self.start[text + 1]]

    @property
    def texts(self) -> int:
        """How many distinct texts there are."""
        return len(self.start) - 1

    @cached_property
    def lead(self) -> Mask:
        """Which numbers are the first of their entity."""
        return np.asarray(np.diff(self.number, prepend=np.int32(-1)) != 0)

    @cached_property
    def low(self) -> Numbers:
        """The lower end of each number."""
        return self.lows[self.band]

    @cached_property
    def high(self) -> Numbers:
        """The upper end of each number."""
        return self.highs[self.band]

    @cached_property
    def several(self) -> NDArray[np.int64]:
        """The places in ``number`` of the entities that have more than one."""
        alone = self.lead & np.append(self.lead[1:], True)
        return np.flatnonzero(~alone)


class ColumnStore:
    """Reads the columns of one generation; each is read once and kept."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._columns: dict[tuple[str, str], FieldColumn] = {}
        self._sizes: dict[str, int] = {}
        self._present: dict[tuple[str, str], Mask] = {}
        self._told: dict[tuple[str, str], Mask] = {}
        self._ranked: dict[tuple[str, str], Mask] = {}
        self._bands: dict[tuple[str, str], NDArray[np.int32]] = {}
        self.numbered = lru_cache(maxsize=_REMEMBERED)(self._numbered)
        self.containing = lru_cache(maxsize=_REMEMBERED)(self._containing)
        self._few_texts: dict[tuple[str, str], dict[str, int]] = {}

    def size(self, relation: str) -> int:
        """Return the number of entities of a relation; they are numbered from 0."""
        if relation not in self._sizes:
            table = tables.entities
            counted = select(func.count()).where(table.c.relation == relation)
            self._sizes[relation] = int(self._records.fetch(counted)[0][0])
        return self._sizes[relation]

    def column(self, relation: str, name: str) -> FieldColumn:
        """Return the facts of a field; empty where no entity has any."""
        key = (relation, name)
        if key not in self._columns:
            table = tables.columns
            parts = self._records.fetch(
                select(table.c.part, table.c.data).where(
                    table.c.relation == relation, table.c.field == name
                )
            )
            self._columns[key] = FieldColumn.of(
                {part: np.frombuffer(data, dtype=TYPES[part]) for part, data in parts}
            )
        return self._columns[key]

    def keys(self, entities: NDArray[np.integer[Any]]) -> tuple[str, ...]:
        """Return the public ids of companies by their numbers."""
        return tuple(key.decode() for key in self._keys[entities].tolist())

    @cached_property
    def _keys(self) -> NDArray[np.bytes_]:
        """The public ids of all companies, in reading order."""
        table = tables.columns
        found = self._records.fetch(select(table.c.data).where(table.c.part == KEY))
        size = self.size(COMPANIES)
        data = found[0][0] if found else b""
        return np.frombuffer(data, dtype=f"S{max(1, len(data) // max(1, size))}")

    def by_name(self, relation: str) -> FieldColumn:
        """Return the order of a relation by its names' sounds, as a column without facts."""
        key = (relation, "\0name")
        if key not in self._columns:
            table = tables.entities
            ids = self._records.fetch(
                select(table.c.id)
                .where(table.c.relation == relation)
                .order_by(table.c.sort, table.c.id)
            )
            order = np.fromiter((one for (one,) in ids), dtype=np.int32)
            rank = np.arange(len(order), dtype=np.int32)
            self._columns[key] = FieldColumn.of({"order": order, "rank": rank})
        return self._columns[key]

    def has_text(self, relation: str, name: str) -> Mask:
        """Return which entities have a text of a field."""
        return self._mask(self._present, relation, name, lambda column: (column.entity,))

    def says(self, relation: str, name: str) -> Mask:
        """Return which entities say anything of a field, text or number."""
        return self._mask(self._told, relation, name, lambda one: (one.entity, one.number))

    def has_rank(self, relation: str, name: str) -> Mask:
        """Return which entities can be put in order by a field: by its numbers, else its texts."""
        return self._mask(
            self._ranked,
            relation,
            name,
            lambda one: (one.order if len(one.order) else one.entity,),
        )

    def bands(self, relation: str, name: str) -> NDArray[np.int32]:
        """Return of each entity which of the distinct numbers of a field is its first, from 1.

        0 where it has none.
        """
        key = (relation, name)
        if key not in self._bands:
            column = self.column(relation, name)
            bands = np.zeros(self.size(relation), dtype=np.int32)
            bands[column.number[column.lead]] = column.band[column.lead] + 1
            bands.flags.writeable = False
            self._bands[key] = bands
        return self._bands[key]

    def _mask(
        self, kept: dict[tuple[str, str], Mask], relation: str, name: str, parts: Any
    ) -> Mask:
        key = (relation, name)
        if key not in kept:
            mask = np.zeros(self.size(relation), dtype=bool)
            for entities in parts(self.column(relation, name)):
                mask[entities] = True
            mask.flags.writeable = False
            kept[key] = mask
        return kept[key]

    def numbers(self, relation: str, name: str, texts: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of those of some texts that a field has, in order."""
        return tuple(sorted(self.numbered(relation, name, tuple(texts)).values()))

    def _numbered(self, relation: str, name: str, texts: tuple[str, ...]) -> dict[str, int]:
        """Return those of some texts that a field has, with their numbers."""
        found = self._few_numbers(relation, name)
        if found is None:
            found = {}
            table = tables.texts
            for start in range(0, len(texts), _NAMED):
                statement = select(table.c.text, table.c.number).where(
                    table.c.relation == relation,
                    table.c.field == name,
                    table.c.text.in_(texts[start : start + _NAMED]),
                )
                found.update(map(tuple, self._records.fetch(statement)))
        return {text: found[text] for text in texts if text in found}

    def _few_numbers(self, relation: str, name: str) -> dict[str, int] | None:
        """Return the texts of a field with their numbers, kept in memory; None where many."""
        if self.column(relation, name).texts > _FEW:
            return None
        key = (relation, name)
        if key not in self._few_texts:
            table = tables.texts
            held = self._records.fetch(
                select(table.c.text, table.c.number)
                .where(table.c.relation == relation, table.c.field == name)
                .order_by(table.c.number)
            )
            self._few_texts[key] = dict(map(tuple, held))
        return self._few_texts[key]

    def _containing(self, relation: str, name: str, word: str) -> tuple[tuple[int, str], ...]:
        """Return the texts of a field that contain a word, with their numbers."""
        few = self._few_numbers(relation, name)
        if few is not None:
            return tuple((number, text) for text, number in few.items() if word in text)
        table = tables.texts
        statement = select(table.c.number, table.c.text).where(
            table.c.relation == relation,
            table.c.field == name,
            table.c.text.contains(word, autoescape=True),
        )
        return tuple((number, text) for number, text in self._records.fetch(statement))

    def texts(self, relation: str, name: str, numbers: Iterable[int]) -> Mapping[int, str]:
        """Return texts of a field by their numbers; those of a field that has few are kept."""
        few = self._few_numbers(relation, name)
        if few is not None:
            return dict(enumerate(few))
        table = tables.texts
        statement = select(table.c.number, table.c.text).where(
            table.c.relation == relation, table.c.field == name
        )
        found: dict[int, str] = {}
        wanted = list(map(int, numbers))
        for start in range(0, len(wanted), _NAMED):
            batch = statement.where(table.c.number.in_(wanted[start : start + _NAMED]))
            found.update(map(tuple, self._records.fetch(batch)))
        return found

    @cached_property
    def terms(self) -> dict[str, int]:
        """Return the numbers of all words of ``tables.terms``; no more than the thesaurus has."""
        return self._linked(TERMS)

    @cached_property
    def trades(self) -> dict[str, int]:
        """Return the numbers of all trades that any company is in."""
        return self._linked(TRADES)

    def _linked(self, relation: str) -> dict[str, int]:
        table = tables.texts
        held = self._records.fetch(
            select(table.c.text, table.c.number)
            .where(table.c.relation == relation, table.c.field == "")
            .order_by(table.c.number)
        )
        return dict(map(tuple, held))
