"""Places that only a company's own name tells: 苏州能源集团 is taken to be in 苏州.

They are marked in their text and cited by the name: a company may well have moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.places.gazetteer import Gazetteer, Level
from index.places.localities import leading_place
from index.text import fold
from index.types import CompanyRow, Value

INFERRED = "（据企业名称）"


def place_of_name(name: Value, gazetteer: Gazetteer) -> dict[str, Value]:
    """Return the city, the province or the county-level city that a name begins with, if any."""
    place = leading_place(name.text, gazetteer)
    if place is None:
        return {}
    if place.city is None:
        return {"province": _marked(place.name, name)}
    city = next(
        one
        for one in gazetteer.find(place.city)
        if (one.province, one.city) == (place.province, place.city)
    )
    found = {"city": _marked(city.name, name)}
    if place.level is Level.DISTRICT:
        found["district"] = _marked(place.name, name)
    return found


def is_inferred(value: Value) -> bool:
    """Return whether a place was only inferred from a name."""
    return value.text.endswith(INFERRED)


def unmarked(value: Value) -> str:
    """Return the text of a value without the mark."""
    return value.text.removesuffix(INFERRED)


def only_needed(rows: Sequence[CompanyRow]) -> list[CompanyRow]:
    """Return the rows of a list, without inferred places where another row tells the place."""
    told = {fold(row.name) for row in rows if row.facts.province and not _inferred(row)}
    return [_bare(row) if fold(row.name) in told and _inferred(row) else row for row in rows]


def _inferred(row: CompanyRow) -> list[str]:
    """Return the fields of a row that were inferred from its name."""
    return [key for key, value in row.values.items() if is_inferred(value)]


def _bare(row: CompanyRow) -> CompanyRow:
    inferred = _inferred(row)
    values = {key: value for key, value in row.values.items() if key not in inferred}
    facts = replace(row.facts, city=None, province=None, district=None)
    return replace(row, values=values, facts=facts)


def _marked(place: str, name: Value) -> Value:
    return Value(f"{place}{INFERRED}", name.origin)
