"""The dialogue so far: what a question that cannot stand alone takes over from the one before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.answers.answer import Intent
from assistant.understanding.followup import companies, conditions
from assistant.understanding.followup.patterns import patterns
from assistant.understanding.followup.turn import Turn, turns
from assistant.understanding.requirements import asks_requirement
from assistant.understanding.types import Question

_SMALL_TALK = (Intent.OTHER, Intent.HELP)

# The ways of pointing back, in order of precedence; None from one means that it does not apply.
_STEPS: tuple[Callable[[Question, Turn], Question | None], ...] = (
    conditions.back,
    companies.clarified,
    companies.of_two,
    companies.against,
    conditions.next_place,
    conditions.told_more,
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


def follow_up(query: Question, previous: Turn | None) -> Question:
    """Return ``query`` completed from the turns before, where it points back to them.

    Each way of pointing back is tried in turn; a question that points nowhere stands alone.
    """
    if previous is None or _stands_alone(query):
        return query
    about = _last_to_the_point(previous)
    for step in _STEPS:
        completed = step(query, _last_with_companies(query, about))
        if completed is not None:
            return replace(completed, text=query.text, folded=query.folded)
    return query


def _last_to_the_point(previous: Turn) -> Turn:
    """Return the last turn that was about these sources; small talk in between is passed over."""
    to_the_point = (turn for turn in turns(previous) if turn.question.intent not in _SMALL_TALK)
    return next(to_the_point, previous)


def _last_with_companies(query: Question, previous: Turn) -> Turn:
    """Return the turn that 其中, 它 or 第二家 means: the last that told of any company."""
    told = patterns()
    pointing = any(
        one.search(query.folded) for one in (told.them, told.it, told.ordinal, told.last)
    )
    asks_rule = told.numbered.search(query.folded) or asks_requirement(query.folded, query.made)
    if not pointing or asks_rule or previous.ids:
        return previous
    with_companies = (turn for turn in turns(previous) if turn.ids)
    return next(with_companies, previous)


def _stands_alone(query: Question) -> bool:
    return "out_of_scope" in query.cues or bool(patterns().fresh.search(query.folded))
