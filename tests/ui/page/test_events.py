"""Conversations as steps, answered without a browser."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.engine import Engine
from assistant.errors import RevisionError
from index.errors import StoreMissingError
from ui.errors import RequestError
from ui.feedback import feedback_file, read_feedback
from ui.page.events import Ask, Change, Condition, Conversation, Desk, choices_at, read, reply_at
from ui.page.views.chat import functions

pytestmark = pytest.mark.model

MEMS = "苏州有哪些MEMS小巨人"
WITHOUT_CITY = Change(turn=0, field="city", value="苏州")


def answers(engine: Engine, *steps: Ask | Change) -> list[str]:
    desk = Desk(lambda: engine)
    turns = desk.turns(steps, desk.engine())
    return [turn.reply.answer.answer if turn.reply else turn.problem for turn in turns]


def call(engine: Engine, name: str, sent: object) -> dict[str, Any]:
    found = {one.__name__: one for one in functions(Desk(lambda: engine))}
    return found[name](sent)


def test_questions_point_back_to_those_before(engine: Engine) -> None:
    assert "memsensing.com" in answers(engine, Ask(ask=MEMS), Ask(ask="它的主页呢"))[1]
    assert "memsensing.com" not in answers(engine, Ask(ask="它的主页呢"))[0]


def test_change_asks_an_earlier_turn_again(engine: Engine) -> None:
    steps = (Ask(ask=MEMS), Ask(ask="上海有哪些小巨人"), WITHOUT_CITY)
    assert answers(engine, *steps)[2].startswith("做 MEMS 的小巨人企业共")


def test_turn_that_failed_is_told_and_passed_over(engine: Engine) -> None:
    steps = (Ask(ask=MEMS), Ask(ask=" "), Change(turn=1, field="city", value="苏州"))
    found = answers(engine, *steps, Ask(ask="它的主页呢"))
    assert "问题是空的" in found[1]
    assert "没有得到回答" in found[2]
    assert "memsensing.com" in found[3]


def test_steps_are_answered_once(engine: Engine) -> None:
    desk = Desk(lambda: engine)
    served = desk.engine()
    first = desk.turns([Ask(ask=MEMS)], served)
    assert desk.turns([Ask(ask=MEMS), Ask(ask="它的主页呢")], served)[0] is first[0]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "问",
        {"steps": "问"},
        {"steps": [{"ask": 1}]},
        {"steps": [{"ask": "问", "answer": "假"}]},
        {"steps": [{"ask": "长" * 5000}]},
        {"steps": [{"turn": -1, "field": "city", "value": "苏州"}]},
        {"steps": [], "first": 1000},
    ],
)
def test_what_the_page_never_sends_is_refused(sent: object) -> None:
    with pytest.raises(RequestError, match="刷新页面"):
        read(Conversation, sent)


def test_conversation_that_is_too_long_is_told_so(engine: Engine) -> None:
    found = call(engine, "turns", {"steps": [{"ask": "问"}] * 61, "first": 0})
    assert "最多 60 个问题，请开始新对话" in found["error"]


def test_only_the_turns_wanted_are_drawn(engine: Engine) -> None:
    steps = [{"ask": MEMS}, {"ask": "它的主页呢"}]
    found = call(engine, "turns", {"steps": steps, "first": 1})["turns"]
    assert [turn["asked"] for turn in found] == ["它的主页呢"]
    assert 'data-turn="1"' in found[0]["html"]


def test_turns_that_are_not_there_are_refused(engine: Engine) -> None:
    with pytest.raises(RevisionError):
        reply_at([], 3)
    assert "没有得到回答" in call(engine, "evidence", {"steps": [], "turn": 3})["error"]


def test_evidence_and_choices_of_a_turn(engine: Engine) -> None:
    steps = [{"ask": MEMS}]
    assert "第 73 行" in call(engine, "evidence", {"steps": steps, "turn": 0})["html"]
    condition = {"steps": steps, "turn": 0, "field": "topic", "value": "MEMS"}
    assert 'data-to="生物医药"' in call(engine, "options", condition)["html"]
    desk = Desk(lambda: engine)
    asked = read(Condition, condition)
    found = choices_at(desk.turns(asked.steps, desk.engine()), asked, engine)
    assert {"label": "生物医药", "count": 1} in found


def test_further_companies_are_rows_with_their_marks(engine: Engine) -> None:
    steps = [{"ask": "有哪些小巨人"}]
    found = call(engine, "more", {"steps": steps, "turn": 0, "first": 30})["html"]
    assert found.count("<tr>") == engine.index.records.count() - 30
    assert "data-cite=" in found
    assert call(engine, "more", {"steps": steps, "turn": 0, "first": 9999})["html"].strip() == ""


def test_verdict_is_stored_beside_the_index(engine: Engine) -> None:
    steps = [{"ask": MEMS}, {"ask": "它的主页呢"}]
    sent = {"steps": steps, "turn": 1, "verdict": "down", "comment": "缺电话\n第二行"}
    assert call(engine, "judge", sent) == {}
    stored = read_feedback(feedback_file(engine.settings.store))[-1]
    assert (stored.question, stored.status, stored.verdict) == ("它的主页呢", "answered", "down")
    assert stored.comment == "缺电话\n第二行"
    assert stored.before == (MEMS,)


def test_faults_are_told_without_their_details() -> None:
    def missing() -> Engine:
        raise StoreMissingError("没有索引，请先运行 xiaojuren index")

    def broken() -> Engine:
        raise RuntimeError("secret detail")

    for faulty, told in ((missing, "请先运行 xiaojuren index"), (broken, "程序内部出错")):
        welcome = functions(Desk(faulty))[0]
        error = welcome(None)["error"]
        assert told in error
        assert "secret" not in error
