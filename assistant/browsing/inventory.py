"""What an index holds, list by list: how every row of its sources is accounted for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, select

from assistant.browsing.facets import COMPANIES
from index.store import tables
from index.store.records import Records
from index.types import SkippedRow, Value

_FACTS = tables.facts.c
_OF_LISTS = and_(_FACTS.relation == COMPANIES, _FACTS.field == "list")


@dataclass(frozen=True, slots=True)
class Holding:
    """What one list brought in.

    Attributes:
        source: The list's file.
        title: Its title.
        as_of: The sentence that dates it; None where there is none.
        rows: Rows of its company tables that were read.
        profiles: Companies under a heading of their own that were read.
        companies: Companies that any of them became part of.
        shared: How many of these companies stand in other lists too.
        passages: Sentences and rows that can be cited besides.
        skipped: Rows that were not read, with the reason, in reading order.
    """

    source: str
    title: str
    as_of: Value | None
    rows: int
    profiles: int
    companies: int
    shared: int
    passages: int
    skipped: tuple[SkippedRow, ...]


def holdings(records: Records) -> tuple[Holding, ...]:
    """Return what every list brought in, in the order in which they were read."""
    companies = _counted(records, select(_FACTS.text, func.count()).where(_OF_LISTS))
    several = (
        select(_FACTS.entity).where(_OF_LISTS).group_by(_FACTS.entity).having(func.count() > 1)
    )
    shared = _counted(
        records, select(_FACTS.text, func.count()).where(_OF_LISTS, _FACTS.entity.in_(several))
    )
    skipped = _by_source(records.skipped())
    return tuple(
        Holding(
            source=document.source,
            title=document.title,
            as_of=document.as_of,
            rows=document.rows - len(skipped[document.source]),
            profiles=document.profiles,
            companies=companies.get(document.source, 0),
            shared=shared.get(document.source, 0),
            passages=document.passages,
            skipped=tuple(skipped[document.source]),
        )
        for document in records.documents()
    )


def unread(records: Records) -> tuple[SkippedRow, ...]:
    """Return the files that could not be read at all, with the reason."""
    read = {document.source for document in records.documents()}
    return tuple(row for row in records.skipped() if row.source not in read)


def _counted(records: Records, statement: Select[tuple[str | None, int]]) -> dict[str, int]:
    return {str(source): count for source, count in records.fetch(statement.group_by(_FACTS.text))}


def _by_source(skipped: Sequence[SkippedRow]) -> defaultdict[str, list[SkippedRow]]:
    found: defaultdict[str, list[SkippedRow]] = defaultdict(list)
    for row in skipped:
        found[row.source].append(row)
    return found
