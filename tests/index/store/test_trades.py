from __future__ import annotations

import numpy as np
import pytest

from index.language.thesaurus import Concept, Thesaurus
from index.store.names import TradeNames, load_names, write_names
from index.store.trades import IN_TRADE, company_trades, nearest_trades
from index.types import Company, CompanyRow, Facts, Origin, Value
from tests.fakes import FakeEncoder

ORIGIN = Origin("list.md", (), 1, 1, "")


@pytest.fixture
def thesaurus() -> Thesaurus:
    concepts = [
        Concept("芯片", (), (), ()),
        Concept("智能手机", ("手机",), (), ()),
        Concept("工业控制", ("工控系统",), (), ()),
        Concept("舆情监测", ("舆情分析",), (), ()),
    ]
    return Thesaurus({concept.term: concept for concept in concepts})


def company(**cells: str) -> Company:
    values = {field: Value(text, ORIGIN) for field, text in cells.items()}
    return Company("one", "甲公司", (), (CompanyRow("甲公司", values, Facts(), ORIGIN),))


def test_last_word_names_the_trade_and_one_before_it_what_it_serves(thesaurus):
    found = company_trades(company(domain="手机芯片"), thesaurus, {})
    assert found["芯片"] == 1.0
    assert 0 < found["智能手机"] < IN_TRADE


def test_position_in_the_market_tells_a_trade(thesaurus):
    found = company_trades(company(position="舆情分析龙头"), thesaurus, {})
    assert found == {"舆情监测": IN_TRADE}


def test_text_without_a_known_word_is_of_the_nearest_trade(thesaurus):
    one = company(domain="工控系", product="芯片")
    vectors = FakeEncoder().encode_documents(
        [name for concept in thesaurus.concepts() for name in concept.surfaces()]
    )
    near = nearest_trades(
        [one], thesaurus, TradeNames(thesaurus, vectors), FakeEncoder().encode_documents
    )
    assert near == {"工控系": "工业控制"}
    assert set(company_trades(one, thesaurus, near)) == {"工业控制", "芯片"}


def test_text_that_is_near_to_no_name_has_no_trade(thesaurus):
    names = TradeNames(thesaurus, np.eye(7, dtype=np.float32))
    assert names.nearest(np.zeros((1, 7), dtype=np.float32) - 1) == [""]


def test_names_are_read_as_they_were_written(thesaurus, tmp_path):
    write_names(tmp_path, thesaurus, FakeEncoder())
    names = load_names(tmp_path, thesaurus)
    assert names.nearest(FakeEncoder().encode_documents(["舆情分析"])) == ["舆情监测"]
