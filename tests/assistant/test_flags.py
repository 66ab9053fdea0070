"""Values that look wrong, marked where an answer shows them."""

from __future__ import annotations

import pytest

from assistant.compose import Ledger, compose
from assistant.engine import Conversation, Engine, open_engine
from assistant.flags import Flags
from assistant.settings import Settings
from assistant.types import Draft, Intent, Query, Status
from index.build import BuildRequest, build_index
from index.checks import Finding, Rule, Severity
from index.language.encoder import SentenceEncoder
from index.types import Origin, Value
from tests.fakes import SilentProgress

LINE = Origin("a.md", ("名单",), 3, 3, "| 甲公司 | 深交所:603160 | 第5批 |")
OTHER = Origin("a.md", ("名单",), 4, 4, "| 乙公司 | 上交所:600000 |")
MESSAGE = "“深交所:603160”：603160 不是深交所的代码"


def finding(rule: Rule = Rule.EXCHANGE_CODE, value: str = "深交所:603160") -> Finding:
    return Finding(rule, Severity.ERROR, "甲公司", "listing", value, MESSAGE, (LINE,))


@pytest.mark.parametrize("text", ["深交所:603160", "603160"])
def test_value_found_wrong_or_a_part_of_it_is_flagged(text: str) -> None:
    assert list(Flags([finding()]).of(Value(text, LINE))) == [finding()]


def test_other_value_of_the_row_and_same_value_elsewhere_are_not_flagged() -> None:
    flags = Flags([finding()])
    assert list(flags.of(Value("甲公司", LINE))) == []
    assert list(flags.of(Value("深交所:603160", OTHER))) == []


@pytest.mark.parametrize("rule", [Rule.MISSING_FIELD, Rule.DUPLICATE, Rule.AMBIGUOUS])
def test_what_is_no_value_flags_none(rule: Rule) -> None:
    assert list(Flags([finding(rule)]).of(Value("深交所:603160", LINE))) == []


def test_every_value_of_a_slipped_row_is_flagged() -> None:
    flags = Flags([finding(Rule.SLIPPED, "300人 / https://a.com")])
    assert len(list(flags.of(Value("甲公司", LINE)))) == 1


def test_mark_of_a_flagged_value_is_followed_by_the_sign_and_of_others_is_not() -> None:
    ledger = Ledger(Flags([finding()]))
    ledger.tell(Value("甲公司", LINE))
    assert ledger.cite() == "[1]"
    ledger.tell(Value("深交所:603160", LINE))
    assert ledger.cite() == "[1]⚠"
    assert ledger.shown == (finding(),)


def test_answer_without_flagged_values_warns_of_nothing() -> None:
    query = Query("你好", "你好", Intent.HELP)
    draft = Draft(
        Status.OUT_OF_SCOPE, Intent.OTHER, "unknown_company", {"name": Value("乙", OTHER)}
    )
    with pytest.raises(Exception, match="without a mark"):
        compose(query, draft, Ledger(Flags([finding()])))


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
