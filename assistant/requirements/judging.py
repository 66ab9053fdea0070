"""Verdicts: a requirement is an interval of a figure, and so is what an applicant tells.

A verdict follows from how the two lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from assistant.query import Fact
from assistant.requirements.vocabulary import requirements_of
from index.schema.interval import Interval
from index.types import Clause


class Result(StrEnum):
    """How a requirement stands to what was told."""

    MET = "满足"
    NOT_MET = "不满足"
    OPEN = "未说明"


@dataclass(frozen=True, slots=True)
class Judged:
    """One clause judged.

    Attributes:
        clause: The clause.
        result: What it comes to.
        facts: What was told of it.
        unclear: Whether what was told leaves it open: 约3% against 不低于3%.
    """

    clause: Clause
    result: Result
    facts: tuple[Fact, ...] = ()
    unclear: bool = False


class Agreement(StrEnum):
    """How a figure that a question supposes lies to what a clause asks for."""

    SAME = "same"
    NEARLY = "nearly"
    OTHER = "other"


def agreement(clause: Clause, claim: Fact) -> Agreement | None:
    """Return whether a clause asks for the figure supposed; None where it is of something else.

    The threshold counts: more than 70 is nearly what 70 or more is.
    """
    requirement = next((o for o in requirements_of(clause) if o.key == claim.requirement), None)
    if requirement is None:
        return None
    wanted, supposed = requirement.interval(clause.text), claim.interval
    bounds = [(wanted.low, wanted.low_open), (wanted.high, wanted.high_open)]
    told = [(supposed.low, supposed.low_open), (supposed.high, supposed.high_open)]
    finite = [(bound, is_open) for bound, is_open in bounds if isfinite(bound)]
    if not any(bound == value for bound, _ in finite for value, _ in told):
        return Agreement.OTHER
    strict = any(is_open for _, is_open in told) != any(is_open for _, is_open in finite)
    return Agreement.NEARLY if strict else Agreement.SAME


def judge(clause: Clause, facts: Sequence[Fact]) -> Judged:
    """Return whether what was told meets a clause.

    A clause with alternatives (全国前10%或省内前5%) is met by one of them and failed only if all
    of them are certainly not met.
    """
    requirements = requirements_of(clause)
    by_key = {one.key: one for one in requirements}
    told = tuple(fact for fact in facts if fact.requirement in by_key)
    if not told:
        return Judged(clause, Result.OPEN)
    outcomes = [
        _lies(fact.interval, by_key[fact.requirement].interval(clause.text)) for fact in told
    ]
    if Result.MET in outcomes:
        return Judged(clause, Result.MET, told)
    failed = all(one is Result.NOT_MET for one in outcomes)
    if failed and len({fact.requirement for fact in told}) == len(requirements):
        return Judged(clause, Result.NOT_MET, told)
    return Judged(clause, Result.OPEN, told, unclear=not failed)


def _lies(told: Interval, wanted: Interval) -> Result:
    if wanted.contains(told):
        return Result.MET
    return Result.OPEN if wanted.overlaps(told) else Result.NOT_MET
