"""An applicant's own figures against the criteria: met, not met, or not stated."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.common import Context, documents_of
from assistant.compose import Said
from assistant.types import Draft, Fact, Intent, Query, Status
from assistant.understanding.requirements import Requirement, load_requirements
from index.types import Clause, Value

MET, NOT_MET, NOT_STATED = "满足", "不满足", "未说明"


def answer_eligibility(query: Query, context: Context) -> Draft:
    """Return a verdict on each requirement of the criteria, and promise nothing beyond them."""
    clauses = context.corpus.clauses
    verdicts = [(clause, *verdict(clause, query.facts)) for clause in clauses]
    return Draft(
        status=Status.ANSWERED if clauses else Status.NO_MATCH,
        intent=Intent.ELIGIBILITY,
        template="eligibility" if clauses else "no_rule",
        slots={
            "verdicts": verdict_slots(verdicts),
            "told": bool(query.facts),
            "failed": any(result == NOT_MET for _, result, _ in verdicts),
            "open": any(result == NOT_STATED for _, result, _ in verdicts),
            "documents": documents_of(context, [clause.origin.source for clause in clauses]),
        },
        values=tuple((clause.text, "eligibility", result) for clause, result, _ in verdicts),
    )


def verdict(clause: Clause, facts: Sequence[Fact]) -> tuple[str, tuple[Fact, ...]]:
    """Return whether what was told meets one requirement, and the facts that decide it.

    A requirement with alternatives (全国前10%或省内前5%) is met by one of them and failed only if
    all that can be told were told.
    """
    requirements = requirements_of(clause)
    told = tuple(fact for fact in facts if fact.requirement in {one.key for one in requirements})
    if not told:
        return NOT_STATED, ()
    by_key = {one.key: one for one in requirements}
    if any(by_key[fact.requirement].fulfilled(fact, clause.text) for fact in told):
        return MET, told
    return (NOT_MET if len(told) == len(requirements) else NOT_STATED), told


def requirements_of(clause: Clause) -> list[Requirement]:
    """Return the known requirements that a clause makes."""
    return [one for one in load_requirements().values() if one.clause.search(clause.text)]


def verdict_slots(
    verdicts: Sequence[tuple[Clause, str, tuple[Fact, ...]]],
) -> list[dict[str, object]]:
    """Return what a template tells of each requirement."""
    return [
        {
            "dimension": Value(clause.dimension, clause.origin),
            "text": Value(clause.text, clause.origin),
            "result": Said(result),
            "told": [Said(fact.label) for fact in facts],
        }
        for clause, result, facts in verdicts
    ]
