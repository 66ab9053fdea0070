"""Values that look wrong, marked where an answer shows them."""

from __future__ import annotations

import pytest

from assistant.engine import Conversation, Engine, open_engine
from assistant.settings import Settings
from index.build import BuildRequest, build_index
from index.language.encoder import SentenceEncoder
from tests.fakes import SilentProgress

LIST = """# 武汉企业名单

| 企业名称 | 成立时间 | 主导产品 | 员工规模 | 官网 | 上市情况 |
|---|---|---|---|---|---|
| 武汉甲光科技有限公司 | 2001年 | 激光器 | 500人 | https://jiaguang.cn | 深交所:603160 |
| 武汉乙芯科技有限公司 | 2005年 | 传感器 | https://yixin.cn | 300人 | 未上市 |

## 复核

| 企业名称 | 成立时间 |
|---|---|
| 武汉甲光科技有限公司 | 2002年 |
"""


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("flags")
    (folder / "武汉.md").write_text(LIST, "utf-8")
    settings = Settings(store=folder / "store")
    encoder = SentenceEncoder(settings.model, settings.threads)
    build_index(BuildRequest([folder / "武汉.md"], settings.store, encoder), SilentProgress())
    engine = open_engine(settings)
    yield engine
    engine.close()


def test_answer_that_shows_a_flagged_value_marks_and_explains_it(listed: Engine) -> None:
    answer = Conversation(listed).ask("武汉甲光的上市情况")
    assert "深交所:603160** [1]⚠" in answer.answer
    line = answer.answer.splitlines()[-1]
    assert line.startswith("⚠ 武汉甲光科技有限公司：")
    assert "603160 不是深交所的代码" in line
    assert line.endswith("[1]")
    told = next(one for one in answer.warnings if one.rule == "exchange-code-mismatch")
    assert (told.field, told.value, told.citations) == ("listing", "深交所:603160", (1,))


def test_answer_that_shows_another_value_has_no_sign_but_warns_of_its_record(
    listed: Engine,
) -> None:
    answer = Conversation(listed).ask("武汉甲光的主导产品")
    assert "⚠" not in answer.answer
    assert "exchange-code-mismatch" in {one.rule for one in answer.warnings}


def test_values_that_disagree_are_both_told_and_explained(listed: Engine) -> None:
    answer = Conversation(listed).ask("武汉甲光什么时候成立")
    assert "2001年** [1]⚠" in answer.answer
    assert "2002年** [2]⚠" in answer.answer
    assert answer.answer.splitlines()[-1].endswith("[1][2]")


def test_slipped_value_is_not_told_and_the_answer_says_why(listed: Engine) -> None:
    answer = Conversation(listed).ask("武汉乙芯的员工规模")
    told = answer.answer.split("⚠ ")[0]
    assert "https" not in told
    assert "300人" not in told
    assert "疑似错列" in answer.answer
    assert [one.rule for one in answer.warnings] == ["slipped-row"]
