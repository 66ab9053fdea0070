"""What cells look like, whatever stands above them."""

from __future__ import annotations

import pytest

from index.schema.fields import registry
from index.schema.shapes import fits, look


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("2007年", "founded"),
        ("2004年3月", "founded"),
        ("2004-03", "founded"),
        ("500-1000人", "headcount"),
        ("10000+人", "headcount"),
        ("3000+人（苏州研发）", "headcount"),
        ("https://www.a.com/b", "website"),
        ("www.a.com", "website"),
        ("xa-blt.com", "website"),
        ("第二批", "batch"),
        ("科创板:688286", "listing"),
        ("未上市", "listing"),
        ("9868.HK", "listing"),
        ("港交所：6160/纳斯达克：BGNE", "listing"),
        ("未上市（辅导期）", "listing"),
        ("私有云", None),
        ("嵌入式主板", None),
        ("Node.js", None),
        ("Trip.com", None),
        ("5000", None),
        ("100亿元", None),
        ("MEMS麦克风", None),
        ("第二批次产品线的扩建", None),
        ("", None),
    ],
)
def test_look_of_a_text(text: str, field: str | None) -> None:
    known = registry().field(field) if field else None
    assert look(text) is (known.type if known else None)


@pytest.mark.parametrize(
    ("field", "text", "fitting"),
    [
        ("headcount", "5000", True),
        ("headcount", "5000+", True),
        ("headcount", "100亿元", False),
        ("headcount", "无人机", False),
        ("founded", "成立于2004年", True),
        ("founded", "42194", True),
        ("product", "激光器", True),
        ("营收", "5000", True),
        ("founded", "激光器", False),
        ("website", "a.com", True),
        ("website", "建设中", False),
        ("listing", "母公司上市", True),
        ("listing", "500-1000人", False),
        ("batch", "2019年", True),
        ("batch", "深圳", False),
    ],
)
def test_fit_of_a_text_for_a_field(field: str, text: str, *, fitting: bool) -> None:
    assert fits(field, text) is fitting
