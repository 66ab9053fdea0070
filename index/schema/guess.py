"""The column of names in a table that nothing says for certain to be about companies.

A file that gives no company otherwise is more often a list under unusual headers than none at all.
So its likeliest column counts as names, and the user is told.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.companies.names import is_full_name, plain_name
from index.places.gazetteer import Gazetteer
from index.schema.columns import TableKind, columns_of, field_of
from index.schema.fields import header_key
from index.schema.subjects import (
    company_fields,
    is_company,
    names_city,
    names_province,
    patterns,
    share_of,
    texts_of,
)
from index.types import Table

# So large a share of the cells must be names, and different ones.
_NAMES, _DISTINCT = 0.6, 0.8

# What speaks for a column, and how much of it is needed.
_BY_HEADER, _BY_FORM, _BESIDE, _ENOUGH = 2.0, 3.0, 1.0, 2.0


def guess_columns(table: Table, gazetteer: Gazetteer) -> dict[str, int] | None:
    """Return the columns of a table read as companies, None if no column may be their names."""
    header = [cell.text for cell in table.header.cells]
    scores = {number: _score(table, header, number, gazetteer) for number in range(len(header))}
    best = max(scores, key=lambda number: scores[number], default=None)
    if best is None or scores[best] < _ENOUGH:
        return None
    return {"name": best, **company_fields(table, header, gazetteer, best)}


def _score(table: Table, header: Sequence[str], number: int, gazetteer: Gazetteer) -> float:
    """Return how much speaks for a column of names, 0 if it cannot be one."""
    texts = texts_of(table, number)
    if not texts or not _may_name(header[number]):
        return 0.0
    named = share_of(texts, lambda text: is_company(text, gazetteer))
    if named < _NAMES or len(set(texts)) < _DISTINCT * len(texts):
        return 0.0
    score = _BY_FORM * share_of(texts, lambda text: is_full_name(plain_name(text)))
    score += _BY_HEADER * _names_companies(header[number])
    return score + _BESIDE * _beside(table, header, gazetteer)


def _may_name(header: str) -> bool:
    words, key = patterns()["columns"], header_key(header)
    others = (words[name] for name in ("ordinal", "instead", "acting", "person", "event"))
    if key and any(pattern.search(key) for pattern in others):
        return False
    region = columns_of(TableKind.REGION, [header])
    return not region and field_of(TableKind.COMPANY, header) in (None, "name", "alias")


def _names_companies(header: str) -> bool:
    words, key = patterns()["columns"], header_key(header)
    known = field_of(TableKind.COMPANY, header) in ("name", "alias")
    return known or any(words[name].search(key) for name in ("company", "perhaps"))


def _beside(table: Table, header: Sequence[str], gazetteer: Gazetteer) -> int:
    """Return how many kinds of columns that companies have the table holds: codes, places."""
    fields = columns_of(TableKind.COMPANY, header)
    code = patterns()["columns"]["code"]
    codes = bool({"listing", "credit_code"} & fields.keys()) or any(
        code.search(header_key(text)) for text in header
    )
    places = any(
        share_of(
            texts_of(table, number),
            lambda text: names_city(text, gazetteer) or names_province(text, gazetteer),
        )
        > _NAMES
        for number in range(len(header))
    )
    return codes + places
