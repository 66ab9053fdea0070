"""What the stretches of a question may mean: by the vocabulary, and by the records of the index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import ahocorasick
from sqlalchemy import select

from assistant.understanding.columns import is_own_column
from assistant.understanding.lists import ListWords
from assistant.understanding.types import Kind
from assistant.understanding.vocabulary import VALUE_MARK, Meaning, chosen
from index.language.sounds import has_sound, sound_of
from index.schema.markets import load_markets
from index.schema.normalize import is_whole_word, parse_year
from index.store import tables
from index.store.chunks import TOPIC_FIELDS
from index.store.records import Records, Surface

# Names and values longer than this are not looked for in a question.
_LONGEST = 40
_LONGEST_VALUE = 10
_REMEMBERED = 64
_MOST_REMEMBERED = 4096

_PLACES = ("city", "province", "district")

_NAMES = frozenset({"company", "code", "host"})

# What may stand right before and after a stock code; one that looks like a year needs it.
_BEFORE_CODE = ("代码", "代码是", "代码为", "代号", "code ", "ticker ", "sh", "sz", "hk", "股票")
_AFTER_CODE = re.compile(r"\.(?:sh|sz|hk|bj|ss)")

_WORD_CHARACTER = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text that means something."""

    start: int
    end: int
    text: str
    meaning: Meaning


class Lexicon:
    """Knows the meanings of stretches of text.

    Args:
        vocabulary: Folded surfaces that hardly depend on the index, with their meanings.
        records: The records, where everything else is looked up.
        lists: Finds the names of parts of lists, and of lists that are not there.
    """

    def __init__(
        self,
        vocabulary: Mapping[str, Meaning],
        records: Records,
        lists: ListWords,
    ) -> None:
        self.vocabulary = vocabulary
        self._records = records
        self._lists = lists
        self._automaton = ahocorasick.Automaton()
        for surface in vocabulary:
            self._automaton.add_word(surface, surface)
        self._automaton.make_automaton()
        self._held = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        self._single: dict[str, tuple[Surface, ...]] = {}
        self._is_term = lru_cache(maxsize=_MOST_REMEMBERED)(self._look_for_term)
        self._before_code = re.compile(
            rf"(?:{'|'.join(_BEFORE_CODE)}|(?:{'|'.join(_market_names())})[: ]?)$"
        )

    def find(self, text: str) -> Iterator[Found]:
        """Yield every stretch of a folded text that means something, in no order."""
        kinds: dict[tuple[int, int], dict[Kind, list[str]]] = {}
        for last, surface in self._automaton.iter(text):
            start, end = last + 1 - len(surface), last + 1
            meaning = self.vocabulary[surface]
            if is_whole_word(text, start, end):
                kinds.setdefault((start, end), {}).setdefault(meaning.kind, []).extend(
                    meaning.values
                )
        for start, end, kind, value in (*self._lists.find(text), *self._of_records(text)):
            kinds.setdefault((start, end), {}).setdefault(kind, []).append(value)
        for (start, end), told in kinds.items():
            yield Found(start, end, text[start:end], chosen(told))

    def meaning(self, surface: str) -> Meaning | None:
        """Return what a folded stretch means as a whole, if anything."""
        return next((one.meaning for one in self.find(surface) if one.text == surface), None)

    def knows(self, surface: str) -> bool:
        """Return whether a folded stretch as a whole means anything."""
        return surface in self.vocabulary or bool(self._at(surface))

    def names_of(self, sound: str) -> tuple[str, ...]:
        """Return the names of companies that have a sound, see ``sounds.sound_of``."""
        return tuple(one.value for one in self._at(sound) if one.kind == "sound") if sound else ()

    def prepare(self, stretches: Iterable[str]) -> None:
        """Look up stretches and their sounds in one statement, for questions about each of them."""
        told = list(stretches)
        wanted = {*told, *(sound_of(one) for one in told if has_sound(one))}
        missing = [one for one in wanted if one not in self._single]
        found = self._records.surfaces(missing)
        self._remember({one: found.get(one, ()) for one in missing})

    def is_held(self, surface: str) -> bool:
        """Return whether the index itself holds what a surface means."""
        meaning = self.vocabulary.get(surface)
        if meaning is None:
            return bool(self._at(surface))
        if meaning.kind is Kind.TOPIC:
            return self._is_term(surface)
        return not self._places.isdisjoint(meaning.values)

    @cached_property
    def _places(self) -> frozenset[str]:
        """The places that companies and statistics tell of."""
        facts = tables.facts
        told = self._records.fetch(
            select(facts.c.text)
            .where(facts.c.relation == "companies", facts.c.field.in_(_PLACES))
            .distinct()
        )
        regions = (row.place for row in self._records.statistics() if row.place)
        return frozenset((*(place for (place,) in told), *regions))

    def _at(self, surface: str) -> tuple[Surface, ...]:
        if surface not in self._single:
            self.prepare([surface])
        return self._single.get(surface, ())

    def _remember(self, found: Mapping[str, tuple[Surface, ...]]) -> None:
        if len(self._single) > _MOST_REMEMBERED:
            self._single = {}
        self._single |= found

    def _look_for_term(self, word: str) -> bool:
        terms = tables.terms
        return bool(
            self._records.fetch(select(terms.c.company).where(terms.c.term == word).limit(1))
        )

    def _of_records(self, text: str) -> Iterator[tuple[int, int, Kind, str]]:
        """Yield start, end, kind and value of what the records hold of a text."""
        held = self._held(tuple(dict.fromkeys(_stretches(text))))
        for surface, told in held.items():
            start = text.find(surface)
            while start >= 0:
                end = start + len(surface)
                if is_whole_word(text, start, end) or any(one.kind == "code" for one in told):
                    for one in told:
                        yield from self._read(one, text, start, end)
                start = text.find(surface, start + 1)

    def _read(
        self, one: Surface, text: str, start: int, end: int
    ) -> Iterator[tuple[int, int, Kind, str]]:
        if one.kind == "code":
            yield from self._code(one, text, start, end)
        elif one.kind in _NAMES:
            yield start, end, Kind.COMPANY, one.value
        elif one.kind == "district":
            yield start, end, Kind.DISTRICT, one.value
        elif one.kind == "value" and one.field in TOPIC_FIELDS:
            yield start, end, Kind.TOPIC, one.surface
        elif one.kind == "value" and _names_value(one):
            yield start, end, Kind.VALUE, f"{one.field}{VALUE_MARK}{one.surface}"

    def _code(
        self, one: Surface, text: str, start: int, end: int
    ) -> Iterator[tuple[int, int, Kind, str]]:
        """Yield a stock code with the words around it that say so: 代码2018, 02018.hk."""
        before = self._before_code.search(text[:start])
        after = _AFTER_CODE.match(text, end)
        first = before.start() if before else start
        last = after.end() if after else end
        sure = before is not None or after is not None or parse_year(one.surface) is None
        if sure and is_whole_word(text, first, last):
            yield first, last, Kind.COMPANY, one.value

    def _look_up(self, stretches: tuple[str, ...]) -> Mapping[str, tuple[Surface, ...]]:
        return self._records.surfaces(stretches)


def _names_value(one: Surface) -> bool:
    """Return whether a value is short, and of a column that a condition may be on."""
    own = one.field == "industry" or is_own_column(one.field)
    return own and len(one.surface) <= _LONGEST_VALUE


def _market_names() -> Iterator[str]:
    for label, market in load_markets().items():
        names = {label.casefold(), *market.names, *market.words}
        yield from (re.escape(name) for name in sorted(names, key=len, reverse=True))


def _stretches(text: str) -> Iterator[str]:
    """Yield the stretches of a text that may be a name or a value; none cuts a Latin word."""
    inside = [
        0 < at < len(text)
        and bool(_WORD_CHARACTER.match(text[at - 1]) and _WORD_CHARACTER.match(text[at]))
        and text[at - 1].isdigit() == text[at].isdigit()
        for at in range(len(text) + 1)
    ]
    for start in range(len(text)):
        if inside[start] or text[start].isspace():
            continue
        for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
            if text[end - 1] == "\n":
                break
            if end - start > 1 and (not inside[end] or text[end : end + 1] == "s"):
                yield text[start:end]
