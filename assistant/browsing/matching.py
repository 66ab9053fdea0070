"""A list of names looked up in the index: who is in it, who is not, and who may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from index.companies.names import plain_name, split_name
from index.differences import companies_of
from index.errors import SourceError
from index.places.gazetteer import load_gazetteer
from index.store.records import Records
from index.text import fold
from index.types import Company


class Found(StrEnum):
    """How a name fares."""

    ONE = "找到"
    SEVERAL = "待核对"
    NONE = "没有"


@dataclass(frozen=True, slots=True)
class Match:
    """A name of a list with the companies of the index that it may mean.

    Attributes:
        name: The name as the list writes it.
        line: Its line.
        found: Whether one company has the name; where several have it, or only a shorter form of
            it is known, a person has to look.
        companies: These companies.
    """

    name: str
    line: int
    found: Found
    companies: tuple[Company, ...]


def match_names(path: Path, records: Records) -> tuple[Match, ...]:
    """Return how each name of a file fares, in the order of the file.

    Raises:
        SourceError: the file cannot be read.
    """
    told = _names(path)
    forms = {name: _forms(name) for name, _ in told}
    known = records.surfaces(form for all_forms in forms.values() for form in all_forms)
    ids = {
        form: tuple(dict.fromkeys(one.value for one in meanings if one.kind == "company"))
        for form, meanings in known.items()
    }
    return tuple(_match(name, line, forms[name], ids, records) for name, line in told)


def _names(path: Path) -> list[tuple[str, int]]:
    """Return the names of a file with their lines: of its companies, else every line of a text."""
    try:
        companies = companies_of(path)
    except SourceError:
        if path.suffix.lower() not in (".txt", ""):
            raise
        companies = ()
    rows = [(row.name, row.origin.line_start) for one in companies for row in one.rows]
    if rows or path.suffix.lower() not in (".txt", ""):
        return sorted(rows, key=lambda told: told[1])
    lines = path.read_text("utf-8-sig").splitlines()
    return [(plain_name(text), number) for number, text in enumerate(lines, 1) if text.strip()]


def _forms(name: str) -> tuple[str, ...]:
    """Return a folded name and, of a full one, its shorter forms, longest first."""
    parts = split_name(name, load_gazetteer())
    return tuple(dict.fromkeys(map(fold, (name, *parts.forms))))


def _match(
    name: str,
    line: int,
    forms: Sequence[str],
    ids: dict[str, tuple[str, ...]],
    records: Records,
) -> Match:
    form = next((one for one in forms if ids.get(one)), None)
    if form is None:
        return Match(name, line, Found.NONE, ())
    numbers = records.numbers(ids[form])
    companies = records.companies(numbers[one] for one in ids[form] if one in numbers)
    sure = form == forms[0] and len(companies) == 1
    return Match(name, line, Found.ONE if sure else Found.SEVERAL, tuple(companies))
