"""The files of a generation: flushed to the disk, named by size and hash, and checked by them."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from index.errors import StoreMismatchError

_BLOCK = 1 << 20

# What is written later, by Chroma or while the generation is read.
_OTHERS = ("chroma", "manifest.json", "in-use.lock")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it was written.

    Attributes:
        name: Its path below the generation's folder.
        size: In bytes.
        sha256: Hash of its content, in hex.
    """

    name: str
    size: int
    sha256: str


def stored_files(generation: Path) -> tuple[StoredFile, ...]:
    """Return the files of a generation that are complete before its vectors are written."""
    found = []
    for path in sorted(generation.rglob("*")):
        name = path.relative_to(generation)
        if path.is_file() and name.parts[0] not in _OTHERS:
            found.append(StoredFile(name.as_posix(), path.stat().st_size, _hash(path)))
    return tuple(found)


def flush(generation: Path) -> None:
    """Bring everything below a folder to the disk, so that not even a power cut loses it."""
    for path in (*generation.rglob("*"), generation):
        flush_path(path)


def flush_path(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_files(generation: Path, files: tuple[StoredFile, ...], *, whole: bool = False) -> None:
    """Check that the files of a generation are as they were written.

    Args:
        generation: Its folder.
        files: What its manifest says of them.
        whole: Whether their content is read, too; else only their size counts.

    Raises:
        StoreMismatchError: one is missing or damaged; names it, and the command that mends it.
    """
    for file in files:
        path = generation / file.name
        try:
            same = path.stat().st_size == file.size and (not whole or _hash(path) == file.sha256)
        except OSError:
            raise _problem(path, "缺失") from None
        if not same:
            raise _problem(path, "损坏")


def _problem(path: Path, what: str) -> StoreMismatchError:
    return StoreMismatchError(f"索引的文件 {path} {what}，请运行 xiaojuren index 重建索引")


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
