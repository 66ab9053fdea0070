"""The parser as the engine sees it: questions as queries, with what was made of them on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.parser import Parsed, Trace, Weighed
from assistant.parsing.parser import Parsed as Candidates
from assistant.parsing.parser import Parser
from assistant.parsing.previous import Previous
from assistant.parsing.score import load_weights
from assistant.predicates import conjuncts
from assistant.query import About, Help, Lookup, Provenance, Query, Reason, Unanswerable

if TYPE_CHECKING:
    from assistant.dialogue.reply import Reply

_TRACED = 3


class LatticeReader:
    """Reads questions by their lattice of spans alone."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    def parse(self, text: str, previous: Reply | None = None) -> Parsed:
        """Return what ``text`` asks after the turn ``previous``."""
        found = self._parser.parse(text, previous_of(previous))
        return Parsed(found.best, _trace(found))


def _trace(found: Candidates) -> Trace:
    spans = tuple((one.text, one.category.value, one.rule) for one in found.spans)
    weights = load_weights()
    candidates = tuple(
        Weighed(
            one.query,
            one.rule,
            one.score,
            tuple((name, weights.of(name) * value) for name, value in one.features),
        )
        for one in found.candidates[:_TRACED]
    )
    return Trace(spans, candidates)


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
