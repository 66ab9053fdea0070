"""Parsing of company names: legal form, core name, and the aliases that a company is found by."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.places.gazetteer import Gazetteer, Level, Place, spoken_names
from index.regex import regex
from index.text import split_list as split_list

_SHORTEST = 2
# People say it though it is a part of the legal form: 海尔集团.
_GROUP = "集团"
_LONGEST_PLACE = 12
_PREFECTURES = ("地区", "盟", "自治州")

# Ordinals before a name: 1. 华为, ① 华为, TOP 3：华为, 第一名 华为, 案例二：华为.
_NUMBERED = regex(
    r"^(?:(?:no|top)\.?\s*\d+|第[一二三四五六七八九十\d]+[名位]|案例[一二三四五六七八九十\d]+"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}(?:\.\d{1,2})*[.、)）．](?=\s|(?-i:[A-Z])|[\u3400-\u9fff])"
    r"|[一二三四五六七八九十]+、)[\s.:：、-]*",
    re.IGNORECASE,
)
# Marks of footnotes and emphasis: 华为[^1], 华为[1], 华为*, ~~华为~~.
_FOOTNOTE = regex(r"(?:\[\^?\w{1,3}\]|[*†‡#★☆]+|[（(]注\s*\d*[)）]|注\d+)$")
_STRUCK = regex(r"^~~(.+)~~$")
# A stock code behind the name is the listing's: 比亚迪（002594）, 宁德时代(300750.SZ).
_CODE = regex(
    r"\s*[（(](?P<listing>(?:[^\d\s（）()]{1,8}[:：]?\s*)?\d{4,6}(?:\.[A-Za-z]{2})?)[)）]$"
)
# A region inside a name, before its legal form: 网易（杭州）网络, 百度在线网络技术（北京）.
_REGION = regex(r"[（(]([^（()）]{2,8})[)）]")
_BRACKET = regex(r"^(?P<outer>[^（(]+?)\s*[（(](?P<inner>[^（()）]+)[)）]$")
_SYMBOLS = frozenset(("So", "Sk", "Mn", "Me", "Cf", "No"))
_BETWEEN_CHINESE = regex(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
# Exchanges space short names out to one width.
_WIDE_SPACE = regex(r"(?<=[\u3400-\u9fff])(?:\s{2,}|\u3000+)(?=[\u3400-\u9fff])")
_CHINESE = regex(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A parsed company name.

    Attributes:
        legal: Whether it ends with a legal form, so that it is a full name.
        core: The name without place, trade words and legal form: 敏芯.
        forms: All shorter forms of the name down to the core, longest first.
    """

    legal: bool
    core: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of ``data/names.toml``, longest first."""

    legal: tuple[str, ...]
    institute: tuple[str, ...]
    trade: tuple[str, ...]
    doubtful: tuple[str, ...]
    region: tuple[str, ...]


@cache
def _words() -> _Words:
    data = tomllib.loads((files("index") / "data/names.toml").read_text("utf-8"))
    return _Words(**{key: tuple(sorted(data[key], key=len, reverse=True)) for key in data})


def plain_name(text: str) -> str:
    """Return a name without ordinals, symbols, footnote marks and a stock code."""
    name = _unspaced(text.strip())
    while True:
        bare = _STRUCK.sub(r"\1", name)
        bare = _FOOTNOTE.sub("", _NUMBERED.sub("", _CODE.sub("", bare)))
        start, end = 0, len(bare)
        while start < end and _is_decoration(bare[start]):
            start += 1
        while start < end and _is_decoration(bare[end - 1]):
            end -= 1
        bare = bare[start:end]
        if bare == name or not bare:
            return name
        name = bare


def _unspaced(name: str) -> str:
    """Return a name without what only spaces it out: 万  科Ａ, 甲乙电子 股份有限公司."""
    bare = _BETWEEN_CHINESE.sub("", name)
    return bare if bare.endswith(_words().legal) else _WIDE_SPACE.sub("", name)


def _is_decoration(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in _SYMBOLS


def code_in_name(text: str) -> str | None:
    """Return the stock code in brackets after a name, None if there is none."""
    match = _CODE.search(text.strip())
    return match["listing"] if match else None


def is_full_name(name: str) -> bool:
    """Return whether a name ends with a legal form: 苏州敏芯微电子技术股份有限公司."""
    plain = plain_name(name)
    return any(plain.endswith(word) and plain != word for word in _words().legal)


def bracketed(name: str, gazetteer: Gazetteer) -> tuple[str, str] | None:
    """Return a name without the brackets at its end, and their content: 极飞科技(XAG).

    None if the brackets are part of the name: 阿里巴巴（中国）, 哈尔滨工业大学（深圳）.
    """
    match = _BRACKET.match(name)
    if match is None:
        return None
    outer, inner = match["outer"].strip(), match["inner"].strip()
    own = inner in _words().region or f"({inner})" in _words().legal
    return None if own or gazetteer.find(inner) else (outer, inner)


def _written_twice(name: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return both names where the brackets repeat the name in the other script: XAG."""
    parts = bracketed(name, gazetteer)
    return parts if parts and _in_two_scripts(*parts) else ()


def _in_two_scripts(outer: str, inner: str) -> bool:
    """Return whether exactly one of two names has Chinese characters."""
    return inner[:1].isalpha() and bool(_CHINESE.search(outer)) != bool(_CHINESE.search(inner))


def split_brackets(name: str) -> tuple[str, ...]:
    """Return the names in a name with brackets at its end; none if it has no brackets.

    Both of 大疆农业(DJI Agriculture); only the first of 海思半导体(华为), which is not 华为.
    """
    match = _BRACKET.match(name)
    if match is None:
        return ()
    outer, inner = match["outer"].strip(), match["inner"].strip()
    return (outer, inner) if _in_two_scripts(outer, inner) else (outer,)


def split_name(name: str, gazetteer: Gazetteer) -> NameParts:
    """Return the parts of a company name: 苏州敏芯微电子技术股份有限公司 → core 敏芯.

    Its forms are 敏芯微电子技术, 敏芯微电子, 敏芯微 and 敏芯, with and without 苏州 before them:
    微电子 may be one trade word or 微 may belong to the name, so both readings are kept. A name
    without a legal form (宁德时代) keeps its place name: that is what people call it.
    """
    words = _words()
    if twice := _written_twice(name, gazetteer):
        inner = [split_name(part, gazetteer) for part in twice]
        every = dict.fromkeys((*twice, *(form for part in inner for form in part.forms)))
        return NameParts(inner[0].legal, inner[0].core, tuple(sorted(every, key=len, reverse=True)))
    body = _strip_end(name, (*words.legal, *words.institute))
    legal = body != name
    bare = strip_place(body, gazetteer) if legal else body
    forms = _peel(bare)
    for form in tuple(forms) if legal else ():
        if (plain := _without_region(form, gazetteer)) != form:
            forms.extend(two for two in _peel(plain) if two not in forms)
    core = min(forms, key=len)
    institutes = [
        f"{form}{word}" for word in words.institute if name.endswith(word) for form in forms
    ]
    groups = [f"{form}{_GROUP}" for form in (body, bare) if name.startswith(f"{body}{_GROUP}")]
    every = dict.fromkeys([*_peel(body), *forms, *institutes, *groups])
    telling = [form for form in every if form == body or not is_generic(form, gazetteer)]
    if core not in telling:
        core = min(telling, key=len)
    return NameParts(
        legal, core, tuple(sorted((f for f in telling if f != name), key=len, reverse=True))
    )


def _without_region(name: str, gazetteer: Gazetteer) -> str:
    """Return a name without the places and regions that stand in brackets within it."""
    region = _words().region
    return _REGION.sub(
        lambda found: "" if found[1] in region or gazetteer.find(found[1]) else found[0], name
    )


def is_generic(form: str, gazetteer: Gazetteer) -> bool:
    """Return whether a form is no name: a place (苏州) or words of trades alone (国际实业)."""
    if is_place_name(form, gazetteer):
        return True
    words, longest = _generic_words()
    # Whether the first i characters are such words.
    told = [True] + [False] * len(form)
    for end in range(1, len(form) + 1):
        starts = range(max(0, end - longest), end)
        told[end] = any(told[start] and form[start:end] in words for start in starts)
    return told[-1]


@cache
def _generic_words() -> tuple[frozenset[str], int]:
    """Return the words of trades and institutes, and how long the longest is."""
    words = frozenset((*_words().trade, *_words().institute))
    return words, max(map(len, words))


def is_place_name(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether a short name is one of a place, by which nobody calls a company.

    Short names of districts are brands as often: 金山, 汇川.
    """
    places = gazetteer.find(name)
    return any(name in spoken_names(place) for place in places) or bool(gazetteer.region(name))


def _peel(name: str) -> list[str]:
    """Return ``name`` and all its forms with trade words removed from the end."""
    words = _words()
    forms = [name]
    for form in forms:
        endings = [word for word in words.trade if form.endswith(word)]
        for word in (*endings[:1], *(word for word in words.doubtful if word in endings[1:])):
            shorter = form.removesuffix(word)
            if len(shorter) >= _SHORTEST and shorter not in (*forms, *words.trade):
                forms.append(shorter)
    return forms


def _strip_end(name: str, words: tuple[str, ...]) -> str:
    for word in words:
        if name.endswith(word) and len(name) - len(word) >= _SHORTEST:
            return _strip_end(name.removesuffix(word), words)
    return name


def strip_place(name: str, gazetteer: Gazetteer) -> str:
    """Return a name without the place it starts with: 深圳市大疆创新 → 大疆创新."""
    for length in range(min(len(name) - _SHORTEST, _LONGEST_PLACE), 1, -1):
        start = name[:length]
        if any(_begins_names(place, start) for place in gazetteer.find(start)):
            return name[length:]
    return name


def _begins_names(place: Place, start: str) -> bool:
    """Return whether a name that starts so names the place.

    Districts, leagues and prefectures do by their whole names only: 阿里巴巴 is not from 阿里地区.
    """
    if place.name in (start, f"{start}市"):
        return True
    return place.level is not Level.DISTRICT and not place.name.endswith(_PREFECTURES)
