"""Questions typed in pinyin: hangzhou de jiqiren qiye."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from index.language.sounds import LONGEST, SYLLABLE, alike
from index.regex import regex

_RUN = regex(r"[a-z]+(?:\s+[a-z]+)*")
_WORD = regex(rf"(?:{SYLLABLE.pattern})+")

# A run is pinyin if this share of its syllables makes words that are known; fewer syllables than
# _FEWEST may as well be an English word.
_SHARE = 0.6
_FEWEST = 3


class PinyinReader:
    """Reads pinyin as words.

    Args:
        told_by: Returns the likeliest Chinese word of a sound, None if none has it.
    """

    def __init__(self, told_by: Callable[[str], str | None]) -> None:
        self._told_by = told_by

    def read(self, folded: str) -> str:
        """Return a text with its runs of pinyin in characters; other Latin words stay."""
        return _RUN.sub(lambda match: self._run(match.group()), folded)

    def _run(self, run: str) -> str:
        words = run.split()
        if not all(_WORD.fullmatch(word) for word in words):
            return run
        syllables = [syllable for word in words for syllable in SYLLABLE.findall(word)]
        if len(syllables) < _FEWEST:
            return run
        read = list(self._words(syllables))
        known = sum(count for surface, count in read if surface)
        if known < _SHARE * len(syllables):
            return run
        return "".join(surface for surface, _ in read)

    def _words(self, syllables: list[str]) -> Iterator[tuple[str, int]]:
        """Yield the longest known word from each place on, with its syllables; "" for none."""
        at = 0
        while at < len(syllables):
            surface, count = None, 0
            for count in range(min(LONGEST, len(syllables) - at), 0, -1):
                surface = self._told_by(alike(" ".join(syllables[at : at + count])))
                if surface:
                    break
            yield surface or "", count
            at += count
