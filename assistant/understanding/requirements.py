"""What applicants say of their own company, from ``data/requirements.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import inf
from typing import Any

from assistant.understanding.numbers import NUMERAL, read_number
from assistant.understanding.types import Statement
from index.schema.interval import Interval

_CHINESE = "一二两三四五六七八九十百零点"
_NUMBER = rf"(?:\d+(?:\.\d+)?|{NUMERAL})"

# Shares and times in words, with what they are read as; see _plain.
_PERCENT_IN_WORDS = re.compile(rf"百分之\s*([{_CHINESE}]+|\d+(?:\.\d+)?)")
_PER_MILLE = re.compile(rf"千分之\s*([{_CHINESE}]+|\d+(?:\.\d+)?)")
_FRACTION = re.compile(r"([一二两三四五六七八九十百\d]+)分之([一二两三四五六七八九十\d]+)")
_TENTHS = re.compile(r"([一二两三四五六七八九])成([一二三四五六七八九半])?(?!立)")
_OF_HUNDRED = re.compile(
    rf"每(?:一百|百|100)(?:块|元)(?P<told>[^,，。]{{0,8}}?)(?P<n>{_NUMBER})(?:块|元)(?P<tenth>[一二三四五六七八九半])?"
)
_YEARS_AND_MONTHS = re.compile(
    rf"(?P<years>{_NUMBER})\s*年(?:零|又|加)?(?P<months>{_NUMBER})\s*个月"
)
_YEARS_AND_A_HALF = re.compile(rf"(?P<years>{_NUMBER})\s*年半")
_MONTHS = re.compile(rf"(?P<months>{_NUMBER})\s*个月")
_AGO = re.compile(
    r"(?P<when>今年|去年|前年)(?:才|刚|刚刚|开始)[^,，。]{0,8}(?:赛道|行业|细分|领域|市场|这行)"
)
_YEARS_AGO = {"今年": 0, "去年": 1, "前年": 2}
_SINCE = re.compile(r"(?:从|自)?(?P<year>(?:19|20)\d\d)\s*年(?:起|开始|以来|就|至今)")

_AMOUNT = (
    r"(?:\d[\d.]*|[一二两三四五六七八九十百千半])(?:[\d.一二两三四五六七八九十百千零半来多个]*)"
)
_MONEY = rf"{_AMOUNT}\s*(?:亿(?:{_AMOUNT}万?)?|万|元|块)"
_PARTS = re.compile(
    r"(?:(?P<hundred_millions>[^亿]+)亿)?(?:(?P<ten_thousands>[^万]+)万)?(?P<ones>.*)"
)
_MONTHS_OF_YEAR = 12

# What makes the number of a clause an upper bound, and the upper end of a range of money.
_AT_MOST = re.compile(
    r"不超过|不高于|不多于|不大于|以内|以下|未满|(?<!不)(?:少于|小于|低于)|[≤<＜]"
)

# What leaves the number of a clause itself out.
_BELOW = re.compile(r"未满|(?<!不)(?:少于|小于|低于)|[<＜](?!=)")
_ABOVE = re.compile(r"(?<!不)(?:超过|高于|多于|大于)|[>＞](?!=)")
_RANGE = re.compile(rf"[-~–—至到]\s*({_MONEY})")
_WHOLE = "whole"
_HALF = 0.5
_HUNDRED_MILLION, _TEN_THOUSAND = 1e8, 1e4


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement that programmes of this kind make; see the comments of the data file."""

    key: str
    label: str
    measure: str
    clause: re.Pattern[str]
    unit: re.Pattern[str] | None
    most: bool
    money: bool
    told: tuple[re.Pattern[str], ...]
    rest: tuple[re.Pattern[str], ...]
    part: tuple[re.Pattern[str], ...]
    yes: tuple[re.Pattern[str], ...]
    no: tuple[re.Pattern[str], ...]
    ask: tuple[str, ...]
    say: str
    deny: str

    def stated(self, value: float) -> Statement:
        """Return a figure that an applicant gives as such, 1 or 0 for yes or no."""
        told = self.deny if self.deny and not value else self.say.format(f"{value:g}")
        return Statement(self.key, told, value)

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
        return self._number(match.group(1)) if match else None

    def fulfilled(self, fact: Statement, clause: str) -> bool:
        """Return whether what an applicant says meets a clause; the threshold itself does."""
        threshold = self.threshold(clause)
        if threshold is None:
            return fact.value > 0
        if self.most or _AT_MOST.search(clause):
            return fact.value <= threshold
        return threshold <= fact.value <= self._ceiling(clause)

    def interval(self, clause: str) -> Interval:
        """Return the figures that meet a clause, the threshold among them; [1, ∞) for a yes."""
        threshold = self.threshold(clause)
        if threshold is None:
            return Interval(1, inf)
        if self.most or _AT_MOST.search(clause):
            return Interval(high=threshold, high_open=bool(_BELOW.search(clause)))
        return Interval(threshold, self._ceiling(clause), low_open=bool(_ABOVE.search(clause)))

    def _ceiling(self, clause: str) -> float:
        """Return the upper end of a range that a clause asks for: 1000万-10亿."""
        match = _RANGE.search(clause) if self.unit and self.money else None
        return self._number(match.group(1)) if match else inf

    def _number(self, text: str) -> float:
        if self.money:
            return (_amount(text) or 0.0) / _TEN_THOUSAND
        return _value(text) or 0.0


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
            label=entry["label"],
            measure=entry.get("measure", ""),
            clause=re.compile(entry["clause"]),
            unit=re.compile(entry["unit"]) if "unit" in entry else None,
            most=entry.get("most", False),
            money=entry.get("money", False),
            told=_patterns(entry.get("told", [])),
            rest=_patterns(entry.get("rest", [])),
            part=_patterns(entry.get("part", [])),
            yes=_patterns(entry.get("yes", [])),
            no=_patterns(entry.get("no", [])),
            ask=tuple(entry["ask"]),
            say=entry["say"],
            deny=entry.get("deny", ""),
        )
        for key, entry in _data().items()
        if key != _WHOLE
    }


def _patterns(texts: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(text.replace("{n}", _NUMBER).replace("{money}", _MONEY)) for text in texts
    )


def count_requirements(folded: str, made: Collection[str]) -> int:
    """Return how many requirements a question names; those of one word count once.

    Args:
        folded: The question.
        made: Keys of the requirements that any list makes.
    """
    named = {
        next(word for word in one.ask if word in folded)
        for one in load_requirements().values()
        if one.key in made and any(word in folded for word in one.ask)
    }
    return len(named)


def asks_requirement(folded: str, made: Collection[str]) -> bool:
    """Return whether a question names any of the requirements that a list makes."""
    return count_requirements(folded, made) > 0


def read_facts(folded: str, this_year: int, made: Collection[str]) -> tuple[Statement, ...]:
    """Return what a question says of the asker's own company, one fact per requirement.

    Args:
        folded: The question; of several statements on one requirement the first counts.
        this_year: The year that 从2019年起 counts to.
        made: Keys of the requirements that any list makes; others are not read.
    """
    text = _plain(folded, this_year)
    asked = (one for key, one in load_requirements().items() if key in made)
    facts = (next(_facts(requirement, text), None) for requirement in asked)
    return tuple(fact for fact in facts if fact is not None)


def _plain(text: str, this_year: int) -> str:
    """Return a text with its shares in percent and its times in years: 四分之三 is 75%."""
    text = text.replace("俩", "两个").replace("仨", "三个")
    text = _PER_MILLE.sub(lambda match: f"{_told(match[1]) / 10:g}%", text)
    text = _PERCENT_IN_WORDS.sub(lambda match: f"{_told(match[1])}%", text)
    text = _FRACTION.sub(lambda m: _percent(_told(m[2]) or 0, _told(m[1]), m.group()), text)
    text = _TENTHS.sub(lambda match: f"{10 * _told(match[1]) + _told(match[2] or '')}%", text)
    text = _OF_HUNDRED.sub(lambda m: f"{m['told']}{_told(m['n']) + _told(m['tenth']) / 10}%", text)
    text = _YEARS_AND_MONTHS.sub(lambda m: _years(_told(m["years"]), _told(m["months"])), text)
    text = _YEARS_AND_A_HALF.sub(lambda match: f"{_told(match['years']) + _HALF}年", text)
    text = _MONTHS.sub(lambda match: _years(0, _told(match["months"])), text)
    text = _AGO.sub(lambda match: f"{match.group()}{_YEARS_AGO[match['when']]}年", text)
    return _SINCE.sub(lambda match: f"{match.group()}{this_year - int(match['year'])}年", text)


def _percent(part: float, whole: float, otherwise: str) -> str:
    return f"{round(100 * part / whole, 2):g}%" if whole else otherwise


def _years(years: float, months: float) -> str:
    return f"{round(years + months / _MONTHS_OF_YEAR, 2):g}年"


def _told(text: str | None) -> float:
    """Return a number in digits or words, 半 as a half; 0 where there is none: 二点八 → 2.8."""
    if not text:
        return 0.0
    if text == "半":
        return 5.0
    whole, _, tenths = text.partition("点")
    return (_value(whole) or 0.0) + (float(f"0.{_digits(tenths)}") if tenths else 0.0)


def _digits(text: str) -> str:
    return "".join(str(int(_value(character) or 0)) for character in text)


def _facts(requirement: Requirement, text: str) -> Iterator[Statement]:
    """Yield the facts on one requirement; a plain no comes before any number."""
    for pattern in requirement.no:
        if match := pattern.search(text):
            yield Statement(requirement.key, match.group(), 0)
    yield from _numbers(requirement, requirement.told, text)
    for fact in _numbers(requirement, requirement.rest, text):
        yield replace(fact, value=100 - fact.value)
    yield from _shares(requirement, text)
    for pattern in requirement.yes:
        if match := pattern.search(text):
            yield Statement(requirement.key, match.group(), 1)


def _numbers(
    requirement: Requirement, patterns: Sequence[re.Pattern[str]], text: str
) -> Iterator[Statement]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            told = match["n"]
            amount = _amount(told) if requirement.money else None
            value = amount / _TEN_THOUSAND if amount is not None else _value(told)
            if value is not None:
                yield Statement(requirement.key, match.group(), value)


def _shares(requirement: Requirement, text: str) -> Iterator[Statement]:
    """Yield shares in percent from two amounts: 营收一个亿，研发费用300万 is 3%."""
    whole = next((m for one in _whole() if (m := one.search(text))), None)
    for pattern in requirement.part:
        match = pattern.search(text)
        if not match or not whole or match.start() == whole.start():
            continue
        amount, total = _amount(match["n"]), _amount(whole["n"])
        if amount is not None and total:
            share = round(100 * amount / total, 2)
            yield Statement(
                requirement.key, f"{match.group()}（{whole.group()}的{share:g}%）", share
            )


def _amount(text: str) -> float | None:
    """Return an amount of money: 一个亿 → 100000000.0, 四百二十万 → 4200000.0."""
    match = _PARTS.fullmatch(re.sub(r"[来多个元块\s]", "", text))
    if not match:
        return None
    told = [match["hundred_millions"], match["ten_thousands"], match["ones"]]
    factors = (_HUNDRED_MILLION, _TEN_THOUSAND, 1.0)
    numbers = [_HALF if one == "半" else _value(one) if one else 0.0 for one in told]
    if None in numbers:
        return None
    return sum(number * factor for number, factor in zip(numbers, factors, strict=True) if number)


def _value(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        number = read_number(text)
        return None if number is None else float(number)
