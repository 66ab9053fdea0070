"""An applicant's figures against the criteria, requirement by requirement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import replace

from assistant.answers.eligibility import (
    MET,
    NOT_MET,
    NOT_STATED,
    answer_eligibility,
    requirements_of,
    verdict,
)
from assistant.compose import Ledger, compose
from assistant.engine import Engine
from assistant.errors import CriteriaError
from assistant.tools.results import Check, EligibilityAnswer, Verdict
from assistant.types import Answer, Fact, Intent, Query
from assistant.understanding.requirements import load_requirements
from index.types import Clause

_CODES = {MET: "met", NOT_MET: "not_met", NOT_STATED: "not_stated"}


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
    facts = tuple(known[key].stated(value) for key, value in figures.items())
    question = "，".join(fact.label for fact in facts)
    query = Query(question, question, Intent.ELIGIBILITY, facts=facts)
    ledger = Ledger(engine.flags)
    answer = compose(query, answer_eligibility(query, engine.context), ledger)
    titles = engine.context.corpus.titles
    verdicts = tuple(
        _verdict(clause, facts, titles[clause.origin.source], ledger)
        for clause in engine.context.corpus.clauses
    )
    answer = replace(answer, citations=ledger.citations)
    told = {one.name: getattr(answer, one.name) for one in dataclass_fields(Answer)}
    return EligibilityAnswer(**told, verdicts=verdicts)


def _verdict(clause: Clause, facts: tuple[Fact, ...], title: str, ledger: Ledger) -> Verdict:
    told = {fact.requirement: fact.value for fact in facts}
    return Verdict(
        list=title,
        dimension=clause.dimension,
        requirement=clause.text,
        verdict=_CODES[verdict(clause, facts)[0]],
        checks=tuple(
            Check(one.key, one.threshold(clause.text), one.most, told.get(one.key))
            for one in requirements_of(clause)
        ),
        citations=(ledger.number(clause.origin),),
    )
