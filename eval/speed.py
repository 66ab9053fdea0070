"""What building and answering take on the seed list, against the goals: `python -m eval.speed`.

Builds and first answers run in processes of their own, so that imports count, and are told in
processor time, on which other work on the machine hardly bears. Warm answers run in one process
over the development questions, beside the time of embedding one question: the ratio is told, since
machines differ, and the same machine differs from hour to hour.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from assistant.engine import Engine, open_engine
from assistant.settings import load_settings
from eval.measure import Run, percentile, processor_milliseconds, run_command
from eval.questions import Question, load_questions
from index.language.encoder import SentenceEncoder

if TYPE_CHECKING:
    from assistant.dialogue import Reply

_RUNS = 3
_EMBEDDED = 200
_LOOKUP = "敏芯微的股票代码是多少"
_MEANING = "会飞的拍照机器谁在做"


def warm_milliseconds(engine: Engine, questions: Sequence[Question]) -> list[float]:
    """Return the processor time of the last turn of each question; one pass before fills caches."""
    for question in questions[:: max(1, len(questions) // _EMBEDDED)]:
        _reply(engine, question.turns)
    taken = []
    for question in questions:
        before = _reply(engine, question.turns[:-1])
        taken.append(processor_milliseconds(partial(engine.reply, question.turns[-1], before)))
    return taken


def embedding_milliseconds(questions: Sequence[Question]) -> float:
    """Return the mean processor time of embedding one question."""
    encoder = SentenceEncoder()
    encoder.encode_query(_MEANING)
    texts = [question.turns[-1] for question in questions[:: max(1, len(questions) // _EMBEDDED)]]
    return statistics.fmean(
        processor_milliseconds(partial(encoder.encode_query, text)) for text in texts
    )


def _reply(engine: Engine, turns: Sequence[str]) -> Reply | None:
    reply: Reply | None = None
    for turn in turns:
        reply = engine.reply(turn, reply)
    return reply


def main() -> None:
    """Measure and print everything."""
    table = Table("what", "figure", "goal", title="xiaojuren, seed list")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        built = run_command("index", "--store", store)
        table.add_row("build the index", _told(built), "")
        for what, question, goal in (
            ("open and look up, whole process", _LOOKUP, "≤ 1.0 s"),
            ("first by meaning, whole process", _MEANING, "≤ 3.5 s"),
        ):
            first = _least(partial(run_command, "ask", question, "--store", store))
            table.add_row(what, _told(first), goal)
        for line in _warm(store):
            table.add_row(*line)
    Console().print(table)


def _least(measure: Callable[[], Run]) -> Run:
    """Return the cheapest of a few runs: what else the machine does only adds."""
    return min((measure() for _ in range(_RUNS)), key=lambda run: run.processor)


def _told(run: Run) -> str:
    return f"{run.processor:.2f} s of all cores, {run.megabytes:.0f} MB"


def _warm(store: Path) -> list[tuple[str, str, str]]:
    questions = [one for one in load_questions() if one.split == "dev"]
    embedding = embedding_milliseconds(questions)
    with closing(open_engine(load_settings(store=store))) as engine:
        taken = warm_milliseconds(engine, questions)
    by_meaning = [
        one for one, question in zip(taken, questions, strict=True) if question.ability == "meaning"
    ]
    lines = [("embedding one question, mean", f"{embedding:.2f} ms", "")]
    for what, figures, goal in (
        ("warm answer", taken, "≤ 2× mean"),
        ("warm answer by meaning", by_meaning, "≤ 4× mean"),
    ):
        mean = statistics.fmean(figures)
        told = f"{mean:.2f} ms = {mean / embedding:.1f}×; p95 {percentile(figures, 0.95):.1f} ms"
        lines.append((what, told, goal))
    return lines


if __name__ == "__main__":
    main()
