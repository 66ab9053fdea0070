"""Facts of an applicant on either side of every threshold of a list, with the verdict of each.

A fact is an interval and so is a requirement. The verdict follows from how they lie: inside is met,
outside is not met, anything else is open, and open must never be told as met.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_REQUIREMENT = re.compile(r"([\u4e00-\u9fff]{4,12}?)(?:不低于|不少于)?(\d+)(%|年|项)(?:以上)?")
_LIMIT = 1e9
_OF_SECTION = ("标准", "条件")


# Each says a value and returns the interval that it stands for; ends that are not reached are a
# hair's breadth away.
_HAIR = 1e-6
# Units of what is counted in whole numbers.
_WHOLE = frozenset({"项"})
_COMPARATORS: dict[str, Callable[[float], tuple[float, float]]] = {
    "我们{s}是{v}，够吗": lambda v: (v, v),
    "{s}不到{v}，能申报吗": lambda v: (0, v - _HAIR),
    "{s}低于{v}": lambda v: (0, v - _HAIR),
    "{s}超过{v}，行不行": lambda v: (v + _HAIR, _LIMIT),
    "{s}至少{v}": lambda v: (v, _LIMIT),
    "{s}不少于{v}": lambda v: (v, _LIMIT),
    "{s}最多{v}": lambda v: (0, v),
    "{s}不超过{v}，够格吗": lambda v: (0, v),
    "{s}有{v}以上": lambda v: (v, _LIMIT),
    "{s}还不足{v}": lambda v: (0, v - _HAIR),
    "{s}大约{v}": lambda v: (0.9 * v, 1.1 * v),
    "{s}才{v}": lambda v: (v, v),
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """A threshold of a list: at least ``least`` of ``subject``."""

    text: str
    subject: str
    least: float
    unit: str


@dataclass(frozen=True, slots=True)
class Check:
    """A statement about an applicant and the verdict on one requirement.

    Attributes:
        verdict: 满足, 不满足 or empty for open.
    """

    said: str
    requirement: Requirement
    verdict: str


def requirements(path: Path) -> list[Requirement]:
    """Return the plain thresholds that the tables of criteria of a list hold."""
    found, within = [], False
    for line in path.read_text("utf-8").split("\n"):
        if line.startswith("#"):
            within = any(word in line for word in _OF_SECTION)
        elif within and line.startswith("|"):
            for clause in re.split(r"[，|]", line):
                match = _REQUIREMENT.fullmatch(clause.strip())
                if match:
                    subject = match[1].removeprefix("拥有")
                    found.append(Requirement(match[0], subject, float(match[2]), match[3]))
    return found


def checks(found: Sequence[Requirement], count: int, chance: random.Random) -> Iterator[Check]:
    """Yield ``count`` statements over the requirements, each comparator equally often."""
    for number in range(count if found else 0):
        requirement = chance.choice(found)
        comparator = list(_COMPARATORS)[number % len(_COMPARATORS)]
        value = _value(requirement, chance)
        low, high = _COMPARATORS[comparator](value)
        if requirement.unit in _WHOLE:
            low, high = math.ceil(low), math.floor(high)
        said = comparator.format(v=f"{value:g}{requirement.unit}", s=requirement.subject)
        yield Check(said, requirement, _verdict(requirement, low, high))


def _value(requirement: Requirement, chance: random.Random) -> float:
    """Return a value below, at or above a threshold, as people would say it."""
    least = requirement.least
    if requirement.unit == "%":
        below, above = (1, 2, 2.5) if least < 10 else (40, 55, 65), (least + 2, least + 5)
        return float(chance.choice((*below, least, *above)))
    return float(chance.choice((least - 1, least, least + 1, least + 4)))


def _verdict(requirement: Requirement, low: float, high: float) -> str:
    if low >= requirement.least:
        return "满足"
    return "不满足" if high < requirement.least else ""
