"""Questions typed in pinyin: hangzhou de jiqiren qiye."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from pypinyin import lazy_pinyin

_RUN = re.compile(r"[a-z]+(?:\s+[a-z]+)*")
_SYLLABLE = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue"
    r"|ve|er|a|o|e|i|u|v))"
)
_WORD = re.compile(rf"{_SYLLABLE}+")
_SYLLABLES = re.compile(_SYLLABLE)

# A run is pinyin if this share of its syllables makes words that are known; fewer syllables than
# _FEWEST may as well be an English word.
_SHARE = 0.6
_FEWEST = 3
_LONGEST = 8


class PinyinReader:
    """Reads pinyin as the words of a lexicon.

    Args:
        surfaces: Chinese words by rank: of several with one sound the first is meant.
    """

    def __init__(self, surfaces: Iterable[str]) -> None:
        self._surfaces = surfaces

    def read(self, folded: str) -> str:
        """Return a text with its runs of pinyin in characters; other Latin words stay."""
        return _RUN.sub(lambda match: self._run(match.group()), folded)

    def _run(self, run: str) -> str:
        words = run.split()
        if not all(_WORD.fullmatch(word) for word in words):
            return run
        syllables = [syllable for word in words for syllable in _SYLLABLES.findall(word)]
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
            for count in range(min(_LONGEST, len(syllables) - at), 0, -1):
                surface = self._by_sound.get(" ".join(syllables[at : at + count]))
                if surface:
                    break
            yield surface or "", count
            at += count

    @cached_property
    def _by_sound(self) -> Mapping[str, str]:
        table: dict[str, str] = {}
        for surface in self._surfaces:
            table.setdefault(" ".join(lazy_pinyin(surface)), surface)
        return table
