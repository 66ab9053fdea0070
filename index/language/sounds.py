"""How Chinese words sound, as speakers of many dialects and input methods tell sounds apart."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from index.regex import regex

_HAN = regex(r"[\u3400-\u9fff]+")

# Pairs of sounds of which the first is heard and typed as the second.
_SAME = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))

SYLLABLE = regex(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue"
    r"|ve|er|a|o|e|i|u|v))"
)
"""One syllable of pinyin; of several ways to cut a run the longest syllables first."""

LONGEST = 8
"""Words of more characters than this are not told by their sound."""


def pinyin_of(text: str) -> list[str]:
    """Return the syllables of a text in pinyin; what is not Chinese stays as it is."""
    return [sound for phrase in _cutter().seg(text) for sound in _phrase(phrase)]


@cache
def _cutter() -> Any:
    # Loading its dictionary takes a while, and few questions need it.
    from pypinyin.core import Pinyin

    return Pinyin()


@lru_cache(maxsize=1 << 16)
def _phrase(text: str) -> tuple[str, ...]:
    """Return the syllables of a phrase; the same few thousand stand in all names."""
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))


@lru_cache(maxsize=1 << 16)
def sound_of(text: str) -> str:
    """Return the syllables of a Chinese word in pinyin, blank-separated, those alike made one."""
    return alike(" ".join(pinyin_of(text)))


def letters_of(text: str) -> str:
    """Return the pinyin of a Chinese word in one run of letters."""
    return "".join(pinyin_of(text))


def syllables(letters: str) -> str:
    """Return a run of pinyin as a sound, see ``sound_of``; "" where it is no pinyin."""
    found = SYLLABLE.findall(letters)
    return alike(" ".join(found)) if "".join(found) == letters else ""


def sounds_of(character: str) -> set[str]:
    """Return every sound that a character may have."""
    from pypinyin import Style, lazy_pinyin, pinyin

    (readings,) = pinyin(character, style=Style.NORMAL, heteronym=True)
    return {alike(reading) for reading in (*readings, *lazy_pinyin(character))}


def alike(sound: str) -> str:
    """Return pinyin with the sounds that are easily mistaken for each other made one."""
    for distinct, same in _SAME:
        sound = sound.replace(distinct, same)
    return sound


def has_sound(text: str) -> bool:
    """Return whether a word may be told by its sound: a short one of Chinese characters."""
    return len(text) <= LONGEST and _HAN.fullmatch(text) is not None
