"""Companies by what they do: what satisfies a text, and what is only near it."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answers.answer import Record, Status
from assistant.answers.citations import Citations
from assistant.answers.drafting import record_of
from assistant.answers.shown import filters_of
from assistant.engine import Engine
from assistant.query import EVERYTHING, Query, Relation, Rows
from assistant.search.evidence import Hit, Selected
from assistant.search.select import Page
from assistant.tools.results import Found


def search(text: str, limit: int, engine: Engine) -> Found:
    """Return the companies that satisfy ``text``, and those near it, at most ``limit`` of each.

    Raises:
        QuestionError: the text is empty or too long.
    """
    query = engine.read(text).best
    nothing = query.where == EVERYTHING or query.relation is not Relation.COMPANIES
    wanted = Query(Rows(), query.where)
    page = Page(size=limit)
    found = Selected() if nothing else engine.searcher.search(wanted, page).selected
    cite = Citations(engine.index.records)
    return Found(
        text=text,
        status=Status.ANSWERED if found.total else Status.NO_MATCH,
        filters=filters_of(query),
        total=found.total,
        by_meaning=found.by_meaning,
        records=records_of(found.hits[:limit], cite),
        related=records_of(found.related[:limit], cite),
        citations=cite.citations,
    )


def records_of(hits: Iterable[Hit], cite: Citations) -> tuple[Record, ...]:
    """Return companies as answers show them, each of their rows cited."""
    return tuple(record_of(hit, cite) for hit in hits)
