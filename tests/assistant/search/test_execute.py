"""What the search finds in the seeds for every kind of ask that sets do not decide alone."""

from __future__ import annotations

import pytest

from assistant.query import (
    About,
    Aggregate,
    And,
    Compare,
    Count,
    Exists,
    Explain,
    Group,
    Help,
    In,
    Judge,
    Listed,
    Lookup,
    Named,
    Not,
    Order,
    Provenance,
    Query,
    Reason,
    Relation,
    Rows,
    Unanswerable,
    Within,
)
from assistant.search.opening import Finders
from index.language.thesaurus import load_thesaurus
from index.schema.interval import Interval
from tests.conftest import SEED_NAME
from tests.fakes import corpus_of

SUZHOU = In("city", ("苏州",), "苏州")


@pytest.fixture(scope="module")
def search(seed_index, gazetteer):
    return Finders(seed_index, load_thesaurus(), gazetteer).searcher


@pytest.fixture(scope="module")
def named(seed_index):
    corpus = corpus_of(seed_index.records)

    def find(part):
        return next(one.id for one in corpus.companies if part in one.name)

    return find


def test_place_is_proved_by_the_heading_or_cell_that_says_it(search):
    hits = search.search(Query(Rows(), SUZHOU)).selected.hits
    assert hits
    for hit in hits:
        assert [value.text for value in hit.proof] == ["苏州"]
        assert "苏州" in hit.proof[0].origin.quote


def test_every_condition_is_proved_in_order(search):
    where = And((In("exchange", ("科创板",)), Within("founded", Interval(2010)), SUZHOU))
    (hit, *_) = search.search(Query(Rows(), where)).selected.hits
    listing, year, city = hit.proof
    assert listing.text.startswith("科创板")
    assert year.text.endswith("年")
    assert city.text == "苏州"


def test_rows_in_a_list_are_proved_by_their_names(search):
    hit = search.search(Query(Rows(), Listed((SEED_NAME,)))).selected.hits[0]
    assert hit.company.rows[0].name in [value.text for value in hit.proof]


def test_words_are_proved_by_the_cells_that_say_them(search):
    (hit, *_) = search.search(Query(Rows(), About("MEMS", ("mems",)))).selected.hits
    assert hit.score >= 0.9
    assert any("MEMS" in value.text for value in hit.proof)


def test_companies_of_the_province_are_near_where_a_place_has_none(search):
    selected = search.search(Query(Rows(), In("city", ("无锡",), "无锡"))).selected
    assert selected.total == 0
    assert selected.related
    assert {*(hit.company.facts("province") for hit in selected.related)} == {("江苏",)}


def test_a_neighbouring_trade_is_related_to_a_trade(search):
    selected = search.search(Query(Rows(), About("协作机器人", ("协作机器人",)))).selected
    assert {hit.score for hit in selected.related} <= {0.5}
    assert not {hit.company.id for hit in selected.related} & set(selected.ids)


def test_what_is_ruled_out_is_in_neither_part(search):
    chips = About("芯片", ("芯片",))
    wanted = search.search(Query(Count(), chips)).selected
    rest = search.search(Query(Count(), Not(chips))).selected
    assert not set(wanted.ids) & set(rest.ids)


def test_named_companies_stand_in_the_order_of_the_question(search, named):
    ids = (named("敏芯"), named("纳芯"))
    evidence = search.search(Query(Lookup(("founded",)), Named(ids)))
    assert [one.id for one in evidence.named] == list(ids)
    order = Order("founded", descending=True)
    compared = search.search(Query(Compare(("founded",), order), Named(ids)))
    assert [one.id for one in compared.named] == list(ids)
    assert compared.selected.ids == (ids[1], ids[0])


def test_groups_are_called_as_their_members_cells_say(search):
    labels = {
        field: [one.label for one in search.search(Query(Group(field))).groups]
        for field in ("batch", "decade", "listing", "list", "city")
    }
    assert all(label.startswith("第") and label.endswith("批") for label in labels["batch"])
    assert labels["decade"] == sorted(labels["decade"])
    assert labels["decade"][0].endswith("年代")
    assert {"科创板", "未上市"} <= set(labels["listing"])
    assert len(labels["list"]) == 1
    assert "苏州" in labels["city"]


def test_largest_value_comes_with_who_has_it(search):
    evidence = search.search(Query(Aggregate("max", "founded"), SUZHOU))
    assert evidence.figure is not None
    assert evidence.figure.value == max(
        year for hit in evidence.selected.hits for year in hit.company.facts("founded")
    )
    assert evidence.figure.origins


def test_all_of_a_whole_have_their_exceptions_told(search):
    early = Within("founded", Interval(high=2015))
    evidence = search.search(Query(Exists(universal=True, whole=SUZHOU), early))
    assert evidence.whole is not None
    assert evidence.whole.total > evidence.selected.total
    assert evidence.selected.related


class TestStatistics:
    """Rows of statistics are selected, ordered and added up as companies are."""

    def test_few_enough(self, search):
        many = Within("count", Interval(500, low_open=True))
        rows = search.search(Query(Rows(), many, Relation.STATISTICS)).statistics
        assert {row.place for row in rows} == {"北京", "上海", "深圳", "苏州"}
        few = search.search(Query(Rows(), Not(many), Relation.STATISTICS))
        assert few.selected.total == 6
        assert few.selected.unknown_total == 0

    def test_order_and_sum(self, search):
        order = Order("count", descending=True, limit=2)
        ask = Query(Rows(order=order), relation=Relation.STATISTICS)
        first, second, *_ = search.search(ask).statistics
        assert first.count is not None
        assert second.count is not None
        assert first.count >= second.count
        places = In("place", (first.place, second.place))
        added = search.search(Query(Aggregate("sum", "count"), places, Relation.STATISTICS))
        assert added.figure is not None
        assert added.figure.value == first.count + second.count
        assert added.figure.open_ended is (first.open_ended or second.open_ended)

    def test_groups_lead_to_their_rows(self, search):
        ask = Group("place", measure=Aggregate("sum", "count"))
        groups = search.search(Query(ask, relation=Relation.STATISTICS)).groups
        assert all(one.row is not None and one.row.count == one.figure for one in groups)


class TestRules:
    """What is not of companies."""

    def test_requirement_named(self, search):
        evidence = search.search(Query(Explain("研发费用占比要求多少"), relation="requirements"))
        assert evidence.clauses
        assert all("研发" in one.text for one in evidence.clauses)

    def test_all_requirements(self, search, seed_index):
        evidence = search.search(Query(Explain("认定标准", whole=True)))
        assert evidence.clauses == seed_index.records.clauses()

    def test_applicant_is_judged_by_all_requirements(self, search, seed_index):
        evidence = search.search(Query(Judge(()), relation=Relation.REQUIREMENTS))
        assert evidence.clauses == seed_index.records.clauses()

    def test_sources_are_dated(self, search):
        evidence = search.search(Query(Provenance()))
        assert any("20" in note.text for note in evidence.passages)


def test_unanswerable_question_gets_what_the_rest_selects(search, named):
    reason = Unanswerable(Reason.LACKING_FIELD, ("专利数",))
    assert search.search(Query(reason, SUZHOU)).selected.total > 0
    assert search.search(Query(reason)).selected.total == 0
    ids = (named("敏芯"), named("纳芯"))
    ambiguous = Unanswerable(Reason.AMBIGUOUS, ("芯微",), choices=ids)
    assert [one.id for one in search.search(Query(ambiguous)).named] == list(ids)


def test_help_needs_nothing(search):
    assert search.search(Query(Help())).selected.total == 0


def test_row_whose_company_is_open_is_found_where_no_company_of_its_name_fits(search):
    where = And((In("city", ("上海",)), About("训练芯片", ("训练芯片",))))
    evidence = search.search(Query(Rows(), where))
    assert evidence.selected.total == 0
    (row,) = evidence.unresolved
    assert row.row.name == "燧原科技"
    assert search.search(Query(Rows(), In("city", ("上海",)))).unresolved == ()
    assert search.search(Query(Rows(), In("city", ("苏州",)))).unresolved == ()
