"""Writes ``eval/report.md`` with its charts: `python -m eval.report [--lists FOLDER]`.

Every figure comes from one run: over both halves of the question set and over generated questions
on the index of ``seeds/``, and where their folder is named over other lists.
Causes of failures are kept by hand in ``eval/questions/causes.toml``.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import matplotlib as mpl
import typer
from jinja2 import Environment, PackageLoader, StrictUndefined
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from rich.console import Console

from assistant.engine import open_engine
from assistant.settings import load_settings
from eval import baselines
from eval.compose.outcomes import by_kind, outcomes_of
from eval.lists import by_sources, judge_lists
from eval.metrics import Judged, Summary
from eval.questions import load_questions
from eval.run import by_ability, run
from index.build import BuildRequest, build_index
from index.embedding import Silent
from index.language.encoder import SentenceEncoder

HALVES = {"dev": "Development half", "test": "Test half"}

_SHOWN = 30
# Nobody has seen what this seed makes; the development seed is another.
_UNSEEN_SEED, _GENERATED = 2, 1000
_COLOURS = {"dev": "#9db8d9", "test": "#1f5fa8", "plain": "#c9c9c9"}
_INCHES = (8.0, 4.6)


def hardest(judged: Sequence[Judged]) -> list[Judged]:
    """Return the failures that are furthest from right: nothing found first, then most wrong."""
    failed = [one for one in judged if not one.passed]
    return sorted(failed, key=lambda one: (_found(one), -len(one.failures), one.question.id))


def _found(judged: Judged) -> float:
    return judged.recall if judged.recall is not None else 0.5


def load_causes() -> Mapping[str, str]:
    """Return why questions fail, by their id."""
    return tomllib.loads((files("eval") / "questions/causes.toml").read_text("utf-8"))


def draw_abilities(halves: Mapping[str, Sequence[Summary]], path: Path) -> None:
    """Draw the share of questions passed per ability, both halves side by side."""
    figure = Figure(figsize=_INCHES, layout="constrained")
    axes = figure.subplots()
    names = [one.ability for one in halves["dev"]]
    for offset, (half, summaries) in enumerate(halves.items()):
        passed = {one.ability: one.passed for one in summaries}
        places = [place + 0.4 * offset for place in range(len(names))]
        shares = [passed.get(name, 0.0) for name in names]
        axes.barh(places, shares, 0.38, color=_COLOURS[half], label=HALVES[half])
    axes.set_yticks([place + 0.2 for place in range(len(names))], names)
    axes.invert_yaxis()
    _finish(axes, "Questions passed")
    figure.savefig(path, metadata={"Date": None})


def draw_baselines(
    halves: Mapping[str, Sequence[Summary]],
    plain: Mapping[str, Sequence[Mapping[str, float | str]]],
    path: Path,
) -> None:
    """Draw the F1 of record sets beside what plain retrieval reaches on the same questions."""
    figure = Figure(figsize=(_INCHES[0], 2.6), layout="constrained")
    axes = figure.subplots()
    bars = [
        (f"{HALVES[half]}: {row['search']}", float(row["f1"]), "plain")
        for half in halves
        for row in plain[half]
    ]
    bars += [(f"{HALVES[half]}: xiaojuren", s[-1].f1 or 0.0, half) for half, s in halves.items()]
    names, scores, kinds = zip(*bars, strict=True)
    axes.barh(names, scores, color=[_COLOURS[kind] for kind in kinds])
    axes.invert_yaxis()
    _finish(axes, "F1 of the record set")
    figure.savefig(path, metadata={"Date": None})


def _finish(axes: Axes, label: str) -> None:
    axes.set_xlim(0, 1)
    axes.set_xlabel(label)
    axes.spines[["top", "right"]].set_visible(False)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="lower left", frameon=False)


def write_report(folder: Path, lists: Path | None = None) -> Path:
    """Build an index of the seeds, run everything and write the report; return its path.

    Args:
        folder: Where the report goes, with a folder ``charts``.
        lists: Where the other lists are; None leaves them out.
    """
    with tempfile.TemporaryDirectory() as store:
        settings = load_settings(store=Path(store))
        sources = [Path("seeds")]
        request = BuildRequest(sources, settings.store, SentenceEncoder())
        build_index(request, Silent())
        with closing(open_engine(settings)) as engine:
            # A first pass loads the model, so that the times are those of a warm engine.
            engine.reply("会自己走路的机器")
            judged = {
                half: run(engine, [one for one in load_questions() if one.split == half])
                for half in HALVES
            }
            plain = {
                half: baselines.score(engine.index, [one.question for one in answers])
                for half, answers in judged.items()
            }
            generated = [
                one
                for path in sorted(sources[0].glob("*.md"))
                for one in outcomes_of(engine, path, _UNSEEN_SEED, _GENERATED)
            ]
    others = {half: _others(half, lists) for half in HALVES} if lists else {}
    halves = {half: by_ability(answers) for half, answers in judged.items()}
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "xiaojuren"})
    charts = folder / "charts"
    charts.mkdir(exist_ok=True)
    draw_abilities(halves, charts / "abilities.svg")
    draw_baselines(halves, plain, charts / "baselines.svg")
    text = _render(
        halves=halves,
        plain=plain,
        failures=hardest(judged["dev"])[:_SHOWN],
        causes=load_causes(),
        generated=by_kind(generated),
        others=others,
    )
    path = folder / "report.md"
    path.write_text(text, "utf-8")
    return path


def _others(half: str, lists: Path) -> list[Summary]:
    """Return the figures of one half of the questions over other lists."""
    return by_ability(list(judge_lists(by_sources(half), lists, Console(stderr=True))))


def _render(**values: object) -> str:
    environment = Environment(
        loader=PackageLoader("eval", "."),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Markdown, not HTML
    )
    environment.filters["figure"] = lambda value: "–" if value is None else f"{value:.3f}"
    template = environment.get_template("report.md.j2")
    return template.render(titles=HALVES, **values)


def main(
    lists: Annotated[Path | None, typer.Option(help="the folder of the other lists")] = None,
) -> None:
    """Write the report."""
    print(write_report(Path(str(files("eval"))), lists))  # noqa: T201 - the result of the command


if __name__ == "__main__":
    typer.run(main)
