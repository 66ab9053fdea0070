"""Questions about rule documents: which is meant, which is in force, articles, tiers."""

from __future__ import annotations

from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.engine import Conversation, Engine
from assistant.settings import Settings
from index.build import BuildRequest, build_index
from index.store.reader import open_index
from tests.fakes import FakeEncoder, SilentProgress

DOCUMENTS = Path(str(files("eval"))) / "documents"


@pytest.fixture(scope="module")
def measures(tmp_path_factory):
    store = tmp_path_factory.mktemp("measures")
    paths = [DOCUMENTS / name for name in ("measure_2022.txt", "measure_2026.md")]
    build_index(BuildRequest(paths, store, FakeEncoder()), SilentProgress())
    with closing(Engine(open_index(store, FakeEncoder()), Settings())) as engine:
        yield engine


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("资产负债率不能超过多少", ["写明：（四）上年末资产负债率不高于65%", "废止"], []),
        ("2022年的办法要求资产负债率多少", ["70%"], ["65%"]),
        ("按63号文，负债率最高多少", ["70%"], ["65%"]),
        ("第五条说了什么", ["3年以上", "不足5000万元", "不低于10%"], ["不高于70%"]),
        ("新旧办法有什么区别", ["75%", "70%", "没有写明"], []),
        ("现在执行的是哪个办法", ["2026年4月1日起施行", "现行有效", "废止"], []),
        ("什么情况下会被撤销称号", ["虚假申报", "更新信息"], []),
        ("2019年的办法怎么规定的", ["没有收录"], ["65%", "70%"]),
        ("第九十九条说了什么", ["没有写明"], ["65%"]),
    ],
)
def test_document_meant_answers_newest_first(measures, question, told, not_told):
    answer = measures.reply(question).answer.answer
    assert [words for words in told if words not in answer] == []
    assert [words for words in not_told if words in answer] == []


def test_verdict_is_by_the_document_in_force_and_the_tier_told(measures):
    answer = measures.reply("营收8000万，研发费用占6%，能申报吗").answer
    results = {one.name: one.value for one in answer.values}
    assert results["不低于6%"] == "满足"
    assert not {"不低于3%", "不低于10%"} & results.keys()
    assert "资产负债率" in answer.answer.split("。")[0]
    assert not any("2022" in one.source for one in answer.citations)


def test_tier_stays_open_until_the_income_is_told(measures):
    conversation = Conversation(measures)
    first = conversation.ask("研发费用占6%，能申报吗")
    assert {one.value for one in first.values} == {"未说明"}
    second = conversation.ask("营收8000万")
    assert ("不低于6%", "满足") in {(one.name, one.value) for one in second.values}


def test_new_question_ends_the_self_check(measures):
    conversation = Conversation(measures)
    conversation.ask("营收8000万，研发费用占6%，能申报吗")
    assert "三年" in conversation.ask("称号有效期几年").answer


def test_naming_another_document_carries_the_question_over(measures):
    conversation = Conversation(measures)
    conversation.ask("新办法的资产负债率要求多少")
    told = conversation.ask("旧办法呢").answer
    assert "70%" in told
    assert "65%" not in told
