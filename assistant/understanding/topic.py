"""The topic of a question: what remains when everything else is linked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.parsing.text import Text
from assistant.search.terms import TermMatcher
from assistant.understanding.linker import Linked, leftovers
from assistant.understanding.negation import Negation
from assistant.understanding.spelling import Token
from assistant.understanding.types import Kind, Topic
from assistant.understanding.words import Words
from index.language.segment import Segmenter

_CONTENT = re.compile(r"[\u3400-\u9fff]{2,}|[a-z][a-z0-9+.-]+")

# Parts of speech of words that can name a topic: nouns, names, foreign words, set phrases.
_NOUNS = ("n", "vn", "eng", "l", "i", "j", "x")

# A clause tells what is wanted where one of these stands in it.
_CLAUSE = re.compile(r"[^,，。:：;；!！?？]+")
_ASKING = ("谁", "哪", "有没有", "找", "吗", "推荐")
_SEVERAL = 2

# Mentions that say something of their own; what stands between them is the topic.
_SAYING = frozenset(Kind) - {Kind.TOPIC, Kind.FILLER}


_LATIN_WEIGHT = 2

# What a word that rules out may stand before or after.
_VALUES = frozenset(
    {Kind.TOPIC, Kind.COMPANY, Kind.CITY, Kind.PROVINCE, Kind.REGION, Kind.DISTRICT, Kind.BATCH}
)


@dataclass(frozen=True, slots=True)
class _TopicWord:
    """A word of the topic.

    Attributes:
        start: Where it starts.
        text: The word, folded.
        known: Whether any company row holds it.
        tag: Part of speech in jieba's letters.
    """

    start: int
    text: str
    known: bool
    tag: str = "n"

    @property
    def noun(self) -> bool:
        """Whether it can name a topic."""
        return self.tag.startswith(_NOUNS)

    @property
    def weight(self) -> int:
        """How much of the question it makes: its characters, a Latin word as two of them."""
        return _LATIN_WEIGHT if self.text.isascii() else len(self.text)

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def of(self, written: str) -> str:
        return written[self.start : self.end]


class TopicReader:
    """Reads topics.

    Args:
        terms: Knows which words the company rows hold; made on first use.
        segmenter: Cuts what nothing links; made on first use, for it takes a while to load.
        words: Fillers, and words that join alternatives.
    """

    def __init__(
        self, terms: Callable[[], TermMatcher], segmenter: Callable[[], Segmenter], words: Words
    ) -> None:
        self._terms = terms
        self._segmenter = segmenter
        self._words = words
        self._negation = Negation(words)

    def read(self, text: Text, linked: Linked) -> Topic:
        """Return the topic words that were linked, and the words that nothing links.

        A word that nothing links narrows the topic if it is a noun in the place of one: before
        企业, after 做, or beside a topic word. Others only help to find by meaning.
        """
        topics = [mention for mention in linked.mentions if mention.kind is Kind.TOPIC]
        words = [_TopicWord(m.start, m.text, known=True) for m in topics if not m.negated]
        for start, stretch in leftovers(text.folded, linked.covered):
            words.extend(self._loose(start, stretch))
        words.sort(key=lambda word: word.start)
        ruled_out = self._ruled_out(words, text, linked)
        words = [word for word in words if word not in ruled_out]
        known = list({word.text: word for word in words if word.known}.values())
        narrowing = [word for word in words if not word.known and self._narrows(word, words, text)]
        shown = [word for word in words if word.known or word in narrowing]
        spoken = sum(word.weight for word in words)
        return Topic(
            share=sum(word.weight for word in words if word.known) / spoken if spoken else 1.0,
            terms=tuple(word.text for word in known),
            labels=tuple(word.of(text.written) for word in known),
            phrase=_phrase(shown, text.written),
            sought=self._sought(text, linked),
            unknown=tuple(dict.fromkeys(word.text for word in narrowing)),
            stray=tuple(
                word.of(text.written)
                for word in words
                if word.noun and not word.known and word not in narrowing
            ),
            doing=tuple(
                word.text
                for word in words
                if word.tag.startswith("v") and not word.noun and not word.known
            ),
            excluded=(
                *(mention.text for mention in topics if mention.negated),
                *(word.text for word in ruled_out),
            ),
            either=self._joined(text.folded, words),
            several=any(one.search(text.folded) for one in self._words.patterns["several"]),
        )

    def linked_only(self, text: Text, linked: Linked) -> Topic:
        """Return the topic of the linked words alone, nothing else of the question."""
        topics = [mention for mention in linked.mentions if mention.kind is Kind.TOPIC]
        wanted = [_TopicWord(m.start, m.text, known=True) for m in topics if not m.negated]
        return Topic(
            terms=tuple(word.text for word in wanted),
            labels=tuple(word.of(text.written) for word in wanted),
            phrase=_phrase(wanted, text.written),
            excluded=tuple(mention.text for mention in topics if mention.negated),
        )

    def _ruled_out(
        self, words: Sequence[_TopicWord], text: Text, linked: Linked
    ) -> list[_TopicWord]:
        """Return the words that only rows know and that the question rules out: 不碰麦克风.

        Several joined by 和 are ruled out together: 人形的、四足的都排除掉.
        """
        folded = text.folded
        starts = {m.start for m in linked.mentions if m.kind in _VALUES}
        found: list[_TopicWord] = []
        for word in reversed([word for word in words if word.start not in starts]):
            limit = min((at for at in starts if at >= word.end), default=len(folded))
            gap = folded[word.end : found[-1].start].strip(" 的") if found else None
            if word.known and (
                self._negation.precedes(folded, word.start)
                or self._negation.follows(folded, word.end, limit, starts - {word.start})
                or gap in self._words.either
            ):
                found.append(word)
        return found

    def _narrows(self, word: _TopicWord, words: Sequence[_TopicWord], text: Text) -> bool:
        if not word.noun or not self._asks_here(word, words, text):
            return False
        before, after = text.folded[: word.start], text.folded[word.end :]
        beside = any(other.known and word.start in (other.end, other.end + 1) for other in words)
        beside = beside or any(other.known and word.end == other.start for other in words)
        in_place = before.endswith(self._words.making) or after.startswith(self._words.makers)
        return beside or in_place

    def _asks_here(self, word: _TopicWord, words: Sequence[_TopicWord], text: Text) -> bool:
        """Return whether the clause of a word asks for companies; others only tell why."""
        clauses = [match for match in _CLAUSE.finditer(text.folded) if match.group().strip()]
        if len(clauses) < _SEVERAL:
            return True
        start, end = next(one.span() for one in clauses if one.start() <= word.start < one.end())
        topical = any(other.known and start <= other.start < end for other in words)
        asks = any(one in text.folded[start:end] for one in self._words.cues["company"])
        return topical or asks or any(one in text.folded[start:end] for one in _ASKING)

    def tokens(self, text: Text) -> list[Token]:
        """Return the question cut into words, with their places."""
        found, position = [], 0
        for word in self._segmenter().known_words(text.folded):
            start = text.folded.find(word, position)
            position = start + len(word)
            found.append(Token(start, position, word))
        return found

    def loose_stretches(self, text: Text, linked: Linked) -> list[tuple[int, int]]:
        """Return the words, start and end, that neither the lexicon nor a row knows."""
        return [
            (start + at, start + at + len(word))
            for start, stretch in leftovers(text.folded, linked.covered)
            for at, word, _ in self._cut(stretch)
            if not self._terms().knows(word) and word not in self._words.particles
        ]

    def _loose(self, start: int, stretch: str) -> list[_TopicWord]:
        """Return the content words of a stretch that nothing links; most need no segmenter."""
        if not _CONTENT.search(stretch):
            return []
        return [
            _TopicWord(start + at, word, self._terms().knows(word), tag)
            for at, word, tag in self._cut(stretch)
            if _CONTENT.fullmatch(word)
        ]

    def _cut(self, stretch: str) -> list[tuple[int, str, str]]:
        """Return the words of a stretch with their place and part of speech, fillers left out."""
        if not set(re.findall(r"\w", stretch)) - self._words.particles:
            return []
        found, position = [], 0
        for word, tag in self._segmenter().tagged(stretch):
            at = stretch.find(word, position)
            position = at + len(word)
            said = word not in self._words.filler and word not in self._words.either
            if said and re.search(r"\w", word):
                found.append((at, word, tag))
        return found

    def _sought(self, text: Text, linked: Linked) -> str:
        """Return the question without places, batches, cues: what the companies are to be like.

        Clauses that only tell of the asker are left out: 老板让我明天去拜访.
        """
        characters = list(text.folded)
        for mention in linked.mentions:
            if mention.kind in _SAYING or mention.negated:
                characters[mention.start : mention.end] = " " * (mention.end - mention.start)
        for start, end in linked.numbers:
            characters[start:end] = " " * (end - start)
        told = "".join(characters)
        clauses = [match.span() for match in _CLAUSE.finditer(text.folded)]
        kept = [
            told[start:end]
            for start, end in clauses
            if not any(
                one.search(text.folded[start:end]) for one in self._words.patterns["telling"]
            )
        ]
        return " ".join(",".join(kept if 0 < len(kept) < len(clauses) else [told]).split())

    def _joined(self, folded: str, words: Sequence[_TopicWord]) -> bool:
        """Return whether 或, 和 or the like stands between two neighbouring topic words."""
        gaps = (self._joint(folded[one.end : two.start]) for one, two in pairwise(words))
        return any(gap in self._words.either for gap in gaps)

    def _joint(self, gap: str) -> str:
        """Return what joins two words; a verb may be said again: 要么做激光，要么做声学."""
        joint = gap.strip(" ,，的")
        verb = next((one for one in self._words.making if joint.endswith(one)), "")
        return joint.removesuffix(verb).strip(" ,，的") or joint


def _phrase(words: Sequence[_TopicWord], written: str) -> str:
    """Return the words as one phrase; Latin words keep the space between them."""
    phrase = ""
    for word in words:
        told = word.of(written)
        joint = " " if phrase[-1:].isascii() and phrase and told[:1].isascii() else ""
        phrase += joint + told
    return phrase
