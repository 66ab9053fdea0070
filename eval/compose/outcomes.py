"""Generated questions asked of an engine, and what came of them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.engine import Engine
from eval.compose.cases import composed
from eval.compose.composer import Composer
from eval.compose.conditions import conditions
from eval.compose.relations import Relation, related
from eval.compose.selfcheck import Check, checks, requirements
from eval.questions import Question
from eval.run import run
from eval.tables import firms, read_lines

ALL = "all"

# Shares of all that is made; the rest are cases with an oracle.
_RELATIONS, _CHECKS = 0.2, 0.1


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case judged; ``why`` is empty for a right answer."""

    kind: str
    asked: str
    why: str


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


def by_kind(outcomes: Iterable[Outcome]) -> dict[str, tuple[int, float]]:
    """Return by kind how many there are and which share is right; all together at the end."""
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    everything: list[bool] = []
    for one in outcomes:
        groups[one.kind].append(not one.why)
        everything.append(not one.why)
    found = {kind: (len(right), sum(right) / len(right)) for kind, right in sorted(groups.items())}
    return {**found, ALL: (len(everything), sum(everything) / max(1, len(everything)))}
