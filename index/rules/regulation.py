"""What a rule document says of itself: number, issuer, dates, and what it repeals.

本办法自2026年4月1日起施行。《…暂行办法》（工信企业〔2022〕63号）同时废止。
──▶ starts 2026-04-01, repeals that title and that number
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.regex import regex
from index.rules.articles import has_articles
from index.schema.dates import parse_day
from index.schema.numbers import parse_integer
from index.text import fold
from index.types import Document, Passage, Regulation, Value

GENRES = ("办法", "细则", "规定", "规则", "条例", "通知", "指南", "指引", "意见", "方案", "问答")
"""What rule documents are called by their titles."""

_TITLED = regex(rf"(?:{'|'.join(GENRES)})(?:[（(][^）)]*[）)])*$")
_NUMBER = regex(r"[\u4e00-\u9fff]{1,14}[〔\[（(【](?:19|20)\d\d[〕\]）)】]第?\d+号")
_DATE = r"\d{4}年\d{1,2}月(?:\d{1,2}日)?"
_STARTS = regex(
    rf"自(?P<date>{_DATE}|(?:发布|印发|公布|颁布)之日)起(?:正式)?(?:施行|实施|执行|生效)"
)
_ENDS = regex(rf"(?:有效期|施行|执行|实施)(?:至|到)(?P<date>{_DATE})")
_TERM = regex(r"有效期(?:为)?([\d一二三四五六七八九十]+)年")
_REPEALS = regex(r"废止|停止(?:执行|施行)|不再执行")
_QUOTED = regex(r"《([^》]+)》")
_ISSUED = regex(rf"(?P<date>{_DATE})\s*(?:正式)?(?:印发|发布|公布|颁布)")
_DAY = regex(_DATE)
_ISSUER = regex(
    r"由(?P<name>[^，。；]{3,30}?)负责解释"
    rf"|(?:^|[，。；])(?P<by>[^，。；]{{3,30}}?)于?{_DATE}(?:正式)?(?:印发|发布|公布|颁布)"
)
_COMPILER = regex(rf"^(?P<name>[\u4e00-\u9fff]{{4,30}}?)(?:编印|编制|编写|编)\s*{_DATE}$")
_SPACES = regex(r"\s+")
# How much of a document stands above its text.
_HEAD = 6


def read_regulation(document: Document) -> Regulation | None:
    """Return what a document says of itself, None if it is none of rules."""
    passages = document.passages
    number = next(_values(passages[:_HEAD], _NUMBER), None)
    force, expires = _first(passages, _STARTS), _first(passages, _ENDS)
    articles = has_articles(passages)
    if not (number or force or articles or _TITLED.search(document.title)):
        return None
    issued = _issued(passages)
    repealing = [one for one in passages if _REPEALS.search(one.text) and _repealed(one)]
    return Regulation(
        number=number,
        issuer=next(_named(passages), None),
        issued=issued,
        force=force,
        expires=expires,
        repeal=_part(repealing[0], repealing[0].text) if repealing else None,
        starts=_day(force) or _day(issued),
        ends=_day(expires) or _after(passages, _day(force)),
        repeals=tuple(dict.fromkeys(name for one in repealing for name in _repealed(one))),
        articles=articles,
    )


def _after(passages: Sequence[Passage], starts: str) -> str:
    """Return the day on which a term of years ends, that a document gives beside its first day."""
    for one in passages:
        if starts and _STARTS.search(one.text) and (term := _TERM.search(one.text)):
            years = parse_integer(term[1]) or 0
            return f"{int(starts[:4]) + years}{starts[4:]}" if years else ""
    return ""


def _issued(passages: Sequence[Passage]) -> Value | None:
    """Return what dates a document: 于…印发, or the last line that is little but a date."""
    alone = (one for one in reversed(passages) if _DAY.fullmatch(_SPACES.sub("", one.text)))
    return (
        _first(passages, _ISSUED)
        or next((_part(one, one.text) for one in alone), None)
        or next(_values(passages[:_HEAD], _COMPILER), None)
    )


def _named(passages: Sequence[Passage]) -> Iterator[Value]:
    """Yield who issued a document: by words, as its compiler, or above its date."""
    issuers = _matches(passages, _ISSUER)
    yield from (_part(one, match["name"] or match["by"]) for one, match in issuers)
    yield from (_part(one, match["name"]) for one, match in _matches(passages[:_HEAD], _COMPILER))
    for above, one in pairwise(passages):
        if _DAY.fullmatch(_SPACES.sub("", one.text)) and above.text[-1] not in "。；：":
            yield _part(above, above.text)


def _repealed(passage: Passage) -> list[str]:
    found = [*_QUOTED.findall(passage.text)]
    found += [one.group() for one in _NUMBER.finditer(passage.text)]
    return [fold(one) for one in found]


def _values(passages: Sequence[Passage], pattern: re.Pattern[str]) -> Iterator[Value]:
    """Yield what a pattern finds outside of the titles of other documents."""
    for one in passages:
        if "《" not in one.text and (match := pattern.search(_SPACES.sub("", one.text))):
            yield _part(one, match.group())


def _matches(
    passages: Sequence[Passage], pattern: re.Pattern[str]
) -> Iterator[tuple[Passage, re.Match[str]]]:
    for one in passages:
        if match := pattern.search(one.text):
            yield one, match


def _first(passages: Sequence[Passage], pattern: re.Pattern[str]) -> Value | None:
    """Return the first stretch that a pattern finds; the whole passage where blanks are in it."""
    for one in passages:
        if match := pattern.search(_SPACES.sub("", one.text)):
            return _part(one, match.group() if match.group() in one.text else one.text)
    return None


def _part(passage: Passage, text: str) -> Value:
    return Value(text, passage.origin)


def _day(value: Value | None) -> str:
    """Return the day that a value tells, as 2026-04-01; empty for none."""
    match = _DAY.search(_SPACES.sub("", value.text)) if value else None
    day = parse_day(match.group()) if match else None
    return f"{day.year:04}-{day.month or 1:02}-{day.day or 1:02}" if day else ""
