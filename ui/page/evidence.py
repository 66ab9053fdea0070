"""What proves an answer: every cited line with its cells, those that the answer states marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.types import Answer, Citation
from index.checks import Finding, Rule
from index.schema.columns import TableKind, load_schema
from index.types import CompanyRow, Corpus, Origin
from ui.page.html import render
from ui.page.prose import linked

Place = tuple[str, str, int]
"""File, sheet and line."""

# Findings that call no value in question.
_SILENT = frozenset({Rule.MISSING_FIELD, Rule.DUPLICATE})

# A cell this short stands in a sentence by chance.
_SHORTEST = 2


class Cell(NamedTuple):
    """One cell of a row: its field, what that is called, and the text."""

    field: str
    label: str
    text: str


# So many citations are shown at a time.
_SHOWN = 200

_DIMENSION, _CLAUSE = "dimension", "requirement"

Lines = Mapping[Place, tuple[Cell, ...]]
Flags = Mapping[Place, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Proof:
    """One citation as it is shown.

    Attributes:
        cells: The row's cells, each with whether the answer states it; empty for other lines.
        near: Whether it only proves what is related.
        flags: What looks wrong with the line.
    """

    citation: Citation
    cells: tuple[tuple[Cell, bool], ...]
    near: bool
    flags: tuple[Finding, ...]


def place_of(origin: Origin | Citation) -> Place:
    """Return file, sheet and line of what is cited."""
    return origin.source, origin.sheet, origin.line_start


def read_lines(corpus: Corpus) -> Lines:
    """Return the labelled cells of every table row that ``corpus`` was read from."""
    schema = load_schema()
    lines: dict[Place, tuple[Cell, ...]] = {}
    for row in _company_rows(corpus):
        lines[place_of(row.origin)] = tuple(
            Cell(field, schema.label(field), value.text)
            for field, value in row.values.items()
            if value.origin == row.origin
        )
    regional = schema.labels[TableKind.REGION]
    for region in corpus.statistics:
        lines[place_of(region.origin)] = tuple(
            Cell(field, regional.get(field, field), value.text)
            for field, value in region.values.items()
        )
    for clause in corpus.clauses:
        place = place_of(clause.origin)
        label = clause.aspect.text if clause.aspect else schema.labels[TableKind.CRITERIA][_CLAUSE]
        head = () if place in lines or not clause.dimension else (_dimension(clause.dimension),)
        cell = Cell(_CLAUSE, label, clause.text)
        lines[place] = (*lines.get(place, ()), *head, cell)
    return lines


def _dimension(text: str) -> Cell:
    return Cell(_DIMENSION, load_schema().labels[TableKind.CRITERIA][_DIMENSION], text)


def read_flags(findings: Iterable[Finding]) -> Flags:
    """Return what looks wrong with values, by the lines that they stand in."""
    found: defaultdict[Place, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.rule not in _SILENT:
            for origin in finding.origins:
                found[place_of(origin)].append(finding)
    return {place: tuple(flags) for place, flags in found.items()}


def _company_rows(corpus: Corpus) -> Iterable[CompanyRow]:
    for company in corpus.companies:
        yield from company.rows
    for unresolved in corpus.unresolved:
        yield unresolved.row


def line_text(citation: Citation) -> str:
    """Return where a citation stands in its file: 第 73 行, 第 73–74 行, 工作表「名单」第 3 行."""
    sheet = f"工作表「{citation.sheet}」" if citation.sheet else ""
    if citation.line_start == citation.line_end:
        return f"{sheet}第 {citation.line_start} 行"
    return f"{sheet}第 {citation.line_start}–{citation.line_end} 行"


def proofs_of(
    answer: Answer, stated: Mapping[int, str], fields: Sequence[str], lines: Lines, flags: Flags
) -> list[Proof]:
    """Return the citations of an answer as they are shown.

    Args:
        answer: The answer.
        stated: What each citation proves in the answer's words, by its number.
        fields: The fields that the question is about.
        lines: Of the index, from :func:`read_lines`.
        flags: Of the index, from :func:`read_flags`.
    """
    # A line that also proves a match is shown with the matches.
    matched = {number for record in answer.records for number in record.citations}
    near = {number for record in answer.related for number in record.citations} - matched
    proofs = []
    for citation in answer.citations:
        place = place_of(citation)
        words = stated.get(citation.id, "")
        cells = tuple(
            (cell, cell.field in fields or _said(cell.text, words)) for cell in lines.get(place, ())
        )
        flagged = flags.get(place, ())
        proofs.append(Proof(citation, cells, citation.id in near, flagged))
    return proofs


def _said(text: str, words: str) -> bool:
    return len(text) >= _SHORTEST and text in words


def evidence_html(answer: Answer, proofs: Sequence[Proof], number: int = 1) -> str:
    """Return the pane that shows what proves an answer, the related apart.

    Args:
        answer: The answer.
        proofs: Its citations.
        number: The one to open; of very many, only those around it are shown.
    """
    first = max(0, min(number - 1 - _SHOWN // 2, len(proofs) - _SHOWN))
    shown = proofs[first : first + _SHOWN]
    return render(
        "chat_evidence",
        question=answer.question,
        main=[one for one in shown if not one.near],
        near=[one for one in shown if one.near],
        first=first + 1,
        last=first + len(shown),
        total=len(proofs),
        line_text=line_text,
        linked=linked,
    )
