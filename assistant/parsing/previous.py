"""What a follow-up may point back to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.dialogue.edits import named_ids
from assistant.query import Lookup, Member, Order, Query, Relation, Rows
from index.types import Company


@dataclass(frozen=True, slots=True)
class Previous:
    """The last question answered.

    Attributes:
        query: What was asked.
        text: The question as it was asked.
        ids: Public ids of the companies that the answer gave, in its order.
        earlier: The question before it.
        companies: The companies named, or the only one that the answer gave.
        namesakes: Public ids of further companies that share a name with the only one.
    """

    query: Query
    ids: tuple[str, ...] = ()
    text: str = ""
    earlier: Previous | None = None
    companies: tuple[Company, ...] = ()
    namesakes: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """The companies that the answer was about, one by one."""
        named = named_ids(self.query.where)
        if isinstance(self.query.ask, Member):
            return self.query.ask.ids
        if isinstance(self.query.ask, Lookup) and self.companies:
            return tuple(one.id for one in self.companies)
        return named or self.ids

    @property
    def chain(self) -> Iterator[Previous]:
        """This turn and those before it, latest first."""
        turn: Previous | None = self
        while turn is not None:
            yield turn
            turn = turn.earlier

    @property
    def cities(self) -> tuple[str, ...]:
        """The cities that the companies spoken of are in."""
        return tuple(dict.fromkeys(str(v) for one in self.companies for v in one.facts("city")))

    @property
    def named(self) -> bool:
        """Whether it was about companies named rather than about a set."""
        return isinstance(self.query.ask, Lookup | Member) or bool(named_ids(self.query.where))

    @property
    def of_companies(self) -> bool:
        """Whether companies were selected."""
        return self.query.relation is Relation.COMPANIES

    @property
    def order(self) -> Order | None:
        """The order that the answer had."""
        return self.query.ask.order if isinstance(self.query.ask, Rows) else None
