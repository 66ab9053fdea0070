"""Lists that a question names though no source has their title: parts of lists, and missing ones.

A heading may tell companies of one list apart (国际企业, 准独角兽); a list of 独角兽 may not be
there at all. Both are looked up when a question first speaks of one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from sqlalchemy import select

from assistant.search.sections import SECTION, naming, stands_under
from assistant.understanding.types import MISSING_LIST, Kind
from assistant.understanding.vocabulary import LIST_WORDS, VALUE_MARK
from assistant.understanding.words import Words
from index.store import tables
from index.store.records import Records
from index.text import fold

_MOST_CELLS = 100
_REMEMBERED = 64
_COMPANY_WORD = re.compile("企业|公司|中国")
_PART_ENDINGS = ("", "企业", "公司", "机构", *LIST_WORDS)
_LIST_ENDINGS = ("", "企业", *LIST_WORDS, *(f"企业{word}" for word in LIST_WORDS))

Told = tuple[int, int, Kind, str]


class ListWords:
    """Finds what a text says of lists and their parts.

    Args:
        records: The records.
        words: What lists and their parts are called.
    """

    def __init__(self, records: Records, words: Words) -> None:
        self._records = records
        self._parts = words.parts
        self._titles = words.titles_apart
        self._is_said = lru_cache(maxsize=_REMEMBERED)(self._look_for)

    def find(self, text: str) -> Iterator[Told]:
        """Yield start, end, kind and value of every name of a part, or of a list not there."""
        for word in self._parts:
            if word in text and self._has_part(word):
                yield from self._named(text, word)
        for title in self._titles:
            bare = title.removesuffix("企业")
            if bare not in text:
                continue
            if self._is_own_part(title):
                yield from self._named(text, title)
            if not self._is_said(title):
                for start, end in _stretches(text, bare, _LIST_ENDINGS):
                    yield start, end, Kind.SOURCE, MISSING_LIST

    def _named(self, text: str, word: str) -> Iterator[Told]:
        for start, end in _stretches(text, word, _PART_ENDINGS):
            yield start, end, Kind.VALUE, f"{SECTION}{VALUE_MARK}{word}"

    def _has_part(self, word: str) -> bool:
        return any(stands_under(section, word) for section in self._sections)

    def _is_own_part(self, title: str) -> bool:
        """Return whether the nearest heading above some company says a title that no list has."""
        titles = _COMPANY_WORD.sub("", fold("\n".join(self._list_titles)))
        nearest = [("", *section[1:][-1:]) for section in self._sections]
        return title not in titles and any(stands_under(one, title) for one in nearest)

    def _look_for(self, title: str) -> bool:
        """Return whether a title, a nearest heading or a cell speaks of what a list is called."""
        bare = _COMPANY_WORD.sub("", title)
        told = [*self._list_titles, *(section[-1] for section in self._sections if section)]
        told += [value.text for row in self._records.statistics() for value in row.values.values()]
        facts = tables.facts.c
        cells = (facts.text.contains(bare), facts.field.not_in(("list", SECTION)))
        statement = select(facts.text).where(*cells).distinct().limit(_MOST_CELLS)
        told += [cell for (cell,) in self._records.fetch(statement)]
        return any(naming(bare).search(_COMPANY_WORD.sub("", fold(text))) for text in told)

    @cached_property
    def _list_titles(self) -> tuple[str, ...]:
        return tuple(document.title for document in self._records.documents())

    @cached_property
    def _sections(self) -> tuple[tuple[str, ...], ...]:
        """The headings that rows of companies stand under, outermost first."""
        rows, origins = tables.rows, tables.origins
        statement = (
            select(origins.c.section).join_from(rows, origins, rows.c.origin == origins.c.id)
        ).distinct()
        return tuple(tuple(json.loads(told)) for (told,) in self._records.fetch(statement))


def _stretches(text: str, word: str, endings: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield every place where a word stands, with each of the endings that follow it."""
    for match in re.finditer(re.escape(word), text):
        for ending in endings:
            if text.startswith(ending, match.end()):
                yield match.start(), match.end() + len(ending)
