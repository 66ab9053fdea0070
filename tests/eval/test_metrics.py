"""What counts as stated without a source."""

from __future__ import annotations

from assistant.types import Answer, Citation, Intent, Status
from eval.metrics import unfaithful

LINE = "| 甲公司 | 深交所:603160 |"


def answer(text: str) -> Answer:
    cited = (Citation(1, "a.md", "", 1, 1, LINE),)
    return Answer(
        "甲公司在哪上市", Status.ANSWERED, Intent.LOOKUP, text, {}, (), (), (), cited, ()
    )  # fmt: skip


def test_number_that_no_cited_line_holds_is_unfaithful() -> None:
    told = answer("甲公司：深交所:603161 [1]")
    assert list(unfaithful(told, {"a.md": [LINE]})) == ["number 603161 stands in no cited line"]


def test_line_that_explains_a_doubtful_value_may_name_rules() -> None:
    told = answer("甲公司：深交所:603160 [1]⚠\n\n⚠ 深交所的代码以 000 至 004、300 至 302 开头 [1]")
    assert list(unfaithful(told, {"a.md": [LINE]})) == []


def test_mark_without_a_citation_leads_nowhere() -> None:
    told = answer("甲公司：深交所:603160 [2]")
    assert list(unfaithful(told, {"a.md": [LINE]})) == ["mark [2] leads nowhere"]
