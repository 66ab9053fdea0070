"""Where cells say that companies are."""

from __future__ import annotations

import pytest

from index.places.gazetteer import Gazetteer
from index.places.localities import city_in, romanised_city


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("浙江省-宁波市", "宁波"),
        ("江苏·常州", "常州"),
        ("浙江桐乡", "嘉兴"),
        ("浙江平湖", "嘉兴"),
        ("平湖", "嘉兴"),
        ("北京、上海、苏州", "北京"),
        ("Shenzhen, Guangdong", "深圳"),
        ("Xi'an", "西安"),
        ("Harbin", "哈尔滨"),
        ("Suzhou", None),  # 苏州 or 宿州
        ("California", None),
        ("朝阳区", None),
        ("山东省", None),
        ("美国·洛杉矶", None),
        ("", None),
    ],
)
def test_city_of_a_cell_for_a_place(gazetteer: Gazetteer, text: str, city: str | None) -> None:
    place = city_in(text, gazetteer)
    assert (place.short if place else None) == city


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
