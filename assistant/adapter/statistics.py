"""Questions about the lists' own statistics, as queries of the algebra."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.adapter.known import Known
from assistant.adapter.predicates import COUNT, places_of, selection
from assistant.predicates import alternative, conjunction
from assistant.query import (
    EVERYTHING,
    Aggregate,
    Ask,
    Blank,
    Combine,
    Count,
    In,
    Listed,
    Not,
    Order,
    Predicate,
    Query,
    Relation,
    Rows,
    Within,
)
from assistant.understanding.axes import areas_of
from assistant.understanding.figure_words import load_figure_words
from assistant.understanding.figures import Figures
from assistant.understanding.types import LISTS, Condition, Question, Ranking
from index.schema.interval import Interval
from index.text import fold
from index.types import StatisticsRow

_DETAILS = {"statistics_domains": "domains", "statistics_representatives": "representatives"}

# What a row of the statistics says besides its place.
_ROW = (COUNT, *_DETAILS.values())

# Up to so many places named in one question are added up unasked.
_FEW = 5
_PAIR = 2

# Words for a whole order, from its head to its end.
_WHOLE_ORDER = ("排", "按", "依", "照", "从", "由", "序", "先后", "在前", "的前")

# Conditions that statistics know something of; others are for the companies listed.
_FIELDS = frozenset({COUNT, "city", "province", "region", *LISTS})


def ordered(order: Ranking) -> Order:
    """Return an order; one that is worded for the head alone asks for the first."""
    label = order.label.replace("排名最", "最")
    whole = order.first is None and any(word in label for word in _WHOLE_ORDER)
    limit = None if whole or order.place is not None else order.first or 1
    return Order(order.field, order.descending, limit, order.place, order.label)


def is_about_statistics(question: Question, known: Known) -> bool:
    """Return whether statistics by place answer a question that ranks or counts places."""
    by_place = question.group in (None, "city", "province")
    plain = all(one.field in _FIELDS for one in question.conditions) and not question.topic
    here = "listed_here" in question.cues and "statistics_table" not in question.cues
    return bool(known.places) and by_place and plain and not here


def statistics_query(question: Question, known: Known) -> Query | None:
    """Return a query for the statistics of the areas named, or of all; None for no area."""
    areas = areas_of(question.conditions)
    if not areas and not question.group:
        return None
    lists = _lists(question)
    fields = _details(question) or (COUNT,)
    if not areas:
        return _of(Rows(fields), (_by_topic(question), lists))
    within = any(known.within(area) for area in areas)
    details = fields != (COUNT,)
    if len(areas) == _PAIR and _differs(question, within=within):
        return _combined("difference", areas, known, lists)
    if not details and len(areas) > 1 and _sums(question, areas, within=within):
        return _combined("sum", areas, known, lists)
    ask: Ask = Aggregate("sum", COUNT) if within and not details else Rows(fields)
    return _of(ask, (places_of(areas, known), lists))


def _of(ask: Ask, parts: Sequence[Predicate]) -> Query:
    return Query(ask, conjunction(parts), Relation.STATISTICS)


def _combined(operation: str, areas: Sequence[Condition], known: Known, lists: Predicate) -> Query:
    """Return a query for the figures of several areas together; an area of several is their sum."""
    parts = tuple(
        _of(
            Aggregate("sum", COUNT) if known.within(area) else Rows((COUNT,)),
            (places_of([area], known), lists),
        )
        for area in areas
    )
    where = conjunction((places_of(areas, known), lists))
    return Query(Combine(operation, parts), where, Relation.STATISTICS)


def _differs(question: Question, *, within: bool) -> bool:
    return "difference" in question.cues and "sum" not in question.cues and not within


def _sums(question: Question, areas: Sequence[Condition], *, within: bool) -> bool:
    """Return whether the figures of several areas are to be added up."""
    few = len(areas) <= _FEW and question.group is None
    counted = few and "count" in question.cues and "difference" not in question.cues
    return "sum" in question.cues or within or counted


def _details(question: Question) -> tuple[str, ...]:
    """Return which columns are asked for; none where the number is enough."""
    if "statistics_row" in question.cues:
        return _ROW
    details = [field for cue, field in _DETAILS.items() if cue in question.cues]
    if "domain" in question.fields and "domains" not in details:
        details.append("domains")
    counted = bool(details) and "count" in question.cues
    return (COUNT, *details) if counted else tuple(details)


def _by_topic(question: Question) -> Predicate:
    """Return the places whose trades name the topic; all where there is none."""
    terms = question.topic.terms
    return (
        alternative(In("domains", (one,), one, contains=True) for one in terms)
        if terms
        else EVERYTHING
    )


def _lists(question: Question) -> Predicate:
    lists = [one for one in question.conditions if one.field in LISTS and not one.negated]
    return conjunction(Listed(tuple(sorted(map(str, one.values))), one.label) for one in lists)


def places_ranked(question: Question, known: Known, order: Order | None) -> Query:
    """Return a query for the places of the statistics by their number, or within bounds."""
    bounds = [one for one in question.conditions if one.field == COUNT]
    areas = areas_of(question.conditions)
    named = len(areas) > 1 and question.order is not None and question.order.first is None
    if order is None:
        order = Order(COUNT, descending=True)
    elif named:
        # Places that are named are all shown.
        order = replace(order, limit=None)
    parts = [places_of(areas, known), _lists(question), *map(_bound, bounds)]
    return _of(Rows((COUNT,), order), parts)


def _bound(bound: Condition) -> Within:
    """Return a bound on the number of a place; 400+ is taken for more than 400."""
    low = float("-inf") if bound.low is None else bound.low
    high = float("inf") if bound.high is None else bound.high
    return Within(COUNT, Interval(low, high), bound.label)


def figures_query(question: Question, figures: Sequence[Figures], known: Known) -> Query:
    """Return a query for the rows of statistics that are told apart by anything.

    Of several tables each is a part of its own, and so are the companies that the lists hold of
    what is counted.
    """
    parts = [_table(question, one, known) for one in figures]
    counts = any(one.named for one in figures) and "count" in question.cues
    if counts and question.topic.terms:
        parts.append(Query(Count(), selection(replace(question, conditions=()), known)))
    if len(parts) == 1:
        return parts[0]
    return Query(Combine("each", tuple(parts)), relation=Relation.STATISTICS)


def _rest(row: StatisticsRow, known: Known) -> tuple[str, ...]:
    """Return the labels of a row's table that stand for all that has no row, such as 其他."""
    rest = load_figure_words().rest
    table = (one for one in known.statistics if one.header == row.header)
    return tuple(dict.fromkeys(one.label for one in table if rest.fullmatch(one.label)))


def _table(question: Question, figures: Figures, known: Known) -> Query:
    """Return a query for rows of one table: those named, ranked, or all."""
    row = figures.rows[0]
    dimension = row.dimension
    fields = (figures.column.key,) if figures.column else ()
    where: list[Predicate] = [Listed((row.origin.source,))]
    if figures.named:
        labels = tuple(dict.fromkeys(fold(one.label) for one in figures.rows))
        told = "、".join(one.label for one in figures.rows)
        where.append(In(dimension, labels, told))
    else:
        where.append(Not(Blank(dimension, dimension)))
    order = None
    if figures.order and figures.column:
        order = replace(ordered(figures.order), field=figures.column.key)
        where += [Not(In(dimension, (fold(one),), one)) for one in _rest(row, known)]
    summed = "sum" in question.cues and fields == (COUNT,) and len(figures.rows) > 1
    return _of(Aggregate("sum", COUNT) if summed else Rows(fields, order), where)
