"""The dialogue so far: what a question that cannot stand alone takes over from the one before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.dialogue import companies, conditions
from assistant.dialogue.reply import Reply, patterns
from assistant.types import Query

# The ways of pointing back, in order of precedence; None from one means that it does not apply.
_STEPS: tuple[Callable[[Query, Reply], Query | None], ...] = (
    conditions.back,
    companies.clarified,
    companies.of_two,
    companies.against,
    conditions.next_place,
    conditions.next_rule,
    conditions.summed,
    companies.several,
    conditions.same_again,
    companies.chosen,
    conditions.without,
    companies.there,
    companies.among,
    companies.about_it,
    conditions.asked_again,
)


def follow_up(query: Query, previous: Reply | None) -> Query:
    """Return ``query`` completed from the turns before, where it points back to them.

    Each way of pointing back is tried in turn; a question that points nowhere stands alone.
    """
    if previous is None or _stands_alone(query):
        return query
    for step in _STEPS:
        completed = step(query, previous)
        if completed is not None:
            return replace(completed, text=query.text, folded=query.folded)
    return query


def _stands_alone(query: Query) -> bool:
    return "out_of_scope" in query.cues or bool(patterns().fresh.search(query.folded))


__all__ = ["Reply", "follow_up"]
