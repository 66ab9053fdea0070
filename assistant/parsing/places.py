"""Places of a question: cities, provinces, districts, regions, nicknames and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from assistant.parsing.spans import Category, Span
from assistant.parsing.vocabulary import Vocabulary
from assistant.predicates import alternative
from assistant.query import In, Predicate
from index.places.gazetteer import Gazetteer, Level, Place, Region
from index.regex import regex
from index.text import fold

# Several one-character names of cities, where what follows shows that they are no other word;
# 沪深两市 is the stock market.
_ABBREVIATED = (
    r"(?<![\u3400-\u9fff])(?P<cities>{one}(?:[、和]?{one}){{1,5}})(?<!沪深)"
    r"(?=(?:这|那)?[两二三四五六几]?个?(?:地|市|城)|之外|以外|除外|都?(?:合计|一共|加起来|哪|谁|有)|不|别|都|的|之间|，|,|$|企|公司|小巨人)"
)
_WITHIN = r"(?<=在)(?P<c>[{chars}])(?=的|上市|企|公司|$|,|，)"
# What kind of place a name in Latin letters is said to be: haidian district.
_KIND = regex(r" (?:district|city|province|county|municipality)\b")
_COMPANIES = "(?:企业|系企业|企|商|籍|系)"


class PlaceReader:
    """Knows the surfaces of places.

    Args:
        gazetteer: China's places and regions.
        vocabulary: Nicknames and abbreviations.
        cities: Cities that companies are in; other places of ordinary names (合作, 东方) need
            their official one.
    """

    def __init__(
        self, gazetteer: Gazetteer, vocabulary: Vocabulary, cities: frozenset[str] = frozenset()
    ) -> None:
        self._gazetteer = gazetteer
        self._surfaces: dict[str, tuple[Category, Predicate]] = {}
        for surface, places in gazetteer.surfaces().items():
            if (read := _reading(surface, places)) is not None and (
                surface in cities
                or places[0].level is Level.PROVINCE
                or any(surface == place.name for place in places)
                or gazetteer.first_city(surface) is not None
            ):
                self._surfaces[fold(surface)] = read
        for surface, region in gazetteer.region_surfaces().items():
            self._surfaces[fold(surface)] = (Category.PLACE, region_predicate(region))
        for other, name in vocabulary.nicknames.items():
            self._surfaces[other] = (Category.PLACE, self.place(name))
        one = f"[{''.join(vocabulary.abbreviations)}]"
        self._abbreviations = vocabulary.abbreviations
        self._several = regex(_ABBREVIATED.format(one=one))
        self._abbreviated = vocabulary.abbreviated
        chars = "".join(vocabulary.abbreviated)
        self._companies = regex(rf"(?P<c>[{chars}])(?={_COMPANIES})(?!商业|苏商银|京商)")
        self._within = regex(_WITHIN.format(chars=chars))

    def surfaces(self) -> Mapping[str, tuple[Category, Predicate]]:
        """Return every surface with what it means."""
        return self._surfaces

    def place(self, name: str) -> Predicate:
        """Return the condition that a city or province of that short name makes."""
        read = _reading(name, self._gazetteer.find(name))
        return read[1] if read else In("city", (name,), name)

    def abbreviated(self, folded: str) -> Iterator[Span]:
        """Yield cities told by one character each: 京沪两地, 沪企."""
        for match in self._several.finditer(folded):
            for at in range(match.start("cities"), match.end("cities")):
                if city := self._abbreviations.get(folded[at]):
                    yield self._span(at, folded[at], city)
        for match in (*self._companies.finditer(folded), *self._within.finditer(folded)):
            yield self._span(match.start(), match["c"], self._abbreviated[match["c"]])

    def romanised(self, folded: str) -> Iterator[Span]:
        """Yield cities and provinces in Latin letters, of one word or two: hangzhou, hang zhou."""
        for match in re.finditer(r"[a-z']{2,}", folded):
            end = match.end()
            following = re.match(r" [a-z']+", folded[end:])
            for stop in (end, end + (following.end() if following else 0)):
                text = folded[match.start() : stop]
                name = self._in_pinyin.get(text.replace(" ", ""))
                if name is not None and len(text) > 4:
                    if kind := _KIND.match(folded, stop):
                        stop, text = kind.end(), folded[match.start() : kind.end()]
                    yield Span(
                        match.start(), stop, text, Category.PLACE, self.place(name), "place.pinyin"
                    )

    @cached_property
    def _in_pinyin(self) -> dict[str, str]:
        from pypinyin import lazy_pinyin

        found: dict[str, str] = {}
        for level in (Level.CITY, Level.PROVINCE, Level.DISTRICT):
            for place in self._gazetteer.places:
                if place.level is level:
                    name = place.name if level is Level.DISTRICT else place.short
                    found.setdefault("".join(lazy_pinyin(place.short)), name)
        return found | {
            "xi'an": "西安",
            "harbin": "哈尔滨",
            "hohhot": "呼和浩特",
            "urumqi": "乌鲁木齐",
        }

    def _span(self, at: int, text: str, name: str) -> Span:
        return Span(at, at + 1, text, Category.PLACE, self.place(name), "place.one", 2.9)


def region_predicate(region: Region) -> Predicate:
    """Return the condition that a company lies in a region."""
    parts: list[Predicate] = []
    if region.provinces:
        parts.append(In("province", tuple(sorted(region.provinces)), region.name))
    if region.cities:
        parts.append(In("city", tuple(sorted(region.cities)), region.name))
    return alternative(parts)


def _reading(surface: str, places: Sequence[Place]) -> tuple[Category, Predicate] | None:
    if not places:
        return None
    highest = places[0]
    if highest.city == highest.short and highest.level is not Level.DISTRICT:
        return Category.PLACE, In("city", (highest.short,), highest.short)
    if highest.level is Level.PROVINCE:
        return Category.PLACE, In("province", (highest.short,), highest.short)
    for place in places:
        if surface == place.name or place.name == f"{surface}市":
            return Category.DISTRICT, In("district", (fold(place.name),), place.name)
    return None
