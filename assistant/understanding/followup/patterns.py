"""How questions point back to the turns before, from ``data/dialogue.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Patterns:
    """How questions point back; see the comments of ``data/dialogue.toml``."""

    fresh: re.Pattern[str]
    district: re.Pattern[str]
    former: re.Pattern[str]
    latter: re.Pattern[str]
    nth: re.Pattern[str]
    against: re.Pattern[str]
    back: re.Pattern[str]
    several: re.Pattern[str]
    there: re.Pattern[str]
    same: re.Pattern[str]
    them: re.Pattern[str]
    it: re.Pattern[str]
    ordinal: re.Pattern[str]
    numbered: re.Pattern[str]
    plural: re.Pattern[str]
    oldest: re.Pattern[str]
    concluded: re.Pattern[str]
    named: re.Pattern[str]
    added: re.Pattern[str]
    revised: re.Pattern[str]
    overall: re.Pattern[str]
    first: re.Pattern[str]
    last: re.Pattern[str]
    corrected: re.Pattern[str]
    replaced: re.Pattern[str]
    instead: re.Pattern[str]
    narrower: re.Pattern[str]
    without: re.Pattern[str]
    counted: re.Pattern[str]
    dropped: dict[str, re.Pattern[str]]


@cache
def patterns() -> Patterns:
    """Return the patterns of ``data/dialogue.toml``."""
    data = tomllib.loads((files("assistant") / "data/dialogue.toml").read_text("utf-8"))
    dropped = {field: re.compile(text) for field, text in data.pop("dropped").items()}
    return Patterns(**{name: re.compile(text) for name, text in data.items()}, dropped=dropped)
