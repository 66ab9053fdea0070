"""Which column means which field, and which table is of which kind."""

from __future__ import annotations

import pytest

from index.schema.columns import OwnHeader, classify, field_of
from index.schema.fields import TableKind, header_key, registry


@pytest.mark.parametrize(
    ("header", "kind", "fields"),
    [
        (["企业名称", "所在城市"], TableKind.COMPANY, {"name": 0, "city": 1}),
        (["序号", "公司名称"], TableKind.COMPANY, {"name": 1}),
        ([" 企 业 名 称 ", "ＡＢＣ"], TableKind.COMPANY, {"name": 0}),
        (["名称", "官网", "股票代码"], TableKind.COMPANY, {"name": 0, "website": 1, "listing": 2}),
        (["企业名称", "行业", "细分领域"], TableKind.COMPANY, {"name": 0, "domain": 1}),
        (["企业名称", "代表产品／服务"], TableKind.COMPANY, {"name": 0, "product": 1}),
        (["省份/城市", "小巨人数量"], TableKind.REGION, {"place": 0, "count": 1}),
        (
            ["地区", "数量", "代表企业"],
            TableKind.REGION,
            {"place": 0, "count": 1, "representatives": 2},
        ),
        (["维度", "核心要求"], TableKind.CRITERIA, {"dimension": 0, "requirement": 1}),
        (["省份/城市", "主要领域"], TableKind.OTHER, {}),
        (["维度"], TableKind.OTHER, {}),
        (["甲", "乙"], TableKind.OTHER, {}),
        ([""], TableKind.OTHER, {}),
        ([], TableKind.OTHER, {}),
    ],
)
def test_header_gives_the_kind_of_table_and_its_known_columns(
    header: list[str], kind: TableKind, fields: dict[str, int]
) -> None:
    assert classify(header) == (kind, fields)


@pytest.mark.parametrize(
    ("text", "key"),
    [("企业 名称", "企业名称"), ("Ｎａｍｅ", "name"), ("企业名称\u3000", "企业名称")],
)
def test_headers_are_compared_without_width_case_and_white_space(text: str, key: str) -> None:
    assert header_key(text) == key


@pytest.mark.parametrize(
    ("field", "label"), [("city", "所在城市"), ("listing", "上市情况"), ("专利数", "专利数")]
)
def test_label_of_a_field_is_what_users_see(field: str, label: str) -> None:
    assert registry().label(field) == label


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("员工人数（人）", "headcount"),
        ("员工人数（万人）", None),
        ("注册资本", "capital"),
        ("注册资本（万元）", None),
        ("国家/城市", "city"),
        ("规模（亿元）", None),
        ("主导产品及服务", None),
        (OwnHeader("城市"), None),
    ],
)
def test_brackets_and_parts_of_a_header(header: str, key: str | None) -> None:
    assert field_of(TableKind.COMPANY, header) == key
