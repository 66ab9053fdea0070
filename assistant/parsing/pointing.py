"""Words that point back to the last answer, and the companies that they pick."""

from __future__ import annotations

from assistant.parsing.orders import LimitWord
from assistant.parsing.previous import Previous
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.query import (
    About,
)

_FEWEST = 2


def edits_of(reading: Reading, *names: str) -> list[int]:
    """Return the indices of the words of some names that change the last question."""
    return [at for at in reading.of(Category.EDIT) if reading.spans[at].value in names]


def points(reading: Reading, *names: str) -> list[int]:
    """Return the indices of the words of some names that point back."""
    return [at for at in reading.of(Category.POINTER) if reading.spans[at].value in names]


def pointing_words(reading: Reading) -> frozenset[int]:
    """Return the words that point back or change what was asked."""
    return frozenset((*reading.of(Category.POINTER), *reading.of(Category.EDIT)))


def elliptic(reading: Reading) -> bool:
    """Return whether a question names no set of its own: neither companies nor what they do."""
    return not (
        reading.of(Category.NOUN, Category.LIST, Category.MISSING)
        or reading.companies
        or reading.asks("here", "rules_all", "own")
        or any(
            isinstance(one.predicate, About) and one.predicate.terms for one in reading.descriptions
        )
    )


def chosen(reading: Reading, previous: Previous) -> tuple[tuple[str, ...], frozenset[int]] | None:
    """Return the companies of the last answer that a pointer picks."""
    ids = previous.subjects
    turn: Previous | None = previous
    while turn is not None and len(turn.subjects) < _FEWEST:
        turn = turn.earlier
    for at in reading.of(Category.POINTER):
        value = reading.spans[at].value
        pair = _last_two(previous, turn)
        if value == "former" and pair:
            return pair[:1], frozenset({at})
        if value == "latter" and pair:
            return pair[-1:], frozenset({at})
        if isinstance(value, LimitWord):
            picked = _picked(value, ids)
            if value.first == len(pair) and len(picked) < _FEWEST:
                picked = pair
            if picked:
                return picked, frozenset({at})
    limits = reading.of(Category.LIMIT)
    if limits and not reading.of(Category.ORDER) and elliptic(reading):
        picked = _picked(reading.spans[limits[0]].value, ids)
        if picked:
            return picked, frozenset(limits)
    return None


def _last_two(previous: Previous, turn: Previous | None) -> tuple[str, ...]:
    """Return the two companies last spoken of: together, or one after the other."""
    one_by_one = previous.earlier is not None and previous.named and previous.earlier.named
    if one_by_one and len(previous.subjects) == 1 and previous.earlier is not None:
        before = previous.earlier.subjects[:1]
        if (
            before
            and before != previous.subjects
            and (turn is None or turn is not previous.earlier)
        ):
            return (*before, *previous.subjects)
    return turn.subjects[-_FEWEST:] if turn is not None and len(turn.subjects) == _FEWEST else ()


def _picked(word: LimitWord, ids: tuple[str, ...]) -> tuple[str, ...]:
    if word.place is not None:
        return ids[word.place - 1 : word.place] if 0 < word.place <= len(ids) else ()
    if word.first is None:
        return ()
    return ids[-word.first :] if word.last else ids[: word.first]
