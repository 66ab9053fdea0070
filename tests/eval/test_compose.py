"""Generated questions: the same from the same seed, and right by a list that can be read by eye."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eval.compose.cases import composed
from eval.compose.composer import Composer
from eval.compose.conditions import Condition, conditions
from eval.compose.relations import related
from eval.compose.selfcheck import checks, requirements
from eval.tables import Firm, firms, read_lines

LIST = """# 某市企业清单

## 1. 认定标准

| 维度 | 要求 |
|---|---|
| 精细化 | 研发费用占比不低于3%，拥有有效发明专利2项以上 |

## 2. 企业

| 企业名称 | 简称 | 成立时间 | 公司规模 | 上市情况 | 业务领域 | 办公地址 |
|---|---|---|---|---|---|---|
| 甲乙科技有限公司 | 甲乙 | 2015年 | 1000-5000人 | 科创板：688001 | 传感器 | 某市南山区 |
| 丙丁电子有限公司 | 丙丁 | 2005年 | 200-500人 | 未上市 | 阀门 | 某市宝安区 |
| 戊己材料有限公司 | 戊己 | 2010年 | 500-1000人 | 深交所：002001 | 薄膜 | 某市南山区 |
| 庚辛股份有限公司 | 庚辛 | - | - | - | 传感器 | - |
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list.md"
    path.write_text(LIST, "utf-8")
    return path


@pytest.fixture
def read(path: Path) -> list[Firm]:
    return firms(read_lines(path))


def composer(read: list[Firm], seed: int) -> Composer:
    return Composer("list", read, conditions(read), random.Random(seed))  # noqa: S311 - no secret


def truths(read: list[Firm], phrase: str) -> list[bool | None]:
    found: Condition = next(one for one in conditions(read) if phrase in one.phrases)
    return [found.holds(firm) for firm in read]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("在南山区", [True, False, True, None]),
        ("科创板上市", [True, False, False, None]),
        ("未上市", [False, True, False, None]),
        ("成立早于2010年", [False, True, False, None]),
        ("2010年及以后成立", [True, False, True, None]),
        ("员工500人以上", [True, None, True, None]),
        ("员工不到500人", [False, True, False, None]),
        ("做传感器", [True, False, False, True]),
    ],
)
def test_condition_holds_for_whom_the_lines_say_and_is_open_where_they_do_not(
    read: list[Firm], phrase: str, expected: list[bool | None]
) -> None:
    assert truths(read, phrase) == expected


def test_same_seed_makes_the_same_questions_and_another_seed_others(read: list[Firm]) -> None:
    one, same, other = (list(composed(composer(read, seed), 80)) for seed in (1, 1, 2))
    assert one == same
    assert {case.turns for case in one} != {case.turns for case in other}
    assert len({case.turns for case in one}) == len(one)


def test_every_company_expected_is_one_of_the_list(read: list[Firm]) -> None:
    names = {firm.name for firm in read}
    for case in composed(composer(read, 3), 80):
        assert {*(case.expect.required or ()), *case.expect.allowed} <= names


def test_relations_are_of_two_different_questions(read: list[Firm]) -> None:
    made = list(related(composer(read, 1), 20))
    assert len(made) == 20
    assert all(one.first != one.second for one in made)


def test_verdicts_follow_from_both_sides_of_the_thresholds(path: Path) -> None:
    found = requirements(path)
    assert [one.text for one in found] == ["研发费用占比不低于3%", "拥有有效发明专利2项以上"]
    chance = random.Random(1)  # noqa: S311 - no secret
    made = {one.said: one.verdict for one in checks(found, 400, chance)}
    assert made["研发费用占比不到3%，能申报吗"] == "不满足"
    assert made["研发费用占比至少3%"] == "满足"
    assert made["研发费用占比不超过5%，够格吗"] == ""
    assert made["我们有效发明专利是2项，够吗"] == "满足"
