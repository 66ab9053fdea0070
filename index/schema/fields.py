"""The registry of fields: what columns mean, how values are typed, compared, shown and cited.

    registry().field("founded")  ──▶ Field(type=YEAR, labels, headers, question words, ...)

The data stand in ``data/fields.toml``. Columns that only one list has are not in the registry: they
get a :class:`Field` of their own when a list is read (:func:`index.schema.own.own_field`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from index.schema.headers import header_key as header_key
from index.text import fold

CHINESE, ENGLISH = "zh", "en"


class TableKind(StrEnum):
    """What the rows of a table are about."""

    COMPANY = "company"
    REGION = "region"
    CRITERIA = "criteria"
    OTHER = "other"


class ValueType(StrEnum):
    """How the cells of a field are parsed and compared."""

    TEXT = "text"
    PLACE = "place"
    YEAR = "year"
    DATE = "date"
    HEADCOUNT = "headcount"
    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    BATCH = "batch"
    LISTING = "listing"
    EXCHANGE = "exchange"
    CODE = "code"
    URL = "url"
    LIST = "list"

    @property
    def numeric(self) -> bool:
        """Whether values are numbers or ranges of numbers, so that they have an order."""
        return self in _NUMERIC


_NUMERIC = frozenset(
    {
        ValueType.YEAR,
        ValueType.DATE,
        ValueType.HEADCOUNT,
        ValueType.MONEY,
        ValueType.PERCENT,
        ValueType.COUNT,
        ValueType.BATCH,
    }
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Words of questions that compare values, folded.

    Attributes:
        more: Words that mean a larger value: 晚 of a year, 多 of a head count.
        less: Words that mean a smaller value.
        most: Phrases that ask for the largest value: 最晚, newest.
        least: Phrases that ask for the smallest value.
        units: Units of numbers.
    """

    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    most: tuple[str, ...] = ()
    least: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of column.

    Attributes:
        key: Its name in rows, facts and queries; of a list's own column, the header.
        kind: The kind of table whose rows have it.
        type: How cells are parsed and compared.
        labels: What users see, by language: ``zh`` and ``en``.
        short: Short labels by language, for conditions and facets.
        headers: Headers that mean the field, compared by :func:`header_key`.
        asked: Words of questions that ask for it, folded.
        comparison: Words that compare its values.
        cites: Fields whose cells prove a condition on it, in order of preference.
        currency: Currency of amounts of money where nothing says another: 元, 美元.
        scale: Factor of bare numbers that the header gives: 1e8 for 营业收入（亿元）.
        stored: Whether columns carry it; others are derived from the fields that it cites.
        own: Whether it is a column that only some list has.
    """

    key: str
    kind: TableKind
    type: ValueType
    labels: Mapping[str, str] = field(hash=False)
    short: Mapping[str, str] = field(hash=False)
    headers: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    comparison: Comparison = Comparison()
    cites: tuple[str, ...] = ()
    currency: str = ""
    scale: float = 1.0
    stored: bool = True
    own: bool = False

    @property
    def numeric(self) -> bool:
        """Whether values are numbers or ranges of numbers."""
        return self.type.numeric


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """Words for columns that only some lists have.

    Attributes:
        about: What the header holds, folded.
        asked: Words of questions that ask for such a column, folded.
        more: Words that mean a larger value; empty for those of the column's type.
        less: Words that mean a smaller value; the same.
    """

    about: str
    asked: tuple[str, ...]
    more: tuple[str, ...]
    less: tuple[str, ...]


class Registry:
    """All fields of ``data/fields.toml``."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._shown: Mapping[str, list[str]] = data["shown"]
        self._roles: Mapping[str, list[str]] = data["roles"]
        self._types = {ValueType(name): _comparison(entry) for name, entry in data["types"].items()}
        self.fields: tuple[Field, ...] = tuple(
            self._field(kind, key, entry)
            for kind in (TableKind.COMPANY, TableKind.REGION, TableKind.CRITERIA)
            for key, entry in data[kind].items()
        )
        self.columns: tuple[ColumnWords, ...] = tuple(
            ColumnWords(
                fold(entry["about"]),
                _folded(entry["asked"]),
                _folded(entry.get("more", ())),
                _folded(entry.get("less", ())),
            )
            for entry in data["columns"]
        )

    def _field(self, kind: TableKind, key: str, entry: Mapping[str, Any]) -> Field:
        value_type = ValueType(entry["type"])
        label, english = entry["label"], entry["english"]
        return Field(
            key=key,
            kind=kind,
            type=value_type,
            labels=MappingProxyType({CHINESE: label, ENGLISH: english}),
            short=MappingProxyType({CHINESE: entry.get("short", label), ENGLISH: english}),
            headers=tuple(entry.get("headers", ())),
            asked=_folded(entry.get("asked", ())),
            comparison=self.comparison(value_type, entry),
            cites=tuple(entry.get("cites", (key,))),
            currency=entry.get("currency", ""),
            stored=entry.get("stored", True),
        )

    @cached_property
    def _by_key(self) -> Mapping[tuple[TableKind, str], Field]:
        return {(one.kind, one.key): one for one in self.fields}

    @cached_property
    def _by_header(self) -> Mapping[TableKind, Mapping[str, Field]]:
        return {
            kind: {
                header_key(header): one
                for one in self.fields
                if one.kind is kind
                for header in one.headers
            }
            for kind in TableKind
        }

    def comparison(self, value_type: ValueType, own: Mapping[str, Any] | None = None) -> Comparison:
        """Return the words that compare values of a type; those of ``own`` replace its words."""
        words = self._types.get(value_type, Comparison())
        return _comparison(own, words) if own else words

    def field(self, key: str, kind: TableKind = TableKind.COMPANY) -> Field | None:
        """Return the field of a key; None for a column that only some list has."""
        return self._by_key.get((kind, key))

    def by_header(self, header: str, kind: TableKind = TableKind.COMPANY) -> Field | None:
        """Return the field that a header means as it stands; None if it means none.

        :func:`index.schema.columns.field_of` also handles brackets and headers of several parts.
        """
        return self._by_header[kind].get(header_key(header))

    def of(self, kind: TableKind) -> tuple[Field, ...]:
        """Return the fields that columns of tables of a kind carry, in the order of the file."""
        return tuple(one for one in self.fields if one.kind is kind and one.stored)

    def shown(self, place: str) -> tuple[Field, ...]:
        """Return the company fields of a place of ``[shown]``, in order: ``cards``, ``facets``."""
        return tuple(self._by_key[TableKind.COMPANY, key] for key in self._shown[place])

    def role(self, name: str) -> tuple[str, ...]:
        """Return the keys of the company fields that play a part, as ``[roles]`` lists them."""
        return tuple(self._roles[name])

    def label(self, key: str, language: str = CHINESE, kind: TableKind = TableKind.COMPANY) -> str:
        """Return what users see for a field; of a list's own column, the column's name itself."""
        known = self.field(key, kind)
        return known.labels[language] if known else key

    def cites(self, key: str) -> tuple[str, ...]:
        """Return the fields whose cells prove a condition on a company field."""
        known = self.field(key)
        return known.cites if known else (key,)


@cache
def registry() -> Registry:
    """Return the registry of ``data/fields.toml``."""
    return Registry(tomllib.loads((files("index") / "data/fields.toml").read_text("utf-8")))


def _comparison(entry: Mapping[str, Any], type_words: Comparison = Comparison()) -> Comparison:
    """Return the words of an entry, those of its type where it has none of its own."""
    more = _folded(entry.get("more", ())) or type_words.more
    less = _folded(entry.get("less", ())) or type_words.less
    most = () if "more" in entry else type_words.most
    least = () if "less" in entry else type_words.least
    return Comparison(
        more=more,
        less=less,
        most=_distinct(*_superlatives(more), *_folded(entry.get("most", ())), *most),
        least=_distinct(*_superlatives(less), *_folded(entry.get("least", ())), *least),
        units=_folded(entry.get("units", ())) or type_words.units,
    )


def _superlatives(words: Iterable[str]) -> Iterable[str]:
    return (f"最{word}" for word in words)


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return _distinct(*map(fold, words))


def _distinct(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
