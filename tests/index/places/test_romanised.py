"""Chinese cities as English texts write them."""

from __future__ import annotations

import pytest

from index.places.romanised import romanised_city


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("Shenzhen", "深圳"),
        ("harbin", "哈尔滨"),
        ("Xi'an", "西安"),
        ("Taizhou", None),  # 台州 and 泰州
        ("Paris", None),
        ("", None),
    ],
)
def test_city_is_known_by_its_pinyin_unless_two_share_it(name: str, city: str | None) -> None:
    place = romanised_city(name)
    assert (place.short if place else None) == city
