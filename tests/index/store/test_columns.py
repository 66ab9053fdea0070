from __future__ import annotations

import numpy as np
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from index.store import tables
from index.store.arrays import write_columns
from index.store.columns import TERMS, ColumnStore
from index.store.records import Records


def written(facts: list[tuple[int, str | None, float | None, float | None]]) -> ColumnStore:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        tables.metadata.create_all(connection)
        connection.execute(
            tables.entities.insert(),
            [
                {"relation": "companies", "id": number, "key": f"k{number}", "sort": name}
                for number, name in enumerate(("c", "a", "b"))
            ],
        )
        connection.execute(
            tables.facts.insert(),
            [
                {
                    "relation": "companies",
                    "entity": entity,
                    "field": "size",
                    "text": text,
                    "low": low,
                    "high": high,
                    "first": True,
                    "row": row,
                }
                for row, (entity, text, low, high) in enumerate(facts)
            ],
        )
        words = [("电池", 2, 1.0, True), ("电池", 0, 0.9, False)]
        connection.execute(
            tables.terms.insert(),
            [dict(zip(("term", "company", "weight", "trade"), one, strict=True)) for one in words],
        )
        write_columns(connection)
    return ColumnStore(Records(engine, "test"))


def test_entities_of_a_text_stand_in_reading_order_each_once() -> None:
    store = written([(2, "大", None, None), (0, "大", 1, 1), (0, "大", 2, 2), (1, "小", 1, None)])
    column = store.column("companies", "size")
    (large,) = store.numbers("companies", "size", ("大", "无"))
    assert column.holders(large).tolist() == [0, 2]
    assert store.texts("companies", "size", np.arange(column.texts)) == {0: "大", 1: "小"}
    assert store.containing("companies", "size", "小") == ((1, "小"),)


def test_entities_stand_in_the_order_of_their_first_number_with_ties() -> None:
    column = written([(2, None, 1, 1), (0, None, 1, 1), (0, None, 0, 0), (1, None, 0, None)])
    sizes = column.column("companies", "size")
    assert sizes.number.tolist() == [0, 0, 1, 2]
    assert sizes.low.tolist() == [1, 0, 0, 1]
    assert sizes.high.tolist() == [1, 0, np.inf, 1]
    assert sizes.order.tolist() == [1, 0, 2]
    assert np.diff(sizes.rank).tolist() == [1, 0]


def test_names_keys_and_terms_are_kept_beside_the_facts() -> None:
    store = written([(0, "大", None, None)])
    assert store.by_name("companies").order.tolist() == [1, 2, 0]
    assert store.keys(np.int32([2, 0])) == ("k2", "k0")
    terms = store.column(TERMS, "")
    assert terms.holders(0).tolist() == [0, 2]
    assert terms.weight.tolist() == np.float32([0.9, 1.0]).tolist()
    assert terms.trade.tolist() == [False, True]


def test_a_field_that_nobody_has_is_empty() -> None:
    store = written([(0, "大", None, None)])
    assert store.column("companies", "无").texts == 0
    assert not store.says("companies", "无").any()
    assert store.says("companies", "size").tolist() == [True, False, False]
