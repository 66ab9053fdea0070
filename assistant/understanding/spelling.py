"""Other spellings of words that the lexicon knows: homophones, pinyin, a wrong character.

Only looked for where a question has words that nothing links, and never for what the general
dictionary knows as a word: 关系 is not 广西. A company is never guessed from a similar look: 瑞芯
is another company than 瑞声; it must sound the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

from assistant.types import Kind, Mention
from assistant.understanding.lexicon import Meaning

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z]{4,}")

_PLACES = frozenset({Kind.PROVINCE, Kind.CITY, Kind.DISTRICT, Kind.REGION})
_BY_SOUND = _PLACES | {
    Kind.COMPANY, Kind.REPRESENTATIVE, Kind.LISTING, Kind.EXCHANGE, Kind.FIELD, Kind.TOPIC, Kind.CUE
}  # fmt: skip
_BY_LOOK = _PLACES | {Kind.EXCHANGE, Kind.LISTING, Kind.CUE}
_BY_PINYIN = frozenset({Kind.COMPANY, Kind.PROVINCE, Kind.CITY})

_TOLD_IN_PINYIN = _BY_SOUND | {Kind.ABSENT, Kind.NEGATION, Kind.FILLER}

# Cues that are names of things; those that are turns of phrase are too easily mistaken.
_NAMING_CUES = frozenset({"company"})

# Two characters sound or look like too many others: then the index itself must hold the value.
_SURE = 3
_LONGEST = 8

# Sounds that speakers of many dialects, and input methods, do not tell apart.
_SAME_SOUNDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))

_PRIORITY = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a question as the segmenter cuts it."""

    start: int
    end: int
    text: str


class Speller:
    """Finds what a misspelt stretch may have been meant to be.

    Args:
        lexicon: Folded surfaces with their meanings.
        held: Values that the index holds; they win over others of the same sound.
        is_word: Whether the general dictionary knows a stretch.
        is_common: Whether it knows it as a word in everyday use.
        particles: Characters that neither begin nor end a misspelt word.
    """

    def __init__(
        self,
        lexicon: Mapping[str, Meaning],
        held: frozenset[str],
        is_word: Callable[[str], bool],
        is_common: Callable[[str], bool],
        particles: frozenset[str],
    ) -> None:
        self._lexicon = lexicon
        self._held = held
        self._is_word = is_word
        self._is_common = is_common
        self._particles = particles

    def corrections(
        self,
        tokens: Sequence[Token],
        loose: Iterable[tuple[int, int]],
        fixed: Iterable[tuple[int, int]],
    ) -> Iterator[Mention]:
        """Yield mentions, longest first, for stretches that touch a ``loose`` one.

        Args:
            tokens: The question, cut into words; a misspelt stretch never splits one.
            loose: Stretches, start and end, that nothing links.
            fixed: Stretches that stay as they are: names and places that were linked.
        """
        taken = {at for start, end in fixed for at in range(start, end)}
        unlinked = {at for start, end in loose for at in range(start, end)}
        for window in sorted(self._windows(tokens), key=lambda w: w[0].start - w[-1].end):
            stretch = set(range(window[0].start, window[-1].end))
            if taken & stretch or not unlinked & stretch:
                continue
            surface = self._meant(window)
            if surface is not None:
                taken |= stretch
                meaning = self._lexicon[surface]
                start, end = window[0].start, window[-1].end
                yield Mention(start, end, surface, meaning.kind, meaning.values)

    def ranked(self) -> Iterator[str]:
        """Yield every Chinese word that may be told by its sound, the likelier first."""
        yield from sorted(self._of(_TOLD_IN_PINYIN, every_cue=True), key=self._rank)

    def _windows(self, tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
        for first in range(len(tokens)):
            for last in range(first, len(tokens)):
                window = tokens[first : last + 1]
                if window[-1].end - window[0].start > _LONGEST and last > first:
                    break
                text = "".join(token.text for token in window)
                whole = window[-1].end - window[0].start == len(text)
                if whole and (_HAN.fullmatch(text) or (last == first and _LATIN.fullmatch(text))):
                    yield window

    def _meant(self, window: Sequence[Token]) -> str | None:
        stretch = "".join(token.text for token in window)
        if stretch in self._lexicon or self._is_common(stretch):
            return None
        if self._is_word(stretch):
            # A rare word may be a company that sounds like it: 旷世 for 旷视.
            surface = self._sounding_like(stretch)
            named = surface is not None and self._lexicon[surface].kind is Kind.COMPANY
            return surface if named else None
        if stretch.isascii():
            return self._by_pinyin.get(stretch)
        edged = stretch[0] in self._particles or stretch[-1] in self._particles
        if len(stretch) < 2 or (edged and len(stretch) <= _SURE):
            return None
        odd = all(len(token.text) == 1 or not self._is_word(token.text) for token in window)
        surface = self._sounding_like(stretch)
        if surface and (odd or len(stretch) >= _SURE) and self._trusted(surface):
            return surface
        return self._looked_up(stretch) if odd else None

    def _trusted(self, surface: str) -> bool:
        """Return whether a surface is long enough, or held by the index, to be read for another."""
        meaning = self._lexicon[surface]
        held = not self._held.isdisjoint(meaning.values)
        closed = meaning.kind in (Kind.FIELD, Kind.EXCHANGE, Kind.LISTING)
        return held or closed or len(surface) >= _SURE

    def _looked_up(self, stretch: str) -> str | None:
        """Return the one surface that differs in a single character, or has one more."""
        for key in _wildcards(stretch):
            if surface := self._by_look.get(key):
                return surface
        return self._by_gap.get(stretch) if len(stretch) >= _SURE else None

    def _sounding_like(self, stretch: str) -> str | None:
        """Return the best surface of the same sound."""
        sound = _sound(stretch)
        first, _, _ = sound.partition(" ")
        same = (
            surface
            for start in self._starts.get(first, ())
            for surface in self._by_start[start]
            if len(surface) == len(stretch) and _sound(surface) == sound
        )
        return min(same, key=self._rank, default=None)

    @cached_property
    def _by_start(self) -> dict[str, list[str]]:
        """Surfaces by their first character; the sound of a whole one is dear to find out."""
        found: dict[str, list[str]] = {}
        for surface in self._of(_BY_SOUND):
            found.setdefault(surface[0], []).append(surface)
        return found

    @cached_property
    def _starts(self) -> dict[str, list[str]]:
        """First characters of surfaces by every sound that they may have."""
        found: dict[str, list[str]] = {}
        for start in self._by_start:
            for sound in _sounds(start):
                found.setdefault(sound, []).append(start)
        return found

    @cached_property
    def _by_pinyin(self) -> dict[str, str]:
        return self._table(
            ("".join(lazy_pinyin(surface)), surface) for surface in self._of(_BY_PINYIN)
        )

    @cached_property
    def _by_look(self) -> dict[str, str]:
        return self._table(
            (key, surface) for surface in self._of(_BY_LOOK) for key in _wildcards(surface)
        )

    @cached_property
    def _by_gap(self) -> dict[str, str]:
        """Surfaces of four characters and more by what is left when one of them is missing."""
        return self._table(
            (surface[:i] + surface[i + 1 :], surface)
            for surface in self._of(_BY_LOOK)
            if len(surface) > _SURE
            for i in range(len(surface))
        )

    def _of(self, kinds: frozenset[Kind], *, every_cue: bool = False) -> Iterator[str]:
        for surface, meaning in self._lexicon.items():
            naming = every_cue or meaning.kind is not Kind.CUE
            naming = naming or not _NAMING_CUES.isdisjoint(meaning.values)
            if meaning.kind in kinds and naming and _HAN.fullmatch(surface):
                yield surface

    def _table(self, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Return the best surface for each key: one the index holds, of the foremost kind."""
        best: dict[str, str] = {}
        for key, surface in pairs:
            if key not in best or self._rank(surface) < self._rank(best[key]):
                best[key] = surface
        return best

    def _rank(self, surface: str) -> tuple[bool, int, str]:
        meaning = self._lexicon[surface]
        held = not self._held.isdisjoint(meaning.values)
        return (not held, _PRIORITY.index(meaning.kind), surface)


@lru_cache(maxsize=1 << 16)
def _sound(text: str) -> str:
    return _alike(" ".join(lazy_pinyin(text)))


def _sounds(character: str) -> set[str]:
    """Return every sound that a character may have."""
    (readings,) = pinyin(character, style=Style.NORMAL, heteronym=True)
    return {_alike(reading) for reading in (*readings, *lazy_pinyin(character))}


def _alike(sound: str) -> str:
    for distinct, same in _SAME_SOUNDS:
        sound = sound.replace(distinct, same)
    return sound


def _wildcards(text: str) -> Iterator[str]:
    """Yield ``text`` with each of its characters left open; short words are too many to tell."""
    if len(text) >= _SURE:
        for i in range(len(text)):
            yield f"{text[:i]}*{text[i + 1 :]}"
