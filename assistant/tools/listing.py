"""Companies by exact filters, in an order, page by page."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answers.citations import Citations
from assistant.answers.shown import filters_of
from assistant.engine import Engine
from assistant.errors import CriteriaError
from assistant.predicates import atoms, conjunction, conjuncts
from assistant.query import About, Not, Order, Predicate, Query, Relation, Rows
from assistant.search.evidence import Hit
from assistant.search.order import best_first, in_order
from assistant.search.select import Selector
from assistant.search.truth import Truth
from assistant.tools.criteria import Criteria, column_of, read_criteria, require_column
from assistant.tools.results import Listed
from assistant.tools.search import records_of
from index.store.columns import Entities

_COMPANIES = Relation.COMPANIES
_FACTS = ("founded", "headcount", "batch")


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
    records, finders = engine.index.records, engine.finders
    where = read_criteria(criteria, records)
    described = _topic(topic, engine) if topic.strip() else None
    nothing = bool(topic.strip()) and described is None
    wanted = where if described is None else conjunction((where, described))
    truth = Selector(records, finders.columns, finders.topics).truth(wanted)
    found = np.zeros(0, np.int32) if nothing else _ordered(truth, sort, engine)
    unknown = np.zeros(0, np.int32) if nothing else np.flatnonzero(truth.unknown)
    offset, limit = page
    filters = filters_of(Query(Rows(), wanted))
    cite = Citations(records)
    return Listed(
        filters={**filters, "topic": [topic]} if nothing else filters,
        total=len(found),
        offset=offset,
        limit=limit,
        cursor=str(offset + limit) if offset + limit < len(found) else None,
        records=records_of(_hits(found[offset : offset + limit], truth, engine), cite),
        unknown_total=len(unknown),
        unknown=records_of(_hits(unknown[:limit], None, engine), cite),
        citations=cite.citations,
    )


def _topic(topic: str, engine: Engine) -> Predicate | None:
    """Return what a topic means; None where nothing here is about it."""
    parts = conjuncts(engine.read(topic).best.where)
    about = [part for part in parts if all(map(_describes, atoms(part)))]
    if parts and not about:
        raise CriteriaError(
            "topic", f"“{topic}”不是领域或产品；地区、批次等请用各自的参数，企业名请用 company 工具"
        )
    return conjunction(about) if about else None


def _describes(condition: Predicate) -> bool:
    return isinstance(condition.part if isinstance(condition, Not) else condition, About)


def _ordered(truth: Truth, sort: str, engine: Engine) -> Entities:
    """Return the companies that fulfil a predicate in order, those without a value last."""
    if not sort:
        return best_first(truth)
    columns = engine.finders.columns
    field = column_of(sort.removeprefix("-").strip())
    if field not in _FACTS:
        require_column(field, engine.index.records, "sort")
    column = columns.column(_COMPANIES, field)
    if not len(column.order) and field not in _FACTS:
        raise CriteriaError("sort", f"“{field}”这一列没有数字，不能排序；可用 {'、'.join(_FACTS)}")
    order = Order(field, descending=sort.startswith("-"))
    known = in_order(column, truth.true, order, columns.size(_COMPANIES)).ids
    rest = truth.true.copy()
    rest[known] = False
    return np.concatenate((known, np.flatnonzero(rest))).astype(np.int32)


def _hits(
    numbers: NDArray[np.integer[Any]], truth: Truth | None, engine: Engine
) -> tuple[Hit, ...]:
    """Return companies with how well they fit; 0 where that is not known."""
    found = [int(number) for number in numbers]
    companies = engine.index.records.companies(found)
    if truth is None:
        return tuple(Hit(company, 0.0) for company in companies)
    scores = [1.0] * len(found) if truth.scores is None else truth.scores[found].tolist()
    return tuple(map(Hit, companies, scores))
