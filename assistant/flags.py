"""Which of the values that an answer shows look wrong, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.checks import Finding, Rule
from index.schema.normalize import fold
from index.types import Company, Origin, Value

# What is missing, doubled or ambiguous is no value that could be shown.
_OF_VALUES = frozenset(
    {
        Rule.EXCHANGE_CODE,
        Rule.YEAR_RANGE,
        Rule.UNREADABLE,
        Rule.INVALID_HOMEPAGE,
        Rule.SHARED_CODE,
        Rule.SHARED_HOMEPAGE,
        Rule.CONFLICT,
        Rule.SLIPPED,
    }
)

Place = tuple[str, str, int, int]


def place_key(origin: Origin) -> Place:
    """Return what tells cited lines apart: file, sheet, first and last line."""
    return origin.source, origin.sheet, origin.line_start, origin.line_end


@dataclass(frozen=True, slots=True)
class _Flag:
    """A finding with its value as it is compared."""

    finding: Finding
    texts: tuple[str, ...]


class Flags:
    """The findings about values, by the lines that they are about.

    Args:
        found: All findings.
    """

    def __init__(self, found: Iterable[Finding] = ()) -> None:
        self._by_place: defaultdict[Place, list[_Flag]] = defaultdict(list)
        for finding in found:
            if finding.rule in _OF_VALUES:
                texts = tuple(fold(text) for text in finding.value.split(" / ") if text)
                for origin in dict.fromkeys(finding.origins):
                    self._by_place[place_key(origin)].append(_Flag(finding, texts))

    def of(self, value: Value) -> Iterator[Finding]:
        """Yield the findings about a value: it holds what they found, or is a part of it.

        Of a row that has slipped, every value is concerned.
        """
        flags = self._by_place.get(place_key(value.origin), ())
        told = fold(value.text) if flags else ""
        for flag in flags:
            near = any(told in text or text in told for text in flag.texts)
            if flag.finding.rule is Rule.SLIPPED or (told and near):
                yield flag.finding

    def of_company(self, company: Company) -> Iterator[Finding]:
        """Yield the findings about any value of a company."""
        for row in company.rows:
            for value in row.values.values():
                yield from self.of(value)
