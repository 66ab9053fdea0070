"""Certification batches in a question: 首批, 第三批及以后, 第四、第五批, second batch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.understanding.numbers import read_number
from assistant.understanding.types import Kind, Mention

_N = r"[一二两三四五六七八九十\d]{1,3}"
# Which batches besides the one named.
_LATER = (
    r"(?:\s*(?:(?P<from>及?其?以后|及之后|及其后|起|往后|以来|开始|及后续)|(?P<after>之后|后面)"
    r"|(?P<upward>及以前|及之前|以及之前|及更早)|(?P<before>之前|以前|前)))?"
)
_BATCH = re.compile(
    r"(?P<first>首批|头一批|头批)"
    rf"|(?:前|头)(?P<upto>{_N})\s*批"
    rf"|第?(?P<low>{_N})\s*批?\s*(?:到|至|-|~)\s*第?(?P<high>{_N})\s*批"
    rf"|(?P<many>(?:第?{_N}\s*批?\s*(?:、|和|或者|或|,|，|与|及|以及)\s*)+第?{_N}\s*批)"
    rf"|(?:(?<![哪这那])第\s*|(?<![哪这那两])(?=[一三四五六七八九十\d]))"
    rf"(?P<number>{_N})\s*批(?!次){_LATER}"
    r"|batch\s*(?P<n>\d+)"
    r"|(?P<nth>first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th))[\s-]+batch"
)
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth")

# Later batches than any programme has had are not looked for.
_LATEST = 30


def read_batches(folded: str) -> Iterator[Mention]:
    """Yield the batches that a question names, each with the numbers that it means."""
    for match in _BATCH.finditer(folded):
        numbers = _numbers(match)
        if numbers:
            values = tuple(str(number) for number in numbers)
            yield Mention(match.start(), match.end(), match.group(), Kind.BATCH, values)


def _numbers(match: re.Match[str]) -> list[int]:
    if match["first"]:
        return [1]
    if match["upto"]:
        return list(range(1, (read_number(match["upto"]) or 0) + 1))
    if match["low"]:
        low, high = read_number(match["low"]), read_number(match["high"])
        return list(range(low, high + 1)) if low and high else []
    if match["many"]:
        several = (read_number(number) for number in re.findall(_N, match["many"]))
        return [number for number in several if number is not None]
    if match["nth"] in _ORDINALS:
        return [_ORDINALS.index(match["nth"])]
    told = match["number"] or match["n"] or re.sub(r"\D", "", match["nth"] or "")
    number = read_number(told) if told else None
    return [] if number is None else _reaching(number, match)


def _reaching(number: int, match: re.Match[str]) -> list[int]:
    """Return the batches from, after, up to or before one: 第三批及以后."""
    if match["from"]:
        return list(range(number, _LATEST))
    if match["after"]:
        return list(range(number + 1, _LATEST))
    if match["upward"]:
        return list(range(1, number + 1))
    return list(range(1, number)) if match["before"] else [number]
