"""The cells and headings that show that a company fulfils a predicate."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.query import About, And, Beyond, Blank, In, Listed, Not, Or, Predicate, Same, Within
from assistant.search.sections import SECTION, stands_under
from index.text import fold
from index.types import Company, CompanyRow, Value

# Fields whose values stand in the cells of another.
_CITED_BY = {
    "exchange": "listing",
    "code": "listing",
    "board": "listing",
    "remark": "listing",
    "decade": "founded",
}

# The fields whose words say what a company is about.
_TOPICAL = ("domain", "product", "technology", "position")


def proof(company: Company, predicate: Predicate) -> tuple[Value, ...]:
    """Return the values that show each condition, in the order of the conditions, each once."""
    return tuple(dict.fromkeys(_shown(company, predicate)))


def _shown(company: Company, predicate: Predicate) -> Iterator[Value]:
    match predicate:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _shown(company, part)
        case Not(Blank(field)) | Within(field) | Same(field) | Beyond(field):
            yield from cited(company, field)
        case Not(part) if not isinstance(part, About):
            yield from _shown(company, part)
        case In(field="list", values=sources) | Listed(sources):
            yield from _standing(company, sources)
        case In(field, values):
            under = field == SECTION
            told = _under(company, values) if under else _fitting(cited(company, field), values)
            yield from told
        case About(_, terms):
            yield from _saying(company, terms)


def cited(company: Company, field: str) -> tuple[Value, ...]:
    """Return what the rows of a company say of a field; a place by the heading if that says it."""
    if field == "city":
        city = next((told for row in company.rows if (told := _city(row))), None)
        return (city,) if city else company.values("address")
    if field == "province" and not company.values("province"):
        return tuple(
            Value(str(province), city.origin)
            for city in cited(company, "city")
            for province in company.facts("province")
        )
    return company.values(_CITED_BY.get(field, field))


def _city(row: CompanyRow) -> Value | None:
    """Return the city that a row says; a cell that says more (滨州邹平) as it stands."""
    told = row.values.get("city")
    if not row.facts.city or told is None:
        return None
    heading = told.origin.quote.lstrip().startswith("#")
    short = heading or told.text.removesuffix("市") == row.facts.city
    return Value(row.facts.city if short else told.text, told.origin)


def _fitting(told: tuple[Value, ...], values: tuple[str, ...]) -> tuple[Value, ...]:
    """Return the cells that hold one of some folded values; all where none does by its letters."""
    return tuple(one for one in told if any(v in fold(one.text) for v in values)) or told


def _standing(company: Company, sources: tuple[str, ...]) -> Iterator[Value]:
    """Yield the name of a company in each of some lists."""
    for row in company.rows:
        if row.origin.source in sources:
            yield Value(row.name, row.origin)


def _under(company: Company, words: tuple[str, ...]) -> Iterator[Value]:
    """Yield the name of a company in the rows that stand under a heading."""
    for row in company.rows:
        if any(stands_under(row.origin.section, word) for word in words):
            yield Value(row.name, row.origin)


def _saying(company: Company, terms: tuple[str, ...]) -> Iterator[Value]:
    """Yield the cells on what a company does that hold one of some words."""
    for field in _TOPICAL:
        for value in company.values(field):
            if any(term in fold(value.text) for term in terms):
                yield value
