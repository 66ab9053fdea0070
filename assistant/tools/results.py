"""What the tools hand out: answers with more detail, and lists of records, all with citations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answers.answer import Answer, Citation, Record, Remark, Status, WithCitations
from index.types import Headcount, Listing

Fact = int | str | Headcount | Listing


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What sources say of a field, with the numbers of the citations that say so."""

    value: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FieldDetail:
    """One field of a company: several values where its rows disagree.

    Attributes:
        field: Canonical name, or the header of a list's own column.
        label: What users see.
        values: What the sources say, in reading order.
    """

    field: str
    label: str
    values: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True)
class CompanyDetail:
    """One company with everything that the sources say of it.

    Attributes:
        id: The same in every answer from the same sources.
        fields: Every field that any row has.
        facts: Typed values by field, several where rows disagree: years and batches as numbers,
            head counts as bounds, listings as status, exchange and code.
        remarks: What looks wrong in its rows.
        citations: Its own rows.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    fields: tuple[FieldDetail, ...]
    facts: Mapping[str, tuple[Fact, ...]]
    remarks: tuple[Remark, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CompanyAnswer(Answer):
    """An answer about one company; ``records`` are the candidates where several are meant."""

    company: CompanyDetail | None


@dataclass(frozen=True, slots=True)
class Found(WithCitations):
    """What a search found.

    Attributes:
        text: What was searched for.
        status: ``answered`` or ``no_match``.
        filters: Conditions and topic that the text was read as.
        total: How many companies satisfy it; ``records`` are the first of them, best first.
        by_meaning: Whether only their meaning says that they fit.
        related: Near it without satisfying it.
    """

    text: str
    status: Status
    filters: Mapping[str, list[str]]
    total: int
    by_meaning: bool
    records: tuple[Record, ...]
    related: tuple[Record, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Listed(WithCitations):
    """The companies that fulfil filters.

    Attributes:
        filters: The filters as they were understood.
        total: How many companies fulfil them; ``records`` are those from ``offset`` on.
        cursor: What to hand back for the next ones; None at the end.
        unknown_total: How many cannot be judged because the sources do not say; ``unknown`` are
            the first of them.
    """

    filters: Mapping[str, list[str]]
    total: int
    offset: int
    limit: int
    cursor: str | None
    records: tuple[Record, ...]
    unknown_total: int
    unknown: tuple[Record, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One figure against one threshold of a requirement.

    Attributes:
        requirement: Key of the requirement, such as ``research``.
        threshold: The number asked for; None where it is yes or no.
        at_most: Whether the threshold is the highest allowed (前10%) rather than the lowest.
        told: The applicant's figure, 1 or 0 for yes or no; None if it was not given.
    """

    requirement: str
    threshold: float | None
    at_most: bool
    told: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one requirement is met.

    Attributes:
        list: Title of the list whose criteria ask for it.
        dimension: What it stands under.
        requirement: The criteria's own words.
        verdict: ``met``, ``not_met`` or ``not_stated``.
        checks: The figures compared; one that holds is enough.
        citations: Where the requirement stands.
    """

    list: str
    dimension: str
    requirement: str
    verdict: str
    checks: tuple[Check, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EligibilityAnswer(Answer):
    """An answer about an applicant's figures, with a verdict on each requirement."""

    verdicts: tuple[Verdict, ...]
