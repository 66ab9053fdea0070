"""Passages by the words of a question: how much of what it asks each of them says.

Passages are the requirements, notes and rows of statistics of the lists. Companies' rows, notes
that only name a company, and rows of statistics by place that answers of their own tell are none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.search.library import Library, head_of
from assistant.search.passage_words import SHORTEST, is_hidden, load_passage_words
from index.language.segment import Segmenter
from index.language.thesaurus import Thesaurus
from index.regex import regex
from index.text import fold, plain_heading
from index.types import PLACE, Clause, Origin, Passage, StatisticsRow

Told = Clause | Passage | StatisticsRow

# A word that stands for another counts for a little less.
_OTHER_FORM = 0.9

# A stretch of a longer word counts for less than its share of it.
_PART = 0.8

# What asks for a number: 几年, 几批.
_HOW_MANY = regex(r"(?:第)?几.?")

# An article of a rule named by its number.
_ARTICLE = regex(r"第[一二三四五六七八九十百\d]+条")

# What a word may end in that only makes a kind of it.
_KIND = "类业型"

# Longer words are put together from others.
_COMPOUND = 3

# A text says a word from this share of it on.
_MOSTLY = 0.5

# What a date or a number adds to a passage where one is asked for.
_FITS = 0.15

# What rows of statistics by place say, which have answers of their own.
_OF_PLACES = frozenset({PLACE, "count", "domains", "representatives", "排名", "序号"})

# What the title of a list says holds for all of it: it hardly tells one passage from another.
_IN_TITLE = 0.1


@dataclass(frozen=True, slots=True)
class Unit:
    """One passage as it is searched.

    Attributes:
        told: The rule, note or row itself.
        own: Its own words, folded.
        around: The words of the headings above it and of the headers of its columns, folded.
        title: The title of its list, folded.
    """

    told: Told
    own: str
    around: str
    title: str

    @property
    def origin(self) -> Origin:
        """Where it stands."""
        return self.told.origin


@dataclass(frozen=True, slots=True)
class Covered:
    """A passage found.

    Attributes:
        share: How much of the question's words it says with what stands around it, from 0 to 1.
        own: How much of them its own words say.
        around: How much of them that no title says the headings and headers alone say.
        beyond: How much it says of the words that neither a title nor anything else in the
            question explains; 0 where there are none.
        headed: How much of those the headings and headers alone say.
        titled: How many of the words that some title says the title of its list says, or itself.
        fits: Whether it holds a date, a number or the like, as the question asks for.
    """

    unit: Unit
    share: float
    own: float
    around: float
    beyond: float
    headed: float
    titled: int
    fits: bool

    @property
    def rank(self) -> float:
        """What passages are put in order by."""
        return self.share + (_FITS if self.fits else 0.0)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a question: how much it tells, whether a title says it, whether it is open."""

    text: str
    weight: float
    titled: bool
    open: bool


class PassageFinder:
    """Finds rules, notes and rows of statistics by the words of a question.

    Args:
        library: Where they stand.
        segmenter: Cuts questions into words; made on first use, for it takes a while to load.
        thesaurus: Words of the trades that stand for each other.
    """

    def __init__(
        self, library: Library, segmenter: Callable[[], Segmenter], thesaurus: Thesaurus
    ) -> None:
        self._units = list(_units(library))
        self._titles = {source: fold(title) for source, title in library.titles.items()}
        self._segmenter = segmenter
        self._thesaurus = thesaurus
        self._held = lru_cache(maxsize=4096)(self._holding)

    def find(
        self, text: str, explained: Collection[str] = (), sources: Collection[str] | None = None
    ) -> list[Covered]:
        """Return the passages that say anything of a question, best first.

        Args:
            text: The question.
            explained: Stretches of it that mean something else too, such as a city.
            sources: The lists to look in; None for all.
        """
        if not self._units:
            return []
        words = self._words(text, explained)
        fitting = [says for asked, says in load_passage_words().fitting if asked.search(fold(text))]
        numbers = sorted({one for word in words for one in self._held(word.text)})
        found = (
            self._covered(number, words, fitting)
            for number in numbers
            if sources is None or self._units[number].origin.source in sources
        )
        return sorted((one for one in found if one.share), key=lambda one: -one.rank)

    def coverage(self, text: str) -> float:
        """Return how much of what a question asks the best passage says, from 0 to 1.

        A question of which the titles of the lists say every word asks nothing.
        """
        if all(word.titled for word in self._words(text, ())):
            return 0.0
        return max((max(one.share, one.around) for one in self.find(text)), default=0.0)

    def content(self, text: str) -> list[str]:
        """Return the words of a question that say what it is about, folded."""
        folded = fold(text)
        for asked, read in load_passage_words().reads:
            folded = asked.sub(read, folded)
        return [
            word
            for word in dict.fromkeys(self._cut(folded))
            if len(word) >= SHORTEST
            and word not in load_passage_words().ignored
            and not _HOW_MANY.fullmatch(word)
            and any(map(str.isalnum, word))
        ]

    def aspects(self, text: str) -> tuple[str, ...]:
        """Return the words that passages have for the turns of phrase of a question."""
        folded = fold(text)
        read = (read for asked, read in load_passage_words().reads if asked.search(folded))
        articles = (match.group() for match in _ARTICLE.finditer(folded))
        return (*(list(self._cut(one))[-1] for one in read if one.strip()), *articles)

    def _cut(self, folded: str) -> Iterator[str]:
        """Yield the words of a text: those known here as they stand, the rest by the segmenter."""
        end = 0
        for match in load_passage_words().known.finditer(folded):
            yield from map(self._plain, self._segmenter().words(folded[end : match.start()]))
            yield match.group()
            end = match.end()
        yield from map(self._plain, self._segmenter().words(folded[end:]))

    def _plain(self, word: str) -> str:
        """Return a word without what only makes a kind of it (游戏类), where no passage has it."""
        short = word.rstrip(_KIND)
        return short if len(short) >= SHORTEST and not self._held(word) else word

    def telling(self, text: str, source: str) -> list[str]:
        """Return the words of a question that the title of a list does not say."""
        title = self._titles.get(source, "")
        return [word for word in self.content(text) if not self._in_title(word, title)]

    def in_title(self, word: str, source: str) -> bool:
        """Return whether the title of a list says a folded word."""
        return self._in_title(word, self._titles.get(source, ""))

    def holds(self, word: str, text: str) -> bool:
        """Return whether a folded text says a word, or most of it, or one that stands for it."""
        return _part(self.forms(word), text) >= _MOSTLY

    def says(self, word: str, text: str) -> bool:
        """Return whether a folded text says a word, or most of it if it is a long one."""
        told = any(form in text for form in self.forms(word))
        return told or (len(word) > _COMPOUND and self.holds(word, text))

    def said(self, word: str, sources: Collection[str] | None = None) -> bool:
        """Return whether any passage says a folded word itself."""
        return any(
            word in unit.own or word in unit.around
            for unit in self._units
            if sources is None or unit.origin.source in sources
        )

    def alone(self, word: str, sources: Collection[str] | None = None) -> list[Told]:
        """Return the article whose own text says a folded word, if no other paragraph does."""
        said = [
            unit
            for unit in self._units
            if word in unit.own and (sources is None or unit.origin.source in sources)
        ]
        places = {_line_of(unit) for unit in said}
        if len(places) != 1:
            return []
        found = [unit for unit in self._units if _line_of(unit) in places]
        return [one.told for one in found] if _ARTICLE.match(found[0].own) else []

    def section(self, unit: Unit) -> list[Unit]:
        """Return all passages that stand under the same headings, in reading order."""
        origin = unit.origin
        return [
            one
            for one in self._units
            if (one.origin.source, one.origin.section) == (origin.source, origin.section)
        ]

    def _words(self, text: str, explained: Collection[str]) -> list[_Word]:
        known = " ".join(map(fold, explained))
        return [
            _Word(
                text=word,
                weight=self._weight(word),
                titled=any(self._in_title(word, title) for title in self._titles.values()),
                open=word not in known,
            )
            for word in self.content(text)
        ]

    def _in_title(self, word: str, title: str) -> bool:
        return any(form in title for form in self.forms(word))

    def _covered(
        self, number: int, words: Sequence[_Word], fitting: Sequence[re.Pattern[str]]
    ) -> Covered:
        unit = self._units[number]
        titled = 0
        total = said = alone = asked = answered = headed = around_open = untitled = 0.0
        for word in words:
            own, around = self._held(word.text).get(number, (0.0, 0.0))
            best = max(own, around)
            if word.titled:
                here = self._in_title(word.text, unit.title)
                titled += here or own > _MOSTLY
                total += word.weight * _IN_TITLE
                said += word.weight * _IN_TITLE * (1.0 if here else best)
                alone += word.weight * _IN_TITLE * (1.0 if here else own)
                continue
            total += word.weight
            said += word.weight * best
            alone += word.weight * own
            untitled += word.weight
            headed += word.weight * around
            if word.open:
                asked += word.weight
                answered += word.weight * best
                around_open += word.weight * around
        return Covered(
            unit,
            share=said / total,
            own=alone / total,
            around=headed / untitled if untitled else 0.0,
            beyond=answered / asked if asked else 0.0,
            headed=around_open / asked if asked else 0.0,
            titled=titled,
            fits=bool(fitting) and all(says.search(unit.own) for says in fitting),
        )

    def _weight(self, word: str) -> float:
        """Return how much a word tells: the rarer, the more."""
        return math.log(1 + len(self._units) / (len(self._held(word)) + 0.5))

    def forms(self, word: str) -> tuple[str, ...]:
        """Return a folded word and those that stand for it, itself first."""
        same = load_passage_words().same.get(word, (word,))
        return tuple(dict.fromkeys((*same, *self._thesaurus.same(word))))

    def _holding(self, word: str) -> dict[int, tuple[float, float]]:
        """Return the numbers of the units that hold a word, and how much of it.

        The first figure is for the unit's own words, the second for those around it.
        """
        forms = self.forms(word)
        found = {}
        for number, unit in enumerate(self._units):
            own, around = _part(forms, unit.own), _part(forms, unit.around)
            if own or around:
                found[number] = own, around
        return found


def _line_of(unit: Unit) -> tuple[str, str, int]:
    origin = unit.origin
    return origin.source, origin.sheet, origin.line_start


def _part(forms: Sequence[str], text: str) -> float:
    """Return how much of a word a text holds: less for one that stands for it, or a stretch."""
    word = forms[0]
    if word in text:
        return 1.0
    if any(form in text for form in forms):
        return _OTHER_FORM
    for length in range(len(word) - 1, SHORTEST - 1, -1):
        if any(word[i : i + length] in text for i in range(len(word) - length + 1)):
            return _PART * length / len(word)
    return 0.0


def _units(library: Library) -> Iterator[Unit]:
    titles = {source: fold(title) for source, title in library.titles.items()}
    for clause in library.clauses:
        aspect = clause.aspect.text if clause.aspect else ""
        yield _unit(clause, f"{clause.dimension} {aspect} {clause.text}", "", titles)
    for note in library.notes:
        if not (is_hidden(note) or head_of(note.text) in library.naming):
            yield _unit(note, note.text, "", titles)
    for row in library.statistics:
        if not (row.place and row.values.keys() <= _OF_PLACES):
            own = " ".join(value.text for value in row.values.values())
            yield _unit(row, own, row.header.text, titles)


def _unit(told: Told, own: str, header: str, titles: Mapping[str, str]) -> Unit:
    title = titles.get(told.origin.source, "")
    headings = [plain_heading(one) for one in told.origin.section if fold(one) != title]
    return Unit(told, fold(own), fold(" ".join((*headings, header))), title)
