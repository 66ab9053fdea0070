"""What the store returned for a query, fetched once: the only input of answers besides the query.

Everything that an answer may state carries an :class:`~index.types.Origin`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from index.types import Clause, Company, Origin, Passage, StatisticsRow, UnresolvedRow, Value


@dataclass(frozen=True, slots=True)
class Hit:
    """A company found.

    Attributes:
        company: The company with all its rows.
        score: From 0 to 1; 1 where membership is certain.
        proof: The cells that show that it fulfils the conditions, in their order.
        trades: The trades by which meaning led to it; none where words did.
    """

    company: Company
    score: float = 1.0
    proof: tuple[Value, ...] = ()
    trades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selected:
    """The companies that fulfil a predicate: one page of them, and the exact total.

    Attributes:
        hits: The first page, best first or in the order asked for.
        ids: Ids of all, in the same order, up to 1,000.
        total: How many there are.
        unknown: The first few that can be neither included nor excluded.
        unknown_total: How many those are.
        related: Close to what is asked but not fulfilling it, nearest first.
        by_meaning: Whether only their meaning says that they fit a description.
        preferred: How many of them are as the question prefers; those stand first.
    """

    hits: tuple[Hit, ...] = ()
    ids: tuple[str, ...] = ()
    total: int = 0
    unknown: tuple[Company, ...] = ()
    unknown_total: int = 0
    related: tuple[Hit, ...] = ()
    by_meaning: bool = False
    preferred: int = 0


@dataclass(frozen=True, slots=True)
class Grouped:
    """One group: its value, its figure, and a few of its members that prove it.

    Attributes:
        key: Value as the store keeps it.
        label: Value as it is told.
        figure: The count, or the aggregate asked for.
        members: The first few companies.
        row: The row of statistics, where groups are rows of statistics.
    """

    key: str
    label: str
    figure: float
    members: tuple[Company, ...] = ()
    row: StatisticsRow | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number computed over cited values.

    Attributes:
        value: The number; None where nothing has one.
        known: How many entities it is made of.
        unknown: How many entities say nothing of the field.
        open_ended: Whether it is only a lower bound.
        origins: Lines that it rests on, the first few.
        rows: How many rows it is made of; an entity may have several.
    """

    value: float | None
    known: int = 0
    unknown: int = 0
    open_ended: bool = False
    origins: tuple[Origin, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything found for one query; parts that its ask does not need stay empty.

    Attributes:
        selected: Companies that the predicate selects.
        whole: For shares and universals, the selection that the share is taken of.
        named: The companies named by ids, in the order of the query.
        verdicts: For ``Member``: per company id whether the predicate holds; None if not said.
        groups: For ``Group``.
        figure: For ``Aggregate``.
        statistics: Rows of statistics.
        clauses: Requirements.
        passages: Notes and other passages.
        near: Passages, requirements or statistics near to what is asked but not answering it.
        said: Whether one of the requirements says every content word of what is asked.
        unsaid: What a question asks about and no passage says.
        unresolved: Rows whose company is open and that fit the query.
        parts: For ``Combine``: the evidence of each part.
    """

    selected: Selected = field(default_factory=Selected)
    whole: Selected | None = None
    named: tuple[Company, ...] = ()
    verdicts: tuple[tuple[str, bool | None], ...] = ()
    groups: tuple[Grouped, ...] = ()
    figure: Figure | None = None
    statistics: tuple[StatisticsRow, ...] = ()
    clauses: tuple[Clause, ...] = ()
    passages: tuple[Passage, ...] = ()
    near: tuple[Clause | Passage | StatisticsRow, ...] = ()
    said: bool = False
    unsaid: tuple[str, ...] = ()
    unresolved: tuple[UnresolvedRow, ...] = ()
    parts: tuple[Evidence, ...] = ()
