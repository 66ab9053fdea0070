"""What a clause demands: alternatives of figures, and the applicants that it holds for.

拥有2项以上发明专利，或者获得过国家级奖励    ──▶ patents ≥ 2, or something that is no figure
营收1亿元以上的企业，研发费用占比不低于3%    ──▶ of income ≥ 1亿: research ≥ 3
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.requirements.vocabulary import Requirement, load_requirements, requirements_of
from index.regex import regex
from index.schema.interval import Interval
from index.types import Clause

_EITHER = regex(r"[，,；;]?(?:或者|或(?!是|许))")
_BOTH = regex(r"[，,；;。]|(?<=[^，,；;。])(?:并且|同时|且)")
_FURTHER = regex(r"\s*(?:并且|并|且|同时|还)")
_FIGURE = regex(r"\d[\d.]*\s*(?:[%％项件个万亿元分位名人家])")
# A share without what it is of, which stands before it, and what only adds to a demand.
_SHARE = regex(r"\s*(?:并|且|同时)?(?:所占|占)")
_REMARK = regex(r"\s*其中(?![^，,；;]*(?:不低于|不少于|以上|应))")
# What is left of an alternative within a phrase is shorter: 主导或参与制定标准.
_SHORTEST = 6
_TIER = regex(
    r"^(?:[（(]\w{1,3}[)）]|\d+[.．、])?\s*(?P<tier>[^，,。；;：:]*\d[^，,。；;：:]*?)"
    r"(?:的企业|的|企业|时)[，,：:](?P<rest>.+)$",
    re.DOTALL,
)


_ANYTHING = Interval()


@dataclass(frozen=True, slots=True)
class Demand:
    """One figure that a clause demands.

    Attributes:
        requirements: What it may be of (5项以上实用新型专利、软件著作权: two); none where it
            is no figure.
        interval: The figures that meet it.
    """

    requirements: tuple[Requirement, ...] = ()
    interval: Interval = _ANYTHING

    def is_of(self, key: str) -> bool:
        """Return whether a figure of a requirement meets or fails it."""
        return any(one.key == key for one in self.requirements)


@dataclass(frozen=True, slots=True)
class Tier:
    """The applicants that a clause holds for: those whose figure lies in an interval."""

    requirement: Requirement
    interval: Interval


@lru_cache(maxsize=4096)
def tier_of(clause: Clause) -> Tier | None:
    """Return whom a clause holds for, None for everybody.

    A table says it by the label of a row under its header, or by the header of a column.
    """
    aspect = clause.aspect.text if clause.aspect else ""
    match = _TIER.match(clause.text)
    told = match["tier"] if match else ""
    for named, figure in ((clause.column, clause.dimension), (aspect, aspect), (told, told)):
        for one in load_requirements().values():
            if one.clause.search(named) and one.money and (found := one.interval(figure)):
                return Tier(one, found)
    return None


@lru_cache(maxsize=4096)
def demands_of(clause: Clause) -> tuple[tuple[Demand, ...], ...]:
    """Return the alternatives of a clause, each all that it demands; none if it has no figure."""
    match = _TIER.match(clause.text) if tier_of(clause) else None
    text = match["rest"] if match else clause.text
    column = clause.column if tier_of(clause) is None else ""
    beside = f"{column} {clause.dimension} {clause.aspect.text if clause.aspect else ''}"
    parts = _EITHER.split(text)
    every = len(parts) == 1
    told = (_conjoined(part, beside, short=not every and len(part) < _SHORTEST) for part in parts)
    alternatives = tuple(one for one in told if one)
    known = any(demand.requirements for one in alternatives for demand in one)
    return alternatives if known else ()


def labels_of(clause: Clause) -> tuple[str, ...]:
    """Return what the figures of a clause are of, the alternatives of one in one label."""
    demands = [demand for one in demands_of(clause) for demand in one]
    named = dict.fromkeys(r.label for demand in demands for r in demand.requirements)
    single = len(demands_of(clause)) == 1
    return tuple(named) if single or not named else ("或".join(named),)


def requirements_made(clauses: Iterable[Clause]) -> frozenset[str]:
    """Return the keys of all requirements that clauses make, or that say whom they hold for."""
    told = list(clauses)
    tiers = (tier.requirement for one in told if (tier := tier_of(one)))
    return frozenset(one.key for one in (*tiers, *(r for c in told for r in requirements_of(c))))


def _conjoined(text: str, beside: str, *, short: bool) -> tuple[Demand, ...]:
    """Return what one alternative demands, all of it."""
    found: list[Demand] = []
    before = ""
    for piece in _BOTH.split(text):
        if _REMARK.match(piece):
            continue
        above = before if _SHARE.match(piece) else ""
        named = (piece, f"{above} {piece}", f"{beside} {piece}")
        known = next((one for words in named if (one := _figures(piece, words))), ())
        found += known
        if not known and (_FIGURE.search(piece) or _FURTHER.match(piece)):
            found.append(Demand())
        before = piece
    return tuple(found) or (() if short else (Demand(),))


def _figures(piece: str, named: str) -> tuple[Demand, ...]:
    """Return the figures of a piece, of what some words name; one number may be of several."""
    found: dict[tuple[str, Interval], list[Requirement]] = {}
    for one in load_requirements().values():
        if one.clause.search(named) and (wanted := one.interval(piece)):
            found.setdefault((one.measure, wanted), []).append(one)
    return tuple(Demand(tuple(told), wanted) for (_, wanted), told in found.items())
