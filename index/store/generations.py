"""The store on disk: generations, the pointer to the one that serves, and the locks.

    STORE/
      thesaurus-DIGEST/       descriptions of trades, shared by generations
      current                 name of the generation that serves; replaced in one step
      build.lock              held by the one process that builds
      generations/NAME/
        manifest.json  records.sqlite3  vocabulary.txt  bm25/  chroma/  in-use.lock

A generation never changes once ``current`` names it. A build writes a new one beside it, so it
disturbs no reader, and a build that is killed leaves nothing but a folder that the next one
removes. Readers share the lock of the generation they read; only generations that nobody reads
are removed.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import portalocker
from sqlalchemy import Engine

from index.errors import StoreAccessError, StoreLockedError, StoreMismatchError, StoreMissingError
from index.store.database import RECORDS_NAME, create_file, open_file
from index.store.files import flush_path
from index.store.manifest import Manifest
from index.store.records import Records
from index.store.vectors import connect, drop_collection

VOCABULARY_NAME = "vocabulary.txt"
CHROMA_FOLDER = "chroma"
LEXICAL_FOLDER = "bm25"

_CURRENT = "current"
_GENERATIONS = "generations"
_BUILD_LOCK = "build.lock"
_IN_USE = "in-use.lock"

_BUSY = (portalocker.LockException, portalocker.AlreadyLocked)


class StoreFolder:
    """The folder of one store.

    Args:
        path: The folder; it need not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> Path:
        """Return the folder of the generation that serves.

        Raises:
            StoreMissingError: nothing has been built here.
            StoreMismatchError: the pointer leads nowhere.
        """
        try:
            name = (self.path / _CURRENT).read_text("utf-8").strip()
        except FileNotFoundError:
            raise StoreMissingError(f"{self.path} 里还没有索引，请先运行 xiaojuren index") from None
        except OSError as error:
            raise StoreAccessError(f"读不了索引 {self.path}：{error.strerror}") from error
        folder = self.path / _GENERATIONS / name
        if not name or not folder.is_dir():
            raise StoreMismatchError(
                f"{self.path / _CURRENT} 指向不存在的索引 {name!r}，请运行 xiaojuren index 重建索引"
            )
        return folder

    def generation(self, name: str) -> Path:
        """Return the folder of a generation, whether it is there or not."""
        return self.path / _GENERATIONS / name

    def prepare(self, folder: Path) -> None:
        """Put into the folder of a generation what its readers share."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _IN_USE).touch()

    def new_records(self, generation: Path) -> tuple[Engine, str]:
        """Return an engine that writes the records of a generation, and what it is called."""
        path = generation / RECORDS_NAME
        return create_file(path), str(path)

    def records(self, generation: Path) -> Records:
        """Return the records of a generation.

        Raises:
            StoreMismatchError: there are none.
        """
        path = generation / RECORDS_NAME
        return Records(open_file(path), str(path))

    def lease(self, generation: Path) -> IO[str]:
        """Return what keeps a generation from being removed until it is closed.

        Raises:
            StoreAccessError: it cannot be read, or is being removed.
        """
        return read_lock(generation)

    def exists(self) -> bool:
        """Return whether an index has been built here."""
        return (self.path / _CURRENT).is_file()

    @contextmanager
    def building(self) -> Iterator[None]:
        """Hold the lock of the one process that may build here.

        Raises:
            StoreLockedError: another process is building.
            StoreAccessError: the folder cannot be written.
        """
        with self.writable():
            (self.path / _GENERATIONS).mkdir(parents=True, exist_ok=True)
            lock = (self.path / _BUILD_LOCK).open("a+")
        with lock:
            try:
                portalocker.lock(
                    lock, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
                )
            except _BUSY:
                raise StoreLockedError(
                    f"另一个进程正在建立索引 {self.path}，请等它结束后再试"
                ) from None
            yield

    def new_generation(self) -> Path:
        """Return a fresh, empty folder for a generation."""
        name = f"{datetime.now(UTC):%Y%m%dt%H%M%S}-{secrets.token_hex(3)}"
        folder = self.path / _GENERATIONS / name
        with self.writable():
            self.prepare(folder)
        return folder

    def publish(self, generation: Path) -> None:
        """Make ``generation`` the one that serves, in one step that cannot be half done."""
        with self.writable():
            fresh = self.path / f"{_CURRENT}.new"
            with fresh.open("w", encoding="utf-8") as file:
                file.write(generation.name)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path / _CURRENT)
            flush_path(self.path)

    def remove_unused(self) -> None:
        """Remove every generation that neither serves nor is being read."""
        try:
            serving = self.current().name
        except (StoreMissingError, StoreMismatchError):
            serving = ""
        for folder in (self.path / _GENERATIONS).iterdir():
            if folder.name != serving:
                _remove_unread(folder)
        self._remove_thesauri()

    def remove_copies(self, serving: str) -> None:
        """Remove copies of files of generations that lie on servers and do not serve."""
        for folder in (self.path / _GENERATIONS).iterdir():
            if folder.name != serving and folder.suffix != ".new":
                _remove_unread(folder, shutil.rmtree)

    def close(self) -> None:
        """Do nothing: a folder needs no connection."""

    def _remove_thesauri(self) -> None:
        """Remove descriptions that no generation is compared with, and what a killed build left."""
        used = {one.thesaurus for one in self._manifests()}
        for folder in self.path.glob("thesaurus-*"):
            if folder.name not in used:
                shutil.rmtree(folder, ignore_errors=True)

    def _manifests(self) -> Iterator[Manifest]:
        for folder in (self.path / _GENERATIONS).iterdir():
            with suppress(StoreMismatchError):
                yield Manifest.read(folder)

    @contextmanager
    def writable(self) -> Iterator[None]:
        """Turn failures to write, a full disk among them, into one clear line."""
        try:
            yield
        except OSError as error:
            reason = error.strerror or " ".join(str(error).split())[:200]
            raise StoreAccessError(
                f"写不了索引文件夹 {self.path}（{reason}），"
                "请检查磁盘空间和权限，或用 --store 换一个位置"
            ) from error


def read_lock(generation: Path) -> IO[str]:
    """Return the open lock file that keeps ``generation`` from being removed until it is closed.

    Raises:
        StoreAccessError: the generation cannot be read, or is being removed.
    """
    path = generation / _IN_USE
    try:
        lock = path.open()
    except OSError as error:
        raise StoreAccessError(f"读不了索引 {generation}：{error.strerror}") from error
    try:
        portalocker.lock(lock, portalocker.LockFlags.SHARED | portalocker.LockFlags.NON_BLOCKING)
        removed = not path.exists()
    except _BUSY:
        removed = True
    if removed:
        lock.close()
        raise StoreAccessError(f"索引 {generation} 正在被清理，请重试")
    return lock


def _remove_unread(generation: Path, remove: Callable[[Path], object] | None = None) -> None:
    """Remove a generation unless it is being read; readers are kept out until it is gone."""
    path, remove = generation / _IN_USE, remove or _remove
    if not path.exists():
        remove(generation)
        return
    with path.open("a+") as lock:
        try:
            portalocker.lock(
                lock, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
            )
        except _BUSY:
            return
        remove(generation)


def _remove(generation: Path) -> None:
    _drop_server_collection(generation)
    shutil.rmtree(generation, ignore_errors=True)


def _drop_server_collection(generation: Path) -> None:
    """Delete a generation's collection where it lies on a server that can be reached."""
    try:
        manifest = Manifest.read(generation)
        if manifest.chroma_url:
            client = connect(generation, manifest.chroma_url)
            drop_collection(client, manifest.collection)
            client.close()
    except (StoreMismatchError, StoreAccessError):
        # A build that was killed has no manifest; a server that is gone took its data along.
        return
