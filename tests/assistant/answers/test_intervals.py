"""Intervals in words: both ends, open and closed, for every kind of number."""

from __future__ import annotations

from math import inf

import pytest

from assistant.answers.intervals import interval_words
from index.schema.interval import Interval


@pytest.mark.parametrize(
    ("field", "interval", "label", "told"),
    [
        ("founded", Interval.point(2018), "", "2018年成立"),
        ("founded", Interval(2016, 2018), "", "2016年至2018年成立"),
        ("founded", Interval(2010, inf), "", "2010年及以后成立"),
        ("founded", Interval(-inf, 2004), "不晚于2004年", "2004年及以前成立"),
        ("founded", Interval(-inf, 2000), "2001年以前", "2001年以前成立"),
        ("headcount", Interval(5001, inf), "超过5000人", "员工超过5000人"),
        ("headcount", Interval(500, 1000), "", "员工在500至1000人之间"),
        ("headcount", Interval(-inf, 200), "", "员工不超过200人"),
        ("headcount", Interval(-inf, 200, high_open=True), "", "员工少于200人"),
        ("capital", Interval(5e7, inf), "", "注册资本不低于5000万"),
        ("capital", Interval(1e8, inf, low_open=True), "", "注册资本高于1亿"),
        ("count", Interval(-inf, 300, high_open=True), "不到300家", "企业数量少于300家"),
        ("batch", Interval(3, inf), "", "第三批及以后"),
        ("batch", Interval(1, 3), "", "第一批至第三批"),
        ("batch", Interval.point(2), "", "第二批"),
    ],
)
def test_interval_is_worded_as_people_say_it(field, interval, label, told):
    assert interval_words(field, interval, label) == told
