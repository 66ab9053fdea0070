"""Follow-ups: what a question may ask of the last answer, as candidates beside reading it alone.

A question that narrows, orders, counts, compares or asks a field without naming its set means the
last set; one that names its own starts anew. Both compete under the same score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.parsing.candidates import Candidate
from assistant.parsing.companies import of_companies
from assistant.parsing.figures import Statistics, place_rows
from assistant.parsing.follow_sets import (
    added,
    again,
    narrowed,
    placed,
    replaced,
    widened,
)
from assistant.parsing.pointing import chosen, edits_of, elliptic, pointing_words, points
from assistant.parsing.previous import Previous
from assistant.parsing.ranking import order_of
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.predicates import conjunction, conjuncts
from assistant.query import (
    EVERYTHING,
    Combine,
    Compare,
    Count,
    Explain,
    Fact,
    In,
    Judge,
    Lookup,
    Member,
    Named,
    Not,
    Query,
    Relation,
    Rows,
    Same,
)

_FEWEST = 2


def follow_ups(
    reading: Reading,
    previous: Previous,
    alone: Iterable[Candidate],
    facts: tuple[Fact, ...],
    statistics: Statistics,
) -> Iterator[Candidate]:
    """Yield what a reading may ask of the answer before.

    Args:
        reading: The reading.
        previous: The last question.
        alone: What it may ask alone.
        facts: What it says of the asker's own company.
        statistics: What the sources count by place.
    """
    if edits_of(reading, "fresh"):
        return
    if edits_of(reading, "back") and previous.earlier is not None:
        yield from follow_ups(_without_back(reading), previous.earlier, alone, facts, statistics)
    pointing = pointing_words(reading)
    yield from _substituted(reading, previous, pointing)
    yield from _judged(reading, previous, facts)
    yield from _explained(reading, previous)
    yield from _of_subjects(reading, previous, pointing)
    yield from _compared(reading, previous, pointing)
    yield from _near(reading, previous, pointing)
    yield from _of_figures(reading, previous, pointing, statistics)
    if previous.of_companies and not isinstance(previous.query.ask, Explain | Judge):
        yield from narrowed(previous, alone, pointing)
        yield from replaced(reading, previous, pointing)
        yield from widened(reading, previous, pointing)
        yield from again(reading, previous, pointing)
        yield from added(reading, previous, pointing)
    yield from placed(reading, previous, pointing)


def _substituted(
    reading: Reading, previous: Previous, pointing: frozenset[int]
) -> Iterator[Candidate]:
    """Yield what is asked with 它 read as the company that the last answer was about."""
    told = points(reading, "one")
    if not told or len(previous.subjects) != 1 or not previous.of_companies:
        return
    named = [
        replace(one, category=Category.COMPANY, value=previous.subjects) if at in told else one
        for at, one in enumerate(reading.spans)
    ]
    for one in of_companies(replace(reading, spans=named)):
        if one.rule == "company.lookup" and reading.conditions:
            continue
        yield replace(
            one, explained=one.explained | pointing, rule=f"follow.{one.rule.partition('.')[2]}"
        )


def _without_back(reading: Reading) -> Reading:
    spans = [
        replace(one, category=Category.GRAMMAR)
        if one.category is Category.EDIT and one.value == "back"
        else one
        for one in reading.spans
    ]
    return replace(reading, spans=spans)


def _of_subjects(
    reading: Reading, previous: Previous, pointing: frozenset[int]
) -> Iterator[Candidate]:
    """Yield what is asked of the one company, or of those picked, that the answer was about."""
    choice = chosen(reading, previous)
    ids, picked = choice if choice else (previous.subjects, frozenset())
    if not ids or reading.companies or not previous.of_companies:
        return
    one = points(reading, "one")
    fields = reading.keys()
    told, used = reading.where()
    fielded = frozenset(at for at, _ in reading.fields)
    several = len(ids) > 1
    if several and not (choice or previous.named):
        return
    implied, leaved = _implied(reading)
    asks = frozenset(
        reading.asks(
            "which", "wanted", "profile", "yesno", "each", "all", "count", "exists", "member"
        )
    )
    explained = (
        picked | frozenset(one) | pointing | fielded | asks | frozenset(reading.of(Category.DOING))
    )
    where = Named(ids)
    order, ordering = order_of(reading)
    if (
        several
        and (order is not None or reading.asks("compare", "difference"))
        and (order is None or order.field)
    ):
        by = replace(order, limit=None) if order else None
        extra = ordering | frozenset(reading.asks("compare", "difference"))
        yield Candidate(Query(Compare(fields, by), where), explained | extra, "follow.compare")
    if several and told != EVERYTHING and reading.asks("which"):
        both = conjunction((where, told))
        yield Candidate(Query(Rows(fields), both), explained | used, "follow.which")
    if told != EVERYTHING and reading.asks("yesno", "member") and not several:
        yield Candidate(Query(Member(ids), told), explained | used, "follow.member")
    if several and told != EVERYTHING and one and not choice:
        before = previous.query.ask.fields if isinstance(previous.query.ask, Lookup) else ()
        narrowed = conjunction((where, told))
        yield Candidate(
            Query(Lookup(fields or before), narrowed), explained | used, "follow.narrowed"
        )
    if (
        choice
        and not fields
        and isinstance(previous.query.ask, Lookup)
        and previous.query.ask.fields
    ):
        told_fields = previous.query.ask.fields
        yield Candidate(Query(Lookup(told_fields), where), explained, "follow.instead")
    if (fields or implied) and (one or choice or previous.named or len(ids) == 1):
        wanted = tuple(dict.fromkeys((*fields, *implied)))
        yield Candidate(Query(Lookup(wanted), where), explained | leaved, "follow.lookup")
    elif one or choice or reading.asks("profile"):
        yield Candidate(Query(Lookup(), where), explained, "follow.profile")


def _implied(reading: Reading) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the fields that conditions ask about: 上市了没."""
    fields = [getattr(leaf.predicate, "field", "") for leaf in reading.conditions]
    asked = tuple(
        {"exchange": "listing", "province": "city"}.get(field, field)
        for field in fields
        if field in ("listing", "exchange")
    )
    return asked, frozenset(
        at for leaf in reading.conditions for at in leaf.used
    ) if asked else frozenset()


def _compared(
    reading: Reading, previous: Previous, pointing: frozenset[int]
) -> Iterator[Candidate]:
    """Yield the last company beside others, and another in its place."""
    subjects, named = previous.subjects, reading.companies
    if not named or not subjects:
        return
    ids = tuple(dict.fromkeys(i for leaf in named for i in getattr(leaf.predicate, "ids", ())))
    words = frozenset(at for leaf in named for at in leaf.used)
    fields = reading.keys()
    fielded = frozenset(at for at, _ in reading.fields)
    order, ordering = order_of(reading)
    asks = frozenset(reading.asks("compare", "difference", "which", "yesno", "profile"))
    one = points(reading, "one")
    if (one or asks or order) and len(subjects) <= 2 and previous.named:
        both = tuple(dict.fromkeys((*subjects, *ids)))
        by = replace(order, limit=None) if order and order.field else None
        if len(both) > 1 and (reading.asks("compare", "difference") or by is not None):
            query = Query(Compare(fields, by), Named(both))
            yield Candidate(query, words | fielded | ordering | asks | pointing, "follow.beside")
    told = previous.query.ask
    if isinstance(told, Lookup) and not fields and not reading.conditions and not order:
        query = Query(Lookup(told.fields), Named(ids))
        yield Candidate(
            query, words | pointing | frozenset(reading.asks("which")), "follow.instead"
        )
    if isinstance(told, Member) and not fields:
        yield Candidate(
            Query(Member(ids), previous.query.where), words | pointing, "follow.instead"
        )


def _near(reading: Reading, previous: Previous, pointing: frozenset[int]) -> Iterator[Candidate]:
    """Yield others in the same place: 那个区还有别的吗, 合肥还有别的吗."""
    subjects = previous.subjects
    if not subjects or reading.companies:
        return
    for name, field in (("there", "city"), ("district", "district")):
        there = points(reading, name)
        if there and len(subjects) == 1 and previous.named:
            told, used = reading.where()
            where = conjunction((Same(field, subjects[0], reading.spans[there[0]].text), told))
            asks = frozenset(reading.asks("which", "exists", "yesno", "count", "wanted"))
            ask = Count() if reading.asks("count") else Rows()
            yield Candidate(Query(ask, where), used | asks | pointing, "follow.near")
    more = edits_of(reading, "more")
    others = any(
        one in reading.text.folded for one in ("别的", "其他", "其它", "另外", "别家", "还有")
    )
    told, used = reading.where()
    if previous.named and others and told != EVERYTHING:
        where = conjunction((told, Not(Named(subjects))))
        asks = frozenset((*reading.asks("which", "exists", "yesno", "wanted"), *more))
        yield Candidate(Query(Rows(), where), used | asks | pointing, "follow.others")


def _judged(reading: Reading, previous: Previous, facts: tuple[Fact, ...]) -> Iterator[Candidate]:
    """Yield the verdict on everything told so far."""
    ask = previous.query.ask
    before = ask.facts if isinstance(ask, Judge) else ()
    everything = frozenset(range(len(reading.spans)))
    if facts and (before or isinstance(ask, Explain)):
        new = {one.requirement for one in facts}
        every = (*(one for one in before if one.requirement not in new), *facts)
        sources = ask.sources if isinstance(ask, Judge) else ()
        yield Candidate(
            Query(Judge(every, sources), relation=Relation.REQUIREMENTS), everything, "follow.judge"
        )
    elif (
        before
        and (reading.asks("verdict") or elliptic(reading))
        and not (reading.conditions or reading.companies)
    ):
        asked = frozenset(reading.asks("verdict", "rules_word", "rules_all", "which", "yesno"))
        words = frozenset(reading.of(Category.WORD))
        yield Candidate(previous.query, asked | words | pointing_words(reading), "follow.judge")


def _explained(reading: Reading, previous: Previous) -> Iterator[Candidate]:
    """Yield a further question about the rules: 第三个维度细说一下."""
    ask = previous.query.ask
    if not isinstance(ask, Explain) or reading.companies or reading.conditions:
        return
    picked = reading.of(Category.POINTER, Category.MEASURE, Category.LIMIT)
    if picked or edits_of(reading, "instead"):
        explain = replace(ask, text=f"{ask.text} {reading.text.written}", whole=False)
        rest = frozenset(
            reading.of(
                Category.WORD, Category.ASK, Category.POINTER, Category.EDIT, Category.MEASURE
            )
        )
        yield Candidate(replace(previous.query, ask=explain), rest, "follow.explain")


def _of_figures(
    reading: Reading, previous: Previous, pointing: frozenset[int], statistics: Statistics
) -> Iterator[Candidate]:
    """Yield another place's figure, and sums and differences of those told."""
    if previous.query.relation is not Relation.STATISTICS:
        return
    ask = previous.query.ask
    told, used = reading.where()
    values = [v for one in conjuncts(told) if isinstance(one, In) for v in one.values]
    domain = frozenset(at for at, w in reading.fields if w.key in ("domain", "product"))
    places = [
        v for one in conjuncts(previous.query.where) if isinstance(one, In) for v in one.values
    ]
    if domain and places and not values:
        query = place_rows(("domains",), tuple(places), statistics)
        asks = frozenset(reading.asks("which", "all", "statistics_domains"))
        yield Candidate(
            query,
            domain | asks | pointing | frozenset(reading.of(Category.DOING)),
            "follow.domains",
        )
    if isinstance(ask, Rows) and values and all(statistics.of(v) for v in values):
        query = place_rows(ask.fields, tuple(values), statistics)
        asks = frozenset(reading.asks("count", "which"))
        yield Candidate(query, used | asks | pointing, "follow.place")
    for name in ("sum", "difference", "ratio"):
        if asked := frozenset(reading.asks(name)):
            parts = _figures_told(previous, statistics)
            if len(parts) >= _FEWEST:
                explained = asked | pointing | frozenset(reading.asks("count")) | used
                yield Candidate(Query(Combine(name, parts)), explained, f"follow.{name}")


def _figures_told(previous: Previous, statistics: Statistics) -> tuple[Query, ...]:
    """Return one query for each place whose figure the last turns told."""
    places: list[str] = []
    turn: Previous | None = previous
    while turn is not None and len(places) < _FEWEST and turn.query.relation is Relation.STATISTICS:
        where = turn.query.where
        told = [v for one in conjuncts(where) if isinstance(one, In) for v in one.values]
        places = [*told, *places]
        turn = turn.earlier
    return tuple(place_rows(("count",), (one,), statistics) for one in dict.fromkeys(places))
