from __future__ import annotations

import pytest

from assistant.understanding.numbers import read_bounds, read_group, read_number, read_order

YEAR = 2025


@pytest.mark.parametrize(
    ("text", "number"),
    [("5000", 5000), ("5,000", 5000), ("五千", 5000), ("5千", 5000), ("万", 10000), ("两", 2)],
)
def test_numbers_are_read_in_digits_and_numerals(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "field", "low", "high"),
    [
        ("九十年代成立的", "founded", 1990, 1999),
        ("2010年代成立的", "founded", 2010, 2019),
        ("00年代", "founded", 2000, 2009),
        ("近五年成立的", "founded", 2020, None),
        ("成立超过20年以上的", "founded", None, 2005),
        ("2015年及以前", "founded", None, 2015),
        ("founded after 2015", "founded", 2016, None),
        ("员工200-500人这一档", "headcount", 200, 500),
        ("万人以上", "headcount", 10000, None),
        ("more than 5000 employees", "headcount", 5001, None),
        ("400家以上的城市", "count", 400, None),
        ("不到300家的城市", "count", None, 299),
    ],
)
def test_bounds_are_inclusive(text, field, low, high):
    (bound,) = read_bounds(text, YEAR)
    assert (bound.condition.field, bound.condition.low, bound.condition.high) == (field, low, high)


@pytest.mark.parametrize("text", ["第二批", "3%", "2项专利", "苏州的企业", "688286"])
def test_other_numbers_bound_nothing(text):
    assert list(read_bounds(text, YEAR)) == []


@pytest.mark.parametrize(
    ("text", "field", "descending", "first", "place"),
    [
        ("最早成立的三家", "founded", False, 3, None),
        ("最年轻的企业", "founded", True, None, None),
        ("员工最多的前五家", "headcount", True, 5, None),
        ("规模最小的", "headcount", False, None, None),
        ("小巨人最多的城市", "count", True, None, None),
        ("数量最少的城市", "count", False, None, None),
        ("小巨人数量排名第三的城市", "count", True, None, 3),
    ],
)
def test_orders_say_field_direction_and_how_many(text, field, descending, first, place):
    order = read_order(text)
    assert order is not None
    found = (order.field, order.descending, order.first, order.place)
    assert found == (field, descending, first, place)


def test_no_order_is_none():
    assert read_order("苏州有哪些小巨人") is None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("哪个城市最多", "city"),
        ("各批次有几家", "batch"),
        ("按板块统计", "exchange"),
        ("苏州", None),
    ],
)
def test_group_is_the_field_counted_by(text, group):
    assert read_group(text) == group
