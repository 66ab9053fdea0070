"""Figures that a question supposes the rules to name."""

from __future__ import annotations

import pytest

from assistant.query import Fact
from assistant.requirements.judging import Agreement, agreement
from index.schema.interval import Interval
from index.types import Clause, Origin, Span

_TEXT = "主营业务收入占比70%以上"
_CLAUSE = Clause("专业化", _TEXT, Span(10, 10, 0, len(_TEXT)), Origin("list.md", (), 10, 10, _TEXT))


@pytest.mark.parametrize(
    ("interval", "expected"),
    [(Interval.point(70), Agreement.SAME), (Interval(low=70), Agreement.SAME),
     (Interval(low=70, low_open=True), Agreement.NEARLY), (Interval.point(50), Agreement.OTHER)],
)  # fmt: skip
def test_the_threshold_agrees_and_others_do_not(interval: Interval, expected: Agreement) -> None:
    assert agreement(_CLAUSE, Fact("revenue", interval)) is expected


def test_a_clause_of_something_else_says_nothing() -> None:
    assert agreement(_CLAUSE, Fact("patents", Interval.point(2))) is None
