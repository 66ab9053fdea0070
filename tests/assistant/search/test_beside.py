"""What stands beside a number of the statistics, and beside a list that holds nothing."""

from __future__ import annotations

from math import inf

from assistant.query import (
    About,
    And,
    Count,
    In,
    Listed,
    Or,
    Order,
    Query,
    Relation,
    Rows,
    Within,
)
from assistant.search.beside import companies_beside, places_named
from index.schema.interval import Interval

BEIJING = In("place", ("北京",), "北京")
HERE = Or((In("city", ("北京",), "北京"), In("province", ("北京",), "北京")))


def of_statistics(ask, where):
    return companies_beside(Query(ask, where, Relation.STATISTICS))


def test_number_of_a_place_stands_beside_its_companies():
    assert of_statistics(Rows(("count",)), BEIJING) == HERE
    assert of_statistics(Count(), And((BEIJING, Listed(("a.md",))))) == And(
        (HERE, Listed(("a.md",)))
    )


def test_other_columns_orders_and_bounds_have_no_companies_beside_them():
    assert of_statistics(Rows(("domains",)), BEIJING) is None
    assert of_statistics(Rows(("count",), Order("count", descending=True)), BEIJING) is None
    bound = Within("count", Interval(-inf, 300))
    assert of_statistics(Rows(("count",)), And((BEIJING, bound))) is None
    assert companies_beside(Query(Count(), BEIJING)) is None


def test_places_of_companies_are_those_named():
    where = And((In("city", ("成都",), "成都"), About("芯片", ("芯片",))))
    assert places_named(where) == {"成都"}
    assert places_named(In("city", ("成都",))) == frozenset()
