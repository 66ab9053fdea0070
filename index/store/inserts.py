"""Inserting records in batches, with the lines of the sources that they cite."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from index.store import tables
from index.store.database import batches
from index.types import Origin

_BATCH = 5_000

Record = Mapping[str, Any]


class Inserter:
    """Inserts into one table after the other; origins get their number when they are first met."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._documents: dict[str, int] = {}
        self._origins: dict[Origin, int] = {}
        self._fresh: list[Record] = []

    def insert(self, table: Table, records: Iterable[Record]) -> None:
        """Insert records; the origins that they cite go before them."""
        for batch in batches(records, _BATCH):
            self._flush_origins()
            self._insert(table, batch)

    def _flush_origins(self) -> None:
        if self._fresh:
            self._insert(tables.origins, self._fresh)
            self._fresh = []

    def _insert(self, table: Table, batch: Sequence[Record]) -> None:
        """Insert records that all have the same columns.

        The driver takes them as they are: SQLAlchemy looks at every single value, which takes as
        long as writing it.
        """
        dialect = self._connection.dialect
        mark = "?" if dialect.paramstyle == "qmark" else "%s"
        names = tuple(batch[0])
        columns = ", ".join(map(dialect.identifier_preparer.quote, names))
        marks = ", ".join([mark] * len(names))
        self._connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({columns}) VALUES ({marks})",  # noqa: S608 - our own names
            [tuple(record.values()) for record in batch],
        )

    def origin(self, origin: Origin) -> int:
        """Return the number of an origin; a new one is written with the next records."""
        number = self._origins.get(origin)
        if number is None:
            number = self._origins[origin] = len(self._origins)
            self._fresh.append(
                {
                    "id": number,
                    "document": self.document(origin.source),
                    "section": json.dumps(origin.section, ensure_ascii=False),
                    "line_start": origin.line_start,
                    "line_end": origin.line_end,
                    "quote": origin.quote,
                    "sheet": origin.sheet,
                }
            )
        return number

    def document(self, source: str, values: Record | None = None) -> int:
        """Return the number of a file; corrections beside a list are met when they are cited.

        Args:
            source: Its name.
            values: What is known of a list, when it is met first.
        """
        number = self._documents.get(source)
        if number is None:
            number = self._documents[source] = len(self._documents)
            nothing = {"title": "", "path": "", "sha256": "", "summary": ""}
            record = {"id": number, "source": source, **(values or nothing)}
            self._connection.execute(tables.documents.insert(), record)
        return number
