"""Companies counted by what only the list itself tells apart."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("按成立年代统计", [("1990年代", "1"), ("2000年代", "10"), ("2010年代", "22")]),
        ("成立年代分布", [("1990年代", "1"), ("2000年代", "10"), ("2010年代", "22")]),
    ],
)
def test_companies_are_counted_by_decade_in_the_order_of_time(engine, question, groups):
    answer = engine.reply(question).answer
    assert [(one.name, one.value) for one in answer.values] == groups
    assert answer.filters["group"] == ["成立年代"]


def test_companies_without_a_year_are_told_apart(engine):
    answer = engine.reply("按成立年代统计").answer
    assert "15 家" in answer.answer


def test_companies_are_counted_by_domain(engine):
    counts = {one.name: one.value for one in engine.reply("各领域分别有几家").answer.values}
    assert counts["工业机器人"] == "2"
    assert counts["动力电池"] == "2"


def test_order_by_year_stays_an_order(engine):
    answer = engine.reply("按成立时间先后排序").answer
    assert answer.records[0].name == "杭州士兰微电子股份有限公司"


def test_department_that_takes_applications_is_not_made_up(engine):
    assert engine.reply("找哪个部门申报").answer.status == "no_match"


def test_date_of_the_data_is_told_and_cited(engine):
    answer = engine.reply("这份名单数据到什么时候").answer
    assert "2025年12月" in answer.answer
    assert answer.citations[0].quote == "- 信息截至2025年12月"
