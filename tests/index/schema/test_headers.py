"""Headers as they are compared and shown."""

from __future__ import annotations

import pytest

from index.schema.headers import header_key, plain_header


@pytest.mark.parametrize(
    ("header", "shown", "key"),
    [
        ("**企业名称（必填）", "企业名称", "企业名称"),
        ("*所属市（州）", "所属市（州）", "所属市(州)"),
        ("★联系人 [请从下拉框选择]", "联系人", "联系人"),
        ("成立日期（格式：YYYY-MM-DD）", "成立日期", "成立日期"),
        ("省    份", "省份", "省份"),
        ("营业收入\n（万元）", "营业收入 （万元）", "营业收入(万元)"),
        ("营业收入（万元） 2024年", "营业收入（万元） 2024年", "营业收入(万元)2024年"),
        ("公司名稱", "公司名稱", "公司名称"),
        ("Company  Name", "Company Name", "companyname"),
        ("＃", "＃", "#"),
        ("*", "*", "*"),
        ("", "", ""),
    ],
)
def test_header_is_shown_and_compared_without_marks_and_hints(
    header: str, shown: str, key: str
) -> None:
    assert (plain_header(header), header_key(header)) == (shown, key)
