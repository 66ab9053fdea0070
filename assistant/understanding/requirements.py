"""What applicants say of their own company, from ``data/requirements.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.types import Fact
from assistant.understanding.numbers import NUMERAL, read_number

_PERCENT_IN_WORDS = re.compile(r"百分之\s*([零一二两三四五六七八九十百点]+|\d+(?:\.\d+)?)")
_TENTHS = re.compile(r"([一二两三四五六七八九])成([一二三四五六七八九])?(?!立)")
_NUMBER = rf"(?:\d+(?:\.\d+)?|{NUMERAL})"
_MONEY = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千半]+)\s*(?:来|多|个)?(?:亿|千万|百万|万|元|块)"
_AMOUNT = re.compile(r"(?P<n>[\d.]+|[一二两三四五六七八九十百千半]+)\s*(?:来|多|个)?(?P<unit>亿|千万|百万|万|元|块)")
_UNITS = {"亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "元": 1.0, "块": 1.0}
_WHOLE = "whole"
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement that programmes of this kind make; see the comments of the data file."""

    key: str
    clause: re.Pattern[str]
    unit: re.Pattern[str] | None
    most: bool
    told: tuple[re.Pattern[str], ...]
    rest: tuple[re.Pattern[str], ...]
    part: tuple[re.Pattern[str], ...]
    yes: tuple[re.Pattern[str], ...]
    no: tuple[re.Pattern[str], ...]
    ask: tuple[str, ...]

    def threshold(self, clause: str) -> float | None:
        """Return the number that a clause asks for; None where it asks for none."""
        match = self.unit.search(clause) if self.unit else None
        return float(match.group(1)) if match else None

    def fulfilled(self, fact: Fact, clause: str) -> bool:
        """Return whether what an applicant says meets a clause; the threshold itself does."""
        threshold = self.threshold(clause)
        if threshold is None:
            return fact.value > 0
        return fact.value <= threshold if self.most else fact.value >= threshold


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files("assistant") / "data/requirements.toml").read_text("utf-8"))


@cache
def _whole() -> tuple[re.Pattern[str], ...]:
    return _patterns(_data()[_WHOLE]["told"])


@cache
def load_requirements() -> Mapping[str, Requirement]:
    """Return the requirements by key."""
    return {
        key: Requirement(
            key=key,
            clause=re.compile(entry["clause"]),
            unit=re.compile(entry["unit"]) if "unit" in entry else None,
            most=entry.get("most", False),
            told=_patterns(entry.get("told", [])),
            rest=_patterns(entry.get("rest", [])),
            part=_patterns(entry.get("part", [])),
            yes=_patterns(entry.get("yes", [])),
            no=_patterns(entry.get("no", [])),
            ask=tuple(entry["ask"]),
        )
        for key, entry in _data().items()
        if key != _WHOLE
    }


def _patterns(texts: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(text.replace("{n}", _NUMBER).replace("{money}", _MONEY)) for text in texts
    )


def asks_requirement(folded: str) -> bool:
    """Return whether a question names any requirement."""
    return any(word in folded for one in load_requirements().values() for word in one.ask)


def read_facts(folded: str) -> tuple[Fact, ...]:
    """Return what a question says of the asker's own company, one fact per requirement."""
    text = _TENTHS.sub(_as_tenths, _PERCENT_IN_WORDS.sub(_as_percent, folded))
    facts = (next(_facts(requirement, text), None) for requirement in load_requirements().values())
    return tuple(fact for fact in facts if fact is not None)


def _as_tenths(match: re.Match[str]) -> str:
    """Return 七成五 as 75%."""
    tens, ones = (read_number(text) if text else 0 for text in match.groups())
    return match.group() if tens is None or ones is None else f"{10 * tens + ones}%"


def _as_percent(match: re.Match[str]) -> str:
    number = read_number(match.group(1)) if not match.group(1)[0].isdigit() else match.group(1)
    return match.group() if number is None else f"{number}%"


def _facts(requirement: Requirement, text: str) -> Iterator[Fact]:
    for pattern in requirement.no:
        if match := pattern.search(text):
            yield Fact(requirement.key, match.group(), 0)
    for pattern in requirement.told:
        for match in pattern.finditer(text):
            value = _value(match["n"])
            if value is not None:
                yield Fact(requirement.key, match.group(), value)
    for pattern in requirement.rest:
        for match in pattern.finditer(text):
            value = _value(match["n"])
            if value is not None:
                yield Fact(requirement.key, match.group(), 100 - value)
    yield from _shares(requirement, text)
    for pattern in requirement.yes:
        if match := pattern.search(text):
            yield Fact(requirement.key, match.group(), 1)


def _shares(requirement: Requirement, text: str) -> Iterator[Fact]:
    """Yield shares in percent from two amounts: 营收一个亿，研发费用300万 is 3%."""
    whole = next((m for one in _whole() if (m := one.search(text))), None)
    for pattern in requirement.part:
        match = pattern.search(text)
        if not match or not whole or match.start() == whole.start():
            continue
        amount, total = _amount(match["n"]), _amount(whole["n"])
        if amount is not None and total:
            share = round(100 * amount / total, 2)
            yield Fact(requirement.key, f"{match.group()}（{whole.group()}的{share:g}%）", share)


def _amount(text: str) -> float | None:
    """Return an amount of money: 一个亿 → 100000000.0, 3000万 → 30000000.0."""
    match = _AMOUNT.search(text)
    if not match:
        return None
    number = _HALF if match["n"] == "半" else _value(match["n"])
    return None if number is None else number * _UNITS[match["unit"]]


def _value(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        number = read_number(text)
        return None if number is None else float(number)
