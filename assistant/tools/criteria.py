"""Filters given as values instead of words, as a predicate of the algebra."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from math import inf

from sqlalchemy import select

from assistant.errors import CriteriaError
from assistant.predicates import alternative, conjunction
from assistant.query import In, Listed, Predicate, Within
from index.places.gazetteer import Gazetteer, Level, load_gazetteer
from index.schema.fields import registry
from index.schema.interval import Interval
from index.schema.markets import load_markets
from index.schema.numbers import header_scale
from index.schema.values import parse_batch
from index.store import tables
from index.store.records import Records
from index.store.surfaces import list_name
from index.text import fold

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

_LISTED = {True: ("listed", "已上市"), False: ("unlisted", "未上市")}


@dataclass(frozen=True, slots=True)
class Range:
    """Inclusive bounds of a number; None for no bound."""

    low: float | None = None
    high: float | None = None

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None

    def interval(self, scale: float = 1.0) -> Interval:
        """Return the numbers within the bounds, which are given in units of ``scale``."""
        low = -inf if self.low is None else self.low * scale
        return Interval(low, inf if self.high is None else self.high * scale)


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


def read_criteria(criteria: Criteria, records: Records) -> Predicate:
    """Return what criteria mean in an index; it holds for everything if they ask for nothing.

    Raises:
        CriteriaError: names the parameter, the value that nothing is called, and what there is.
    """
    gazetteer = load_gazetteer()
    places = [
        *(_region(text, gazetteer) for text in criteria.region),
        *(_province(text, gazetteer) for text in criteria.province),
        *(_city(text, gazetteer, records) for text in criteria.city),
        *(_district(text, gazetteer, records) for text in criteria.district),
    ]
    alternatives = [
        places,
        [_batch(one) for one in criteria.batch],
        [_exchange(text) for text in criteria.exchange],
    ]
    parts = [alternative(told) for told in alternatives if told]
    parts += [_list(text, records) for text in criteria.lists]
    if criteria.listed is not None:
        value, label = _LISTED[criteria.listed]
        parts.append(In("listing", (value,), label))
    return conjunction((*parts, *_bounds(criteria), *_columns(criteria, records)))


def require_column(name: str, records: Records, parameter: str) -> None:
    """Check that some list has a column of that name.

    Raises:
        CriteriaError: none has.
    """
    held = [one for one in records.fields() if one.companies]
    if name not in {one.key for one in held}:
        labels = [one.label for one in held]
        raise CriteriaError(parameter, f"没有清单有“{name}”这一列；有 {_some(labels, name)}")


def _region(text: str, gazetteer: Gazetteer) -> Predicate:
    region = gazetteer.region(text)
    if region is None:
        names = [one.name for one in gazetteer.regions]
        raise CriteriaError("region", f"没有叫“{text}”的区域；可用 {_some(names, text)}")
    provinces, cities = tuple(sorted(region.provinces)), tuple(sorted(region.cities))
    inside = (("province", provinces), ("city", cities))
    return alternative(In(one, values, region.name) for one, values in inside if values)


def _province(text: str, gazetteer: Gazetteer) -> Predicate:
    for place in gazetteer.find(text):
        if place.level is Level.PROVINCE:
            return In("province", (place.short,), place.short)
    raise CriteriaError("province", f"没有叫“{text}”的省份；写法如 江苏 或 江苏省")


def _city(text: str, gazetteer: Gazetteer, records: Records) -> Predicate:
    for place in gazetteer.find(text):
        if place.city == place.short and place.level is not Level.DISTRICT:
            return In("city", (place.short,), place.short)
    held = _held("city", records)
    if text in held:
        return In("city", (text,), text)
    hint = "区县请用 district，" if gazetteer.find(text) else ""
    raise CriteriaError("city", f"没有叫“{text}”的城市；{hint}清单里有 {_some(held, text)}")


def _district(text: str, gazetteer: Gazetteer, records: Records) -> Predicate:
    called = records.surfaces((fold(text),)).get(fold(text), ())
    names = [one.value for one in called if one.kind == "district"]
    names += [fold(one.name) for one in gazetteer.find(text) if one.level is Level.DISTRICT]
    if not names:
        held = _held("district", records)
        raise CriteriaError("district", f"没有叫“{text}”的区县；清单里有 {_some(held, text)}")
    return In("district", tuple(dict.fromkeys(names)), text)


def _batch(told: str | int) -> Predicate:
    text = told if isinstance(told, str) else f"第{told}批"
    number = parse_batch(text)
    if number is None:
        raise CriteriaError("batch", f"“{text}”不是批次；写法如 3 或 第三批")
    return Within("batch", Interval.point(number), text)


def _exchange(text: str) -> Predicate:
    wanted = fold(text)
    for label, market in load_markets().items():
        if wanted == fold(label) or wanted in market.words:
            return In("exchange", (fold(label),), label)
    known = "、".join(load_markets())
    raise CriteriaError("exchange", f"没有叫“{text}”的交易所或板块；可用 {known}")


def _list(text: str, records: Records) -> Predicate:
    documents, wanted = records.documents(), fold(text)
    exact = [one.source for one in documents if wanted in (fold(one.source), fold(one.title))]
    found = exact or [
        one.source for one in documents if list_name(text) and list_name(text) in fold(one.title)
    ]
    if not found:
        titles = [one.title for one in documents]
        raise CriteriaError("list_name", f"没有叫“{text}”的清单；有 {_some(titles, text)}")
    return Listed(tuple(found), text)


def _bounds(criteria: Criteria) -> Iterator[Predicate]:
    for name, parameter, unit, bounds in (
        ("founded", "founded_from", "年", criteria.founded),
        ("headcount", "headcount_min", "人", criteria.headcount),
    ):
        if bounds:
            yield Within(name, bounds.interval(), _spoken(parameter, bounds, unit))


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


def _columns(criteria: Criteria, records: Records) -> Iterator[Predicate]:
    if criteria.domain:
        yield _holding("domain", criteria.domain, "、".join(criteria.domain))
    for name, wanted in criteria.columns.items():
        column = column_of(name)
        require_column(column, records, "columns")
        if column in _FACTS:
            raise CriteriaError("columns", f"“{name}”请用参数 {_FACTS[column]}")
        label = registry().label(column)
        if isinstance(wanted, Range):
            spoken = f"{label} {_spoken('columns', wanted)}"
            yield Within(column, wanted.interval(header_scale(column)), spoken)
        else:
            yield _holding(column, wanted, f"{label}：{'、'.join(wanted)}")


def _holding(column: str, texts: Sequence[str], label: str) -> Predicate:
    return In(column, tuple(dict.fromkeys(map(fold, texts))), label, contains=True)


def column_of(name: str) -> str:
    """Return the key of the field that a label or a header means (产品), else the name itself."""
    if registry().field(name):
        return name
    known = registry().by_header(name)
    return known.key if known else name


def _held(name: str, records: Records) -> list[str]:
    """Return the values of a field that companies have, in order."""
    facts = tables.facts.c
    statement = select(facts.text).where(facts.relation == "companies", facts.field == name)
    return sorted(str(text) for (text,) in records.fetch(statement.distinct()) if text)


def _some(names: Sequence[str], wanted: str) -> str:
    """Return some of the names that there are, those most like ``wanted`` first, and how many."""
    nearest = sorted(names, key=lambda name: -SequenceMatcher(None, wanted, name).ratio())
    shown = "、".join(nearest[:_CHOICES])
    return f"{shown} 等 {len(names)} 个" if len(names) > _CHOICES else shown or "（空）"
