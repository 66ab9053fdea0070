"""The plain reader of lists that the evaluation checks answers with."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.tables import Firm, firms, read_lines

LIST = """# 某地企业清单

## 2. 企业列表

| 企业名称 | 简称 | 成立时间 | 公司规模 | 企业主页 | 上市情况 |
|---|---|---|---|---|---|
| 甲乙科技有限公司 | 甲乙 | 2015年 | 1000-5000人 | [甲乙](https://a.example) | 科创板：688001 |
| 丙丁电子有限公司 | 丙丁 | 1897年 | 50,000+人 | - | 未上市 |

### 3.1 按领域

| 企业名称 | 核心产品 |
|---|---|
| 甲乙 | **传感器** |
| 戊己 | 阀门 |

| 公司规模 | 企业数量 | 企业名称 |
|---|---|---|
| 10000+人 | 1 | 丙丁 |

#### 庚辛公司
**基本信息**
- 企业名称：庚辛物联有限公司
- 成立时间：2020年
"""


@pytest.fixture
def read(tmp_path: Path) -> dict[str, Firm]:
    path = tmp_path / "list.md"
    path.write_text(LIST, "utf-8")
    return {firm.name: firm for firm in firms(read_lines(path))}


def test_rows_under_full_and_short_name_are_one_company(read: dict[str, Firm]) -> None:
    assert list(read) == ["甲乙科技有限公司", "丙丁电子有限公司", "戊己", "庚辛物联有限公司"]
    assert read["甲乙科技有限公司"].text("核心产品") == "传感器"
    assert [line.number for line in read["甲乙科技有限公司"].lines] == [7, 14]


def test_typed_values_are_read_from_the_text(read: dict[str, Firm]) -> None:
    first, second = read["甲乙科技有限公司"], read["丙丁电子有限公司"]
    assert (first.founded, first.headcount, first.listed) == (2015, (1000, 5000), True)
    assert (second.founded, second.headcount) == (1897, (50_000, float("inf")))
    assert second.listed is False
    assert read["戊己"].listed is None


def test_empty_cells_are_no_values_and_links_keep_their_address(read: dict[str, Firm]) -> None:
    assert "企业主页" not in read["丙丁电子有限公司"].lines[0].cells
    assert read["甲乙科技有限公司"].text("企业主页") == "甲乙 https://a.example"


def test_profile_is_a_line_of_its_own_and_statistics_are_none(read: dict[str, Firm]) -> None:
    assert read["庚辛物联有限公司"].founded == 2020
    assert len(read["丙丁电子有限公司"].lines) == 1
    assert read["戊己"].under("按领域")
