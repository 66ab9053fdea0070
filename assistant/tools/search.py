"""Companies by what they do: what satisfies a text, and what is only near it."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answers.common import Context, distinct
from assistant.answers.selection import judge, select_hits
from assistant.compose import Ledger, record_of
from assistant.engine import Engine
from assistant.tools.results import Found
from assistant.types import Hit, Query, Record, Status


def search(text: str, limit: int, engine: Engine) -> Found:
    """Return the companies that satisfy ``text``, and those near it, at most ``limit`` of each.

    Raises:
        QuestionError: the text is empty or too long.
    """
    query = engine.read(text)
    hits, by_meaning = _satisfying(query, engine.context)
    related = _near(query, engine.context, {hit.company.id for hit in hits})
    ledger = Ledger()
    return Found(
        text=text,
        status=Status.ANSWERED if hits else Status.NO_MATCH,
        filters=query.filters(),
        total=len(hits),
        by_meaning=by_meaning,
        records=records_of(hits[:limit], ledger),
        related=records_of(related[:limit], ledger),
        citations=ledger.citations,
    )


def records_of(hits: Iterable[Hit], ledger: Ledger) -> tuple[Record, ...]:
    """Return companies as answers show them, their rows numbered by ``ledger``."""
    return tuple(record_of(hit, ledger) for hit in hits)


def _satisfying(query: Query, context: Context) -> tuple[tuple[Hit, ...], bool]:
    """Return the companies named, else those that fulfil conditions and topic."""
    named = [one for ids in query.companies for one in context.find(ids)]
    if named:
        return distinct(Hit(company, 1.0) for company in named), False
    if not (query.topic or query.topic.excluded or query.conditions or query.either):
        return (), False
    found = select_hits(query, context)
    return found.hits, found.by_meaning


def _near(query: Query, context: Context, taken: set[str]) -> tuple[Hit, ...]:
    """Return companies of a neighbouring trade, and those whose rows are near in meaning."""
    topic = query.topic
    if query.companies or not (topic.sought or topic.terms):
        return ()
    here = [one for one in judge(query, context).matching if one.id not in taken]
    near = () if context.finder.foreign(topic) else context.finder.near(topic, here)
    return distinct((*context.finder.neighbours(topic, here), *near))
