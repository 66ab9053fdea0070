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

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import CreateTable

from index.errors import StoreAccessError, StoreMismatchError
from index.regex import regex
from index.store.tables import metadata

_T = TypeVar("_T")

RECORDS_NAME = "records.sqlite3"

# How much of a file is mapped into memory, in bytes; what is not read costs nothing.
_MAPPED = 1 << 31

# Connections that are kept; each thread that answers uses one at a time.
_KEPT = 16

# How long a server may take to answer at first, in seconds.
_TIMEOUT = 10

_REBUILD = "请运行 xiaojuren index 重建索引"
_DAMAGED = regex(
    r"malformed|not a database|no such (?:table|column)|disk image|relation .* does not exist"
)


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


def connect_server(url: str, schema: str = "", *, reading: bool = False) -> Engine:
    """Return an engine of a PostgreSQL server.

    Args:
        url: Its address.
        schema: Where unqualified tables lie.
        reading: Whether nothing is written, so that no transaction is needed.

    Raises:
        StoreAccessError: the address is none of PostgreSQL's, or its driver is not installed.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreAccessError("XIAOJUREN_DATABASE_URL 不是数据库地址，请检查") from error
    if address.get_backend_name() != "postgresql":
        raise StoreAccessError(f"XIAOJUREN_DATABASE_URL 不是 PostgreSQL 的地址：{server_name(url)}")
    options: dict[str, Any] = {"isolation_level": "AUTOCOMMIT"} if reading else {}
    connecting: dict[str, Any] = {"connect_timeout": _TIMEOUT}
    if schema:
        connecting["options"] = f"-csearch_path={schema}"
    try:
        return create_engine(
            address.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            pool_size=_KEPT,
            max_overflow=-1,
            connect_args=connecting,
            **options,
        )
    except ImportError as error:
        raise StoreAccessError(
            "用 PostgreSQL 需要 psycopg，请运行 pip install 'xiaojuren[postgres]'"
        ) from error


def server_name(url: str) -> str:
    """Return a server's address as it may be told: without the password."""
    return make_url(url).render_as_string(hide_password=True)


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
        if _DAMAGED.search(reason):
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
