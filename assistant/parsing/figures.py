"""Questions about the sources' own statistics: figures by place, sums, differences, ranks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.parsing.candidates import Candidate
from assistant.parsing.ranking import order_of
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.predicates import atoms, conjunction, conjuncts
from assistant.query import (
    EVERYTHING,
    Combine,
    In,
    Not,
    Order,
    Predicate,
    Query,
    Relation,
    Rows,
    Within,
)
from index.places.gazetteer import Gazetteer

_PLACES = frozenset({"city", "province"})
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the sources count by place.

    Attributes:
        places: Places with a row of their own, folded.
        gazetteer: Knows which place lies in which.
    """

    places: frozenset[str]
    gazetteer: Gazetteer

    def of(self, value: str) -> tuple[str, ...]:
        """Return the places whose rows a place has: its own, else those within it."""
        if value in self.places:
            return (value,)
        within = sorted(one for one in self.places if self.gazetteer.province_of(one) == value)
        return (value, *within) if within else ()


def of_statistics(reading: Reading, statistics: Statistics) -> Iterator[Candidate]:
    """Yield what a reading may ask of the statistics."""
    if not statistics.places or reading.companies:
        return
    yield from _represented(reading)
    where, used = reading.where(described=False)
    parts = conjuncts(where)
    areas = [one for one in parts if _area(one)]
    if len(areas) + sum(_counts(one) for one in parts) < len(parts):
        return
    places = tuple(_values(areas))
    known = [statistics.of(one) for one in places]
    words = used | frozenset(
        reading.asks(
            "count",
            "statistics_words",
            "which",
            "all",
            "profile",
            "wanted",
            "yesno",
            "exists",
            "each",
        )
    )
    if reading.asks("here"):
        return
    for name, field in (
        ("statistics_domains", "domains"),
        ("statistics_representatives", "representatives"),
    ):
        told = frozenset(reading.asks(name))
        if name == "statistics_domains" and not told:
            told = frozenset(
                at for at, w in reading.fields if w.key == "domain" and (w.asks or w.unit)
            )
        fielded = frozenset(
            at for at, w in reading.fields if w.key in ("domain", "product", "city")
        )
        if told and known and all(known):
            counted = ("count",) if reading.asks("count", "statistics_words") else ()
            yield Candidate(
                place_rows((*counted, field), places, statistics),
                words | told | fielded,
                f"statistics.{field}",
            )
    yield from _counted(reading, places, known, words, statistics)
    yield from _ranked(reading, parts, words)
    yield from _strong(reading)


def _strong(reading: Reading) -> Iterator[Candidate]:
    """Yield the places whose main trades are those asked about: 哪些城市以生物医药为主要领域."""
    units = [at for at, w in reading.fields if w.key in _PLACES and w.unit]
    told = reading.asks("statistics_domains")
    topics = reading.of(Category.TOPIC)
    if units and told and topics:
        terms = tuple(dict.fromkeys(reading.spans[at].text for at in topics))
        where = In("domains", terms, "、".join(terms), contains=True)
        asks = frozenset(reading.asks("which", "statistics_words", "all"))
        explained = frozenset((*units, *told, *topics, *reading.of(Category.WORD))) | asks
        query = Query(Rows(("domains",)), where, Relation.STATISTICS)
        yield Candidate(query, explained, "statistics.strong")


def _represented(reading: Reading) -> Iterator[Candidate]:
    """Yield the rows of statistics that name a company no list holds."""
    named = reading.of(Category.REPRESENTATIVE)
    if not named:
        return
    names = tuple(dict.fromkeys(v for at in named for v in reading.spans[at].value.values))
    where = In("representatives", names, "、".join(names), contains=True)
    explained = (
        frozenset(named)
        | frozenset(at for at, _ in reading.fields)
        | frozenset(
            reading.asks(
                "which", "statistics_representatives", "member", "yesno", "profile", "here", "count"
            )
        )
    )
    fields = tuple(w.key for _, w in reading.fields)
    yield Candidate(Query(Rows(fields), where, Relation.STATISTICS), explained, "statistics.named")


def _area(predicate: Predicate) -> bool:
    return not isinstance(predicate, Not) and all(
        isinstance(one, In) and one.field in _PLACES for one in atoms(predicate)
    )


def _counts(predicate: Predicate) -> bool:
    return isinstance(predicate, Within) and predicate.field == "count"


def _values(areas: Sequence[Predicate]) -> Iterator[str]:
    for area in areas:
        for one in atoms(area):
            if isinstance(one, In):
                yield from one.values


def place_rows(fields: tuple[str, ...], places: Sequence[str], statistics: Statistics) -> Query:
    """Return the query for some fields of the rows of statistics of places."""
    values = tuple(dict.fromkeys(v for place in places for v in statistics.of(place) or (place,)))
    where = In("place", values, "、".join(places))
    return Query(Rows(fields), where, Relation.STATISTICS)


def _counted(
    reading: Reading,
    places: Sequence[str],
    known: Sequence[tuple[str, ...]],
    words: frozenset[int],
    statistics: Statistics,
) -> Iterator[Candidate]:
    """Yield the figures of places: how many, how many together, how many more."""
    asked = reading.asks("count", "sum", "difference", "ratio") or reading.of(Category.ORDER)
    if not places or not any(known) or not asked:
        return
    single = [place_rows(("count",), (place,), statistics) for place in places]
    if len(places) >= _FEWEST:
        for name in ("difference", "sum", "ratio"):
            told = frozenset(reading.asks(name))
            if told:
                yield Candidate(
                    Query(Combine(name, tuple(single))),
                    words | told | frozenset(reading.of(Category.ORDER)),
                    f"statistics.{name}",
                )
        order, ordering = order_of(reading)
        if order is not None and order.field == "count":
            rows = place_rows(("count",), places, statistics)
            ranked = Query(
                Rows(("count",), Order("count", order.descending)), rows.where, Relation.STATISTICS
            )
            yield Candidate(ranked, words | ordering, "statistics.more")
    if reading.asks("count"):
        counted = place_rows(("count",), places, statistics)
        yield Candidate(counted, words | frozenset(reading.asks("sum")), "statistics.count")


def _ranked(
    reading: Reading, parts: Sequence[Predicate], words: frozenset[int]
) -> Iterator[Candidate]:
    """Yield places in the order of their figures, or those whose figure is bounded."""
    units = frozenset(
        at for at, w in reading.fields if w.key in _PLACES and (w.unit or not w.asks)
    ) | frozenset(at for at in reading.of(Category.EACH) if reading.spans[at].value in _PLACES)
    if not units and not reading.asks("statistics_words"):
        return
    bounds = [one for one in parts if _counts(one)]
    if any(_area(one) for one in parts):
        return
    order, ordering = order_of(reading)
    if order is not None and order.field not in ("count", ""):
        return
    if order is not None and order.field == "":
        order = Order("count", descending=True, limit=order.limit, place=order.place)
    each = reading.of(Category.EACH) and reading.asks("count", "spread")
    if not (bounds or order or each or reading.asks("statistics_words")):
        return
    where: Predicate = conjunction(bounds) if bounds else EVERYTHING
    explained = words | units | ordering | frozenset(reading.asks("count", "sum", "spread"))
    yield Candidate(
        Query(
            Rows(("count",), order or Order("count", descending=True)), where, Relation.STATISTICS
        ),
        explained,
        "statistics.rank",
    )
