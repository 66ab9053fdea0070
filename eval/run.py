"""Runs the question set and prints the figures per ability."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assistant.engine import Engine
from eval import baselines
from eval.metrics import Judged, Summary, judge, summarise
from eval.questions import Question, load_questions
from index.errors import SourceError
from index.sources import read_source


def run(engine: Engine, questions: Sequence[Question]) -> list[Judged]:
    """Return the judgement of every question, each conversation on its own."""
    lines = source_lines(engine)
    return [_ask(engine, question, lines) for question in questions]


def source_lines(engine: Engine) -> dict[str, list[str]]:
    """Return the lines of every source file of an index by its name."""
    manifest = engine.index.manifest
    return {
        document.source: list(read_source(Path(path), document.source).lines)
        for path, document in zip(manifest.paths, manifest.documents, strict=True)
    }


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


def report(
    engine: Engine,
    files: Sequence[Path] | None,
    split: str | None,
    console: Console,
    *,
    quiet: bool = False,
) -> dict[str, Any]:
    """Run the questions, print figures and baselines, and return them as plain values.

    Args:
        engine: Answers them.
        files: Question files; None for the whole set.
        split: ``dev`` or ``test`` for one half; None for both.
        console: Where the tables go.
        quiet: Print nothing.

    Raises:
        SourceError: a file cannot be read, or no question is left.
    """
    questions = [one for one in load_questions(files) if split in (None, one.split)]
    if not questions:
        raise SourceError(files[0] if files else Path("eval"), f"没有 {split or ''} 题目可以运行")
    judged = run(engine, questions)
    summaries = by_ability(judged)
    plain = baselines.score(engine.index, questions)
    if not quiet:
        show(f"{split or 'dev + test'}", summaries, console)
        show_baselines(plain, console)
        for one in judged:
            # What failed of the other half stays unread, so that nobody tunes on it.
            if not one.passed and one.question.split == "dev":
                why = "；".join((*one.failures, *one.unfaithful))
                console.print(f"{one.question.id} {' → '.join(one.question.turns)}：{why}")
    return {
        "abilities": [asdict(summary) for summary in summaries],
        "baselines": plain,
        "failed": [one.question.id for one in judged if not one.passed],
    }


def show_baselines(rows: Sequence[dict[str, float | str]], console: Console) -> None:
    """Print what plain retrieval reaches on the same questions."""
    table = Table("search", "n", "F1", "in 3", title="plain retrieval")
    for row in rows:
        figures = (f"{row['f1']:.3f}", f"{row['in_first']:.3f}")
        table.add_row(str(row["search"]), str(row["questions"]), *figures)
    console.print(table)
