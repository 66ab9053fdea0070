"""What a listing cell says besides the listing, and the markets that its names belong to."""

from __future__ import annotations

import pytest

from index.companies.names import split_name
from index.places.gazetteer import load_gazetteer
from index.schema.columns import TableKind, field_of
from index.schema.exchanges import parse_listing
from index.schema.facts import remark_of
from index.schema.markets import markets_of


@pytest.mark.parametrize(
    ("cell", "remark"),
    [
        ("未上市（上汽集团控股）", "上汽集团控股"),
        ("小米集团子公司", "小米集团子公司"),
        ("科创板:688286", ""),
        ("未上市", ""),
    ],
)
def test_remark_is_what_stands_beside_the_status(cell: str, remark: str) -> None:
    listing = parse_listing(cell)
    assert listing is not None
    assert remark_of(listing, cell) == remark


@pytest.mark.parametrize(
    ("cell", "market"),
    [
        ("纽约证券交易所(ORCL)", "纽交所"),
        ("港股(0992)", "港交所"),
        ("深交所创业板上市", "创业板"),
        ("深交所创业板上市", "深交所"),
    ],
)
def test_market_written_by_another_name_is_the_same(cell: str, market: str) -> None:
    listing = parse_listing(cell)
    assert listing is not None
    assert market in markets_of(listing, cell)


def test_header_of_an_office_in_one_city_is_an_address() -> None:
    assert field_of(TableKind.COMPANY, "杭州办公地址") == "address"


def test_name_is_not_cut_at_a_prefecture_that_it_only_begins_like() -> None:
    parts = split_name("阿里巴巴集团控股有限公司", load_gazetteer())
    assert "巴巴" not in parts.forms
    assert parts.core == "阿里巴巴"
