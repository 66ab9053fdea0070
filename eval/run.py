"""Runs the question set and prints the figures per ability."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.engine import Engine
from eval.metrics import Judged, Summary, judge, summarise
from eval.questions import Question


def run(engine: Engine, questions: Sequence[Question]) -> list[Judged]:
    """Return the judgement of every question, each conversation on its own."""
    lines = {
        document.source: Path(path).read_text("utf-8").split("\n")
        for path, document in zip(
            engine.index.manifest.paths, engine.index.manifest.documents, strict=True
        )
    }
    return [_ask(engine, question, lines) for question in questions]


def _ask(engine: Engine, question: Question, lines: dict[str, list[str]]) -> Judged:
    reply = None
    taken = 0.0
    for turn in question.turns:
        start = time.perf_counter()
        reply = engine.reply(turn, reply)
        taken = 1000 * (time.perf_counter() - start)
    assert reply is not None, "a question has at least one turn"  # noqa: S101
    return judge(question, reply.answer, lines, taken)


def by_ability(judged: Sequence[Judged]) -> list[Summary]:
    """Return the figures of every ability, and of all together at the end."""
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[one.question.ability].append(one)
    return [summarise(name, group) for name, group in groups.items()] + [summarise("all", judged)]


def show(title: str, summaries: Sequence[Summary], console: Console) -> None:
    """Print the figures as a table."""
    table = Table(title=title)
    headings = ("ability", "n", "passed", "P", "R", "F1", "in 3", "values", "faithful", "ms")
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "ability" else "right")
    for one in summaries:
        figures = (
            one.passed, one.precision, one.recall, one.f1, one.in_first, one.values, one.faithful
        )  # fmt: skip
        table.add_row(
            one.ability,
            str(one.questions),
            *("–" if figure is None else f"{figure:.3f}" for figure in figures),
            f"{one.milliseconds:.1f}",
        )
    console.print(table)
