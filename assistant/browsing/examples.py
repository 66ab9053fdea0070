"""Example questions of different kinds, each made from what the index holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from sqlalchemy import func, select

from assistant.answers.values import short_name
from assistant.browsing.facets import COMPANIES
from index.store import tables
from index.store.records import Records
from index.types import Company

# What the companies of all lists are called, where that is so, and else.
_GIANTS, _COMPANIES = "小巨人", "企业"

# An applicant's own figures, against criteria such as every list of them has.
_APPLICANT = "研发费用占比4%，有效发明专利3项，能申报吗"

_FEWEST_RANKED = 3

# Of more companies than these, the first are looked at.
_READ = 100

_FACTS = tables.facts.c


def examples(records: Records) -> list[tuple[str, str]]:
    """Return example questions as (kind, question), each answerable from the records."""
    found: list[tuple[str, str]] = []
    noun = _noun(records)
    known = _best_known(records)
    city = _city(records)
    if city:
        domain = _domain(records, city)
        if domain:
            found.append(("找企业", f"{city}有哪些{domain}{noun}"))
    if known:
        found.append(("查一家", f"{short_name(known[0])}的主导产品是什么"))
    if city:
        found.append(("数一数", f"{city}有多少家{noun}"))
    found += _of_sources(records)
    if _founded(records) >= _FEWEST_RANKED:
        found.append(("排名次", f"成立最早的三家{noun}"))
    if len(known) > 1:
        found.append(("比一比", f"{short_name(known[0])}和{short_name(known[1])}对比"))
    return found


def _of_sources(records: Records) -> Iterator[tuple[str, str]]:
    """Yield questions about the sources' own statistics and criteria."""
    regions = (one for one in records.statistics() if one.place and one.count is not None)
    for region in islice(regions, 1):
        yield "看统计", f"{region.place}的主要领域是什么"
    clauses = records.clauses()
    if clauses:
        yield "问规则", f"{clauses[-1].dimension}的认定标准是什么"
        yield "做自测", _APPLICANT


def _noun(records: Records) -> str:
    giants = all(_GIANTS in document.title for document in records.documents())
    return _GIANTS if giants else _COMPANIES


def _city(records: Records) -> str:
    """Return the city of most companies; empty where no row says one."""
    most = (
        select(_FACTS.text)
        .where(_FACTS.relation == COMPANIES, _FACTS.field == "city")
        .group_by(_FACTS.text)
        .order_by(func.count().desc(), func.min(_FACTS.entity))
        .limit(1)
    )
    return next((str(city) for (city,) in records.fetch(most)), "")


def _domain(records: Records, city: str) -> str:
    """Return what most companies of a city do, in the words of the first of them."""
    there = select(_FACTS.entity).where(
        _FACTS.relation == COMPANIES, _FACTS.field == "city", _FACTS.text == city
    )
    told = records.companies(number for (number,) in records.fetch(there.limit(_READ)))
    counts = Counter(text for one in told if (text := one.text("domain")))
    return next((text for text, _ in counts.most_common(1)), "")


def _founded(records: Records) -> int:
    """Return how many companies say when they were founded."""
    stored = (one.companies for one in records.fields() if one.key == "founded")
    return next(stored, 0)


def _best_known(records: Records) -> list[Company]:
    """Return the first companies with a product, those before of which the lists tell most."""
    read = records.companies(range(min(records.count(), _READ)))
    described = [one for one in read if one.text("product")]
    return sorted(described, key=lambda one: -len({key for row in one.rows for key in row.values}))
