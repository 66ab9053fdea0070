"""Which machine reads which generation of a database, so that none is removed under a reader.

A lease lasts for :data:`LASTS` and is renewed as long as its process lives: what a process that was
killed has leased is free soon after.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
from datetime import timedelta
from typing import IO

from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

control = MetaData(schema="xiaojuren")

generations = Table(
    "generations",
    control,
    Column("name", Text, primary_key=True),
    # Address of the Chroma server with its vectors; empty if they lie elsewhere.
    Column("chroma_url", Text, nullable=False),
)

# The one row of it names the generation that serves.
serving = Table("serving", control, Column("generation", Text, primary_key=True))

# The small files of a generation: manifest, vocabulary, index of words.
files = Table(
    "files",
    control,
    Column("generation", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("generation", "name"),
)

leases = Table(
    "leases",
    control,
    Column("holder", Text, primary_key=True),
    Column("generation", Text, nullable=False),
    Column("expires", DateTime(timezone=True), nullable=False),
)

LASTS = timedelta(minutes=3)
_RENEWED = 60.0


class Lease:
    """A generation that is being read, until this is closed."""

    def __init__(self, engine: Engine, holder: str, lock: IO[str]) -> None:
        self._engine = engine
        self._holder = holder
        self._lock = lock
        self._closed = threading.Event()
        threading.Thread(target=self._renew, name="xiaojuren-lease", daemon=True).start()

    def _renew(self) -> None:
        while not self._closed.wait(_RENEWED):
            # A database that is away for a while is asked again the next time.
            with contextlib.suppress(SQLAlchemyError), self._engine.begin() as connection:
                renewed = update(leases).where(leases.c.holder == self._holder)
                connection.execute(renewed.values(expires=func.now() + LASTS))

    def close(self) -> None:
        """Give the generation back."""
        self._closed.set()
        with contextlib.suppress(SQLAlchemyError), self._engine.begin() as connection:
            connection.execute(delete(leases).where(leases.c.holder == self._holder))
        self._engine.dispose()
        self._lock.close()


def take_lease(engine: Engine, generation: str) -> str | None:
    """Return the key of a new lease; None if the generation is gone."""
    holder = secrets.token_hex(8)
    with engine.begin() as connection:
        # Whoever removes the generation waits for this, and this for them.
        there = select(generations.c.name).where(generations.c.name == generation)
        if connection.execute(there.with_for_update(read=True)).first() is None:
            return None
        told = {"holder": holder, "generation": generation, "expires": func.now() + LASTS}
        connection.execute(insert(leases).values(**told))
    return holder


def give_up(engine: Engine, generation: str) -> bool:
    """Take a generation out of use; return whether that is done, and not if somebody reads it."""
    with engine.begin() as connection:
        there = select(generations.c.name).where(generations.c.name == generation)
        connection.execute(there.with_for_update())
        connection.execute(delete(leases).where(leases.c.expires < func.now()))
        reading = select(leases.c.holder).where(leases.c.generation == generation)
        if connection.execute(reading.limit(1)).first() is not None:
            return False
        connection.execute(delete(files).where(files.c.generation == generation))
        connection.execute(delete(generations).where(generations.c.name == generation))
    return True
