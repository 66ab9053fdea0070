"""Companies by exact filters, in an order, page by page."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.ranking import rank_key
from assistant.answers.selection import Selected, select_hits
from assistant.compose import Ledger
from assistant.engine import Engine
from assistant.errors import CriteriaError
from assistant.tools.criteria import Criteria, column_of, read_criteria, require_column
from assistant.tools.results import Listed
from assistant.tools.search import records_of
from assistant.types import Hit, Intent, Query

_FACTS = ("founded", "headcount", "batch")
_NOTHING = Selected((), by_meaning=False, matching=(), unknown=())


def list_companies(
    criteria: Criteria, topic: str, sort: str, page: tuple[int, int], engine: Engine
) -> Listed:
    """Return the companies that fulfil ``criteria`` and are about ``topic``.

    Args:
        criteria: What they must fulfil.
        topic: What they do, in any words; empty for anything.
        sort: The field to sort by, ``-`` before it for the largest first; empty for the order of
            the sources. Companies without a value come last.
        page: How many to leave out, and how many to return.
        engine: Whose companies.

    Raises:
        CriteriaError: a filter, the topic or the order cannot be taken.
        QuestionError: the topic is too long.
    """
    conditions = read_criteria(criteria, engine)
    query = Query(text=topic, folded="", intent=Intent.LIST, conditions=conditions)
    query = _with_topic(query, topic, engine) if topic.strip() else query
    nothing = bool(topic.strip()) and not (query.topic or query.either)
    found = _NOTHING if nothing else select_hits(query, engine.context)
    hits = _sorted(found.hits, sort, engine) if sort else found.hits
    offset, limit = page
    ledger = Ledger()
    filters = query.filters()
    return Listed(
        filters={**filters, "topic": [topic]} if nothing else filters,
        total=len(hits),
        offset=offset,
        limit=limit,
        records=records_of(hits[offset : offset + limit], ledger),
        unknown_total=len(found.unknown),
        unknown=records_of([Hit(one, 0.0) for one in found.unknown[:limit]], ledger),
        citations=ledger.citations,
    )


def _with_topic(query: Query, topic: str, engine: Engine) -> Query:
    """Return the query with what a topic means; without one where nothing here is about it."""
    read = engine.read(topic)
    if not (read.topic or read.either) and (read.conditions or read.companies):
        raise CriteriaError(
            "topic", f"“{topic}”不是领域或产品；地区、批次等请用各自的参数，企业名请用 company 工具"
        )
    return replace(query, topic=read.topic, either=read.either)


def _sorted(hits: tuple[Hit, ...], sort: str, engine: Engine) -> tuple[Hit, ...]:
    field = column_of(sort.removeprefix("-").strip())
    if field not in _FACTS:
        require_column(field, engine.context, "sort")
    keys = {hit.company.id: rank_key(hit.company, field) for hit in hits}
    known = [hit for hit in hits if keys[hit.company.id] is not None]
    if hits and not known and field not in _FACTS:
        raise CriteriaError("sort", f"“{field}”这一列没有数字，不能排序；可用 {'、'.join(_FACTS)}")
    # Sorted stably in either direction: ties keep the order of the sources.
    known.sort(key=lambda hit: keys[hit.company.id] or (0.0, 0.0), reverse=sort.startswith("-"))
    return (*known, *(hit for hit in hits if keys[hit.company.id] is None))
