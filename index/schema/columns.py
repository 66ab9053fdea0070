"""Header recognition: which column of a table holds which field of the registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from index.regex import regex
from index.schema.fields import CHINESE, registry
from index.schema.fields import TableKind as TableKind
from index.schema.fields import header_key as header_key

# Brackets in a header: 员工人数（人）, 企业（集团）名称, 规模（亿元）.
_BRACKETED = regex(r"\(([^()]*)\)")
_BETWEEN = regex(r"[/、,]|(?<=.{2})[及与和](?=.{2})")

# Brackets by which a header means something else: money, shares, growth, numbers in 10,000.
_OTHER_MEASURE = regex(r"万|亿|元|美金|%|占比|比例|营收|收入|产值|价|增|吨|台|套|亩|平方|面积")

_PLACES = frozenset({"city", "province", "district"})
_ADDRESS = "address"
_TELLING = 4
_COUNTRY = frozenset({"国家", "国别", "国家地区", "州", "country"})


class OwnHeader(str):
    """A header that the user declared to mean no field; the column keeps its own name."""

    __slots__ = ()


class FieldHeader(str):
    """A header that the user declared to mean a field; cells do not overrule it."""

    __slots__ = ()


def field_of(kind: TableKind, header: str) -> str | None:
    """Return the key of the field of ``kind`` that a header means, None if it means none.

    A header may have brackets (员工人数（人）) or parts (国家/城市): it means what it means without
    the brackets, and what all of its parts mean.
    """
    if isinstance(header, OwnHeader):
        return None
    if (known := _known(kind, header)) is not None:
        return known
    key = header_key(header)
    measured = any(_OTHER_MEASURE.search(inner) for inner in _BRACKETED.findall(key))
    if kind is not TableKind.COMPANY or measured:
        return None
    bare = _BRACKETED.sub("", key)
    if (known := _known(kind, bare)) is not None:
        return known
    parts = _BETWEEN.split(bare)
    if kind is TableKind.COMPANY and bare.endswith(_addresses()):
        # An office in one place: 杭州办公地址.
        return _ADDRESS
    found = {"province" if part in _COUNTRY else _known(kind, part) for part in parts}
    if len(parts) > 1 and found <= _PLACES:
        return "city"
    return found.pop() if len(found) == 1 else None


@cache
def _addresses() -> tuple[str, ...]:
    """Return the headers of addresses that say by themselves that they are of an office."""
    headers = next(one.headers for one in registry().of(TableKind.COMPANY) if one.key == _ADDRESS)
    return tuple(key for key in map(header_key, headers) if len(key) >= _TELLING)


def _known(kind: TableKind, header: str) -> str | None:
    known = registry().by_header(header, kind)
    return known.key if known else None


def columns_of(kind: TableKind, header: Sequence[str]) -> dict[str, int]:
    """Return the column number of each field of ``kind`` that the headers of a table mean."""
    found: dict[str, int] = {}
    for number, text in enumerate(header):
        key = field_of(kind, text)
        if key is not None:
            found.setdefault(key, number)
    return found


# The fields without which a table is not of that kind, tried in this order.
_REQUIRED: tuple[tuple[TableKind, frozenset[str]], ...] = (
    (TableKind.COMPANY, frozenset({"name"})),
    (TableKind.REGION, frozenset({"place", "count"})),
    (TableKind.CRITERIA, frozenset({"dimension", "requirement"})),
)


def classify(header: Sequence[str]) -> tuple[TableKind, dict[str, int]]:
    """Return the kind of a table and the column number of each known field, by its headers alone.

    :mod:`index.schema.subjects` also looks at the cells.
    """
    for kind, required in _REQUIRED:
        columns = columns_of(kind, header)
        if required <= columns.keys():
            return kind, columns
    return TableKind.OTHER, {}


@dataclass(frozen=True, slots=True)
class Schema:
    """Labels and headers of the registry by kind of table, for callers that read it this way."""

    labels: Mapping[TableKind, Mapping[str, str]]
    headers: Mapping[TableKind, Mapping[str, str]]

    def field(self, kind: TableKind, header: str) -> str | None:
        """Return :func:`field_of`."""
        return field_of(kind, header)

    def fields(self, kind: TableKind, header: Sequence[str]) -> dict[str, int]:
        """Return :func:`columns_of`."""
        return columns_of(kind, header)

    def label(self, field: str) -> str:
        """Return the label of a company field, or the field itself for a column of its own."""
        return self.labels[TableKind.COMPANY].get(field, field)


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
