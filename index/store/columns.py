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
``trade`` beside each entity. Arrays are little-endian and read without copying.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from index.store import tables
from index.store.records import Records

Mask = NDArray[np.bool_]
Entities = NDArray[np.int32]
Numbers = NDArray[np.float64]

TERMS = "terms"
"""Relation under which the words of ``tables.terms`` are kept; its only field is empty."""

_COMPANIES = "companies"
_KEY = "key"

_TYPES = {
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
_BATCH = 20_000
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
        empty = {part: np.zeros(int(part == "start"), kind) for part, kind in _TYPES.items()}
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
    """Reads the columns of one generation; each is read once and kept.

    Args:
        records: The generation's records.
    """

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
        self._few_texts: dict[tuple[str, str], dict[int, str]] = {}

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
                {part: np.frombuffer(data, dtype=_TYPES[part]) for part, data in parts}
            )
        return self._columns[key]

    def keys(self, entities: Entities) -> tuple[str, ...]:
        """Return the public ids of companies by their numbers."""
        return tuple(key.decode() for key in self._keys[entities].tolist())

    @cached_property
    def _keys(self) -> NDArray[np.bytes_]:
        """The public ids of all companies, in reading order."""
        table = tables.columns
        found = self._records.fetch(select(table.c.data).where(table.c.part == _KEY))
        size = self.size(_COMPANIES)
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
        table = tables.texts
        found: dict[str, int] = {}
        for start in range(0, len(texts), _NAMED):
            statement = select(table.c.text, table.c.number).where(
                table.c.relation == relation,
                table.c.field == name,
                table.c.text.in_(texts[start : start + _NAMED]),
            )
            found.update((text, number) for text, number in self._records.fetch(statement))
        return {text: found[text] for text in texts if text in found}

    def _containing(self, relation: str, name: str, word: str) -> tuple[tuple[int, str], ...]:
        """Return the texts of a field that contain a word, with their numbers."""
        table = tables.texts
        statement = select(table.c.number, table.c.text).where(
            table.c.relation == relation,
            table.c.field == name,
            table.c.text.contains(word, autoescape=True),
        )
        return tuple((number, text) for number, text in self._records.fetch(statement))

    def texts(self, relation: str, name: str, numbers: Iterable[int]) -> Mapping[int, str]:
        """Return texts of a field by their numbers; those of a field that has few are kept."""
        table = tables.texts
        statement = select(table.c.number, table.c.text).where(
            table.c.relation == relation, table.c.field == name
        )
        key = (relation, name)
        if self.column(relation, name).texts <= _FEW:
            if key not in self._few_texts:
                self._few_texts[key] = dict(map(tuple, self._records.fetch(statement)))
            return self._few_texts[key]
        found: dict[int, str] = {}
        wanted = list(map(int, numbers))
        for start in range(0, len(wanted), _NAMED):
            batch = statement.where(table.c.number.in_(wanted[start : start + _NAMED]))
            found.update(map(tuple, self._records.fetch(batch)))
        return found

    @cached_property
    def terms(self) -> dict[str, int]:
        """Return the numbers of all words of ``tables.terms``; no more than the thesaurus has."""
        table = tables.texts
        held = self._records.fetch(
            select(table.c.text, table.c.number)
            .where(table.c.relation == TERMS, table.c.field == "")
            .order_by(table.c.number)
        )
        return dict(map(tuple, held))


def write_columns(connection: Connection) -> None:
    """Write the arrays of all facts and terms that a database holds, over those it has."""
    for table in (tables.columns, tables.texts):
        connection.execute(table.delete())
    facts = tables.facts.c
    kept = connection.execute(select(facts.relation, facts.field).distinct()).all()
    for relation, name in sorted(map(tuple, kept)):
        found = connection.execute(
            select(facts.entity, facts.text, facts.low, facts.high, facts.first, facts.row).where(
                facts.relation == relation, facts.field == name
            )
        ).all()
        told = [(text, entity) for entity, text, *_ in found if text is not None]
        _write(connection, relation, name, *_by_text(told), _by_number(found))
    _write_keys(connection)
    terms = tables.terms.c
    words = connection.execute(select(terms.term, terms.company, terms.weight, terms.trade)).all()
    _write_terms(connection, words)


def _by_text(told: Iterable[tuple[str, int]]) -> tuple[list[str], Mapping[str, Any]]:
    """Return the distinct texts and the entities of each."""
    by_text: dict[str, set[int]] = {}
    for text, entity in told:
        by_text.setdefault(text, set()).add(entity)
    texts = sorted(by_text)
    return texts, _joined([sorted(by_text[text]) for text in texts])


def _joined(lists: Sequence[Sequence[int]]) -> Mapping[str, Any]:
    flat = np.fromiter((one for many in lists for one in many), dtype="<i4")
    return {"entity": flat, "start": np.cumsum([0, *map(len, lists)])}


def _by_number(found: Sequence[Any]) -> Mapping[str, Any]:
    """Return the numbers of entities, and the entities in the order of their first number."""
    rows = sorted(
        (entity, not first, -1 if row is None else row, place, low, high)
        for place, (entity, _, low, high, first, row) in enumerate(found)
        if low is not None or high is not None
    )
    if not rows:
        return {}
    number = np.array([one[0] for one in rows], dtype="<i4")
    lows = np.array([-np.inf if one[4] is None else one[4] for one in rows], dtype="<f8")
    highs = np.array([np.inf if one[5] is None else one[5] for one in rows], dtype="<f8")
    (low, high), band = np.unique(np.stack((lows, highs)), axis=1, return_inverse=True)
    by_key = np.lexsort(rank_keys(low, high)[::-1])
    ranks = np.empty(len(low), dtype="<i4")
    ranks[by_key] = np.arange(len(low))
    lead = np.diff(number, prepend=np.int32(-1)) != 0
    first = ranks[band.ravel()[lead]]
    order = np.argsort(first, kind="stable")
    return {
        "number": number,
        "band": band,
        "lows": low,
        "highs": high,
        "order": number[lead][order],
        "rank": first[order],
    }


def rank_keys(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Return by what numbers are put in order: lower end, then upper; 5000+ just above 5000."""
    return low, np.where(np.isinf(high), low + 1, high)


def _write_keys(connection: Connection) -> None:
    """Write the public ids of companies, all of one width."""
    table = tables.entities
    keys = connection.execute(
        select(table.c.key).where(table.c.relation == _COMPANIES).order_by(table.c.id)
    ).scalars()
    data = np.array([key.encode() for key in keys], dtype=np.bytes_).tobytes()
    blob = {"relation": _COMPANIES, "field": "", "part": _KEY, "data": data}
    connection.execute(tables.columns.insert(), blob)


def _write_terms(connection: Connection, words: Sequence[Any]) -> None:
    by_term: dict[str, list[tuple[int, float, bool]]] = {}
    for term, company, weight, trade in words:
        by_term.setdefault(term, []).append((company, weight, trade))
    texts = sorted(by_term)
    told = [sorted(by_term[text]) for text in texts]
    flat = [one for many in told for one in many]
    arrays = {
        **_joined([[company for company, _, _ in many] for many in told]),
        "weight": [weight for _, weight, _ in flat],
        "trade": [trade for _, _, trade in flat],
    }
    _write(connection, TERMS, "", texts, arrays, {})


def _write(
    connection: Connection,
    relation: str,
    name: str,
    texts: Sequence[str],
    *parts: Mapping[str, Any],
) -> None:
    arrays = {key: value for told in parts for key, value in told.items()}
    blobs = [
        {
            "relation": relation,
            "field": name,
            "part": part,
            "data": np.ascontiguousarray(values, dtype=_TYPES[part]).tobytes(),
        }
        for part, values in arrays.items()
    ]
    connection.execute(tables.columns.insert(), blobs)
    ends = [*range(0, len(texts), _BATCH), len(texts)]
    for start, end in pairwise(ends):
        connection.execute(
            tables.texts.insert(),
            [
                {"relation": relation, "field": name, "number": number, "text": texts[number]}
                for number in range(start, end)
            ],
        )
