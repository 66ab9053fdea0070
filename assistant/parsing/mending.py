"""Questions put right before they are read: slips of the pen, homophones, pinyin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.parsing.spans import Category, Span
from assistant.parsing.spelling import Speller, Token
from assistant.parsing.text import Text
from assistant.parsing.vocabulary import Vocabulary
from index.language.segment import Segmenter
from index.language.sounds import LONGEST, SYLLABLE, alike
from index.regex import regex

_FIXED = frozenset(
    {Category.COMPANY, Category.PLACE, Category.DISTRICT, Category.EXCHANGE, Category.BATCH}
)
_SHORT = 2


class Mender:
    """Puts questions right.

    Args:
        speller: Finds what a misspelt stretch may have been meant to be.
        is_name: Whether a folded stretch is the name of a company.
        vocabulary: The words of questions.
        segmenter: Cuts a question into words.
    """

    def __init__(
        self,
        speller: Speller,
        is_name: Callable[[str], bool],
        vocabulary: Vocabulary,
        segmenter: Segmenter,
    ) -> None:
        self._speller = speller
        self._is_name = is_name
        self._vocabulary = vocabulary
        self._segmenter = segmenter
        self._pinyin = PinyinReader(speller.told_by)

    def read(self, text: Text) -> tuple[Text, list[tuple[str, str]]]:
        """Return a text with common slips mended and pinyin in characters, and what changed."""
        read, changed = text.folded, []
        for wrong, right in self._vocabulary.slips.items():
            if wrong in read:
                read = read.replace(wrong, right)
                changed.append((wrong, right))
        spoken = self._pinyin.read(read) if read.isascii() else read
        if spoken != read:
            changed.append((text.asked, spoken))
        return (text if spoken == text.folded else Text(text.asked, spoken, spoken)), changed

    def spelt(self, text: Text, spans: Sequence[Span]) -> tuple[Text, list[tuple[str, str]]]:
        """Return a text with misspelt stretches put right, and what was changed."""
        loose = [(one.start, one.end) for one in spans if _is_loose(one)]
        if not any(one.category is Category.WORD for one in spans):
            return text, []
        fixed = [(one.start, one.end) for one in spans if one.category in _FIXED]
        told = sorted(self._speller.corrections(self._tokens(text), loose, fixed))
        found = [one for one in told if self._sure(text.folded[one[0] : one[1]], one[2])]
        folded, written, position = "", "", 0
        for start, end, meant in found:
            folded += text.folded[position:start] + meant
            written += text.written[position:start] + meant
            position = end
        spelt = Text(text.asked, folded + text.folded[position:], written + text.written[position:])
        return spelt, [(text.written[start:end], meant) for start, end, meant in found]

    def _sure(self, stretch: str, meant: str) -> bool:
        """Return whether a correction is sure: a short name only by exactly the same sound."""
        if len(stretch) > _SHORT or stretch.isascii() or not self._is_name(meant):
            return True
        from pypinyin import lazy_pinyin

        return bool(lazy_pinyin(stretch) == lazy_pinyin(meant))

    def _tokens(self, text: Text) -> list[Token]:
        found, position = [], 0
        for word in self._segmenter.known_words(text.folded):
            start = text.folded.find(word, position)
            position = start + len(word)
            found.append(Token(start, position, word))
        return found


def _is_loose(span: Span) -> bool:
    return span.category is Category.WORD or span.rule.startswith("tag.")


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
