"""What the store at hand adds to the vocabulary besides its indexed surfaces.

Districts and exchanges as the lists write them, headings without what they end in, and which fields
there are: everything here is small, whatever the number of companies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from sqlalchemy import func, select

from assistant.parsing.cells import holders, parts_of_addresses
from assistant.parsing.documents import RuleDocuments
from assistant.parsing.spans import Category
from assistant.parsing.titles import trade_of
from assistant.predicates import alternative
from assistant.query import In, Not, Predicate
from index.places.gazetteer import Gazetteer, Level
from index.regex import regex
from index.schema.fields import ValueType, registry
from index.store import tables
from index.store.records import Records, StoredField
from index.text import fold, plain_heading
from index.types import Company

_BRACKETS = regex(r"[(（][^)）]*[)）]")
_LISTING = regex(r"(?:列表|名单|清单|名录|一览表?)$")
_COMPANIES = regex(r"(?:企业|公司|机构|厂商)$")
_EXCHANGE = regex(r"(?:证券)?交易所$")
_HERE = ("中国", "国内", "本土", "内资")
_ABROAD = ("国际", "海外", "国外", "境外", "外资")
_ENDINGS = ("", "企业", "公司", "机构", "厂商")
_LISTS = ("", "名单", "清单", "榜单", "名录")
_UNIT = regex(r"[(（][^()（）]*[)）]")
# The second column of one header: 联系时间 2.
_NUMBERED = regex(r" \d$")
# What the header of a column of dates ends in.
_DATES = ("时间", "日期", "年份", "年度", "年")
_SHORTEST = 2
# The end of a header that names it.
_SHORTEST_END = 3
# Headings of stages and sizes are said with any of these: 成长期 for 成长型企业.
_STAGES = ("型", "期", "阶段", "级", "类")
# What the headings of a list say of how it is arranged, not of companies.
_ARRANGED = regex(r"^按|分类|排序|排名|分布|维度|列表$|清单$|名单$")
_LONGEST_HEADING = 12
# More headings than this are the names of companies with a section of their own.
_MOST = 2_000

Meaning = tuple[str, tuple[Category, Predicate, str]]


class Known:
    """Reads the store's own words."""

    def __init__(self, records: Records, gazetteer: Gazetteer) -> None:
        self._records = records
        self._gazetteer = gazetteer

    @cached_property
    def fields(self) -> tuple[StoredField, ...]:
        """The fields that the sources have."""
        return tuple(self._records.fields())

    @cached_property
    def cities(self) -> frozenset[str]:
        """Short names of the cities that companies are in."""
        return frozenset(self._texts("city"))

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        return tuple(fold(one.title) for one in self._records.documents())

    @cached_property
    def _trades(self) -> tuple[str, ...]:
        """What the titles of the lists are about, with their places."""
        return tuple(trade_of(one.title) for one in self._records.documents())

    @cached_property
    def titles(self) -> dict[str, str]:
        """Folded titles of the lists by source."""
        return {one.source: fold(one.title) for one in self._records.documents()}

    @property
    def populated(self) -> bool:
        """Whether the sources hold any company."""
        return any(one.companies for one in self.fields)

    @cached_property
    def regulations(self) -> RuleDocuments:
        """The rule documents."""
        return RuleDocuments(self._records.documents(), self._gazetteer)

    def titled(self, word: str) -> bool:
        """Return whether every list says a word in its title, so that it narrows nothing."""
        return bool(self._titles) and all(word in title for title in self._titles)

    @cached_property
    def ranking(self) -> str | None:
        """The column by which a list ranks its companies, if one does."""
        told = [one for one in self.fields if one.own and "排名" in one.key]
        return max(told, key=lambda one: one.companies).key if told else None

    @cached_property
    def latest_batch(self) -> int | None:
        """The latest batch that any company is of."""
        facts = tables.facts
        found = self._records.fetch(select(func.max(facts.c.high)).where(facts.c.field == "batch"))
        return int(found[0][0]) if found and found[0][0] is not None else None

    def namesakes(self, company: Company) -> tuple[str, ...]:
        """Return the ids of further companies that share a name with one."""
        name = fold(company.name)
        stretches = {
            name[start:end]
            for start in range(len(name))
            for end in range(start + _SHORTEST, len(name) + 1)
        }
        found = self._records.surfaces([*stretches, *map(fold, company.aliases)]).values()
        ids = (one.value for told in found for one in told if one.kind == "company")
        return tuple(dict.fromkeys(one for one in ids if one != company.id))

    def telling(self, ids: Sequence[str], fields: Sequence[str]) -> tuple[str, ...]:
        """Return those of some companies whose rows tell any of some fields, in their order."""
        numbers = self._records.numbers(ids)
        found = self._records.companies(numbers[one] for one in ids if one in numbers)
        return tuple(one.id for one in found if any(_tells(one, field) for field in fields))

    def columns_with(self, stretch: str) -> tuple[str, ...]:
        """Return the lists' own columns of words with a cell that holds a stretch."""
        return tuple(key for key, cells in self._cells.items() if any(stretch in c for c in cells))

    @cached_property
    def _cells(self) -> dict[str, list[str]]:
        """The cells of such columns that are few enough to be read for each question."""
        own = (one.key for one in self.fields if one.own and one.type == ValueType.TEXT)
        told = {key: self._texts(key) for key in own}
        return {key: cells for key, cells in told.items() if len(cells) < _MOST}

    def _texts(self, field: str) -> list[str]:
        facts = tables.facts
        statement = (
            select(facts.c.text)
            .where(facts.c.relation == "companies", facts.c.field == field)
            .distinct()
            .limit(_MOST)
        )
        return [text for (text,) in self._records.fetch(statement) if text]

    def codes(self, beginning: str) -> tuple[str, ...]:
        """Return the codes of shares that begin with some digits."""
        facts = tables.facts
        statement = (
            select(facts.c.text)
            .where(facts.c.field == "code", facts.c.text.startswith(beginning, autoescape=True))
            .distinct()
        )
        return tuple(sorted(text for (text,) in self._records.fetch(statement)))

    def called(self, name: str) -> str | None:
        """Return the one company whose names begin with a folded short name; None for several."""
        surfaces = tables.surfaces
        statement = (
            select(surfaces.c.value)
            .where(
                surfaces.c.kind == "company", surfaces.c.surface.startswith(name, autoescape=True)
            )
            .distinct()
            .limit(2)
        )
        found = self._records.fetch(statement)
        return str(found[0][0]) if len(found) == 1 else None

    @cached_property
    def headers(self) -> Mapping[str, Sequence[str]]:
        """The lists' own columns by what they are headed with: 创始人/CEO is 创始人 too.

        A header is called by its end as well, where no other ends so: 总股本 of A股总股本.
        """
        found: dict[str, list[str]] = {}
        ends: dict[str, list[str]] = {}
        for field in (one for one in self.fields if one.own):
            plain = _UNIT.sub("", header := fold(field.key))
            for name in dict.fromkeys((header, plain, _NUMBERED.sub("", plain), *plain.split("/"))):
                if len(name) >= _SHORTEST:
                    found.setdefault(name, []).append(field.key)
            for start in range(1, len(plain) - _SHORTEST_END + 1):
                ends.setdefault(plain[start:], []).append(field.key)
        unique = {end: keys for end, keys in ends.items() if len(keys) == 1 and end.isalpha()}
        return unique | found

    @cached_property
    def dated(self) -> Mapping[str, str]:
        """Columns of dates by what happened then: 晋升 for 晋升时间, 上市 for A股上市日期."""
        return {
            name.removesuffix(end): columns[0]
            for name, columns in self.headers.items()
            for end in _DATES
            if name.endswith(end) and len(name) - len(end) >= _SHORTEST
        }

    def meanings(self) -> Iterator[Meaning]:
        """Yield the surfaces that the store adds, with what they mean."""
        yield from self._districts()
        yield from self._exchanges()
        yield from self._sections()
        if len(addresses := self._texts("address")) < _MOST:
            yield from parts_of_addresses(addresses)
        if len(remarks := self._texts("remark")) < _MOST:
            yield from holders(remarks)

    @cached_property
    def addressed(self) -> bool:
        """Whether all companies are in one city and have addresses: 在哪 asks for those."""
        told = {one.key: one.companies for one in self.fields}
        return len(self.cities) == 1 and 0 < told.get("city", 0) <= told.get("address", 0)

    def _districts(self) -> Iterator[Meaning]:
        """Yield the districts of the cities that companies are in, by official and short name."""
        for place in self._gazetteer.places:
            if place.level is Level.DISTRICT and place.city in self.cities:
                for name in dict.fromkeys((place.name, place.short)):
                    if len(name) >= _SHORTEST:
                        predicate = self.district(fold(place.name), fold(place.short))
                        yield fold(name), (Category.DISTRICT, predicate, "district.known")

    def district(self, name: str, short: str = "") -> Predicate:
        """Return the condition that a company lies in a district, by its column or its address."""
        # Cells say 昆山 too.
        written = (short,) if short in self._told_districts else ()
        value = In("district", (name, *written), name)
        if not any(one.key == "address" for one in self.fields):
            return value
        return alternative((value, In("address", (short or name,), name, contains=True)))

    @cached_property
    def _told_districts(self) -> frozenset[str]:
        return frozenset(self._texts("district"))

    def _exchanges(self) -> Iterator[Meaning]:
        for text in self._texts("exchange"):
            predicate = In("exchange", (text,), text)
            for name in dict.fromkeys((text, _EXCHANGE.sub("", text))):
                if len(name) >= _SHORTEST and not self._gazetteer.find(name):
                    yield name, (Category.EXCHANGE, predicate, "exchange.known")
            place = _EXCHANGE.sub("", text)
            for ending in ("上市", "交易所上市", "挂牌"):
                yield f"{place}{ending}", (Category.EXCHANGE, predicate, "exchange.known")

    def _sections(self) -> Iterator[Meaning]:
        """Yield headings without what they end in: 2. 中国企业列表 is asked for as 中国公司."""
        yield from _domestic(list(self._headings))
        for value in self._headings:
            yield from self._heading(value)

    def headed(self, kind: str) -> tuple[str, ...]:
        """Return the headings that say nothing but a kind of companies: 准独角兽（估值5亿美元）."""
        return tuple(value for value in self._headings if _core(value) == kind)

    @cached_property
    def _headings(self) -> tuple[str, ...]:
        headings = self._texts("section")
        return tuple(headings) if len(headings) < _MOST else ()

    def heading_of(self, word: str) -> tuple[str, ...]:
        """Return the headings of companies that hold a folded word: 亚洲 of 亚洲其他国家企业."""
        told = {value: _bare(value) for value in self._headings}
        return tuple(
            value
            for value, bare in told.items()
            if word in bare and _COMPANIES.search(bare) and not _ARRANGED.search(bare)
        )

    def _heading(self, value: str) -> Iterator[Meaning]:
        """Yield what the companies under a heading are called, with the trade of the list or not.

        青岛物联网初创企业 are the 初创企业 of a list of 青岛物联网企业.
        """
        bare, whole = _bare(value), _core(value)
        if whole == bare:
            return
        within = (whole.removeprefix(name) for name in self._trades if whole.startswith(name))
        for core in dict.fromkeys((whole, *within, *_stages(whole))):
            if not _SHORTEST <= len(core) <= _LONGEST_HEADING:
                continue
            predicate = In("section", (value,), core)
            for ending in (f"{noun}{form}" for noun in _ENDINGS for form in _LISTS):
                yield f"{core}{ending}", (Category.SECTION, predicate, "section.known")


def _bare(heading: str) -> str:
    return _BRACKETS.sub("", fold(plain_heading(heading))).strip()


def _core(heading: str) -> str:
    """Return a heading without brackets and what its companies and their lists are called."""
    return _COMPANIES.sub("", _LISTING.sub("", _bare(heading)))


def _stages(core: str) -> Iterator[str]:
    """Yield what a heading of a stage is called as well: 成长期 of 成长型企业."""
    for ending in _STAGES:
        stem = core.removesuffix(ending)
        if stem != core and len(stem) >= _SHORTEST:
            yield from (f"{stem}{other}" for other in _STAGES)


def _tells(company: Company, field: str) -> bool:
    """Return whether the rows of a company say anything of a field; all say their list."""
    known = registry().field(field)
    columns = (field, *(known.cites if known is not None else ()))
    return field == "list" or any(company.values(one) for one in columns)


def _domestic(headings: list[str]) -> Iterator[Meaning]:
    """Yield what companies of this country are called, where only the others have a heading."""
    bare = {value: fold(plain_heading(value)) for value in headings}
    if here := tuple(value for value, one in bare.items() if one.startswith(_HERE)):
        predicate: Predicate = In("section", here, "国内")
        told = {word for word in _HERE for one in bare.values() if one.startswith(word)}
        for country in (word for word in _HERE if word not in told):
            for ending in ("", *_ENDINGS[1:]):
                yield f"{country}{ending}", (Category.SECTION, predicate, "section.domestic")
        return
    foreign = tuple(value for value, one in bare.items() if one.startswith(_ABROAD))
    if foreign:
        predicate = Not(In("section", foreign, "国际"))
        for country in _HERE:
            for ending in _ENDINGS[1:]:
                yield f"{country}{ending}", (Category.SECTION, predicate, "section.domestic")
