"""What the stretches of a question mean: numbers by pattern, the rest by longest match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import ahocorasick

from assistant.lexicon import Meaning
from assistant.types import Kind, Mention
from assistant.words import Words
from index.normalize import fold, parse_batch

_BATCH = re.compile(r"第?\s*[一二三四五六七八九十\d]{1,3}\s*批(?!次)")
_WORD_CHARACTER = re.compile(r"[a-z0-9]")


class Linker:
    """Links questions to a lexicon.

    Args:
        lexicon: Folded surfaces with their meanings.
        words: For the patterns of numbers.
    """

    def __init__(self, lexicon: Mapping[str, Meaning], words: Words) -> None:
        self._words = words
        self._automaton = ahocorasick.Automaton()
        for surface, meaning in lexicon.items():
            self._automaton.add_word(surface, (surface, meaning))
        self._automaton.make_automaton()

    def link(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in a question, from left to right, without overlaps."""
        folded = fold(text)
        numbers = sorted(self._numbers(folded), key=lambda mention: mention.start)
        masked = _masked(folded, numbers)
        mentions = [*numbers, *self._longest(masked)]
        return tuple(sorted(mentions, key=lambda mention: mention.start))

    def _numbers(self, folded: str) -> Iterator[Mention]:
        for match in _BATCH.finditer(folded):
            number = parse_batch(match.group())
            if number is not None:
                yield Mention(match.start(), match.end(), match.group(), Kind.BATCH, (str(number),))
        taken: set[int] = set()
        for index, pattern in enumerate(self._words.ranges):
            for match in pattern.pattern.finditer(folded):
                stretch = set(range(match.start(), match.end()))
                if not stretch & taken:
                    taken |= stretch
                    kind = Kind(pattern.field)
                    yield Mention(match.start(), match.end(), match.group(), kind, (str(index),))

    def _longest(self, masked: str) -> Iterator[Mention]:
        for end, (surface, meaning) in self._automaton.iter_long(masked):
            start = end + 1 - len(surface)
            if is_whole_word(masked, start, end + 1):
                yield Mention(start, end + 1, surface, meaning.kind, meaning.values)


def is_whole_word(text: str, start: int, end: int) -> bool:
    """Return whether a match ends no Latin word or number in its middle: no AI in AIoT."""
    before = start > 0 and _WORD_CHARACTER.match(text[start - 1])
    after = end < len(text) and _WORD_CHARACTER.match(text[end])
    return not (
        (before and _WORD_CHARACTER.match(text[start]))
        or (after and _WORD_CHARACTER.match(text[end - 1]))
    )


def _masked(text: str, mentions: list[Mention]) -> str:
    """Return ``text`` with the stretches of ``mentions`` blanked out, length unchanged."""
    characters = list(text)
    for mention in mentions:
        characters[mention.start : mention.end] = "\n" * (mention.end - mention.start)
    return "".join(characters)


def leftovers(folded: str, mentions: tuple[Mention, ...]) -> Iterator[tuple[int, str]]:
    """Yield the stretches of a question that no mention covers, with their position."""
    position = 0
    for mention in mentions:
        if mention.start > position:
            yield position, folded[position : mention.start]
        position = max(position, mention.end)
    if position < len(folded):
        yield position, folded[position:]
