"""The store on servers: generations, pointer, leases and small files in PostgreSQL.

    schema xiaojuren               generations, serving, files, leases
    schema xiaojuren_GENERATION    the records of one generation
    STORE/                         what a machine keeps for itself: copies of the small files

A machine with an empty folder serves from the two addresses alone. Whoever reads a generation
leases it; a build removes only what nobody leases.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, delete, insert, select, text
from sqlalchemy.schema import CreateSchema, DropSchema

from index.errors import (
    StoreAccessError,
    StoreLockedError,
    StoreMismatchError,
    StoreMissingError,
)
from index.store.database import connect_server, server_name, translated
from index.store.generations import CHROMA_FOLDER, StoreFolder, read_lock
from index.store.leases import (
    Lease,
    control,
    files,
    generations,
    give_up,
    serving,
    take_lease,
)
from index.store.records import Records
from index.store.vectors import connect, drop_collection

_BUILDING = 7_236_451_908
"""Key of the advisory lock that a build holds; any number that nothing else uses."""


class ServerStore:
    """A store whose records lie in a PostgreSQL database.

    Args:
        path: Folder for what this machine keeps for itself.
        url: Address of the database.
        chroma_url: Address of the Chroma server; None if vectors lie in the folder.
    """

    def __init__(self, path: Path, url: str, chroma_url: str | None) -> None:
        self._folder = StoreFolder(path)
        self._url = url
        self._chroma_url = chroma_url
        self._engine = connect_server(url)
        self._where = server_name(url)

    def current(self) -> Path:
        """Return the folder with the small files of the generation that serves.

        Raises:
            StoreMissingError: nothing has been built in the database.
            StoreAccessError: the database does not answer, or lacks rights.
        """
        name = self._serving()
        if name is None:
            raise StoreMissingError(f"{self._where} 里还没有索引，请先运行 xiaojuren index")
        folder = self._folder.generation(name)
        if not (folder / "manifest.json").is_file():
            self._fetch(name, folder)
        return folder

    def exists(self) -> bool:
        """Return whether an index has been built in the database."""
        return self._serving() is not None

    def _serving(self) -> str | None:
        with translated(self._where), self._engine.connect() as connection:
            known = connection.execute(text("SELECT to_regclass('xiaojuren.serving')")).scalar()
            if known is None:
                return None
            return connection.execute(select(serving.c.generation)).scalar()

    def _fetch(self, name: str, folder: Path) -> None:
        """Copy the small files of a generation into its folder, in one step."""
        with translated(self._where), self._engine.connect() as connection:
            found = connection.execute(
                select(files.c.name, files.c.content).where(files.c.generation == name)
            ).all()
        fresh = folder.with_name(f"{name}.{secrets.token_hex(4)}.new")
        with self._folder.writable():
            try:
                for file, content in found:
                    (fresh / file).parent.mkdir(parents=True, exist_ok=True)
                    (fresh / file).write_bytes(content)
                self._folder.prepare(fresh)
                shutil.rmtree(folder, ignore_errors=True)
                fresh.replace(folder)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)

    @contextmanager
    def building(self) -> Iterator[None]:
        """Hold the lock of the one process of all machines that may build here.

        Raises:
            StoreLockedError: another process is building.
            StoreAccessError: database or folder cannot be written.
        """
        with (
            self._folder.building(),
            translated(self._where),
            self._engine.connect() as connection,
        ):
            taken = text(f"SELECT pg_try_advisory_lock({_BUILDING})")
            if not connection.execute(taken).scalar():
                raise StoreLockedError(f"另一台机器正在建立索引 {self._where}，请等它结束后再试")
            connection.commit()
            self._set_up()
            try:
                yield
            finally:
                connection.execute(text(f"SELECT pg_advisory_unlock({_BUILDING})"))

    def _set_up(self) -> None:
        with self._engine.begin() as connection:
            connection.execute(CreateSchema("xiaojuren", if_not_exists=True))
            control.create_all(connection)

    def new_generation(self) -> Path:
        """Return a fresh, empty folder for a generation, and make room for its records."""
        folder = self._folder.new_generation()
        told = {"name": folder.name, "chroma_url": self._chroma_url or ""}
        with translated(self._where), self._engine.begin() as connection:
            connection.execute(insert(generations).values(**told))
            connection.execute(CreateSchema(_schema(folder.name)))
        return folder

    def new_records(self, generation: Path) -> tuple[Engine, str]:
        """Return an engine that writes the records of a generation, and what it is called."""
        return connect_server(self._url, _schema(generation.name)), self._where

    def records(self, generation: Path) -> Records:
        """Return the records of a generation."""
        schema = _schema(generation.name)
        return Records(connect_server(self._url, schema, reading=True), self._where)

    def publish(self, generation: Path) -> None:
        """Make ``generation`` the one that serves everywhere, in one transaction."""
        small = [path for path in sorted(generation.rglob("*")) if _is_small(path, generation)]
        with translated(self._where), self._engine.begin() as connection:
            for path in small:
                told = {
                    "generation": generation.name,
                    "name": path.relative_to(generation).as_posix(),
                    "content": path.read_bytes(),
                }
                connection.execute(insert(files).values(**told))
            connection.execute(delete(serving))
            connection.execute(insert(serving).values(generation=generation.name))

    def lease(self, generation: Path) -> Lease:
        """Return what keeps a generation from being removed until it is closed.

        Raises:
            StoreAccessError: it is gone, or the database does not answer.
        """
        lock = read_lock(generation)
        try:
            engine = connect_server(self._url)
            with translated(self._where):
                holder = take_lease(engine, generation.name)
            if holder is None:
                raise StoreAccessError(f"索引 {generation.name} 正在被清理，请重试")
        except BaseException:
            lock.close()
            raise
        return Lease(engine, holder, lock)

    def remove_unused(self) -> None:
        """Remove every generation that neither serves nor is leased, and copies of what is gone."""
        current = self._serving()
        with translated(self._where), self._engine.connect() as connection:
            rows = connection.execute(select(generations.c.name, generations.c.chroma_url)).all()
        for name, chroma_url in rows:
            if name != current and give_up(self._engine, name):
                self._drop(name, chroma_url)
        self._folder.remove_copies(current or "")

    def _drop(self, name: str, chroma_url: str) -> None:
        with translated(self._where), self._engine.begin() as connection:
            connection.execute(DropSchema(_schema(name), cascade=True, if_exists=True))
        if chroma_url:
            # A server that is gone took its data along.
            with suppress(StoreAccessError, StoreMismatchError):
                client = connect(Path(), chroma_url)
                drop_collection(client, f"xiaojuren-{name}")
                client.close()

    def writable(self) -> AbstractContextManager[None]:
        """Turn failures to write, a full disk among them, into one clear line."""
        return self._folder.writable()

    def close(self) -> None:
        """Release the connections."""
        self._engine.dispose()


def _schema(generation: str) -> str:
    return f"xiaojuren_{generation.replace('-', '_')}"


def _is_small(path: Path, generation: Path) -> bool:
    parts = path.relative_to(generation).parts
    return path.is_file() and parts[0] != CHROMA_FOLDER and path.suffix != ".lock"


Store = StoreFolder | ServerStore


def open_store(path: Path, chroma_url: str | None = None, database_url: str | None = None) -> Store:
    """Return the store in a folder, or in the database where there is one."""
    if database_url:
        return ServerStore(path, database_url, chroma_url)
    return StoreFolder(path)
