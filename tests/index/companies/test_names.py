"""Company names taken apart."""

from __future__ import annotations

import pytest

from index.companies.names import code_in_name, plain_name, split_brackets, split_name, strip_place
from index.places.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("name", "core", "forms"),
    [
        (
            "苏州敏芯微电子技术股份有限公司",
            "敏芯",
            {"敏芯微电子技术", "敏芯微电子", "敏芯微", "敏芯"},
        ),
        ("深圳市大疆创新科技有限公司", "大疆", {"大疆创新科技", "大疆创新", "大疆"}),
        ("上海商汤智能科技有限公司", "商汤", {"商汤智能科技", "商汤", "上海商汤"}),
        ("北京地平线机器人技术研发有限公司", "地平线", {"地平线机器人", "地平线"}),
        ("上海沪硅产业集团股份有限公司", "沪硅", {"沪硅产业", "沪硅"}),
        ("北京智源人工智能研究院", "智源", {"智源", "北京智源", "智源研究院"}),
        ("浙江大华技术股份有限公司", "大华", {"大华技术", "大华", "浙江大华"}),
        ("北京奕斯伟计算技术股份有限公司", "奕斯伟", {"奕斯伟计算", "奕斯伟"}),
    ],
)
def test_full_name_has_the_forms_that_people_say(
    gazetteer: Gazetteer, name: str, core: str, forms: set[str]
) -> None:
    parts = split_name(name, gazetteer)
    assert parts.legal
    assert parts.core == core
    assert forms <= set(parts.forms)
    assert list(parts.forms) == sorted(parts.forms, key=len, reverse=True)
    assert name not in parts.forms


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("寒武纪", "寒武纪"),
        ("商汤科技", "商汤"),
        ("宁德时代", "宁德时代"),
        ("长江存储", "长江存储"),
        ("恩捷股份", "恩捷"),
        ("科技", "科技"),
        ("中科", "中科"),
    ],
)
def test_short_name_has_no_legal_form_and_keeps_its_place(
    gazetteer: Gazetteer, name: str, core: str
) -> None:
    parts = split_name(name, gazetteer)
    assert (parts.legal, parts.core) == (False, core)


def test_no_form_is_a_mere_trade_word_or_a_single_character(gazetteer: Gazetteer) -> None:
    for name in ("北京智能科技有限公司", "上海电子有限公司", "北京一科技有限公司"):
        forms = split_name(name, gazetteer).forms
        assert all(len(form) >= 2 for form in forms)
        assert not {"科技", "技术"} & set(forms)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("深圳市大疆创新", "大疆创新"),
        ("苏州敏芯", "敏芯"),
        ("浙江大华", "大华"),
        ("内蒙古自治区蒙牛", "蒙牛"),
        ("昆山市丘钛", "丘钛"),
        ("旷视", "旷视"),
        ("北京", "北京"),
        ("上海一", "上海一"),
    ],
)
def test_place_is_taken_off_the_start_unless_too_little_is_left(
    gazetteer: Gazetteer, name: str, bare: str
) -> None:
    assert strip_place(name, gazetteer) == bare


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("① 华为", "华为"),
        ("TOP 3：华为", "华为"),
        ("第一名 华为", "华为"),
        ("案例二：华为", "华为"),
        ("（三）华为", "华为"),
        ("1.MiniMax", "MiniMax"),
        ("华为（注1）", "华为"),
        ("51.com", "51.com"),
        ("360集团", "360集团"),
        ("9号公司", "9号公司"),
        ("★", "★"),
    ],
)
def test_plain_name_has_no_number_symbol_or_footnote(written: str, plain: str) -> None:
    assert plain_name(written) == plain


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("比亚迪（002594）", "002594"),
        ("宁德时代(300750.SZ)", "300750.SZ"),
        ("甲（科创板：688001）", "科创板：688001"),
        ("极飞科技(XAG)", None),
    ],
)
def test_code_in_brackets_behind_a_name(written: str, code: str | None) -> None:
    assert code_in_name(written) == code


def test_name_in_two_scripts_is_said_in_both(gazetteer: Gazetteer) -> None:
    assert {"月之暗面", "Moonshot AI"} <= set(
        split_name("月之暗面（Moonshot AI）", gazetteer).forms
    )
    assert split_name("哈尔滨工业大学（深圳）", gazetteer).forms == ()
    assert split_brackets("海思半导体(华为)") == ("海思半导体",)
    assert split_brackets("大疆农业(DJI Agriculture)") == ("大疆农业", "DJI Agriculture")


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("苏州能源集团股份有限公司", {"苏州能源集团", "苏州能源"}),
        ("北京金山软件有限公司", {"金山软件", "金山"}),
        ("青海国际实业股份有限公司", {"青海国际实业", "青海国际"}),
        ("青海机械研究院股份有限公司", {"青海机械"}),
        ("苏州敏芯微电子技术股份有限公司", {"敏芯微电子技术", "敏芯微电子", "敏芯微", "敏芯"}),
    ],
)
def test_place_or_trade_alone_is_no_form_of_a_name(
    gazetteer: Gazetteer, name: str, forms: set[str]
) -> None:
    parts = split_name(name, gazetteer)
    assert forms <= {*parts.forms}
    assert not {"苏州", "青海", "能源集团", "国际实业", "机械"} & {parts.core, *parts.forms}


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("海  桐Ａ", "海桐Ａ"),
        ("万　科", "万科"),
        ("甲乙电子 股份有限公司", "甲乙电子股份有限公司"),
        ("大疆 农业", "大疆 农业"),
        ("DJI  Agriculture", "DJI  Agriculture"),
    ],
)
def test_blanks_that_only_space_a_name_out_are_left_out(written: str, plain: str) -> None:
    assert plain_name(written) == plain
