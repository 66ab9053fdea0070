"""An applicant's figures against the criteria, requirement by requirement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from math import isfinite

from assistant.answers.answer import Answer
from assistant.answers.citations import Citations
from assistant.engine import Engine
from assistant.errors import CriteriaError
from assistant.query import Fact, Judge, Query
from assistant.requirements.judging import Result
from assistant.requirements.judging import judge as judged
from assistant.requirements.vocabulary import Requirement, load_requirements, requirements_of
from assistant.tools.company import citing
from assistant.tools.results import Check, EligibilityAnswer, Verdict
from index.schema.interval import Interval
from index.types import Clause

_CODES = {
    Result.MET: "met",
    Result.NOT_MET: "not_met",
    Result.OPEN: "not_stated",
    Result.APART: "not_applicable",
}


def judge(figures: Mapping[str, float], engine: Engine) -> EligibilityAnswer:
    """Return the verdicts on every requirement of the criteria.

    Args:
        figures: By key of ``data/requirements.toml``, the applicant's number in the requirement's
            unit, 1 or 0 for yes or no.
        engine: Whose criteria.

    Raises:
        CriteriaError: a figure is for no requirement that is known.
    """
    known = load_requirements()
    if unknown := [key for key in figures if key not in known]:
        raise CriteriaError("others", f"没有“{unknown[0]}”这项要求；有 {'、'.join(known)}")
    facts = tuple(stated(known[key], value) for key, value in figures.items())
    question = "，".join(fact.label for fact in facts)
    answer = engine.tell(Query(Judge(facts)), question).answer
    cite = citing(answer.citations, engine.index.records)
    titles = engine.context.titles
    verdicts = tuple(
        _verdict(clause, facts, titles[clause.origin.source], cite)
        for clause in engine.index.records.clauses()
    )
    answer = replace(answer, citations=cite.citations)
    told = {one.name: getattr(answer, one.name) for one in dataclass_fields(Answer)}
    return EligibilityAnswer(**told, verdicts=verdicts)


def stated(requirement: Requirement, value: float) -> Fact:
    """Return a figure that an applicant gives as such, 1 or 0 for yes or no."""
    label = requirement.worded(value)
    return Fact(requirement.key, Interval.point(value), label)


def _verdict(clause: Clause, facts: Sequence[Fact], title: str, cite: Citations) -> Verdict:
    told = {fact.requirement: fact.interval.low for fact in facts}
    return Verdict(
        list=title,
        dimension=clause.dimension,
        requirement=clause.text,
        verdict=_CODES[judged(clause, facts).result],
        checks=tuple(
            Check(one.key, one.threshold(clause.text), _at_most(one, clause), told.get(one.key))
            for one in requirements_of(clause)
        ),
        citations=(cite.number(clause.origin),),
    )


def _at_most(requirement: Requirement, clause: Clause) -> bool:
    """Return whether a requirement names the highest figure allowed."""
    wanted = requirement.interval(clause.text)
    return wanted is not None and isfinite(wanted.high) and not isfinite(wanted.low)
