"""Times of building and answering, as users feel them: `python -m eval.speed`.

A build and the first answers run in processes of their own, so that imports count; warm answers
run in one process over the questions of ``eval/questions/speed.txt``, each several times. Compare
only figures of one run: machines differ, and the same machine differs from hour to hour.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.engine import Engine, open_engine
from assistant.settings import Settings

_ROUNDS = 20
_COMMAND = (sys.executable, "-c", "from ui.cli import main; main()")


def seconds(action: Callable[[], object]) -> float:
    """Return how long ``action`` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def process_seconds(*arguments: str) -> float:
    """Return how long the command ``xiaojuren`` takes in a fresh process."""
    return seconds(
        lambda: subprocess.run([*_COMMAND, *arguments], check=True, capture_output=True)  # noqa: S603
    )


def warm_milliseconds(engine: Engine, questions: Sequence[str]) -> dict[str, float]:
    """Return the median time of each question in milliseconds, over several rounds."""
    times: dict[str, list[float]] = {question: [] for question in questions}
    for _ in range(_ROUNDS + 1):
        for question in questions:
            times[question].append(1000 * seconds(lambda q=question: engine.reply(q)))  # type: ignore[misc]
    # The first round loads the model and fills caches.
    return {question: statistics.median(taken[1:]) for question, taken in times.items()}


def main() -> None:
    """Measure and print everything."""
    questions = (files("eval") / "questions/speed.txt").read_text("utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        built = process_seconds("index", "--store", store)
        lookup = process_seconds("ask", "敏芯微的股票代码是多少", "--store", store)
        meaning = process_seconds("ask", "会飞的拍照机器谁在做", "--store", store)
        with closing(open_engine(Settings(store=Path(store)))) as engine:
            warm = warm_milliseconds(engine, questions)
    table = Table("what", "time", title="xiaojuren, seed list")
    table.add_row("build the index", f"{built:.1f} s")
    table.add_row("first answer, lookup (whole process)", f"{lookup:.1f} s")
    table.add_row("first answer, by meaning (whole process)", f"{meaning:.1f} s")
    for question, milliseconds in warm.items():
        table.add_row(f"warm: {question}", f"{milliseconds:.1f} ms")
    table.add_row("warm, median of all questions", f"{statistics.median(warm.values()):.1f} ms")
    Console().print(table)


if __name__ == "__main__":
    main()
