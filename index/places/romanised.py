"""Chinese cities as English texts write them: Shenzhen, Xi'an, Harbin."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from index.places.gazetteer import Level, Place, load_gazetteer

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
