"""Predicates taken apart and put together."""

from __future__ import annotations

import pytest
from hypothesis import given

from assistant.predicates import (
    alternative,
    atoms,
    axis,
    conjunction,
    conjuncts,
    flatten,
    labels,
    replacing,
    without,
)
from assistant.query import (
    EVERYTHING,
    About,
    Among,
    And,
    Blank,
    In,
    Listed,
    Named,
    Not,
    Or,
    Same,
    Within,
)
from index.schema.interval import Interval
from tests.assistant.predicates_strategy import WORLD, holds, predicates, selected

SUZHOU, ZHEJIANG = In("city", ("苏州",), "苏州"), In("province", ("浙江",), "浙江")
STAR, UNLISTED = In("exchange", ("科创板",), "科创板"), In("listing", ("unlisted",), "未上市")
RECENT = Within("founded", Interval(low=2018), "2018年以后")


@given(predicates)
def test_canonical_form_holds_for_the_same_rows(predicate):
    flat = flatten(predicate)
    assert [holds(flat, row) for row in WORLD] == [holds(predicate, row) for row in WORLD]


@given(predicates)
def test_canonical_form_is_its_own_canonical_form(predicate):
    assert flatten(flatten(predicate)) == flatten(predicate)


@given(predicates)
def test_conjuncts_together_are_the_predicate(predicate):
    assert conjunction(conjuncts(predicate)) == flatten(predicate)


@given(predicates, predicates)
def test_conjunction_never_grows_and_alternative_never_shrinks(one, other):
    assert selected(conjunction((one, other))) == selected(one) & selected(other)
    assert selected(alternative((one, other))) == selected(one) | selected(other)


@given(predicates, predicates)
def test_replacing_something_by_itself_changes_nothing(predicate, part):
    assert replacing(predicate, part, part) == flatten(predicate)


@pytest.mark.parametrize(
    ("predicate", "narrowed"),
    [
        (SUZHOU, "area"),
        (ZHEJIANG, "area"),
        (In("district", ("南山区",)), "area"),
        (Or((SUZHOU, ZHEJIANG)), "area"),
        (And((In("district", ("南山区",)), SUZHOU)), "area"),
        (Not(SUZHOU), "area"),
        (STAR, "market"),
        (UNLISTED, "market"),
        (RECENT, "founded"),
        (Same("founded", "c1"), "founded"),
        (Blank("headcount"), "headcount"),
        (In("融资轮次", ("d轮",)), "融资轮次"),
        (About("芯片"), "topic"),
        (Not(About("芯片")), "topic"),
        (Not(Named(("c1",))), "company"),
        (Listed(("a.md",)), "list"),
        (Among(("c1",)), "within"),
        (Or((UNLISTED, RECENT)), "either"),
    ],
)
def test_axis_is_what_a_predicate_narrows(predicate, narrowed):
    assert axis(predicate) == narrowed


def test_branch_taken_off_leaves_the_other_branches():
    predicate = And((SUZHOU, Or((UNLISTED, And((RECENT, STAR))))))
    assert without(predicate, UNLISTED) == And((SUZHOU, RECENT, STAR))
    assert without(predicate, RECENT) == And((SUZHOU, Or((UNLISTED, STAR))))


def test_alternative_without_any_branch_narrows_nothing():
    assert without(Or((UNLISTED, RECENT)), And((UNLISTED, RECENT))) == EVERYTHING


def test_labels_are_the_words_of_the_conjuncts():
    predicate = And((SUZHOU, Not(STAR), Or((UNLISTED, RECENT)), About("AI芯片")))
    assert labels(predicate) == ("苏州", "非科创板", "未上市或2018年以后", "AI芯片")


def test_atoms_of_a_negated_alternative_are_negated():
    assert list(atoms(Not(Or((SUZHOU, Not(STAR)))))) == [Not(SUZHOU), STAR]
