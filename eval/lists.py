"""Runs the questions over other lists: `python -m eval.lists FOLDER --split dev`.

``eval/questions/lists*.jsonl`` name for every question the file, or the several files, that it is
asked of; the files themselves are not part of the project. What is asked of the same files is asked
of one index. ``eval/documents`` holds rule documents made up for questions about them. Of the test
half only figures are printed.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.engine import Engine, open_engine
from assistant.settings import load_settings
from eval.metrics import Judged, summarise
from eval.questions import Question, load_questions
from eval.run import by_ability, run, show
from index.build import BuildRequest, build_index
from index.embedding import Silent
from index.language.encoder import SentenceEncoder

QUESTIONS = Path(str(files("eval"))) / "questions"
PATTERN = "lists*.jsonl"
DOCUMENTS = Path(str(files("eval"))) / "documents"

Sources = tuple[str, ...]


def by_sources(split: str | None = None) -> dict[Sources, list[Question]]:
    """Return the questions of a half, or of both, by the files that they are asked of."""
    paths = sorted(QUESTIONS.glob(PATTERN))
    entries = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    sources = {one["id"]: tuple(one.get("sources") or [one["source"]]) for one in entries}
    found: defaultdict[Sources, list[Question]] = defaultdict(list)
    for question in load_questions(paths):
        if split in (None, question.split):
            found[sources[question.id]].append(question)
    return dict(found)


def seed_folder() -> Path:
    """Return the folder of the project's own list, which some questions ask beside others."""
    return Path(str(files("eval"))).parent / "seeds"


def located(source: str, folder: Path) -> Path:
    """Return the path of a list; ``seed`` is the project's own, rule documents stand beside it."""
    if source == "seed":
        return next(seed_folder().glob("*.md"))
    document = DOCUMENTS / source
    return document if document.exists() else folder / source


def judge_lists(
    asked: dict[Sources, list[Question]], folder: Path, console: Console
) -> Iterator[Judged]:
    """Yield the judgement of every question; prints the share of right answers of each index."""
    for sources, engine, questions in indexed(asked, folder):
        judged = run(engine, questions)
        name = " + ".join(sources)
        console.print(f"{name}: {summarise(name, judged).passed:.3f} of {len(judged)}")
        yield from judged


def indexed(
    asked: dict[Sources, list[Question]], folder: Path
) -> Iterator[tuple[Sources, Engine, list[Question]]]:
    """Yield files with an engine over them, closed afterwards, and what is asked of them."""
    encoder = SentenceEncoder()
    # One store for all: the descriptions of the thesaurus are computed once.
    with tempfile.TemporaryDirectory() as store:
        settings = load_settings(store=Path(store))
        for sources, questions in asked.items():
            paths = [located(one, folder) for one in sources]
            build_index(BuildRequest(paths, settings.store, encoder), Silent())
            with closing(open_engine(settings)) as engine:
                yield sources, engine, questions


def main(
    folder: Annotated[Path, typer.Argument(help="the folder of the lists")],
    split: Annotated[str | None, typer.Option(help="dev or test; both if not given")] = None,
    source: Annotated[str, typer.Option(help="only lists whose name holds this")] = "",
) -> None:
    """Run the questions and print the figures, and what failed of the development half."""
    console = Console()
    asked = {
        sources: questions
        for sources, questions in by_sources(split).items()
        if any(source in one for one in sources)
    }
    judged = list(judge_lists(asked, folder, console))
    show(f"lists, {split or 'dev + test'}", by_ability(judged), console)
    for one in judged:
        if not one.passed and one.question.split == "dev":
            why = "；".join((*one.failures, *one.unfaithful))
            asked_as = " → ".join(one.question.turns)
            console.print(f"{one.question.id} {asked_as}：{why}", markup=False)


if __name__ == "__main__":
    typer.run(main)
