"""Measures every size and prints one table; see the package."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from eval.measure import Run, run_command, run_process
from eval.national.lists import FORMATS, made_up_rows

Line = tuple[str, str, str]

_LOOKUP = "{name}的上市情况"
_MEANING = "会飞的拍照机器谁在做"
_EMBEDDING = "计算向量"


def main(
    folder: Annotated[Path | None, typer.Argument(help="keeps lists and stores here")] = None,
    sizes: Annotated[str, typer.Option(help="numbers of companies")] = "12000,100000,1000000",
    embed_up_to: Annotated[int, typer.Option(help="larger lists get records alone")] = 12_000,
    suffix: Annotated[str, typer.Option(help="format of the lists")] = ".csv",
) -> None:
    """Measure and print one table."""
    console = Console()
    table = Table("companies", "what", "figure", "goal", title="lists of a national size")
    with tempfile.TemporaryDirectory() as temporary:
        place = folder or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        for size in map(int, sizes.split(",")):
            measure = _index if size <= embed_up_to else _facts
            for what, figure, goal in measure(size, place, suffix):
                console.print(f"{size} {what}: {figure}")
                table.add_row(f"{size:,}", what, figure, goal)
    console.print(table)


def _index(size: int, folder: Path, suffix: str) -> Iterator[Line]:
    """Yield what a whole index takes: building it, one row more, first answers, warm answers."""
    path, store = folder / f"national-{size}{suffix}", folder / f"store-{size}"
    shutil.rmtree(store, ignore_errors=True)
    FORMATS[suffix](made_up_rows(1), path)
    first = run_command("index", path, "--store", store)
    yield "descriptions of the thesaurus, once", _told(first), ""
    rows = made_up_rows(size + 1)
    FORMATS[suffix](rows[:-1], path)
    built = _task("build", path, store)
    stages = built.told
    embedding = stages.get(_EMBEDDING, 0.0)
    yield "index", _told(built), "≤ 40 s at 12,000; under 2 GB at 100,000"
    yield "embedding, share of it", f"{embedding / stages['all']:.0%}", "≥ 60 %"
    for name, seconds in stages.items():
        yield f"stage {name}", f"{seconds:.1f} s", ""
    FORMATS[suffix](rows, path)
    yield "one row more", _told(run_command("index", path, "--store", store)), "≤ 10 s"
    lookup = run_command("ask", _LOOKUP.format(name=rows[0][0]), "--store", store)
    yield "open and look up", _told(lookup), "≤ 1.0 s"
    yield "first by meaning", _told(run_command("ask", _MEANING, "--store", store)), "≤ 3.5 s"
    asked = _task("ask", store).told
    yield from _warm(asked)
    memory = f"{asked['megabytes'][0]:.0f} MB"
    yield "memory of answering, without the model", memory, "< 250 MB at 100,000"


def _facts(size: int, folder: Path, _: str) -> Iterator[Line]:
    """Yield what queries of records alone take, without vectors."""
    run = _task("facts", folder / f"facts-{size}.sqlite3", size)
    found = run.told
    limit = 20 if size <= 100_000 else 60
    megabytes = found.pop("megabytes")[0]
    for kind, (median, most) in found.items():
        yield f"query: {kind}", _milliseconds(median, most), f"p95 ≤ {limit} ms"
    yield "memory of querying", f"{megabytes:.0f} MB", "< 250 MB at 100,000"


def _warm(found: dict[str, list[float]]) -> Iterator[Line]:
    for kind in ("list", "count", "rank", "group"):
        goal = "≤ 20 ms" if kind == "group" else "≤ 8 ms"
        yield f"answer: {kind}", _milliseconds(*found[kind]), f"{goal} at 12,000"


def _milliseconds(median: float, most: float) -> str:
    return f"p50 {median:.1f} ms, p95 {most:.1f} ms"


def _task(*arguments: object) -> Run:
    return run_process(sys.executable, "-m", "eval.national.tasks", *arguments)


def _told(run: Run) -> str:
    return f"{run.processor:.1f} s of all cores, {run.seconds:.1f} s, {run.megabytes:.0f} MB"


if __name__ == "__main__":
    typer.run(main)
