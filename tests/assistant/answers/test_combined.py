"""Figures of several queries together."""

from __future__ import annotations

from assistant.query import Combine, Count, In, Query, Relation, Rows
from assistant.search.evidence import Evidence


def place(name):
    return Query(Rows(("count",)), In("place", (name,), name), Relation.STATISTICS)


def combined(desk, operation, *names):
    query = Query(Combine(operation, tuple(map(place, names))), relation=Relation.STATISTICS)
    parts = tuple(
        Evidence(desk.selected(*desk.in_city(name)), statistics=desk.rows(name)) for name in names
    )
    return desk.answer(query, Evidence(parts=parts))


def test_sum_of_lower_bounds_is_one(desk):
    answer = combined(desk, "sum", "宁波", "杭州")
    assert answer.answer.startswith("宁波、杭州合计至少 **700** 家（数字带“+”，是下限）。")
    assert [(one.name, one.value) for one in answer.values] == [
        ("宁波", "300+"),
        ("清单收录的宁波小巨人企业", "0"),
        ("杭州", "400+"),
        ("清单收录的杭州小巨人企业", "6"),
    ]
    assert answer.filters == {"city": ["宁波", "杭州"]}
    assert (answer.intent, len(answer.records)) == ("stats", 6)


def test_difference_of_lower_bounds_bounds_nothing(desk):
    answer = combined(desk, "difference", "上海", "北京")
    assert answer.answer.startswith("北京比上海多 **100** 家；数字带“+”，都只是下限")


def test_ratio_of_counts(desk):
    parts = tuple(Query(Count(), In("city", (one,), one)) for one in ("深圳", "苏州"))
    evidence = Evidence(
        parts=tuple(Evidence(desk.selected(*desk.in_city(one))) for one in ("深圳", "苏州"))
    )
    answer = desk.answer(Query(Combine("ratio", parts)), evidence)
    assert answer.answer.startswith("深圳的小巨人企业是苏州的小巨人企业的 **2** 倍。")


def test_tables_that_are_merely_told_together_have_no_total(desk):
    answer = combined(desk, "each", "北京", "上海")
    assert answer.answer.startswith(
        "据“按地区分布统计（截至2025年）” [1]，北京的小巨人数量为 **800+** 家"
    )
