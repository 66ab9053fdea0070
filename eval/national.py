"""A list of the real national size, made up, and how long it takes: `python -m eval.national`.

Writes the same 12,000 companies as Markdown, CSV and XLSX, with places of the gazetteer and trades
of the thesaurus, builds an index of each, adds a row and updates it, and asks questions of it.
Builds and first answers run in processes of their own; memory is the peak of the largest process.

    python -m eval.national [FOLDER]    keeps the lists in FOLDER
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from rich.console import Console

from assistant.engine import open_engine
from assistant.settings import Settings
from eval.speed import warm_milliseconds
from index.language.thesaurus import load_thesaurus
from index.places.gazetteer import Level, load_gazetteer

COMPANIES = 12_000

_TITLE = "全国专精特新小巨人企业名单"
_HEADER = (
    "企业名称", "所在城市", "细分领域", "主导产品", "核心技术",
    "成立时间", "员工规模", "上市情况", "认定批次",
)  # fmt: skip
_SYLLABLES = "华新中科创智源恒瑞天泰安达博远信德盛宏力精工微芯光电能环海洋星云龙凯飞腾正宇"
_STAFF = ("50-200人", "200-500人", "500-1000人", "1000-5000人", "5000+人")
_COMMAND = (sys.executable, "-c", "from ui.cli import main; main()")

_LIST_QUESTION = "苏州有哪些芯片企业"
_MEANING_QUESTION = "会飞的拍照机器谁在做"
_WARM_QUESTIONS = (
    _LIST_QUESTION,
    "杭州2015年以后成立的有几家",
    "做机器人的有哪些",
    "江苏第三批未上市的",
    "员工最多的三家",
    _MEANING_QUESTION,
)

Rows = Sequence[Sequence[str]]


def made_up_rows(count: int) -> Rows:
    """Return ``count`` rows of companies with names that no two of them share; always the same."""
    chance = random.Random(count)  # noqa: S311 - nothing secret
    cities = [place.short for place in load_gazetteer().places if place.level is Level.CITY]
    trades = list(load_thesaurus().concepts())
    rows: dict[str, list[str]] = {}
    while len(rows) < count:
        city, trade = chance.choice(cities), chance.choice(trades)
        words = [*trade.surfaces(), chance.choice(trades).term]
        core = "".join(chance.sample(_SYLLABLES, chance.choice((2, 3))))
        name = f"{city}{core}{chance.choice(('科技', '电子', '材料', '智能'))}股份有限公司"
        listing = chance.choice(("未上市", "未上市", f"科创板:688{chance.randrange(800):03}"))
        rows[name] = [
            name,
            city,
            trade.term,
            f"{chance.choice(words)}{chance.choice(('', '模组', '设备', '系统', '组件'))}",
            "、".join(dict.fromkeys(chance.choices(words, k=2))),
            f"{chance.randrange(1990, 2022)}年",
            chance.choice(_STAFF),
            listing,
            f"第{chance.choice('一二三四五六')}批",
        ]
    return list(rows.values())


def write_markdown(rows: Rows, path: Path) -> None:
    """Write a list as a Markdown table."""
    lines = ["|".join(("", *row, "")) for row in (_HEADER, ["---"] * len(_HEADER), *rows)]
    path.write_text("\n".join((f"# {_TITLE}", "", *lines, "")), "utf-8")


def write_csv(rows: Rows, path: Path) -> None:
    """Write a list as CSV, as Excel in China saves it."""
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows((_HEADER, *rows))


def write_xlsx(rows: Rows, path: Path) -> None:
    """Write a list as a workbook with a title row above the header."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    for row in ((_TITLE,), _HEADER, *rows):
        sheet.append(list(row))
    book.save(path)


FORMATS: dict[str, Callable[[Rows, Path], None]] = {
    ".md": write_markdown,
    ".csv": write_csv,
    ".xlsx": write_xlsx,
}


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took.

    Attributes:
        seconds: From its start to its end.
        processor: Seconds of all cores, its own processes' included; other work hardly bears on it.
        megabytes: The most memory that it, or the largest of its processes, held.
    """

    seconds: float
    processor: float
    megabytes: float


def run_command(*arguments: object) -> Run:
    """Return what the command ``xiaojuren`` takes in a fresh process.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    command = [*_COMMAND, *map(str, arguments)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise subprocess.CalledProcessError(status, command)
    taken = time.perf_counter() - start
    return Run(taken, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(rows: Rows, suffix: str, folder: Path) -> Iterable[tuple[str, Run]]:
    """Yield what each step takes for a list in the format of ``suffix``."""
    path, store = folder / f"national{suffix}", folder / f"store{suffix}"
    FORMATS[suffix](rows[:-1], path)
    yield "build", run_command("index", path, "--store", store)
    yield "nothing changed", run_command("index", path, "--store", store)
    FORMATS[suffix](rows, path)
    yield "preview of one row more", run_command("index", path, "--store", store, "--dry-run")
    yield "one row more", run_command("index", path, "--store", store)
    yield "first answer, list", run_command("ask", _LIST_QUESTION, "--store", store)
    yield "first answer, by meaning", run_command("ask", _MEANING_QUESTION, "--store", store)


def main() -> None:
    """Measure and print everything."""
    console = Console()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if sys.argv[1:] else Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        rows = made_up_rows(COMPANIES + 1)
        for suffix in FORMATS:
            for step, run in measure(rows, suffix, folder):
                console.print(
                    f"{suffix} {step}: {run.seconds:.1f} s, {run.processor:.1f} s of all cores, "
                    f"{run.megabytes:.0f} MB"
                )
        with closing(open_engine(Settings(store=folder / "store.md"))) as engine:
            for question, taken in warm_milliseconds(engine, _WARM_QUESTIONS).items():
                console.print(f"warm: {question} {taken:.1f} ms")


if __name__ == "__main__":
    main()
