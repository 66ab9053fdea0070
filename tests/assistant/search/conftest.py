from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from assistant.search.execute import Searcher
from index.store import tables
from index.store.arrays import write_columns
from index.store.columns import ColumnStore
from index.store.records import Records
from tests.assistant.search.naive import Entity


def searcher_over(entities: Sequence[Entity], relation: str = "companies") -> Searcher:
    """Return a search over entities that have facts but no rows."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    with engine.begin() as connection:
        tables.metadata.create_all(connection)
        if entities:
            connection.execute(
                tables.entities.insert(),
                [
                    {
                        "relation": relation,
                        "id": number,
                        "key": one.key,
                        "name": one.key,
                        "payload": "[]",
                    }
                    for number, one in enumerate(entities)
                ],
            )
        facts = [fact for number, one in enumerate(entities) for fact in _facts(number, one)]
        if facts:
            connection.execute(
                tables.facts.insert(), [{"relation": relation, **fact} for fact in facts]
            )
        write_columns(connection)
    records = Records(engine, "test")
    return Searcher(records, ColumnStore(records))


def _facts(number: int, one: Entity) -> list[dict[str, object]]:
    bare = {"entity": number, "text": None, "low": None, "high": None, "row": None}
    return [
        bare | {"field": field, "text": text, "first": place == 0}
        for field, texts in one.texts.items()
        for place, text in enumerate(texts)
    ] + [
        bare | {"field": field, "low": told.low, "high": told.high, "first": place == 0}
        for field, numbers in one.numbers.items()
        for place, told in enumerate(numbers)
    ]
