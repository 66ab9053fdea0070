"""Verdicts: a requirement is an interval of a figure, and so is what an applicant tells.

A verdict follows from how the two lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite
from typing import TypeVar

from assistant.query import Fact
from assistant.requirements.demands import Demand, demands_of, tier_of
from index.regex import regex
from index.schema.interval import Interval
from index.types import Clause

# What points to the table below, and what leads to items of which one is enough.
_BELOW = regex(r"(?:下|附|以下)表")
_ANY = regex(r"之一[^。；]{0,6}[：:]$")
_LAST_ITEM = regex(r"(?:\d{1,2}[.．、]|[（(][^（）()]{1,3}[)）]|[①-⑳])$")


_Told = TypeVar("_Told")


class Result(StrEnum):
    """How a requirement stands to what was told."""

    MET = "满足"
    NOT_MET = "不满足"
    OPEN = "未说明"
    APART = "不适用"


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
    demands = (demand for one in demands_of(clause) for demand in one)
    wanted = next((one.interval for one in demands if one.is_of(claim.requirement)), None)
    if wanted is None:
        return None
    supposed = claim.interval
    bounds = [(wanted.low, wanted.low_open), (wanted.high, wanted.high_open)]
    told = [(supposed.low, supposed.low_open), (supposed.high, supposed.high_open)]
    finite = [(bound, is_open) for bound, is_open in bounds if isfinite(bound)]
    if not any(bound == value for bound, _ in finite for value, _ in told):
        return Agreement.OTHER
    strict = any(is_open for _, is_open in told) != any(is_open for _, is_open in finite)
    return Agreement.NEARLY if strict else Agreement.SAME


def judge(clause: Clause, facts: Sequence[Fact]) -> Judged:
    """Return whether what was told meets a clause.

    A clause with alternatives (全国前10%或省内前5%) is met by one of them, all that it demands
    being met, and failed only if each of them certainly is. One that holds for some applicants does
    not count for others, and stays open until it is told whether it does.
    """
    tier = tier_of(clause)
    sizes = [one for one in facts if tier and one.requirement == tier.requirement.key]
    if tier and any(not tier.interval.overlaps(one.interval) for one in sizes):
        return Judged(clause, Result.APART, tuple(sizes))
    alternatives = demands_of(clause)
    told = tuple(
        fact
        for fact in facts
        if any(two.is_of(fact.requirement) for one in alternatives for two in one)
    )
    outcomes = [_outcome(one, facts) for one in alternatives]
    if tier and not any(tier.interval.contains(one.interval) for one in sizes):
        return Judged(clause, Result.OPEN, told, unclear=bool(told))
    if Result.MET in outcomes:
        return Judged(clause, Result.MET, told)
    if outcomes and all(one is Result.NOT_MET for one in outcomes):
        return Judged(clause, Result.NOT_MET, told)
    return Judged(clause, Result.OPEN, told, unclear=bool(told) and Result.NOT_MET not in outcomes)


def applying(told: Sequence[_Told], facts: Sequence[Fact]) -> list[_Told]:
    """Return what is told without the clauses that certainly do not hold for some applicants."""
    return [
        one
        for one in told
        if not isinstance(one, Clause) or judge(one, facts).result is not Result.APART
    ]


def judge_all(clauses: Sequence[Clause], facts: Sequence[Fact]) -> list[Judged]:
    """Return the verdicts on the clauses of some documents, taken together.

    What only leads to clauses below it is left out, and so are the others of several of which one
    is enough (符合下列之一) where one is met.
    """
    tiered = {one.origin.source for one in clauses if tier_of(one)}
    found = [
        judge(one, facts)
        for one in clauses
        if not (_BELOW.search(one.text) and one.origin.source in tiered)
    ]
    leads = {one.clause.origin.section for one in found if _ANY.search(one.clause.text)}
    met = {_above(one.clause) for one in found if one.result is Result.MET} & leads
    told = (one for one in found if one.clause.origin.section not in leads)
    return [
        one
        if _above(one.clause) not in leads
        or one.result is Result.MET
        or (one.result is Result.NOT_MET and _all_failed(one.clause, found))
        else replace(one, result=Result.APART if _above(one.clause) in met else Result.OPEN)
        for one in told
    ]


def _above(clause: Clause) -> tuple[str, ...]:
    """Return the section of the item that an item is one of: 第五条（二） of 第五条（二）1."""
    section = clause.origin.section
    return (*section[:-1], _LAST_ITEM.sub("", section[-1])) if section else ()


def _all_failed(clause: Clause, found: Sequence[Judged]) -> bool:
    return all(
        one.result is Result.NOT_MET for one in found if _above(one.clause) == _above(clause)
    )


def _outcome(alternative: Sequence[Demand], facts: Sequence[Fact]) -> Result:
    """Return whether what was told fulfils all that an alternative demands."""
    found = []
    for one in alternative:
        told = next((fact for fact in facts if one.is_of(fact.requirement)), None)
        found.append(_lies(told.interval, one.interval) if told else Result.OPEN)
    if Result.NOT_MET in found:
        return Result.NOT_MET
    return Result.MET if all(one is Result.MET for one in found) else Result.OPEN


def _lies(told: Interval, wanted: Interval) -> Result:
    if wanted.contains(told):
        return Result.MET
    return Result.OPEN if wanted.overlaps(told) else Result.NOT_MET
