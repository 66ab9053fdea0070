"""Alternatives, joint demands and tiers of clauses, and the verdicts that follow."""

from __future__ import annotations

import pytest

from assistant.query import Fact
from assistant.requirements.demands import tier_of
from assistant.requirements.judging import Result, judge, judge_all
from index.schema.interval import Interval
from index.types import Clause, Origin, Span, Value

BOTH = "研发经费总额不低于100万元，且占营业收入总额比重不低于3%"
EITHER = "上年度营业收入不低于1000万元，或者近2年新增股权融资不低于2000万元"
PRIZE = "拥有2项以上Ⅰ类知识产权，或者近2年获得过国家级科技奖励"
KINDS = "拥有1项以上有效发明专利，或者5项以上实用新型专利、软件著作权"
TIER = "营业收入总额不足5000万元的企业，研发费用占比不低于10%"
POINTING = "研发费用占营业收入比重符合下表要求"


def clause(text: str, dimension: str = "第五条", aspect: str = "", column: str = "") -> Clause:
    origin = Origin("rules.md", (), 1, 1, text)
    header = Value(aspect, origin) if aspect else None
    return Clause(dimension, text, Span(1, 1, 0, len(text)), origin, header, column)


def facts(**told: float) -> tuple[Fact, ...]:
    return tuple(Fact(key, Interval.point(value)) for key, value in told.items())


@pytest.mark.parametrize(
    ("text", "told", "result"),
    [
        (BOTH, {"research": 5}, Result.OPEN),
        (BOTH, {"research": 5, "research_amount": 200}, Result.MET),
        (BOTH, {"research": 2, "research_amount": 200}, Result.NOT_MET),
        (EITHER, {"income": 800}, Result.OPEN),
        (EITHER, {"income": 800, "financing": 3000}, Result.MET),
        (EITHER, {"income": 800, "financing": 300}, Result.NOT_MET),
        (PRIZE, {"intellectual": 1}, Result.OPEN),
        (PRIZE, {"intellectual": 2}, Result.MET),
        (KINDS, {"patents": 0}, Result.OPEN),
        (KINDS, {"patents": 0, "software": 5}, Result.MET),
        (TIER, {"research": 12}, Result.OPEN),
        (TIER, {"research": 12, "income": 4000}, Result.MET),
        (TIER, {"research": 12, "income": 6000}, Result.APART),
        (POINTING, {"research": 90}, Result.OPEN),
    ],
)
def test_verdict_needs_proof_of_all_that_is_demanded(
    text: str, told: dict[str, float], result: Result
) -> None:
    assert judge(clause(text), facts(**told)).result is result


@pytest.mark.parametrize(
    ("label", "low", "high"),
    [
        ("1亿元以上", 10_000, None),
        ("5000万元以上不足1亿元", 5000, 10_000),
        ("不足5000万元", None, 5000),
    ],
)
def test_row_of_a_table_holds_for_the_tier_of_its_label(
    label: str, low: float | None, high: float | None
) -> None:
    tier = tier_of(clause("不低于6%", label, "研发费用占营业收入比重", "上年度营业收入"))
    assert tier is not None
    assert tier.interval.low == (low if low is not None else float("-inf"))
    assert tier.interval.high == (high if high is not None else float("inf"))


def test_table_replaces_the_clause_that_points_to_it() -> None:
    row = clause("不低于6%", "1亿元以上", "研发费用占营业收入比重", "上年度营业收入")
    found = judge_all([clause(POINTING), row], facts(income=20_000, research=7))
    assert [(one.clause.text, one.result) for one in found] == [("不低于6%", Result.MET)]
