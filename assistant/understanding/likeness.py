"""Conditions that a company sets: 跟大疆同一批的, 比海康成立更早的, 燧原北京那家."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.answers.answer import Intent
from assistant.answers.values import values_of
from assistant.understanding.followup.turn import Turn
from assistant.understanding.types import Condition, Question, Topic
from index.store.records import Records
from index.text import fold
from index.types import Company, Headcount


@dataclass(frozen=True, slots=True)
class Patterns:
    """How a company is taken as a measure; see the comments of ``data/likeness.toml``."""

    same: Mapping[str, re.Pattern[str]]
    earlier: re.Pattern[str]
    later: re.Pattern[str]
    larger: re.Pattern[str]
    smaller: re.Pattern[str]
    twin: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Return the patterns of ``data/likeness.toml``."""
    data = tomllib.loads((files("assistant") / "data/likeness.toml").read_text("utf-8"))
    same = {field: re.compile(text) for field, text in data.pop("same").items()}
    return Patterns(same=same, **{name: re.compile(text) for name, text in data.items()})


def resolve_likeness(query: Question, previous: Turn | None, records: Records) -> Question:
    """Return ``query`` with the conditions that a company named, or told of last, sets."""
    company = _measure(query, previous, records)
    if company is None:
        return query
    twin = _twin(query, previous, company, records)
    if twin is not None:
        return twin
    conditions = (*_same(query.folded, company), *_beyond(query.folded, company))
    if not conditions:
        return query
    told = {condition.field for condition in conditions}
    kept = tuple(one for one in query.conditions if one.field not in told)
    return replace(
        query,
        intent=Intent.COUNT if "count" in query.cues else Intent.LIST,
        companies=(),
        conditions=(*kept, *conditions),
        topic=query.topic if query.topic.terms else Topic(),
        fields=(),
        order=None,
        group=None,
        unknown_name="",
        excluded=(*query.excluded, company.id),
    )


def _measure(query: Question, previous: Turn | None, records: Records) -> Company | None:
    """Return the one company that the question names, or that the last answer was about."""
    if len(query.companies) == 1 and len(query.companies[0]) == 1:
        return next(iter(records.by_key(query.companies[0])), None)
    ids = previous.ids if previous and not query.companies else ()
    return next(iter(records.by_key(ids)), None) if len(ids) == 1 else None


def _same(folded: str, company: Company) -> list[Condition]:
    """Return the conditions that share a value with a company: 同一批, 同城."""
    found = []
    for field, pattern in patterns().same.items():
        facts = company.facts(field)
        if pattern.search(folded) and facts:
            value = facts[0]
            values = values_of(company, field)
            label = str(value) if isinstance(value, str) else values[0].text
            if isinstance(value, str | int):
                low = value if field == "founded" and isinstance(value, int) else None
                accepted = frozenset() if low else frozenset({value})
                found.append(Condition(field, label, accepted, low=low, high=low))
    return found


def _beyond(folded: str, company: Company) -> list[Condition]:
    """Return the bounds that a company sets: 比它成立更早的, 比它人多的."""
    told = patterns()
    founded = next((one for one in company.facts("founded") if isinstance(one, int)), None)
    staff = next((one for one in company.facts("headcount") if isinstance(one, Headcount)), None)
    found = []
    if founded is not None and told.earlier.search(folded):
        found.append(Condition("founded", f"{founded}年以前", high=founded - 1))
    elif founded is not None and told.later.search(folded):
        found.append(Condition("founded", f"{founded}年以后", low=founded + 1))
    if staff is not None and told.larger.search(folded):
        low = staff.high or staff.low + 1
        found.append(Condition("headcount", f"超过{low}人", low=low + 1))
    elif staff is not None and told.smaller.search(folded):
        found.append(Condition("headcount", f"不到{staff.low}人", high=staff.low - 1))
    return found


def _twin(
    query: Question, previous: Turn | None, company: Company, records: Records
) -> Question | None:
    """北京那家呢: the company of the same short name in another place."""
    wanted = {value for one in query.conditions for value in one.values}
    if query.companies or not wanted or not patterns().twin.search(query.folded):
        return None
    named = records.surfaces(map(fold, company.aliases)).values()
    kindred = {one.value for told in named for one in told if one.kind == "company"}
    for other in records.by_key(sorted(kindred - {company.id})):
        if wanted & {*other.facts("city"), *other.facts("province")}:
            fields = query.fields or (previous.question.fields if previous else ())
            return replace(
                query,
                intent=Intent.LOOKUP if fields else Intent.PROFILE,
                companies=((other.id,),),
                fields=fields,
                conditions=(),
                topic=Topic(),
            )
    return None
