"""Every word that a question can be linked to, with what it means in this index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.sections import SECTION, naming, stands_under
from assistant.types import MISSING_LIST, Kind
from assistant.understanding.columns import is_own_column
from assistant.understanding.words import Words
from index.companies.merge import name_owners
from index.companies.names import split_list
from index.language.thesaurus import Thesaurus
from index.places.gazetteer import Gazetteer, Level, Place
from index.schema.fields import registry
from index.schema.normalize import fold, host_of, parse_year
from index.store.chunks import TOPIC_FIELDS
from index.types import Company, Corpus

# What a surface means when it has several meanings: the first kind in this order.
_PRIORITY = tuple(Kind)

_LONGEST_TOPIC = 20

_DISTRICT_SUFFIXES = ("新区", "新城", "区", "县")
_SHORTEST_BRAND = 3
_SHORTEST_COLUMN = 2
_LONGEST_VALUE = 10
_CLASS = re.compile(r"(?:类)?(?:企业|公司|机构|领域|行业)$")

# Between the column and the text of a value.
VALUE_MARK = "\x1f"
_SEVERAL_LISTS = 2
_LIST_WORDS = ("清单", "名单", "榜单", "榜", "列表", "名录", "清单里", "名单里", "榜单里", "榜上")
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_WHEN = re.compile(r"(?P<what>.{2,})(?:时间|日期|年份|年度)")
_COMPANY_WORD = re.compile("企业|公司|中国")
_UNIT = re.compile(r"[(（][^)）]*[)）]")

_LONGEST_HONG_KONG = 5
_BEFORE_CODE = ("代码", "代码是", "代码为", "代号", "code ", "ticker ", "sh", "sz", "hk", "股票")
_AFTER_CODE = (".sh", ".sz", ".hk", ".bj", ".ss")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a surface stands for; ``values`` has several where it is ambiguous."""

    kind: Kind
    values: tuple[str, ...]


def build_lexicon(
    corpus: Corpus, gazetteer: Gazetteer, thesaurus: Thesaurus, words: Words
) -> Mapping[str, Meaning]:
    """Return every folded surface with its meaning."""
    found: dict[str, dict[Kind, dict[str, None]]] = {}
    sources: tuple[Iterable[tuple[str, Kind, str]], ...] = (
        _word_surfaces(words),
        _column_surfaces(corpus, words),
        _list_surfaces(corpus, words),
        _missing_surfaces(corpus, words),
        _section_surfaces(corpus, words),
        _place_surfaces(corpus, gazetteer),
        _nicknames(words, gazetteer),
        _company_surfaces(corpus.companies),
        _unresolved_surfaces(corpus),
        _representative_surfaces(corpus),
        ((term, Kind.TOPIC, term) for term in _topic_terms(corpus, thesaurus)),
        _value_surfaces(corpus),
    )
    for source in sources:
        for surface, kind, value in source:
            if surface:
                found.setdefault(surface, {}).setdefault(kind, {})[value] = None
    return {surface: _chosen(kinds) for surface, kinds in found.items()}


def _chosen(kinds: Mapping[Kind, Mapping[str, None]]) -> Meaning:
    kind = min(kinds, key=_PRIORITY.index)
    return Meaning(kind, tuple(kinds[kind]))


def _word_surfaces(words: Words) -> Iterator[tuple[str, Kind, str]]:
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


def _column_surfaces(corpus: Corpus, words: Words) -> Iterator[tuple[str, Kind, str]]:
    """Yield the names of columns that only some list has: whole, without unit, part by part.

    What is usually in no list (融资, 创始人) is a field where a column is about it.
    """
    columns = {
        field for company in corpus.companies for row in company.rows for field in row.values
    }
    for column in sorted(filter(is_own_column, columns)):
        plain = fold(_UNIT.sub("", registry().label(column)))
        for name in dict.fromkeys((fold(column), plain, *plain.split("/"))):
            if len(name) >= _SHORTEST_COLUMN:
                yield name, Kind.FIELD, column
        yield from ((word, Kind.FIELD, column) for word in words.absent if word in plain)
        for about, others in words.columns.items():
            yield from ((other, Kind.FIELD, column) for other in others if about in plain)
        if match := _WHEN.fullmatch(plain):
            for asked in ("什么时候", "哪年", "哪一年", "何时", "几时"):
                yield f"{asked}{match['what']}", Kind.FIELD, column


def _list_surfaces(corpus: Corpus, words: Words) -> Iterator[tuple[str, Kind, str]]:
    """Yield the names of lists, where there are several: 瞪羚清单, 民营500强.

    What companies are called for being in one (瞪羚, 小巨人) names it even without 清单.
    """
    if len(corpus.documents) < _SEVERAL_LISTS:
        return
    for document in corpus.documents:
        core = list_name(document.title)
        for name in dict.fromkeys((core, core.replace("企业", ""), core.replace("公司", ""))):
            endings = (*_LIST_WORDS, *(f"企业{word}" for word in _LIST_WORDS))
            if name.endswith("强"):
                yield name, Kind.SOURCE, document.source
            if len(name) >= _SHORTEST_COLUMN:
                yield from ((f"{name}{ending}", Kind.SOURCE, document.source) for ending in endings)
        for title in words.titles:
            if title in core:
                yield title, Kind.SOURCE, document.source
                yield f"{title}企业", Kind.SOURCE, document.source
                for ending in _LIST_WORDS:
                    yield f"{title}{ending}", Kind.SOURCE, document.source


def _section_surfaces(corpus: Corpus, words: Words) -> Iterator[tuple[str, Kind, str]]:
    """Yield the names of parts of lists: 国际企业 where companies stand below such a heading."""
    sections = _sections(corpus)
    parts = [word for word in words.parts if any(stands_under(one, word) for one in sections)]
    nearest = [("", *section[1:][-1:]) for section in sections]
    titles = _COMPANY_WORD.sub("", fold("\n".join(one.title for one in corpus.documents)))
    parts += [
        word
        for word in words.titles_apart
        if word not in titles and any(stands_under(one, word) for one in nearest)
    ]
    for word in parts:
        for ending in ("", "企业", "公司", "机构", *_LIST_WORDS):
            yield f"{word}{ending}", Kind.VALUE, f"{SECTION}{VALUE_MARK}{word}"


def _missing_surfaces(corpus: Corpus, words: Words) -> Iterator[tuple[str, Kind, str]]:
    """Yield the names of lists that no source is, nor part of one, nor says in a cell: 独角兽."""
    cells = [row.values for company in corpus.companies for row in company.rows]
    cells += [row.values for row in corpus.statistics]
    said = {document.title for document in corpus.documents}
    said |= {section[-1] for section in _sections(corpus) if section}
    said |= {value.text for row in cells for value in row.values()}
    known = _COMPANY_WORD.sub("", fold("\n".join(said)))
    for title in words.titles_apart:
        if not naming(_COMPANY_WORD.sub("", title)).search(known):
            bare = title.removesuffix("企业")
            for ending in ("", "企业", *_LIST_WORDS, *(f"企业{word}" for word in _LIST_WORDS)):
                yield f"{bare}{ending}", Kind.SOURCE, MISSING_LIST


def _sections(corpus: Corpus) -> set[tuple[str, ...]]:
    return {row.origin.section for company in corpus.companies for row in company.rows}


def list_name(title: str) -> str:
    """Return what a list is called by its title: 中国互联网企业100强清单 → 互联网企业100强."""
    plain = _BRACKETS.sub("", fold(title))
    plain = re.sub(r"^(?:中国|全国|国家级|20\d\d年?度?)+|[\"“”'《》]", "", plain)
    return re.sub(r"(?:清单|名单|榜单|名录|目录|一览表?|综合榜单)$", "", plain)


def _value_surfaces(corpus: Corpus) -> Iterator[tuple[str, Kind, str]]:
    """Yield the short texts of columns that only some list has, each with its column: D轮.

    A heading that classifies companies counts as one, without its last word: 美国企业.
    """
    for company in corpus.companies:
        for row in company.rows:
            for field, value in row.values.items():
                if field != "industry" and not is_own_column(field):
                    continue
                for text in split_list(value.text):
                    word = fold(_CLASS.sub("", text) if field == "industry" else text)
                    if _SHORTEST_COLUMN <= len(word) <= _LONGEST_VALUE and not word.isdigit():
                        yield word, Kind.VALUE, f"{field}{VALUE_MARK}{word}"


def _place_surfaces(corpus: Corpus, gazetteer: Gazetteer) -> Iterator[tuple[str, Kind, str]]:
    """Yield places: all of China's, and the districts that the index itself names.

    A short district name (朝阳) counts only where the index has that district: most of them
    are ordinary words, or the names of other places too.
    """
    for surface, places in gazetteer.surfaces().items():
        for kind, value in _readings(surface, places):
            yield fold(surface), kind, value
    for surface, region in gazetteer.region_surfaces().items():
        yield fold(surface), Kind.REGION, region.name
    for district in districts_of(corpus):
        yield fold(district), Kind.DISTRICT, district
        for suffix in _DISTRICT_SUFFIXES:
            short = district.removesuffix(suffix)
            if len(short) >= 2 and short != district:
                yield fold(short), Kind.DISTRICT, district
                break


def _nicknames(words: Words, gazetteer: Gazetteer) -> Iterator[tuple[str, Kind, str]]:
    for name, others in words.nicknames.items():
        for kind, value in _readings(name, gazetteer.find(name)):
            yield from ((other, kind, value) for other in others)


def districts_of(corpus: Corpus) -> dict[str, frozenset[str]]:
    """Return the districts that rows name, with the cities of those rows."""
    cities: dict[str, set[str]] = {}
    for company in corpus.companies:
        for row in company.rows:
            if row.facts.district:
                found = cities.setdefault(row.facts.district, set())
                found |= {row.facts.city} if row.facts.city else set()
    return {district: frozenset(found) for district, found in cities.items()}


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


def _company_surfaces(companies: Iterable[Company]) -> Iterator[tuple[str, Kind, str]]:
    """Yield names, aliases, stock codes, and the hosts of homepages with their brand."""
    companies = tuple(companies)
    for name, owners in name_owners(companies).items():
        yield from ((name, Kind.COMPANY, company.id) for company in owners)
    for company in companies:
        for row in company.rows:
            listing = row.facts.listing
            if listing and listing.code:
                for surface in _code_surfaces(fold(listing.code), fold(listing.exchange or "")):
                    yield surface, Kind.COMPANY, company.id
            if row.facts.website:
                host = fold(host_of(row.facts.website))
                yield host, Kind.COMPANY, company.id
                yield f"www.{host}", Kind.COMPANY, company.id
                brand = host.split(".")[0]
                for name in dict.fromkeys((brand, brand.split("-")[0])):
                    if len(name) >= _SHORTEST_BRAND:
                        yield name, Kind.COMPANY, company.id


def _code_surfaces(code: str, exchange: str) -> Iterator[str]:
    """Yield the forms of a stock code; Hong Kong codes are told with four digits or five."""
    forms = {code}
    if code.isdigit() and len(code) <= _LONGEST_HONG_KONG:
        forms |= {code.lstrip("0").zfill(width) for width in (4, _LONGEST_HONG_KONG)}
    for form in sorted(forms):
        # One that looks like a year only counts with a word for it.
        if parse_year(form) is None:
            yield form
        yield from (f"{word}{form}" for word in _BEFORE_CODE)
        yield from (f"{exchange}{mark}{form}" for mark in (":", "", " "))
        yield from (f"{form}{market}" for market in _AFTER_CODE)


def _unresolved_surfaces(corpus: Corpus) -> Iterator[tuple[str, Kind, str]]:
    """Yield the names of rows that fit several companies: such a name may mean any of them."""
    for unresolved in corpus.unresolved:
        for company_id in unresolved.candidates:
            yield fold(unresolved.row.name), Kind.COMPANY, company_id


def _representative_surfaces(corpus: Corpus) -> Iterator[tuple[str, Kind, str]]:
    """Yield names that stand only among the representative companies of a region."""
    known = name_owners(corpus.companies)
    for region in corpus.regions:
        value = region.values.get("representatives")
        for name in split_list(value.text if value else ""):
            if fold(name) not in known:
                yield fold(name), Kind.REPRESENTATIVE, name


def _topic_terms(corpus: Corpus, thesaurus: Thesaurus) -> Iterator[str]:
    yield from thesaurus.surfaces()
    for company in corpus.companies:
        for field in TOPIC_FIELDS:
            for value in company.values(field):
                for text in (value.text, *split_list(value.text)):
                    term = fold(text)
                    if 2 <= len(term) <= _LONGEST_TOPIC:
                        yield term
