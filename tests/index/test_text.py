from __future__ import annotations

import pytest

from index.text import fold, is_whole_word, plain, plain_heading, split_list


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ＭＥＭＳ", "mems"), (" 苏州　", "苏州"), ("（集团）", "(集团)"), ("", "")],
)
def test_fold_levels_width_case_and_margins(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_plain_keeps_case() -> None:
    assert plain(" ＭＥＭＳ　") == "MEMS"


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("旷视、地平线", ["旷视", "地平线"]),
        ("A，B,C；D;E/F", ["A", "B", "C", "D", "E", "F"]),
        ("、 旷视 、", ["旷视"]),
        ("", []),
    ],
)
def test_list_is_split_at_its_separators(text: str, items: list[str]) -> None:
    assert split_list(text) == items


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("3.5 苏州市小巨人企业", "苏州市小巨人企业"),
        ("4.1半导体", "半导体"),
        ("5. 按地区", "按地区"),
        ("5、按地区", "按地区"),
        ("二、认定标准", "认定标准"),
        ("4.2 5G通信", "5G通信"),
        ("5G通信", "5G通信"),
        ("2025年名单", "2025年名单"),
        ("名单", "名单"),
    ],
)
def test_heading_loses_its_number_and_nothing_else(heading: str, bare: str) -> None:
    assert plain_heading(heading) == bare


@pytest.mark.parametrize(
    ("text", "word", "whole"),
    [
        ("aiot芯片", "ai", False),
        ("做ai芯片", "ai", True),
        ("chips", "chip", True),
        ("北京", "北京", True),
    ],
)
def test_word_is_whole_where_no_latin_letter_goes_on(text: str, word: str, *, whole: bool) -> None:
    start = text.index(word)
    assert is_whole_word(text, start, start + len(word)) is whole
