"""The exceptions of xiaojuren: one small tree, one clear line each.

    XiaojurenError
    ├── SettingsError            a setting has an unusable value
    ├── SourceError              a source file cannot be read or holds nothing usable
    ├── ModelError               the embedding model cannot be loaded
    ├── StoreError               the index folder or server
    │   ├── StoreMissingError    there is no index yet
    │   ├── StoreMismatchError   the index was built by another schema, model or segmenter
    │   ├── StoreLockedError     another process is building
    │   └── StoreAccessError     no permission, read-only, server out of reach
    └── (assistant.errors continues the tree)

The message of each is written for the user: what is wrong, where, and what to do. The command
line prints it as one line and exits with 2.
"""

from __future__ import annotations

from pathlib import Path


class XiaojurenError(Exception):
    """Base of every error that the user can do something about."""


class SettingsError(XiaojurenError):
    """A setting (environment variable or option) has a value that cannot be used."""


class SourceError(XiaojurenError):
    """A source file is missing, unreadable or holds nothing usable.

    Args:
        path: The file, as the user named it.
        problem: What is wrong and what to do, in one sentence.
        line: The line at fault, counted from 1, where there is one.
    """

    def __init__(self, path: Path | str, problem: str, line: int | None = None) -> None:
        self.path = Path(path)
        self.problem = problem
        self.line = line
        where = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{where}：{problem}")


class ModelError(XiaojurenError):
    """The embedding model cannot be loaded."""


class StoreError(XiaojurenError):
    """Something is wrong with the index folder or the Chroma server."""


class StoreMissingError(StoreError):
    """There is no index at the given place yet."""


class StoreMismatchError(StoreError):
    """The index was built with another schema, model or segmenter than this process uses."""


class StoreLockedError(StoreError):
    """Another process is building this index at the moment."""


class StoreAccessError(StoreError):
    """The index cannot be read or written: permissions, a read-only disk, a server that is down."""
