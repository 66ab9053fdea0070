"""What looks wrong in the sources of an index, each with the lines it stands in.

Nothing here changes an answer: the sources are shown as they are, and whoever keeps them is told
where they contradict themselves, what cannot be read and what is probably a slip.
"""

from __future__ import annotations

from datetime import date

from index.checks.cells import YEAR, check_cells
from index.checks.rows import check_rows
from index.checks.types import Entry, Finding, Rule, Severity, place_of
from index.types import Corpus, Origin

__all__ = ["Finding", "Rule", "Severity", "findings", "place_of"]


def findings(corpus: Corpus, this_year: int | None = None) -> tuple[Finding, ...]:
    """Return everything that looks wrong, in reading order.

    Args:
        corpus: What was read from all sources.
        this_year: The latest year that a source may tell of which does not date itself; today's
            if not given.
    """
    number = {document.source: place for place, document in enumerate(corpus.documents)}

    def position(origin: Origin) -> tuple[int, str, int]:
        return number.get(origin.source, len(number)), origin.sheet, origin.line_start

    entries = sorted(_entries(corpus), key=lambda entry: position(entry.row.origin))
    dated, today = _years(corpus), this_year or date.today().year
    found = [
        finding
        for entry in entries
        for finding in check_cells(entry, dated.get(entry.row.origin.source, today))
    ]
    found += check_rows(entries, corpus)
    rules = list(Rule)
    return tuple(sorted(found, key=lambda one: (position(one.origins[0]), rules.index(one.rule))))


def _entries(corpus: Corpus) -> list[Entry]:
    """Return every row, those that fit several companies too."""
    entries = [
        Entry(company.name, company.id, row) for company in corpus.companies for row in company.rows
    ]
    return entries + [Entry(one.row.name, None, one.row) for one in corpus.unresolved]


def _years(corpus: Corpus) -> dict[str, int]:
    """Return the year from which each source speaks that says so."""
    told = {
        document.source: YEAR.findall(document.as_of.text)
        for document in corpus.documents
        if document.as_of
    }
    return {source: max(map(int, years)) for source, years in told.items() if years}
