"""Questions about the programme, told from those about companies by what they are near to."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from assistant.parsing.opening import parser_of
from assistant.parsing.parser import Parser
from assistant.query import Explain, Rows
from index.store.records import Records


@dataclass(frozen=True, slots=True)
class _Near:
    """A witness to whom every text is equally near."""

    rule: float
    trade: float
    listing: float
    saying: float = 0.0

    def said(self, _text: str) -> float:
        return self.saying

    def rules(self, _text: str) -> float:
        return self.rule

    def trades(self, _text: str) -> float:
        return self.trade

    def listings(self, _text: str) -> float:
        return self.listing


def _parser(records: Records, witness: _Near) -> Parser:
    return parser_of(records, witness)


def test_words_nothing_links_are_about_the_rules_where_those_are_nearer(
    seed_records: Records,
) -> None:
    near = _parser(seed_records, _Near(rule=0.8, trade=0.4, listing=0.3))
    assert isinstance(near.parse("主题沾不沾边").best.ask, Explain)


@pytest.mark.parametrize("witness", [_Near(0.4, 0.8, 0.3), _Near(0.4, 0.3, 0.8)])
def test_words_nothing_links_describe_companies_where_those_are_nearer(
    seed_records: Records, witness: _Near
) -> None:
    asked = _parser(seed_records, witness).parse("听诊器谁家做得好").best.ask
    assert isinstance(asked, Rows)


def test_a_passage_that_says_every_word_of_a_question_answers_it(seed_records: Records) -> None:
    far = {"rule": 0.45, "trade": 0.5, "listing": 0.4}
    said = _parser(seed_records, _Near(**far, saying=1.0))
    assert isinstance(said.parse("发展中有什么困难").best.ask, Explain)
    assert isinstance(said.parse("做芯片的有哪些").best.ask, Rows)


def test_a_requirement_named_is_about_the_rules(parser: Parser) -> None:
    ask = parser.parse("精细化怎么衡量").best.ask
    assert isinstance(ask, Explain)


@pytest.mark.parametrize(
    "question", ["这块牌子是哪个部委发的", "这是个什么概念", "评上能拿多少补贴"]
)
def test_a_noun_that_is_no_company_asks_for_no_companies(parser: Parser, question: str) -> None:
    assert isinstance(parser.parse(question).best.ask, Explain)


@pytest.mark.parametrize("question", ["每一批认定大概隔多久", "下一批要等多久"])
def test_each_batch_is_not_the_first(parser: Parser, question: str) -> None:
    assert isinstance(parser.parse(question).best.ask, Explain)


@pytest.mark.parametrize(
    ("question", "confirms", "claims"),
    [("小巨人要5项发明专利对吧", "must", ["patents"]), ("软著能代替发明专利吗", "may", []),
     ("必须参与过标准制定吗", "must", []), ("发明专利要几项", "", [])],
)  # fmt: skip
def test_what_a_question_supposes_of_a_rule_is_kept(
    parser: Parser, question: str, confirms: str, claims: list[str]
) -> None:
    ask = parser.parse(question).best.ask
    assert isinstance(ask, Explain)
    assert ask.confirms == confirms
    assert [one.requirement for one in ask.claims] == claims
