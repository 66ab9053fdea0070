from __future__ import annotations

import subprocess
import sys

import pytest

from assistant.engine import Conversation
from assistant.errors import QuestionError
from assistant.live import LiveEngine
from index.build import BuildRequest, build_index
from index.language.encoder import SentenceEncoder
from tests.fakes import SilentProgress

LIGHT = """
import sys
from pathlib import Path
from assistant.engine import open_engine
from assistant.settings import Settings
engine = open_engine(Settings(store=Path(sys.argv[1])))
for question in sys.argv[2:]:
    assert engine.reply(question).answer.status == "answered", question
heavy = {"torch", "sentence_transformers", "transformers", "gradio"} & set(sys.modules)
assert not heavy, heavy
"""


def test_lookup_filter_and_count_need_no_model(settings, engine):
    assert engine
    questions = [
        "敏芯微的股票代码",
        "苏州有哪些MEMS小巨人",
        "北京第五批有几家",
        "北京有多少家小巨人",
    ]
    command = [sys.executable, "-c", LIGHT, str(settings.store), *questions]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_empty_question_is_refused(engine, text):
    with pytest.raises(QuestionError, match="空"):
        engine.reply(text)


def test_question_of_100000_characters_is_refused_in_one_short_line(engine):
    with pytest.raises(QuestionError) as caught:
        engine.reply("苏" * 100_000)
    assert "100000" in str(caught.value)
    assert len(str(caught.value)) < 80


def test_conversation_goes_on_after_a_question_that_is_refused(engine):
    conversation = Conversation(engine)
    conversation.ask("苏州有哪些MEMS小巨人")
    with pytest.raises(QuestionError):
        conversation.ask("")
    assert conversation.ask("它的主页").values[0].value == "https://www.memsensing.com"


def test_new_topic_does_not_inherit_conditions(engine):
    conversation = Conversation(engine)
    conversation.ask("北京第五批有几家")
    assert conversation.ask("机器人企业有哪些").filters == {"topic": ["机器人"]}


def test_same_question_gets_the_same_answer(engine):
    first = engine.reply("能用意念控制机器的公司").answer
    assert engine.reply("能用意念控制机器的公司").answer == first


@pytest.fixture
def table(tmp_path):
    def write(*names: str):
        path = tmp_path / "list.md"
        rows = "\n".join(f"| {name} | 苏州 |" for name in names)
        path.write_text(f"# 名单\n\n| 企业名称 | 所在城市 |\n|---|---|\n{rows}\n", "utf-8")
        return path

    return write


def test_finished_rebuild_takes_over_at_the_next_question(settings, table, tmp_path):
    store = tmp_path / "store"
    encoder = SentenceEncoder()
    build_index(BuildRequest([table("甲公司")], store, encoder), SilentProgress())
    live = LiveEngine(settings.model_copy(update={"store": store}))
    before = live()
    build_index(BuildRequest([table("甲公司", "乙公司")], store, encoder), SilentProgress())
    assert len(before.reply("苏州的企业").answer.records) == 1
    assert len(live().reply("苏州的企业").answer.records) == 2


def test_questions_asked_at_once_are_answered_one_by_one(engine):
    reply = engine.reply("敏芯微在哪个城市？它是哪年成立的？")
    told = {one.field: one.value for one in reply.answer.values}
    assert told["city"] == "苏州"
    assert told["founded"] == "2007年"
    following = engine.reply("那它的官网呢", reply).answer
    assert [one.field for one in following.values] == ["website"]
