"""Counting companies by what they are browsed by."""

from __future__ import annotations

import pytest

from assistant.catalog import Catalog, Selection
from assistant.charts import Chart, Charts, founding_years
from index.types import Corpus


@pytest.fixture(scope="module")
def drawn(seed_corpus: Corpus) -> dict[str, Chart]:
    return {chart.key: chart for chart in Charts(seed_corpus).of(seed_corpus.companies)}


def test_every_bar_counts_what_browsing_by_it_finds(
    seed_corpus: Corpus, drawn: dict[str, Chart]
) -> None:
    catalog = Catalog(seed_corpus)
    charts = Charts(seed_corpus)
    for chart in drawn.values():
        for bar in chart.bars:
            found = catalog.select(Selection(chosen={chart.key: (bar.key,)})).companies
            assert bar.count == len(found), (chart.key, bar.key)
            assert charts.having(seed_corpus.companies, chart.key, bar.key) == found


def test_only_the_companies_handed_in_are_counted(seed_corpus: Corpus) -> None:
    suzhou = [one for one in seed_corpus.companies if one.facts("city") == ("苏州",)]
    drawn = {chart.key: chart for chart in Charts(seed_corpus).of(suzhou)}
    assert [(bar.label, bar.count) for bar in drawn["city"].bars] == [("苏州", 5)]
    assert Charts(seed_corpus).of([]) == ()


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


def test_value_that_no_company_has_is_called_as_it_is(seed_corpus: Corpus) -> None:
    charts = Charts(seed_corpus)
    assert charts.label("batch", "3") == "第三批"
    assert charts.label("city", "<b>") == "<b>"


def test_years_without_a_founding_are_among_the_years(seed_corpus: Corpus) -> None:
    years = founding_years(seed_corpus.companies)
    assert [one.year for one in years] == list(range(1997, 2020))
    assert sum(one.count for one in years) == 33
    assert any(one.count == 0 for one in years)
    assert founding_years([]) == ()
