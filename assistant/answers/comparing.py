"""Companies side by side: a table in which every cell is cited."""

from __future__ import annotations

from assistant.answers.common import Context, label_of, name_value, short_name, values_of
from assistant.answers.lookup import PROFILE_FIELDS
from assistant.answers.naming import which_of
from assistant.compose import Said
from assistant.types import Draft, Hit, Intent, Order, Query, Status
from index.types import Company, Headcount


def answer_compare(query: Query, context: Context) -> Draft:
    """Return the companies named, field by field; the fields asked for, or all."""
    ambiguous = next((ids for ids in query.companies if len(ids) > 1), None)
    # One name of two companies asks for both: 两家燧原差别在哪儿.
    if ambiguous and len(query.companies) > 1:
        return which_of(query, context, ambiguous)
    companies = tuple(company for ids in query.companies for company in context.find(ids))
    ordered = (query.order.field,) if query.order else ()
    fields = tuple(dict.fromkeys((*ordered, *query.fields))) or PROFILE_FIELDS
    rows = [
        {"label": label_of(field), "cells": [values_of(company, field) for company in companies]}
        for field in fields
        if any(values_of(company, field) for company in companies)
    ]
    first = _first(companies, query.order) if query.order else []
    hits = tuple(Hit(company, 1.0) for company in companies)
    judged = bool(first) or query.order is None
    return Draft(
        status=Status.ANSWERED if judged else Status.NO_MATCH,
        intent=Intent.COMPARE,
        template="compare",
        slots={
            "names": [name_value(company) for company in companies],
            "rows": rows,
            "order": Said(query.order.label) if query.order else None,
            "first": [name_value(company) for company in first],
        },
        records=hits if judged else (),
        related=() if judged else hits,
        values=tuple(
            (company.name, field, value.text)
            for field in fields
            for company in companies
            for value in values_of(company, field)
        ),
        suggestions=tuple(f"介绍一下{short_name(company)}" for company in companies),
    )


def _first(companies: tuple[Company, ...], order: Order) -> list[Company]:
    """Return who comes first in an order, several on a tie; none where one cannot be judged."""
    keys = [_key(company, order.field) for company in companies]
    known = [key for key in keys if key is not None]
    if len(known) < len(companies):
        return []
    best = max(known) if order.descending else min(known)
    return [one for one, key in zip(companies, keys, strict=True) if key == best]


def _key(company: Company, field: str) -> int | None:
    fact = next(iter(company.facts(field)), None)
    if isinstance(fact, Headcount):
        return fact.low
    return fact if isinstance(fact, int) else None
