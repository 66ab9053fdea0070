"""Which column of a table means which field: the synonyms of ``data/columns.toml``."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class TableKind(StrEnum):
    """What the rows of a table are about."""

    COMPANY = "company"
    REGION = "region"
    CRITERIA = "criteria"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of each table kind, their labels, and the headers that mean them."""

    labels: Mapping[TableKind, Mapping[str, str]]
    headers: Mapping[TableKind, Mapping[str, str]]

    def fields(self, kind: TableKind, header: Sequence[str]) -> dict[str, int]:
        """Return the column number of each field of ``kind`` that ``header`` names."""
        found: dict[str, int] = {}
        for number, text in enumerate(header):
            field = self.headers[kind].get(header_key(text))
            if field is not None:
                found.setdefault(field, number)
        return found

    def label(self, field: str) -> str:
        """Return the label of a company field, or the field itself for a column of its own."""
        return self.labels[TableKind.COMPANY].get(field, field)


# The fields without which a table is not of that kind, tried in this order.
_REQUIRED: tuple[tuple[TableKind, frozenset[str]], ...] = (
    (TableKind.COMPANY, frozenset({"name"})),
    (TableKind.REGION, frozenset({"place", "count"})),
    (TableKind.CRITERIA, frozenset({"dimension", "requirement"})),
)


def header_key(text: str) -> str:
    """Return a header as it is compared: NFKC, case folded, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@cache
def load_schema() -> Schema:
    """Return the schema of ``data/columns.toml``."""
    data = tomllib.loads((files("index") / "data/columns.toml").read_text("utf-8"))
    labels: dict[TableKind, dict[str, str]] = {}
    headers: dict[TableKind, dict[str, str]] = {}
    for kind in (TableKind.COMPANY, TableKind.REGION, TableKind.CRITERIA):
        labels[kind] = {field: str(entry["label"]) for field, entry in data[kind].items()}
        headers[kind] = {
            header_key(header): field
            for field, entry in data[kind].items()
            for header in entry["headers"]
        }
    return Schema(labels=labels, headers=headers)


def classify(header: Sequence[str]) -> tuple[TableKind, dict[str, int]]:
    """Return a table's kind and the column number of each of its known fields."""
    schema = load_schema()
    for kind, required in _REQUIRED:
        fields = schema.fields(kind, header)
        if required <= fields.keys():
            return kind, fields
    return TableKind.OTHER, {}
