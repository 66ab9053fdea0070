"""What applicants say of their own company, every comparator on both sides of every threshold."""

from __future__ import annotations

import pytest

from assistant.parsing.facts import read_facts
from index.schema.interval import Interval

_MADE = frozenset(
    [
        "research",
        "patents",
        "revenue",
        "years",
        "share_national",
        "share_provincial",
        "property",
        "standards",
    ]
)
_COMPARATORS = {
    "{}": (True, True), "不到{}": (False, False), "超过{}": (False, True), "至少{}": (True, True),
    "不超过{}": (True, False), "{}以上": (True, True), "{}以下": (True, False),
}  # fmt: skip
_FIGURES = [
    ("研发占比", "%", "research", 3.0),
    ("主营占比", "%", "revenue", 70.0),
    ("发明专利", "项", "patents", 2.0),
    ("从事这个细分市场", "年", "years", 3.0),
]


@pytest.mark.parametrize(("subject", "unit", "key", "threshold"), _FIGURES)
@pytest.mark.parametrize("comparator", list(_COMPARATORS))
def test_every_comparator_is_kept_in_the_interval(
    comparator: str, subject: str, unit: str, key: str, threshold: float
) -> None:
    text = subject + comparator.format(f"{threshold:g}{unit}")
    (told,) = read_facts(text, 2025, _MADE)
    holds, above = _COMPARATORS[comparator]
    interval = told.fact.interval
    assert told.fact.requirement == key
    assert interval.contains(Interval.point(threshold)) is holds
    if comparator != "{}":
        assert (
            interval.contains(Interval.point(threshold + (1.0 if unit == "项" else 0.5))) is above
        )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("营业收入1亿元,其中主营业务7200万,研发费用250万", {"revenue": 72, "research": 2.5}),
        ("5项专利,都不是发明专利", {"patents": 0}),
        ("正在申请的发明专利3项,还没授权", {"patents": 0}),
        ("发明专利2项,其中1项已失效", {"patents": 1}),
        ("3个实用新型专利够吗", {"patents": 0}),
        ("一项发明专利都没有", {"patents": 0}),
        ("非主营收入占了35%", {"revenue": 65}),
        ("主营占比只有一半", {"revenue": 50}),
        ("我们公司从2023年起从事这个细分市场", {"years": 2}),
        ("公司开了十年,可转到现在这个细分市场才一年半", {"years": 1.5}),
        ("省内市占率前6%,全国前15%", {"share_provincial": 6, "share_national": 15}),
        ("全国前6%,省内前3%", {"share_national": 6, "share_provincial": 3}),
    ],
)
def test_a_statement_is_read_as_its_figures(text: str, expected: dict[str, float]) -> None:
    found = {told.fact.requirement: told.fact.interval for told in read_facts(text, 2025, _MADE)}
    assert found == {key: Interval.point(value) for key, value in expected.items()}


@pytest.mark.parametrize(
    "text", ["小巨人要5项发明专利对吧", "要求做满5年对吧", "软著能代替发明专利吗"]
)
def test_a_question_about_a_rule_is_no_fact(text: str) -> None:
    assert read_facts(text, 2025, _MADE) == []


def test_a_company_founded_two_years_ago_has_not_done_anything_for_three() -> None:
    (told,) = read_facts("我公司成立2年,能报小巨人吗", 2025, _MADE)
    assert (told.fact.requirement, told.fact.interval) == ("years", Interval(0, 2))


def test_what_ranks_below_a_place_is_missed() -> None:
    told = read_facts("全国前10%都进不去", 2025, _MADE)
    assert told[0].fact.interval == Interval(low=10, low_open=True)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("发明专利5项，其中已授权1项", 1), ("3项发明专利，其中2项还在申请", 1),
        ("发明专利就一项，还有三项在申请", 1), ("发明专利4项，其中1项过期", 3),
        ("有3项发明专利，都失效了", 0), ("有效发明专利2项，另有5项在审", 2),
        ("申请了5项发明专利，已经授权了3项", 3), ("发明专利有俩，都有效", 2), ("发明专利一打", 12),
    ],
)  # fmt: skip
def test_only_granted_and_unexpired_patents_count(text: str, valid: int) -> None:
    (told,) = read_facts(text, 2025, _MADE)
    assert (told.fact.requirement, told.fact.interval) == ("patents", Interval.point(valid))


@pytest.mark.parametrize(
    "text",
    ["小巨人要5项发明专利对吧", "研发占比是不是要达到5%", "是不是必须参与制定标准",
     "“2项以上”是指哪类专利", "参与制定标准这项，算精细化还是算新颖化", "主营占比必须超过70%吗",
     "省内前5%跟全国前10%，是两个都得达到，还是有一个就成？"],
)  # fmt: skip
def test_what_is_asked_about_a_rule_is_told_of_nobody(text: str) -> None:
    assert read_facts(text.replace("？", "?"), 2025, _MADE) == []


def test_having_always_done_it_counts_from_the_founding() -> None:
    (told,) = read_facts("公司成立8年，一直做这个细分市场", 2025, _MADE)
    assert told.fact.interval == Interval.point(8)
    (told,) = read_facts("公司成立8年", 2025, _MADE)
    assert told.fact.interval == Interval(0, 8)


@pytest.mark.parametrize("text", ["每一百块营收里头有两块五拿去搞研发", "研发占收入的四十分之一"])
def test_parts_of_the_income_are_shares(text: str) -> None:
    (told,) = read_facts(text, 2025, _MADE)
    assert (told.fact.requirement, told.fact.interval) == ("research", Interval.point(2.5))


def test_an_amount_without_a_unit_is_money() -> None:
    (told,) = read_facts("营收3000万", 2025, frozenset({"income"}))
    assert (told.fact.requirement, told.fact.interval) == ("income", Interval.point(3000))
