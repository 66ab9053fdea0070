"""What the sources say of rules, terms, dates and notes, in their own words.

In order: the date of the data, a definition; the requirements named, or all of them; a section or a
figure named; what says most of the question's words; what is near in meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.requirements.judging import applying
from assistant.requirements.vocabulary import asked_words, requirements_of
from assistant.search.articles import article, completed
from assistant.search.asked import Asked
from assistant.search.clauses import ClauseFinder
from assistant.search.library import Library
from assistant.search.passage_words import asks_date, asks_definition, names_rules
from assistant.search.passages import Covered, PassageFinder, Told
from index.places.gazetteer import Gazetteer
from index.regex import regex
from index.rules.criteria import defines
from index.store.chunks import questions_of
from index.text import fold, plain_heading
from index.types import Clause, Passage, StatisticsRow

# A passage that says at least this share of the question's words answers it, whatever is near.
SAYS_ENOUGH = 0.75
SAYS_MOST = 0.9

# From these shares on, headings say what is asked for, and passages are worth showing as near.
HEADED = 0.8
_NEAR = 0.3
_NEAREST = 3

# What is nearly as good as the best counts too.
_NEARLY = 0.97

# A passage says clearly more than a requirement where its share is larger by this.
_CLEARLY = 0.2

# Who asks for several of what a heading names asks for all that stands below it.
_SEVERAL = regex(r"哪些|有什么|都有")
_LARGE_FIGURE = regex(r"\d+(?:\.\d+)?万")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What answers a question, or where nothing does, what is near to it.

    Attributes:
        told: What answers.
        near: What is near.
        said: Whether one of what answers says every content word of the question.
        unsaid: What the question asks about and nothing says, where nothing answers.
    """

    told: tuple[Told, ...] = ()
    near: tuple[Told, ...] = ()
    said: bool = False
    unsaid: tuple[str, ...] = ()


class Explainer:
    """Finds what the sources say besides their companies."""

    def __init__(
        self,
        library: Library,
        passages: PassageFinder,
        by_meaning: Callable[[Asked], Sequence[Told]],
        gazetteer: Gazetteer,
    ) -> None:
        self._library = library
        self._passages = passages
        self._by_meaning = by_meaning
        self._clauses = ClauseFinder(library, passages, gazetteer)

    def explain(self, asked: Asked) -> Explanation:
        """Return the requirements or passages that answer, or the nearest where none does."""
        if asked.article:
            found = self._article(asked)
            return Explanation(found, unsaid=() if found else (asked.article,))
        told = applying(self._first(asked), asked.facts)
        if not told and asked.whole and self._clauses.unknown_places(asked):
            return Explanation(near=tuple(self._clauses.general(asked)))
        if not told or self._unsaid(told, asked.focus):
            told = list(self._else(asked))
            if unsaid := self._unsaid(told, (*asked.focus, *self._passages.aspects(asked.text))):
                near = told or self._related(asked)
                return Explanation(near=tuple(near[:_NEAREST]), unsaid=unsaid)
        if not told:
            return Explanation(near=tuple(self.nearest(asked)))
        said = any(self._says_all(one, asked) for one in told)
        return Explanation(completed(self._library, told), said=said)

    def _lacking(self, asked: Asked) -> bool:
        """Return whether only requirements are named that nothing makes or speaks of."""
        return asked.lacking and not any(
            self._passages.said(word, asked.only) for word in asked_words(asked.folded)
        )

    def _article(self, asked: Asked) -> tuple[Told, ...]:
        """Return the article asked for, of the documents meant or of those in force."""
        sources = asked.sources or self._library.force.applying(self._library.titles)
        return tuple(article(self._library, asked.article, sources))

    def _unsaid(self, told: Sequence[Told], focus: Sequence[str]) -> tuple[str, ...]:
        """Return which words none of some passages says, nor any question that they answer.

        Words for rules as such ask for all that a passage says.
        """
        said = [self._spoken(one) for one in told]
        return tuple(
            word
            for word in dict.fromkeys(focus)
            if self._passages.content(word)
            and not names_rules(fold(word))
            and not any(self._passages.says(fold(word), text) for text in said)
        )

    def _spoken(self, told: Told) -> str:
        """Return the words of a passage, of all that stands above it, and of its questions."""
        own = told.text if not isinstance(told, StatisticsRow) else told.header.text
        beside = told.dimension if isinstance(told, Clause | StatisticsRow) else ""
        title = self._library.titles.get(told.origin.source, "")
        asks = () if isinstance(told, StatisticsRow) else questions_of(told)
        if isinstance(told, Clause):
            asks += tuple(word for one in requirements_of(told) for word in one.ask)
        return fold(" ".join((title, *told.origin.section, beside, own, *asks)))

    def _says_all(self, told: Told, asked: Asked) -> bool:
        """Return whether a requirement says every word of a question that its title does not."""
        if not isinstance(told, Clause):
            return False
        words = self._passages.telling(asked.text, told.origin.source)
        own = fold(f"{told.dimension} {told.text}")
        return all(self._passages.holds(word, own) for word in words)

    def noted(self, asked: Asked) -> Explanation:
        """Return the notes that answer, whatever requirements say the same words."""
        told = [one for one in self._else(asked) if isinstance(one, Passage)]
        return Explanation(tuple(told)) if told else self.explain(asked)

    def _first(self, asked: Asked) -> Sequence[Told]:
        """Return dates and definitions asked for, and the requirements named, or all of them."""
        return (
            self.dated(asked)
            or self.definitions(asked)
            or (() if self._lacking(asked) else self._requirements(asked))
            or self._procedure(asked)
            or self._clauses.all_asked(asked)
        )

    def _else(self, asked: Asked) -> Sequence[Told]:
        """Return the passages that answer otherwise."""
        return (
            self._sections_named(asked)
            or self.notes_with_figure(asked)
            or self._definitions_of_list(asked)
            or self._saying(asked)
            or (() if self._lacking(asked) else self._meant(asked))
        )

    def dating(self, sources: frozenset[str]) -> list[Passage]:
        """Return the notes that date some lists, or all."""
        dated = [
            one.as_of.origin
            for one in self._library.documents
            if one.as_of and (not sources or one.source in sources)
        ]
        return [note for note in self._library.notes if note.origin in dated]

    def dated(self, asked: Asked) -> list[Passage]:
        """Return the notes that date the lists, where a question asks from when the data is."""
        if not asks_date(asked.folded) or self.notes_with_figure(asked):
            return []
        return self.dating(asked.sources)

    def definitions(self, asked: Asked) -> list[Passage]:
        """Return the notes that say what something is, where a question asks for that."""
        if not asks_definition(asked.folded):
            return []
        words = self._passages.content(asked.text)
        return [
            note
            for note in self._library.notes
            if words
            and defines(note.text)
            and all(word in fold(note.text) for word in words)
            and asked.means(note.origin.source)
        ]

    def _requirements(self, asked: Asked) -> Sequence[Told]:
        """Return the requirements named, unless a passage says much more of the question.

        Who names a dimension of the criteria, other than a place, means those.
        """
        named = self._clauses.named(asked)
        by_name = any(
            fold(one.dimension) in asked.folded and not self._clauses.of_place(one) for one in named
        )
        if not named or by_name or asked.whole:
            return named
        ruled, otherwise = self._shares(asked, named)
        return () if otherwise >= SAYS_MOST and otherwise > ruled + _CLEARLY else named

    def _shares(self, asked: Asked, clauses: Sequence[Told]) -> tuple[float, float]:
        """Return how much of a question the best of some requirements and of the passages say."""
        found = self._passages.find(asked.text, (), asked.only)
        ruled = [one.share for one in found if any(one.unit.told is clause for clause in clauses)]
        others = [
            max(one.share, one.around)
            for one in found
            if isinstance(one.unit.told, Passage | StatisticsRow)
        ]
        return max(ruled, default=0.0), max(others, default=0.0)

    def _procedure(self, asked: Asked) -> list[Told]:
        """Return a section of notes whose headings say all that is asked: 怎么申报 by 申报流程."""
        if not asked.whole:
            return []
        found = self._passages.find(asked.text, asked.explained, asked.only)
        headed = [
            one for one in found if one.around >= HEADED and isinstance(one.unit.told, Passage)
        ]
        sections = _sections(headed) if headed else []
        return [unit.told for one in sections for unit in self._passages.section(one.unit)]

    def _definitions_of_list(self, asked: Asked) -> list[Passage]:
        """Return what says whom a list takes in, where all rules are asked for and it has none."""
        if not asked.whole:
            return []
        ruled = {clause.origin.source for clause in self._library.clauses}
        return [
            note
            for note in self._library.notes
            if defines(note.text)
            and note.origin.source not in ruled
            and asked.means(note.origin.source)
        ]

    def _sections_named(self, asked: Asked) -> list[Passage]:
        """Return all notes of the section that a question names: 参考资料有哪些, 要哪些材料."""
        return [
            note
            for note in self._library.notes
            if note.origin.section
            and asked.means(note.origin.source)
            and _names(asked, fold(plain_heading(note.origin.section[-1])))
        ]

    def notes_with_figure(self, asked: Asked) -> list[Passage]:
        """Return the notes that hold a large figure of the question: 1.2万家是个啥数."""
        figures = _LARGE_FIGURE.findall(asked.folded)
        return [
            note for note in self._library.notes if any(figure in note.text for figure in figures)
        ]

    def _saying(self, asked: Asked) -> list[Told]:
        """Return the passages that say most of the question's words, or a whole section of them."""
        enough = [
            one
            for one in self._passages.find(asked.text, asked.explained, asked.only)
            if _holds_there(one.unit.told, asked)
            and max(one.share, one.around, one.headed) >= SAYS_ENOUGH
        ]
        titled = max((one.titled for one in enough), default=0)
        found = [one for one in enough if one.titled == titled]
        saying = [one for one in found if one.share >= SAYS_ENOUGH]
        best = [one for one in saying if one.rank >= saying[0].rank * _NEARLY]
        own = max((one.own for one in best), default=0.0)
        headed = [one for one in found if max(one.around, one.headed) >= HEADED]
        heading = max((max(one.around, one.headed) for one in headed), default=0.0)
        if headed and heading >= own:
            return [told for one in _sections(headed) for told in self._of_section(one, asked)]
        several = _SEVERAL.search(asked.folded)
        if several and best and all(one.share > one.own and one.unit.around for one in best):
            return [unit.told for unit in self._passages.section(best[0].unit)]
        return [one.unit.told for one in best if one.own >= own * _NEARLY]

    def _of_section(self, one: Covered, asked: Asked) -> list[Told]:
        """Return the passages of a section; those that say a word its headings do not, if any."""
        section = self._passages.section(one.unit)
        words = [
            word
            for word in self._passages.telling(asked.text, one.unit.origin.source)
            if not self._passages.holds(word, one.unit.around)
        ]
        said = [sum(self._passages.holds(word, unit.own) for word in words) for unit in section]
        most = max(said)
        return [unit.told for unit, count in zip(section, said, strict=True) if count == most]

    def _meant(self, asked: Asked) -> Sequence[Told]:
        """Return what is near in meaning, unless another passage alone says a word of it all."""
        told = self._by_meaning(asked)
        for word in self._passages.content(asked.text):
            alone = self._passages.alone(word, asked.only)
            if alone and told and not any(self._passages.says(word, self._spoken(t)) for t in told):
                return alone
        return told

    def _related(self, asked: Asked) -> list[Told]:
        """Return the nearest passages that say a whole word of a question."""
        words = self._passages.content(asked.text)
        return [
            one
            for one in self.nearest(asked)
            if any(
                self._passages.says(word, self._spoken(one))
                for word in words
                if not self._passages.in_title(word, one.origin.source)
            )
        ]

    def nearest(self, asked: Asked) -> list[Told]:
        """Return the few passages that say the most of a question, where none says enough."""
        found = self._passages.find(asked.text, asked.explained, asked.only)
        return [one.unit.told for one in found if one.share >= _NEAR][:_NEAREST]


def _names(asked: Asked, heading: str) -> bool:
    """Return whether a question names a heading, or asks for its noun and says the rest."""
    ends = (heading.removesuffix(word) for word in map(fold, asked.focus) if heading.endswith(word))
    return heading in asked.folded or any(rest in asked.folded for rest in ends)


def _holds_there(told: Told, asked: Asked) -> bool:
    """Return whether a row of statistics by place is of a place asked for, if any is."""
    elsewhere = isinstance(told, StatisticsRow) and told.place and asked.places
    return not elsewhere or (isinstance(told, StatisticsRow) and told.place in asked.places)


def _sections(found: Sequence[Covered]) -> list[Covered]:
    """Return the first passage of every section, of those whose headings say the most."""
    most = max(one.headed + one.around for one in found)
    headed = [one for one in found if one.headed + one.around >= most * _NEARLY]
    firsts = {(one.unit.origin.source, one.unit.origin.section): one for one in reversed(headed)}
    return list(reversed(firsts.values()))
