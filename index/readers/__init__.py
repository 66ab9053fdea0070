"""Readers turn one source file into a :class:`~index.types.Document`, losing nothing.

A reader is a function from the file's text to a document. Add a format by writing a module
here and naming its suffix in ``READERS``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from index.errors import SourceError
from index.readers.markdown import read_markdown
from index.types import Document

Reader = Callable[[str, str, str], Document]

READERS: dict[str, Reader] = {".md": read_markdown, ".markdown": read_markdown}


def read_source(path: Path, name: str) -> Document:
    """Return the document in ``path``, cited under ``name``.

    Raises:
        SourceError: the file is missing, empty, binary, not UTF-8, or of an unknown format.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = "、".join(READERS)
        raise SourceError(path, f"不认识的文件格式，目前能读 {known}")
    data = _read_bytes(path)
    return reader(_decode(path, data), name, hashlib.sha256(data).hexdigest())


def _read_bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(path, f"读不了这个文件（{error.strerror}），请检查路径和权限") from error
    if not data.strip():
        raise SourceError(path, "文件是空的，请换成有内容的清单")
    return data


def _decode(path: Path, data: bytes) -> str:
    if b"\x00" in data:
        raise SourceError(path, "这是二进制文件，不是文本，请导出为 UTF-8 文本后再试")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(path, "不是 UTF-8 编码，请转换为 UTF-8 后再试", line) from error
