"""How statistics are asked for, from ``data/figures.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.understanding.numbers import limit_of
from assistant.understanding.types import Ranking

COUNT = "count"


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Patterns over folded text; see the comments of the data file for what each means."""

    dimensions: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    descending: re.Pattern[str]
    ascending: re.Pattern[str]
    all: re.Pattern[str]
    serial: re.Pattern[str]
    number: re.Pattern[str]
    rest: re.Pattern[str]
    suffix: re.Pattern[str]
    started: re.Pattern[str]


@cache
def load_figure_words() -> FigureWords:
    """Return what ``data/figures.toml`` says."""
    told = tomllib.loads((files("assistant") / "data/figures.toml").read_text("utf-8"))
    pairs = told.pop("dimensions")
    return FigureWords(
        dimensions=tuple((re.compile(header), re.compile(asked)) for header, asked in pairs),
        **{key: re.compile(pattern) for key, pattern in told.items()},
    )


def asks_for(header: str, folded: str) -> bool:
    """Return whether a question asks for what rows are told apart by: 哪个行业, 各省, 历年.

    Args:
        header: The header of the column that tells them apart, folded.
        folded: The question.
    """
    return any(
        asked.search(folded)
        for names, asked in load_figure_words().dimensions
        if names.search(header)
    )


def order_of(folded: str) -> Ranking | None:
    """Return the order of numbers that a question asks for, whatever they are of."""
    for pattern, descending in (
        (load_figure_words().ascending, False),
        (load_figure_words().descending, True),
    ):
        if match := pattern.search(folded):
            first, place = limit_of(folded)
            return Ranking(COUNT, descending, first, place, match.group())
    return None


def is_founding(year: str, folded: str) -> bool:
    """Return whether a year of a question is that of founding: 2020年以后成立的."""
    rest = folded[folded.index(year) + len(year) :]
    return bool(load_figure_words().started.match(rest))


def is_serial(key: str) -> bool:
    """Return whether a column only numbers the rows of a table."""
    return bool(load_figure_words().serial.fullmatch(key))
