"""Certification batches in a question: 首批, 第三批及以后, 第四、第五批, 前三批, second batch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.parsing.measures import read_number
from assistant.parsing.spans import Category, Span
from assistant.predicates import alternative
from assistant.query import Predicate, Within
from index.regex import regex
from index.schema.interval import Interval

_N = r"[一二两三四五六七八九十\d]{1,3}"
# Which batches besides the one named.
_LATER = (
    r"(?:\s*(?:(?P<from>及?其?以后|及之后|及其后|起|往后|以来|开始|及后续)|(?P<after>之后|后面)"
    r"|(?P<upward>及以前|及之前|以及之前|及更早)|(?P<before>之前|以前|前)))?"
)
_BATCH = regex(
    r"(?P<first>首批|头一批|头批)"
    rf"|(?:前|头)(?P<upto>{_N})\s*批"
    rf"|第?(?P<low>{_N})\s*批?\s*(?:到|至|-|~)\s*第?(?P<high>{_N})\s*批"
    # 人数低于500、第二批: the first number counts something else.
    rf"|(?P<many>(?<!\d)(?!\d{{3}})(?:第?{_N}\s*批?\s*(?:、|和|或者|或|,|，|与|及|以及)\s*)+第?{_N}\s*批)"
    rf"|(?:(?<!哪)第\s*|(?<![哪这那两每下上另同新])(?=[一三四五六七八九十\d]))"
    rf"(?P<number>{_N})\s*批(?!次){_LATER}"
    r"|batch\s*(?P<n>\d+)"
    r"|(?P<nth>first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th))[\s-]+batch"
)
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth")
_LAST = regex(rf"(?:最近|最新|最后|后)(?:的)?(?P<n>{_N})?\s*批")


def batch_spans(folded: str, latest: int | None) -> Iterator[Span]:
    """Yield the batches that a question names.

    Args:
        folded: The question.
        latest: The latest batch that the store knows, which 最近两批 counts from.
    """
    for match in _BATCH.finditer(folded):
        if (predicate := _predicate(match)) is not None:
            yield Span(*match.span(), match.group(), Category.BATCH, predicate, "batch")
    for match in _LAST.finditer(folded) if latest else ():
        count = int(read_number(match["n"] or "一") or 1)
        low = max(1, (latest or 1) - count + 1)
        predicate = Within("batch", Interval(low, latest or low), match.group())
        yield Span(*match.span(), match.group(), Category.BATCH, predicate, "batch.last")


def _within(low: float, high: float, label: str) -> Predicate:
    return Within("batch", Interval(low, high), label)


def _predicate(match: re.Match[str]) -> Predicate | None:
    label = match.group().strip()
    if match["first"]:
        return _within(1, 1, label)
    if match["upto"]:
        return _within(1, _number(match["upto"]), label)
    if match["low"]:
        low, high = _number(match["low"]), _number(match["high"])
        return _within(low, high, label) if 0 < low <= high else None
    if match["many"]:
        numbers = [_number(one) for one in re.findall(_N, match["many"])]
        return alternative(_within(one, one, f"第{one}批") for one in numbers if one)
    if match["nth"] in _ORDINALS:
        number = _ORDINALS.index(match["nth"])
        return _within(number, number, label)
    told = match["number"] or match["n"] or re.sub(r"\D", "", match["nth"] or "")
    number = _number(told)
    return _reaching(number, match, label) if number else None


def _number(text: str) -> int:
    return int(read_number(text) or 0)


def _reaching(number: int, match: re.Match[str], label: str) -> Predicate:
    """Return the batches from, after, up to or before one: 第三批及以后."""
    if match["from"]:
        return Within("batch", Interval(low=number), label)
    if match["after"]:
        return Within("batch", Interval(low=number, low_open=True), label)
    if match["upward"]:
        return Within("batch", Interval(high=number), label)
    if match["before"]:
        return Within("batch", Interval(high=number, high_open=True), label)
    return _within(number, number, label)
