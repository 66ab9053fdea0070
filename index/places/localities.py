"""Where cells and headings say that companies are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from index.places.gazetteer import (
    Gazetteer,
    Level,
    Place,
    is_decoy,
    is_misread,
    load_gazetteer,
    spoken_names,
)
from index.regex import regex
from index.schema.subjects import patterns
from index.text import plain, plain_heading

_LONGEST_DISTRICT = 14
# So much must follow the place at the beginning of a company name.
_SHORTEST_REST = 2

# A heading stands over many rows.
_REMEMBERED = 4096

_PLACE_PARTS = regex(r"[\s·・•\-—–/、,，|>()（）]+")


@lru_cache(_REMEMBERED)
def city_of_heading(text: str, gazetteer: Gazetteer) -> Place | None:
    """Return the city whose companies a heading or title is about, None if it names several.

    上海证券交易所 and 南京大学 say nothing of where the companies are that are listed there or
    come from it.
    """
    words = patterns()["headings"]
    told = words["institution"].sub("", plain_heading(text))
    cities = {
        place.short: place
        for part in words["between"].split(told)
        if (place := gazetteer.first_city(part)) is not None
    }
    return next(iter(cities.values())) if len(cities) == 1 else None


@lru_cache(_REMEMBERED)
def province_of_heading(text: str, gazetteer: Gazetteer) -> Place | None:
    """Return the province that a heading or title names, None if it names several or none."""
    told = plain(patterns()["headings"]["institution"].sub("", plain_heading(text)))
    found = {}
    for place in gazetteer.places:
        if place.level is Level.PROVINCE:
            names = (name for name in (place.name, place.short) if name in told)
            if any(not is_misread(name, told, told.index(name) + len(name)) for name in names):
                found[place.short] = place
    return next(iter(found.values())) if len(found) == 1 else None


def district_in(text: str, city: Place | None, gazetteer: Gazetteer) -> str | None:
    """Return the district, county or county-level city that an address names first, as it does.

    Districts count by their official names only, county-level cities also by their short ones.

    Args:
        text: An address, or another cell for a place.
        city: The city that it must lie in, None if that is unknown.
        gazetteer: The places.
    """
    written = plain(text)
    for start in range(len(written)):
        for end in range(min(len(written), start + _LONGEST_DISTRICT), start + 1, -1):
            surface = written[start:end]
            places = [one for one in gazetteer.find(surface) if _is_district(one, surface)]
            inside = [one for one in places if city is None or _lies_in(one, city)]
            if inside and (city or len(places) == 1) and not is_misread(surface, written, end):
                return surface
    return None


def leading_place(name: str, gazetteer: Gazetteer) -> Place | None:
    """Return the province, city or county-level city that a company name begins with.

    Of one name for a province and a city (吉林) it is the province. 大连锁 begins with none.
    """
    written = plain(name)
    for end in range(min(len(written) - _SHORTEST_REST, _LONGEST_DISTRICT), 1, -1):
        surface = written[:end]
        places = [one for one in gazetteer.find(surface) if surface in spoken_names(one)]
        if places:
            misread = is_misread(surface, written, end) or is_decoy(written)
            alone = len(places) == 1 or places[0].level is not places[1].level
            return places[0] if alone and not misread else None
    return None


def _is_district(place: Place, surface: str) -> bool:
    if place.level is not Level.DISTRICT:
        return False
    return surface in spoken_names(place)


def _lies_in(place: Place, city: Place) -> bool:
    return (place.province, place.city) == (city.province, city.short)


def city_in(text: str, gazetteer: Gazetteer) -> Place | None:
    """Return the city that a cell for a place names: 浙江-平湖 lies in 嘉兴.

    A cell that is nothing but a name may be one that is an ordinary word elsewhere.
    """
    if (place := gazetteer.first_city(text)) is not None:
        return place
    parts = [part for part in _PLACE_PARTS.split(plain(text)) if part]
    if text.isascii():
        return next(filter(None, map(romanised_city, parts)), None)
    provinces = {
        place.short
        for part in parts
        for place in gazetteer.find(part)
        if place.level is Level.PROVINCE
    }
    for part in _without_province(parts, gazetteer, provinces):
        found = {
            (place.province, place.city)
            for place in gazetteer.find(part)
            if place.city and (not provinces or place.province in provinces)
        }
        if len(found) == 1:
            province, short = found.pop()
            return next(
                one
                for one in gazetteer.places
                if one.level is Level.CITY and one.short == short and one.province == province
            )
    return None


def _without_province(parts: Sequence[str], gazetteer: Gazetteer, provinces: set[str]) -> list[str]:
    """Return the parts of a place without the province that one begins with: 浙江平湖."""
    rest = []
    for part in parts:
        for end in range(len(part) - 1, 1, -1):
            heads = gazetteer.find(part[:end])
            if heads and heads[0].level is Level.PROVINCE:
                provinces.add(heads[0].short)
                rest.append(part[end:])
                break
        else:
            rest.append(part)
    return rest


def province_in(texts: Mapping[str, str], gazetteer: Gazetteer) -> str | None:
    """Return the province that a row names without a city."""
    named = (place for key in ("province", "city") for place in gazetteer.find(texts.get(key, "")))
    return next((place.short for place in named if place.level is Level.PROVINCE), None)


# Cities that English writes in another way than pinyin.
_OTHERWISE = {"西安": "xi'an", "哈尔滨": "harbin", "呼和浩特": "hohhot", "乌鲁木齐": "urumqi"}


def romanised_city(name: str) -> Place | None:
    """Return the one city of a name in pinyin; None if none or several have it."""
    found = _cities().get("".join(name.casefold().split()), ())
    return found[0] if len(found) == 1 else None


@cache
def _cities() -> Mapping[str, tuple[Place, ...]]:
    from pypinyin import lazy_pinyin

    found: dict[str, tuple[Place, ...]] = {}
    for place in load_gazetteer().places:
        if place.level is Level.CITY:
            name = _OTHERWISE.get(place.short) or "".join(lazy_pinyin(place.short))
            found[name] = (*found.get(name, ()), place)
    return found
