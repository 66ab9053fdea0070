"""Header recognition: which column of a table holds which field of the registry."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from index.schema.fields import CHINESE, registry
from index.schema.fields import TableKind as TableKind
from index.schema.fields import header_key as header_key

# What stands in brackets after a header: 员工人数（人）, 企业（集团）名称, 规模（亿元）.
_BRACKETED = re.compile(r"\(([^()]*)\)")
_BETWEEN = re.compile(r"[/、,]|(?<=.{2})[及与和](?=.{2})")

# Brackets that make another column of a header: money, shares, growth.
_OTHER_MEASURE = re.compile(r"元|美金|%|占比|比例|营收|收入|产值|价|增|吨|台|套|亩|平方|面积")

_PLACES = frozenset({"city", "province", "district"})
_COUNTRY = frozenset({"国家", "国别", "国家地区", "州", "country"})


class OwnHeader(str):
    """A header that means no field, whatever it says: its column stays under its own name."""

    __slots__ = ()


class FieldHeader(str):
    """A header that is said to mean a field, by a text that does: no cell may overrule it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of each table kind, their labels, and the headers that mean them."""

    labels: Mapping[TableKind, Mapping[str, str]]
    headers: Mapping[TableKind, Mapping[str, str]]

    def field(self, kind: TableKind, header: str) -> str | None:
        """Return the field of ``kind`` that a header means, or None.

        A header may have brackets (员工人数（人）) or parts (国家/城市): it means what it means
        without the brackets, and what all of its parts mean.
        """
        if isinstance(header, OwnHeader):
            return None
        key, known = header_key(header), self.headers[kind]
        if key in known:
            return known[key]
        if kind is not TableKind.COMPANY or any(
            _OTHER_MEASURE.search(inner) for inner in _BRACKETED.findall(key)
        ):
            return None
        bare = _BRACKETED.sub("", key)
        if bare in known:
            return known[bare]
        parts = _BETWEEN.split(bare)
        fields = {"province" if part in _COUNTRY else known.get(part) for part in parts}
        if len(parts) > 1 and fields <= _PLACES:
            return "city"
        return fields.pop() if len(fields) == 1 else None

    def fields(self, kind: TableKind, header: Sequence[str]) -> dict[str, int]:
        """Return the column number of each field of ``kind`` that ``header`` names."""
        found: dict[str, int] = {}
        for number, text in enumerate(header):
            field = self.field(kind, text)
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


@cache
def load_schema() -> Schema:
    """Return labels and headers of the registry's fields by kind of table."""
    kinds = (TableKind.COMPANY, TableKind.REGION, TableKind.CRITERIA)
    return Schema(
        labels={
            kind: {one.key: one.labels[CHINESE] for one in registry().of(kind)} for kind in kinds
        },
        headers={
            kind: {header_key(text): one.key for one in registry().of(kind) for text in one.headers}
            for kind in kinds
        },
    )


def classify(header: Sequence[str]) -> tuple[TableKind, dict[str, int]]:
    """Return a table's kind and the column number of each of its known fields, by its header.

    What the cells say besides is the matter of :mod:`index.schema.subjects`.
    """
    schema = load_schema()
    for kind, required in _REQUIRED:
        fields = schema.fields(kind, header)
        if required <= fields.keys():
            return kind, fields
    return TableKind.OTHER, {}
