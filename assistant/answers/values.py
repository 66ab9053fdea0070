"""What the rows of a company say of a field, as it is told."""

from __future__ import annotations

from assistant.query import Order
from index.regex import regex
from index.schema.fields import CHINESE, TableKind, registry
from index.schema.numbers import parse_amount
from index.types import Company, CompanyRow, Value

TRADE_FIELDS = ("domain", "product", "technology")
"""The fields that say what a company does."""

PROFILE_FIELDS = tuple(
    one.key
    for one in registry().of(TableKind.COMPANY)
    if one.key not in ("name", "alias", "province")
)
"""The fields of a profile, in the order of the registry."""

_BRACKETED = regex(r"[(（][^()（）]*[)）]")

# Names up to this length are what people call a company.
_SHORT = 6

# A place told with so many characters is an address.
_ADDRESS = 7


def label_of(field: str) -> str:
    """Return what users see of a field; a list's own column is called by its header."""
    if field == "count":
        return "企业数量"
    known = registry().field(field) or registry().field(field, TableKind.REGION)
    return known.labels[CHINESE] if known else field


def plain_label(field: str) -> str:
    """Return what a field is called in a sentence: without the unit that its header gives."""
    return _BRACKETED.sub("", label_of(field)) or label_of(field)


def column_of(field: str) -> str:
    """Return the field in whose column the values of a field stand."""
    known = registry().field(field)
    return field if known is None or known.stored or not known.cites else known.cites[0]


def short_name(company: Company) -> str:
    """Return what people call a company: the shortest name a row gives, else the shortest alias.

    A form with trade words (敏芯微) says more than the bare core (敏芯), so the core is only
    taken where nothing else is short.
    """
    if len(company.name) <= _SHORT:
        return company.name
    written = [row.name for row in company.rows if row.name != company.name]
    if written:
        return min(written, key=len)
    aliases = sorted(company.aliases, key=len)
    readable = [alias for alias in aliases if len(alias) >= 3]
    return next(iter(readable or aliases), company.name)


def city_value(company: Company) -> Value | None:
    """Return the city, cited by the heading or cell that says so."""
    return next((city for row in company.rows if (city := row_city(row))), None)


def row_city(row: CompanyRow) -> Value | None:
    """Return the city that a row says, if it is one of the gazetteer.

    A cell that says more than the city (滨州邹平) is told as it stands, a heading is not.
    """
    if not row.facts.city or "city" not in row.values:
        return None
    told = row.values["city"]
    heading = told.origin.quote.lstrip().startswith("#")
    short = heading or told.text.removesuffix("市") == row.facts.city
    return Value(row.facts.city if short else told.text, told.origin)


def name_value(company: Company) -> Value:
    """Return the company's name, cited by its first row."""
    return Value(company.name, company.rows[0].origin)


def values_of(company: Company, field: str) -> tuple[Value, ...]:
    """Return what the rows say of a field; the city in the form people say."""
    if field == "city":
        city = city_value(company)
        return (city,) if city else company.values("address")
    if field == "province" and not company.values("province"):
        city = city_value(company)
        return tuple(Value(str(p), city.origin) for p in company.facts("province")) if city else ()
    told = company.values(column_of(field))
    if field == "address" and not told:
        # 青岛市崂山区松岭路 in a column of places is an address.
        cells = company.values("city")
        return tuple(one for one in cells if len(one.text) >= _ADDRESS)
    return told


def ordered_by(company: Company, order: Order) -> tuple[Value, ...]:
    """Return the value that an order goes by, or none: of several rows of a list the extreme."""
    values = values_of(company, order.field)
    if registry().field(order.field) is not None or len(values) == 1:
        return values[:1]
    figures = [(parse_amount(one.text, order.field), one) for one in values]
    known = [(figure, one) for figure, one in figures if figure is not None]
    if not known:
        return values[:1]
    farthest = max if order.descending else min
    return (farthest(known, key=lambda told: told[0])[1],)
