"""Learns the weights of the parser's candidates: `python -m eval.weights [FOLDER]`.

Every development question is answered by each of its best candidates, which shows the right ones.
Weights are fitted so that right candidates outscore wrong ones: multinomial logistic regression
over the candidates of a question, drawn towards the weights in use, with the strength of that draw
chosen by cross-validation over whole questions. Candidates that lead to the same answer need no
telling apart.
"""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer
from rich.console import Console
from scipy.optimize import minimize
from scipy.special import logsumexp

from assistant.engine import Engine, open_engine
from assistant.parsing.opening import open_parser
from assistant.parsing.previous import previous_of
from assistant.parsing.score import RULE, load_weights
from assistant.settings import load_settings
from eval.lists import by_sources, indexed
from eval.metrics import judge
from eval.questions import Question, load_questions
from eval.run import source_lines

WEIGHTS = Path(str(files("assistant"))) / "data" / "weights.toml"

# Candidates of a question that are tried; the right one is hardly ever further down.
_TRIED = 6
_FOLDS = 5
# Draws towards the weights in use that are tried, and what a unit of score means as log odds.
_STRENGTHS = (1.0, 3.0, 10.0, 30.0, 100.0)
_SCALE = 10.0

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one question.

    Attributes:
        question: Id of the question.
        features: Features of each candidate.
        right: Whether each leads to the right answer.
    """

    question: str
    features: tuple[Weights, ...]
    right: tuple[bool, ...]

    @property
    def decides(self) -> bool:
        """Whether it matters which candidate is taken."""
        return any(self.right) and not all(self.right)


def choices(engine: Engine, questions: Sequence[Question]) -> Iterator[Choice]:
    """Yield the candidates of every question, with which of them answer it."""
    parser = open_parser(engine.index, engine.finders.passages.coverage)
    lines = source_lines(engine)
    for question in questions:
        reply = None
        *before, last = question.turns
        for turn in before:
            reply = engine.reply(turn, reply)
        found = parser.parse(last, previous_of(reply)).candidates[:_TRIED]
        answers = (engine.tell(one.query, last, reply).answer for one in found)
        right = tuple(judge(question, answer, lines, 0.0).passed for answer in answers)
        yield Choice(question.id, tuple(dict(one.features) for one in found), right)


def right_share(found: Sequence[Choice], weights: Weights) -> float:
    """Return the share of questions whose best candidate is right."""
    return sum(_is_right(one, weights) for one in found) / len(found)


def _is_right(choice: Choice, weights: Weights) -> bool:
    scores = [_score(one, weights) for one in choice.features]
    return choice.right[int(np.argmax(scores))]


def _score(features: Weights, weights: Weights) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def fit(found: Sequence[Choice], start: Weights, strength: float) -> dict[str, float]:
    """Return the weights that let right candidates win.

    Args:
        found: The candidates of the questions.
        start: The weights in use; what no question tells apart keeps them.
        strength: How strongly weights are drawn towards those.
    """
    names = sorted({name for one in found for told in one.features for name in told} | set(start))
    place = {name: at for at, name in enumerate(names)}
    first = np.array([start.get(name, 0.0) for name in names])
    tables = [(_table(one.features, place), np.array(one.right)) for one in found if one.decides]

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        off = weights - first
        total, slope = strength * float(off @ off), 2 * strength * off
        for table, right in tables:
            scores = _SCALE * (table @ weights)
            every, good = logsumexp(scores), logsumexp(scores[right])
            total += float(every - good)
            share = np.exp(scores - every)
            share[right] -= np.exp(scores[right] - good)
            slope += _SCALE * (share @ table)
        return total, slope

    best = minimize(loss, first, jac=True, method="L-BFGS-B")
    return {name: round(float(best.x[place[name]]), 3) for name in names}


def _table(features: Sequence[Weights], place: Mapping[str, int]) -> npt.NDArray[np.float64]:
    table = np.zeros((len(features), len(place)))
    for row, told in enumerate(features):
        for name, value in told.items():
            table[row, place[name]] = value
    return table


def cross_validated(found: Sequence[Choice], start: Weights, strength: float) -> float:
    """Return the share of questions that are right by weights fitted without them."""
    right = 0
    for fold in range(_FOLDS):
        held = [one for one in found if _fold(one) == fold]
        weights = fit([one for one in found if _fold(one) != fold], start, strength)
        right += sum(_is_right(one, weights) for one in held)
    return right / len(found)


def _fold(choice: Choice) -> int:
    return zlib.crc32(choice.question.encode()) % _FOLDS


def in_use() -> dict[str, float]:
    """Return the weights of the packaged data by feature."""
    weights = load_weights()
    prior = {f"{RULE}{rule}": weight for rule, weight in weights.prior.items()}
    return {**weights.features, **prior}


def render(weights: Weights, figures: Mapping[str, float | int | str]) -> str:
    """Return weights as the text of their data file."""
    told = tomllib.loads(WEIGHTS.read_text("utf-8"))["features"]
    lines = [
        "# Weights of the features of candidates, see `assistant/parsing/score.py`.",
        "# Written by `python -m eval.weights` from the development questions.",
        "",
        "[learned]",
        *(f"{key} = {value!r}".replace("'", '"') for key, value in figures.items()),
        "",
        "[features]",
        *(f'"{name}" = {weights[name]}' for name in told),
        "",
        "[prior]",
        *(
            f'"{name.removeprefix(RULE)}" = {weight}'
            for name, weight in sorted(weights.items())
            if name.startswith(RULE)
        ),
    ]
    return "\n".join(lines) + "\n"


def _collected(folder: Path | None, store: Path) -> list[Choice]:
    """Return the candidates of the development questions."""
    found: list[Choice] = []
    with closing(open_engine(load_settings(store=store))) as engine:
        found += choices(engine, [one for one in load_questions() if one.split == "dev"])
    if folder is not None:
        for _, engine, questions in indexed(by_sources("dev"), folder):
            found += choices(engine, questions)
    return found


def main(
    folder: Annotated[
        Path | None, typer.Argument(help="the folder of the other lists; none to leave them out")
    ] = None,
    store: Annotated[Path, typer.Option(help="an index of the seeds")] = Path(".xiaojuren"),
    *,
    write: Annotated[bool, typer.Option(help="put the weights in place")] = False,
) -> None:
    """Learn weights from the development half; print how often the best candidate is right."""
    console = Console()
    found = _collected(folder, store)
    start = in_use()
    reachable = sum(any(one.right) for one in found) / len(found)
    console.print(f"{len(found)} questions, right one among the candidates: {reachable:.4f}")
    console.print(f"weights in use: {right_share(found, start):.4f}")
    told = {strength: cross_validated(found, start, strength) for strength in _STRENGTHS}
    for strength, share in told.items():
        console.print(f"strength {strength:g}: {share:.4f} cross-validated")
    strength = max(told, key=lambda one: (told[one], one))
    weights = fit(found, start, strength)
    console.print(f"fitted on all: {right_share(found, weights):.4f}")
    figures: dict[str, float | int | str] = {
        "date": date.today().isoformat(),
        "questions": len(found),
        "strength": strength,
        "right_before": round(right_share(found, start), 4),
        "right_cross_validated": round(told[strength], 4),
        "right_fitted": round(right_share(found, weights), 4),
        "reachable": round(reachable, 4),
    }
    if write:
        WEIGHTS.write_text(render(weights, figures), "utf-8")


if __name__ == "__main__":
    typer.run(main)
