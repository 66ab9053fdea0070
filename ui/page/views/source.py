"""The source files: each as it was read, opened at a line, over any view."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.engine import Engine
from index.errors import SourceError, XiaojurenError
from index.sources import read_source
from index.sources.content import SUFFIX, sidecar_of, source_hash
from index.sources.sheets import open_sheets
from index.sources.workbook import Shown
from index.store.reader import IndexReader
from ui.errors import RequestError, SourceViewError
from ui.page.assets import script
from ui.page.html import render

# So many lines are shown on either side of the one asked for.
_AROUND = 600


Rows = list[tuple[int, list[str]]]
"""Rows with their numbers, each a list of cells."""


class SourcePlace(BaseModel):
    """Where to open a source; what a browser sent."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    source: Annotated[str, Field(max_length=1000)]
    sheet: Annotated[str, Field(max_length=200)] = ""
    line: Annotated[int, Field(ge=1, le=10_000_000)] = 1


_PLACE = TypeAdapter(SourcePlace)


def build(engine: Callable[[], Engine]) -> None:
    """Draw the view and connect it, within the page that is being built."""
    gr.HTML(
        render("source"),
        elem_id="xj-source",
        apply_default_css=False,
        js_on_load=script("source.js"),
        server_functions=[source_function(engine)],
    )


def source_function(engine: Callable[[], Engine]) -> Callable[[object], dict[str, Any]]:
    """Return what the browser calls: it returns ``html``, or what is wrong as ``error``."""

    def open_source(sent: object) -> dict[str, Any]:
        try:
            place = _place(sent)
            return {"html": source_html(engine().index, place)}
        except XiaojurenError as error:
            return {"error": str(error)}

    return open_source


def _place(sent: object) -> SourcePlace:
    try:
        return _PLACE.validate_python(sent)
    except ValidationError as error:
        raise RequestError("要打开的位置无法识别，请刷新页面后再试") from error


def source_html(index: IndexReader, place: SourcePlace) -> str:
    """Return the lines of a source around ``place``, numbered, that one marked.

    Raises:
        SourceViewError: the index holds no such file or sheet, or the file is gone or unreadable.
    """
    path, sha256 = _indexed(index, place.source)
    try:
        changed, rows = _rows(path, place, sha256)
    except SourceError as error:
        raise SourceViewError(
            f"打不开 {place.source}：{error}；出处里的原文仍是建立索引时的内容"
        ) from error
    # Only a spreadsheet's rows leave numbers out.
    near = [row for row in rows if abs(row[0] - place.line) <= _AROUND]
    return render(
        "source_lines",
        source=place.source,
        sheet=place.sheet,
        line=place.line,
        rows=near,
        before=sum(number < place.line - _AROUND for number, _ in rows),
        after=sum(number > place.line + _AROUND for number, _ in rows),
        width=max((len(cells) for _, cells in near), default=1),
        changed=changed,
    )


def _indexed(index: IndexReader, source: str) -> tuple[Path, str]:
    """Return where an indexed file was read, and the hash of what was read."""
    manifest = index.manifest
    for path, document in zip(manifest.paths, manifest.documents, strict=True):
        if document.source == source:
            return Path(path), document.sha256
        # Its corrections may be cited too; they changed if their own text did.
        sidecar = sidecar_of(Path(path))
        if document.source + SUFFIX == source and sidecar.is_file():
            return sidecar, hashlib.sha256(sidecar.read_bytes()).hexdigest()
    raise SourceViewError(f"索引里没有文件 {source}，请从出处里打开")


def _rows(path: Path, place: SourcePlace, sha256: str) -> tuple[bool, Rows]:
    """Return whether the file differs from what was indexed, and its numbered rows of cells."""
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as error:
        raise SourceError(path, f"读不了这个文件（{error.strerror}）") from error
    read, sheets = _read(path, stamp)
    sheet = place.sheet or next(iter(sheets))
    if sheet not in sheets:
        raise SourceViewError(f"{place.source} 里没有工作表“{sheet}”，请从出处里打开")
    return read != sha256, sheets[sheet]


@lru_cache(maxsize=4)
def _read(path: Path, stamp: int) -> tuple[str, dict[str, Rows]]:  # noqa: ARG001 - a key
    """Return the hash of a file and its rows by sheet; a text is a single sheet without a name.

    Args:
        path: The file.
        stamp: When it was last changed; it is read again after that.
    """
    if path.name.endswith(SUFFIX):
        data = path.read_bytes()
        lines = data.decode("utf-8-sig").splitlines()
        return hashlib.sha256(data).hexdigest(), {"": [(n, [x]) for n, x in enumerate(lines, 1)]}
    data = path.read_bytes()
    opened = open_sheets(path, data)
    if opened is None:
        document = read_source(path, path.name)
        return document.sha256, {
            "": [(number, [line]) for number, line in enumerate(document.lines, 1)]
        }
    sheets = {
        sheet.name: [(number, _texts(cells)) for number, cells in sheet.rows.items()]
        for sheet in opened
    }
    return source_hash(path, data), sheets


def _texts(cells: Mapping[int, Shown]) -> list[str]:
    return [cells[column].raw if column in cells else "" for column in range(1, max(cells) + 1)]
