"""The gazetteer: completeness of the data, look-ups by name, and places read out of text."""

from __future__ import annotations

import pytest

from index.places.gazetteer import Gazetteer, Level, Place, load_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def of_level(gazetteer: Gazetteer, level: Level) -> list[Place]:
    return [place for place in gazetteer.places if place.level is level]


def whereabouts(places: tuple[Place, ...]) -> list[tuple[str, str, str, str | None]]:
    return [(place.name, place.level, place.province, place.city) for place in places]


# --- the data ---------------------------------------------------------------------------------


def test_data_holds_every_province_city_and_district(gazetteer: Gazetteer) -> None:
    assert len(of_level(gazetteer, Level.PROVINCE)) == 34
    assert len(of_level(gazetteer, Level.CITY)) >= 330
    assert len(of_level(gazetteer, Level.DISTRICT)) >= 2800


def test_codes_are_six_digits_and_unique(gazetteer: Gazetteer) -> None:
    codes = [place.code for place in gazetteer.places]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 6 and code.isdecimal() for code in codes)


def test_every_place_lies_in_the_province_of_its_code(gazetteer: Gazetteer) -> None:
    provinces = {p.code[:2]: p.short for p in of_level(gazetteer, Level.PROVINCE)}
    assert all(place.province == provinces[place.code[:2]] for place in gazetteer.places)


def test_short_names_of_cities_are_unique_and_know_their_province(gazetteer: Gazetteer) -> None:
    cities = of_level(gazetteer, Level.CITY)
    assert len({city.short for city in cities}) == len(cities)
    for city in cities:
        assert city.city == city.short
        assert gazetteer.province_of(city.short) == city.province


def test_every_district_lies_in_a_city_of_its_province(gazetteer: Gazetteer) -> None:
    cities = {(city.province, city.short) for city in of_level(gazetteer, Level.CITY)}
    for district in of_level(gazetteer, Level.DISTRICT):
        assert (district.province, district.city) in cities


def test_only_municipalities_are_provinces_with_a_city(gazetteer: Gazetteer) -> None:
    with_city = {p.short for p in of_level(gazetteer, Level.PROVINCE) if p.city is not None}
    assert with_city == {"北京", "天津", "上海", "重庆"}


def test_short_names_keep_two_characters(gazetteer: Gazetteer) -> None:
    assert all(len(place.short) >= 2 for place in gazetteer.places)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("苏州市", "苏州"),
        ("大兴安岭地区", "大兴安岭"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("恩施土家族苗族自治州", "恩施"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("黔西南布依族苗族自治州", "黔西南"),
        ("神农架林区", "神农架"),
        ("雄安新区", "雄安"),
        ("浦东新区", "浦东"),
        ("清新区", "清新"),
        ("万柏林区", "万柏林"),
        ("井陉矿区", "井陉"),
        ("六枝特区", "六枝"),
        ("矿区", "矿区"),
        ("赵县", "赵县"),
        ("芒市", "芒市"),
        ("津市市", "津市"),
        ("管城回族区", "管城"),
        ("隆林各族自治县", "隆林"),
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("达拉特旗", "达拉特旗"),
    ],
)
def test_official_name_has_the_short_name_that_people_say(
    gazetteer: Gazetteer, name: str, short: str
) -> None:
    assert [place.short for place in gazetteer.find(name)] == [short]


# --- find and province_of ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("city", "province"),
    [
        ("苏州", "江苏"),
        ("拉萨", "西藏"),
        ("三沙", "海南"),
        ("儋州", "海南"),
        ("澄迈", "海南"),
        ("仙桃", "湖北"),
        ("神农架", "湖北"),
        ("济源", "河南"),
        ("石河子", "新疆"),
        ("恩施", "湖北"),
        ("延边", "吉林"),
        ("吉林", "吉林"),
        ("雄安", "河北"),
        ("东莞", "广东"),
        ("北京", "北京"),
        ("重庆", "重庆"),
        ("昆山", None),
        ("江苏", None),
        ("台湾", None),
        ("", None),
    ],
)
def test_short_city_name_gives_its_province(
    gazetteer: Gazetteer, city: str, province: str | None
) -> None:
    assert gazetteer.province_of(city) == province


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("苏州", [("苏州市", "city", "江苏", "苏州")]),
        ("苏州市", [("苏州市", "city", "江苏", "苏州")]),
        (" 苏州 ", [("苏州市", "city", "江苏", "苏州")]),
        ("海淀", [("海淀区", "district", "北京", "北京")]),
        ("昆山", [("昆山市", "district", "江苏", "苏州")]),
        ("内蒙古", [("内蒙古自治区", "province", "内蒙古", None)]),
        ("香港", [("香港特别行政区", "province", "香港", None)]),
        (
            "北京",
            [("北京市", "province", "北京", "北京"), ("北京市", "city", "北京", "北京")],
        ),
        (
            "吉林",
            [("吉林省", "province", "吉林", None), ("吉林市", "city", "吉林", "吉林")],
        ),
        (
            "朝阳",
            [
                ("朝阳市", "city", "辽宁", "朝阳"),
                ("朝阳区", "district", "北京", "北京"),
                ("朝阳县", "district", "辽宁", "朝阳"),
                ("朝阳区", "district", "吉林", "长春"),
            ],
        ),
        ("朝阳市", [("朝阳市", "city", "辽宁", "朝阳")]),
        (
            "恩施",
            [
                ("恩施土家族苗族自治州", "city", "湖北", "恩施"),
                ("恩施市", "district", "湖北", "恩施"),
            ],
        ),
        ("两江", [("两江新区", "district", "重庆", "重庆")]),
        ("渝北区", [("渝北区", "district", "重庆", "重庆")]),
        ("人工智能", []),
        ("长三角", []),
        ("", []),
    ],
)
def test_name_finds_every_place_of_that_name_highest_level_first(
    gazetteer: Gazetteer, surface: str, expected: list[tuple[str, str, str, str | None]]
) -> None:
    assert whereabouts(gazetteer.find(surface)) == expected


@pytest.mark.parametrize(
    ("surface", "cities"),
    [
        ("鼓楼区", {"南京", "徐州", "福州", "开封"}),
        ("朝阳区", {"北京", "长春"}),
        ("南山区", {"深圳", "鹤岗"}),
    ],
)
def test_shared_district_name_finds_the_district_of_each_city(
    gazetteer: Gazetteer, surface: str, cities: set[str]
) -> None:
    assert {place.city for place in gazetteer.find(surface)} == cities


def test_surfaces_hold_official_and_short_names_of_all_levels(gazetteer: Gazetteer) -> None:
    surfaces = gazetteer.surfaces()
    assert {"江苏省", "江苏", "苏州市", "苏州", "昆山市", "昆山", "海淀"} <= surfaces.keys()
    for place in gazetteer.places:
        assert place in surfaces[place.name]
        assert place in surfaces[place.short]


# --- regions ----------------------------------------------------------------------------------


def test_every_member_of_every_region_is_a_real_place(gazetteer: Gazetteer) -> None:
    provinces = {place.short for place in of_level(gazetteer, Level.PROVINCE)}
    cities = {place.short for place in of_level(gazetteer, Level.CITY)}
    for region in gazetteer.regions:
        assert region.provinces | region.cities, region.name
        assert region.provinces <= provinces, region.name
        assert region.cities <= cities, region.name


def test_region_names_are_unique_and_no_place_names(gazetteer: Gazetteer) -> None:
    names = [name for region in gazetteer.regions for name in (region.name, *region.same)]
    assert len(set(names)) == len(names)
    assert not set(names) & gazetteer.surfaces().keys()
    assert set(names) == set(gazetteer.region_surfaces())


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("长三角", "长三角"),
        ("长江三角洲", "长三角"),
        ("大湾区", "粤港澳大湾区"),
        ("包邮区", "江浙沪"),
        ("武汉城市圈", "武汉都市圈"),
        ("Ｇ60", "G60科创走廊"),
        ("苏州", None),
    ],
)
def test_region_is_found_by_name_or_alias(
    gazetteer: Gazetteer, surface: str, name: str | None
) -> None:
    region = gazetteer.region(surface)
    assert (region.name if region else None) == name


@pytest.mark.parametrize(
    ("surface", "province", "city", "covered"),
    [
        ("长三角", "江苏", "苏州", True),
        ("长三角", "上海", "上海", True),
        ("长三角", "安徽", None, True),
        ("长三角", "江西", "南昌", False),
        ("珠三角", "广东", "深圳", True),
        ("珠三角", "广东", "汕头", False),
        ("珠三角", "广东", None, False),
        ("珠三角", "香港", None, False),
        ("大湾区", "香港", None, True),
        ("大湾区", "广东", "东莞", True),
        ("京津冀", "河北", "雄安", True),
        ("成渝", "重庆", "重庆", True),
        ("成渝", "四川", "成都", True),
        ("成渝", "四川", "凉山", False),
        ("海峡西岸", "浙江", "温州", True),
        ("海峡西岸", "浙江", "杭州", False),
        ("东北", "黑龙江", "哈尔滨", True),
        ("武汉都市圈", "湖北", "仙桃", True),
        ("苏锡常", "江苏", "南京", False),
        ("北上广深", "北京", "北京", True),
        ("华东", None, None, False),
    ],
)
def test_region_covers_its_provinces_and_cities_only(
    gazetteer: Gazetteer, surface: str, province: str | None, city: str | None, covered: bool
) -> None:
    region = gazetteer.region(surface)
    assert region is not None
    assert region.covers(province, city) is covered


# --- first_city -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "city"),
    [
        # headings and titles
        ("3.5 苏州市小巨人企业", "苏州"),
        ("３．５　苏州市小巨人企业", "苏州"),
        ("苏州生物医药行业", "苏州"),
        ("重庆", "重庆"),
        ("恩施州重点企业", "恩施"),
        ("仙桃市、潜江市企业", "仙桃"),
        ("苏州、无锡、常州", "苏州"),
        ("浦东新区机器人产业", "上海"),
        ("昆山产业园", "苏州"),
        ("马鞍山市企业", "马鞍山"),
        ("雄安新区企业", "雄安"),
        # addresses
        ("总部：北京市海淀区上地十街10号", "北京"),
        ("江苏省昆山市…", "苏州"),
        ("江苏 苏州", "苏州"),
        ("广东省（深圳）", "深圳"),
        ("吉林省吉林市", "吉林"),
        ("吉林长春", "长春"),
        ("吉林省朝阳区", "长春"),
        ("青海省海南州共和县", "海南"),
        ("浙江省西湖区", "杭州"),
        ("重庆市渝北区", "重庆"),
        ("海淀区第三批", "北京"),
        ("鼓楼区，南京", "南京"),
        ("大理市", "大理"),
        # a province, a choice left open, a contradiction
        ("江苏省小巨人企业", None),
        ("吉林", None),
        ("海南", None),
        ("香港科学园", None),
        ("朝阳区建国路", None),
        ("江苏省鼓楼区", None),
        ("江苏企业在北京", None),
        # no place
        ("", None),
        ("人工智能", None),
        ("复合肥与复合材料", None),
        ("大理石加工", None),
        ("高密度互连板", None),
        ("新兴化工", None),
        ("合作企业", None),
        ("合作市场", None),
        ("灯塔工厂", None),
        ("朝阳产业", None),
        ("阿里巴巴", None),
        ("京东方", None),
        ("中原区域中心", None),
        ("南京东路100号", None),
        ("形成县域经济", None),
        ("城区与郊区", None),
        # ordinary words beside a place
        ("复合肥（合肥）", "合肥"),
        ("合作市企业", "甘南"),
        ("上海市场", "上海"),
        ("南京路步行街，上海", "上海"),
        ("深圳路演", "深圳"),
    ],
)
def test_text_gives_the_city_it_names_first(
    gazetteer: Gazetteer, text: str, city: str | None
) -> None:
    found = gazetteer.first_city(text)
    assert (found.short if found else None) == city
    assert found is None or found.level is Level.CITY


# --- loading ----------------------------------------------------------------------------------


def test_gazetteer_is_loaded_once() -> None:
    assert load_gazetteer() is load_gazetteer()
