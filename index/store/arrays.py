"""Writing the facts of a database as the arrays that :mod:`index.store.columns` reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from index.store import tables
from index.store.columns import COMPANIES, KEY, TERMS, TRADES, TYPES, Numbers

_BATCH = 20_000


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
    _write_linked(connection, TERMS, words)
    trades = tables.trades.c
    linked = connection.execute(select(trades.trade, trades.company, trades.share)).all()
    _write_linked(connection, TRADES, [(*one, True) for one in linked])


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
        select(table.c.key).where(table.c.relation == COMPANIES).order_by(table.c.id)
    ).scalars()
    data = np.array([key.encode() for key in keys], dtype=np.bytes_).tobytes()
    blob = {"relation": COMPANIES, "field": "", "part": KEY, "data": data}
    connection.execute(tables.columns.insert(), blob)


def _write_linked(connection: Connection, relation: str, words: Sequence[Any]) -> None:
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
    _write(connection, relation, "", texts, arrays, {})


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
            "data": np.ascontiguousarray(values, dtype=TYPES[part]).tobytes(),
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
