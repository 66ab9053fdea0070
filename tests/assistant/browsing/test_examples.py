"""Example questions: of every kind, and answered by what the index holds."""

from __future__ import annotations

import pytest

from assistant.answers.answer import Intent, Status
from assistant.browsing.examples import examples
from assistant.engine import Engine
from index.store.records import Records
from tests.stored import records_of

pytestmark = pytest.mark.model


def test_every_example_is_answered_as_the_kind_it_stands_for(engine: Engine) -> None:
    found = examples(engine.index.records)
    replies = {kind: engine.reply(question) for kind, question in found}
    assert {one.answer.status for one in replies.values()} == {Status.ANSWERED}
    assert {kind: reply.answer.intent for kind, reply in replies.items()} == {
        "找企业": Intent.LIST,
        "查一家": Intent.LOOKUP,
        "数一数": Intent.STATS,
        "看统计": Intent.STATS,
        "问规则": Intent.FAQ,
        "做自测": Intent.ELIGIBILITY,
        "排名次": Intent.RANK,
        "比一比": Intent.COMPARE,
    }


def test_companies_are_called_little_giants_only_where_all_are(
    seed_records: Records, tmp_path
) -> None:
    assert dict(examples(seed_records))["找企业"].endswith("小巨人")
    file = tmp_path / "list.md"
    row = "| 甲科技有限公司 | 苏州 | 光 |"
    file.write_text(f"# 瞪羚企业\n\n| 企业名称 | 城市 | 领域 |\n|---|---|---|\n{row}\n", "utf-8")
    found = dict(examples(records_of([file], tmp_path)))
    assert found == {"找企业": "苏州有哪些光企业", "数一数": "苏州有多少家企业"}
