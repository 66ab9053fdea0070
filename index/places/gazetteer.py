"""The gazetteer: China's provinces, cities and districts, and the names of regions.

    data/divisions.csv ──▶ Place ──┐
                                   ├──▶ Gazetteer ── find, region, first_city, province_of
    data/regions.toml ───▶ Region ─┘

The divisions are the official codes (GB/T 2260) as of mid-2026, arranged as people speak:

* The four municipalities stand twice, as a province and as a city.
* Counties and cities that a province governs directly (仙桃, 济源, 石河子, 澄迈) are cities, and
  so is 雄安新区.
* 新疆生产建设兵团, which lists of enterprises name beside the provinces, is a city of 新疆.
* 江北区 and 渝北区 of Chongqing, merged into 两江新区 in November 2025, are kept, for older
  sources name them.
* Development zones (苏州工业园区) are not divisions and are left out.

A *surface* is a name as it may stand in a text: official (苏州市) or short (苏州).
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType

from index.regex import regex
from index.text import plain

_SUFFIXES = (
    *("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "新区", "矿区", "特区"),
    *("省", "市", "盟", "县", "区"),
)

_PEOPLES = regex(
    "(?<=..)(?:(?:维吾尔|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|朝鲜|鄂温克|达斡尔|土家|哈尼|拉祜"
    "|布依|布朗|纳西|傈僳|景颇|独龙|普米|裕固|保安|东乡|撒拉|毛南|仫佬|仡佬"
    "|[各回藏壮满苗侗瑶黎彝傣白佤羌水怒土畲])族|维吾尔|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)+$"
)


# Names that are not shortened by their suffix.
_SAID = {"神农架林区": "神农架", "新疆生产建设兵团": "兵团"}


def _words(text: str) -> frozenset[str]:
    """The blank-separated words of a text."""
    return frozenset(text.split())


# Names that a running text rarely means as places: ordinary words, brands, or words that come
# about at the seam of two others (新兴|化工). ``first_city`` takes these cities and counties
# by their official names only, and these districts not at all.
_ORDINARY = _words(
    """
    阿里 来宾 兴安 东方 定安 临高 双河 新星 白杨 草湖 三河 南宫 沙河 安国 高平 孝义 永济 原平 新民
    东港 凤城 凌海 北镇 灯塔 开原 兴城 榆树 磐石 大安 临江 和龙 尚志 五常 密山 铁力 同江 富锦 海林
    东宁 北安 安达 海伦 兴化 海安 东台 建德 瑞安 平湖 永康 江山 临海 龙泉 无为 天长 明光 宁国 广德
    永安 南安 福安 乐平 高安 丰城 德兴 龙口 海阳 高密 安丘 新泰 新密 舞钢 义马 灵宝 永城 项城 大冶
    宜城 当阳 应城 石首 监利 赤壁 广水 常宁 津市 资兴 开平 高州 化州 信宜 四会 兴宁 阳春 罗定 东兴
    北流 平果 合山 万源 会理 赤水 仁怀 兴义 兴仁 福泉 安宁 水富 个旧 开远 弥勒 瑞丽 兴平 子长
    神木 玉门 合作 同仁
    新城区 新市区 市中区 市北区 市南区 城中区 城东区 城西区 城北区 城关区 港口区 海港区 中原区
    东风区 前进区 向阳区 南部县
    """
)

# Ordinary words that hold the short name of a city; ``first_city`` steps over them.
_DECOYS = _words(
    """
    复合肥 混合肥 配合肥 结合肥 出海口 入海口 大理石 大理岩 三明治 德州仪器 日照时 日照量 日照强度
    日照辐射 日照跟踪 大同小异 长治久安 长春碱 长春新碱 中山大学 中山装 中山公园 中山医院 朝阳产业
    朝阳行业 朝阳门 朝阳公园 广安门 歌乐山 大连锁 大连接 大连续 确保定 四平方 四平台 普通化 交通化
    流通化 通化学 美丽水 和田园 长江门 珠江门 东南通 海西经济区 东阳光 周口店 黄石公园
    文山会海 开封装 开封闭 新余额 集中卫 武威胁 河源头 哈密顿 哈密瓜 张朝阳
    大理想 十三陵 扬中外 云龙井 海陆丰
    """
)

# What may not follow a name: after 市 and 区, the rest of another word; else, a street.
_MISLEADING = {"市": regex("[场值]"), "区": regex("[域块间位分]")}
_ROAD = regex("[东南西北中]?[一二三四五六七八九十]?(?:路(?![演桥由径线])|街|大道|巷)")


class Level(StrEnum):
    """The three levels of division, highest first."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Place:
    """One division.

    Attributes:
        code: Official six-digit code.
        name: Official name, 苏州市.
        short: What people say: without the suffix and the names of peoples (苏州, 内蒙古, 恩施,
            浦东); the official name where fewer than two characters would be left (赵县).
        level: Province, city or district; counties are districts.
        province: Short name of its province; its own for a province.
        city: Short name of its city; its own for a city or municipality, None for the
            other provinces.
    """

    code: str
    name: str
    short: str
    level: Level
    province: str
    city: str | None


@dataclass(frozen=True, slots=True)
class Region:
    """A named area larger than a city, such as 长三角.

    Attributes:
        name: Its usual name.
        provinces: Short names of the provinces that belong to it whole.
        cities: Short names of single cities that belong to it.
        same: Other names of it.
    """

    name: str
    provinces: frozenset[str]
    cities: frozenset[str]
    same: tuple[str, ...] = ()

    def covers(self, province: str | None, city: str | None) -> bool:
        """Whether a place lies in the region, given the short names of its province and city."""
        return city in self.cities or province in self.provinces


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """All places and regions, with look-ups by name.

    Attributes:
        places: Every division, by code.
        regions: Every region, as the data file orders them.
    """

    places: tuple[Place, ...]
    regions: tuple[Region, ...]

    def find(self, surface: str) -> tuple[Place, ...]:
        """Every place of that official or short name, highest level first; () if none."""
        return self._by_surface.get(plain(surface), ())

    def region(self, surface: str) -> Region | None:
        """The region of that name or alias, or None."""
        return self._by_region.get(plain(surface))

    def surfaces(self) -> Mapping[str, tuple[Place, ...]]:
        """Every official and short name with its places, highest level first; read-only."""
        return self._by_surface

    def region_surfaces(self) -> Mapping[str, Region]:
        """Every name and alias of a region with the region; read-only."""
        return self._by_region

    def province_of(self, city: str) -> str | None:
        """Short name of the province of a city given by its short name; None if unknown."""
        return self._provinces.get(plain(city))

    def first_city(self, text: str) -> Place | None:
        """The city that a heading, title or address names first, or None.

        Names are taken from the left, the longest at each position. A province, or a district
        name that several cities share, leaves a choice that the names after it narrow down
        (江苏省昆山市 gives 苏州, 吉林省朝阳区 gives 长春). None if the choice stays open or is
        contradicted. Districts count by their official names only, county-level cities also by
        their short ones (昆山); ordinary words (合作, 复合肥) and streets (南京路) do not count.
        """
        left: frozenset[Place] | None = None
        for cities in self._mentions(plain(text)):
            left = cities if left is None else left & cities
            if len(left) < 2:
                break
        return next(iter(left)) if left and len(left) == 1 else None

    def _mentions(self, text: str) -> Iterator[frozenset[Place]]:
        """For each name in the text, from the left, the cities that it may stand for."""
        at = 0
        while at < len(text):
            for surface in self._scan.get(text[at : at + 2], ()):
                end = at + len(surface)
                if text.startswith(surface, at) and not is_misread(surface, text, end):
                    if surface in self._choices:
                        yield self._choices[surface]
                    at = end
                    break
            else:
                at += 1

    @cached_property
    def _by_surface(self) -> Mapping[str, tuple[Place, ...]]:
        ranks = {level: rank for rank, level in enumerate(Level)}
        found: dict[str, list[Place]] = {}
        for place in sorted(self.places, key=lambda place: ranks[place.level]):
            for surface in {place.name, place.short}:
                found.setdefault(surface, []).append(place)
        return MappingProxyType({surface: tuple(places) for surface, places in found.items()})

    @cached_property
    def _by_region(self) -> Mapping[str, Region]:
        return MappingProxyType(
            {surface: region for region in self.regions for surface in (region.name, *region.same)}
        )

    @cached_property
    def _provinces(self) -> Mapping[str, str]:
        return {place.short: place.province for place in self.places if place.level is Level.CITY}

    @cached_property
    def _choices(self) -> Mapping[str, frozenset[Place]]:
        """The surfaces that ``first_city`` looks for, with the cities each may stand for."""
        city = {(p.province, p.short): p for p in self.places if p.level is Level.CITY}
        within: dict[str, set[Place]] = {}
        for place in city.values():
            within.setdefault(place.province, set()).add(place)
        found: dict[str, set[Place]] = {}
        for place in self.places:
            own = city.get((place.province, place.city or ""))
            cities = {own} if own else within.get(place.province, set())
            for surface in spoken_names(place):
                found.setdefault(surface, set()).update(cities)
        return {surface: frozenset(cities) for surface, cities in found.items()}

    @cached_property
    def _scan(self) -> Mapping[str, tuple[str, ...]]:
        """Names and decoys by their first two characters, longest first."""
        heads: dict[str, list[str]] = {}
        for surface in (*self._choices, *_DECOYS):
            heads.setdefault(surface[:2], []).append(surface)
        return {head: tuple(sorted(names, key=len, reverse=True)) for head, names in heads.items()}


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the packaged data, read once per process."""
    data = files("index") / "data"
    with (data / "divisions.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    regions = tomllib.loads((data / "regions.toml").read_text(encoding="utf-8"))
    return Gazetteer(_places(rows), tuple(_region(name, regions[name]) for name in regions))


def _places(rows: list[list[str]]) -> tuple[Place, ...]:
    """One Place per row of code, name, level and the parent's code, in any order."""
    shorts = {code: _short(name) for code, name, _, _ in rows}
    parents = {code: parent for code, _, _, parent in rows}
    places = []
    for code, name, kind, parent in rows:
        level = Level(kind)
        city = parent if level is Level.DISTRICT else code
        province = parents[city] or code
        municipal = level is Level.PROVINCE and name.endswith("市")
        whose = shorts[city] if municipal or level is not Level.PROVINCE else None
        places.append(Place(code, name, shorts[code], level, shorts[province], whose))
    return tuple(places)


def _region(name: str, entry: dict[str, list[str]]) -> Region:
    """The region of one entry of the data file."""
    provinces, cities = (frozenset(entry.get(key, ())) for key in ("provinces", "cities"))
    return Region(name, provinces, cities, tuple(entry.get("same", ())))


def _short(name: str) -> str:
    """The short form of an official name, two characters or more."""
    if name in _SAID:
        return _SAID[name]
    for suffix in _SUFFIXES:
        stem = name.removesuffix(suffix)
        if stem != name and len(stem) >= 2:
            if suffix.startswith("自治") or stem.endswith("族"):
                return _PEOPLES.sub("", stem).removesuffix("族")
            return stem
    return name


def spoken_names(place: Place) -> set[str]:
    """The surfaces by which ``first_city`` takes a place."""
    if place.level is not Level.DISTRICT or place.name.endswith("市"):
        return {place.name, place.short} - _ORDINARY
    return {place.name} - _ORDINARY if len(place.name) > 2 else set()


def is_decoy(text: str) -> bool:
    """Whether a text begins with an ordinary word that holds the name of a city: 大连锁."""
    return text.startswith(tuple(_DECOYS))


def is_misread(surface: str, text: str, end: int) -> bool:
    """Whether what follows shows that the surface is no place (合作市|场, 中原区|域, 南京|路)."""
    return _MISLEADING.get(surface[-1], _ROAD).match(text, end) is not None
