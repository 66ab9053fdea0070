"""Headers of several rows."""

from __future__ import annotations

import pytest

from index.sources.heads import goes_on, joined_header

TOP = ["序号", "企业名称", "所在地", "", "营业收入（万元）", "", "备注"]
LOW = ["", "", "省", "市", "2023年", "2024年", ""]
ROW = ["1", "成都云杉雷达有限公司", "四川", "成都", "5200", "6100", ""]


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (
            [TOP, LOW],
            [
                "序号",
                "企业名称",
                "省",
                "市",
                "营业收入（万元） 2023年",
                "营业收入（万元） 2024年",
                "备注",
            ],
        ),
        (
            [["基本信息", "", "经营情况", ""], ["企业名称", "成立时间", "营收", "利润"]],
            ["企业名称", "成立时间", "营收", "利润"],
        ),
        (
            [["企业名称", "主导产品", ""], ["", "名称", "销售额"]],
            ["企业名称", "主导产品 名称", "主导产品 销售额"],
        ),
        (
            [["企业名称", "联系人", "", "负责人", ""], ["", "姓名", "电话", "姓名", "电话"]],
            ["企业名称", "联系人 姓名", "联系人 电话", "负责人 姓名", "负责人 电话"],
        ),
        ([["甲", "乙"]], ["甲", "乙"]),
    ],
)
def test_names_stand_under_the_groups_that_say_more(
    rows: list[list[str]], names: list[str]
) -> None:
    assert joined_header(rows) == names


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        ([TOP, LOW, ROW], True),
        ([TOP, LOW], False),
        ([TOP, ROW, ROW], False),
        ([["企业名称", "城市", ""], ["", "苏州", "12"], ROW], False),
        ([["企业名称", "城市"], ["", "苏州"], ROW], False),
    ],
)
def test_second_row_of_a_header_is_told_from_a_row_of_the_table(
    rows: list[list[str]], more: bool
) -> None:
    assert goes_on(rows, 0) is more
