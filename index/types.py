"""The values that pass between the stages of indexing, all frozen.

    file ── readers ──▶ Document (Table, Passage) ── tables ──▶ CompanyRow, StatisticsRow, Clause
         ── merge ──▶ Company ── chunks ──▶ Chunk ── store

Every value keeps its :class:`Origin`: the lines of the source file that a citation shows.
Lines count from 1, columns from 0; ends of columns are exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source file: from ``start`` on ``line`` up to ``end`` on ``end_line``."""

    line: int
    end_line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Origin:
    """The whole source lines that prove a value; what a citation is made of.

    Attributes:
        source: Name of the source file, relative to the folder that was indexed.
        section: Headings above the lines, outermost first.
        line_start: First line, counted from 1; of a spreadsheet, the row of its sheet.
        line_end: Last line, inclusive.
        quote: The lines, character for character, joined by newlines.
        sheet: Name of the sheet that the lines are rows of; empty for a text file.
    """

    source: str
    section: tuple[str, ...]
    line_start: int
    line_end: int
    quote: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink of the source: its target and the words that carry it."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: ``raw`` as it stands in the file, ``text`` without markup.

    Attributes:
        origin: Its own lines, where they are not those of its row.
    """

    text: str
    raw: str
    links: tuple[Link, ...]
    span: Span
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One table row."""

    cells: tuple[Cell, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its text without the leading ``#``, and its level from 1."""

    text: str
    level: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header row, its body rows and the headings above it (outermost first)."""

    header: Row
    rows: tuple[Row, ...]
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a paragraph or list item; ``raw`` is the stretch of the file it stands in."""

    text: str
    raw: str
    links: tuple[Link, ...]
    span: Span
    origin: Origin


@dataclass(frozen=True, slots=True)
class Document:
    """One source file, read completely.

    Attributes:
        source: Name of the file, relative to the folder that was indexed.
        title: The first top-level heading or title row, or the file name.
        sha256: Hash of the file's bytes, in hex.
        lines: The file's lines without their line ends; of a spreadsheet, the rows of all its
            sheets as they are shown, one sheet after the other.
        profiles: Companies under a heading of their own, each a table of one row.
        notices: What of the file was not read, and what to do about it, in Chinese.
    """

    source: str
    title: str
    sha256: str
    lines: tuple[str, ...]
    headings: tuple[Heading, ...]
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]
    profiles: tuple[Table, ...] = ()
    notices: tuple[str, ...] = ()

    def slice(self, span: Span) -> str:
        """Return the characters of ``span``; line breaks inside it become newlines."""
        if span.line == span.end_line:
            return self.lines[span.line - 1][span.start : span.end]
        first = self.lines[span.line - 1][span.start :]
        middle = self.lines[span.line : span.end_line - 1]
        return "\n".join((first, *middle, self.lines[span.end_line - 1][: span.end]))


class ListingStatus(StrEnum):
    """Whether a company's shares are traded."""

    LISTED = "listed"
    UNLISTED = "unlisted"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing: status, exchange as the source names it, code as the source writes it."""

    status: ListingStatus
    exchange: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Headcount:
    """Number of employees: at least ``low``; at most ``high``, or open-ended when that is None."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Value:
    """What the source says of one field: its own ``text`` (the URL for a link) and its origin."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields of one company row as typed values; None where the row says nothing.

    Attributes:
        founded: Year.
        headcount: Bounds of the number of employees.
        listing: Status, exchange and code.
        batch: Number of the recognition batch, from 1.
        city: Short name of the city, such as 苏州.
        province: Short name of the province that the city lies in.
        district: District as the source writes it.
        website: URL.
    """

    founded: int | None = None
    headcount: Headcount | None = None
    listing: Listing | None = None
    batch: int | None = None
    city: str | None = None
    province: str | None = None
    district: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """What a row holds under a header that it cannot be told under.

    Attributes:
        field: The field of the column, or its header where it has none.
        text: What stands there.
        origin: The lines it stands in.
    """

    field: str
    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One company row of a table: the source's texts by canonical field, and the typed facts.

    Attributes:
        slips: What stands one column off in the row, which is no value of any field.
    """

    name: str
    values: Mapping[str, Value]
    facts: Facts
    origin: Origin
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """One company with all its rows, the fullest first.

    Attributes:
        id: Stable identifier made from the name and the city.
        name: The fullest name any row gives.
        aliases: Shorter names that mean this company, longest first.
        rows: Every row that was joined, in reading order, full-name rows first.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    rows: tuple[CompanyRow, ...]

    def values(self, field: str) -> tuple[Value, ...]:
        """Return what the rows say of ``field``, each distinct text once, in row order."""
        found: dict[str, Value] = {}
        for row in self.rows:
            value = row.values.get(field)
            if value is not None:
                found.setdefault(value.text, value)
        return tuple(found.values())

    def text(self, field: str) -> str | None:
        """Return the first text for ``field``, or None where no row has one."""
        values = self.values(field)
        return values[0].text if values else None

    def facts(self, field: str) -> tuple[object, ...]:
        """Return the distinct typed facts of ``field``: several if rows disagree, () if unknown."""
        found = (getattr(row.facts, field) for row in self.rows)
        return tuple(dict.fromkeys(fact for fact in found if fact is not None))


@dataclass(frozen=True, slots=True)
class UnresolvedRow:
    """A row under a short name that fits several companies; ``candidates`` are their ids."""

    row: CompanyRow
    candidates: tuple[str, ...]


# What the rows of statistics by region are told apart by.
PLACE = "place"


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """One row of a table that is not about companies, such as the source's own statistics.

    Attributes:
        dimension: What the rows are told apart by: ``place``, else the header of the column that
            names them (行业, 年份).
        label: What the row is about: the short name of a place, else the cell of that column.
        heading: The heading above the table, which may date it; None if there is none.
        header: The headers of the table, by which a column's meaning is proved.
        values: Texts by column: ``place``, ``count``, ``domains``, ``representatives``, else the
            header.
        count: Number of companies, a lower bound when ``open_ended``.
    """

    dimension: str
    label: str
    heading: Value | None
    header: Value
    values: Mapping[str, Value]
    count: int | None
    open_ended: bool
    origin: Origin

    @property
    def place(self) -> str:
        """The short name of the place that the row is about; empty if it is about none."""
        return self.label if self.dimension == PLACE else ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One requirement of the criteria: the dimension it stands under and its own words.

    Attributes:
        aspect: The header it stands under, where a table has several columns of requirements;
            cited by the line of headers.
        column: The header of the column that its dimension stands in: 上年度营业收入 | 1亿元以上.
    """

    dimension: str
    text: str
    span: Span
    origin: Origin
    aspect: Value | None = None
    column: str = ""


class ChunkKind(StrEnum):
    """What a chunk holds."""

    ROW = "row"
    FACET = "facet"
    STATISTICS = "statistics"
    CLAUSE = "clause"
    NOTE = "note"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Chunk:
    """One unit of retrieval.

    Attributes:
        id: Hash of what it holds, without its line; the same for the same content.
        kind: What it holds.
        text: What is segmented and embedded.
        origin: Lines it is cited by.
        targets: For a row its company, for a facet all companies that do it, for a question the
            chunk it leads to; else none.
        field: Of a facet, the field that it is a value of; else empty.
        payload: The statistics row, clause or note that the chunk was made from, as JSON; else
            empty.
    """

    id: str
    kind: ChunkKind
    text: str
    origin: Origin
    targets: tuple[str, ...]
    field: str = ""
    payload: str = ""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row of a table that was not read, or not wholly, with the reason.

    Attributes:
        line: Its first line; of a spreadsheet, the row of its sheet.
        sheet: Name of the sheet that it is a row of; empty for a text file.
    """

    source: str
    line: int
    reason: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Regulation:
    """What a rule document says of itself.

    Attributes:
        number: Its number, such as 工信企业〔2022〕63号.
        issuer: Who issued or interprets it.
        issued: When it was issued, in its words.
        force: From when it is in force, in its words.
        expires: Until when, in its words.
        repeal: The sentence that repeals others.
        starts: The day from which it is in force, else that of its issue: 2026-04-01.
        ends: The last day on which it is in force, as it says itself.
        repeals: Folded titles and numbers of the documents that it repeals.
        articles: Whether it has articles.
    """

    number: Value | None = None
    issuer: Value | None = None
    issued: Value | None = None
    force: Value | None = None
    expires: Value | None = None
    repeal: Value | None = None
    starts: str = ""
    ends: str = ""
    repeals: tuple[str, ...] = ()
    articles: bool = False


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """What one file holds, as the manifest and ``xiaojuren stats`` report it.

    Attributes:
        rows: Rows of company tables, read or skipped.
        as_of: From when the information is, as the file says it.
        other_rows: Rows of other tables, which are statistics, requirements or passages.
        merged: How many company rows and profiles joined a company of an earlier one.
        slipped: Rows of company tables some of whose values stand under the wrong header.
        notices: What the user should know of how the file was read, in Chinese: that it gave no
            company, or which column was taken for their names without being sure.
        regulation: What it says of itself, if it is a rule document.
    """

    source: str
    title: str
    sha256: str
    tables: int
    rows: int
    profiles: int
    passages: int
    as_of: Value | None
    other_rows: int = 0
    merged: int = 0
    slipped: tuple[SkippedRow, ...] = ()
    notices: tuple[str, ...] = ()
    regulation: Regulation | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that was read from all sources, merged: what the chunks are made from."""

    documents: tuple[DocumentSummary, ...]
    companies: tuple[Company, ...]
    unresolved: tuple[UnresolvedRow, ...]
    statistics: tuple[StatisticsRow, ...]
    clauses: tuple[Clause, ...]
    notes: tuple[Passage, ...]
    skipped: tuple[SkippedRow, ...]

    @property
    def titles(self) -> dict[str, str]:
        """What each list is called, by its source."""
        return {document.source: document.title for document in self.documents}

    @property
    def regions(self) -> tuple[StatisticsRow, ...]:
        """The statistics by place that give a number of companies."""
        return tuple(one for one in self.statistics if one.place and one.count is not None)
