"""The dialogue so far: what a question that cannot stand alone takes over from the one before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.filters import AXES
from assistant.types import Answer, Condition, Draft, Intent, Query


@dataclass(frozen=True, slots=True)
class Reply:
    """One turn with the value of every stage, for the next turn and for explanations."""

    query: Query
    draft: Draft
    answer: Answer

    def company_ids(self) -> tuple[str, ...]:
        """Return the companies that the answer is about, best first."""
        return tuple(hit.company.id for hit in self.draft.records)


# A question with one of these says itself what it wants and takes nothing over.
_STANDS_ALONE = frozenset({"list", "count", "rules", "rules_all", "help", "out_of_scope"})


# The kinds of questions that can be asked again with another condition.
_REPEATABLE = frozenset({Intent.LIST, Intent.COUNT, Intent.STATS})


def follow_up(query: Query, previous: Reply | None) -> Query:
    """Return ``query`` completed from the turn before, where it points back to it.

    它的主页呢 asks of the one company just answered; 那上海的呢 asks the last question again with
    another place. Everything else stands alone.
    """
    if previous is None or "follow_up" not in query.cues or query.companies:
        return query
    if query.fields and not query.topic:
        ids = previous.company_ids()
        companies = ((ids[0],),) if len(ids) == 1 else query.companies
        return replace(query, intent=Intent.LOOKUP, companies=companies)
    if _STANDS_ALONE & query.cues or (query.conditions and query.topic):
        return query
    return _asked_again(query, previous.query)


def _asked_again(query: Query, before: Query) -> Query:
    """Return the last question with the conditions or the topic of ``query`` put in."""
    if before.intent not in _REPEATABLE or not (query.conditions or query.topic):
        return query
    axes = {_axis(condition) for condition in query.conditions}
    kept = tuple(one for one in before.conditions if _axis(one) not in axes)
    return replace(
        before,
        text=query.text,
        folded=query.folded,
        conditions=(*kept, *query.conditions),
        topic=query.topic or before.topic,
    )


def _axis(condition: Condition) -> str:
    return AXES.get(condition.field, condition.field)
