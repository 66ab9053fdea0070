"""What the benchmark runs in processes of its own; each prints one line of JSON.

python -m eval.national.tasks build LIST STORE          the index, and seconds of each stage
python -m eval.national.tasks records LIST FILE TIMES   records alone, multiplied
python -m eval.national.tasks search FILE               queries over records
python -m eval.national.tasks ask STORE                 questions over an index
python -m eval.national.tasks model                     the model alone, for its memory
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from assistant.engine import open_engine
from assistant.query import And, Count, Group, In, Order, Query, Relation, Rows, Within
from assistant.search.execute import Searcher
from assistant.settings import Settings
from eval.measure import percentile, processor_milliseconds
from eval.national.grow import grow
from index.build import BuildRequest, build_index
from index.corpus import find_sources, merge_sources, read_sources
from index.language.encoder import SentenceEncoder
from index.schema.interval import Interval
from index.store.columns import ColumnStore
from index.store.content import Content
from index.store.database import create_file, open_file
from index.store.records import Records
from index.store.writer import write_records

_ROUNDS = 40
_COLUMNS = ("city", "province", "exchange", "founded", "headcount", "batch")


def main() -> None:
    """Run the task named on the command line and print what it tells."""
    name, *arguments = sys.argv[1:]
    tasks: dict[str, Callable[..., object]] = {
        "build": _build,
        "records": _records,
        "search": _search,
        "ask": _ask,
        "model": _model,
    }
    sys.stdout.write(json.dumps(tasks[name](*arguments)))


class _Stages:
    """Notes how long each stage takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Callable[[int], None]]:  # noqa: ARG002
        """Run a stage and note its time."""
        start = time.perf_counter()
        yield lambda _: None
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def _build(source: str, store: str) -> dict[str, float]:
    stages, start = _Stages(), time.perf_counter()
    build_index(BuildRequest([Path(source)], Path(store), SentenceEncoder()), stages)
    return {**stages.seconds, "all": time.perf_counter() - start}


def _records(source: str, file: str, times: str) -> int:
    path = Path(source)
    reading = read_sources(find_sources([path]))
    engine = create_file(Path(file))
    write_records(engine, Content(reading, merge_sources(reading), (), (), (str(path),)))
    if int(times) > 1:
        grow(engine, int(times))
    engine.dispose()
    return Path(file).stat().st_size


# --- queries over records ------------------------------------------------------------------------


def _search(file: str) -> dict[str, list[float]]:
    path = Path(file)
    records = Records(open_file(path), file)
    columns = ColumnStore(records)
    searcher = Searcher(records, columns)
    queries = _queries(_values(columns, "city"), _values(columns, "province"))
    for kind in queries.values():
        searcher.search(kind[0])
    found = {
        kind: _figures(partial(searcher.search, one) for one in asked)
        for kind, asked in queries.items()
    }
    return {**found, "megabytes": [_megabytes()]}


def _values(columns: ColumnStore, field: str) -> list[str]:
    """Return the values of a field of the companies."""
    relation = Relation.COMPANIES.value
    count = columns.column(relation, field).texts
    return sorted(columns.texts(relation, field, range(count)).values())


def _queries(cities: Sequence[str], provinces: Sequence[str]) -> Mapping[str, list[Query]]:
    """Return queries of every kind, each with other values."""
    chance = random.Random(1)  # noqa: S311 - nothing secret
    companies = Relation.COMPANIES
    found: dict[str, list[Query]] = {"list": [], "count": [], "rank": [], "group": []}
    for _ in range(_ROUNDS):
        city, province = In("city", (chance.choice(cities),)), chance.choice(provinces)
        since = Within("founded", Interval(chance.randrange(1992, 2020)))
        staff = Within("headcount", Interval(chance.choice((200, 500, 1000))))
        board = In("exchange", ("科创板",))
        batch = Within("batch", Interval.point(chance.randrange(1, 7)))
        where = chance.choice((And((city,)), And((city, since)), And((since, staff, board))))
        found["list"].append(Query(Rows(), where, companies))
        found["count"].append(Query(Count(), chance.choice((since, board, where)), companies))
        order = Order("founded", descending=chance.random() < 0.5, limit=3)
        ranked = chance.choice((And(), In("province", (province,)), staff))
        found["rank"].append(Query(Rows(order=order), ranked, companies))
        grouped = chance.choice((And(), since, batch))
        field = chance.choice(("city", "province", "batch"))
        found["group"].append(Query(Group(field), grouped, companies))
    return found


def _figures(calls: Iterable[Callable[[], object]]) -> list[float]:
    """Return median and 95th percentile of calls, in milliseconds of the processor."""
    taken = [processor_milliseconds(call) for call in calls]
    return [percentile(taken, 0.5), percentile(taken, 0.95)]


# --- questions over an index ----------------------------------------------------------------------


def _ask(store: str) -> dict[str, list[float]]:
    with closing(open_engine(Settings(store=Path(store)))) as engine:
        cities = _values(ColumnStore(engine.index.records), "city")
        questions = _questions(cities)
        for kind in questions.values():
            engine.reply(kind[0])
        before = _megabytes()
        found = {
            kind: _figures(partial(engine.reply, one) for one in asked)
            for kind, asked in questions.items()
        }
        return {**found, "megabytes": [before]}


def _questions(cities: Sequence[str]) -> Mapping[str, list[str]]:
    chance = random.Random(2)  # noqa: S311 - nothing secret
    found: dict[str, list[str]] = {"list": [], "count": [], "rank": [], "group": []}
    for _ in range(_ROUNDS):
        city, year = chance.choice(cities), chance.randrange(1992, 2020)
        found["list"].append(f"{city}{year}年以后成立的企业有哪些")
        found["count"].append(f"科创板上市、{year}年以后成立的企业有几家")
        found["rank"].append(f"{city}成立最早的{chance.choice('三五')}家")
        found["group"].append(f"{year}年以后成立的企业各城市有多少家")
    return found


def _model() -> float:
    SentenceEncoder().encode_query("无人机")
    return _megabytes()


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
