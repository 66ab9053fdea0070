"""The bytes of a list and of its corrections, and the hash by which a later build knows them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from stat import S_ISREG

from index.errors import SourceError

SUFFIX = ".columns.toml"
"""What the file of a list's corrections is called beyond the list."""

MAX_BYTES = 50 * 1024 * 1024


def sidecar_of(path: Path) -> Path:
    """Return the path of the corrections of a list."""
    return path.with_name(path.name + SUFFIX)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a list.

    Raises:
        SourceError: it is missing, no plain file or too large.
    """
    try:
        told = path.stat()
        plain = S_ISREG(told.st_mode)
        data = path.read_bytes() if plain and told.st_size <= MAX_BYTES else b""
    except OSError as error:
        raise SourceError(path, f"读不了这个文件（{error.strerror}），请检查路径和权限") from error
    if not plain:
        raise SourceError(path, "不是普通文件（是管道或设备），请换成文件")
    if told.st_size > MAX_BYTES:
        raise SourceError(path, f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆成几个文件后再试")
    return data


def sidecar_bytes(path: Path) -> bytes:
    """Return the bytes of a file of corrections.

    Raises:
        SourceError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path, f"读不了这个文件（{error.strerror}），请检查权限") from error


def source_hash(path: Path, data: bytes) -> str:
    """Return the SHA-256, in hex, of a list and of its corrections, if it has any.

    Args:
        path: The list.
        data: Its bytes.

    Raises:
        SourceError: the corrections cannot be read.
    """
    digest = hashlib.sha256(data)
    sidecar = sidecar_of(path)
    if sidecar.is_file():
        digest.update(sidecar_bytes(sidecar))
    return digest.hexdigest()


def file_hash(path: Path) -> str | None:
    """Return the hash of a list with its corrections, None if they cannot be read."""
    try:
        return source_hash(path, read_bytes(path))
    except SourceError:
        return None
