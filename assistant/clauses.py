"""The requirements that a question asks for, list by list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from assistant.answers.common import Context
from assistant.answers.eligibility import requirements_of
from assistant.filters import LISTS, areas_of
from assistant.types import Query
from assistant.understanding.numbers import read_number
from index.schema.normalize import fold
from index.types import Clause

# A requirement that says at least this share of a question's words is asked for.
_SAYS = 0.6

_NUMBERED = re.compile(
    r"(?:第\s*(?P<n>[一二三四五六七八九\d])|(?P<last>最后一))\s*(?:个|条|项|点)?"
    r"(?:维度|方面|标准|条件|要求|指标|$|呢|是|说|讲|细|具体|详细|再|又|[,，]|怎么)"
)
# Who asks for what there is besides wants more than what is named.
_OTHERS = re.compile(r"一个[^,，。]{1,6}一个|除了|除此|以外|之外|还要|还有|别的|其他|其它|另外")
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*(?:%|项|年)")


def named_sources(query: Query) -> frozenset[str]:
    """Return the lists that a question names; none where it asks of all."""
    lists = (one for one in query.conditions if one.field in LISTS and not one.negated)
    return frozenset(str(value) for one in lists for value in one.values)


def clauses_named(query: Query, context: Context) -> list[Clause]:
    """Return the requirements that the words of a question pick, in reading order.

    Of each list those that fit most of its words: 上海 and 营收 together leave out what only one of
    them fits.
    """
    return [
        clause for clauses in _by_list(query, context) for clause in _named(query, clauses, context)
    ]


def clauses_asked(query: Query, context: Context) -> list[Clause]:
    """Return all requirements, where all are asked for and hold where the question asks."""
    if "rules_all" not in query.cues or unknown_places(query, context):
        return []
    return [clause for clauses in _by_list(query, context) for clause in clauses]


def unknown_places(query: Query, context: Context) -> tuple[str, ...]:
    """Return the places of a question that the criteria, told apart by place, do not have."""
    told = {
        place.short
        for clauses in _by_list(query, context)
        for clause in clauses
        for place in context.gazetteer.find(clause.dimension)
    }
    asked = [str(value) for area in areas_of(query.conditions) for value in area.values]
    return tuple(one for one in asked if told and one not in told)


def general_clauses(query: Query, context: Context) -> list[Clause]:
    """Return the requirements that hold for every place."""
    return [
        clause
        for clauses in _by_list(query, context)
        for clause in clauses
        if not context.gazetteer.find(clause.dimension)
    ]


def _by_list(query: Query, context: Context) -> list[list[Clause]]:
    sources = named_sources(query)
    by_source: dict[str, list[Clause]] = {}
    for clause in context.corpus.clauses:
        if not sources or clause.origin.source in sources:
            by_source.setdefault(clause.origin.source, []).append(clause)
    return list(by_source.values())


def _named(query: Query, clauses: Sequence[Clause], context: Context) -> list[Clause]:
    """Return the requirements of one list that the question names by anything they say."""
    source = clauses[0].origin.source
    saying = [
        one.unit.told
        for one in context.passages.find(query.text, (), {source})
        if one.share >= _SAYS
    ]
    numbered = _dimension_numbered(query, clauses)
    words = context.passages.telling(query.text, source)
    found = []
    for clause in clauses:
        titled = clause.aspect and context.passages.in_title(fold(clause.aspect.text), source)
        named = _names(query, clause, numbered, titled=bool(titled))
        said = {word for word in words if context.passages.holds(word, _own(clause))}
        if named or (said and any(clause is one for one in saying)):
            found.append((clause, frozenset(named | said)))
    others = _OTHERS.search(query.folded)
    return [clause for clause, _ in found] if others else list(_most_fitting(found))


def _most_fitting(found: Sequence[tuple[Clause, frozenset[str]]]) -> Iterable[Clause]:
    """Yield the requirements of which no other says all they say of the question, and more."""
    for clause, said in found:
        if not any(said < other for _, other in found):
            yield clause


def _names(query: Query, clause: Clause, numbered: str | None, *, titled: bool) -> set[str]:
    """Return by what a question names a requirement: dimension, threshold, what it asks.

    The header of its column does not name it where the title of the list says the same.
    """
    named = set()
    if fold(clause.dimension) in query.folded or clause.dimension == numbered:
        named.add("dimension")
    if clause.aspect and fold(clause.aspect.text) in query.folded and not titled:
        named.add("aspect")
    if set(_FIGURE.findall(query.folded)) & set(_FIGURE.findall(clause.text)):
        named.add("figure")
    for requirement in requirements_of(clause):
        if any(word in query.folded for word in requirement.ask):
            named.add(requirement.key)
    return named


def _dimension_numbered(query: Query, clauses: Collection[Clause]) -> str | None:
    """Return the dimension that the question names by its place: 第三个维度."""
    match = _NUMBERED.search(query.folded)
    if not match:
        return None
    dimensions = list(dict.fromkeys(clause.dimension for clause in clauses))
    number = len(dimensions) if match["last"] else read_number(match["n"]) or 0
    return dimensions[number - 1] if 0 < number <= len(dimensions) else None


def _own(clause: Clause) -> str:
    aspect = clause.aspect.text if clause.aspect else ""
    return fold(f"{clause.dimension} {aspect} {clause.text}")
