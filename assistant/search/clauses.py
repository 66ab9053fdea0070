"""The requirements that are asked for, list by list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from assistant.requirements.vocabulary import requirements_of
from assistant.search.asked import Asked
from assistant.search.library import Library
from assistant.search.passages import PassageFinder
from index.places.gazetteer import Gazetteer
from index.regex import regex
from index.schema.numbers import parse_integer
from index.text import fold
from index.types import Clause

# A requirement that says at least this share of a question's words is asked for.
_SAYS = 0.6

_NUMBERED = regex(
    r"(?:第\s*(?P<n>[一二三四五六七八九\d])|(?P<last>最后一))\s*(?:个|条|项|点)?"
    r"(?:维度|方面|标准|条件|要求|指标|$|呢|是|说|讲|细|具体|详细|再|又|[,，]|怎么)"
)
# Who asks for what there is besides wants more than what is named.
_OTHERS = regex(r"一个[^,，。]{1,6}一个|除了|除此|以外|之外|还要|还有|别的|其他|其它|另外")
_FIGURE = regex(r"\d+(?:\.\d+)?\s*(?:%|项|年)")


class ClauseFinder:
    """Finds requirements."""

    def __init__(self, library: Library, passages: PassageFinder, gazetteer: Gazetteer) -> None:
        self._library = library
        self._passages = passages
        self._gazetteer = gazetteer

    def named(self, asked: Asked) -> list[Clause]:
        """Return the requirements that the words of a question pick, in reading order.

        Of each list those that fit most of its words: 上海 and 营收 together leave out what only
        one of them fits.
        """
        return [one for clauses in self._by_list(asked) for one in self._named(asked, clauses)]

    def all_asked(self, asked: Asked) -> list[Clause]:
        """Return all requirements, where all are asked for and hold where the question asks."""
        if not asked.whole or self.unknown_places(asked):
            return []
        return [one for clauses in self._by_list(asked) for one in clauses]

    def unknown_places(self, asked: Asked) -> tuple[str, ...]:
        """Return the places asked about that the criteria, told apart by place, do not have."""
        told = {
            place.short
            for clauses in self._by_list(asked)
            for clause in clauses
            for place in self._gazetteer.find(clause.dimension)
        }
        return tuple(one for one in sorted(asked.places) if told and one not in told)

    def general(self, asked: Asked) -> list[Clause]:
        """Return the requirements that hold for every place."""
        return [
            clause
            for clauses in self._by_list(asked)
            for clause in clauses
            if not self.of_place(clause)
        ]

    def of_place(self, clause: Clause) -> bool:
        """Return whether a requirement is told apart by the place that it holds for."""
        return bool(self._gazetteer.find(clause.dimension))

    def _by_list(self, asked: Asked) -> list[list[Clause]]:
        by_source: dict[str, list[Clause]] = {}
        for clause in self._library.clauses:
            if asked.means(clause.origin.source):
                by_source.setdefault(clause.origin.source, []).append(clause)
        return list(by_source.values())

    def _named(self, asked: Asked, clauses: Sequence[Clause]) -> list[Clause]:
        """Return the requirements of one list that the question names by anything they say."""
        source = clauses[0].origin.source
        saying = [
            one.unit.told
            for one in self._passages.find(asked.text, (), {source})
            if one.share >= _SAYS
        ]
        numbered = _dimension_numbered(asked, clauses)
        words = self._passages.telling(asked.text, source)
        found = []
        for clause in clauses:
            aspect = fold(clause.aspect.text) if clause.aspect else ""
            titled = bool(aspect) and self._passages.in_title(aspect, source)
            named = _names(asked, clause, numbered, titled=titled)
            said = {word for word in words if self._passages.holds(word, _own(clause))}
            if named or (said and any(clause is one for one in saying)):
                found.append((clause, frozenset(named | said)))
        others = _OTHERS.search(asked.folded)
        return [clause for clause, _ in found] if others else list(_most_fitting(found))


def _most_fitting(found: Sequence[tuple[Clause, frozenset[str]]]) -> Iterable[Clause]:
    """Yield the requirements of which no other says all they say of the question, and more."""
    for clause, said in found:
        if not any(said < other for _, other in found):
            yield clause


def _names(asked: Asked, clause: Clause, numbered: str | None, *, titled: bool) -> set[str]:
    """Return by what a question names a requirement: dimension, threshold, what it asks.

    The header of its column does not name it where the title of the list says the same.
    """
    named = set()
    if fold(clause.dimension) in asked.folded or clause.dimension == numbered:
        named.add("dimension")
    if clause.aspect and fold(clause.aspect.text) in asked.folded and not titled:
        named.add("aspect")
    if set(_FIGURE.findall(asked.folded)) & set(_FIGURE.findall(clause.text)):
        named.add("figure")
    for requirement in requirements_of(clause):
        if any(word in asked.folded for word in requirement.ask):
            named.add(requirement.key)
    return named


def _dimension_numbered(asked: Asked, clauses: Collection[Clause]) -> str | None:
    """Return the dimension that the question names by its place: 第三个维度."""
    match = _NUMBERED.search(asked.folded)
    if not match:
        return None
    dimensions = list(dict.fromkeys(clause.dimension for clause in clauses))
    number = len(dimensions) if match["last"] else parse_integer(match["n"]) or 0
    return dimensions[number - 1] if 0 < number <= len(dimensions) else None


def _own(clause: Clause) -> str:
    aspect = clause.aspect.text if clause.aspect else ""
    return fold(f"{clause.dimension} {aspect} {clause.text}")
