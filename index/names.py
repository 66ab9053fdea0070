"""Company names taken apart: the core that people say, and the aliases that lead to a company."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.places import Gazetteer, Level

_SHORTEST = 2
_LONGEST_PLACE = 12


@dataclass(frozen=True, slots=True)
class NameParts:
    """A company name taken apart.

    Attributes:
        legal: Whether it ends with a legal form, so that it is a full name.
        core: What is left when place, trade words and legal form are off: 敏芯.
        forms: Every shorter form of the name down to the core, longest first.
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


@cache
def _words() -> _Words:
    data = tomllib.loads((files("index") / "data/names.toml").read_text("utf-8"))
    return _Words(**{key: tuple(sorted(data[key], key=len, reverse=True)) for key in data})


def split_name(name: str, gazetteer: Gazetteer) -> NameParts:
    """Return the parts of a company name: 苏州敏芯微电子技术股份有限公司 → core 敏芯.

    Its forms are 敏芯微电子技术, 敏芯微电子, 敏芯微 and 敏芯, with and without 苏州 before them:
    微电子 may be one trade word or 微 may belong to the name, so both readings are kept. A name
    without a legal form (宁德时代) keeps its place: it is how people say it.
    """
    words = _words()
    body = _strip_end(name, (*words.legal, *words.institute))
    legal = body != name
    bare = strip_place(body, gazetteer) if legal else body
    forms = _peel(bare)
    core = min(forms, key=len)
    institutes = [
        f"{form}{word}" for word in words.institute if name.endswith(word) for form in forms
    ]
    forms = list(dict.fromkeys([*_peel(body), *forms, *institutes]))
    return NameParts(
        legal, core, tuple(sorted((f for f in forms if f != name), key=len, reverse=True))
    )


def _peel(name: str) -> list[str]:
    """Return ``name`` and every form of it with trade words taken off the end."""
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
        if any(
            place.level is not Level.DISTRICT or place.name == start or place.name == f"{start}市"
            for place in gazetteer.find(start)
        ):
            return name[length:]
    return name


def split_list(text: str) -> list[str]:
    """Return the items of a cell that lists several: ``"旷视、地平线"`` → two."""
    for mark in "，,;；/":
        text = text.replace(mark, "、")
    return [item.strip() for item in text.split("、") if item.strip()]
