"""The parser as the engine sees it: questions as queries, with what was made of them on the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.parser import Parsed
from assistant.parser import Parser as Reader
from assistant.parsing.parser import Parsed as Candidates
from assistant.parsing.parser import Parser
from assistant.parsing.previous import Previous
from assistant.parsing.score import load_weights
from assistant.parsing.spans import Category
from assistant.predicates import atoms, conjuncts
from assistant.query import (
    EVERYTHING,
    About,
    Combine,
    Help,
    In,
    Judge,
    Not,
    Or,
    Query,
    Relation,
    Unanswerable,
)

if TYPE_CHECKING:
    from assistant.dialogue.reply import Reply


# Fields of which a company has one value: two conditions on one are parts of two descriptions.
_SINGLE = frozenset({"city", "province", "batch"})
# A description is said by its terms if they make up so much of it.
_MOSTLY = 0.7
_COMMON = frozenset(
    [
        "research",
        "patents",
        "revenue",
        "years",
        "share_national",
        "share_provincial",
        "property",
        "standards",
    ]
)


class LatticeReader:
    """Reads questions by their lattice of spans alone.

    Args:
        parser: Parses questions about the records of the engine.
    """

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    def parse(self, text: str, previous: Reply | None = None) -> Parsed:
        """Return what ``text`` asks after the turn ``previous``."""
        found = self._parser.parse(text, previous_of(previous))
        return Parsed(found.best, found)

    def revised(self, reading: Any, query: Query) -> Any:  # noqa: ARG002 - a query says it all
        """Return the reading of a question that was changed without its words."""
        return None


class JointReader:
    """Reads by the lattice where that is sure, and by the lists of words elsewhere.

    Args:
        words: Reads by lists of words.
        opened: Opens what parses by the lattice, with the first question.
    """

    def __init__(self, words: Reader, opened: Callable[[], Parser]) -> None:
        self._words = words
        self._opened = opened

    @cached_property
    def _parser(self) -> Parser:
        return self._opened()

    def parse(self, text: str, previous: Reply | None = None) -> Parsed:
        """Return what ``text`` asks after the turn ``previous``."""
        told = self._words.parse(text, previous)
        # Tables of statistics told apart by anything but places only the word lists read.
        if told.query.relation is Relation.STATISTICS or isinstance(told.query.ask, Combine):
            return told
        # What was read as something else is said.
        if told.query.corrections:
            return told
        found = self._parser.parse(text, previous_of(previous))
        if not is_sure(found):
            return told
        return Parsed(found.best, self._words.revised(told.reading, found.best) or told.reading)

    def revised(self, reading: Any, query: Query) -> Any:
        """Return the reading of a question that was changed without its words."""
        return self._words.revised(reading, query)


def is_sure(found: Candidates) -> bool:
    """Return whether a parse is sure: it accounts for every word, by a rule that is trusted.

    What only meaning can tell is not sure, and neither is a query that another one rivals.
    """
    weights = load_weights()
    best = found.candidates[0]
    parts = [one.part if isinstance(one, Not) else one for one in atoms(found.best.where)]
    open_ended = any(isinstance(one, About) and _is_open(one) for one in parts)
    pointed = any(one.category is Category.POINTER for one in found.spans)
    either = [one for one in parts if isinstance(one, About) and one.either]
    paired = bool(either) and any(isinstance(one, Or) for one in conjuncts(found.best.where))
    told = [one for one in conjuncts(found.best.where) if isinstance(one, In)]
    contrary = len({one.field for one in told if one.field in _SINGLE}) < sum(
        one.field in _SINGLE for one in told
    )
    ambiguous = contrary or any(
        one.category is Category.LIST
        or (one.category is Category.COMPANY and len(one.value) > 1)
        or (one.category is Category.LIMIT and found.ranked)
        for one in found.spans
    )
    return (
        best.rule in weights.trusted
        and not (best.rule.startswith("set.") and pointed)
        and (found.best.where != EVERYTHING or best.rule != "set.rows")
        and not found.best.unread
        and found.held
        and not (open_ended or paired or ambiguous or _is_of_another_programme(found.best))
        and found.explained >= weights.complete_share
        and found.ahead >= weights.ahead
    )


def _is_open(about: About) -> bool:
    """Return whether a description says more than the words that the store links."""
    said = sum(map(len, about.terms))
    return bool(about.unlinked) or said < _MOSTLY * len(about.text.replace(" ", ""))


def _is_of_another_programme(query: Query) -> bool:
    """Return whether a verdict is asked on figures that only some programmes ask for."""
    facts = query.ask.facts if isinstance(query.ask, Judge) else ()
    return any(one.requirement not in _COMMON for one in facts)


def previous_of(reply: Reply | None) -> Previous | None:
    """Return a turn as follow-ups look at it; turns that told nothing are passed over."""
    if reply is None:
        return None
    earlier = previous_of(reply.before)
    if isinstance(reply.query.ask, Help | Unanswerable):
        return earlier
    selected = reply.evidence.selected.ids
    named = tuple(one.id for one in reply.evidence.named)
    return Previous(reply.query, selected or named, reply.text, earlier)
