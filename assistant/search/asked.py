"""What is asked of the rules and notes, as far as passages are matched with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.query import And, Explain, Fact, In, Not, Or, Predicate
from index.text import fold

_PLACES = ("city", "province", "district", "place")


@dataclass(frozen=True)
class Asked:
    """What is asked.

    Attributes:
        text: What is asked about, as the user wrote it.
        whole: Whether all requirements are wanted.
        sources: The lists meant; none for all.
        places: The places that the question is about.
        explained: Stretches of the text that say which companies are meant.
        before: The question before, where this one carries it on.
        focus: The nouns that it asks about.
        lacking: Whether it names only requirements that no list makes.
        article: The article or chapter asked for.
        facts: What is told of the companies that the rules are asked for.
    """

    text: str
    whole: bool = False
    sources: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    explained: tuple[str, ...] = ()
    before: str = ""
    focus: tuple[str, ...] = ()
    lacking: bool = False
    article: str = ""
    facts: tuple[Fact, ...] = ()

    @classmethod
    def of(cls, ask: Explain, where: Predicate) -> Asked:
        """Return what a query for an explanation asks."""
        leaves = list(_leaves(where))
        places = (
            value
            for one in leaves
            if isinstance(one, In) and one.field in _PLACES
            for value in one.values
        )
        labels = (label for one in leaves if (label := getattr(one, "label", "")))
        explained = dict.fromkeys((*ask.explained, *labels))
        return cls(
            text=ask.text,
            whole=ask.whole,
            sources=frozenset(ask.sources),
            places=frozenset(places),
            explained=tuple(explained),
            before=ask.before,
            focus=ask.focus,
            lacking=bool(ask.others) and not ask.requirements,
            article=ask.article,
            facts=ask.facts,
        )

    @cached_property
    def folded(self) -> str:
        """The text, folded."""
        return fold(self.text)

    @property
    def only(self) -> frozenset[str] | None:
        """The lists to look in; None for all."""
        return self.sources or None

    def means(self, source: str) -> bool:
        """Return whether a list is meant."""
        return not self.sources or source in self.sources


def _leaves(predicate: Predicate) -> Iterator[Predicate]:
    match predicate:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case _:
            yield predicate
