"""The words of questions that hardly depend on the index, with what they mean.

Word lists, places and the thesaurus, and what the few documents and columns of the index are
called. What companies are called, where they are and what they say is looked up in the records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.understanding.types import Kind
from assistant.understanding.words import Words
from index.companies.names import split_list
from index.language.thesaurus import Thesaurus
from index.places.gazetteer import Gazetteer, Level, Place
from index.schema.normalize import fold
from index.store.records import Records
from index.store.surfaces import list_name

# What a surface means when it has several meanings: the first kind in this order.
_PRIORITY = tuple(Kind)

_SHORTEST_COLUMN = 2

# Between the column and the text of a value.
VALUE_MARK = "\x1f"
_SEVERAL_LISTS = 2
LIST_WORDS = ("清单", "名单", "榜单", "榜", "列表", "名录", "清单里", "名单里", "榜单里", "榜上")
_WHEN = re.compile(r"(?P<what>.{2,})(?:时间|日期|年份|年度)")
_UNIT = re.compile(r"[(（][^)）]*[)）]")

Surfaces = Iterator[tuple[str, Kind, str]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a surface stands for; ``values`` has several where it is ambiguous."""

    kind: Kind
    values: tuple[str, ...]


def chosen(kinds: Mapping[Kind, Iterable[str]]) -> Meaning:
    """Return what a surface means that has several meanings."""
    kind = min(kinds, key=_PRIORITY.index)
    return Meaning(kind, tuple(dict.fromkeys(kinds[kind])))


def build_vocabulary(
    records: Records, gazetteer: Gazetteer, thesaurus: Thesaurus, words: Words
) -> Mapping[str, Meaning]:
    """Return every folded surface with its meaning."""
    found: dict[str, dict[Kind, dict[str, None]]] = {}
    sources: tuple[Surfaces, ...] = (
        _word_surfaces(words),
        _column_surfaces(records, words),
        _list_surfaces(records, words),
        _place_surfaces(gazetteer),
        _nicknames(words, gazetteer),
        _representative_surfaces(records),
        ((term, Kind.TOPIC, term) for term in thesaurus.surfaces()),
    )
    for source in sources:
        for surface, kind, value in source:
            if surface:
                found.setdefault(surface, {}).setdefault(kind, {})[value] = None
    return {surface: chosen(kinds) for surface, kinds in found.items()}


def _word_surfaces(words: Words) -> Surfaces:
    for field, surfaces in words.fields.items():
        yield from ((surface, Kind.FIELD, field) for surface in surfaces)
    for cue, surfaces in words.cues.items():
        yield from ((surface, Kind.CUE, cue) for surface in surfaces)
    for label, exchange in words.exchanges.items():
        yield from ((surface, Kind.EXCHANGE, label) for surface in exchange.words)
    yield from ((surface, Kind.LISTING, "listed") for surface in words.listed)
    yield from ((surface, Kind.LISTING, "unlisted") for surface in words.unlisted)
    yield from ((surface, Kind.LISTING, "other") for surface in words.nonprofit)
    yield from ((surface, Kind.ABSENT, surface) for surface in words.absent)
    yield from ((surface, Kind.NEGATION, surface) for surface in words.negating)
    yield from ((surface, Kind.FILLER, surface) for surface in words.filler)


def _column_surfaces(records: Records, words: Words) -> Surfaces:
    """Yield the names of columns that only some list has: whole, without unit, part by part.

    What is usually in no list (融资, 创始人) is a field where a column is about it.
    """
    for column in (one.key for one in records.fields() if one.own):
        plain = fold(_UNIT.sub("", column))
        for name in dict.fromkeys((fold(column), plain, *plain.split("/"))):
            if len(name) >= _SHORTEST_COLUMN:
                yield name, Kind.FIELD, column
        yield from ((word, Kind.FIELD, column) for word in words.absent if word in plain)
        for about, others in words.columns.items():
            yield from ((other, Kind.FIELD, column) for other in others if about in plain)
        if match := _WHEN.fullmatch(plain):
            for asked in ("什么时候", "哪年", "哪一年", "何时", "几时"):
                yield f"{asked}{match['what']}", Kind.FIELD, column


def _list_surfaces(records: Records, words: Words) -> Surfaces:
    """Yield the names of lists, where there are several: 瞪羚清单, 民营500强.

    What companies are called for being in one (瞪羚, 小巨人) names it even without 清单.
    """
    documents = records.documents()
    if len(documents) < _SEVERAL_LISTS:
        return
    for document in documents:
        core = list_name(document.title)
        for name in dict.fromkeys((core, core.replace("企业", ""), core.replace("公司", ""))):
            endings = (*LIST_WORDS, *(f"企业{word}" for word in LIST_WORDS))
            if name.endswith("强"):
                yield name, Kind.SOURCE, document.source
            if len(name) >= _SHORTEST_COLUMN:
                yield from ((f"{name}{ending}", Kind.SOURCE, document.source) for ending in endings)
        for title in words.titles:
            if title in core:
                yield title, Kind.SOURCE, document.source
                yield f"{title}企业", Kind.SOURCE, document.source
                for ending in LIST_WORDS:
                    yield f"{title}{ending}", Kind.SOURCE, document.source


def _place_surfaces(gazetteer: Gazetteer) -> Surfaces:
    """Yield all places of China; of districts only those with an official name."""
    for surface, places in gazetteer.surfaces().items():
        for kind, value in _readings(surface, places):
            yield fold(surface), kind, value
    for surface, region in gazetteer.region_surfaces().items():
        yield fold(surface), Kind.REGION, region.name


def _nicknames(words: Words, gazetteer: Gazetteer) -> Surfaces:
    for name, others in words.nicknames.items():
        for kind, value in _readings(name, gazetteer.find(name)):
            yield from ((other, kind, value) for other in others)


def _readings(surface: str, places: tuple[Place, ...]) -> Iterator[tuple[Kind, str]]:
    highest = places[0]
    if highest.city == highest.short and highest.level is not Level.DISTRICT:
        yield Kind.CITY, highest.short
    elif highest.level is Level.PROVINCE:
        yield Kind.PROVINCE, highest.short
    else:
        for place in places:
            if surface == place.name or place.name == f"{surface}市":
                yield Kind.DISTRICT, place.name


def _representative_surfaces(records: Records) -> Surfaces:
    """Yield the names of the representative companies of places; some are no company here."""
    for row in records.statistics():
        value = row.values.get("representatives")
        for name in split_list(value.text if value else ""):
            yield fold(name), Kind.REPRESENTATIVE, name
