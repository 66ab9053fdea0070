"""What proves an answer: every cited line with its cells, those that the answer states marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answers.answer import Answer, Citation
from assistant.browsing.lines import LineCell, LinePlace, Lines, cells_at, place_of
from index.checks import Finding, Rule
from index.store.records import Records
from index.types import Origin
from ui.page.html import linked, render

# Findings that call no value in question.
_SILENT = frozenset({Rule.MISSING_FIELD, Rule.DUPLICATE})

# A cell this short stands in a sentence by chance.
_SHORTEST = 2

# So many citations are shown at a time.
_SHOWN = 200

Flags = Mapping[LinePlace, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Proof:
    """One citation as it is shown.

    Attributes:
        cells: The row's cells, each with whether the answer states it; empty for other lines.
        near: Whether it only proves what is related.
        flags: What looks wrong with the line.
    """

    citation: Citation
    cells: tuple[tuple[LineCell, bool], ...]
    near: bool
    flags: tuple[Finding, ...]


def line_text(citation: Citation) -> str:
    """Return where a citation stands in its file: 第 73 行, 第 73–74 行, 工作表「名单」第 3 行."""
    sheet = f"工作表「{citation.sheet}」" if citation.sheet else ""
    if citation.line_start == citation.line_end:
        return f"{sheet}第 {citation.line_start} 行"
    return f"{sheet}第 {citation.line_start}–{citation.line_end} 行"


def around(answer: Answer, number: int) -> tuple[Citation, ...]:
    """Return the citations of an answer; of very many, those around one."""
    cited = answer.citations
    first = max(0, min(number - 1 - _SHOWN // 2, len(cited) - _SHOWN))
    return cited[first : first + _SHOWN]


def lines_of(answer: Answer, citations: Sequence[Citation], records: Records) -> Lines:
    """Return the cells of cited lines that are rows of a table."""
    numbers = {one.id for one in citations}
    told = (*answer.records, *answer.related)
    companies = [one.id for one in told if numbers & set(one.citations)]
    return cells_at(records, {place_of(one) for one in citations}, companies)


def flags_of(citations: Sequence[Citation], records: Records) -> Flags:
    """Return what looks wrong with values in cited lines."""
    found = records.findings_at(map(_origin, citations))
    flags = {
        place_of(origin): tuple(one for one in findings if one.rule not in _SILENT)
        for origin, findings in found.items()
    }
    return {place: findings for place, findings in flags.items() if findings}


def _origin(citation: Citation) -> Origin:
    section = (citation.section,) if citation.section else ()
    lines = citation.line_start, citation.line_end
    return Origin(citation.source, section, *lines, citation.quote, citation.sheet)


def proofs_of(
    answer: Answer,
    citations: Sequence[Citation],
    stated: Mapping[int, str],
    fields: Sequence[str],
    lines: Lines,
    flags: Flags,
) -> list[Proof]:
    """Return citations of an answer as they are shown.

    Args:
        answer: The answer.
        citations: Those of its citations that are shown.
        stated: What each citation proves in the answer's words, by its number.
        fields: The fields that the question is about.
        lines: The cells of the lines cited.
        flags: What looks wrong with them.
    """
    # A line that also proves a match is shown with the matches.
    matched = {number for record in answer.records for number in record.citations}
    near = {number for record in answer.related for number in record.citations} - matched
    proofs = []
    for citation in citations:
        place = place_of(citation)
        words = stated.get(citation.id, "")
        cells = tuple(
            (cell, cell.field in fields or _said(cell.text, words)) for cell in lines.get(place, ())
        )
        proofs.append(Proof(citation, cells, citation.id in near, flags.get(place, ())))
    return proofs


def _said(text: str, words: str) -> bool:
    return len(text) >= _SHORTEST and text in words


def evidence_html(answer: Answer, proofs: Sequence[Proof]) -> str:
    """Return the pane that shows what proves an answer, the related apart."""
    return render(
        "chat_evidence",
        question=answer.question,
        main=[one for one in proofs if not one.near],
        near=[one for one in proofs if one.near],
        first=proofs[0].citation.id if proofs else 1,
        last=proofs[-1].citation.id if proofs else 0,
        total=len(answer.citations),
        line_text=line_text,
        linked=linked,
    )
