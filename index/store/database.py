"""The database that holds the records: a SQLite file of a generation, or a PostgreSQL server.

SQLAlchemy's exceptions become ours here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import CreateTable

from index.errors import StoreAccessError, StoreMismatchError
from index.store.tables import metadata

_T = TypeVar("_T")

RECORDS_NAME = "records.sqlite3"

# How much of a file is mapped into memory, in bytes; what is not read costs nothing.
_MAPPED = 1 << 31

# Connections that are kept; each thread that answers uses one at a time.
_KEPT = 16

_REBUILD = "请运行 xiaojuren index 重建索引"
_DAMAGED = ("malformed", "not a database", "no such table", "no such column", "disk image")


def create_file(path: Path) -> Engine:
    """Return an engine that writes a new SQLite file.

    Nothing is journaled: the file is used only once its build is complete.
    """
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: object) -> None:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def open_file(path: Path) -> Engine:
    """Return an engine that reads a finished SQLite file, which nobody changes any more.

    Raises:
        StoreMismatchError: there is no such file.
    """
    if not path.is_file():
        raise StoreMismatchError(f"索引的文件 {path} 缺失，{_REBUILD}")
    # Immutable: no locks and no journal, so that a read-only folder is as good as any.
    engine = create_engine(
        f"sqlite:///file:{quote(str(path))}?mode=ro&immutable=1&uri=true",
        poolclass=QueuePool,
        pool_size=_KEPT,
        max_overflow=-1,
        pool_reset_on_return=None,
        isolation_level="AUTOCOMMIT",
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA mmap_size={_MAPPED}")

    return engine


def create_tables(connection: Connection) -> None:
    """Create all tables; their indexes come after the data, which is twice as fast."""
    for table in metadata.sorted_tables:
        connection.execute(CreateTable(table))


def create_indexes(connection: Connection) -> None:
    """Create the indexes of all tables, and the statistics by which they are chosen."""
    for table in metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            index.create(connection)
    connection.exec_driver_sql("ANALYZE")


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn failures of a database into one clear line that names ``where`` it lies."""
    try:
        yield
    except DatabaseError as error:
        reason = " ".join(str(error.orig).split())[:200]
        if any(sign in reason for sign in _DAMAGED):
            raise StoreMismatchError(f"索引 {where} 损坏（{reason}），{_REBUILD}") from error
        remedy = "请检查数据库是否在运行、磁盘空间与权限"
        if isinstance(error, OperationalError):
            raise StoreAccessError(f"用不了索引 {where}（{reason}），{remedy}") from error
        raise StoreAccessError(f"索引 {where} 出错（{reason}），{remedy}") from error
    except SQLAlchemyError as error:
        reason = " ".join(str(error).split())[:200]
        raise StoreAccessError(f"用不了索引 {where}（{reason}）") from error


def batches(values: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Yield values in lists of at most ``size``."""
    left = iter(values)
    while batch := list(islice(left, size)):
        yield batch
