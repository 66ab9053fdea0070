"""Fields and profiles of companies that are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answers.answer import Status
from assistant.answers.blocks import (
    Block,
    Companies,
    CompanyCard,
    Notice,
    NoticeKind,
    Sentence,
    Text,
)
from assistant.answers.cards import card, next_questions, values_asked
from assistant.answers.citations import Citations
from assistant.answers.context import SUGGESTIONS, Brief, Context, Drafted
from assistant.answers.context import Value as Told
from assistant.answers.runs import joined, text
from assistant.answers.values import (
    PROFILE_FIELDS,
    TRADE_FIELDS,
    label_of,
    name_value,
    short_name,
    values_of,
)
from assistant.query import Lookup
from assistant.search.evidence import Hit
from index.regex import regex
from index.types import Company, Value

LIST = "list"
"""The field of the lists that a company stands in."""

_CODE = "code"

# What may be a code in a listing that could not be read.
_CODE_LIKE = regex(r"\d{4,}")

# Up to so many companies are told in sentences of their own.
_FEW = 3


def draft_lookup(brief: Brief) -> Drafted:
    """Return the fields asked for, or the profile, of every company named."""
    assert isinstance(brief.ask, Lookup)  # noqa: S101 - the dispatch is by type
    companies = brief.evidence.named
    fields = brief.ask.fields
    if not fields:
        return draft_profile(companies, brief.cite)
    told = values_asked(companies, fields) + _lists_told(companies, fields, brief.context)
    hits = tuple(Hit(company) for company in companies)
    return Drafted(
        status=Status.ANSWERED if told else Status.NO_MATCH,
        blocks=(
            *_blocks(brief, companies, fields),
            *_namesakes(brief.ask, brief.context, brief.cite),
        ),
        hits=hits if told else (),
        related=() if told else hits,
        values=told,
        suggestions=next_questions(companies, fields),
    )


def draft_profile(companies: Sequence[Company], cite: Citations) -> Drafted:
    """Return everything that the rows of companies say."""
    names = joined([(cite.name(company, strong=True),) for company in companies])
    return Drafted(
        status=Status.ANSWERED,
        blocks=(
            Sentence(text("清单对 ", names, " 的记载：")),
            Companies(tuple(profile(one, cite) for one in companies), len(companies)),
        ),
        hits=tuple(Hit(company) for company in companies),
        suggestions=_beyond(companies[0]),
    )


def _beyond(company: Company) -> tuple[str, ...]:
    """Return questions that lead from a company to others."""
    name, city = short_name(company), next(iter(company.facts("city")), None)
    questions = [f"和{name}同一批的还有谁？"] if values_of(company, "batch") else []
    questions += [f"{city}有哪些企业？"] if city else []
    return (*questions, f"和{name}相似的企业有哪些？")[:SUGGESTIONS]


def profile(company: Company, cite: Citations) -> CompanyCard:
    """Return a company with every field that any of its rows has, each value with its line."""
    own = dict.fromkeys(field for row in company.rows for field in row.values)
    fields = dict.fromkeys((*PROFILE_FIELDS, *own))
    told = tuple(
        (label_of(field), joined([(cite.cite(value),) for value in values], "；"))
        for field in fields
        if field not in ("name", "alias") and (values := values_of(company, field))
    )
    return CompanyCard(company.id, cite.name(company, strong=True), fields=told)


def _blocks(brief: Brief, companies: Sequence[Company], fields: Sequence[str]) -> tuple[Block, ...]:
    if len(companies) <= _FEW:
        told = (_sentences(company, fields, brief.context, brief.cite) for company in companies)
        return tuple(Sentence(one) for sentences in told for one in sentences)
    labels = "、".join(map(label_of, fields))
    cards = tuple(card(Hit(company), brief.query, brief.cite, told=()) for company in companies)
    start = text(f"这 {len(companies)} 家企业的{labels}：")
    return (Sentence(start), Companies(cards, len(cards), ordered=True))


def _namesakes(ask: Lookup, context: Context, cite: Citations) -> tuple[Block, ...]:
    """Return who else is called as the companies asked about; nothing where nobody is."""
    others = context.companies(ask.namesakes)
    if not others:
        return ()
    names = joined([(cite.name(one),) for one in others])
    return (Notice(NoticeKind.HINT, text("同一简称还有", names, "。")),)


def _sentences(
    company: Company, fields: Sequence[str], context: Context, cite: Citations
) -> Iterator[Text]:
    """Yield what is said of each field; of a trade told in another column nothing is missed."""
    for field in fields:
        if field == LIST:
            yield _lists(company, context, cite)
        elif field == _CODE:
            yield _code(company, cite)
        elif values := values_of(company, field):
            start = text(cite.name(company, strong=True), f" 的{label_of(field)}：")
            parts = [(cite.cite(value, strong=True),) for value in values]
            yield text(start, joined(parts, "；"))
        elif not _told_under_another(company, field, fields):
            yield _missing(company, field, cite)


def _missing(company: Company, field: str, cite: Citations) -> Text:
    """Return that a field is not told; of what a company does, what its other columns say."""
    # The name is cited as a value: a row that has slipped says why the field is missing.
    name = cite.cite(name_value(company), strong=True)
    told = text("清单没有写明 ", name, f" 的{label_of(field)}")
    others = [one for one in TRADE_FIELDS if values_of(company, one)]
    if field not in TRADE_FIELDS or not others:
        return text(told, "。")
    near = [
        text(label_of(one), "写的是", joined([(cite.cite(v),) for v in values_of(company, one)]))
        for one in others
    ]
    return text(told, "；", joined(near, "，"), "。")


def _told_under_another(company: Company, field: str, fields: Sequence[str]) -> bool:
    """Return whether another of the fields says it: 创始人/CEO, or any of what a company does."""
    parts = set(field.split("/"))
    others = [other for other in fields if other != field and values_of(company, other)]
    trade = field in TRADE_FIELDS and any(other in TRADE_FIELDS for other in others)
    return trade or any(parts & set(other.split("/")) for other in others)


def _code(company: Company, cite: Citations) -> Text:
    """Return the stock code, with the listing that says it; or that there is none."""
    values = values_of(company, "listing")
    listings = (row.facts.listing for row in company.rows if row.facts.listing)
    codes = dict.fromkeys(one.code for one in listings if one.code)
    name = cite.name(company, strong=True)
    if not values:
        return text("清单没有写明 ", name, " 的股票代码。")
    saying = [value for value in values if any(code in value.text for code in codes)]
    listed = joined([(cite.cite(value),) for value in saying or values], "；")
    if not codes:
        unread = any(_CODE_LIKE.search(value.text) for value in values)
        says = " 的上市情况写的是「" if unread else " 没有股票代码：上市情况为「"
        return text(name, says, listed, "」。")
    told = [(cite.cite(Value(code, (saying or values)[0].origin), strong=True),) for code in codes]
    return text(name, " 的股票代码是 ", joined(told), "（上市情况：", listed, "）。")


def _lists(company: Company, context: Context, cite: Citations) -> Text:
    """Return the lists that a company stands in, each with the first row that says so."""
    first = _rows_by_list(company)
    told = [
        text(f"《{context.title(source)}》", cite.marks((first[source].origin,)))
        for source in context.titles
        if source in first
    ]
    return text(cite.name(company, strong=True), f" 在 {len(told)} 份清单里：", joined(told), "。")


def _rows_by_list(company: Company) -> dict[str, Value]:
    return {row.origin.source: Value(row.name, row.origin) for row in reversed(company.rows)}


def _lists_told(
    companies: Sequence[Company], fields: Sequence[str], context: Context
) -> tuple[Told, ...]:
    if LIST not in fields:
        return ()
    return tuple(
        (company.name, LIST, context.title(source))
        for company in companies
        for source in context.titles
        if source in _rows_by_list(company)
    )
