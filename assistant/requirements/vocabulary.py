"""The requirements that programmes of this kind make, from ``data/requirements.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import inf

from index.regex import regex
from index.schema.interval import Interval
from index.schema.numbers import parse_amount, parse_integer
from index.types import Clause

# What makes the number of a clause an upper bound, before it and right behind it.
_AT_MOST = regex(r"不超过|不高于|不多于|不大于|不足|不满|未满|(?<!不)(?:少于|小于|低于)|[≤<＜]")
_OR_LESS = regex(r"[^\d，,；;。]{0,6}(?:以内|以下)")
# What leaves the number of a clause itself out.
_BELOW = regex(r"不足|不满|未满|(?<!不)(?:少于|小于|低于)|[<＜](?!=)")
_ABOVE = regex(r"(?<!不)(?:超过|高于|多于|大于)|[>＞](?!=)")
# Between the ends of a range: 1000万-10亿元, 5000万元（含）以上不足1亿元.
_RANGE = regex(
    r"[^\d，,；;。]{0,8}(?:[-~–—至到]|(?P<open>以上[，,]?(?:但|、)?(?:不足|不满|未满|低于))|以上[，,、]?)\s*"
    r"(?P<high>\d[\d.]*\s*(?:亿|万)?)(?(open)|(?!\S{0,3}以上))"
)
_TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement; see the comments of the data file."""

    key: str
    label: str
    measure: str
    clause: re.Pattern[str]
    unit: re.Pattern[str] | None
    most: bool
    money: bool
    yes: tuple[re.Pattern[str], ...]
    no: tuple[re.Pattern[str], ...]
    ask: tuple[str, ...]
    say: str
    deny: str

    def worded(self, value: float) -> str:
        """Return how a figure that an applicant gives is worded, 1 or 0 being yes or no."""
        return self.deny if self.deny and not value else self.say.format(f"{value:g}")

    def names(self, beside: str, clause: str) -> bool:
        """Return whether the cells beside a clause say that its number is of this requirement."""
        return self.unit is not None and bool(
            self.clause.search(beside) and self.unit.search(clause)
        )

    def threshold(self, clause: str) -> float | None:
        """Return the number that a clause asks for, the lower of two; None where it asks for none.

        Amounts of money come in units of 10,000.
        """
        match = self.unit.search(clause) if self.unit else None
        return self._number(match[1]) if match else None

    def interval(self, clause: str) -> Interval | None:
        """Return the figures that meet a clause, [1, ∞) for a yes; None where it names none."""
        if self.unit is None:
            return Interval(1, inf)
        match = self.unit.search(clause)
        if match is None:
            return None
        threshold = self._number(match[1])
        before, after = clause[: match.start(1)], clause[match.end(1) :]
        above = _RANGE.match(after)
        if above and self._number(above["high"]) > threshold:
            return Interval(threshold, self._number(above["high"]), high_open=bool(above["open"]))
        if self.most or _AT_MOST.search(before) or _OR_LESS.match(after):
            return Interval(high=threshold, high_open=bool(_BELOW.search(before)))
        return Interval(threshold, low_open=bool(_ABOVE.search(before)))

    def _number(self, text: str) -> float:
        if self.money:
            return (parse_amount(text) or 0.0) / _TEN_THOUSAND
        try:
            return float(text)
        except ValueError:
            return float(parse_integer(text) or 0)


@cache
def load_requirements() -> Mapping[str, Requirement]:
    """Return the requirements by key."""
    data = tomllib.loads((files("assistant") / "data/requirements.toml").read_text("utf-8"))
    return {
        key: Requirement(
            key=key,
            label=entry["label"],
            measure=entry.get("measure", ""),
            clause=regex(entry["clause"]),
            unit=regex(entry["unit"]) if "unit" in entry else None,
            most=entry.get("most", False),
            money=entry.get("money", False),
            yes=tuple(map(regex, entry.get("yes", []))),
            no=tuple(map(regex, entry.get("no", []))),
            ask=tuple(entry["ask"]),
            say=entry["say"],
            deny=entry.get("deny", ""),
        )
        for key, entry in data.items()
    }


def requirements_asked(folded: str) -> tuple[str, ...]:
    """Return the keys of the requirements that a folded question names by words of its own.

    A word within a longer one of another requirement names nothing: 研发人员 is not 研发.
    """
    found = [
        (match.start(), match.end(), key)
        for key, one in load_requirements().items()
        for word in one.ask
        for match in re.finditer(re.escape(word), folded)
    ]
    longest = (
        key
        for start, end, key in found
        if not any(
            low <= start and end <= high and high - low > end - start
            for low, high, other in found
            if other != key
        )
    )
    return tuple(dict.fromkeys(longest))


def asked_words(folded: str) -> tuple[str, ...]:
    """Return the words of a folded question that name requirements."""
    words = (word for one in load_requirements().values() for word in one.ask)
    return tuple(dict.fromkeys(word for word in words if word in folded))


def requirements_of(clause: Clause) -> tuple[Requirement, ...]:
    """Return the known requirements that a clause makes: by its words, or the cells beside them."""
    beside = f"{clause.dimension} {clause.aspect.text if clause.aspect else ''} {clause.text}"
    return tuple(
        one
        for one in load_requirements().values()
        if one.clause.search(clause.text) or one.names(beside, clause.text)
    )
