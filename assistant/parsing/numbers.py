"""Numbers of a text as intervals with their unit: cells, conditions and applicants' facts alike.

不到3% is [0, 3), 500到1000人 is [500, 1000], 2015年以后 is [2015, ∞), and 近十年 counts back from
the year that the sources speak from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.parsing.comparators import (
    AFTER,
    BEFORE,
    INCLUSIVE,
    ROUGHLY,
    ROUGHLY_OF_SHARES,
    interval_of,
)
from assistant.parsing.measures import NUMBER, NUMERALS, SCALES, Measure, Unit, read_number
from assistant.parsing.numberwords import worded_measures
from index.regex import regex
from index.schema.interval import Interval

_UNIT = (
    r"(?P<people{i}>(?:多|余|来)?\s*(?:名|个|号|位|口)?(?:人(?!工|形|机|民|均|类|脸|才|数|员)|员工|职工|雇员|employees|people|staff))"
    r"|(?P<percent{i}>%|个百分点|个点|percent)"
    r"|(?P<year{i}>(?<=\d{{4}})年(?!代|内))"
    r"|(?P<age{i}>(?:多|余|来)?(?:周?年半?(?!代|轻|度|报)|个?年头|周岁|岁|years?))"
    r"|(?P<months{i}>个月|months?)"
    r"|(?P<money{i}>(?:多|余|来)?(?:元|块钱?|美元|美金|人民币|yuan|rmb))"
    r"|(?P<count{i}>(?:多|余|来)?(?:家(?!里)|户|间|companies))"
    r"|(?P<points{i}>分(?![之公钟店部支类布成散别]))"
    r"|(?P<items{i}>(?:多|余|来)?(?:项|件|条|份|种|个(?!月|点|百|亿)|patents?))"
)
_TO = r"\s*(?:到|至|-|~|—|–|–|、|和|与|and|to)\s*"
_SURE_TO = r"\s*(?:到|至|-|~|—|–|to)\s*"
_TAIL = r"(?:\s*(?:之间|间|期间|这一档|这一?个?区间|这个档|之内|以内))?"

_FIGURE = regex(rf"[\d{NUMERALS}]")
_RANGE = regex(
    rf"(?:介于|在|between)?\s*(?P<n1>{NUMBER})\s*(?:{_UNIT.format(i=1)})?{_SURE_TO}"
    rf"(?P<n2>{NUMBER})\s*(?:{_UNIT.format(i=2)})?{_TAIL}"
)
_BETWEEN = regex(
    rf"(?:介于|在|between)?\s*(?P<n1>{NUMBER})\s*(?:{_UNIT.format(i=1)})?{_TO}"
    rf"(?P<n2>{NUMBER})\s*(?:{_UNIT.format(i=2)})?(?:\s*(?:之间|间|期间)|(?=[^,，。]{{0,2}}between))"
)
_SINGLE = regex(
    rf"(?:(?:{BEFORE})\s*(?:了|有)?\s*)?(?P<n1>{NUMBER})(?P<plus>\+)?\s*(?:{_UNIT.format(i=1)})?"
    rf"{INCLUSIVE}(?:{AFTER})?(?:\s*[(（]不?含(?:本数|当年|该年)?[)）])?"
)
_SHORT_YEAR = r"(?:0\d|1\d|2[0-6]|9\d)"
_BARE_YEAR = regex(r"(?<!\d)(?:1[89]\d\d|20\d\d)(?!\d)")
# 参与过两项 is no comparison: so few follow 过 of what has been done.
_FEW = 10
_COUNT_UNITS = ("people", "percent", "year", "age", "months", "money", "count", "points", "items")
_THIS_CENTURY, _LAST_CENTURY = 2000, 1900
_LATEST_SHORT = 30


def read_measures(folded: str, this_year: int) -> list[Measure]:
    """Return the numbers of a folded text that have a unit or a comparator, left to right."""
    found: list[Measure] = []
    taken: set[int] = set()
    for one in _candidates(folded, this_year):
        stretch = set(range(one.start, one.end))
        if not stretch & taken:
            taken |= stretch
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _candidates(folded: str, this_year: int) -> Iterator[Measure]:
    yield from worded_measures(folded, this_year)
    if not _FIGURE.search(folded):
        return
    for pattern in (_RANGE, _BETWEEN):
        for match in pattern.finditer(folded):
            if (one := _range(match)) is not None:
                yield one
    for match in _SINGLE.finditer(folded):
        if (one := _single(match, folded)) is not None:
            yield one


def _unit(match: re.Match[str], index: int) -> Unit | None:
    for name in _COUNT_UNITS:
        if match[f"{name}{index}"]:
            return Unit.AGE if name == "months" else Unit(name)
    return None


def _value(match: re.Match[str], index: int, unit: Unit | None) -> float | None:
    number = read_number(match[f"n{index}"])
    if number is None:
        return None
    if match[f"months{index}"]:
        return round(number / 12, 3)
    if unit is Unit.AGE and (match[f"age{index}"] or "").endswith("半"):
        return number + 0.5
    return number


def _as_year(text: str, folded: str, end: int, unit: Unit | None) -> float | None:
    """Return a year told in two digits in full, where founding is spoken of: 15年成立."""
    if unit is not Unit.AGE or not re.fullmatch(_SHORT_YEAR, text.strip()):
        return None
    if not re.match(
        r"(?:以?[前后]|之[前后]|起|及以[前后]|到|至)?[^内多,，。]{0,3}(?:成立|创立|创办|设立)",
        folded[end:],
    ):
        return None
    number = int(text)
    return number + (_THIS_CENTURY if number <= _LATEST_SHORT else _LAST_CENTURY)


def _range(match: re.Match[str]) -> Measure | None:
    unit2, unit1 = _unit(match, 2), _unit(match, 1)
    unit = unit2 or unit1
    low, high = _value(match, 1, unit), _value(match, 2, unit)
    if low is None or high is None:
        return None
    if match["n1"][-1] not in "万亿千百" and match["n2"].strip()[-1:] in "万亿千":
        scaled = low * SCALES[match["n2"].strip()[-1]]
        low = scaled if scaled <= high else low
    if low >= high:
        return None
    years = [_BARE_YEAR.fullmatch(match[f"n{i}"].strip()) for i in (1, 2)]
    if all(years) and unit in (None, Unit.YEAR, Unit.AGE):
        return Measure(match.start(), match.end(), Interval(low, high), Unit.YEAR)
    if unit is None and not re.search(r"之间|档|区间|介于|between|[到至~-]", match.group()):
        return None
    return Measure(match.start(), match.end(), Interval(low, high), unit or Unit.PLAIN)


def _single(match: re.Match[str], folded: str) -> Measure | None:
    unit = _unit(match, 1)
    number = _value(match, 1, unit)
    if number is None:
        return None
    text, groups = match["n1"].strip(), match.groupdict()
    is_year = _BARE_YEAR.fullmatch(text) is not None
    short = _as_year(text, folded, match.end("age1") if match["age1"] else match.end(), unit)
    if short is not None:
        number, is_year = short, True
    if is_year and unit in (None, Unit.AGE, Unit.YEAR):
        unit = Unit.YEAR
    rough = unit is not None and any(
        (groups.get(f"{name}1") or "").startswith(("多", "余", "来")) for name in _COUNT_UNITS
    )
    if rough or match["plus"]:
        groups["upward"] = groups.get("upward") or "多"
    roughly = ROUGHLY_OF_SHARES if unit is Unit.PERCENT else ROUGHLY
    if match["over"] == "过" and unit in (Unit.ITEMS, Unit.COUNT) and number < _FEW:
        groups["over"] = None
    interval = interval_of(number, groups, year=unit is Unit.YEAR, roughly=roughly)
    if interval is not None and "含" in match.group():
        out = "不含" in match.group()
        interval = Interval(interval.low, interval.high, out, out)
    if unit is None and interval is None:
        large = text[-1] in "万亿" and len(text) > 1
        return (
            Measure(*match.span("n1"), Interval.point(number), Unit.PLAIN, bare=True)
            if large
            else None
        )
    if unit is None and groups["about"] and not any(c in text for c in "0123456789万千百"):
        return None
    if interval is None or (unit is not Unit.YEAR and _only_time(groups)):
        return Measure(
            match.start("n1"), _end(match), Interval.point(number), unit or Unit.PLAIN, bare=True
        )
    return Measure(match.start(), match.end(), interval, unit or Unit.PLAIN)


def _only_time(groups: dict[str, str | None]) -> bool:
    """Return whether nothing but 以前, 以后 bounds a number that is no year."""
    told = [
        k
        for k in ("most", "least", "under", "over", "about", "upward", "downward", "nearly")
        if groups.get(k)
    ]
    return not told


def _end(match: re.Match[str]) -> int:
    ends = [match.end(f"{name}1") for name in _COUNT_UNITS if match[f"{name}1"]]
    return max((*ends, match.end("n1")))
