"""How long facts take at any size: `python -m eval.facts 12000 100000 1000000`.

Companies are written straight into the tables of a records file, without embedding or reading
lists; places are the gazetteer's, trades the thesaurus's. Then queries of every kind are run, each
several times with other values; of every kind the 95th percentile is printed. Files are kept beside
each other in FOLDER and used again.

    python -m eval.facts --folder FOLDER 100000
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table as Shown
from sqlalchemy import Engine, Table

from assistant.query import (
    About,
    Aggregate,
    And,
    Count,
    Group,
    In,
    Member,
    Named,
    Not,
    Or,
    Order,
    Query,
    Rows,
    Within,
)
from assistant.search.execute import Searcher
from assistant.search.terms import TermMatcher
from assistant.search.topics import TopicSearch
from index.language.thesaurus import load_thesaurus
from index.places.gazetteer import Level, Place, load_gazetteer
from index.schema.interval import Interval
from index.store import tables
from index.store.arrays import write_columns
from index.store.columns import ColumnStore
from index.store.database import create_file, create_indexes, create_tables, open_file
from index.store.records import Records
from index.text import fold

_SYLLABLES = "华新中科创智源恒瑞天泰安达博远信德盛宏力精工微芯光电能环海洋星云龙凯飞腾正宇"
_KINDS = ("", "模组", "设备", "系统", "组件", "材料")
_STAFF = ((50, 200), (200, 500), (500, 1000), (1000, 5000), (5000, None))
_BOARDS = ("科创板", "创业板", "主板", "北交所")
_BATCH = 20_000
_SOURCE = "national.md"
_TIMES = 20

Cells = dict[str, str]
Told = tuple[str, str | None, float | None, float | None]


class MadeUp:
    """Makes companies up, always the same ones.

    Args:
        count: How many.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._chance = random.Random(count)  # noqa: S311 - nothing secret
        places = load_gazetteer().places
        self.cities: list[Place] = [one for one in places if one.level is Level.CITY]
        self.trades = list(load_thesaurus().concepts())
        # Most companies are in a few cities and trades.
        self._of_cities = [1 / (rank + 1) for rank in range(len(self.cities))]
        self._of_trades = [1 / (rank + 5) for rank in range(len(self.trades))]

    def companies(self) -> Iterator[tuple[str, Cells, list[Told], list[tuple[str, float, bool]]]]:
        """Yield name, cells, facts and words of each company."""
        chance = self._chance
        cities = chance.choices(self.cities, self._of_cities, k=self.count)
        trades = chance.choices(self.trades, self._of_trades, k=self.count)
        for number, (city, trade) in enumerate(zip(cities, trades, strict=True)):
            core = "".join(chance.sample(_SYLLABLES, 3))
            name = f"{city.short}{core}{number}科技股份有限公司"
            words = chance.choice(trade.surfaces())
            product = f"{words}{chance.choice(_KINDS)}"
            yield name, *self._of(city, trade.term, product)

    def _of(
        self, city: Place, trade: str, product: str
    ) -> tuple[Cells, list[Told], list[tuple[str, float, bool]]]:
        chance = self._chance
        cells = {"city": city.short, "domain": trade, "product": product}
        facts: list[Told] = [
            ("city", city.short, None, None),
            ("province", str(city.province), None, None),
            ("domain", fold(trade), None, None),
            ("product", fold(product), None, None),
            ("list", _SOURCE, None, None),
        ]
        if chance.random() < 0.9:
            year = chance.randrange(1985, 2024)
            cells["founded"] = f"{year}年"
            facts.append(("founded", None, year, year))
        if chance.random() < 0.85:
            low, high = chance.choice(_STAFF)
            cells["headcount"] = f"{low}-{high}人" if high else f"{low}+人"
            facts.append(("headcount", None, low, high))
        batch = chance.randrange(1, 8)
        cells["batch"] = f"第{batch}批"
        facts.append(("batch", None, batch, batch))
        facts += self._listing(cells)
        return cells, facts, [(trade, 1.0, True)]

    def _listing(self, cells: Cells) -> list[Told]:
        if self._chance.random() < 0.8:
            cells["listing"] = "未上市"
            return [("listing", "unlisted", None, None)]
        board, code = self._chance.choice(_BOARDS), f"{self._chance.randrange(10**6):06}"
        cells["listing"] = f"{board}:{code}"
        return [
            ("listing", "listed", None, None),
            ("exchange", board, None, None),
            ("board", board, None, None),
            ("code", code, None, None),
        ]


def write_facts(engine: Engine, count: int) -> None:
    """Write made-up companies into a new SQLite file."""
    with engine.begin() as connection:
        create_tables(connection)
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - the connection is open
        documents = [(0, _SOURCE, "全国小巨人企业名单", _SOURCE, "", "")]
        _insert(driver, tables.documents, documents)
        made = MadeUp(count).companies()
        start = 0
        while batch := list(islice(made, _BATCH)):
            _write_batch(driver, start, batch)
            start += len(batch)
        create_indexes(connection)
        write_columns(connection)


def _write_batch(driver: Any, start: int, batch: Sequence[Any]) -> None:
    numbered = list(enumerate(batch, start))
    _insert(
        driver,
        tables.origins,
        (
            (number, 0, '["名单"]', number + 1, number + 1, "|".join((name, *cells.values())), "")
            for number, (name, cells, _, _) in numbered
        ),
    )
    _insert(
        driver,
        tables.entities,
        (
            ("companies", number, f"{number:016x}", name, name, "[]", number)
            for number, (name, _, _, _) in numbered
        ),
    )
    _insert(
        driver,
        tables.rows,
        (
            (number, number, 0, name, number, f'{{"facts":{{"city":"{cells["city"]}"}}}}')
            for number, (name, cells, _, _) in numbered
        ),
    )
    _insert(
        driver,
        tables.cells,
        (
            (number, position, field, text, number)
            for number, (_, cells, _, _) in numbered
            for position, (field, text) in enumerate(cells.items())
        ),
    )
    _insert(
        driver,
        tables.facts,
        (
            ("companies", number, field, text, low, high, True, number)
            for number, (_, _, facts, _) in numbered
            for field, text, low, high in facts
        ),
    )
    _insert(
        driver,
        tables.terms,
        (
            (term, number, weight, trade)
            for number, (_, _, _, words) in numbered
            for term, weight, trade in words
        ),
    )


def _insert(driver: Any, table: Table, values: Any) -> None:
    marks = ", ".join("?" * len(table.columns))
    driver.executemany(f"INSERT INTO {table.name} VALUES ({marks})", values)  # noqa: S608


class NoMeaning:
    """Stands for the search by meaning, which facts need not."""

    def search(self, text: str) -> Any:
        """Raise, for no query here may come to it."""
        raise AssertionError(text)


def open_facts(path: Path) -> Searcher:
    """Return a search over a file of :func:`write_facts`, by words alone."""
    records = Records(open_file(path), str(path))
    columns = ColumnStore(records)
    topics = TopicSearch(TermMatcher(columns, load_thesaurus()), NoMeaning())  # type: ignore[arg-type]
    return Searcher(records, columns, topics, load_gazetteer())


def queries(count: int) -> dict[str, Callable[[random.Random], Query]]:
    """Return by kind what makes a query with other values each time."""
    made = MadeUp(count)

    def city(chance: random.Random) -> In:
        return In("city", (chance.choice(made.cities[:60]).short,))

    def later(chance: random.Random) -> Within:
        return Within("founded", Interval(low=chance.randrange(1990, 2020)))

    def large(chance: random.Random) -> Within:
        return Within("headcount", Interval(low=chance.choice((500, 800, 1000, 5000))))

    def trade(chance: random.Random) -> About:
        term = chance.choice(made.trades[:100]).term
        return About(term, (term,))

    unlisted = In("listing", ("unlisted",))
    keys = [f"{number:016x}" for number in range(0, count, max(1, count // 50))]
    return {
        "all": lambda _: Query(Rows()),
        "list, one place": lambda c: Query(Rows(), city(c)),
        "list, three conditions": lambda c: Query(Rows(), And((city(c), later(c), unlisted))),
        "list, broad": lambda c: Query(Rows(), And((unlisted, later(c)))),
        "list, either or not": lambda c: Query(
            Rows(), And((Or((city(c), city(c))), Not(large(c)), later(c)))
        ),
        "count": lambda c: Query(Count(), And((city(c), large(c)))),
        "by words": lambda c: Query(Rows(), trade(c)),
        "by words in a place": lambda c: Query(Rows(), And((city(c), trade(c)))),
        "rank, all": lambda c: Query(Rows(order=Order("headcount", c.random() < 0.5, limit=3))),
        "rank, in a place": lambda c: Query(
            Rows(order=Order("founded", descending=False, limit=3)), city(c)
        ),
        "whole order": lambda c: Query(Rows(order=Order("founded", descending=True)), later(c)),
        "group by city": lambda c: Query(Group("city"), later(c)),
        "group by trade": lambda c: Query(Group("domain"), city(c)),
        "group by decade": lambda _: Query(Group("decade"), unlisted),
        "mean": lambda c: Query(Aggregate("mean", "founded"), city(c)),
        "one company": lambda c: Query(Rows(), Named((c.choice(keys),))),
        "member": lambda c: Query(Member((c.choice(keys),)), And((city(c), large(c)))),
    }


def measure(search: Searcher, count: int) -> dict[str, list[float]]:
    """Return by kind of query how many milliseconds of CPU each of its runs took."""
    taken: dict[str, list[float]] = {}
    for kind, make in queries(count).items():
        chance = random.Random(kind)  # noqa: S311 - nothing secret
        search.search(make(chance))
        for _ in range(_TIMES):
            query = make(chance)
            start = time.process_time()
            search.search(query)
            taken.setdefault(kind, []).append(1000 * (time.process_time() - start))
    return taken


def main(
    counts: Annotated[list[int], typer.Argument(help="numbers of companies")],
    folder: Annotated[Path | None, typer.Option(help="where the files are kept")] = None,
) -> None:
    """Measure and print milliseconds of CPU: the median and the 95th percentile."""
    console = Console()
    shown = Shown("query", *(f"{count:,}" for count in counts))
    figures: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        kept = folder or Path(temporary)
        kept.mkdir(parents=True, exist_ok=True)
        for count in counts:
            path = kept / f"facts-{count}.sqlite3"
            if not path.exists():
                start = time.perf_counter()
                engine = create_file(path)
                write_facts(engine, count)
                engine.dispose()
                console.print(f"{count:,} written in {time.perf_counter() - start:.0f} s")
            for kind, taken in measure(open_facts(path), count).items():
                middle, worst = np.percentile(taken, (50, 95))
                figures.setdefault(kind, []).append(f"{middle:.1f} / {worst:.1f}")
    for kind, told in figures.items():
        shown.add_row(kind, *told)
    console.print(shown)


if __name__ == "__main__":
    typer.run(main)
