"""Names that do not lead to one company: of several, of none, told only by the statistics."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.common import (
    SUGGESTIONS,
    Context,
    label_of,
    name_value,
    values_of,
)
from assistant.compose import Said
from assistant.types import Draft, Hit, Intent, Query, Status
from index.types import StatisticsRow, UnresolvedRow, Value


def which_of(query: Query, context: Context, ids: tuple[str, ...]) -> Draft:
    """Ask back which company is meant, and say of each what was asked."""
    companies = context.find(ids)
    fields = query.fields or ("city", "product")
    return Draft(
        status=Status.CLARIFY,
        intent=query.intent,
        template="which",
        slots={
            "choices": [
                {
                    "name": name_value(company),
                    "fields": [
                        {"label": label_of(field), "values": values}
                        for field in fields
                        if (values := values_of(company, field))
                    ],
                }
                for company in companies
            ],
            "unresolved": [
                slots
                for row in _rows_between(context, ids)
                if (slots := _unresolved_slots(row))["told"]
            ],
        },
        records=tuple(Hit(company, 1.0) for company in companies),
        suggestions=tuple(
            f"{company.name}{asking(query.fields)}" for company in companies[:SUGGESTIONS]
        ),
    )


def _rows_between(context: Context, ids: tuple[str, ...]) -> list[UnresolvedRow]:
    return [row for row in context.corpus.unresolved if set(row.candidates) & set(ids)]


def _unresolved_slots(unresolved: UnresolvedRow) -> dict[str, object]:
    values = unresolved.row.values
    told = [values[field] for field in ("city", "domain", "product") if field in values]
    return {"name": values["name"], "told": told}


def asking(fields: Sequence[str]) -> str:
    """Return how fields of a company are asked for, after its name."""
    if not fields:
        return "的基本信息"
    return f"的{label_of(fields[0]).text}是什么？"


def mentioned_only(query: Query, context: Context) -> Draft:
    """Say of a name that stands only among 代表企业 just that."""
    names = query.representatives
    mentions = [
        {"name": Value(name, value.origin), "place": region.values["place"]}
        for name in names
        for region, value in _naming(context, name)
    ]
    return Draft(
        status=Status.NO_MATCH if query.fields else Status.ANSWERED,
        intent=query.intent,
        template="mentioned",
        slots={"mentions": mentions, "asked": bool(query.fields)},
        values=tuple(
            (region.place, "count", region.values["count"].text)
            for region in {
                region.place: region for n in names for region, _ in _naming(context, n)
            }.values()
            if "count" in query.cues and "count" in region.values
        ),
    )


def _naming(context: Context, name: str) -> list[tuple[StatisticsRow, Value]]:
    return [
        (region, value)
        for region in context.corpus.regions
        if (value := region.values.get("representatives")) and name in value.text
    ]


def no_such_company(query: Query) -> Draft:
    """Say that no company has the name asked about."""
    return Draft(
        status=Status.NO_MATCH,
        intent=Intent.LOOKUP,
        template="unknown_company",
        slots={"name": Said(query.unknown_name)},
    )


def which_company(query: Query) -> Draft:
    """Ask back which company a field is asked of."""
    return Draft(
        status=Status.CLARIFY,
        intent=Intent.LOOKUP,
        template="which_company",
        slots={"labels": [label_of(field) for field in query.fields]},
    )
