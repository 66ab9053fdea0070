"""What tests run in processes of their own, steered over stdin and stdout.

    python -m tests.processes build STORE SOURCE URL STAGE kill    dies at STAGE
    python -m tests.processes build STORE SOURCE URL STAGE wait    waits at STAGE for a line
    python -m tests.processes read STORE                           answers each line with hits

A stage is one that the build shows, optionally with the steps to be done before (``分词:1``), or
``publish`` and ``published``, right before and after the pointer is replaced. URL may be empty.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.build import BuildRequest, build_index
from index.store.generations import StoreFolder
from index.store.reader import open_index
from index.types import ChunkKind
from tests.descriptions import use_kept_descriptions
from tests.fakes import FakeEncoder, companies_of


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def wait() -> None:
    say("waiting")
    sys.stdin.readline()


class ActingProgress:
    """Acts when a stage begins, or when it has been advanced by so many steps."""

    def __init__(self, stage: str, act: Callable[[], None]) -> None:
        self._name, _, steps = stage.partition(":")
        self._steps = int(steps or 0)
        self._act = act

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Callable[[int], None]]:
        done = 0

        def advance(steps: int) -> None:
            nonlocal done
            if name == self._name and done < self._steps <= done + steps:
                self._act()
            done += steps

        assert total
        if name == self._name and not self._steps:
            self._act()
        yield advance


def build(store: str, source: str, url: str, stage: str, action: str) -> None:
    act = {"kill": kill, "wait": wait}[action]
    publish = StoreFolder.publish

    def acting_publish(folder: StoreFolder, generation: Path) -> None:
        if stage == "publish":
            act()
        publish(folder, generation)
        if stage == "published":
            act()

    use_kept_descriptions()
    StoreFolder.publish = acting_publish  # type: ignore[method-assign]
    request = BuildRequest([Path(source)], Path(store), FakeEncoder(), url or None)
    build_index(request, ActingProgress(stage, act))


def read(store: str) -> None:
    index = open_index(Path(store), FakeEncoder())
    say("ready")
    for line in sys.stdin:
        hits = {
            "companies": [company.name for company in companies_of(index.records)],
            "words": index.search_words(line.strip(), "companies", 3),
            "vectors": index.search_vectors(line.strip(), [ChunkKind.FACET], 1),
        }
        say(json.dumps(hits))
    index.close()


if __name__ == "__main__":
    {"build": build, "read": read}[sys.argv[1]](*sys.argv[2:])
