"""Edits of a query."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.dialogue.edits import (
    Add,
    AskFor,
    Instead,
    Keep,
    Project,
    Remove,
    Replace,
    Sort,
    Widen,
    apply,
    apply_all,
)
from assistant.predicates import atoms, axis, conjunction, conjuncts, flatten, named_ids
from assistant.query import (
    EVERYTHING,
    About,
    Compare,
    Count,
    Explain,
    Fact,
    Group,
    In,
    Judge,
    Lookup,
    Named,
    Not,
    Order,
    Query,
    Rows,
    Within,
)
from index.schema.interval import Interval
from tests.assistant.predicates_strategy import conditions, predicates, selected

SUZHOU, HANGZHOU = In("city", ("苏州",), "苏州"), In("city", ("杭州",), "杭州")
ZHEJIANG = In("province", ("浙江",), "浙江")
RECENT = Within("founded", Interval(low=2018), "2018年以后")
OLDEST = Order("founded", descending=False, limit=3, label="最早的三家")


@given(predicates, predicates)
def test_condition_added_takes_no_condition_away(where, part):
    after = apply(Query(Rows(), where), Add(part)).where
    assert set(conjuncts(where)) <= set(conjuncts(after))
    assert selected(after) <= selected(where)


@given(predicates, predicates)
def test_condition_added_and_removed_leaves_the_query(where, part):
    assume(set(atoms(flatten(where))).isdisjoint(atoms(flatten(part))))
    query = Query(Rows(), flatten(where))
    assert apply_all(query, (Add(part), Remove(part))) == query


@given(predicates, conditions)
def test_condition_added_twice_is_added_once(where, part):
    once = apply(Query(Count(), where), Add(part))
    assert apply(once, Add(part)) == once


@given(predicates, conditions, conditions)
def test_replacement_undone_leaves_the_query(where, old, new):
    assume(new not in list(atoms(flatten(where))))
    query = Query(Rows(), flatten(where))
    assume(Not(new) not in list(atoms(query.where)))
    assert apply_all(query, (Replace(old, new), Replace(new, old))) == query


@given(predicates, conditions)
def test_condition_instead_is_the_only_one_of_its_axis(where, part):
    after = apply(Query(Rows(), where), Instead(part)).where
    assert [one for one in conjuncts(after) if axis(one) == axis(part)] == [part]


@given(predicates, st.sampled_from(["area", "founded", "company", "either"]))
def test_axis_widened_is_narrowed_no_more(where, told):
    after = apply(Query(Rows(), where), Widen(told)).where
    assert all(axis(one) != told for one in conjuncts(after))
    assert selected(where) <= selected(after)


@given(predicates)
def test_all_conditions_kept_are_the_query(where):
    query = Query(Rows(), flatten(where))
    assert apply(query, Keep(conjuncts(where))) == query
    assert apply(query, Keep(())).where == EVERYTHING


@given(predicates)
def test_another_ask_leaves_the_selection(where):
    query = Query(Rows(), flatten(where))
    for edit in (AskFor(Count()), Sort(OLDEST), Project(("headcount",))):
        assert apply(query, edit).where == query.where


def test_city_takes_the_place_of_a_province_and_leaves_the_rest():
    query = Query(Rows(), conjunction((ZHEJIANG, RECENT)))
    assert apply(query, Instead(SUZHOU)).where == conjunction((RECENT, SUZHOU))


def test_field_asked_of_a_count_asks_for_the_rows():
    assert apply(Query(Count(), SUZHOU), Project(("website",))).ask == Rows(("website",))


def test_order_given_and_taken_away():
    query = Query(Rows(("website",)), SUZHOU)
    ordered = apply(query, Sort(OLDEST))
    assert ordered.ask == Rows(("website",), OLDEST)
    assert apply(ordered, Sort(None)) == query
    assert apply(Query(Count(), SUZHOU), Sort(OLDEST)).ask == Rows(order=OLDEST)
    assert apply(Query(Group("city"), SUZHOU), Sort(None)).ask == Group("city")


def test_comparison_of_which_one_company_is_left_is_a_look_up():
    query = Query(Compare(("headcount",)), Named(("c1", "c2")))
    assert apply(query, Instead(Named(("c1",)))).ask == Lookup(("headcount",))


def test_look_up_of_nobody_asks_for_all():
    assert apply(Query(Lookup(("city",)), Named(("c1",))), Keep(())).ask == Rows(("city",))


def test_verdict_without_facts_is_the_rules():
    judged = Query(Judge((Fact("patents", Interval.point(3)),)))
    assert apply(judged, AskFor(Judge(()))).ask == Explain("", whole=True)


def test_companies_excluded_are_not_named():
    where = conjunction((Named(("c1",)), Not(Named(("c2", "c3"))), About("芯片")))
    assert named_ids(where) == ("c1",)
