"""Blocks as Markdown: where marks stand, what is escaped, how lists end."""

from __future__ import annotations

import pytest

from assistant.answers.blocks import (
    Choice,
    Choices,
    Cited,
    Companies,
    CompanyCard,
    GroupItem,
    Groups,
    Notice,
    NoticeKind,
    Plain,
    Quotation,
    Sentence,
    Table,
    Verdict,
    Verdicts,
)
from assistant.answers.markdown import render, render_text
from assistant.answers.runs import text
from assistant.errors import UncitedValueError

NAME = Cited("敏芯微", (1,), strong=True)


def test_words_of_a_source_without_a_mark_are_impossible():
    with pytest.raises(UncitedValueError, match="敏芯微"):
        Cited("敏芯微", ())


@pytest.mark.parametrize(
    ("told", "markdown"),
    [
        (text("共 ", Plain("2", strong=True), " 家"), "共 **2** 家"),
        (
            text(NAME, " 的主页：", Cited("https://a.cn", (1,))),
            "**敏芯微** 的主页：https://a.cn [1]",
        ),
        (text(Cited("甲", (1,)), "、", Cited("乙", (2,)), "。"), "甲 [1]、乙 [2]。"),
        (text("写的是「", Cited("未上市", (3,)), "」。"), "写的是「未上市」 [3]。"),
        (text(Cited("800+", (4,), strong=True), " 家。"), "**800+** 家 [4]。"),
        (text(Cited("广州", (5,)), "的代表企业"), "广州 [5] 的代表企业"),
        (text("共 2 家", Cited("", (6, 7)), "："), "共 2 家 [6][7]："),
        (text(Cited("深交所:1", (8,), flagged=True), "。"), "深交所:1 [8]⚠。"),
        (text(Cited("a|b*c", (9,))), r"a\|b\*c [9]"),
        (text(Cited("https://a.cn/x_y", (9,), url="https://a.cn/x_y")), "https://a.cn/x_y [9]"),
    ],
)
def test_marks_follow_the_values_that_they_prove(told, markdown):
    assert render_text(told) == markdown


def test_list_of_companies_is_numbered_and_says_how_many_more_there_are():
    card = CompanyCard("1", NAME, ((Cited("MEMS", (1,)),), (Cited("苏州", (2,)),)))
    assert render([Companies((card,), 3, ordered=True)]) == (
        "1. **敏芯微** · MEMS · 苏州 [1][2]\n\n（其余 2 家见记录列表。）"
    )
    assert render([Companies((card,), 1, related=True)]) == "- **敏芯微** · MEMS · 苏州 [1][2]"


def test_companies_by_name_alone_make_a_sentence():
    cards = (CompanyCard("1", Cited("甲", (1,))), CompanyCard("2", Cited("乙", (2,))))
    assert render([Companies(cards, 4)]) == "甲 [1]、乙 [2]，其余 2 家见记录列表。"


def test_profiles_list_their_fields():
    card = CompanyCard("1", NAME, fields=(("细分领域", (Cited("MEMS", (1,)),)),))
    assert render([Companies((card,), 1)]) == "- 细分领域：MEMS [1]"
    assert render([Companies((card, card), 2)]).startswith("**敏芯微** [1]\n\n- 细分领域")


def test_other_blocks():
    blocks = [
        Table((text(""), text(NAME)), ((text("规模"), text(Cited("1|2", (1,)))),)),
        Groups((GroupItem(text(Plain("苏州", strong=True)), text("2 家"), (NAME,), 1),), "city"),
        Verdicts("", (Verdict(text(Cited("甲", (1,))), text(Cited("乙", (1,))), "满足", "丙"),)),
        Quotation("题", (text(Cited("注", (2,))),), text(Cited("截至今日", (3,)))),
        Notice(NoticeKind.FLAGGED, text("存疑", Cited("", (1,)))),
        Choices((Choice(text(NAME), "敏芯微"),)),
        Sentence(text("完。")),
    ]
    assert render(blocks).split("\n\n") == [
        "|  | **敏芯微** [1] |\n|---|---|\n| 规模 | 1\\|2 [1] |",
        "1. **苏州** 2 家：**敏芯微** [1] 等",
        "- **满足** · 甲：乙 [1]（丙）",
        "**《题》**（截至今日 [3]）",
        "- 注 [2]",
        "⚠ 存疑 [1]",
        "1. **敏芯微** [1]",
        "完。",
    ]
