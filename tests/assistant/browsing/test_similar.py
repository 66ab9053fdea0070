"""Likeness of companies, with trades that can be weighed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.browsing.similar import Similar
from index.language.thesaurus import Thesaurus
from tests.stored import records_of

LIST = """# 试验清单

| 企业名称 | 所在城市 | 细分领域 |
|---|---|---|
| 苏州甲科技有限公司 | 苏州 | 激光、软件 |
| 杭州乙科技有限公司 | 杭州 | 激光 |
| 苏州丙科技有限公司 | 苏州 | 软件 |
| 南京丁科技有限公司 | 南京 | 软件 |
| 南京戊科技有限公司 | 南京 | 软件 |
| 合肥己科技有限公司 | 合肥 | 农业 |
"""


@pytest.fixture
def alike(tmp_path: Path) -> dict[str, str]:
    """What tells companies apart, by that of the company that they are like."""
    path = tmp_path / "a.md"
    path.write_text(LIST, "utf-8")
    records = records_of([path], tmp_path)
    similar, companies = Similar(records, Thesaurus({})), records.companies(range(records.count()))
    return {one.name[2]: "".join(two.name[2] for two in similar.of(one, 3)) for one in companies}


def test_rare_trade_tells_more_than_a_common_one(alike: dict[str, str]) -> None:
    assert alike["甲"].startswith("乙")


def test_same_city_comes_first_among_equals(alike: dict[str, str]) -> None:
    assert alike["丁"] == "戊丙甲"
    assert alike["甲"][1] == "丙"


def test_company_of_no_shared_trade_has_none(alike: dict[str, str]) -> None:
    assert alike["己"] == ""
    assert all(name not in others for name, others in alike.items())
