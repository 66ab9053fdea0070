"""Counting companies by what they are browsed by."""

from __future__ import annotations

import pytest

from assistant.browsing.catalog import Catalog
from assistant.browsing.charts import Chart, Charts
from assistant.browsing.facets import Numbers
from assistant.browsing.selection import Selection
from index.store.columns import ColumnStore
from index.store.records import Records


@pytest.fixture(scope="module")
def catalog(seed_records: Records) -> Catalog:
    return Catalog(seed_records, ColumnStore(seed_records))


@pytest.fixture(scope="module")
def charts(catalog: Catalog, seed_records: Records) -> Charts:
    return Charts(catalog, ColumnStore(seed_records))


@pytest.fixture(scope="module")
def everything(catalog: Catalog) -> Numbers:
    return catalog.matching(Selection())


@pytest.fixture(scope="module")
def drawn(charts: Charts, everything: Numbers) -> dict[str, Chart]:
    return {chart.key: chart for chart in charts.of(everything)}


def test_every_bar_counts_what_browsing_by_it_finds(
    catalog: Catalog, charts: Charts, everything: Numbers, drawn: dict[str, Chart]
) -> None:
    for chart in drawn.values():
        for bar in chart.bars:
            found = catalog.matching(Selection(chosen={chart.key: (bar.key,)}))
            assert bar.count == len(found), (chart.key, bar.key)
            assert charts.having(everything, chart.key, bar.key).tolist() == found.tolist()


def test_only_the_companies_handed_in_are_counted(catalog: Catalog, charts: Charts) -> None:
    suzhou = catalog.matching(Selection(chosen={"city": ("苏州",)}))
    drawn = {chart.key: chart for chart in charts.of(suzhou)}
    assert [(bar.label, bar.count) for bar in drawn["city"].bars] == [("苏州", 5)]
    assert charts.of(suzhou[:0]) == ()


def test_companies_without_a_value_are_counted_apart(drawn: dict[str, Chart]) -> None:
    assert drawn["batch"].unknown == 15
    assert sum(bar.count for bar in drawn["batch"].bars) == 33
    assert drawn["city"].unknown == 0


def test_longest_bar_stands_first_where_values_have_no_order(drawn: dict[str, Chart]) -> None:
    for key in ("city", "domain"):
        counts = [bar.count for bar in drawn[key].bars]
        assert counts == sorted(counts, reverse=True)
        assert drawn[key].most == counts[0]


def test_values_that_follow_one_another_keep_their_order(drawn: dict[str, Chart]) -> None:
    assert [bar.label for bar in drawn["founded"].bars] == ["1990–1999", "2000–2009", "2010–2019"]
    assert [bar.label for bar in drawn["batch"].bars][:2] == ["第一批", "第二批"]


def test_exchanges_stand_below_what_is_listed(drawn: dict[str, Chart]) -> None:
    first, *others = drawn["listing"].bars
    assert (first.key, first.part) == ("listed", False)
    parts = [bar.part for bar in others]
    assert parts.index(False) > 0
    assert not any(parts[parts.index(False) :])


def test_one_list_alone_is_no_chart(drawn: dict[str, Chart]) -> None:
    assert "list" not in drawn


def test_value_that_no_company_has_is_called_as_it_is(charts: Charts) -> None:
    assert charts.label("batch", "3") == "第三批"
    assert charts.label("city", "<b>") == "<b>"


def test_years_without_a_founding_are_among_the_years(charts: Charts, everything: Numbers) -> None:
    years = charts.founding_years(everything)
    assert [one.year for one in years] == list(range(1997, 2020))
    assert sum(one.count for one in years) == 33
    assert any(one.count == 0 for one in years)
    assert charts.founding_years(everything[:0]) == ()
