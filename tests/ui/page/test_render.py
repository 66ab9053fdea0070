"""Turns of the conversation as HTML, without a browser."""

from __future__ import annotations

import re
from html import unescape

import pytest

from assistant.dialogue.chips import chips_of
from assistant.dialogue.reply import Reply
from assistant.dialogue.revise import revise
from assistant.engine import Engine
from ui.page.plain import plain_text
from ui.page.render import asked_fields, failed_html, show, turn_html

pytestmark = pytest.mark.model


def drawn(engine: Engine, question: str) -> str:
    return turn_of(engine, engine.reply(question))


def turn_of(engine: Engine, reply: Reply) -> str:
    return turn_html(0, reply, show(reply), chips_of(reply.query, engine.context.names))


def test_few_companies_are_cards_with_labelled_fields_and_marks(engine: Engine) -> None:
    html = drawn(engine, "苏州有哪些MEMS小巨人")
    card = html.split('<li class="xj-card">')[1].split("</li>")[0]
    assert ">苏州敏芯微电子技术股份有限公司</button>" in card
    assert "<dt>主导产品</dt>" in card
    assert "MEMS麦克风" in card
    assert re.search(r'data-cite="\d+"', card)
    # The cards tell it; the text does not tell it again.
    assert "<ol>" not in html


def test_related_companies_stand_apart_with_their_marks(engine: Engine) -> None:
    html = drawn(engine, "苏州有哪些MEMS小巨人")
    matches, _, related = html.partition('class="xj-related"')
    assert "苏州纳芯微电子股份有限公司" not in matches
    assert "苏州纳芯微电子股份有限公司" in related
    assert "苏州敏芯微电子技术股份有限公司" not in related.split("<template")[0]


def test_many_companies_are_a_table_that_folds_with_the_count_said(engine: Engine) -> None:
    html = drawn(engine, "有哪些小巨人")
    companies = engine.index.records.count()
    open_rows, folded = html.split("<tbody hidden>")
    assert open_rows.count('<th scope="row">') == 10
    assert folded.count('<th scope="row">') == 20
    assert f"<b data-open>10</b> / <b>{companies}</b>" in html


def test_table_shows_the_columns_that_the_question_is_about(engine: Engine) -> None:
    html = drawn(engine, "前三批的小巨人")
    assert "认定批次" in html.split("<thead>")[1].split("</thead>")[0]
    assert "认定批次" not in drawn(engine, "上海有哪些小巨人").split("</thead>")[0]


def test_column_that_says_the_same_in_every_row_is_left_out(engine: Engine) -> None:
    assert "所在城市" not in drawn(engine, "上海有哪些小巨人").split("</thead>")[0]
    assert "所在城市" in drawn(engine, "长三角有哪些小巨人").split("</thead>")[0]


def test_count_says_the_number_first_and_the_companies_below(engine: Engine) -> None:
    html = drawn(engine, "深圳第三批的小巨人有几家")
    prose = html.split('class="xj-prose"')[1].split("</div>")[0]
    assert "<strong>2</strong> 家" in prose
    assert "有限公司" not in prose
    assert html.count('class="xj-card"') == 2


def test_values_in_doubt_are_marked_and_explained(engine: Engine) -> None:
    html = drawn(engine, "汇顶科技的上市情况")
    assert "xj-flagged" in html
    assert "处数据存疑" in html
    assert "603160" in html.split('class="xj-doubts"')[1]
    assert "处数据存疑" not in drawn(engine, "敏芯微的主页")


def test_doubts_that_the_text_tells_are_not_told_twice(engine: Engine) -> None:
    reply = engine.reply("汇顶科技的上市情况")
    drawn_answer = show(reply).drawn
    assert reply.answer.warnings
    assert (len(drawn_answer.doubts), drawn_answer.notes) == (1, ())
    prose = turn_of(engine, reply).split('class="xj-doubts"')[0]
    assert prose.count("⚠") == 1  # on the mark itself


def test_conditions_are_chips_that_can_be_removed_or_exchanged(engine: Engine) -> None:
    html = drawn(engine, "苏州有哪些MEMS小巨人")
    assert 'data-field="city" data-value="苏州"' in html
    assert 'data-field="topic" data-value="MEMS"' in html
    assert html.count("data-remove ") == html.count("data-choices ") == 2
    # Of the only company asked about nothing can be removed.
    assert "data-remove " not in drawn(engine, "介绍一下敏芯微")


def test_changed_question_says_what_was_changed(engine: Engine) -> None:
    reply = revise(engine.reply("苏州有哪些MEMS小巨人"), "city", "苏州", None, engine)
    html = turn_of(engine, reply)
    assert '<h2 translate="no">苏州有哪些MEMS小巨人</h2>' in html
    assert "去掉 城市：苏州" in html


def test_text_to_copy_has_every_company_and_its_sources(engine: Engine) -> None:
    answer = engine.reply("有哪些小巨人").answer
    text = plain_text(answer)
    assert all(record.name in text for record in answer.records)
    assert f"[{answer.citations[0].id}] {answer.citations[0].source} 第 " in text
    assert "**" not in text
    assert "data-plain" in drawn(engine, "有哪些小巨人")


def test_questions_and_messages_are_escaped(engine: Engine) -> None:
    attack = '<img src=x onerror=alert(1)> "x"'
    for html in (drawn(engine, attack), failed_html(0, attack, attack)):
        assert "<img" not in html
        assert attack in unescape(html)


def test_fields_asked_about_are_columns(engine: Engine) -> None:
    query = engine.reply("长三角在科创板上市的MEMS企业，按成立时间排序").query
    assert set(asked_fields(query)) >= {"city", "listing", "domain"}
