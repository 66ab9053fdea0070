"""The vocabulary of questions from ``data/vocabulary.toml``, ready to be looked up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.parsing.spans import Category
from index.regex import regex
from index.text import fold

Meaning = tuple[Category, Any, str]


@dataclass(frozen=True, slots=True)
class FieldWord:
    """A word that names a field.

    Attributes:
        key: Key of the field.
        asks: Whether the word is a question by itself: 哪年成立.
        unit: Whether it asks for one of the values: 哪个城市, 各批次.
        others: Keys of further columns that lists head with the same word.
    """

    key: str
    asks: bool = False
    unit: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All entries, folded.

    Attributes:
        words: Readings of every word of two characters or more.
        single: Readings of one-character words, which count only as words of their own.
        fields: Keys of the fields that have words here.
        units: What follows 哪个, 各, 每 and 按, with the field.
        columns: Other words for columns, by what their header holds.
        adjectives: Whether an adjective of order puts the earliest, latest, largest or smallest
            first.
        nicknames: Other names of places, with their short names.
        abbreviations: One character for a city.
        abbreviated: One character before 企, 商 and 籍.
        slips: Common slips of the pen, with what is meant.
        kinds: What lists are called by the kind of their companies.
        endings: What may follow such a word.
    """

    words: Mapping[str, tuple[Meaning, ...]]
    single: Mapping[str, tuple[Meaning, ...]]
    fields: frozenset[str]
    units: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]
    adjectives: Mapping[str, str]
    nicknames: Mapping[str, str]
    abbreviations: Mapping[str, str]
    abbreviated: Mapping[str, str]
    slips: Mapping[str, str]
    kinds: tuple[str, ...]
    endings: tuple[str, ...]


@cache
def load_vocabulary() -> Vocabulary:
    """Return the vocabulary of the packaged data, read once per process."""
    data = tomllib.loads((files("assistant") / "data/vocabulary.toml").read_text("utf-8"))
    found: dict[str, dict[Meaning, None]] = {}
    for word, meaning in _entries(data):
        found.setdefault(fold(word), {})[meaning] = None
    units = {fold(unit): key for key, entry in data["fields"].items() for unit in entry["units"]}
    return Vocabulary(
        words={word: tuple(told) for word, told in found.items() if len(word) > 1},
        single={word: tuple(told) for word, told in found.items() if len(word) == 1},
        fields=frozenset(data["fields"]),
        units=dict(sorted(units.items(), key=lambda item: -len(item[0]))),
        columns={about: tuple(map(fold, words)) for about, words in data["columns"].items()},
        adjectives={word: kind for kind, words in data["adjectives"].items() for word in words},
        nicknames={fold(o): place for place, others in data["nicknames"].items() for o in others},
        abbreviations=data["abbreviations"],
        abbreviated=data["abbreviated_companies"],
        slips=data["slips"],
        kinds=tuple(map(fold, data["lists"]["kinds"])),
        endings=tuple(data["lists"]["endings"]),
    )


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    for key, entry in data["fields"].items():
        for word in entry["nouns"]:
            yield word, (Category.FIELD, FieldWord(key), f"field.{key}")
        for word in entry["asks"]:
            yield word, (Category.FIELD, FieldWord(key, asks=True), f"field.{key}?")
    for section, category, prefix in _SECTIONS:
        for name, words in data[section].items():
            value = _VALUES.get((section, name), name)
            yield from ((word, (category, value, f"{prefix}.{name}")) for word in words)
    yield from _negations(data["negation"])
    yield from _of_speech(data)


# Sections whose entries are a name with its words, their category, and how rules are called.
_SECTIONS = (
    ("listing", Category.LISTING, "listing"),
    ("asks", Category.ASK, "ask"),
    ("rules", Category.ASK, "rules"),
    ("statistics", Category.ASK, "statistics"),
    ("joining", Category.JOIN, "join"),
    ("pointers", Category.POINTER, "pointer"),
    ("edits", Category.EDIT, "edit"),
)
_VALUES = {
    ("rules", "all"): "rules_all",
    ("rules", "word"): "rules_word",
    ("statistics", "words"): "statistics_words",
    ("statistics", "domains"): "statistics_domains",
    ("statistics", "representatives"): "statistics_representatives",
    ("statistics", "row"): "statistics_row",
    ("statistics", "nation"): "statistics_nation",
}


def _negations(data: Mapping[str, list[str]]) -> Iterator[tuple[str, Meaning]]:
    yield from ((word, (Category.NOT, "before", "not")) for word in data["before"])
    sides: dict[str, frozenset[str]] = {}
    for side in ("before", "after"):
        for word in data[f"except_{side}"]:
            sides[word] = sides.get(word, frozenset()) | {side}
    yield from ((word, (Category.EXCEPT, told, "except")) for word, told in sides.items())


def _of_speech(data: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    """Yield what companies are called and do, and grammar."""
    nouns, closed = data["nouns"], data["closed"]
    yield from ((word, (Category.NOUN, "company", "noun")) for word in nouns["company"])
    yield from ((word, (Category.DOING, "doing", "doing")) for word in nouns["doing"])
    for name, words in (("being", nouns["being"]), *closed.items()):
        yield from ((word, (Category.GRAMMAR, name, f"grammar.{name}")) for word in words)


@cache
def unit_pattern() -> re.Pattern[str]:
    """Return the pattern of a unit after what asks for one of it or takes each of it."""
    words = "|".join(map(re.escape, load_vocabulary().units))
    return regex(
        r"(?P<which>(?:是|在|属于)?(?:哪|什么|啥|何|which |what )"
        r"(?:[一几些两三]个?)?(?:个|座|家|种|类|份|张|片|条)?)"
        rf"(?P<unit>{words})(?!场|面|内)"
        r"|(?P<each>各个?|每一?个?|不同的?|按照?|分|逐个?|历|依|以|by |per )"
        rf"(?:(?:各|不同)个?)?(?:所在|所属|认定|成立)?(?P<group>{words})(?!场|面|内)"
        rf"|(?<=不限|不管|不论|放开|取消|去掉)(?P<dropped>{words})(?!场|面|内)"
        rf"|(?P<spread>{words})(?:的)?(?P<tail>分布|统计|汇总|分组|排名|排行|构成|结构)"
        r"|(?P<some>[一两二三四五六七八九十\d]+)个(?P<several>城市|省份|省|地区|城)(?!业)"
        r"|(?P<together>[这那]?[两二三四五六七八九十几]+[市省])(?![场值区内外])"
        r"|(?P<everywhere>(?:全国)?各地)(?![区址方])"
        r"|(?P<lists>[两三四五六七八\d]+[份个张](?:清单|名单|榜单|榜))(?=[^,，。]{0,3}(?:各|分别))"
        rf"|(?P<where>哪里|哪儿|哪|什么地方)(?:的)?(?=(?:小巨人|企业|公司|瞪羚|独角兽)?(?:数量)?(?:最|更|比较))"
    )
