"""Runs the questions over other lists: `python -m eval.lists FOLDER`.

``eval/questions/lists.jsonl`` names for every question the file that it is asked of; the files
themselves are not part of the project. Each is indexed alone.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from rich.console import Console

from assistant.engine import open_engine
from assistant.settings import Settings
from eval.metrics import Judged, summarise
from eval.progress import Silent
from eval.questions import Question, load_questions
from eval.run import by_ability, run, show
from index.build import BuildRequest, build_index
from index.language.encoder import SentenceEncoder

QUESTIONS = Path(str(files("eval"))) / "questions/lists.jsonl"


def by_source() -> dict[str, list[Question]]:
    """Return the questions by the file that they are asked of."""
    sources = {
        entry["id"]: entry["source"]
        for line in QUESTIONS.read_text("utf-8").splitlines()
        if (entry := json.loads(line))
    }
    found: defaultdict[str, list[Question]] = defaultdict(list)
    for question in load_questions([QUESTIONS]):
        found[sources[question.id]].append(question)
    return dict(found)


def judge_lists(folder: Path, console: Console) -> Iterator[Judged]:
    """Yield the judgement of every question; prints each file's share of right answers."""
    encoder = SentenceEncoder()
    for source, questions in by_source().items():
        with tempfile.TemporaryDirectory() as store:
            settings = Settings(store=Path(store))
            build_index(BuildRequest([folder / source], settings.store, encoder), Silent())
            with closing(open_engine(settings)) as engine:
                judged = run(engine, questions)
        console.print(f"{source}: {summarise(source, judged).passed:.3f}")
        yield from judged


def main() -> None:
    """Run everything and print the figures."""
    console = Console()
    judged = list(judge_lists(Path(sys.argv[1]), console))
    show("lists", by_ability(judged), console)
    for one in judged:
        if not one.passed:
            why = "；".join((*one.failures, *one.unfaithful))
            console.print(f"{one.question.id} {' → '.join(one.question.turns)}：{why}")


if __name__ == "__main__":
    main()
