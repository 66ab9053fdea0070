"""Companies side by side, from a list that can be read at a glance."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.browsing.comparison import ComparedField, compared
from index.corpus import read_corpus

LIST = """# 试验清单

| 企业名称 | 所在城市 | 细分领域 | 主导产品 | 成立时间 | 专利数 |
|---|---|---|---|---|---|
| 苏州甲科技有限公司 | 苏州 | 传感器 | 压力传感器 | 2007年 | 12 |
| 苏州乙科技有限公司 | 苏州 | 激光 | 激光雷达 | 2007年 |  |
| 杭州丙科技有限公司 | 杭州 | 激光 | 激光雷达 |  |  |
"""


@pytest.fixture
def fields(tmp_path: Path) -> dict[str, ComparedField]:
    path = tmp_path / "a.md"
    path.write_text(LIST, "utf-8")
    return {one.field: one for one in compared(read_corpus([(path, "a.md")]).companies)}


def test_every_field_that_any_company_has_is_there(fields: dict[str, ComparedField]) -> None:
    assert list(fields)[:5] == ["province", "city", "domain", "product", "founded"]
    assert list(fields)[-1] == fields["专利数"].label == "专利数"


@pytest.mark.parametrize(
    ("field", "differs", "apart"),
    [
        ("city", True, (False, False, True)),
        ("product", True, (True, False, False)),
        # Nothing said is no difference.
        ("founded", False, (False, False, False)),
        ("专利数", False, (False, False, False)),
    ],
)
def test_difference_is_between_what_is_said(
    fields: dict[str, ComparedField], field: str, differs: bool, apart: tuple[bool, ...]
) -> None:
    assert (fields[field].differs, fields[field].apart) == (differs, apart)


def test_every_value_has_its_line(fields: dict[str, ComparedField]) -> None:
    lines = [
        [origin.line_start for one in told for origin in one.origins]
        for told in fields["product"].values
    ]
    assert lines == [[5], [6], [7]]


def test_two_different_companies_both_stand_out(fields: dict[str, ComparedField]) -> None:
    city = fields["city"]
    two = ComparedField("city", "城市", city.values[1:])
    assert two.apart == (True, True)
