"""Follow-ups on figures: other places and bounds, what places are strong in, sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.dialogue.edits import Instead, apply
from assistant.parsing.candidates import Candidate
from assistant.parsing.figures import place_rows
from assistant.parsing.measures import read_number
from assistant.parsing.pointing import edits_of, points
from assistant.parsing.previous import Previous
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.parsing.tables import Statistics
from assistant.predicates import alternative, conjuncts
from assistant.query import (
    EVERYTHING,
    Combine,
    Count,
    Group,
    In,
    Order,
    Predicate,
    Query,
    Relation,
    Rows,
    Within,
)
from index.regex import regex

_FEWEST = 2
_NUMBERED = regex(r"([两二三四五六七八九十\d])(?:个|座|家)?(?:城市|地区|地方|省|市|地|数|者|个)")
_PLACE = regex(r"第([一二两三四五六七八九十\d]+)")
_FIELDS = (
    ("domains", ("domain", "product"), "statistics_domains"),
    ("representatives", ("representatives",), "statistics_representatives"),
)


def of_figures(
    reading: Reading, previous: Previous, pointing: frozenset[int], statistics: Statistics
) -> Iterator[Candidate]:
    """Yield what may be asked further of figures told."""
    yield from _combined(reading, previous, pointing, statistics)
    if previous.query.relation is not Relation.STATISTICS:
        return
    told, used = reading.where()
    places = _places(previous.query.where)
    if told == EVERYTHING and places:
        yield from _of_places(reading, places, pointing, statistics)
    parts = conjuncts(told)
    if parts and all(isinstance(one, Within) and one.field == "count" for one in parts):
        query = previous.query
        for part in parts:
            query = apply(query, Instead(part))
        asks = frozenset(reading.asks("count", "which", "wanted"))
        units = frozenset(at for at, w in reading.fields if w.key in ("city", "province"))
        yield Candidate(query, used | asks | units | pointing, "follow.bound")
    values = _places(told)
    known = bool(values) and all(map(statistics.of, values))
    if isinstance(previous.query.ask, Rows) and known and not edits_of(reading, "add"):
        query = place_rows(previous.query.ask.fields, values, statistics)
        asks = frozenset(reading.asks("count", "which"))
        yield Candidate(query, used | asks | pointing, "follow.place")
        yield from _ranked(reading, (*places, *values), used | pointing, statistics)


def _ranked(
    reading: Reading, places: tuple[str, ...], explained: frozenset[int], statistics: Statistics
) -> Iterator[Candidate]:
    """Yield the figures of the places told of beside others: 比杭州多吗."""
    comparing = frozenset(reading.asks("compare"))
    if comparing:
        where = place_rows(("count",), places, statistics).where
        ask = Rows(("count",), Order("count", descending=True))
        query = Query(ask, where, Relation.STATISTICS)
        rest = frozenset(
            (*reading.asks("yesno", "which", "difference"), *reading.of(Category.ORDER))
        )
        yield Candidate(query, explained | comparing | rest, "follow.ranked")


def _of_places(
    reading: Reading, places: tuple[str, ...], pointing: frozenset[int], statistics: Statistics
) -> Iterator[Candidate]:
    """Yield other fields of the places told of, and the companies that the lists have there."""
    asks = frozenset(reading.asks("which", "all", "wanted", "exists"))
    for field, keys, ask in _FIELDS:
        told = frozenset(at for at, w in reading.fields if w.key in keys) | frozenset(
            reading.asks(ask)
        )
        if told:
            query = place_rows((field,), places, statistics)
            rest = frozenset(reading.of(Category.DOING))
            yield Candidate(query, told | asks | pointing | rest, "follow.domains")
    here = frozenset(reading.asks("here"))
    if here and not reading.fields and not reading.of(Category.ORDER):
        where = In("city", places, "、".join(places))
        count = frozenset(reading.asks("count"))
        wanted = Count() if count else Rows()
        yield Candidate(Query(wanted, where), here | asks | count | pointing, "follow.listed")


def placed(reading: Reading, previous: Previous, pointing: frozenset[int]) -> Iterator[Candidate]:
    """Yield another place of the last order: 第二名呢, 第四名主要做什么产业."""
    ask = previous.query.ask
    order = ask.order if isinstance(ask, Rows | Group) else None
    match = _PLACE.search(reading.text.folded)
    if order is None or match is None or reading.conditions:
        return
    assert isinstance(ask, Rows | Group)  # noqa: S101 - others have no order
    moved = replace(order, limit=None, place=int(read_number(match[1]) or 0))
    used = frozenset(reading.of(Category.ORDER, Category.LIMIT)) | frozenset(reading.asks("which"))
    fielded = frozenset(at for at, _ in reading.fields)
    shown = replace(ask, order=moved)
    if reading.fields and previous.query.relation is Relation.STATISTICS and isinstance(ask, Rows):
        fields = [name for name, keys, _ in _FIELDS if set(keys) & set(reading.keys())]
        if not fields:
            return
        shown = Rows(tuple(fields), moved)
    elif reading.fields:
        return
    query = replace(previous.query, ask=shown)
    doing = frozenset(reading.of(Category.DOING))
    yield Candidate(query, used | fielded | doing | pointing, "follow.place_of")


def counted_there(
    reading: Reading, previous: Previous, pointing: frozenset[int], statistics: Statistics
) -> Iterator[Candidate]:
    """Yield the figure of the city that the last company is in: 这个城市有多少家小巨人."""
    there, count = points(reading, "there"), frozenset(reading.asks("count"))
    cities = previous.cities
    if not there or not count or len(cities) != 1 or not statistics.of(cities[0]):
        return
    told, _ = reading.where()
    if told == EVERYTHING and not reading.asks("here"):
        query = place_rows(("count",), cities, statistics)
        yield Candidate(query, count | pointing, "follow.place_there")


def counted_companies(previous: Previous) -> Previous | None:
    """Return a turn that told figures of places as one that counted the companies there."""
    query = previous.query
    places = _places(query.where)
    rows = isinstance(query.ask, Rows) and query.ask.fields == ("count",)
    if query.relation is not Relation.STATISTICS or not places or not rows:
        return None
    label = "、".join(places)
    where = alternative(In(field, places, label) for field in ("city", "province"))
    return replace(previous, query=Query(Count(), where))


def _combined(
    reading: Reading, previous: Previous, pointing: frozenset[int], statistics: Statistics
) -> Iterator[Candidate]:
    """Yield the sum, the difference or the ratio of the figures last told."""
    told, used = reading.where()
    new = edits_of(reading, "add")
    for name in ("sum", "difference", "ratio"):
        asked = frozenset(reading.asks(name))
        if name == "sum" and not asked and new:
            asked = frozenset(reading.asks("count"))
        if not asked:
            continue
        match = _NUMBERED.search(reading.text.folded)
        wanted = int(read_number(match[1]) or 0) if match else None
        added = [place_rows(("count",), (v,), statistics) for v in _places(told)] if new else []
        before = _figures(previous, statistics, wanted if name == "sum" else _FEWEST)
        parts = tuple(dict.fromkeys((*before, *added)))
        if len(parts) >= _FEWEST and not (told != EVERYTHING and not new):
            rest = frozenset(
                (*reading.asks("count", "all"), *reading.of(Category.EACH, Category.MEASURE))
            )
            explained = asked | rest | used | frozenset(new) | pointing
            yield Candidate(Query(Combine(name, parts)), explained, f"follow.{name}")


def _figures(previous: Previous, statistics: Statistics, most: int | None) -> tuple[Query, ...]:
    """Return one query for each figure that the last turns told, the latest so many."""
    parts: list[Query] = []
    for turn in previous.chain:
        query = turn.query
        if query.relation is Relation.STATISTICS:
            told = [place_rows(("count",), (v,), statistics) for v in _places(query.where)]
        elif isinstance(query.ask, Combine):
            told = list(query.ask.parts)
        else:
            told = [query] if isinstance(query.ask, Count) else []
        if not told or (most is not None and len(parts) >= most):
            break
        parts = [*told, *parts]
    return tuple(dict.fromkeys(parts))


def _places(where: Predicate) -> tuple[str, ...]:
    return tuple(v for one in conjuncts(where) if isinstance(one, In) for v in one.values)
