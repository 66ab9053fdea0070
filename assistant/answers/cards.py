"""What several kinds of answers tell of companies: cards, proofs, and notices about the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answers.blocks import Cited, Companies, CompanyCard, Notice, NoticeKind, Text
from assistant.answers.citations import Citations
from assistant.answers.conditions import PLACES
from assistant.answers.context import SUGGESTIONS, Value
from assistant.answers.runs import joined, text
from assistant.answers.values import (
    TRADE_FIELDS,
    city_value,
    column_of,
    label_of,
    plain_label,
    short_name,
    values_of,
)
from assistant.predicates import atoms, field_of
from assistant.query import About, Not, Predicate, Query
from assistant.search.evidence import Hit, Selected
from index.regex import regex
from index.text import fold
from index.types import Company, UnresolvedRow
from index.types import Value as SourceValue

# What a list tells of each company, besides the fields that were asked about.
TOLD = ("domain", "product")

# A number that does not say what it counts.
_BARE = regex(r"[\d,.+%]+")

# How many of the companies that cannot be judged are named, and of those near.
_NAMED_UNKNOWN = 5
MOST_RELATED = 5

# What may be asked of a company next, and how.
_NEXT = (
    ("technology", "{}的核心技术是什么？"),
    ("founded", "{}是什么时候成立的？"),
    ("listing", "{}上市了吗？"),
    ("website", "{}的企业主页是什么？"),
    ("position", "{}的市场地位如何？"),
    ("product", "{}的主导产品是什么？"),
)


def proof_fields(where: Predicate) -> tuple[str, ...]:
    """Return the columns that show whether companies fulfil a predicate, places left out."""
    told = (field_of(one) for one in atoms(where))
    fields = dict.fromkeys(column_of(one) for one in told if one and one not in PLACES)
    return tuple(one for one in fields if one not in ("list", "section", "name"))


def named_places(where: Predicate) -> bool:
    """Return whether a predicate says where companies are."""
    return any(field_of(one) in PLACES for one in atoms(where))


def card(
    hit: Hit, query: Query, cite: Citations, first: Sequence[str] = (), told: Sequence[str] = TOLD
) -> CompanyCard:
    """Return what a list tells of a company.

    Args:
        hit: The company.
        query: What was asked of all of them.
        cite: Numbers the lines.
        first: Fields that stand before all others.
        told: Fields of which the first value is told if there is one.
    """
    company, asked = hit.company, tuple(getattr(query.ask, "fields", ()))
    name = cite.name(company, strong=True)
    shown = dict.fromkeys((*first, *asked, *told, *proof_fields(query.where)))
    # A row and its short twin often say the same in two columns (硅片 as domain and as product).
    distinct: dict[str, tuple[str, SourceValue]] = {}
    wanted = {*first, *proof_fields(query.where), *asked}
    for field in shown:
        values = _telling(values_of(company, field))
        for value in values if field in wanted else values[:1]:
            distinct.setdefault(fold(value.text), (field, value))
    names = (company.name, *(row.name for row in company.rows))
    said = "\n".join((*distinct, *map(fold, names), *map(str, company.facts("city"))))
    for value in hit.proof:
        if not _is_heading(value) and fold(value.text) not in said:
            distinct.setdefault(fold(value.text), ("", value))
    details = [_detail(field, value, cite) for field, value in distinct.values()]
    details += [text(f"{label_of(one)}未写明") for one in asked if not values_of(company, one)]
    return CompanyCard(
        id=company.id,
        name=name,
        details=tuple(details),
        reason=f"方向：{'、'.join(hit.trades)}" if hit.trades else "",
    )


def _detail(field: str, value: SourceValue, cite: Citations) -> Text:
    """Return a value; a bare number with what it is the number of."""
    label = f"{plain_label(field)} " if field and _BARE.fullmatch(value.text.strip()) else ""
    return text(label, cite.cite(value))


def _telling(values: Sequence[SourceValue]) -> list[SourceValue]:
    """Return values of one field without those that say less than another: 港交所, 港交所:02252."""
    texts = {fold(value.text) for value in values}
    return [
        value
        for value in values
        if not any(fold(value.text) in other for other in texts if other != fold(value.text))
    ]


def names_of(companies: Iterable[Company], cite: Citations) -> tuple[Cited, ...]:
    """Return the names of companies, cited."""
    return tuple(cite.name(company) for company in companies)


def name_cards(hits: Iterable[Hit], cite: Citations) -> tuple[CompanyCard, ...]:
    """Return companies by nothing but their names."""
    return tuple(CompanyCard(hit.company.id, cite.name(hit.company)) for hit in hits)


def headings(hits: Iterable[Hit], where: Predicate, cite: Citations) -> Text:
    """Return the marks of the headings that put companies in a place, where one is asked for."""
    if not named_places(where):
        return ()
    cities = (city_value(hit.company) for hit in hits)
    return cite.marks(dict.fromkeys(one.origin for one in cities if one and _is_heading(one)))


def _is_heading(value: SourceValue) -> bool:
    return value.origin.quote.lstrip().startswith("#")


def related(hits: Sequence[Hit], query: Query, cite: Citations) -> tuple[Notice | Companies, ...]:
    """Return what comes close, apart from what satisfies; nothing where nothing does."""
    near = hits[:MOST_RELATED]
    if not near:
        return ()
    cards = tuple(card(hit, query, cite) for hit in near)
    return (
        Notice(NoticeKind.NEAR, text("相近但不符合全部条件的企业：")),
        Companies(cards, len(near), related=True),
    )


def unknown(
    selected: Selected, where: Predicate, cite: Citations, fields: Sequence[str] = ()
) -> tuple[Notice, ...]:
    """Return who can be neither included nor excluded, and what is not said of them.

    Args:
        selected: What was found.
        where: The conditions.
        cite: Numbers the lines.
        fields: Further fields that decide, such as the one ordered by.
    """
    total = max(selected.unknown_total, len(selected.unknown))
    named = selected.unknown[:_NAMED_UNKNOWN]
    if not named:
        return ()
    decisive = dict.fromkeys((*proof_fields(where), *_place_fields(where), *fields))
    blank = [one for one in decisive if not any(values_of(company, one) for company in named)]
    said = f"没有写明{'、'.join(map(label_of, blank))}"
    if not blank:
        said = f"按写明的{'、'.join(map(label_of, decisive)) or '内容'}"
    told = text(
        f"另有 {total} 家{said}，无法判断：",
        joined(names_of(named, cite)),
        " 等。" if total > len(named) else "。",
    )
    return (Notice(NoticeKind.UNKNOWN, told),)


def _place_fields(where: Predicate) -> tuple[str, ...]:
    found = (field_of(one) for one in atoms(where))
    return tuple(one for one in found if one in PLACES)


def open_row(unresolved: UnresolvedRow, cite: Citations) -> Text:
    """Return that a row fits several companies, and what it says; nothing where it says nothing."""
    values = unresolved.row.values
    told = [(cite.cite(values[one]),) for one in ("city", *TOLD) if one in values]
    if not told:
        return ()
    name = cite.cite(values["name"])
    return text(
        "清单另有一行只写作「", name, "」（", joined(told, "，"), "），无法确定是其中哪一家。"
    )


def by_meaning(selected: Selected) -> tuple[Notice, ...]:
    """Return that only meaning led to what was found, if so."""
    if not selected.by_meaning or not selected.total:
        return ()
    told = "以上企业按语义相近找到，所在行没有出现全部原词，请核对引用。"
    return (Notice(NoticeKind.MEANING, text(told)),)


def wants_topic(where: Predicate) -> bool:
    """Return whether a predicate describes what companies do."""
    bare = (one.part if isinstance(one, Not) else one for one in atoms(where))
    return any(isinstance(one, About) for one in bare)


def values_asked(companies: Iterable[Company], fields: Sequence[str]) -> tuple[Value, ...]:
    """Return what the rows of companies say of some fields, for the JSON."""
    return tuple(
        (company.name, "listing" if field == "code" else field, value.text)
        for company in companies
        for field in fields
        for value in values_of(company, field)
    )


def next_questions(
    companies: Sequence[Company], told: Iterable[str], *others: str
) -> tuple[str, ...]:
    """Return questions that the rows of companies answer and that were not just answered."""
    known = set(told)
    questions = list(others)
    for field, form in _NEXT:
        if len(questions) >= SUGGESTIONS:
            break
        position = len(questions) % max(1, len(companies))
        ordered = (*companies[position:], *companies[:position])
        asked = next((one for one in ordered if values_of(one, field)), None)
        if field not in known and asked:
            questions.append(form.format(short_name(asked)))
    return tuple(questions[:SUGGESTIONS])


def trade_values(company: Company) -> tuple[SourceValue, ...]:
    """Return what a company's rows say of what it does."""
    return tuple(value for field in TRADE_FIELDS for value in values_of(company, field))
