"""What a follow-up may point back to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.dialogue.reply import Reply
from assistant.predicates import conjuncts, named_ids
from assistant.query import (
    About,
    Help,
    Lookup,
    Member,
    Order,
    Provenance,
    Query,
    Reason,
    Relation,
    Rows,
    Unanswerable,
)
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
    def left(self) -> tuple[str, ...]:
        """Of companies named, those that a condition left: 哪个没上市; else all spoken of."""
        narrowed = isinstance(self.query.ask, Rows) and set(self.ids) < set(self.subjects)
        return self.ids if narrowed and self.ids else self.subjects

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


def previous_of(reply: Reply | None) -> Previous | None:
    """Return a turn as follow-ups look at it; turns that told nothing are passed over."""
    if reply is None:
        return None
    earlier = previous_of(reply.before)
    query = _of_namesakes(reply.query)
    if isinstance(query.ask, Help | Unanswerable | Provenance) or _found_nothing(reply):
        return earlier
    selected, named = reply.evidence.selected, reply.evidence.named
    only = tuple(hit.company for hit in selected.hits) if selected.total == 1 else ()
    ids = selected.ids or tuple(one.id for one in named)
    return Previous(query, ids, reply.text, earlier, named or only)


def _of_namesakes(query: Query) -> Query:
    """Return what was asked of a name that several companies have as what is asked of each."""
    ask = query.ask
    if isinstance(ask, Unanswerable) and ask.reason is Reason.AMBIGUOUS:
        return replace(query, ask=Lookup(ask.fields))
    return query


def _found_nothing(reply: Reply) -> bool:
    """Return whether a description that no word links found nothing: a remark, not a question."""
    parts = conjuncts(reply.query.where)
    loose = any(isinstance(one, About) and not one.terms for one in parts)
    return loose and not reply.evidence.selected.ids and not reply.evidence.named
