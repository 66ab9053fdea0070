"""Numbers of a text as intervals with their unit: cells, conditions and applicants' facts alike.

不到3% is [0, 3), 500到1000人 is [500, 1000], 2015年以后 is [2015, ∞), and 近十年 counts back from
the year that the sources speak from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from assistant.parsing.numerals import DIGITS, NUMERALS, SCALES, read_number
from index.schema.interval import Interval


class Unit(StrEnum):
    """What a number counts."""

    YEAR = "year"
    AGE = "age"
    PEOPLE = "people"
    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"
    ITEMS = "items"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Measure:
    """A stretch that says a number.

    Attributes:
        start: Where it starts.
        end: Where it ends, exclusive.
        interval: The numbers meant; years of age and money in single units.
        unit: What is counted.
        bare: Whether neither a comparator nor a range bounds it.
    """

    start: int
    end: int
    interval: Interval
    unit: Unit
    bare: bool = False


_N = (
    r"(?:(?<![a-z0-9.])(?<![a-z]-)\d[\d,]*(?:\.\d+)?(?:\s*个(?=[百千万亿]))?\s*[十百千万亿]*"
    r"(?:\d+(?=万))?[十百千万亿]*(?![a-z])"
    rf"|[{NUMERALS}]+(?:个(?=亿)亿)?(?:点[{NUMERALS}]+)?)"
)
_ROUGH = "[多余来几]"
_UNIT = (
    r"(?P<people{i}>(?:多|余|来)?\s*(?:名|个|号|位|口)?(?:人(?!工|形|机|民|均|类|脸|才|数|员)|员工|职工|雇员|employees|people|staff))"
    r"|(?P<percent{i}>%|个百分点|个点|percent)"
    r"|(?P<year{i}>(?<=\d{{4}})年(?!代|内))"
    r"|(?P<age{i}>(?:多|余|来)?(?:周?年半?(?!代|轻|度|报)|个?年头|周岁|岁|years?))"
    r"|(?P<months{i}>个月|months?)"
    r"|(?P<money{i}>(?:多|余|来)?(?:元|块钱?|美元|美金|人民币|yuan|rmb))"
    r"|(?P<count{i}>(?:多|余|来)?(?:家(?!里)|户|间|companies))"
    r"|(?P<items{i}>(?:多|余|来)?(?:项|件|条|份|种|个(?!月|点|百|亿)|patents?))"
)
_OVER = (
    r"超过|大于|多于|高于|超出|突破|不止|不只|晚于|迟于|超|逾|过|破"
    r"|more than|over|above|after|later than|>"
)
_LEAST = (
    r"不低于|不少于|不小于|不下于?|不早于|至少|起码|最少|最低|达到?|满|不亚于|上(?=[千万百])"
    r"|at least|since|from|>=|≥"
)
_UNDER = (
    r"少于|小于|不足|低于|不到|不满|没到|未满|没满|未到|不够|没有达到|未达到?|没达到?|早于|不及"
    r"|under|below|fewer than|less than|before|earlier than|prior to|<"
)
_MOST = (
    r"不超过|没超过|未超过|不多于|不大于|不高于|不晚于|不迟于|没有?超过|不超|没超|至多|最多|最高|顶多|充其量"
    r"|at most|up to|no more than|by|<=|≤"
)
_ABOUT = r"大概|大约|约|差不多|将近|接近|近|around|about|roughly"
_BEFORE = (
    rf"(?P<most>{_MOST})|(?P<least>{_LEAST})|(?P<under>{_UNDER})|(?P<over>{_OVER})"
    rf"|(?P<about>{_ABOUT})"
)
_INCLUSIVE = r"(?:\s*[(（]?含[)）]?)?"
_AFTER = (
    r"(?P<since>\s*(?:及其?以后|及之后|以后|之后|以来|往后|起(?!家|步)|开始|至今|后(?=成立|才|的|设立|创|$|[,，。]))(?:才|就)?)"
    r"|(?P<until>\s*(?:及其?以前|及之前|以及之前|及更早))"
    r"|(?P<earlier>\s*(?:以前|之前|前(?!后|景|沿|\d)))"
    r"|(?P<upward>\s*(?:及其?以上|以上|往上|朝上|打底|起步|开外|上下都行)|\+|\s*or more)"
    r"|(?P<downward>\s*(?:及其?以下|以下|以内|之内|封顶|往下|内(?!存|容|部)))"
    r"|(?P<nearly>\s*(?:左右|上下))"
)
_TO = r"\s*(?:到|至|-|~|—|–|–|、|和|与|and|to)\s*"
_SURE_TO = r"\s*(?:到|至|-|~|—|–|to)\s*"
_TAIL = r"(?:\s*(?:之间|间|期间|这一档|这一?个?区间|这个档|之内|以内))?"

_RANGE = re.compile(
    rf"(?:介于|在|between)?\s*(?P<n1>{_N})\s*(?:{_UNIT.format(i=1)})?{_SURE_TO}"
    rf"(?P<n2>{_N})\s*(?:{_UNIT.format(i=2)})?{_TAIL}"
)
_BETWEEN = re.compile(
    rf"(?:介于|在|between)?\s*(?P<n1>{_N})\s*(?:{_UNIT.format(i=1)})?{_TO}"
    rf"(?P<n2>{_N})\s*(?:{_UNIT.format(i=2)})?(?:\s*(?:之间|间|期间)|(?=[^,，。]{{0,2}}between))"
)
_SINGLE = re.compile(
    rf"(?:(?:{_BEFORE})\s*(?:了|有)?\s*)?(?P<n1>{_N})(?P<plus>\+)?\s*(?:{_UNIT.format(i=1)})?"
    rf"{_INCLUSIVE}(?:{_AFTER})?(?:\s*[(（]不?含(?:本数|当年|该年)?[)）])?"
)
_SHORT_YEAR = r"(?:0\d|1\d|2[0-6]|9\d)"
_BARE_YEAR = re.compile(r"(?<!\d)(?:1[89]\d\d|20\d\d)(?!\d)")
_DECADE = re.compile(
    r"(?:上世纪|上个世纪|20世纪|21世纪|本世纪)?(?P<n>(?:19|20)?\d0|[一二三四五六七八九]十|零零|二零[一二]零)"
    r"\s*(?:年代|后(?=的?(?:企业|公司))|(?<=\d)s\b)"
)
_CENTURY = re.compile(
    r"(?P<this>21世纪|二十一世纪|本世纪|新世纪|千禧年)(?:以来|以后|之后|后|里|才)?"
    r"|(?P<last>上世纪|上个世纪|20世纪|二十世纪)(?:以前|就|里|的)?"
)
_RECENT = re.compile(
    rf"(?:近|最近|过去|这(?!一年))\s*(?P<n>{_N})\s*年(?!间|前|前)(?:之?内|以来|里)?"
)
_RELATIVE_YEAR = re.compile(
    r"(?P<w>今年|本年度?|去年|前年|大前年)(?P<tail>以来|以后|之后|起|以前|之前)?"
)
_AGO = {"今": 0, "本": 0, "去": 1, "前": 2, "大": 3}
_PERCENT_OF = re.compile(
    rf"(?P<p>百分之|千分之|万分之)\s*(?P<n>{_N})|(?P<whole>[{NUMERALS}\d]+)分之(?P<part>{_N})"
)
_TENTHS = re.compile(
    r"(?P<n>[一二两三四五六七八九]|\d)成(?!立|果|长|都|员|本|熟|为|功|品|绩)(?P<half>[半一二三四五六七八九])?"
)
_HALF = re.compile(
    r"(?<![一二三四五六七八九十\d年])(?:一半|半数|过半|大半|对半)(?P<after>以上|以下)?"
)
# 俩, 仨 and 一打 count by themselves.
_COLLECTIVE = re.compile(r"(?P<few>[俩仨])(?!人|口)|(?P<n>[一二两三四五半\d])打(?=[,，。;；专]|$)")
_COLLECTED = {"俩": 2, "仨": 3}
_DOZEN = 12
# 两块五: an amount with tenths.
_TENTHS_OF_MONEY = re.compile(
    rf"(?P<n>\d+|[{NUMERALS}]+)块(?P<tenth>[一二三四五六七八九半])(?![十百千万亿])"
)
# What 约 leaves open on either side, of shares and of anything else.
_ROUGHLY, _ROUGHLY_OF_SHARES = 0.1, 0.05
# 参与过两项 is no comparison: so few follow 过 of what has been done.
_FEW = 10
_COUNT_UNITS = ("people", "percent", "year", "age", "months", "money", "count", "items")
_HUNDRED, _THIS_CENTURY, _LAST_CENTURY = 100, 2000, 1900
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
    yield from _decades(folded)
    yield from _relative(folded, this_year)
    yield from _fractions(folded)
    yield from _collective(folded)
    for pattern in (_RANGE, _BETWEEN):
        for match in pattern.finditer(folded):
            if (one := _range(match)) is not None:
                yield one
    for match in _SINGLE.finditer(folded):
        if (one := _single(match, folded)) is not None:
            yield one


def _decades(folded: str) -> Iterator[Measure]:
    for match in _DECADE.finditer(folded):
        first = _decade(match["n"])
        if first is not None:
            yield Measure(*match.span(), Interval(first, first + 9), Unit.YEAR)
    for match in _CENTURY.finditer(folded):
        interval = (
            Interval(low=_THIS_CENTURY) if match["this"] else Interval(high=_THIS_CENTURY - 1)
        )
        yield Measure(*match.span(), interval, Unit.YEAR)


def _decade(text: str) -> int | None:
    if text == "零零":
        return _THIS_CENTURY
    if text.isdigit():
        number = int(text)
    elif text.endswith("十"):
        number = 10 * DIGITS[text[0]]
    else:
        number = int("".join(str(DIGITS[c]) for c in text))
    if number >= _LAST_CENTURY:
        return number
    return number + (_THIS_CENTURY if number <= 20 else _LAST_CENTURY)


def _relative(folded: str, this_year: int) -> Iterator[Measure]:
    for match in _RECENT.finditer(folded):
        number = read_number(match["n"])
        if number is not None and number < _HUNDRED:
            yield Measure(*match.span(), Interval(low=this_year - number), Unit.YEAR)
    for match in _RELATIVE_YEAR.finditer(folded):
        year = this_year - _AGO[match["w"][0]]
        tail = match["tail"] or ""
        if tail in ("以来", "以后", "之后", "起"):
            interval = Interval(low=year)
        elif tail:
            interval = Interval(high=year, high_open=True)
        else:
            interval = Interval.point(year)
        yield Measure(*match.span(), interval, Unit.YEAR, bare=True)


def _fractions(folded: str) -> Iterator[Measure]:
    """Yield shares told in words, with the comparators around them."""
    for match in _PERCENT_OF.finditer(folded):
        if match["p"]:
            number = read_number(match["n"])
            value = (
                None if number is None else number * {"百": 1, "千": 0.1, "万": 0.01}[match["p"][0]]
            )
        else:
            whole, part = read_number(match["whole"]), read_number(match["part"])
            value = round(100 * part / whole, 4) if whole and part is not None else None
        if value is not None:
            yield _bounded(folded, match.start(), match.end(), value)
    for match in _TENTHS.finditer(folded):
        tenths = read_number(match["n"]) or 0.0
        half = 5.0 if match["half"] == "半" else float(DIGITS.get(match["half"] or "零", 0))
        yield _bounded(folded, match.start(), match.end(), 10 * tenths + half)
    for match in _HALF.finditer(folded):
        if match.group().startswith(("过半", "大半")):
            yield Measure(*match.span(), Interval(low=50, low_open=True), Unit.PERCENT)
        else:
            end = match.start("after") if match["after"] else match.end()
            yield _bounded(folded, match.start(), end, 50.0)


def _collective(folded: str) -> Iterator[Measure]:
    """Yield what counts without a unit of its own: 俩, 一打, 两块五."""
    for match in _COLLECTIVE.finditer(folded):
        number = read_number(match["n"] or "") or 0
        count = _COLLECTED.get(match["few"] or "", _DOZEN * number)
        yield Measure(*match.span(), Interval.point(count), Unit.ITEMS, bare=True)
    for match in _TENTHS_OF_MONEY.finditer(folded):
        number, tenth = read_number(match["n"]), match["tenth"]
        if number is not None:
            value = number + (0.5 if tenth == "半" else DIGITS[tenth] / 10)
            yield Measure(*match.span(), Interval.point(value), Unit.MONEY, bare=True)


_PREFIX = re.compile(rf"(?:{_BEFORE})\s*(?:了|有)?\s*$")
_SUFFIX = re.compile(rf"(?P<rough>多|余|来)?(?:{_AFTER})?")


def _bounded(folded: str, start: int, end: int, value: float) -> Measure:
    """Return a share with the comparators that stand before and after it."""
    before = _PREFIX.search(folded[:start])
    after = _SUFFIX.match(folded, end)
    groups = {**(after.groupdict() if after else {}), **(before.groupdict() if before else {})}
    if after and after["rough"]:
        groups["upward"] = groups.get("upward") or after["rough"]
    interval = _interval(value, groups, year=False, roughly=_ROUGHLY_OF_SHARES)
    stop = after.end() if after else end
    return Measure(
        before.start() if before else start,
        stop,
        interval or Interval.point(value),
        Unit.PERCENT,
        bare=interval is None,
    )


def _interval(
    value: float, groups: dict[str, str | None], *, year: bool, roughly: float = _ROUGHLY
) -> Interval | None:
    """Return what the comparators of a match make of a number; None where there are none."""
    if groups.get("most") or groups.get("downward") or groups.get("until"):
        return Interval(high=value)
    if groups.get("least") or groups.get("since"):
        return Interval(low=value)
    if groups.get("upward"):
        return Interval(low=value)
    if groups.get("under") or groups.get("earlier"):
        return Interval(high=value, high_open=True)
    if groups.get("over"):
        return Interval(low=value, low_open=True)
    if not year and (groups.get("about") or groups.get("nearly")):
        return Interval(value * (1 - roughly), value * (1 + roughly))
    return None


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
    roughly = _ROUGHLY_OF_SHARES if unit is Unit.PERCENT else _ROUGHLY
    if match["over"] == "过" and unit in (Unit.ITEMS, Unit.COUNT) and number < _FEW:
        groups["over"] = None
    interval = _interval(number, groups, year=unit is Unit.YEAR, roughly=roughly)
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


def founding_years(age: Interval, this_year: int) -> Interval:
    """Return the years of founding that an age means: at least ten years is up to ten years ago."""
    high = inf if age.low == -inf else this_year - age.low
    low = -inf if age.high == inf else this_year - age.high
    return Interval(low, high, age.high_open, age.low_open)
