"""Records of a million companies: those of fewer, copied within the database."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, Table, func, literal, select

from index.store import tables
from index.store.arrays import write_columns
from index.store.database import create_indexes

# Columns that number something, and what they number; a copy's numbers follow the originals'.
_NUMBERED: dict[str, Mapping[str, str]] = {
    "origins": {"id": "origins"},
    "entities": {"id": "companies", "origin": "origins"},
    "rows": {"id": "rows", "company": "companies", "origin": "origins"},
    "cells": {"row": "rows", "origin": "origins"},
    "facts": {"entity": "companies", "row": "rows"},
    "terms": {"company": "companies"},
}
_COMPANIES = "companies"


def grow(engine: Engine, times: int) -> None:
    """Make the companies of a database ``times`` as many, with names and ids of their own."""
    with engine.begin() as connection:
        for table in tables.metadata.sorted_tables:
            for index in table.indexes:
                index.drop(connection)
        counts = _counts(connection)
        for copy in range(1, times):
            offsets = {name: copy * count for name, count in counts.items()}
            for name, numbered in _NUMBERED.items():
                _copy(connection, tables.metadata.tables[name], numbered, offsets, copy)
            _copy_names(connection, copy)
        create_indexes(connection)
        write_columns(connection)


def _counts(connection: Connection) -> dict[str, int]:
    found = {}
    for name in ("origins", "rows"):
        table = tables.metadata.tables[name]
        found[name] = connection.execute(select(func.max(table.c.id))).scalar_one() + 1
    entities = tables.entities
    companies = select(func.count()).where(entities.c.relation == _COMPANIES)
    return {**found, "companies": connection.execute(companies).scalar_one()}


def _copy(
    connection: Connection,
    table: Table,
    numbered: Mapping[str, str],
    offsets: Mapping[str, int],
    copy: int,
) -> None:
    """Insert the original records of a table once more, their numbers moved."""
    values = []
    for column in table.columns:
        value = column + offsets[numbered[column.name]] if column.name in numbered else column
        if table is tables.entities and column.name == "key":
            value = literal(f"g{copy:02}").concat(func.substr(column, 4))
        if table is tables.entities and column.name == "name":
            value = column.concat(str(copy))
        values.append(value)
    statement = select(*values)
    if "relation" in table.c:
        statement = statement.where(table.c.relation == _COMPANIES)
    for name, counted in numbered.items():
        if name in ("id", "row", "entity", "company"):
            statement = statement.where(table.c[name] < offsets[counted] // copy)
            break
    connection.execute(table.insert().from_select([one.name for one in table.columns], statement))


def _copy_names(connection: Connection, copy: int) -> None:
    """Insert the names of a copy, by which questions find its companies."""
    surfaces = tables.surfaces
    named = select(
        surfaces.c.surface.concat(str(copy)),
        surfaces.c.kind,
        surfaces.c.field,
        literal(f"g{copy:02}").concat(func.substr(surfaces.c.value, 4)),
    ).where(surfaces.c.kind == "company", func.substr(surfaces.c.surface, -1) > "9")
    connection.execute(surfaces.insert().from_select([one.name for one in surfaces.columns], named))
