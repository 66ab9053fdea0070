"""Numbers told in words that need no unit after them: 九十年代, 近十年, 七成, 四分之三, 俩."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.parsing.comparators import share_within
from assistant.parsing.measures import DIGITS, NUMBER, NUMERALS, Measure, Unit, read_number
from index.regex import regex
from index.schema.interval import Interval

_DECADE = regex(
    r"(?:上世纪|上个世纪|20世纪|21世纪|本世纪)?(?P<n>(?:19|20)?\d0|[一二三四五六七八九]十|零零|二零[一二]零)"
    r"\s*(?:年代|后(?=的?(?:企业|公司))|(?<=\d)s\b)"
)
_CENTURY = regex(
    r"(?P<this>21世纪|二十一世纪|本世纪|新世纪|千禧年)(?:以来|以后|之后|后|里|才)?"
    r"|(?P<last>上世纪|上个世纪|20世纪|二十世纪)(?:以前|就|里|的)?"
)
_RECENT = regex(
    rf"(?:近|最近|过去|这(?!一年))\s*(?P<n>{NUMBER})\s*年(?!间|前|前)(?:之?内|以来|里)?"
)
_RELATIVE_YEAR = regex(
    r"(?P<w>今年|本年度?|去年|前年|大前年)(?P<tail>以来|以后|之后|起|以前|之前)?"
)
_AGO = {"今": 0, "本": 0, "去": 1, "前": 2, "大": 3}
_PERCENT_OF = regex(
    rf"(?P<p>百分之|千分之|万分之)\s*(?P<n>{NUMBER})|(?P<whole>[{NUMERALS}\d]+)分之(?P<part>{NUMBER})"
)
_TENTHS = regex(
    r"(?P<n>[一二两三四五六七八九]|\d)成(?!立|果|长|都|员|本|熟|为|功|品|绩)(?P<half>[半一二三四五六七八九])?"
)
_HALF = regex(r"(?<![一二三四五六七八九十\d年])(?:一半|半数|过半|大半|对半)(?P<after>以上|以下)?")
# 俩, 仨 and 一打 count by themselves.
_COLLECTIVE = regex(r"(?P<few>[俩仨])(?!人|口)|(?P<n>[一二两三四五半\d])打(?=[,，。;；专]|$)")
_COLLECTED = {"俩": 2, "仨": 3}
_DOZEN = 12
# 两块五: an amount with tenths.
_TENTHS_OF_MONEY = regex(
    rf"(?P<n>\d+|[{NUMERALS}]+)块(?P<tenth>[一二三四五六七八九半])(?![十百千万亿])"
)
# Two neighbouring digits, or 三五, before a scale are a range: 两三百人.
_NEIGHBOURS = regex(
    r"(?P<a>[一二两三四五六七八])(?P<b>[二三四五六七八九])(?P<scale>[十百千万]+)"
    r"(?:名|个|号|位|口)?(?:人(?!工|形|机|民|均|类|脸|才|数|员)|员工)"
)
# 三五百 skips one.
_FEW = 2
_HUNDRED, _THIS_CENTURY, _LAST_CENTURY = 100, 2000, 1900


def worded_measures(folded: str, this_year: int) -> Iterator[Measure]:
    """Yield the numbers told in words, in no order."""
    yield from _decades(folded)
    yield from _relative(folded, this_year)
    yield from _fractions(folded)
    yield from _collective(folded)
    yield from _neighbours(folded)


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
            yield share_within(folded, match.start(), match.end(), value)
    for match in _TENTHS.finditer(folded):
        tenths = read_number(match["n"]) or 0.0
        half = 5.0 if match["half"] == "半" else float(DIGITS.get(match["half"] or "零", 0))
        yield share_within(folded, match.start(), match.end(), 10 * tenths + half)
    for match in _HALF.finditer(folded):
        if match.group().startswith(("过半", "大半")):
            yield Measure(*match.span(), Interval(low=50, low_open=True), Unit.PERCENT)
        else:
            end = match.start("after") if match["after"] else match.end()
            yield share_within(folded, match.start(), end, 50.0)


def _neighbours(folded: str) -> Iterator[Measure]:
    """Yield the ranges that neighbouring digits tell."""
    for match in _NEIGHBOURS.finditer(folded):
        low = read_number(match["a"] + match["scale"])
        high = read_number(match["b"] + match["scale"])
        apart = DIGITS[match["b"]] - DIGITS[match["a"]]
        if low is not None and high is not None and 0 < apart <= _FEW:
            yield Measure(*match.span(), Interval(low, high), Unit.PEOPLE)


def _collective(folded: str) -> Iterator[Measure]:
    """Yield what counts without a unit of its own: 俩, 一打, 两块五."""
    for match in _COLLECTIVE.finditer(folded):
        dozens = read_number(match["n"] or "") or 0.0
        count = _COLLECTED.get(match["few"] or "", _DOZEN * dozens)
        yield Measure(*match.span(), Interval.point(count), Unit.ITEMS, bare=True)
    for match in _TENTHS_OF_MONEY.finditer(folded):
        number, tenth = read_number(match["n"]), match["tenth"]
        if number is not None:
            value = number + (0.5 if tenth == "半" else DIGITS[tenth] / 10)
            yield Measure(*match.span(), Interval.point(value), Unit.MONEY, bare=True)
