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
from assistant.settings import load_settings
from eval.facts import measure, open_facts, write_facts
from eval.measure import percentile, processor_milliseconds
from index.build import BuildRequest, build_index
from index.language.encoder import SentenceEncoder
from index.store.columns import ColumnStore
from index.store.database import create_file
from index.store.reader import IndexReader

_ROUNDS = 40


def main() -> None:
    """Run the task named on the command line and print what it tells."""
    name, *arguments = sys.argv[1:]
    tasks: dict[str, Callable[..., object]] = {
        "build": _build,
        "facts": _facts,
        "ask": _ask,
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


def _facts(file: str, count: str) -> dict[str, list[float]]:
    """Write made-up records where there are none, and ask them queries of every kind."""
    path, size = Path(file), int(count)
    if not path.exists():
        engine = create_file(path)
        write_facts(engine, size)
        engine.dispose()
    taken = measure(open_facts(path), size)
    found = {
        kind: [percentile(figures, 0.5), percentile(figures, 0.95)]
        for kind, figures in taken.items()
    }
    return {**found, "megabytes": [_megabytes()]}


def _figures(calls: Iterable[Callable[[], object]]) -> list[float]:
    """Return median and 95th percentile of calls, in milliseconds of the processor."""
    taken = [processor_milliseconds(call) for call in calls]
    return [percentile(taken, 0.5), percentile(taken, 0.95)]


def _cities(index: IndexReader) -> list[str]:
    """Return the cities of an index."""
    columns = ColumnStore(index.records)
    count = columns.column("companies", "city").texts
    return sorted(columns.texts("companies", "city", range(count)).values())


# --- questions over an index ----------------------------------------------------------------------


def _ask(store: str) -> dict[str, list[float]]:
    with closing(open_engine(load_settings(store=Path(store)))) as engine:
        questions = _questions(_cities(engine.index))
        for kind in questions.values():
            engine.reply(kind[0])
        found = {
            kind: _figures(partial(engine.reply, one) for one in asked)
            for kind, asked in questions.items()
        }
        return {**found, "megabytes": [_megabytes()]}


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


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
