from __future__ import annotations

from math import inf

import pytest

from index.schema.interval import Interval
from index.schema.numbers import (
    currency_of,
    header_scale,
    parse_amount,
    parse_integer,
    parse_interval,
)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("500-1000人", 500, 1000),
        ("5,000 - 10,000 人", 5_000, 10_000),
        ("1-2万人", 10_000, 20_000),
        ("500-1万人", 500, 10_000),
        ("5-10%", 5, 10),
        ("350+", 350, inf),
        ("350+亿元", 35e9, inf),
        ("超1000亿人民币", 1e11, inf),
        ("20%以上", 20, inf),
        ("200余名", 200, inf),
        ("不足50人", 0, 50),
        ("50万以下", 0, 500_000),
        ("约1.2亿元", 120_000_000, 120_000_000),
        ("-12.5%", -12.5, -12.5),
        ("2023年底5000人", 5_000, 5_000),
        ("约3000人，其中研发500人以上", 3_000, 3_000),
    ],
)
def test_first_quantity_of_a_text(text: str, low: float, high: float) -> None:
    assert parse_interval(text) == Interval(low, high)


@pytest.mark.parametrize("text", ["", "极高", "2019年", "A100", "5G", "1000-500人"])
def test_text_without_a_quantity(text: str) -> None:
    assert parse_interval(text) is None


@pytest.mark.parametrize(
    ("header", "scale"),
    [
        ("营业收入（亿元）", 1e8),
        ("注册资本(单位：万美元)", 1e4),
        ("营收/亿元", 1e8),
        ("员工人数（人）", 1),
        ("排名", 1),
        ("百万富翁", 1),
    ],
)
def test_header_gives_the_scale_of_bare_numbers(header: str, scale: float) -> None:
    assert header_scale(header) == scale


@pytest.mark.parametrize(
    ("text", "header", "amount"),
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
def test_amount_is_read_in_the_scale_of_the_cell_or_of_its_header(
    text: str, header: str, amount: float | None
) -> None:
    assert parse_amount(text, header) == (pytest.approx(amount) if amount else None)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("300万美元", "美元"),
        ("$300", "美元"),
        ("HK$300", "港元"),
        ("5000万元", "元"),
        ("¥5000", "元"),
        ("5000万", ""),
    ],
)
def test_currency_of_an_amount(text: str, currency: str) -> None:
    assert currency_of(text) == currency


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("1,200", 1200),
        ("十二", 12),
        ("一千二百", 1200),
        ("两百", 200),
        ("甲", None),
        ("", None),
    ],
)
def test_integer_is_read_from_digits_and_numerals(text: str, number: int | None) -> None:
    assert parse_integer(text) == number
