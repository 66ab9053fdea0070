"""Corrections of a list by its user, in a file beside it: ``LIST.columns.toml``.

The file beside ``名单.xlsx`` is ``名单.xlsx.columns.toml``. It sets the fields of columns, the
title of the list, and the city of companies that have none:

    title = "苏州市专精特新名单"
    city = "苏州"

    [columns]
    "单位" = "name"      # a field of data/fields.toml
    "规模" = "own"       # a column under its own name, whatever it looks like
    "备注" = "ignore"    # not read

The list itself is not changed: citations quote it as it is, and a city that is set here is cited by
its line in this file.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.companies.inferred import is_inferred
from index.errors import SourceError
from index.places.gazetteer import Gazetteer, Place, load_gazetteer
from index.regex import regex
from index.schema.columns import FieldHeader, OwnHeader, field_of
from index.schema.fields import TableKind, header_key, registry
from index.sources.content import SUFFIX, sidecar_bytes, sidecar_of
from index.types import Cell, CompanyRow, Document, Origin, Row, Table, Value

OWN, IGNORE = "own", "ignore"

_CITY = regex(r"\s*city\s*=")

_Text = Annotated[str, Field(max_length=200)]


class Corrections(BaseModel):
    """Corrections of one list.

    Attributes:
        title: Title of the list; empty for its own.
        city: City of the companies that have none; empty for none.
        columns: By header: a company field, :data:`OWN` or :data:`IGNORE`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    title: _Text = ""
    city: _Text = ""
    columns: Annotated[dict[_Text, _Text], Field(max_length=500)] = {}


@cache
def fields() -> Mapping[str, str]:
    """Return the company fields that a column may be given, each with its first header."""
    return {one.key: one.headers[0] for one in registry().of(TableKind.COMPANY) if one.headers}


def read_corrections(path: Path) -> Corrections:
    """Return the corrections of the list ``path``; empty ones if it has none.

    Raises:
        SourceError: the file of corrections cannot be read or is invalid.
    """
    sidecar = sidecar_of(path)
    if not sidecar.is_file():
        return Corrections()
    try:
        text = sidecar_bytes(sidecar).decode("utf-8-sig")
        found = Corrections.model_validate(tomllib.loads(text))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(sidecar, f"不是 UTF-8 的 TOML 文件（{error}），请改正或删除它") from error
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise SourceError(sidecar, f"{name}：{first['msg']}，请改正或删除它") from error
    require_usable(found, sidecar)
    return found


def require_usable(corrections: Corrections, where: Path) -> None:
    """Check that corrections name known fields and a known city.

    Raises:
        SourceError: they do not; the message lists what is allowed.
    """
    for header, meaning in corrections.columns.items():
        if meaning not in fields() and meaning not in (OWN, IGNORE):
            known = "、".join((*fields(), OWN, IGNORE))
            raise SourceError(where, f"列“{header}”的 {meaning!r} 不是字段，可以写 {known}")
    if corrections.city and _place(corrections, load_gazetteer()) is None:
        raise SourceError(where, f"不认识城市“{corrections.city}”，请写如 苏州 的城市名")


def write_corrections(path: Path, corrections: Corrections) -> None:
    """Write the corrections of the list ``path`` beside it; empty ones remove the file.

    Raises:
        OSError: the file cannot be written.
    """
    lines = [
        f"{key} = {_quoted(told)}"
        for key in ("title", "city")
        if (told := getattr(corrections, key))
    ]
    if corrections.columns:
        lines += ["", "[columns]"]
        lines += [f"{_quoted(key)} = {_quoted(told)}" for key, told in corrections.columns.items()]
    sidecar = sidecar_of(path)
    if lines:
        sidecar.write_text("\n".join(lines).lstrip("\n") + "\n", "utf-8")
    else:
        sidecar.unlink(missing_ok=True)


def corrected(document: Document, corrections: Corrections) -> Document:
    """Return a document with corrected title and headers.

    The texts that citations quote are unchanged.
    """
    columns = {header_key(header): told for header, told in corrections.columns.items()}
    return replace(
        document,
        title=corrections.title or document.title,
        tables=tuple(_table(table, columns) for table in document.tables),
        profiles=tuple(_table(table, columns) for table in document.profiles),
    )


def fill_city(
    rows: Iterable[CompanyRow], corrections: Corrections, path: Path, source: str
) -> list[CompanyRow]:
    """Return company rows, those without a city with the city of the corrections."""
    place = _place(corrections, load_gazetteer())
    if place is None:
        return list(rows)
    value = Value(place.name, _city_line(path, source))
    return [row if _is_placed(row) else _moved(row, place, value) for row in rows]


def _is_placed(row: CompanyRow) -> bool:
    """Return whether a row has a city that was not only inferred from its name."""
    if "city" in row.values:
        return not is_inferred(row.values["city"])
    return row.facts.city is not None


def _moved(row: CompanyRow, place: Place, value: Value) -> CompanyRow:
    facts = replace(row.facts, city=place.short, province=place.province)
    return replace(row, values={**row.values, "city": value}, facts=facts)


def _city_line(path: Path, source: str) -> Origin:
    """Return the line of the corrections that names the city."""
    lines = sidecar_bytes(sidecar_of(path)).decode("utf-8-sig").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if _CITY.match(line))
    return Origin(f"{source}{SUFFIX}", (), number, number, lines[number - 1])


def _place(corrections: Corrections, gazetteer: Gazetteer) -> Place | None:
    return gazetteer.first_city(corrections.city) if corrections.city else None


def _table(table: Table, columns: Mapping[str, str]) -> Table:
    """Return a table with its headers corrected and without the columns to ignore."""
    told = [columns.get(header_key(cell.text)) for cell in table.header.cells]
    dropped = {number for number, meaning in enumerate(told) if meaning == IGNORE}
    if not any(told) or len(dropped) == len(told):
        return table
    taken = {meaning for meaning in told if meaning}
    written = [cell.text for cell in table.header.cells]
    meant = [
        _header(cell, meaning, taken)
        for cell, meaning in zip(table.header.cells, told, strict=True)
    ]
    return Table(
        header=_without(replace(table.header, cells=tuple(meant)), dropped),
        rows=tuple(
            # A header that is repeated below must stay one.
            _without(replace(row, cells=tuple(meant)) if _texts(row) == written else row, dropped)
            for row in table.rows
        ),
        headings=table.headings,
    )


def _header(cell: Cell, meaning: str | None, taken: set[str]) -> Cell:
    """Return the corrected header; one whose field another column was given keeps its name."""
    if meaning is None:
        field = field_of(TableKind.COMPANY, cell.text)
        return replace(cell, text=OwnHeader(cell.text)) if field in taken else cell
    if meaning in (OWN, IGNORE):
        return replace(cell, text=OwnHeader(cell.text))
    return replace(cell, text=FieldHeader(fields()[meaning]))


def _without(row: Row, dropped: set[int]) -> Row:
    cells = tuple(cell for number, cell in enumerate(row.cells) if number not in dropped)
    return replace(row, cells=cells)


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


def _quoted(text: str) -> str:
    """Return a text as TOML writes it, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
