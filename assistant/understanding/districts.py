"""Where the districts of the index lie."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from sqlalchemy import select

from index.schema.normalize import fold
from index.store import tables
from index.store.records import Records

_REMEMBERED = 256


def cities_with(records: Records) -> Callable[[str], frozenset[str]]:
    """Return what finds the cities of the companies that are in a district."""

    @lru_cache(maxsize=_REMEMBERED)
    def find(district: str) -> frozenset[str]:
        here, there = tables.facts.alias("here"), tables.facts.alias("there")
        same = (here.c.relation == there.c.relation) & (here.c.entity == there.c.entity)
        statement = (
            select(there.c.text)
            .join_from(here, there, same)
            .where(
                here.c.relation == "companies",
                here.c.field == "district",
                here.c.text == fold(district),
                there.c.field == "city",
            )
            .distinct()
        )
        return frozenset(city for (city,) in records.fetch(statement) if city)

    return find
