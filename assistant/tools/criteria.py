"""Filters given as values instead of words, as the conditions that questions make too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from assistant.answers.common import Context
from assistant.engine import Engine
from assistant.errors import CriteriaError
from assistant.types import Condition, Kind, Mention
from assistant.understanding.words import load_words
from index.places.gazetteer import Level
from index.schema.amounts import parse_amount
from index.schema.columns import TableKind, header_key, load_schema
from index.schema.normalize import fold, parse_batch
from index.store.surfaces import list_name

# Districts are called by their short names too (海淀 for 海淀区).
_DISTRICT_SUFFIXES = ("新区", "区", "县", "市")

# How many of the values held are named to who gives one that is unknown.
_CHOICES = 8

# Columns that have a parameter of their own, or none because they are told apart by nothing else.
_FACTS = {
    **{name: name for name in ("city", "province", "district", "batch", "headcount")},
    "founded": "founded_from、founded_to",
    "listing": "exchange、listed",
    "name": "company 工具",
    "website": "company 工具",
}

_LISTINGS = {True: "listed", False: "unlisted"}


@dataclass(frozen=True, slots=True)
class Range:
    """Inclusive bounds of a number; None for no bound."""

    low: float | None = None
    high: float | None = None

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Criteria:
    """What companies must fulfil; an empty value asks for nothing.

    Several places, and several values of one kind, are alternatives; different kinds must all
    hold, and so must several lists.

    Attributes:
        city: Cities.
        province: Provinces.
        region: Regions such as 长三角.
        district: Districts, in full or short.
        domain: Texts of the field 细分领域.
        batch: Recognition batches, as numbers or in words (第三批).
        lists: Lists, by file name or title.
        exchange: Exchanges and boards, by any usual name.
        listed: Whether shares are traded.
        founded: Bounds of the year.
        headcount: Bounds of the number of employees.
        columns: By canonical field or header of a list's own column, texts of which the cell holds
            one, or bounds of its number in the column's unit.
    """

    city: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    batch: tuple[str | int, ...] = ()
    lists: tuple[str, ...] = ()
    exchange: tuple[str, ...] = ()
    listed: bool | None = None
    founded: Range = Range()
    headcount: Range = Range()
    columns: Mapping[str, tuple[str, ...] | Range] = field(default_factory=dict)


def read_criteria(criteria: Criteria, engine: Engine) -> tuple[Condition, ...]:
    """Return the conditions that criteria mean in an index.

    Raises:
        CriteriaError: names the parameter, the value that nothing is called, and what there is.
    """
    context = engine.context
    linked = [
        (kind, text, resolve(text, context))
        for texts, kind, resolve in _resolvers(criteria)
        for text in texts
    ]
    if criteria.listed is not None:
        linked.append((Kind.LISTING, "listed", (_LISTINGS[criteria.listed],)))
    # Apart from each other, as words of a question are.
    mentions = [
        Mention(2 * place, 2 * place + 1, text, kind, values)
        for place, (kind, text, values) in enumerate(linked)
    ]
    bounds = [*_bounds(criteria), *_columns(criteria, context)]
    return engine.conditions.read(mentions, bounds, of_company=False)


def require_column(name: str, context: Context, parameter: str) -> None:
    """Check that some list has a column of that name.

    Raises:
        CriteriaError: none has.
    """
    rows = (row for company in context.corpus.companies for row in company.rows)
    held = dict.fromkeys(field for row in rows for field in row.values)
    if name not in held:
        labels = [load_schema().label(field) for field in held]
        raise CriteriaError(parameter, f"没有清单有“{name}”这一列；有 {_some(labels, name)}")


_Resolver = Callable[[str, Context], tuple[str, ...]]


def _resolvers(criteria: Criteria) -> tuple[tuple[Sequence[str], Kind, _Resolver], ...]:
    batches = [one if isinstance(one, str) else f"第{one}批" for one in criteria.batch]
    return (
        (criteria.region, Kind.REGION, _region),
        (criteria.province, Kind.PROVINCE, _province),
        (criteria.city, Kind.CITY, _city),
        (criteria.district, Kind.DISTRICT, _district),
        (batches, Kind.BATCH, _batch),
        (criteria.exchange, Kind.EXCHANGE, _exchange),
        (criteria.lists, Kind.SOURCE, _list),
    )


def _region(text: str, context: Context) -> tuple[str, ...]:
    region = context.gazetteer.region(text)
    if region is None:
        names = [one.name for one in context.gazetteer.regions]
        raise CriteriaError("region", f"没有叫“{text}”的区域；可用 {_some(names, text)}")
    return (region.name,)


def _province(text: str, context: Context) -> tuple[str, ...]:
    for place in context.gazetteer.find(text):
        if place.level is Level.PROVINCE:
            return (place.short,)
    raise CriteriaError("province", f"没有叫“{text}”的省份；写法如 江苏 或 江苏省")


def _city(text: str, context: Context) -> tuple[str, ...]:
    for place in context.gazetteer.find(text):
        if place.city == place.short and place.level is not Level.DISTRICT:
            return (place.short,)
    held = {str(city) for one in context.corpus.companies for city in one.facts("city")}
    if text in held:
        return (text,)
    hint = "区县请用 district，" if context.gazetteer.find(text) else ""
    raise CriteriaError("city", f"没有叫“{text}”的城市；{hint}清单里有 {_some(sorted(held), text)}")


def _district(text: str, context: Context) -> tuple[str, ...]:
    wanted = _short_district(text)
    held = {str(name) for one in context.corpus.companies for name in one.facts("district")}
    names = sorted(name for name in held if _short_district(name) == wanted)
    names += [one.name for one in context.gazetteer.find(text) if one.level is Level.DISTRICT]
    if not names:
        raise CriteriaError(
            "district", f"没有叫“{text}”的区县；清单里有 {_some(sorted(held), text)}"
        )
    return (text if text in names else names[0],)


def _short_district(text: str) -> str:
    for suffix in _DISTRICT_SUFFIXES:
        short = text.removesuffix(suffix)
        if short != text and len(short) > 1:
            return short
    return text


def _batch(text: str, _: Context) -> tuple[str, ...]:
    number = parse_batch(text)
    if number is None:
        raise CriteriaError("batch", f"“{text}”不是批次；写法如 3 或 第三批")
    return (str(number),)


def _exchange(text: str, _: Context) -> tuple[str, ...]:
    exchanges = load_words().exchanges
    wanted = fold(text)
    for label, exchange in exchanges.items():
        if wanted == fold(label) or wanted in exchange.words:
            return (label,)
    raise CriteriaError("exchange", f"没有叫“{text}”的交易所或板块；可用 {'、'.join(exchanges)}")


def _list(text: str, context: Context) -> tuple[str, ...]:
    documents, wanted = context.corpus.documents, fold(text)
    exact = [one.source for one in documents if wanted in (fold(one.source), fold(one.title))]
    found = exact or [
        one.source for one in documents if list_name(text) and list_name(text) in fold(one.title)
    ]
    if not found:
        titles = [one.title for one in documents]
        raise CriteriaError("list_name", f"没有叫“{text}”的清单；有 {_some(titles, text)}")
    return tuple(found)


def _bounds(criteria: Criteria) -> Iterator[Condition]:
    for name, parameter, unit, bounds in (
        ("founded", "founded_from", "年", criteria.founded),
        ("headcount", "headcount_min", "人", criteria.headcount),
    ):
        if bounds:
            label = _spoken(parameter, bounds, unit)
            yield Condition(name, label, low=bounds.low, high=bounds.high)


def _spoken(parameter: str, bounds: Range, unit: str = "") -> str:
    """Return bounds in words."""
    if bounds.low is None:
        return f"{bounds.high:.12g}{unit}以下"
    if bounds.high is None:
        return f"{bounds.low:.12g}{unit}以上"
    if bounds.low > bounds.high:
        problem = f"下限 {bounds.low:.12g} 大于上限 {bounds.high:.12g}，请对调"
        raise CriteriaError(parameter, problem)
    return f"{bounds.low:.12g}-{bounds.high:.12g}{unit}"


def _columns(criteria: Criteria, context: Context) -> Iterator[Condition]:
    schema = load_schema()
    if criteria.domain:
        yield _holding("domain", criteria.domain, "、".join(criteria.domain))
    for name, wanted in criteria.columns.items():
        column = column_of(name)
        require_column(column, context, "columns")
        if column in _FACTS:
            raise CriteriaError("columns", f"“{name}”请用参数 {_FACTS[column]}")
        label = schema.label(column)
        if isinstance(wanted, Range):
            low, high = (_in_units(one, column) for one in (wanted.low, wanted.high))
            spoken = _spoken("columns", wanted)
            yield Condition(column, f"{label} {spoken}", low=low, high=high)
        else:
            yield _holding(column, wanted, f"{label}：{'、'.join(wanted)}")


def _holding(column: str, texts: Sequence[str], label: str) -> Condition:
    return Condition(column, label, frozenset(map(fold, texts)))


def column_of(name: str) -> str:
    """Return the canonical field that a label or a header means (产品), else the name itself."""
    schema, kind = load_schema(), TableKind.COMPANY
    if name in schema.labels[kind]:
        return name
    return schema.headers[kind].get(header_key(name), name)


def _in_units(number: float | None, column: str) -> float | None:
    return None if number is None else parse_amount(f"{number:f}", column)


def _some(names: Sequence[str], wanted: str) -> str:
    """Return some of the names that there are, those most like ``wanted`` first, and how many."""
    nearest = sorted(names, key=lambda name: -SequenceMatcher(None, wanted, name).ratio())
    shown = "、".join(nearest[:_CHOICES])
    return f"{shown} 等 {len(names)} 个" if len(names) > _CHOICES else shown or "（空）"
