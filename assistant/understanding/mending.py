"""Questions put right before they are understood: brands, slips of the pen, pinyin."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.parsing.text import Text
from assistant.understanding.linker import Linked, Linker
from assistant.understanding.romanised import PinyinReader
from assistant.understanding.spelling import Speller
from assistant.understanding.topic import TopicReader
from assistant.understanding.types import Kind
from assistant.understanding.words import Words

# What a correction never touches.
_FIXED = frozenset(
    {Kind.COMPANY, Kind.CITY, Kind.PROVINCE, Kind.DISTRICT, Kind.REGION, Kind.EXCHANGE, Kind.BATCH}
)


@dataclass(frozen=True, slots=True)
class Mended:
    """A question put right.

    Attributes:
        text: The question as it is read.
        linked: What was found in it.
        corrections: What was read as something else: written, read.
    """

    text: Text
    linked: Linked
    corrections: tuple[tuple[str, str], ...]


class Mender:
    """Puts questions right.

    Args:
        linker: Links stretches to values of the index.
        speller: Reads misspelt stretches.
        topics: Cuts the question into words, and knows which of them nothing links.
        words: Common slips of the pen.
    """

    def __init__(self, linker: Linker, speller: Speller, topics: TopicReader, words: Words) -> None:
        self._linker = linker
        self._speller = speller
        self._topics = topics
        self._pinyin = PinyinReader(speller.told_by)
        self._misspelt = words.misspelt

    def mend(self, text: Text) -> Mended:
        """Return a question as it was meant, with everything that was changed."""
        read, changed = self._read(text)
        linked = self._linker.link(read.folded)
        spelt, corrected = self._spelt(read, linked)
        if corrected:
            linked = self._linker.link(spelt.folded)
        return Mended(spelt, linked, (*changed, *corrected))

    def _read(self, text: Text) -> tuple[Text, list[tuple[str, str]]]:
        """Return a text with brands in one word, slips mended, and pinyin in characters."""
        read, changed = self._linker.joined(text.folded), []
        for wrong, right in self._misspelt.items():
            if wrong in read:
                read = read.replace(wrong, right)
                changed.append((wrong, right))
        spoken = self._pinyin.read(read) if read.isascii() else read
        if spoken != read:
            changed.append((text.asked, spoken))
        return (text if spoken == text.folded else Text(text.asked, spoken, spoken)), changed

    def _spelt(self, text: Text, linked: Linked) -> tuple[Text, list[tuple[str, str]]]:
        """Return a text with misspelt stretches put right, and what was changed."""
        loose = self._topics.loose_stretches(text, linked)
        if not loose:
            return text, []
        fixed = [(m.start, m.end) for m in linked.mentions if m.kind in _FIXED]
        corrected = self._speller.corrections(self._topics.tokens(text), loose, fixed)
        found = sorted(corrected)
        folded, written, position = "", "", 0
        for start, end, meant in found:
            folded += text.folded[position:start] + meant
            written += text.written[position:start] + meant
            position = end
        spelt = Text(text.asked, folded + text.folded[position:], written + text.written[position:])
        return spelt, [(text.written[start:end], meant) for start, end, meant in found]
