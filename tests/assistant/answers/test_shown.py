"""Filters and intents as the JSON shows them."""

from __future__ import annotations

import pytest

from assistant.answers.shown import filters_of
from assistant.query import (
    About,
    And,
    Blank,
    In,
    Listed,
    Named,
    Not,
    Or,
    Query,
    Rows,
    Within,
)
from index.schema.interval import Interval


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        (Not(In("city", ("北京",), "北京")), {"city": ["非北京"]}),
        (
            Or((In("city", ("深圳",), "深圳"), In("city", ("杭州",), "杭州"))),
            {"city": ["深圳", "杭州"]},
        ),
        (
            Or(
                (In("listing", ("listed",), "已上市"), Within("batch", Interval.point(1), "第一批"))
            ),
            {"either": ["已上市", "第一批"]},
        ),
        (
            Or(
                (
                    And((In("city", ("北京",), "北京"), About("AI芯片", ("ai芯片",)))),
                    And((In("city", ("上海",), "上海"), About("EDA", ("eda",)))),
                )
            ),
            {"either": ["北京·AI芯片", "上海·EDA"]},
        ),
        (About("激光雷达或AI", ("激光雷达", "ai"), either=True), {"topic": ["激光雷达", "AI"]}),
        (
            And((About("声学", ("声学",)), Not(About("麦克风", ("麦克风",))))),
            {"topic": ["声学", "非麦克风"]},
        ),
        (
            And((In("district", ("海淀区",), "海淀区"), In("city", ("北京",)))),
            {"district": ["海淀区"]},
        ),
        (
            Or((In("province", ("浙江",), "长三角"), In("city", ("合肥",)))),
            {"region": ["长三角"]},
        ),
        (Named(("x",), "大疆"), {}),
        (Blank("headcount", "没写员工数"), {"headcount": ["没写员工数"]}),
        (Listed(("a.md",), "甲清单"), {"list": ["甲清单"]}),
    ],
)
def test_filters_by_field(where, shown):
    assert filters_of(Query(Rows(), where)) == shown


def test_corrections_are_shown():
    query = Query(Rows(), corrections=(("敏新微", "敏芯微"),))
    assert filters_of(query) == {"corrected": ["敏新微→敏芯微"]}
