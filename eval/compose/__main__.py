"""`python -m eval.compose LIST… [--seed N] [--count N]`: figures per kind, and what failed.

Without a list the project's own is asked. Failures are printed for the development seed only; what
another seed makes is for totals.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.engine import open_engine
from assistant.settings import load_settings
from eval.compose.outcomes import ALL, Outcome, by_kind, outcomes_of
from index.build import BuildRequest, build_index
from index.embedding import Silent
from index.language.encoder import SentenceEncoder

DEVELOPMENT_SEED = 1


def main(
    lists: Annotated[list[Path] | None, typer.Argument(help="Markdown lists")] = None,
    seed: Annotated[int, typer.Option(help="makes other questions")] = DEVELOPMENT_SEED,
    count: Annotated[int, typer.Option(min=1, help="questions of each list")] = 300,
    kind: Annotated[str, typer.Option(help="only kinds whose name holds this")] = "",
) -> None:
    """Ask generated questions of each list and print the figures."""
    console, encoder = Console(), SentenceEncoder()
    outcomes: list[Outcome] = []
    # One store for all: the descriptions of the thesaurus are computed once.
    with tempfile.TemporaryDirectory() as store:
        settings = load_settings(store=Path(store))
        for path in lists or sorted(Path("seeds").glob("*.md")):
            build_index(BuildRequest([path], settings.store, encoder), Silent())
            with closing(open_engine(settings)) as engine:
                judged = [one for one in outcomes_of(engine, path, seed, count) if kind in one.kind]
            number, passed = by_kind(judged)[ALL]
            console.print(f"{path.name}: {passed:.3f} of {number}")
            outcomes += judged
    show(outcomes, console)
    if seed == DEVELOPMENT_SEED:
        for one in outcomes:
            if one.why:
                console.print(f"[{one.kind}] {one.asked}：{one.why}", markup=False, soft_wrap=True)


def show(outcomes: Iterable[Outcome], console: Console) -> None:
    """Print the share of right answers per kind and of all."""
    table = Table("kind", "n", "passed", title="generated questions")
    for kind, (number, passed) in by_kind(outcomes).items():
        table.add_row(kind, str(number), f"{passed:.3f}")
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
