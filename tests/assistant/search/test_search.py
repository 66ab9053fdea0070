"""Generated queries over generated companies, against the referee of :mod:`.naive`."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.query import (
    EVERYTHING,
    Aggregate,
    Among,
    And,
    Beyond,
    Blank,
    Combine,
    Count,
    Exists,
    Group,
    In,
    Listed,
    Member,
    Named,
    Not,
    Or,
    Order,
    Predicate,
    Query,
    Rows,
    Same,
    Share,
    Within,
)
from assistant.search.execute import Searcher
from assistant.search.select import Page
from index.schema.interval import Interval
from tests.assistant.search import naive
from tests.assistant.search.conftest import searcher_over
from tests.assistant.search.naive import Entity, Number

CITIES = ("苏州", "合肥", "上海")
TRADES = ("芯片", "激光芯片", "机器人", "电池")
LISTS = ("a.md", "b.md")
TEXTS = {"city": CITIES, "domain": TRADES, "list": LISTS}
NUMBERS = ("founded", "headcount")
MOST = 8
KEYS = tuple(f"c{number}" for number in range(MOST))

points = st.integers(0, 30).map(lambda low: Number(low, low))
# All open bands begin at one step: of several steps a list leaves only the highest open.
bands = st.builds(
    lambda low, wide: Number(low, low + wide), st.integers(0, 30), st.integers(1, 9)
) | st.just(Number(15, None))


@st.composite
def datasets(draw: st.DrawFn) -> list[Entity]:
    def texts(values: tuple[str, ...], least: int = 0) -> list[str]:
        return draw(st.lists(st.sampled_from(values), min_size=least, max_size=2, unique=True))

    return [
        Entity(
            key,
            {"city": texts(CITIES), "domain": texts(TRADES), "list": texts(LISTS, 1)},
            {
                "founded": draw(st.lists(points, max_size=2, unique=True)),
                "headcount": draw(st.lists(points | bands, max_size=2, unique=True)),
            },
        )
        for key in KEYS[: draw(st.integers(1, MOST))]
    ]


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Intervals that hold at least one whole number, or none because they are upside down."""
    low = draw(st.just(-inf) | st.integers(0, 32))
    high = draw(st.just(inf) | st.integers(0, 34))
    interval = Interval(low, high, draw(st.booleans()), draw(st.booleans()))
    whole = any(naive.lies(number, interval) for number in range(-1, naive.FAR + 2))
    return interval if whole or interval.empty else Interval(low, high)


def somebody(count: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(KEYS[:count]), unique=True, max_size=3).map(tuple)


def leaves(count: int) -> st.SearchStrategy[Predicate]:
    somewhere = st.sampled_from(sorted(TEXTS)).flatmap(
        lambda field: st.builds(
            In,
            st.just(field),
            st.lists(st.sampled_from((*TEXTS[field], "无")), max_size=2).map(tuple),
            contains=st.booleans() if field == "domain" else st.just(False),
        )
    )
    one = st.sampled_from(KEYS[:count])
    fields = st.sampled_from((*TEXTS, *NUMBERS))
    return st.one_of(
        somewhere,
        st.builds(Within, st.sampled_from(NUMBERS), intervals()),
        st.builds(Blank, fields),
        st.builds(Named, somebody(count)),
        st.builds(Among, somebody(count)),
        st.builds(
            Listed, st.lists(st.sampled_from((*LISTS, "c.md"))).map(tuple), only=st.booleans()
        ),
        st.builds(Same, fields, one),
        st.builds(Beyond, st.sampled_from(NUMBERS), one, st.booleans()),
    )


def predicates(count: int) -> st.SearchStrategy[Predicate]:
    return st.recursive(
        leaves(count),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda parts: And(tuple(parts))),
            st.lists(inner, max_size=3).map(lambda parts: Or(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=6,
    )


def orders() -> st.SearchStrategy[Order]:
    return st.builds(
        Order,
        st.sampled_from(NUMBERS),
        st.booleans(),
        limit=st.none() | st.integers(1, 4),
        place=st.none() | st.integers(1, 4),
    )


def cases() -> st.SearchStrategy[tuple[list[Entity], Predicate]]:
    return datasets().flatmap(lambda data: st.tuples(st.just(data), predicates(len(data))))


def selected(data: list[Entity], where: Predicate) -> list[Entity]:
    return [one for one in data if naive.judge(where, one, data) is True]


def keys(entities: list[Entity]) -> tuple[str, ...]:
    return tuple(one.key for one in entities)


generated = settings(max_examples=40, deadline=None)


@generated
@given(cases())
def test_a_selection_holds_what_certainly_fulfils_the_predicate_and_counts_the_unknown(
    case: tuple[list[Entity], Predicate],
) -> None:
    data, where = case
    found = searcher_over(data).search(Query(Rows(), where)).selected
    expected = selected(data, where)
    unknown = [one for one in data if naive.judge(where, one, data) is None]
    assert found.ids == keys(expected)
    assert found.total == len(expected)
    assert [hit.company.id for hit in found.hits] == list(found.ids)
    assert found.unknown_total == len(unknown)
    assert [one.id for one in found.unknown] == [one.key for one in unknown][:5]


def _companies_of(predicate: Predicate) -> set[str]:
    """Return the companies that a predicate compares others with."""
    if isinstance(predicate, Same | Beyond):
        return {predicate.company}
    parts = predicate.parts if isinstance(predicate, And | Or) else ()
    within = (predicate.part,) if isinstance(predicate, Not) else parts
    return {one for part in within for one in _companies_of(part)}


@generated
@given(cases(), cases())
def test_preferred_entities_stand_first_and_none_is_left_out(
    case: tuple[list[Entity], Predicate], other: tuple[list[Entity], Predicate]
) -> None:
    data, where = case
    preferred = other[1]
    assume(_companies_of(preferred) <= {one.key for one in data})
    found = searcher_over(data).search(Query(Rows(preferred=preferred), where)).selected
    matching = selected(data, where)
    first = [one.key for one in matching if naive.judge(preferred, one, data) is True]
    assert sorted(found.ids) == sorted(keys(matching))
    if preferred != EVERYTHING:
        assert (found.ids[: len(first)], found.preferred) == (tuple(first), len(first))


@generated
@given(cases(), orders())
def test_an_order_has_its_head_with_ties_or_what_stands_at_a_place(
    case: tuple[list[Entity], Predicate], order: Order
) -> None:
    data, where = case
    found = searcher_over(data).search(Query(Rows(order=order), where)).selected
    matching = selected(data, where)
    assert found.ids == keys(naive.ordered(matching, order))
    assert found.total == len(found.ids)
    assert found.unknown_total == sum(not one.numbers[order.field] for one in matching)


@generated
@given(cases(), st.integers(0, 9), st.integers(1, 4), st.none() | orders())
def test_pages_put_together_are_the_whole_result(
    case: tuple[list[Entity], Predicate], start: int, size: int, order: Order | None
) -> None:
    data, where = case
    search, query = searcher_over(data), Query(Rows(order=order), where)
    whole = search.search(query).selected
    page = search.search(query, Page(start, size)).selected
    assert page.total == whole.total
    assert [hit.company.id for hit in page.hits] == list(whole.ids)[start : start + size]
    assert page.ids == whole.ids[start:]


@generated
@given(cases(), st.sampled_from(("city", "domain", "list", "decade")))
def test_groups_hold_every_selected_entity_of_their_value(
    case: tuple[list[Entity], Predicate], field: str
) -> None:
    data, where = case
    ask = Group(field)
    evidence = searcher_over(data).search(Query(ask, where))
    expected = naive.grouped(ask, selected(data, where))
    assert {one.key: one.figure for one in evidence.groups} == {
        key: len(members) for key, members in expected.items()
    }
    assert {one.key: [that.id for that in one.members] for one in evidence.groups} == {
        key: list(keys(members))[:3] for key, members in expected.items()
    }
    figures = [one.figure for one in evidence.groups]
    assert field == "decade" or figures == sorted(figures, reverse=True)


FUNCTIONS = ("min", "max", "mean", "median", "sum")


@generated
@given(cases(), st.sampled_from(FUNCTIONS), st.sampled_from(NUMBERS))
def test_figures_are_made_of_the_first_number_of_each_entity(
    case: tuple[list[Entity], Predicate], function: str, field: str
) -> None:
    data, where = case
    ask = Aggregate(function, field)
    search = searcher_over(data)
    matching = selected(data, where)
    figure = search.search(Query(ask, where)).figure
    expected = naive.figure(ask, matching)
    assert figure is not None
    assert figure.value == (None if expected is None else pytest.approx(expected))
    assert figure.known == sum(bool(one.numbers[field]) for one in matching)
    assert figure.known + figure.unknown == len(matching)
    groups = search.search(Query(Group("city", measure=ask), where)).groups
    measured = {
        key: naive.figure(ask, members)
        for key, members in naive.grouped(Group("city"), matching).items()
    }
    told = {key: value for key, value in measured.items() if value is not None}
    assert {one.key: one.figure for one in groups} == pytest.approx(told)


@generated
@given(cases(), st.data())
def test_shares_universals_and_verdicts_follow_from_the_sets(
    case: tuple[list[Entity], Predicate], data: st.DataObject
) -> None:
    entities, where = case
    whole = data.draw(predicates(len(entities)))
    search = searcher_over(entities)
    here, there = selected(entities, where), selected(entities, whole)
    share = search.search(Query(Share(whole), where))
    assert share.selected.ids == keys([one for one in there if one in here])
    assert share.whole is not None
    assert share.whole.total == len(there)
    every = search.search(Query(Exists(universal=True, whole=whole), where))
    against = [one.key for one in there if naive.judge(where, one, entities) is False]
    assert [hit.company.id for hit in every.selected.related] == against[:5]
    member = search.search(Query(Member(keys(entities)), where))
    assert dict(member.verdicts) == {one.key: naive.judge(where, one, entities) for one in entities}


@generated
@given(cases(), st.data())
def test_conjunction_never_grows_disjunction_never_shrinks_negation_splits_what_is_known(
    case: tuple[list[Entity], Predicate], data: st.DataObject
) -> None:
    entities, where = case
    other = data.draw(predicates(len(entities)))
    search = searcher_over(entities)

    def ids(predicate: Predicate) -> set[str]:
        return set(search.search(Query(Count(), predicate)).selected.ids)

    assert ids(And((where, other))) <= ids(where) <= ids(Or((where, other)))
    found = search.search(Query(Count(), where)).selected
    assert not ids(where) & ids(Not(where))
    assert len(ids(where)) + len(ids(Not(where))) + found.unknown_total == len(entities)


def test_the_figures_of_several_queries_are_found_together() -> None:
    search = searcher_over([Entity("c0", {"city": ["苏州"]}, {}), Entity("c1", {}, {})])
    parts = (Query(Count(), In("city", ("苏州",))), Query(Count()))
    found = search.search(Query(Combine("difference", parts)))
    assert [part.selected.total for part in found.parts] == [1, 2]


def headcount(low: int, high: int | None, interval: Interval) -> bool | None:
    search: Searcher = searcher_over([Entity("c0", {}, {"headcount": [Number(low, high)]})])
    ask = Member(("c0",))
    return dict(search.search(Query(ask, Within("headcount", interval))).verdicts)["c0"]


@pytest.mark.parametrize(
    ("low", "high", "interval", "verdict"),
    [
        (500, 1000, Interval(800), None),
        (500, 1000, Interval(500), True),
        (5000, None, Interval(5000, low_open=True), True),
        (5000, None, Interval(5001), True),
        (5000, None, Interval(high=5000), False),
        (5000, None, Interval(6000), None),
        (200, 500, Interval(high=500, high_open=True), True),
        (200, 500, Interval(high=499), True),
        (200, 500, Interval(500), False),
        (1000, 5000, Interval(1000, low_open=True), True),
        (500, 500, Interval(500, low_open=True), False),
        (499, 499, Interval(500), False),
    ],
)
def test_bands_of_head_counts_do_not_hold_their_ends(
    low: int, high: int | None, interval: Interval, verdict: bool | None
) -> None:
    assert headcount(low, high, interval) is verdict
