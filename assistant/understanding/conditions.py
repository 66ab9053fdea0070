"""Conditions on companies from the mentions of a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.understanding.types import Condition, Kind, Mention
from assistant.understanding.vocabulary import VALUE_MARK
from assistant.understanding.words import Words
from index.places.gazetteer import Gazetteer

_LISTING_LABELS = {"unlisted": "未上市", "listed": "已上市", "other": "非营利"}

# What lets something in rather than narrowing: 没上市的也要.
_ADDED = re.compile(r"(?:的|企业|公司)*也(?:要|算|行|可以|包括|纳入|一起)")

# What stands before the one list that a company may be in.
_ONLY = re.compile(r"(?:只|仅|单独)(?:在|出现在|上了|进了|属于|是)?$")

_AREA_KINDS = (Kind.CITY, Kind.PROVINCE, Kind.REGION)


_NARROWING = (*_AREA_KINDS, Kind.DISTRICT, Kind.BATCH, Kind.LISTING, Kind.EXCHANGE, Kind.TOPIC)


class ConditionReader:
    """Reads conditions.

    Args:
        gazetteer: Knows which place lies in which.
        cities_with: Returns the cities of the index that have a district.
        words: Exchanges and what the sources call them.
    """

    def __init__(
        self, gazetteer: Gazetteer, cities_with: Callable[[str], frozenset[str]], words: Words
    ) -> None:
        self._gazetteer = gazetteer
        self._cities_with = cities_with
        self._words = words

    def read(
        self,
        mentions: Sequence[Mention],
        bounds: Sequence[Condition],
        *,
        of_company: bool,
        folded: str = "",
    ) -> tuple[Condition, ...]:
        """Return the conditions, in the order of the question.

        Args:
            mentions: What was found in the question.
            bounds: Bounds set by numbers.
            of_company: Whether a company is named, so that 上市 asks for its listing.
            folded: The question, for what 也要 only adds.
        """
        mentions = _without_additions(mentions, folded)
        pairs = zip(mentions, (None, *mentions), strict=False)
        told = [mention for mention, before in pairs if not _belongs(mention, before)]
        found = [one for mention in told for one in self._conditions(mention, folded)]
        if of_company:
            found = [one for one in found if one.field != "listing"]
        found += [bound for bound in bounds if bound.field != "count"]
        found = _without_contradictions(_without_redundant_listing(found))
        return tuple(dict.fromkeys(self._innermost(found)))

    def _conditions(self, mention: Mention, folded: str) -> Iterator[Condition]:
        values, negated = mention.values, mention.negated
        if mention.kind in _AREA_KINDS:
            field, label = mention.kind.value, "、".join(values)
            yield Condition(field, label, frozenset(values), negated=negated)
        elif mention.kind is Kind.DISTRICT:
            name, cities = values[0], self._cities(values[0])
            yield Condition("district", name, frozenset({name}), cities=cities, negated=negated)
        elif mention.kind is Kind.BATCH:
            numbers = frozenset(int(value) for value in values)
            yield Condition("batch", mention.text, numbers, negated=negated)
        elif mention.kind is Kind.EXCHANGE:
            names = self._words.exchanges[values[0]].names
            yield Condition("exchange", values[0], names, negated=negated)
        elif mention.kind is Kind.SOURCE:
            only = _ONLY.search(folded[: mention.start])
            field = "only_list" if only else "list"
            yield Condition(field, mention.text, frozenset(values), negated=negated)
        elif mention.kind is Kind.VALUE:
            yield from _value_conditions(mention)
        elif mention.kind is Kind.LISTING:
            label = _LISTING_LABELS[values[0]]
            yield Condition("listing", label, frozenset(values), negated=negated)

    def _cities(self, district: str) -> frozenset[str]:
        """Return the cities that have a district of that name; others are ruled out by it."""
        official = {place.city for place in self._gazetteer.find(district) if place.city}
        return frozenset(official) or self._cities_with(district)

    def _innermost(self, conditions: Sequence[Condition]) -> Iterator[Condition]:
        """Yield the conditions without areas that hold another area named: 江苏苏州 means 苏州."""
        wanted = [one for one in conditions if not one.negated]
        cities = {str(value) for one in wanted if one.field == "city" for value in one.values}
        provinces = {self._gazetteer.province_of(city) for city in cities}
        for condition in conditions:
            holds_city = (condition.field == "province" and condition.values & provinces) or (
                condition.field == "region" and self._holds_one(condition.label, cities)
            )
            if condition.negated or not holds_city:
                yield condition

    def _holds_one(self, name: str, cities: set[str]) -> bool:
        region = self._gazetteer.region(name)
        return region is not None and any(
            region.covers(self._gazetteer.province_of(city), city) for city in cities
        )


def _belongs(mention: Mention, before: Mention | None) -> bool:
    """Return whether 上市 only completes the exchange before it: 没在A股上市 is one condition."""
    return (
        mention.kind is Kind.LISTING
        and mention.values[0] == "listed"
        and before is not None
        and before.kind is Kind.EXCHANGE
        and before.end == mention.start
    )


def _value_conditions(mention: Mention) -> Iterator[Condition]:
    """Yield the condition that a text stands in a column of a list's own."""
    field, _, text = mention.values[0].partition(VALUE_MARK)
    yield Condition(field, mention.text, frozenset({text}), negated=mention.negated)


def _without_additions(mentions: Sequence[Mention], folded: str) -> Sequence[Mention]:
    """Drop what a question lets in besides (没上市的也要), unless it says nothing else."""
    kept = [one for one in mentions if not _ADDED.match(folded[one.end :])]
    narrowing = any(one.kind in _NARROWING for one in kept)
    return kept if narrowing else mentions


def _without_contradictions(conditions: list[Condition]) -> list[Condition]:
    """Drop what is both named and ruled out: 全扎堆海淀，有不在海淀的吗 asks for others."""
    out = {(one.field, one.values) for one in conditions if one.negated and one.values}
    return [one for one in conditions if one.negated or (one.field, one.values) not in out]


def _without_redundant_listing(conditions: list[Condition]) -> list[Condition]:
    """Drop 上市 where an exchange is named: 在科创板上市 is one condition."""
    if not any(one.field == "exchange" and not one.negated for one in conditions):
        return conditions
    return [one for one in conditions if not (one.field == "listing" and "listed" in one.values)]
