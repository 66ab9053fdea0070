"""`python -m eval.compose LIST… [--seed N] [--count N]`: figures per kind, and what failed.

Without a list the project's own is asked. Failures are printed for the development seed only; what
another seed makes is for totals.
"""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.engine import Engine, open_engine
from assistant.settings import Settings
from eval.compose.cases import composed
from eval.compose.composer import Composer
from eval.compose.conditions import conditions
from eval.compose.relations import Relation, related
from eval.compose.selfcheck import Check, checks, requirements
from eval.progress import Silent
from eval.questions import Question
from eval.run import run
from eval.tables import firms, read_lines
from index.build import BuildRequest, build_index
from index.language.encoder import SentenceEncoder

DEVELOPMENT_SEED = 1

# Shares of all that is made; the rest are cases with an oracle.
_RELATIONS, _CHECKS = 0.2, 0.1


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case judged; ``why`` is empty for a right answer."""

    kind: str
    asked: str
    why: str


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
        settings = Settings(store=Path(store))
        for path in lists or sorted(Path("seeds").glob("*.md")):
            build_index(BuildRequest([path], settings.store, encoder), Silent())
            with closing(open_engine(settings)) as engine:
                judged = [one for one in outcomes_of(engine, path, seed, count) if kind in one.kind]
            passed = sum(not one.why for one in judged)
            console.print(f"{path.name}: {passed / max(1, len(judged)):.3f} of {len(judged)}")
            outcomes += judged
    show(outcomes, console)
    if seed == DEVELOPMENT_SEED:
        for one in outcomes:
            if one.why:
                console.print(f"[{one.kind}] {one.asked}：{one.why}", markup=False, soft_wrap=True)


def outcomes_of(engine: Engine, path: Path, seed: int, count: int) -> Iterator[Outcome]:
    """Yield the outcome of every question made for one list."""
    chance = random.Random(f"{seed} {path.name}")  # noqa: S311 - nothing secret
    read = firms(read_lines(path))
    composer = Composer(path.stem, read, conditions(read), chance)
    relations = int(_RELATIONS * count)
    found = requirements(path)
    checked = int(_CHECKS * count) if found else 0
    yield from _cases(engine, list(composed(composer, count - relations - checked)))
    yield from (_relation(engine, one) for one in related(composer, relations))
    yield from (_check(engine, one) for one in checks(found, checked, chance))


def _cases(engine: Engine, cases: Sequence[Question]) -> Iterator[Outcome]:
    for one in run(engine, cases):
        question = one.question
        why = "；".join((*one.failures, *one.unfaithful))
        yield Outcome(question.ability, " → ".join(question.turns), why)


def _relation(engine: Engine, relation: Relation) -> Outcome:
    first, second = (
        {record.name for record in engine.reply(one).answer.records}
        for one in (relation.first, relation.second)
    )
    more = second - first
    less = first - second if relation.kind.startswith("invariance") else set()
    why = "；".join(
        f"{label} {'、'.join(sorted(names))}"
        for label, names in (("more", more), ("less", less))
        if names
    )
    return Outcome(relation.kind, f"{relation.first} ⇒ {relation.second}", why)


def _check(engine: Engine, check: Check) -> Outcome:
    answer = engine.reply(check.said).answer
    told = [
        one.value
        for one in answer.values
        if one.field == "eligibility" and check.requirement.text in one.name
    ]
    verdict = told[0] if told else "–"
    plain = verdict if verdict in ("满足", "不满足") else ""
    why = "" if plain == check.verdict and (told or not check.verdict) else verdict
    kind = {"满足": "met", "不满足": "not met", "": "open"}[check.verdict]
    return Outcome(f"self-check: {kind}", check.said, why and f"{why} ({check.requirement.text})")


def show(outcomes: Iterable[Outcome], console: Console) -> None:
    """Print the share of right answers per kind and of all."""
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for one in outcomes:
        groups[one.kind].append(not one.why)
        groups["~all"].append(not one.why)
    table = Table("kind", "n", "passed", title="generated questions")
    for kind, right in sorted(groups.items()):
        table.add_row(kind.lstrip("~"), str(len(right)), f"{sum(right) / len(right):.3f}")
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
