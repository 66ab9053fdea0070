"""Everything that the sources say of one company: field by field, with every place that says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answers.values import row_city
from index.checks.types import Finding
from index.schema.columns import TableKind, load_schema
from index.store.records import Records
from index.text import fold
from index.types import Company, CompanyRow, Origin, Value

# The name stands apart, and so do the names that mean the company too.
_APART = frozenset({"name", "alias"})
_CANONICAL = tuple(
    field for field in load_schema().labels[TableKind.COMPANY] if field not in _APART
)


@dataclass(frozen=True, slots=True)
class Told:
    """One text for a field, as it is first written, with all rows that write it so.

    Forms that differ in width or case only (港交所：09660, 港交所:09660) are one text.
    """

    text: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class ProfileField:
    """One field of a company.

    Attributes:
        field: Canonical name, or the header of a list's own column.
        label: What users see.
        values: What the sources say, in the order of the rows; several where they differ.
    """

    field: str
    label: str
    values: tuple[Told, ...]

    @property
    def canonical(self) -> bool:
        """Whether every list may have the field, rather than a column of one list's own."""
        return self.field in _CANONICAL


def profile_of(company: Company, fields: Sequence[str] | None = None) -> tuple[ProfileField, ...]:
    """Return the fields that any row of a company has, canonical ones first.

    Args:
        company: The company.
        fields: Only these, in this order; all if not given.
    """
    wanted = fields_of([company]) if fields is None else fields
    told = (
        ProfileField(field, load_schema().label(field), _told(company, field)) for field in wanted
    )
    return tuple(field for field in told if field.values)


def fields_of(companies: Sequence[Company]) -> tuple[str, ...]:
    """Return the fields that any of some companies has, canonical ones first."""
    rows = [row for company in companies for row in company.rows]
    found = dict.fromkeys(field for row in rows for field in row.values)
    if any(row.facts.province for row in rows):
        found["province"] = None
    canonical = [field for field in _CANONICAL if field in found]
    own = [field for field in found if field not in _CANONICAL and field not in _APART]
    return (*canonical, *own)


def about(company: Company) -> str:
    """Return in short where a company is and what it does, as far as the sources say."""
    told = (one.values[0].text for one in profile_of(company, ("city", "domain")))
    return " · ".join(told)


def findings_about(companies: Iterable[Company], records: Records) -> tuple[Finding, ...]:
    """Return what looks wrong in the lines of some companies."""
    told = [row for company in companies for row in company.rows]
    origins = {row.origin for row in told}
    origins |= {value.origin for row in told for value in row.values.values()}
    found = records.findings_at(origins)
    return tuple(dict.fromkeys(one for findings in found.values() for one in findings))


def findings_of(company: Company, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return those of some findings that are about a company."""
    own = {row.origin for row in company.rows}
    own |= {value.origin for row in company.rows for value in row.values.values()}
    # A heading is many companies' origin, so the name has to be told too.
    return tuple(one for one in found if company.name in one.company and own & set(one.origins))


def flags_of(company: Company, found: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return those of some findings that are about a company, by the field they are about."""
    flags: dict[str, list[Finding]] = {}
    for one in findings_of(company, found):
        flags.setdefault(one.field, []).append(one)
    return flags


def _told(company: Company, field: str) -> tuple[Told, ...]:
    found: dict[str, tuple[str, list[Origin]]] = {}
    for row in company.rows:
        value = _value(row, field)
        if value is not None:
            _, origins = found.setdefault(fold(value.text), (value.text, []))
            if value.origin not in origins:
                origins.append(value.origin)
    return tuple(Told(text, tuple(origins)) for text, origins in found.values())


def _value(row: CompanyRow, field: str) -> Value | None:
    """Return what a row says; the city in the form people say, the province that it lies in."""
    if field == "city":
        return row_city(row) or row.values.get(field)
    if field == "province" and field not in row.values:
        city = row_city(row)
        return Value(row.facts.province, city.origin) if city and row.facts.province else None
    return row.values.get(field)
