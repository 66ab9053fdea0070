"""Every stretch of text by which a question may name something of the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from index.companies.merge import name_owners
from index.language.sounds import has_sound, sound_of
from index.places.gazetteer import Gazetteer, Level
from index.regex import regex
from index.schema.facts import remark_of
from index.schema.fields import Field, ValueType, registry
from index.schema.own import column_names
from index.schema.values import host_of, without_code
from index.store.records import Surface
from index.text import fold, plain_heading, split_list
from index.types import Company, CompanyRow, Corpus, ListingStatus

# Fields whose values are names of companies, which have surfaces of their own.
_NAMES = ("name", "alias")

_SHORTEST = 2
_LONGEST_VALUE = 20
_SHORTEST_BRAND = 3
_LONGEST_HONG_KONG = 5

_BRACKETS = regex(r"[(（][^)）]*[)）]")
_BEGINNING = regex(r"^(?:中国|全国|国家级|20\d\d年?度?)+|[\"“”'《》]")
_ENDING = regex(r"(?:清单|名单|榜单|名录|目录|一览表?|综合榜单)$")
_CLASS = regex(r"(?:类)?(?:企业|公司|机构|领域|行业)$")
_DISTRICT_ENDINGS = ("新区", "新城", "区", "县", "市")


def list_name(title: str) -> str:
    """Return what a list is called by its title: 中国互联网企业100强清单 → 互联网企业100强."""
    return _ENDING.sub("", _BEGINNING.sub("", _BRACKETS.sub("", fold(title))))


def surfaces_of(corpus: Corpus, gazetteer: Gazetteer, own: Mapping[str, Field]) -> list[Surface]:
    """Return every surface with each of its meanings once, in order of the surface."""
    rows = [row for company in corpus.companies for row in company.rows]
    rows += [one.row for one in corpus.unresolved]
    found = dict.fromkeys(_company_surfaces(corpus))
    found |= dict.fromkeys(_place_surfaces(rows, gazetteer))
    found |= dict.fromkeys(_value_surfaces(rows, own))
    found |= dict.fromkeys(_remark_surfaces(rows))
    found |= dict.fromkeys(_list_surfaces(corpus))
    found |= dict.fromkeys(_section_surfaces(rows))
    found |= dict.fromkeys(_column_surfaces(own))
    distinct = (Surface(*one) for one in found if one[0])
    return sorted(distinct, key=lambda one: (one.surface, one.kind, one.field, one.value))


_Parts = tuple[str, str, str, str]


def _company_surfaces(corpus: Corpus) -> Iterator[_Parts]:
    for name, owners in name_owners(corpus.companies).items():
        yield from ((name, "company", "", company.id) for company in owners)
        if has_sound(name):
            yield sound_of(name), "sound", "", name
    for unresolved in corpus.unresolved:
        name = fold(unresolved.row.name)
        yield from ((name, "company", "", one) for one in unresolved.candidates)
    for company in corpus.companies:
        yield from _identifiers(company)


def _identifiers(company: Company) -> Iterator[_Parts]:
    """Yield the stock codes of a company and the hosts of its homepages with their brand."""
    for row in company.rows:
        listing = row.facts.listing
        if listing and listing.code:
            code = fold(listing.code)
            forms = {code}
            if code.isdigit() and len(code) <= _LONGEST_HONG_KONG:
                # Codes of Hong Kong are told with four digits or five.
                forms |= {code.lstrip("0").zfill(width) for width in (4, _LONGEST_HONG_KONG)}
            yield from ((form, "code", "", company.id) for form in forms)
        if row.facts.website:
            host = fold(host_of(row.facts.website))
            brand = host.split(".")[0]
            brands = (brand, brand.split("-")[0])
            names = (host, f"www.{host}", *(one for one in brands if len(one) >= _SHORTEST_BRAND))
            yield from ((name, "host", "", company.id) for name in names if host)


def _place_surfaces(rows: Iterable[CompanyRow], gazetteer: Gazetteer) -> Iterator[_Parts]:
    """Yield the places that occur, by their short and their official names."""
    facts = [row.facts for row in rows]
    for kind, level, names in (
        ("city", Level.CITY, {one.city for one in facts if one.city}),
        ("province", Level.PROVINCE, {one.province for one in facts if one.province}),
    ):
        for name in sorted(names):
            yield fold(name), kind, "", name
            for place in gazetteer.find(name):
                if place.short == name and place.level in (level, Level.PROVINCE):
                    yield fold(place.name), kind, "", name
    for district in sorted({one.district for one in facts if one.district}):
        value = fold(district)
        yield value, "district", "", value
        for ending in _DISTRICT_ENDINGS:
            if value.endswith(ending) and len(value) - len(ending) >= _SHORTEST:
                yield value.removesuffix(ending), "district", "", value
                break


def _value_surfaces(rows: Iterable[CompanyRow], own: Mapping[str, Field]) -> Iterator[_Parts]:
    """Yield the short values of columns of words, whole and item by item."""
    for row in rows:
        for field, value in row.values.items():
            if field in _NAMES or not _holds_words(field, own):
                continue
            items = (value.text, *split_list(value.text))
            for text in dict.fromkeys((*items, *map(without_code, items))):
                word = fold(text)
                if _SHORTEST <= len(word) <= _LONGEST_VALUE and not word.isdigit():
                    yield word, "value", field, word
                    if field == "industry" and len(bare := _CLASS.sub("", word)) >= _SHORTEST:
                        yield bare, "value", field, word


def _remark_surfaces(rows: Iterable[CompanyRow]) -> Iterator[_Parts]:
    """Yield what cells say in the place of a listing: 国有企业, 事业单位."""
    for row in rows:
        told = row.values.get("listing")
        if told and row.facts.listing and row.facts.listing.status is ListingStatus.OTHER:
            word = remark_of(row.facts.listing, told.text)
            if _SHORTEST <= len(word) <= _LONGEST_VALUE:
                yield word, "value", "remark", word


def _list_surfaces(corpus: Corpus) -> Iterator[_Parts]:
    for document in corpus.documents:
        core = list_name(document.title)
        names = (fold(document.title), core, core.replace("企业", ""), core.replace("公司", ""))
        for name in dict.fromkeys(names):
            if len(name) >= _SHORTEST:
                yield name, "list", "", document.source


def _section_surfaces(rows: Iterable[CompanyRow]) -> Iterator[_Parts]:
    """Yield the headings that companies stand under, the title of the file left out."""
    headings = {heading for row in rows for heading in row.origin.section[1:]}
    for heading in sorted(headings):
        value = fold(heading)
        plain = fold(plain_heading(heading))
        bare = _BRACKETS.sub("", plain).strip()
        for name in dict.fromkeys((value, plain, bare, _CLASS.sub("", bare))):
            if len(name) >= _SHORTEST:
                yield name, "section", "", value


def _holds_words(field: str, own: Mapping[str, Field]) -> bool:
    """Return whether a condition may name a value of a field: no number, place, code or URL."""
    known = registry().field(field) or own.get(field)
    return known is None or known.type is ValueType.TEXT


def _column_surfaces(own: Mapping[str, Field]) -> Iterator[_Parts]:
    """Yield what columns that only some list has are called: whole, without unit, part by part."""
    for column in sorted(own):
        for name in column_names(column):
            yield name, "column", "", column
