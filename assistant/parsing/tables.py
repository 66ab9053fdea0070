"""The sources' own tables of figures: what each counts, by what its rows are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.parsing.vocabulary import Vocabulary
from assistant.predicates import conjunction
from assistant.query import EVERYTHING, Blank, In, Not, Predicate
from index.places.gazetteer import Gazetteer
from index.regex import regex
from index.text import fold, split_list
from index.types import PLACE, StatisticsRow

AREAS = frozenset({"city", "province"})
"""Fields of companies that a table by place tells apart."""

# Labels of the row that stands for everything without one.
_REST = ("其他", "其它", "其余")
_SHORTEST = 2
# Columns that have words of their own in questions.
_SHARED = frozenset({"count", "domains", "representatives", "place", "排名", "序号"})
_UNIT = regex(r"[(（][^()（）]*[)）]$")


@dataclass(frozen=True)
class Table:
    """One table, or all tables by place together.

    Attributes:
        dimension: What its rows are told apart by: ``place``, else the header.
        kinds: Fields by which a question asks for one of its rows: 哪个城市, 各行业.
        columns: Keys of its other columns.
        labels: Labels of its rows, folded.
        items: What its column of trades holds, word by word, the longest first.
        alone: Whether there is no other table.
    """

    dimension: str
    kinds: frozenset[str]
    columns: frozenset[str]
    labels: tuple[str, ...]
    items: tuple[str, ...]
    alone: bool

    @property
    def by_place(self) -> bool:
        """Whether its rows are places."""
        return self.dimension == PLACE

    @property
    def own(self) -> Iterator[tuple[str, str]]:
        """The columns that no other kind of table has, with their headers without units, folded."""
        for key in sorted(self.columns - _SHARED):
            name = _UNIT.sub("", fold(key))
            if len(name) >= _SHORTEST:
                yield key, name

    @property
    def counts(self) -> bool:
        """Whether it says how many companies there are."""
        return "count" in self.columns

    def rows(self, *, ranked: bool = False) -> Predicate:
        """Return the condition that holds for its rows; of a ranking, without that of the rest."""
        rest = tuple(one for one in self.labels if one.startswith(_REST)) if ranked else ()
        own = EVERYTHING if self.alone else Not(Blank(self.dimension, self.dimension))
        others = (Not(In(self.dimension, rest, "、".join(rest))),) if rest else ()
        return conjunction((own, *others))

    @cached_property
    def _forms(self) -> Mapping[str, str]:
        """Labels by what they may be called: 社交/内容 by 社交."""
        found: dict[str, str] = {}
        for label in self.labels:
            if label.startswith(_REST):
                continue
            for form in (label, *split_list(label.replace("/", "、"))):
                if len(form) >= _SHORTEST:
                    found.setdefault(form, label)
        return found

    def named(self, word: str) -> str | None:
        """Return the label that a word names."""
        return self._forms.get(word)


@dataclass(frozen=True)
class Statistics:
    """The tables of the sources.

    Attributes:
        tables: The tables.
        places: Places with a row of their own, folded.
        gazetteer: Knows which place lies in which.
    """

    tables: tuple[Table, ...]
    places: frozenset[str]
    gazetteer: Gazetteer

    def of(self, value: str) -> tuple[str, ...]:
        """Return the places whose rows a place has: its own, else those within it."""
        if value in self.places:
            return (value,)
        within = sorted(one for one in self.places if self.gazetteer.province_of(one) == value)
        return (value, *within) if within else ()


def statistics_of(
    rows: Sequence[StatisticsRow], gazetteer: Gazetteer, vocabulary: Vocabulary
) -> Statistics:
    """Return the tables that some rows make up."""
    grouped: dict[object, list[StatisticsRow]] = {}
    for row in rows:
        origin = row.header.origin
        key = PLACE if row.place else (origin.source, origin.sheet, origin.line_start)
        grouped.setdefault(key, []).append(row)
    tables = tuple(_table(told, vocabulary, alone=len(grouped) == 1) for told in grouped.values())
    places = frozenset(fold(row.place) for row in rows if row.place)
    return Statistics(tables, places, gazetteer)


def _table(rows: Sequence[StatisticsRow], vocabulary: Vocabulary, *, alone: bool) -> Table:
    dimension = rows[0].dimension
    kinds = AREAS if dimension == PLACE else frozenset(_kinds(fold(dimension), vocabulary))
    columns = frozenset(key for row in rows for key in row.values) - {dimension}
    labels = tuple(dict.fromkeys(fold(row.label) for row in rows))
    return Table(dimension, kinds, columns, labels, tuple(_items(rows)), alone)


def _items(rows: Iterable[StatisticsRow]) -> list[str]:
    """Return what the column of trades of some rows holds, word by word, the longest first."""
    cells = (row.values["domains"].text for row in rows if "domains" in row.values)
    words = dict.fromkeys(fold(word) for cell in cells for word in split_list(cell))
    return sorted(words, key=len, reverse=True)


def _kinds(header: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the fields that a header speaks of, by the units of the vocabulary: 行业领域."""
    words: Iterable[tuple[str, str]] = vocabulary.units.items()
    yield from (key for unit, key in words if len(unit) >= _SHORTEST and unit in header)
