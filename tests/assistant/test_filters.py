from __future__ import annotations

import pytest

from assistant.filters import fulfils, select
from assistant.types import Condition
from index.places.gazetteer import load_gazetteer
from index.types import Company, CompanyRow, Facts, Headcount, Listing, ListingStatus, Origin

ORIGIN = Origin("list.md", (), 1, 1, "")


def company(name: str, *facts: Facts) -> Company:
    return Company(name, name, (), tuple(CompanyRow(name, {}, one, ORIGIN) for one in facts))


SUZHOU = Facts(
    founded=2007,
    headcount=Headcount(500, 1000),
    listing=Listing(ListingStatus.LISTED, "科创板", "688286"),
    batch=2,
    city="苏州",
    province="江苏",
    district="工业园区",
)
UNSAID = Facts(city="苏州", province="江苏")
OPEN_ENDED = Facts(headcount=Headcount(5000, None))
NONPROFIT = Facts(listing=Listing(ListingStatus.OTHER))


def one_of(field: str, *values: str | int) -> Condition:
    return Condition(field, str(values[0]), frozenset(values))


@pytest.mark.parametrize(
    ("condition", "facts", "verdict"),
    [
        (one_of("city", "苏州"), SUZHOU, True),
        (one_of("city", "上海"), SUZHOU, False),
        (one_of("province", "江苏"), SUZHOU, True),
        (Condition("region", "长三角"), SUZHOU, True),
        (Condition("region", "珠三角"), SUZHOU, False),
        (Condition("region", "长三角"), Facts(), None),
        (one_of("batch", 2), SUZHOU, True),
        (one_of("batch", 2), UNSAID, None),
        (one_of("exchange", "科创板"), SUZHOU, True),
        (one_of("exchange", "港交所"), SUZHOU, False),
        (one_of("exchange", "港交所"), UNSAID, None),
        (one_of("listing", "listed"), SUZHOU, True),
        (one_of("listing", "unlisted"), NONPROFIT, False),
        (one_of("listing", "listed"), NONPROFIT, False),
        (Condition("founded", "2007年", low=2007, high=2007), SUZHOU, True),
        (Condition("founded", "2010年以后", low=2010), SUZHOU, False),
        (Condition("founded", "2010年以前", high=2009), UNSAID, None),
        (Condition("headcount", "500人以上", low=500), SUZHOU, True),
        (Condition("headcount", "800人以上", low=800), SUZHOU, None),
        (Condition("headcount", "2000人以上", low=2000), SUZHOU, False),
        (Condition("headcount", "500人以下", high=499), SUZHOU, False),
        (Condition("headcount", "5000人以下", high=5000), OPEN_ENDED, None),
        (
            Condition("district", "海淀区", frozenset({"海淀区"}), cities=frozenset({"北京"})),
            UNSAID,
            False,
        ),
        (
            Condition("district", "工业园区", frozenset({"工业园区"}), cities=frozenset({"苏州"})),
            UNSAID,
            None,
        ),
    ],
)  # fmt: skip
def test_verdict_is_yes_no_or_unknown(condition, facts, verdict):
    assert fulfils(company("甲", facts), condition, load_gazetteer()) is verdict


def test_one_row_that_fulfils_a_condition_is_enough():
    disagreeing = company("甲", Facts(founded=2010), Facts(founded=2015))
    gazetteer = load_gazetteer()
    assert fulfils(disagreeing, Condition("founded", "2015年", low=2015, high=2015), gazetteer)
    assert fulfils(disagreeing, Condition("founded", "2010年", low=2010, high=2010), gazetteer)


def test_places_are_alternatives_and_other_conditions_hold_together():
    suzhou = company("苏州甲", SUZHOU)
    shanghai = company("上海乙", Facts(city="上海", province="上海", batch=2))
    third = company("上海丙", Facts(city="上海", province="上海", batch=3))
    conditions = [one_of("province", "江苏"), one_of("city", "上海"), one_of("batch", 2)]
    selection = select([suzhou, shanghai, third], conditions, load_gazetteer())
    assert [one.name for one in selection.matching] == ["苏州甲", "上海乙"]


def test_two_bounds_on_the_year_hold_together():
    years = [company(str(year), Facts(founded=year)) for year in (2009, 2012, 2016)]
    conditions = [
        Condition("founded", "2010年以后", low=2010),
        Condition("founded", "2015年以前", high=2014),
    ]
    selection = select(years, conditions, load_gazetteer())
    assert [one.name for one in selection.matching] == ["2012"]


def test_company_that_no_row_speaks_of_is_unknown_unless_another_condition_excludes_it():
    here, elsewhere = company("苏州甲", UNSAID), company("上海乙", Facts(city="上海"))
    conditions = [one_of("city", "苏州"), one_of("batch", 2)]
    selection = select([here, elsewhere], conditions, load_gazetteer())
    assert selection.matching == ()
    assert selection.unknown == (here,)
