"""The self-check: every comparator against every requirement, on both sides of the threshold."""

from __future__ import annotations

from math import inf

import pytest

from assistant.query import Fact, Judge, Query, Relation
from assistant.requirements.judging import Result, judge
from assistant.requirements.vocabulary import requirements_of
from assistant.search.evidence import Evidence
from index.schema.interval import Interval

AT_LEAST = {"research": 3.0, "patents": 2.0, "revenue": 70.0, "years": 3.0}
AT_MOST = {"share_national": 10.0}


def clause_of(desk, key):
    return next(
        one for one in desk.corpus.clauses if key in {two.key for two in requirements_of(one)}
    )


def results(threshold, *, at_least):
    """Yield intervals around a threshold with whether they certainly meet it."""
    step = 0.5
    below, above = threshold - step, threshold + step
    lower = [
        Interval.point(below),
        Interval(-inf, threshold, high_open=True),
        Interval(0, below),
    ]
    upper = [Interval.point(above), Interval(threshold, inf, low_open=True), Interval(above, inf)]
    met, missed = (upper, lower) if at_least else (lower, upper)
    yield from ((one, Result.MET) for one in (*met, Interval.point(threshold)))
    yield from ((one, Result.NOT_MET) for one in missed)
    yield Interval(below, above), Result.OPEN
    yield Interval(-inf, above), Result.OPEN
    yield Interval(below, inf), Result.OPEN


CASES = [
    (key, interval, wanted)
    for bounds, at_least in ((AT_LEAST, True), (AT_MOST, False))
    for key, threshold in bounds.items()
    for interval, wanted in results(threshold, at_least=at_least)
]


@pytest.mark.parametrize(("key", "interval", "wanted"), CASES)
def test_verdict_follows_from_how_the_intervals_lie(desk, key, interval, wanted):
    judged = judge(clause_of(desk, key), (Fact(key, interval),))
    # The national share has an alternative, which nothing is told of.
    if key == "share_national" and wanted is Result.NOT_MET:
        wanted = Result.OPEN
    assert judged.result is wanted


def test_alternatives_fail_only_together(desk):
    clause = clause_of(desk, "share_national")
    facts = (
        Fact("share_national", Interval.point(20)),
        Fact("share_provincial", Interval.point(8)),
    )
    assert judge(clause, facts).result is Result.NOT_MET
    assert judge(clause, (facts[0], Fact("share_provincial", Interval.point(4)))).result is (
        Result.MET
    )


def verdicts(desk, *facts, **ask):
    query = Query(Judge(facts, **ask), relation=Relation.REQUIREMENTS)
    return desk.answer(query, Evidence(clauses=desk.corpus.clauses))


def test_every_requirement_gets_a_verdict(desk):
    answer = verdicts(
        desk,
        Fact("research", Interval.point(4), "研发占比4%"),
        Fact("patents", Interval(-inf, 2, high_open=True), "不到2项"),
    )
    assert answer.answer.startswith(
        "不符合全部标准：一项满足，一项不满足（有效发明专利），五项还没有说明（从事本细分市场、"
    )
    assert "（您说的是“不到2项”）" in answer.answer
    assert len(answer.values) == len(desk.corpus.clauses)
    assert answer.intent == "eligibility"
    assert answer.filters == {"facts": ["研发占比4%", "不到2项"]}


def test_what_is_told_but_leaves_it_open_is_said(desk):
    answer = verdicts(desk, Fact("research", Interval(2.5, 3.5), "约3%"))
    assert "还不能确定" in answer.answer
    assert "满足** · 精细化：研发费用" not in answer.answer


def test_only_what_is_told_of_is_judged_where_that_is_asked(desk):
    fact = Fact("research", Interval(0, 3, high_open=True), "不到3%")
    answer = verdicts(desk, fact, whole=False)
    assert answer.answer.startswith("不符合：一项不满足。")
    assert [one.value for one in answer.values] == ["不满足"]
    assert answer.intent == "eligibility"


def test_no_list_makes_the_requirement(desk):
    answer = verdicts(desk, Fact("valuation", Interval.point(1)), whole=False)
    assert answer.status == "no_match"
