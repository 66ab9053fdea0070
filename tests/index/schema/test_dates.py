from __future__ import annotations

from math import inf

import pytest

from index.schema.dates import Day, parse_day, parse_year, without_dates, years
from index.schema.interval import Interval


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2007年", 2007),
        ("２００７年", 2007),
        ("1997-05-01", 1997),
        ("成立于2015年，2016年更名", 2015),
        ("2015-2018", 2015),
        ("二〇一五年", 2015),
        ("1665年", 1665),
        ("1799", None),
        ("2100年", None),
        ("12007", None),
        ("未知", None),
        ("", None),
    ],
)
def test_year_is_the_first_of_a_text(text: str, year: int | None) -> None:
    assert parse_year(text) == year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015年7月9日", Day(2015, 7, 9)),
        ("2015-07-09", Day(2015, 7, 9)),
        ("2015/7/9", Day(2015, 7, 9)),
        ("2015.07.09", Day(2015, 7, 9)),
        ("20150709", Day(2015, 7, 9)),
        ("2015年7月", Day(2015, 7)),
        ("2015-7", Day(2015, 7)),
        ("2015年", Day(2015)),
        ("2015年13月", Day(2015)),
        ("2015-02-30", Day(2015, 2)),
        ("42194", None),
    ],
)
def test_date_is_read_in_the_forms_that_sources_use(text: str, day: Day | None) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("42194", Day(2015, 7, 9)), ("42194.0", Day(2015, 7, 9)), ("99999", None), ("5000", None)],
)
def test_number_of_a_spreadsheet_is_a_date_in_a_column_of_dates(text: str, day: Day | None) -> None:
    assert parse_day(text, serials=True) == day


def test_date_spans_from_the_first_to_the_last_day_that_it_may_be() -> None:
    assert Day(2015, 1, 1).interval == Interval.point(2015.0)
    assert Day(2015).interval == Interval(2015.0, 2015 + 364 / 365)
    assert Day(2015, 7).interval.low == pytest.approx(2015 + 181 / 365)
    assert years(2015, 2015).contains(Day(2015, 12, 31).interval)
    assert not years(2015, 2015).overlaps(Day(2016, 1, 1).interval)


def test_years_may_be_open_at_either_end() -> None:
    assert years(2015, None) == Interval(2015, inf)
    assert years(None, 2015).contains(Interval.point(1665))


def test_text_loses_its_dates_and_keeps_other_numbers() -> None:
    assert without_dates("2023年底员工5000人").strip() == "员工5000人"
    assert without_dates("成立15年") == "成立15年"
