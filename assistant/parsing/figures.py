"""Questions about the sources' own statistics: figures by row, sums, differences, ranks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.parsing.candidates import Candidate
from assistant.parsing.frames import COUNT, Area, Frame, frame_of
from assistant.parsing.measures import Unit
from assistant.parsing.ranking import order_of
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.parsing.tables import Statistics
from assistant.predicates import alternative, conjunction
from assistant.query import (
    Aggregate,
    Combine,
    Count,
    Explain,
    In,
    Order,
    Predicate,
    Query,
    Relation,
    Rows,
)

_FEWEST = 2
_TOGETHER = ("difference", "sum", "ratio")


def of_statistics(reading: Reading, statistics: Statistics) -> Iterator[Candidate]:
    """Yield what a reading may ask of the statistics."""
    if reading.companies:
        return
    yield from _represented(reading)
    for table in statistics.tables:
        frame = frame_of(reading, table, statistics)
        if frame is None:
            continue
        yield from _told(frame)
        yield from _combined(frame)
        yield from _aggregated(frame)
        yield from _ranked(frame)
        yield from _standing(frame)
        yield from _holding(frame)
    yield from _of_nation(reading)


def place_rows(fields: tuple[str, ...], places: Sequence[str], statistics: Statistics) -> Query:
    """Return the query for some fields of the rows of statistics of places."""
    values = tuple(dict.fromkeys(v for place in places for v in statistics.of(place) or (place,)))
    where = In("place", values, "、".join(places))
    return Query(Rows(fields), where, Relation.STATISTICS)


def _query(ask: Rows | Aggregate, where: Predicate) -> Query:
    return Query(ask, where, Relation.STATISTICS)


def _areas(frame: Frame, areas: Sequence[Area]) -> Predicate:
    """Return the condition that a row is one of those named."""
    values = tuple(dict.fromkeys(value for area in areas for value in area.rows))
    label = "、".join(area.label for area in areas)
    return In(frame.table.dimension, values, label)


def _told(frame: Frame) -> Iterator[Candidate]:
    """Yield the rows named, with the columns asked for; or these columns of every row."""
    fields, said = frame.columns
    known = bool(frame.areas) and all(area.known for area in frame.areas)
    if said and (known or (frame.units and not frame.topics)):
        where = _areas(frame, frame.areas) if known else frame.rows()
        counted = (COUNT,) if frame.counting and fields and not frame.own[0] else ()
        explained = frame.words | said | frame.units
        rule = f"statistics.{fields[-1]}" if fields else "statistics.row"
        rule = "statistics.column" if frame.own[0] else rule
        yield Candidate(_query(Rows((*counted, *fields)), where), explained, rule)
    claimed = _claimed(frame.reading)
    asked = frame.counting or claimed
    if asked and any(area.known for area in frame.areas) and not (frame.here or frame.own[0]):
        explained = frame.words | frame.units | frozenset(frame.reading.asks("sum")) | claimed
        rows = [row for area in frame.areas for row in area.rows]
        adds = not frame.table.by_place and len(rows) > 1
        figures = Aggregate("sum", COUNT) if adds else Rows((COUNT,))
        counted_rows = _query(figures, _areas(frame, frame.areas))
        yield Candidate(_beside(frame, counted_rows), explained, "statistics.count")


def _claimed(reading: Reading) -> frozenset[int]:
    """Return the figures that a question wants confirmed: 北京有1200家，没错吧."""
    told = frozenset(
        at for at in reading.of(Category.MEASURE) if reading.spans[at].value.unit is Unit.COUNT
    )
    asked = frozenset(reading.asks("yesno"))
    return told | asked if told and asked else frozenset()


def _beside(frame: Frame, rows: Query) -> Query:
    """Return the query for rows with the companies that lists hold of what they count."""
    if frame.table.by_place:
        return rows
    where, _ = frame.reading.where()
    return Query(Combine("each", (rows, Query(Count(), where))), relation=Relation.STATISTICS)


def _combined(frame: Frame) -> Iterator[Candidate]:
    """Yield the figures of several rows together: how many in all, how many more."""
    if len(frame.areas) < _FEWEST or not any(area.known for area in frame.areas) or frame.here:
        return
    parts = tuple(_query(Rows((COUNT,)), _areas(frame, (area,))) for area in frame.areas)
    for name in _TOGETHER:
        if told := frozenset(frame.reading.asks(name)):
            orders = frozenset(frame.reading.of(Category.ORDER))
            explained = frame.words | told | orders | frame.units
            query = Query(Combine(name, parts), relation=Relation.STATISTICS)
            yield Candidate(query, explained, f"statistics.{name}")


def _aggregated(frame: Frame) -> Iterator[Candidate]:
    """Yield one figure over all rows, or over those of one area: their sum, their mean."""
    if frame.here or frame.topics or not (frame.units or frame.table_words):
        return
    if len(frame.areas) > 1 or not all(area.known for area in frame.areas):
        return
    where = _areas(frame, frame.areas) if frame.areas else frame.rows()
    for name in ("sum", "mean", "median"):
        if told := frozenset(frame.reading.asks(name)):
            explained = frame.words | told | frame.units
            ask = Aggregate(name, COUNT)
            yield Candidate(_query(ask, where), explained, f"statistics.{name}")


def _ranked(frame: Frame) -> Iterator[Candidate]:
    """Yield rows in the order of their figures, or those whose figure is bounded."""
    several = len(frame.areas) >= _FEWEST
    if not (frame.units or frame.table_words or several) or frame.topics or frame.here:
        return
    if beyond := frame.beyond:
        predicate, used = beyond
        where = conjunction((frame.rows(ranked=True), predicate))
        largest = Order(COUNT, descending=True)
        yield Candidate(
            _query(Rows((COUNT,), largest), where), frame.words | used | frame.units,
            "statistics.beyond",
        )  # fmt: skip
        return
    order, ordering = _order(frame, several=several)
    column = next(iter(frame.own[0]), COUNT)
    if order is not None and order.field != column:
        return
    if order is None and frame.reading.asks("sum", "mean", "median"):
        return
    each = frame.each and frame.reading.asks("count", "spread")
    if not (frame.bounds or order or (each and not frame.areas) or frame.only_table):
        return
    if frame.areas and (order is None or not all(area.known for area in frame.areas)):
        return
    parts = [*frame.bounds, *((_areas(frame, frame.areas),) if frame.areas else ())]
    where = conjunction((frame.rows(ranked=order is not None), *parts))
    explained = (
        frame.words
        | frame.units
        | ordering
        | frame.own[1]
        | frozenset(frame.reading.asks("sum", "spread", "compare"))
    )
    yield Candidate(
        _query(Rows((column,), order or Order(column, descending=True)), where),
        explained,
        "statistics.more" if several else "statistics.rank",
    )


def _order(frame: Frame, *, several: bool) -> tuple[Order | None, frozenset[int]]:
    """Return the order of rows asked for; rows that are named are all shown."""
    order, used = order_of(frame.reading)
    if order is None:
        return None, used
    if order.field == "":
        # A bare place in an order counts from the largest.
        order = replace(order, field=COUNT, descending=not order.descending)
    if order.field == COUNT and frame.own[0]:
        order = replace(order, field=frame.own[0][0])
    limit = order.limit
    if frame.limit is not None and order.place is None:
        limit = frame.limit
    elif several and not frame.reading.of(Category.LIMIT):
        limit = None
    return replace(order, limit=limit), used


def _standing(frame: Frame) -> Iterator[Candidate]:
    """Yield which place rows have in the order of figures: 深圳的小巨人数量排第几."""
    asked = frame.asked_place
    if not asked or not frame.areas or not all(area.known for area in frame.areas) or frame.here:
        return
    named = tuple(dict.fromkeys(row for area in frame.areas for row in area.rows))
    order = Order(COUNT, descending=True, of=named)
    query = _query(Rows((COUNT,), order), frame.rows(ranked=True))
    yield Candidate(query, frame.words | asked | frame.units, "statistics.place")


def _holding(frame: Frame) -> Iterator[Candidate]:
    """Yield the rows that hold what is asked about: 哪些城市以生物医药为主要领域."""
    fields, said = frame.columns
    if not fields or not frame.topics or not (frame.units or frame.table_words) or frame.areas:
        return
    others = (
        frame.reading.spans[at].text
        for at in frame.topics
        if frame.reading.spans[at].text not in "".join(frame.items)
    )
    told = [
        In(fields[0], (word,), word, contains=True)
        for word in dict.fromkeys((*frame.items, *others))
    ]
    either = any(span.value == "either" for span in frame.reading.spans)
    where = alternative(told) if either else conjunction(told)
    explained = frame.words | frame.units | said | frozenset(frame.topics) | frame.linking
    query = _query(Rows((fields[0],)), conjunction((frame.rows(), where)))
    yield Candidate(query, explained, "statistics.strong")


def _represented(reading: Reading) -> Iterator[Candidate]:
    """Yield the rows of statistics that name a company no list holds."""
    named = reading.of(Category.REPRESENTATIVE)
    if not named:
        return
    names = tuple(dict.fromkeys(v for at in named for v in reading.spans[at].value.values))
    where = In("representatives", names, "、".join(names), contains=True)
    asks = reading.asks(
        "which", "statistics_representatives", "member", "yesno", "profile", "here", "count"
    )
    explained = frozenset((*named, *(at for at, _ in reading.fields), *asks))
    fields = tuple(w.key for _, w in reading.fields)
    yield Candidate(_query(Rows(fields), where), explained, "statistics.named")


def _of_nation(reading: Reading) -> Iterator[Candidate]:
    """Yield what the notes say of the number in the whole country, which no table has a row for."""
    nation = reading.asks("statistics_nation")
    counted = reading.asks("count", "sum")
    narrowed = reading.conditions or reading.of(Category.TOPIC, Category.ORDER, Category.LIMIT)
    if not nation or not counted or narrowed or reading.asks("here"):
        return
    query = Query(Explain(reading.text.written), relation=Relation.PASSAGES)
    words = frozenset((*nation, *counted, *reading.asks("rules_word", "yesno")))
    yield Candidate(query, words, "statistics.nation")
