from __future__ import annotations

import pytest

from index.schema.amounts import parse_amount


@pytest.mark.parametrize(
    ("text", "column", "amount"),
    [
        ("10,846", "营业收入（亿元）", 10846e8),
        ("10,846", "排名", 10846),
        ("1.2亿", "估值（亿元）", 1.2e8),
        ("约300亿美元", "估值", 300e8),
        ("1.5万亿", "", 1.5e12),
        ("35%", "增速", 35),
        ("未公开", "估值", None),
        ("2019年", "认定时间", None),
    ],
)
def test_number_is_read_in_the_unit_of_the_cell_or_of_its_header(text, column, amount):
    assert parse_amount(text, column) == (pytest.approx(amount) if amount else None)
