"""Numbers of questions as intervals."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.parsing.measures import Unit, founding_years, read_number
from assistant.parsing.numbers import read_measures
from index.schema.interval import Interval

_YEAR = 2025


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5千", 5000), ("1.2万", 12000), ("两千五", 2500), ("一千零五", 1005),
        ("三百二十万", 3_200_000),
        ("一个亿", 1e8), ("1亿2000万", 1.2e8), ("二点八", 2.8), ("十五", 15), ("二零一九", 2019),
        ("半", 0.5),
    ],
)  # fmt: skip
def test_numerals_are_read_as_numbers(text: str, number: float) -> None:
    assert read_number(text) == pytest.approx(number)


@pytest.mark.parametrize(
    ("text", "interval", "unit"),
    [
        ("员工不到500人", Interval(high=500, high_open=True), Unit.PEOPLE),
        ("500到1000人", Interval(500, 1000), Unit.PEOPLE),
        ("1-2万人", Interval(10_000, 20_000), Unit.PEOPLE),
        ("5000+人", Interval(low=5000), Unit.PEOPLE),
        ("上万人", Interval(low=10_000), Unit.PEOPLE),
        ("不超过1000人", Interval(high=1000), Unit.PEOPLE),
        ("2015年以后成立", Interval(low=2015), Unit.YEAR),
        ("2010年及以前", Interval(high=2010), Unit.YEAR),
        ("2010年以前", Interval(high=2010, high_open=True), Unit.YEAR),
        ("2010年（含）以前", Interval(high=2010), Unit.YEAR),
        ("15年成立", Interval.point(2015), Unit.YEAR),
        ("九十年代", Interval(1990, 1999), Unit.YEAR),
        ("近十年", Interval(low=2015), Unit.YEAR),
        ("去年", Interval.point(2024), Unit.YEAR),
        ("三年以上", Interval(low=3), Unit.AGE),
        ("一年半", Interval.point(1.5), Unit.AGE),
        ("18个月", Interval.point(1.5), Unit.AGE),
        ("不足七成", Interval(high=70, high_open=True), Unit.PERCENT),
        ("七成五", Interval.point(75), Unit.PERCENT),
        ("百分之二点八", Interval.point(2.8), Unit.PERCENT),
        ("二十五分之一", Interval.point(4), Unit.PERCENT),
        ("超过一半", Interval(low=50, low_open=True), Unit.PERCENT),
        ("发明专利至少2项", Interval(low=2), Unit.ITEMS),
        ("介于300和500之间", Interval(300, 500), Unit.PLAIN),
    ],
)
def test_a_number_with_its_comparator_is_an_interval(
    text: str, interval: Interval, unit: Unit
) -> None:
    (measure,) = read_measures(text, _YEAR)
    assert (measure.interval, measure.unit) == (interval, unit)


@pytest.mark.parametrize("text", ["5g芯片", "300mm硅片", "十二寸晶圆", "一下", "人形机器人"])
def test_words_with_numerals_are_no_numbers(text: str) -> None:
    assert read_measures(text, _YEAR) == []


@given(st.integers(1, 99_999), st.sampled_from(["超过", "不到", "至少", "不超过"]))
def test_the_threshold_itself_belongs_to_the_closed_comparators_only(
    number: int, comparator: str
) -> None:
    (measure,) = read_measures(f"员工{comparator}{number}人", _YEAR)
    point = Interval.point(number)
    assert measure.interval.contains(point) is (comparator in ("至少", "不超过"))


def test_an_age_bounds_the_year_of_founding() -> None:
    assert founding_years(Interval(low=10), _YEAR) == Interval(-inf, 2015)
    assert founding_years(Interval(high=3, high_open=True), _YEAR) == Interval(
        2022, inf, low_open=True
    )


def test_neighbouring_digits_are_a_range() -> None:
    assert [one.interval for one in read_measures("两三百人", 2026)] == [Interval(200, 300)]
