"""What questions about rules ask to be told."""

from __future__ import annotations

import pytest

from assistant.parsing.facts import read_facts
from assistant.parsing.parser import Parser
from assistant.query import Explain


@pytest.mark.parametrize(
    ("asked", "focus"),
    [
        ("小巨人有什么补贴", ("补贴",)),
        ("小巨人认定后有效期几年", ("有效期",)),
        ("申报小巨人营业收入要多少", ("营业收入",)),
        ("外资企业能申请吗", ("外资",)),
        ("申报小巨人需要上市吗", ("上市",)),
        ("资产负债率不能超过多少", ("资产负债率",)),
        ("职工人数最低要多少人", ("职工",)),
        ("这个牌子是哪个部门认定的", ()),
    ],
)
def test_a_noun_beside_a_question_word_is_what_is_asked_about(
    parser: Parser, asked: str, focus: tuple[str, ...]
) -> None:
    found = [one.query.ask for one in parser.parse(asked).candidates]
    rules = next(ask for ask in found if isinstance(ask, Explain))
    assert rules.focus == focus


@pytest.mark.parametrize("asked", ["申报小巨人营业收入要多少", "研发人员占比要求多少",
                                   "申报小巨人需要上市吗", "职工人数最低要多少人"])  # fmt: skip
def test_a_demand_is_of_rules_whatever_column_it_names(parser: Parser, asked: str) -> None:
    assert isinstance(parser.parse(asked).best.ask, Explain)


def test_patents_written_in_one_with_their_number_are_told() -> None:
    (told,) = read_facts("is 2 patents enough", 2025, ("patents",))
    assert told.fact.requirement == "patents"
    assert told.fact.interval.low == 2
