"""The rules: every list's criteria with their lines, and an applicant's own figures against them.

The figures stand in the address, ``#/rules?research=4&standards=yes``, so that a result can be
shared. The conversation judges by the same functions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Annotated
from urllib.parse import parse_qsl

import gradio as gr
from pydantic import StringConstraints, TypeAdapter, ValidationError

from assistant.browsing.rulebook import Rulebook, requirements_in, rulebooks
from assistant.engine import Engine
from assistant.query import Fact
from assistant.requirements.judging import Result, judge
from assistant.requirements.vocabulary import Requirement, requirements_of
from assistant.tools.eligibility import stated
from index.places.gazetteer import load_gazetteer
from index.types import Clause
from ui.page.assets import script
from ui.page.html import render

YES, NO = "yes", "no"

_ANSWERS = {YES: 1.0, NO: 0.0}
_STATES = {Result.MET: "met", Result.NOT_MET: "failed", Result.OPEN: "open", Result.APART: "open"}
_PERCENT = "%"
# Growth may well be several hundred percent; amounts come in units of 10,000.
_MOST_PERCENT, _MOST = 1_000, 100_000_000
_LONGEST = 1000

_QUERY: TypeAdapter[str] = TypeAdapter(
    Annotated[str, StringConstraints(strict=True, max_length=_LONGEST)]
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One requirement with its verdict: ``result`` as told, ``state`` as it is coloured.

    Attributes:
        told: What was told of it.
        known: Whether anything that is asked for could decide it.
        local: Whether it holds for one place only.
    """

    clause: Clause
    result: str
    state: str
    told: tuple[Fact, ...]
    known: bool
    local: bool


def build(engine: Callable[[], Engine]) -> None:
    """Draw the view and connect it, within the page that is being built."""

    def rules_view(query: object) -> dict[str, str]:
        return rules_html(rulebooks(engine().index.records), query)

    gr.HTML(
        render("rules"),
        elem_id="xj-rules",
        apply_default_css=False,
        js_on_load=script("rules.js"),
        server_functions=[rules_view],
    )


def rules_html(books: Sequence[Rulebook], query: object) -> dict[str, str]:
    """Return the parts of the view as HTML: ``form``, ``books`` and ``summary``.

    Args:
        books: The criteria.
        query: The part of the address after ``?``, as the browser sent it.
    """
    told = _fields(query)
    asked = requirements_in(books)
    facts, wrong = read_form(told, asked)
    judged = [[_judged(clause, facts) for clause in book.clauses] for book in books]
    return {
        "form": render("rules_form", fields=asked, told=told, most=_most),
        "books": render(
            "rules_books",
            books=list(zip(books, map(_by_dimension, judged), strict=True)),
            checked=bool(facts),
        ),
        "summary": render(
            "rules_summary",
            lists=list(zip(books, judged, strict=True)),
            facts=facts,
            wrong=wrong,
            percent=_PERCENT,
        ),
    }


def read_form(
    told: dict[str, str], asked: Sequence[Requirement]
) -> tuple[tuple[Fact, ...], tuple[Requirement, ...]]:
    """Return what was told as facts, and the requirements whose figures cannot be used.

    Args:
        told: What was told by key of the requirement; blank is not told.
        asked: The requirements that may be told.
    """
    facts, wrong = [], []
    for one in asked:
        text = told.get(one.key, "").strip()
        if not text:
            continue
        value = _ANSWERS.get(text) if not one.measure else _number(text, _most(one))
        if value is None:
            wrong.append(one)
        else:
            facts.append(stated(one, value))
    return tuple(facts), tuple(wrong)


def _fields(query: object) -> dict[str, str]:
    """Return what the address tells; nothing from one that is no such text."""
    try:
        return dict(parse_qsl(_QUERY.validate_python(query), max_num_fields=50))
    except (ValidationError, ValueError):
        return {}


def _most(requirement: Requirement) -> int:
    return _MOST_PERCENT if requirement.measure == _PERCENT else _MOST


def _number(text: str, most: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) and 0 <= value <= most else None


def _judged(clause: Clause, facts: Sequence[Fact]) -> Judged:
    found = judge(clause, facts)
    local = bool(load_gazetteer().find(clause.dimension))
    known = bool(requirements_of(clause))
    return Judged(clause, found.result.value, _STATES[found.result], found.facts, known, local)


def _by_dimension(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = {}
    for one in judged:
        found.setdefault(one.clause.dimension, []).append(one)
    return found
