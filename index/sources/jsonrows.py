"""JSON and JSON Lines as documents: an array of objects is a table, its keys are the headers."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from index.errors import SourceError
from index.regex import regex
from index.sources import rows as shared
from index.types import Cell, Document, Origin, Row, Span, Table

_LINE_END = regex(r"\r\n|\n|\r")
_BETWEEN = regex(r"[\s,]*")
_DECODER = json.JSONDecoder()
_TITLES = ("title", "标题", "name", "名称")


@dataclass(frozen=True, slots=True)
class _Object:
    """An object of the array, with its lines."""

    values: Mapping[str, str]
    first: int
    last: int


def read_json(path: Path, text: str, source: str, sha256: str) -> Document:
    """Return the objects of a JSON or JSON Lines file that is cited as ``source``.

    Raises:
        SourceError: the text is no JSON, holds no array of objects, or too many.
    """
    lines = tuple(_LINE_END.split(text.rstrip()))
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    title, at = _array(path, text) if path.suffix.lower() == ".json" else ("", 0)
    objects = list(_objects(path, text, at, starts))
    if not objects:
        raise SourceError(path, "没有找到由对象组成的数组，请导出为每家企业一个对象的 JSON 后再试")
    keys = list(dict.fromkeys(key for one in objects for key in one.values))
    rows = [_row(one, keys, source, lines, title) for one in objects]
    first = rows[0]
    header = Row(
        tuple(Cell(key, key, (), Span(objects[0].first, objects[0].first, 0, 0)) for key in keys),
        first.origin,
    )
    return Document(
        source=source,
        title=title or PurePath(source).stem,
        sha256=sha256,
        lines=lines,
        headings=(),
        tables=(Table(header, tuple(rows), headings=()),),
        passages=(),
    )


def _array(path: Path, text: str) -> tuple[str, int]:
    """Return the title that a file gives itself, and where its longest array of objects begins."""
    try:
        whole = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise SourceError(path, "不是正确的 JSON，请检查这一行", line) from error
    if not isinstance(whole, dict):
        return "", text.index("[") + 1 if "[" in text else len(text)
    arrays = {key: one for key, one in whole.items() if _is_rows(one)}
    key = max(arrays, key=lambda one: len(arrays[one]), default=None)
    title = next((whole[one] for one in _TITLES if isinstance(whole.get(one), str)), "")
    if key is None:
        return title, len(text)
    match = re.search(rf"{re.escape(json.dumps(key, ensure_ascii=False))}\s*:\s*\[", text)
    match = match or re.search(rf"{re.escape(json.dumps(key))}\s*:\s*\[", text)
    return title, match.end() if match else len(text)


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _objects(path: Path, text: str, at: int, starts: list[int]) -> Iterator[_Object]:
    """Yield the objects from a position up to the end of the array or of the text."""
    number = 0
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
        if at >= len(text) or text[at] == "]":
            return
        try:
            value, end = _DECODER.raw_decode(text, at)
        except ValueError as error:
            line = bisect_right(starts, at)
            raise SourceError(path, "这一行不是正确的 JSON，请检查", line) from error
        if isinstance(value, dict):
            number += 1
            if number > shared.MAX_ROWS:
                raise SourceError(path, f"超过 {shared.MAX_ROWS:,} 行，请拆成几个文件")
            lines = bisect_right(starts, at), bisect_right(starts, end - 1)
            yield _Object(dict(_flat(value)), *lines)
        at = end


def _flat(value: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the values of an object as texts; keys of inner objects follow the outer key."""
    for key, one in value.items():
        name = f"{above} {key}" if above else str(key)
        if isinstance(one, dict):
            yield from _flat(one, name)
        else:
            yield name, _text(one)


def _text(value: object) -> str:
    if isinstance(value, list):
        return "、".join(filter(None, map(_text, value)))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return " ".join(str(value).split())


def _row(one: _Object, keys: list[str], source: str, lines: tuple[str, ...], title: str) -> Row:
    quote = "\n".join(lines[one.first - 1 : one.last])
    origin = Origin(source, (title,) if title else (), one.first, one.last, quote)
    span = Span(one.first, one.last, 0, len(lines[one.last - 1]))
    texts = (one.values.get(key, "") for key in keys)
    return Row(tuple(Cell(text, text, (), span) for text in texts), origin)
