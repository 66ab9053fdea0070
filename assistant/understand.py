"""A question as a query: what was mentioned, which conditions that makes, and what is wanted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.linker import Linker, leftovers
from assistant.topics import TopicMatcher
from assistant.types import Condition, Intent, Kind, Mention, Query, Topic
from assistant.words import Words
from index.normalize import fold, parse_integer
from index.places import Gazetteer
from index.segment import Segmenter

_AREA_KINDS = (Kind.CITY, Kind.PROVINCE, Kind.REGION)
_CONTENT = re.compile(r"[\u3400-\u9fff]{2,}|[a-z][a-z0-9+.-]+")

# Fields of a company that a condition on it asks about: 敏芯微在科创板上市吗 asks for the listing.
_FIELD_OF_CONDITION = {"exchange": "listing", "region": "city"}

# Questions about the programme that also hold a condition need this many words about it.
_RULE_WORDS_WITH_CONDITIONS = 2


@dataclass(frozen=True, slots=True)
class _TopicWord:
    """A word of the topic: where it starts, its folded text, and whether any row holds it."""

    start: int
    text: str
    known: bool

    def of(self, written: str) -> str:
        return written[self.start : self.start + len(self.text)]


class Understanding:
    """Turns questions into queries.

    Args:
        linker: Links stretches to values of the index.
        topics: Knows which words the company rows hold.
        segmenter: Cuts what the linker leaves over.
        gazetteer: Knows which place lies in which.
        words: Patterns and fillers.
        districts: The districts of the index with the cities they lie in.
    """

    def __init__(
        self,
        linker: Linker,
        topics: TopicMatcher,
        segmenter: Segmenter,
        gazetteer: Gazetteer,
        words: Words,
        districts: Mapping[str, frozenset[str]],
    ) -> None:
        self._linker = linker
        self._topics = topics
        self._segmenter = segmenter
        self._gazetteer = gazetteer
        self._words = words
        self._districts = districts

    def understand(self, text: str) -> Query:
        """Return the query that ``text`` makes on its own, without the dialogue so far."""
        folded = fold(text)
        mentions = self._linker.link(text)
        companies = tuple(m.values for m in mentions if m.kind is Kind.COMPANY)
        conditions = self._conditions(mentions, asks_company=bool(companies))
        fields = _values(mentions, Kind.FIELD)
        cues = frozenset(_values(mentions, Kind.CUE))
        topic = Topic() if "out_of_scope" in cues else self._topic(text, folded, mentions)
        representatives = _values(mentions, Kind.REPRESENTATIVE)
        named = bool(companies or representatives)
        intent = _intent(mentions, conditions, topic, fields, named)
        unknown_name = "" if named else _unknown_name(intent, fields, topic)
        return Query(
            text=text,
            folded=folded,
            intent=Intent.LOOKUP if unknown_name else intent,
            companies=tuple(dict.fromkeys(companies)),
            representatives=representatives,
            conditions=conditions,
            topic=Topic() if intent is Intent.FAQ else topic,
            fields=fields or _asked_by_condition(companies, conditions),
            cues=cues,
            unknown_name=unknown_name,
        )

    def _conditions(
        self, mentions: Sequence[Mention], *, asks_company: bool
    ) -> tuple[Condition, ...]:
        found: list[Condition] = []
        for mention in mentions:
            if mention.kind in _AREA_KINDS:
                label = "、".join(mention.values)
                found.append(Condition(mention.kind.value, label, frozenset(mention.values)))
            elif mention.kind is Kind.DISTRICT:
                found.append(self._district(mention.values[0]))
            elif mention.kind is Kind.BATCH:
                found.append(Condition("batch", mention.text, frozenset({int(mention.values[0])})))
            elif mention.kind is Kind.EXCHANGE:
                label = mention.values[0]
                found.append(Condition("exchange", label, self._words.exchanges[label].names))
            elif mention.kind is Kind.LISTING and not asks_company:
                label = "未上市" if mention.values[0] == "unlisted" else "已上市"
                found.append(Condition("listing", label, frozenset(mention.values)))
            elif mention.kind in (Kind.FOUNDED, Kind.HEADCOUNT):
                found.append(self._range(mention))
        found = _without_redundant_listing(found)
        return tuple(dict.fromkeys(self._innermost(found)))

    def _district(self, name: str) -> Condition:
        """Return the condition on a district, which also rules out every other city."""
        official = {place.city for place in self._gazetteer.find(name) if place.city}
        cities = frozenset(official) | self._districts.get(name, frozenset())
        return Condition("district", name, frozenset({name}), cities=cities)

    def _range(self, mention: Mention) -> Condition:
        pattern = self._words.ranges[int(mention.values[0])]
        match = pattern.pattern.fullmatch(mention.text)
        groups = match.groupdict() if match else {}
        number = {name: parse_integer(text) for name, text in groups.items() if text}
        low, high = number.get("low"), number.get("high")
        if (after := number.get("after")) is not None:
            low = after + 1
        if (before := number.get("before")) is not None:
            high = before - 1
        if (year := number.get("year")) is not None:
            low = high = year
        return Condition(pattern.field, mention.text, low=low, high=high)

    def _innermost(self, conditions: Sequence[Condition]) -> Iterator[Condition]:
        """Yield the conditions without areas that hold another area named: 江苏苏州 means 苏州."""
        cities = {str(value) for one in conditions if one.field == "city" for value in one.values}
        provinces = {self._gazetteer.province_of(city) for city in cities}
        for condition in conditions:
            if condition.field == "province" and condition.values & provinces:
                continue
            if condition.field == "region" and self._holds_one(condition.label, cities):
                continue
            yield condition

    def _holds_one(self, name: str, cities: set[str]) -> bool:
        region = self._gazetteer.region(name)
        return region is not None and any(
            region.covers(self._gazetteer.province_of(city), city) for city in cities
        )

    def _topic(self, text: str, folded: str, mentions: Sequence[Mention]) -> Topic:
        """Return what remains: linked topic words, and words that nothing links."""
        found = [_TopicWord(m.start, m.text, known=True) for m in mentions if m.kind is Kind.TOPIC]
        for start, stretch in leftovers(folded, tuple(mentions)):
            found.extend(
                _TopicWord(start + stretch.find(word), word, self._topics.knows(word))
                for word in self._content_words(stretch)
            )
        words = sorted(found, key=lambda word: word.start)
        known = list({word.text: word for word in words if word.known}.values())
        written = _as_written(text, folded)
        return Topic(
            terms=tuple(word.text for word in known),
            labels=tuple(word.of(written) for word in known),
            phrase="".join(word.of(written) for word in words),
            unknown=tuple(dict.fromkeys(word.text for word in words if not word.known)),
            either=_joined(folded, words, self._words.either),
        )

    def _content_words(self, stretch: str) -> list[str]:
        """Return the words of a stretch that nothing links; most stretches need no segmenter."""
        if not _CONTENT.search(stretch):
            return []
        return [
            word
            for word in self._segmenter.words(stretch)
            if _CONTENT.fullmatch(word) and word not in self._words.filler
        ]


def _values(mentions: Sequence[Mention], kind: Kind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for m in mentions if m.kind is kind for v in m.values))


def _without_redundant_listing(conditions: list[Condition]) -> list[Condition]:
    """Drop 上市 where an exchange is named: 在科创板上市 is one condition."""
    if not any(condition.field == "exchange" for condition in conditions):
        return conditions
    return [c for c in conditions if not (c.field == "listing" and "listed" in c.values)]


def _as_written(text: str, folded: str) -> str:
    """Return the question with its capitals, where folding kept every character in its place."""
    written = unicodedata.normalize("NFKC", text).strip()
    return written if len(written) == len(folded) else folded


def _joined(folded: str, words: Sequence[_TopicWord], either: Sequence[str]) -> bool:
    """Return whether 或, 和 or the like stands between two neighbouring topic words."""
    gaps = (folded[one.start + len(one.text) : two.start] for one, two in pairwise(words))
    return any(gap.strip() in either for gap in gaps)


def _asked_by_condition(
    companies: Sequence[tuple[str, ...]], conditions: Sequence[Condition]
) -> tuple[str, ...]:
    if not companies:
        return ()
    fields = (_FIELD_OF_CONDITION.get(one.field, one.field) for one in conditions)
    return tuple(dict.fromkeys(fields))


def _intent(
    mentions: Sequence[Mention],
    conditions: Sequence[Condition],
    topic: Topic,
    fields: Sequence[str],
    named: bool,  # noqa: FBT001 - one of several facts, not a switch
) -> Intent:
    """Return what is wanted; the order of the questions is the order of precedence."""
    cues = [value for m in mentions if m.kind is Kind.CUE for value in m.values]
    areas = [one for one in conditions if one.field in ("city", "province", "region")]
    if "out_of_scope" in cues:
        return Intent.OTHER
    if named:
        return Intent.LOOKUP if fields or conditions else Intent.PROFILE
    if "help" in cues and not (conditions or topic.terms or fields):
        return Intent.HELP
    if _about_rules(cues, conditions, topic):
        return Intent.FAQ
    if areas and ({"statistics_domains", "statistics_representatives"} & set(cues)):
        return Intent.STATS
    if "count" in cues:
        only_area = len(areas) == len(conditions) and not topic
        return Intent.STATS if only_area else Intent.COUNT
    if conditions or topic or {"list", "company"} & set(cues):
        return Intent.LIST
    return Intent.LOOKUP if fields else Intent.OTHER


def _about_rules(cues: Sequence[str], conditions: Sequence[Condition], topic: Topic) -> bool:
    if "rules_all" in cues:
        return True
    needed = _RULE_WORDS_WITH_CONDITIONS if conditions or topic.terms else 1
    return cues.count("rules") >= needed


def _unknown_name(intent: Intent, fields: Sequence[str], topic: Topic) -> str:
    """Return the name of a company nobody knows: 华为的股票代码 leaves 华为 unlinked."""
    if not fields or intent not in (Intent.LIST, Intent.LOOKUP) or not topic.unknown:
        return ""
    return topic.phrase
