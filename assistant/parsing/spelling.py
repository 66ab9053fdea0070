"""Other spellings of known words: homophones, pinyin, a wrong character.

Only looked for where a question has words that nothing links, and never for what the general
dictionary knows as a word: 关系 is not 广西. A company is never guessed from a similar look: 瑞芯
is another company than 瑞声; it must sound the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.parsing.spans import Category
from assistant.parsing.surfaces import Surfaces
from index.language.sounds import LONGEST, letters_of, sound_of, sounds_of, syllables
from index.regex import regex

_HAN = regex(r"[\u3400-\u9fff]+")
_LATIN = regex(r"[a-z]{4,}")

_PLACES = frozenset({Category.PLACE, Category.DISTRICT})
_BY_SOUND = _PLACES | {
    Category.COMPANY, Category.REPRESENTATIVE, Category.LISTING, Category.EXCHANGE, Category.FIELD,
    Category.TOPIC, Category.NOUN,
}  # fmt: skip
# A market is never guessed from a similar look either: 伦交所 is not 上交所.
_BY_LOOK = _PLACES | {Category.LISTING, Category.NOUN}
_BY_LETTERS = frozenset({Category.PLACE})
_CLOSED = frozenset({Category.FIELD, Category.EXCHANGE, Category.LISTING})

# Turns of phrase are too easily mistaken in characters; a run of pinyin is made of them too.
_TOLD_IN_PINYIN = _BY_SOUND | {
    Category.ASK, Category.DOING, Category.POINTER, Category.JOIN, Category.LACKING, Category.NOT,
    Category.EXCEPT, Category.GRAMMAR,
}  # fmt: skip

# Two characters sound or look like too many others: then the index itself must hold the value.
_SURE = 3

# What a misspelt stretch is taken for where several things sound like it: the first of these.
_PRIORITY = (
    Category.COMPANY, Category.REPRESENTATIVE, Category.PLACE, Category.DISTRICT, Category.LISTING,
    Category.EXCHANGE, Category.FIELD, Category.LACKING, Category.NOT, Category.EXCEPT,
    Category.ASK, Category.DOING, Category.NOUN, Category.POINTER, Category.JOIN, Category.TOPIC,
    Category.GRAMMAR,
)  # fmt: skip

# Characters that neither begin nor end a misspelt word.
_EDGES = frozenset("的了吗呢啊吧呀么嘛哦是在有都和与及或")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a question as the segmenter cuts it."""

    start: int
    end: int
    text: str


class Speller:
    """Finds what a misspelt stretch may have been meant to be.

    Args:
        surfaces: Knows what stretches mean, and the names of companies by their sound.
        is_word: Whether the general dictionary knows a stretch.
        is_common: Whether it knows it as a word in everyday use.
    """

    def __init__(
        self,
        surfaces: Surfaces,
        is_word: Callable[[str], bool],
        is_common: Callable[[str], bool],
    ) -> None:
        self._surfaces = surfaces
        self._is_word = is_word
        self._is_common = is_common

    def corrections(
        self,
        tokens: Sequence[Token],
        loose: Iterable[tuple[int, int]],
        fixed: Iterable[tuple[int, int]],
    ) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and what was meant, longest first, for what touches a ``loose`` stretch.

        Args:
            tokens: The question, cut into words; a misspelt stretch never splits one.
            loose: Stretches, start and end, that nothing links.
            fixed: Stretches that stay as they are: names and places that were linked.
        """
        taken = {at for start, end in fixed for at in range(start, end)}
        unlinked = {at for start, end in loose for at in range(start, end)}
        windows = [
            window for window in self._windows(tokens) if not unlinked.isdisjoint(_places(window))
        ]
        self._surfaces.prepare(map(_text, windows))
        for window in sorted(windows, key=lambda w: w[0].start - w[-1].end):
            stretch = _places(window)
            surface = None if not taken.isdisjoint(stretch) else self._meant(window)
            if surface is not None:
                taken.update(stretch)
                yield window[0].start, window[-1].end, surface

    def told_by(self, sound: str) -> str | None:
        """Return the likeliest Chinese word that has a sound, see ``sounds.sound_of``."""
        same = (*self._by_sound.get(sound, ()), *self._surfaces.names_of(sound))
        return min(same, key=self._rank, default=None)

    def _windows(self, tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
        for first in range(len(tokens)):
            for last in range(first, len(tokens)):
                window = tokens[first : last + 1]
                if window[-1].end - window[0].start > LONGEST and last > first:
                    break
                text = _text(window)
                whole = window[-1].end - window[0].start == len(text)
                if whole and (_HAN.fullmatch(text) or (last == first and _LATIN.fullmatch(text))):
                    yield window

    def _meant(self, window: Sequence[Token]) -> str | None:
        stretch = _text(window)
        if self._is_common(stretch) or self._surfaces.knows(stretch):
            return None
        if self._is_word(stretch):
            # A rare word may be a company that sounds like it: 旷世 for 旷视.
            surface = self._sounding_like(stretch)
            named = surface is not None and self._surfaces.category(surface) is Category.COMPANY
            return surface if named else None
        if stretch.isascii():
            return self._spelt(stretch)
        edged = stretch[0] in _EDGES or stretch[-1] in _EDGES
        if len(stretch) < 2 or (edged and len(stretch) <= _SURE):
            return None
        odd = all(len(token.text) == 1 or not self._is_word(token.text) for token in window)
        surface = self._sounding_like(stretch)
        if surface and (odd or len(stretch) >= _SURE) and self._trusted(surface):
            return surface
        return self._looked_up(stretch) if odd else None

    def _trusted(self, surface: str) -> bool:
        """Return whether a surface is long enough, or held by the index, to be read for another."""
        closed = self._surfaces.category(surface) in _CLOSED
        return closed or len(surface) >= _SURE or self._surfaces.is_held(surface)

    def _looked_up(self, stretch: str) -> str | None:
        """Return the one surface that differs in a single character, or has one more."""
        for key in _wildcards(stretch):
            if surface := self._by_look.get(key):
                return surface
        return self._by_gap.get(stretch) if len(stretch) >= _SURE else None

    def _sounding_like(self, stretch: str) -> str | None:
        """Return the best surface of the same sound."""
        sound = sound_of(stretch)
        first, _, _ = sound.partition(" ")
        same = [
            surface
            for start in self._starts.get(first, ())
            for surface in self._by_start[start]
            if len(surface) == len(stretch) and sound_of(surface) == sound
        ]
        return min((*same, *self._surfaces.names_of(sound)), key=self._rank, default=None)

    def _spelt(self, letters: str) -> str | None:
        """Return the place or the company whose pinyin a Latin word is: minxinwei."""
        names = self._surfaces.names_of(syllables(letters))
        return min(names, key=self._rank, default=None) or self._by_letters.get(letters)

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        """Words of the vocabulary by their sound."""
        found: dict[str, list[str]] = {}
        for surface in self._of(_TOLD_IN_PINYIN):
            found.setdefault(sound_of(surface), []).append(surface)
        return found

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
            for sound in sounds_of(start):
                found.setdefault(sound, []).append(start)
        return found

    @cached_property
    def _by_letters(self) -> dict[str, str]:
        return self._table((letters_of(surface), surface) for surface in self._of(_BY_LETTERS))

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

    def _of(self, categories: frozenset[Category]) -> Iterator[str]:
        for surface, category in self._surfaces.categories.items():
            if category in categories and _HAN.fullmatch(surface):
                yield surface

    def _table(self, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Return the best surface for each key: one the index holds, of the foremost kind."""
        best: dict[str, str] = {}
        for key, surface in pairs:
            if key not in best or self._rank(surface) < self._rank(best[key]):
                best[key] = surface
        return best

    def _rank(self, surface: str) -> tuple[bool, int, str]:
        held = self._surfaces.is_held(surface)
        return (not held, _PRIORITY.index(self._surfaces.category(surface)), surface)


def _text(window: Sequence[Token]) -> str:
    return "".join(token.text for token in window)


def _places(window: Sequence[Token]) -> range:
    return range(window[0].start, window[-1].end)


def _wildcards(text: str) -> Iterator[str]:
    """Yield ``text`` with each of its characters left open; short words are too many to tell."""
    if len(text) >= _SURE:
        for i in range(len(text)):
            yield f"{text[:i]}*{text[i + 1 :]}"
