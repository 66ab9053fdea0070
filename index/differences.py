"""Two versions of a list compared: companies added, gone, and changed field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.corpus import find_sources, merge_sources, read_sources
from index.text import fold
from index.types import Company, Value

# Of the numbering of a list nothing is meant to stay.
_NUMBERING = ("序号", "编号", "排序")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What the rows of a company say of a field in two versions; () where they say nothing."""

    field: str
    old: tuple[Value, ...]
    new: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class CompanyChange:
    """A company of both versions with the fields that differ."""

    old: Company
    new: Company
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What a new version of a list has otherwise than the old one, in reading order."""

    added: tuple[Company, ...]
    gone: tuple[Company, ...]
    changed: tuple[CompanyChange, ...]
    unchanged: int


def differences(old: Path, new: Path) -> Differences:
    """Return how two versions of a list differ.

    Raises:
        SourceError: one of them cannot be read.
    """
    before, after = companies_of(old), companies_of(new)
    known = _by_name(before)
    pairs = [(known.get(fold(one.name)), one) for one in after]
    kept = {id(one) for one, _ in pairs if one is not None}
    changed = [
        CompanyChange(one, two, fields)
        for one, two in pairs
        if one is not None and (fields := tuple(_changes(one, two)))
    ]
    return Differences(
        added=tuple(two for one, two in pairs if one is None),
        gone=tuple(one for one in before if id(one) not in kept),
        changed=tuple(changed),
        unchanged=len(kept) - len(changed),
    )


def companies_of(path: Path) -> tuple[Company, ...]:
    """Return the companies of a file or of all files of a folder.

    Raises:
        SourceError: nothing can be read.
    """
    return merge_sources(read_sources(find_sources([path]))).companies


def _by_name(companies: Sequence[Company]) -> dict[str, Company]:
    """Return companies by their folded names and aliases; a name of one wins over an alias."""
    found = {fold(alias): one for one in companies for alias in one.aliases}
    return found | {fold(one.name): one for one in companies}


def _changes(old: Company, new: Company) -> Iterator[FieldChange]:
    """Yield the fields of which two versions of a company say different things."""
    keys = dict.fromkeys(key for one in (old, new) for row in one.rows for key in row.values)
    for key in keys:
        if key in _NUMBERING:
            continue
        before, after = old.values(key), new.values(key)
        if {fold(one.text) for one in before} != {fold(one.text) for one in after}:
            yield FieldChange(key, before, after)
