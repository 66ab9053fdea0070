"""A predicate in good Chinese, its whole scope always: 深圳做芯片、在科创板上市的企业.

Everything is worded from the predicate itself; the user's own words appear only where a condition
has no form of its own. Before the noun stand lists, places and batches, then clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from assistant.answers.conditions import (
    EARLIER,
    PLACES,
    batch_words,
    either_words,
    holding,
    list_words,
    names_words,
    not_holding,
)
from assistant.answers.context import Context
from assistant.answers.intervals import interval_words
from assistant.predicates import conjuncts, field_of, flatten, spoken
from assistant.query import About, Among, And, In, Listed, Named, Not, Or, Predicate, Within
from index.regex import regex

_FIGURE = regex(r"\d+")
_LATIN = regex(r"[A-Za-z]$")


@dataclass(slots=True)
class _Phrase:
    """The parts of a noun phrase, in the order in which they are said."""

    lists: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    batches: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)

    @property
    def head(self) -> str:
        return "".join((*self.places, *self.batches))

    def narrowed(self) -> str:
        """Return everything that stands before 的."""
        return self.head + "、".join(self.clauses)


def describe(where: Predicate, context: Context, noun: str | None = None) -> str:
    """Return what a predicate selects as a noun phrase.

    Args:
        where: The predicate.
        context: Knows names and titles.
        noun: What is selected; the companies of these sources if not given.
    """
    noun = context.noun if noun is None else noun
    phrase = _phrase(where, context)
    narrowed = phrase.narrowed()
    if phrase.lists == [EARLIER] and not narrowed:
        noun, phrase.lists = EARLIER, []
    lists = "".join(f"{one}中{'，' if one == EARLIER else ''}" for one in phrase.lists)
    space = " " if _LATIN.search(narrowed) else ""
    told = f"{narrowed}{space}的{noun}" if narrowed else noun
    told = f"{lists}{'' if narrowed or not lists else '的'}{told}"
    excluded = f"（不含{'、'.join(phrase.excluded)}）" if phrase.excluded else ""
    return told.strip() + excluded


def by_meaning(where: Predicate) -> Predicate:
    """Return a predicate as it is told of what only meaning led to: near it, not doing it."""
    if isinstance(where, And):
        return And(tuple(map(by_meaning, where.parts)))
    if isinstance(where, Or):
        return Or(tuple(map(by_meaning, where.parts)))
    return replace(where, terms=()) if isinstance(where, About) else where


def said_of(where: Predicate, context: Context) -> str:
    """Return a predicate as what is said of a company: 位于深圳、做芯片."""
    phrase = _phrase(where, context)
    head = [f"位于{phrase.head}"] if phrase.places else [f"属于{one}" for one in phrase.batches]
    if phrase.places and phrase.batches:
        head = [f"位于{''.join(phrase.places)}", *(f"属于{one}" for one in phrase.batches)]
    lists = [f"在{one}中" for one in phrase.lists]
    excluded = [f"不是{one}" for one in phrase.excluded]
    return "、".join((*lists, *head, *phrase.clauses, *excluded))


def _phrase(where: Predicate, context: Context) -> _Phrase:
    phrase = _Phrase()
    parts = sorted(conjuncts(_inward(spoken(where))), key=_rank)
    for kind, group in groupby(parts, key=_kind):
        told = list(group)
        if kind == "place":
            phrase.places = _places(told)
        elif kind == "batch":
            phrase.batches.extend(batch_words(one) for one in told)
        elif kind == "list":
            phrase.lists.extend(dict.fromkeys(list_words(one, context) for one in told))
        elif kind == "excluded":
            names = (names_words(one.part, context) for one in told if isinstance(one, Not))
            phrase.excluded.extend(names)
        else:
            named = [one for one in told if isinstance(one, Named) and len(parts) > 1]
            phrase.lists.extend(names_words(one, context) for one in named)
            clauses = (_clause(one, context) for one in told if one not in named)
            phrase.clauses.extend(filter(None, clauses))
    return phrase


def _inward(predicate: Predicate) -> Predicate:
    """Return a predicate whose negations stand before single conditions only."""
    flat = flatten(predicate)
    if isinstance(flat, And):
        return And(tuple(map(_inward, flat.parts)))
    if isinstance(flat, Or):
        return Or(tuple(map(_inward, flat.parts)))
    if isinstance(flat, Not) and isinstance(flat.part, And | Or):
        opposite = Or if isinstance(flat.part, And) else And
        return opposite(tuple(_inward(Not(one)) for one in flat.part.parts))
    return flat


# The order of clauses: what a company does, where it is listed, since when, how large.
_CLAUSES = ("topic", "exchange", "listing", "founded", "headcount")


def _kind(part: Predicate) -> str:
    """Return where in a phrase a condition stands; clauses all stand at the same."""
    bare = part.part if isinstance(part, Not) else part
    if isinstance(bare, Listed | Among):
        return "list" if bare is part else "clause"
    if isinstance(bare, Named):
        return "clause" if bare is part else "excluded"
    fields = {field_of(one) for one in bare.parts} if isinstance(bare, Or) else {field_of(part)}
    plain = isinstance(bare, In | Within) or (
        isinstance(bare, Or) and all(isinstance(one, In) for one in bare.parts)
    )
    if plain and fields <= set(PLACES) and (bare is part or isinstance(bare, In)):
        return "place" if bare is part else "clause"
    return "batch" if plain and fields == {"batch"} else "clause"


_PARTS = ("list", "place", "batch", "clause", "excluded")


def _rank(part: Predicate) -> tuple[int, int]:
    """Return where a condition is said: by the part of the phrase, then by kind of clause."""
    bare = part.part if isinstance(part, Not) else part
    name = "topic" if isinstance(bare, About) else field_of(part)
    place = PLACES.index(name) if name in PLACES else 0
    order = _CLAUSES.index(name) if name in _CLAUSES else len(_CLAUSES)
    return _PARTS.index(_kind(part)), place + order


def _places(parts: Sequence[Predicate]) -> list[str]:
    """Return places from the largest on: a province is not said beside a city of it."""
    told = [either_words(one) for one in parts]
    fields = [_field(one) for one in parts]
    if "city" in fields and "province" in fields and len(parts) == len(set(fields)):
        told = [word for word, name in zip(told, fields, strict=True) if name != "province"]
    return told


def _field(part: Predicate) -> str:
    return _field(part.parts[0]) if isinstance(part, Or | And) and part.parts else field_of(part)


def _clause(part: Predicate, context: Context) -> str:
    """Return one condition as a clause before 的."""
    if isinstance(part, Or):
        return _alternatives(part.parts, context)
    if isinstance(part, And):
        return _branch(part, context)
    if isinstance(part, Not):
        return not_holding(part.part, context)
    return holding(part, context)


def _alternatives(parts: Sequence[Predicate], context: Context) -> str:
    """Return alternatives joined by 或; a common beginning is said once."""
    told = list(dict.fromkeys(_branch(one, context) for one in parts))
    start, end = _common(told), _common([one[::-1] for one in told])
    for head, tail in (("在", "上市"), ("做", ""), ("员工", "")):
        if tail and (not start.startswith(head) or not end.startswith(tail[::-1])):
            continue
        if start.startswith(head):
            inner = (one[len(head) : len(one) - len(tail)] for one in told)
            return f"{head}{'或'.join(inner)}{tail}"
    return "或".join(told)


def _common(words: Sequence[str]) -> str:
    """Return the longest common beginning."""
    first, last = min(words, default=""), max(words, default="")
    length = next(
        (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b),
        min(len(first), len(last)),
    )
    return first[:length]


def _branch(part: Predicate, context: Context) -> str:
    """Return one alternative: 北京做AI芯片, 位于深圳."""
    phrase = _phrase(part, context)
    if not phrase.clauses:
        return said_of(part, context)
    return "".join(f"{one}中" for one in phrase.lists) + phrase.narrowed()


def described_interval(part: Within) -> str:
    """Return a condition on a number in the user's words, and plainly where those are loose.

    上世纪 says no figure: it is told as 上世纪（2000年以前成立）.
    """
    plain = interval_words(part.field, part.interval, part.label)
    if not part.label:
        return plain
    figures = _FIGURE.findall(plain)
    return part.label if all(one in part.label for one in figures) else f"{part.label}（{plain}）"
