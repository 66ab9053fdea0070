"""Typed values from cells: what is read, and what is rather left unread."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.schema.exchanges import parse_listing
from index.schema.fields import Field, ValueType, registry
from index.schema.interval import Interval
from index.schema.own import column_field
from index.schema.values import (
    host_of,
    parse,
    parse_batch,
    parse_count,
    parse_headcount,
    parse_website,
    without_code,
)
from index.schema.words import is_blank
from index.types import Headcount, Listing, ListingStatus

LISTED, UNLISTED, OTHER = ListingStatus.LISTED, ListingStatus.UNLISTED, ListingStatus.OTHER


def field(key: str) -> Field:
    found = registry().field(key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("key", "text", "values"),
    [
        ("product", "旷视、地平线", ("旷视、地平线", "旷视", "地平线")),
        ("district", "工业园区", ("工业园区",)),
        ("founded", "2007年5月", (Interval.point(2007),)),
        ("founded", "20150709", (Interval.point(2015),)),
        ("founded", "42194", (Interval.point(2015),)),
        ("founded", "不详", ()),
        ("headcount", "5000+人", (Interval(5000, inf),)),
        ("capital", "5000万元", (Interval.point(5e7),)),
        ("capital", "1.2亿", (Interval.point(1.2e8),)),
        ("capital", "300万美元", ()),
        ("batch", "第二批", (Interval.point(2),)),
        ("listing", "科创板:688286", ("listed",)),
        ("exchange", "科创板:688286", ("科创板", "上交所", "a股")),
        ("exchange", "未上市", ()),
        ("code", "港交所：6160/纳斯达克：BGNE", ("6160", "bgne")),
        ("code", "600000.SH", ("600000",)),
        ("website", "www.A.com", ("https://www.a.com",)),
    ],
)
def test_values_of_a_cell_by_the_type_of_its_field(
    key: str, text: str, values: tuple[object, ...]
) -> None:
    assert parse(text, field(key)) == values


@pytest.mark.parametrize("kind", list(ValueType))
@pytest.mark.parametrize("text", ["", "-", "甲", "１２３", "第[", "2015年-"])
def test_every_type_reads_any_text(kind: ValueType, text: str) -> None:
    assert isinstance(parse(text, column_field("列", kind)), tuple)


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("", True),
        (" ", True),
        ("-", True),
        ("－", True),
        ("——", True),
        ("无", True),
        ("未公开", True),
        ("N/A", True),
        ("Ｎ/Ａ", True),
        ("0", False),
        ("无人机", False),
    ],
)
def test_cell_that_says_nothing_is_blank(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("500-1000人", 500, 1000),
        ("５００－１０００人", 500, 1000),
        ("500～1000人", 500, 1000),
        ("500—1000", 500, 1000),
        ("500至1000人", 500, 1000),
        ("5,000 - 10,000 人", 5000, 10000),
        ("5000+人", 5000, None),
        ("10,000+人", 10000, None),
        ("１０，０００＋人", 10000, None),
        ("10000人+", 10000, None),
        ("5000人以上", 5000, None),
        ("超过200人", 200, None),
        ("200多人", 200, None),
        ("不足50人", 0, 50),
        ("50人以下", 0, 50),
        ("约300人", 300, 300),
        ("1.2万人", 12000, 12000),
        ("1万+", 10000, None),
        ("3千人", 3000, 3000),
        ("1-2万人", 10000, 20000),
        ("500-1万人", 500, 10000),
    ],
)
def test_headcount_has_the_bounds_that_are_written(text: str, low: int, high: int | None) -> None:
    assert parse_headcount(text) == Headcount(low, high)


@pytest.mark.parametrize("text", ["", "人", "若干", ",", "1000-500人"])
def test_headcount_without_a_sensible_number_is_unknown(text: str) -> None:
    assert parse_headcount(text) is None


@pytest.mark.parametrize(
    ("text", "listing"),
    [
        ("科创板:688286", Listing(LISTED, "科创板", "688286")),
        ("港交所：09660", Listing(LISTED, "港交所", "09660")),
        ("港交所:0020", Listing(LISTED, "港交所", "0020")),
        ("NYSE:TUYA", Listing(LISTED, "NYSE", "TUYA")),
        ("已上市(300369)", Listing(LISTED, None, "300369")),
        ("已上市（深交所：300369）", Listing(LISTED, "深交所", "300369")),
        ("nasdaq: goog", Listing(LISTED, "nasdaq", "goog")),
        ("纳斯达克(GOOGL)", Listing(LISTED, "纳斯达克", "GOOGL")),
        ("纳斯达克（GOOGL）", Listing(LISTED, "纳斯达克", "GOOGL")),
        ("科创板 688286", Listing(LISTED, "科创板", "688286")),
        ("上海证券交易所:600000", Listing(LISTED, "上海证券交易所", "600000")),
        ("创业板", Listing(LISTED, "创业板")),
        ("688286", Listing(LISTED, None, "688286")),
        ("600000.SH", Listing(LISTED, None, "600000.SH")),
        ("已上市", Listing(LISTED)),
        ("未上市", Listing(UNLISTED)),
        ("未上市（辅导期）", Listing(UNLISTED)),
        ("拟上市", Listing(UNLISTED)),
        ("非上市公司", Listing(UNLISTED)),
        ("非营利", Listing(OTHER)),
        ("事业单位", Listing(OTHER)),
        ("", None),
        ("-", None),
        ("无", None),
    ],
)
def test_listing_has_status_exchange_and_code_as_written(
    text: str, listing: Listing | None
) -> None:
    assert parse_listing(text) == listing


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第二批", 2),
        ("第十二批", 12),
        ("第二十批", 20),
        ("2批", 2),
        ("第１２批", 12),
        ("首批", 1),
        ("第一批（2019年）", 1),
        ("第0批", None),
        ("批次", None),
        ("二", None),
        ("", None),
    ],
)
def test_batch_is_a_number_from_one(text: str, number: int | None) -> None:
    assert parse_batch(text) == number


@pytest.mark.parametrize(
    ("text", "count", "open_ended"),
    [
        ("800+", 800, True),
        ("８００＋", 800, True),
        ("1,200+", 1200, True),
        ("800家以上", 800, True),
        ("超过1.2万家", 12000, True),
        ("约800家", 800, False),
        ("800", 800, False),
        ("无", None, False),
        ("", None, False),
    ],
)
def test_count_says_whether_it_is_a_lower_bound(
    text: str, count: int | None, open_ended: bool
) -> None:
    assert parse_count(text) == (count, open_ended)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://www.a.com", "https://www.a.com"),
        ("HTTP://A.com/x?y=1", "HTTP://A.com/x?y=1"),
        ("www.a.com", "https://www.a.com"),
        ("a.com.cn/关于", "https://a.com.cn/关于"),
        ("ｗｗｗ．ａ．ｃｏｍ", "https://www.a.com"),
        ("https://", None),
        ("https://[a", None),
        ("ftp://a.com", None),
        ("x@a.com", None),
        ("a b.com", None),
        ("暂无", None),
        ("", None),
    ],
)
def test_website_is_an_address_with_a_scheme(text: str, url: str | None) -> None:
    assert parse_website(text) == url


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://www.A.com/x", "a.com"), ("https://a.com", "a.com"), ("a.com", "")],
)
def test_host_is_without_www_and_path(url: str, host: str) -> None:
    assert host_of(url) == host


def test_code_right_behind_the_name_of_an_exchange_is_a_listing() -> None:
    assert parse_listing("SH600000") == Listing(LISTED, "SH", "600000")
    assert parse_listing("港股上市") == Listing(LISTED, "港股")


@given(
    st.sampled_from(list(ValueType)),
    st.text(
        alphabet="0123456789,.+-~至到年月日万亿%元人以上不足约 港交所:SH第批、甲a", max_size=16
    ),
)
def test_numbers_never_run_backwards(kind: ValueType, text: str) -> None:
    for value in parse(text, column_field("列", kind)):
        assert isinstance(value, str) or value.low <= value.high


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("C 制造业", "制造业"),
        ("I65软件和信息技术服务业", "软件和信息技术服务业"),
        ("C39-电子设备制造", "电子设备制造"),
        ("A股上市", "A股上市"),
        ("5G 通信", "5G 通信"),
        ("LED 照明", "LED 照明"),
    ],
)
def test_category_is_also_read_without_the_code_of_its_classification(
    text: str, category: str
) -> None:
    assert without_code(text) == category
