"""Single fields and whole profiles of companies that the question names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.common import (
    SUGGESTIONS,
    Context,
    label_of,
    name_value,
    short_name,
    values_of,
)
from assistant.answers.naming import (
    asking,
    mentioned_only,
    no_such_company,
    which_company,
    which_of,
)
from assistant.compose import Derived, Said
from assistant.filters import fulfils
from assistant.types import Draft, Hit, Intent, Query, Status
from index.schema.columns import TableKind, load_schema
from index.store.chunks import TOPIC_FIELDS
from index.types import Company, Listing, Value

PROFILE_FIELDS = tuple(
    field
    for field in load_schema().labels[TableKind.COMPANY]
    if field not in ("name", "alias", "province")
)

# The field that shows whether a condition holds.
_FIELD_OF = {"exchange": "listing", "province": "city", "region": "city"}

# The field of the lists that a company stands in.
LIST = "list"

# What a profile suggests to ask next.
_NEXT_FIELDS = ("founded", "listing", "website")


def answer_lookup(query: Query, context: Context) -> Draft:
    """Return the fields asked for, or the profile, of every company named."""
    if query.unknown_name:
        return no_such_company(query)
    if not query.companies:
        return mentioned_only(query, context) if query.representatives else which_company(query)
    named = tuple(_telling(ids, query.fields, context) for ids in query.companies)
    ambiguous = [ids for ids in named if len(ids) > 1]
    if ambiguous:
        return which_of(query, context, ambiguous[0])
    companies = tuple(company for ids in named for company in context.find(ids))
    if query.fields == (LIST,):
        return _lists(companies, context)
    if query.intent is Intent.PROFILE:
        return _profile(companies)
    if query.absent and not query.fields and (told := _told_elsewhere(query, companies)):
        return _fields(replace(query, fields=told), context, companies)
    if query.absent and not query.fields:
        return _absent(query, companies)
    namesakes = [key for ids in query.companies for key in ids if (key,) not in named]
    return _fields(query, context, companies, context.find(namesakes))


def _lists(companies: Sequence[Company], context: Context) -> Draft:
    """Return the lists that companies stand in, each with the first row that says so."""
    titles = context.corpus.titles
    told = [
        (company, {row.origin.source: row.origin for row in reversed(company.rows)})
        for company in companies
    ]
    return Draft(
        status=Status.ANSWERED,
        intent=Intent.LOOKUP,
        template="lists",
        slots={
            "companies": [
                {
                    "name": name_value(company),
                    "count": Derived(str(len(origins))),
                    "lists": [
                        {
                            "title": Said(titles[source]),
                            "row": Value(titles[source], origins[source]),
                        }
                        for source in titles
                        if source in origins
                    ],
                }
                for company, origins in told
            ]
        },
        records=tuple(Hit(company, 1.0) for company in companies),
        values=tuple(
            (company.name, LIST, titles[source])
            for company, origins in told
            for source in titles
            if source in origins
        ),
        suggestions=questions_about(companies[0], ()),
    )


def _telling(ids: tuple[str, ...], fields: Sequence[str], context: Context) -> tuple[str, ...]:
    """Return the one of several companies of a name that the fields asked for are told of.

    All of them where that is none, or more than one.
    """
    telling = [
        company.id
        for company in context.find(ids)
        if any(values_of(company, field) for field in fields)
    ]
    return (telling[0],) if len(telling) == 1 else ids


def _fields(
    query: Query,
    context: Context,
    companies: Sequence[Company],
    namesakes: Sequence[Company] = (),
) -> Draft:
    query = replace(query, fields=_asked(query, companies))
    answers = [
        _field(company, field)
        for company in companies
        for field in query.fields
        if not _told_under_another(company, field, query.fields)
    ]
    known = [one for one in answers if one["values"]]
    hits = tuple(Hit(company, 1.0) for company in companies)
    return Draft(
        status=Status.ANSWERED if known else Status.NO_MATCH,
        intent=Intent.LOOKUP,
        template="lookup",
        slots={
            "answers": answers,
            "checks": _checks(query, context, companies),
            "namesakes": [name_value(company) for company in namesakes],
        },
        records=hits if known else (),
        related=() if known else hits,
        values=tuple(
            (company.name, "listing" if field == "code" else field, value.text)
            for company in companies
            for field in query.fields
            for value in values_of(company, field)
        ),
        suggestions=questions_about(companies[0], query.fields),
    )


def _asked(query: Query, companies: Sequence[Company]) -> tuple[str, ...]:
    """Return the fields asked for; who asks what a company does is told it from any column.

    A question for the product as such (主导产品) is about that column alone.
    """
    unnamed = query.fields == ("product",) and "产品" not in query.folded
    if not unnamed or any(values_of(company, "product") for company in companies):
        return query.fields
    told = [
        field for field in TOPIC_FIELDS if any(values_of(company, field) for company in companies)
    ]
    return tuple(told) or query.fields


def _told_under_another(company: Company, field: str, fields: Sequence[str]) -> bool:
    """Return whether a column is blank, but another of the same name is not: 创始人/CEO."""
    if values_of(company, field):
        return False
    parts = set(field.split("/"))
    return any(
        parts & set(other.split("/")) and values_of(company, other)
        for other in fields
        if other != field
    )


def _told_elsewhere(query: Query, companies: Sequence[Company]) -> tuple[str, ...]:
    """Return the fields whose text speaks of what no column is named after: 估值超百亿."""
    found = {
        field: None
        for company in companies
        for row in company.rows
        for field, value in row.values.items()
        if any(word in value.text for word in query.absent)
    }
    return tuple(found)


def _checks(
    query: Query, context: Context, companies: Sequence[Company]
) -> list[dict[str, object]]:
    """Return for each condition that was put as a question whether a company fulfils it."""
    words = {True: "是", False: "不是", None: "清单没有写明，无法判断"}
    asks_topic = query.fields == TOPIC_FIELDS and query.topic.terms
    about = context.finder.mentions(query.topic) if asks_topic else set()
    return [
        {
            "name": name_value(company),
            "asked": Said(condition.label),
            "values": values_of(company, _FIELD_OF.get(condition.field, condition.field)),
            "verdict": Said(words[fulfils(company, condition, context.gazetteer)]),
        }
        for company in companies
        for condition in query.conditions
    ] + [
        {
            "name": name_value(company),
            "asked": Said(f"做{query.topic.phrase}"),
            "values": [value for field in TOPIC_FIELDS for value in values_of(company, field)],
            "verdict": Said(words[True] if company.id in about else "清单没有这样写"),
        }
        for company in companies
        if asks_topic
    ]


def _absent(query: Query, companies: Sequence[Company]) -> Draft:
    """Say that no list carries the field, and what it says in its place of a listing."""
    listing = any("上市" in word for word in query.absent)
    return Draft(
        status=Status.NO_MATCH,
        intent=Intent.LOOKUP,
        template="absent",
        slots={
            "asked": [Said(word) for word in query.absent],
            "companies": [
                {
                    "name": name_value(company),
                    "listing": values_of(company, "listing") if listing else (),
                }
                for company in companies
            ],
        },
        related=tuple(Hit(company, 1.0) for company in companies),
        suggestions=questions_about(companies[0]),
    )


def _field(company: Company, field: str) -> dict[str, object]:
    values = values_of(company, field)
    code = next((one.code for one in _listings(company) if one.code), None)
    return {
        "name": name_value(company),
        "label": label_of(field),
        "values": values,
        "code": Value(code, values[0].origin) if field == "code" and code else None,
        "asks_code": field == "code",
    }


def _listings(company: Company) -> list[Listing]:
    return [row.facts.listing for row in company.rows if row.facts.listing]


def _profile(companies: Sequence[Company]) -> Draft:
    return Draft(
        status=Status.ANSWERED,
        intent=Intent.PROFILE,
        template="profile",
        slots={"profiles": [profile_slots(company) for company in companies]},
        records=tuple(Hit(company, 1.0) for company in companies),
        suggestions=questions_about(companies[0]),
    )


def profile_slots(company: Company) -> dict[str, object]:
    """Return what a profile tells: every field that any row has, and how many rows there are."""
    fields = [
        {"label": label_of(field), "values": values}
        for field in PROFILE_FIELDS
        if (values := values_of(company, field))
    ]
    return {"name": name_value(company), "fields": fields, "rows": Derived(str(len(company.rows)))}


def questions_about(company: Company, asked: Sequence[str] = ()) -> tuple[str, ...]:
    """Return questions about a company that its sources answer, but for fields just ``asked``."""
    name = short_name(company)
    city = next(iter(company.facts("city")), None)
    domain = company.text("domain")
    questions = [
        f"{name}{asking((field,))}"
        for field in _NEXT_FIELDS
        if field not in asked and values_of(company, field)
    ]
    if city and domain:
        questions.insert(1, f"{city}还有哪些{domain}企业？")
    return tuple(questions[:SUGGESTIONS])
