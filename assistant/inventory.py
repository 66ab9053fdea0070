"""What an index holds, list by list: how every row of its sources is accounted for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Corpus, SkippedRow, Value


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


def holdings(corpus: Corpus) -> tuple[Holding, ...]:
    """Return what every list brought in, in the order in which they were read."""
    lists = [{row.origin.source for row in company.rows} for company in corpus.companies]
    companies = Counter(source for sources in lists for source in sources)
    shared = Counter(source for sources in lists if len(sources) > 1 for source in sources)
    skipped = _by_source(corpus.skipped)
    return tuple(
        Holding(
            source=document.source,
            title=document.title,
            as_of=document.as_of,
            rows=document.rows - len(skipped[document.source]),
            profiles=document.profiles,
            companies=companies[document.source],
            shared=shared[document.source],
            passages=document.passages,
            skipped=tuple(skipped[document.source]),
        )
        for document in corpus.documents
    )


def unread(corpus: Corpus) -> tuple[SkippedRow, ...]:
    """Return the files that could not be read at all, with the reason."""
    read = {document.source for document in corpus.documents}
    return tuple(row for row in corpus.skipped if row.source not in read)


def _by_source(skipped: Sequence[SkippedRow]) -> defaultdict[str, list[SkippedRow]]:
    found: defaultdict[str, list[SkippedRow]] = defaultdict(list)
    for row in skipped:
        found[row.source].append(row)
    return found
