"""Blocks made by hand as the conversation draws them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markupsafe import Markup

from assistant.answers.answer import Answer, Citation, Intent, Record, Remark, Status
from assistant.answers.blocks import (
    Block,
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
    Text,
    Verdict,
    Verdicts,
)
from ui.page.blocks import Shelf, draw, stated_of, text_html
from ui.page.plain import plain_text

ATTACK = "<img src=x onerror=alert(1)>"


def mark(number: int, flagged: bool = False) -> Markup:
    return Markup("[{}{}]").format(number, "!" if flagged else "")


def cited(text: str, *marks: int) -> Cited:
    return Cited(text, marks or (1,))


def record(at: int, **fields: str) -> Record:
    told = {"city": "苏州", "domain": f"领域{at}", **fields}
    return Record(str(at), f"第{at}家公司", (), 1.0, told, (at,))


def card(at: int) -> CompanyCard:
    return CompanyCard(str(at), cited(f"第{at}家公司", at), ((cited("芯片", at),),))


def answer(*blocks: Block, records: int = 0, related: int = 0) -> Answer:
    return Answer(
        question="问",
        status=Status.ANSWERED,
        intent=Intent.LIST,
        answer="",
        filters={},
        records=tuple(map(record, range(records))),
        related=tuple(map(record, range(records, records + related))),
        values=(),
        citations=tuple(Citation(at, "a.md", "", at, at, f"第{at}行") for at in range(1, 9)),
        suggestions=(),
        blocks=blocks,
    )


@pytest.mark.parametrize(
    ("told", "html"),
    [
        ((Plain("共 "), Plain("2", strong=True), Plain(" 家")), "共 <strong>2</strong> 家"),
        ((cited("甲"), Plain("、"), cited("乙", 2)), "甲 [1]、乙 [2]"),
        ((cited("甲"), Plain("、"), cited("乙"), Plain("。")), "甲、乙 [1]。"),
        ((Plain("共 2 家"), Cited("", (1, 2))), "共 2 家 [1][2]"),
        ((Plain("「"), cited("未上市"), Plain("」。")), "「未上市」 [1]。"),
        ((cited("800+"), Plain(" 家（下限）")), "800+ 家 [1]（下限）"),
        ((Cited("深交所", (3,), flagged=True),), "深交所 [3!]"),
        ((cited(ATTACK),), "&lt;img src=x onerror=alert(1)&gt; [1]"),
        ((Cited("主页", (1,), url="javascript:alert(1)"),), "主页 [1]"),
    ],
)
def test_values_have_their_marks_behind_them(told: Text, html: str) -> None:
    assert text_html(told, mark) == html


def test_homepage_is_a_link() -> None:
    html = text_html((Cited("https://a.com", (1,), url="https://a.com"),), mark)
    assert html.startswith('<a href="https://a.com" target="_blank" rel="noopener noreferrer">')


def shelf(*blocks: Block, records: int) -> Shelf:
    [found] = [
        one
        for one in draw(answer(*blocks, records=records), ("batch",)).sections
        if isinstance(one, Shelf)
    ]
    return found


def test_few_companies_are_cards_of_their_records() -> None:
    found = shelf(Companies((card(0), card(1)), 2), records=2)
    assert found.columns == ()
    assert list(found.cards[0].fields) == ["city", "domain"]


def test_many_companies_are_a_page_of_a_table_of_all_records() -> None:
    found = shelf(Companies((card(0), card(1)), 50), records=50)
    assert (len(found.cards), found.total, found.held) == (30, 50, 50)
    # The same city in every row tells nothing.
    assert found.columns == ("domain",)


def test_companies_without_records_are_told_as_the_block_tells_them() -> None:
    found = shelf(Companies((card(7),), 1), records=0)
    assert found.plain
    assert found.cards[0].numbers == (7,)


def test_related_and_doubts_stand_apart_from_the_text() -> None:
    doubt = (Plain("甲：号码不对"), Cited("", (1,)))
    drawn = draw(
        answer(
            Sentence((Plain("没有"),)),
            Notice(NoticeKind.NEAR, (Plain("相近："),)),
            Companies((card(0),), 1, related=True),
            Notice(NoticeKind.FLAGGED, doubt),
            Notice(NoticeKind.UNREAD, (Plain("没有读懂"),)),
            related=1,
        ),
        (),
    )
    assert drawn.doubts == (doubt,)
    assert [one.name for one in drawn.related] == ["第0家公司"]
    [prose] = drawn.sections
    assert isinstance(prose, tuple)
    assert [type(one) for one in prose] == [Sentence, Notice]


def test_value_that_only_a_card_tells_is_doubted_too() -> None:
    wrong = Remark("rule", "error", "第1家公司", "domain", "领域1", "写错了", (1,))
    told = answer(Companies((card(0), card(1)), 2), records=2)
    drawn = draw(replace(told, warnings=(wrong,)), ())
    assert drawn.cards[1].flags == {"domain": "写错了"}
    assert drawn.notes == (("第1家公司：写错了", (1,)),)


EVERY_KIND: tuple[Block, ...] = (
    Sentence((cited("甲", 1),)),
    Companies((CompanyCard("x", cited("乙", 2), fields=(("城市", (cited("苏州", 3),)),)),), 1),
    Table(((), (Plain("列"),)), (((Plain("行"),), (cited("值", 4),)),)),
    Groups((GroupItem((Plain("组"),), (Plain("1 家"),), (cited("丙", 5),), 2),), "city"),
    Verdicts("标准", (Verdict((cited("维度", 6),), (cited("要求", 6),), "满足", "您说的"),)),
    Quotation("文件", ((cited("原文", 7),),), (cited("截至2025年", 8),)),
    Choices((Choice((cited("丁", 1),), "问丁"),)),
)


def test_every_kind_of_block_states_what_its_citations_prove() -> None:
    told = answer(*EVERY_KIND)
    stated = stated_of(told, draw(told, ()).cards)
    for number, words in enumerate(["甲", "乙", "苏州", "值", "丙", "要求", "原文", "2025"], 1):
        assert words in stated[number]


def test_every_kind_of_block_is_copied_with_marks_and_sources() -> None:
    text = plain_text(answer(*EVERY_KIND))
    for words in (
        "1. 乙[2] · 城市：苏州[3]",
        "行\t值[4]",
        "组 1 家：丙[5] 等",
        "满足 · 维度：要求[6]",
    ):
        assert words in text
    assert text.startswith("问\n\n甲[1]")
    assert text.endswith("[8] a.md 第 8 行：第8行")
