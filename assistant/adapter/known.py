"""What the adapter must know of the index besides a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.requirements import requirements_of
from assistant.understanding.figures import Figures
from assistant.understanding.types import Condition, Question
from index.places.gazetteer import Gazetteer
from index.schema.normalize import fold
from index.types import Clause, StatisticsRow


class Naming(Protocol):
    """Knows what companies are called."""

    def __call__(self, ids: Sequence[str]) -> Sequence[str]:
        """Return the short names of companies, in the order of their ids."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the sources hold, as far as it decides what a question becomes.

    Attributes:
        gazetteer: Places.
        statistics: All rows of statistics.
        clauses: All requirements.
        notes: Returns the texts of all notes, folded.
        figures: Finds statistics told apart by anything.
        names: What companies are called.
        telling: Returns those of some companies of whom any of some fields is told.
    """

    gazetteer: Gazetteer
    statistics: tuple[StatisticsRow, ...]
    clauses: tuple[Clause, ...]
    notes: Callable[[], Sequence[str]]
    figures: Callable[[Question], Sequence[Figures]]
    names: Naming
    telling: Callable[[Sequence[str], Sequence[str]], Sequence[str]]

    @property
    def places(self) -> tuple[str, ...]:
        """The places that statistics tell of, in reading order."""
        return tuple(dict.fromkeys(one.place for one in self.statistics if one.place))

    def within(self, area: Condition) -> tuple[str, ...]:
        """Return the places of the statistics inside an area that has no row of its own."""
        places = self.places
        if area.field == "city" or any(place in area.values for place in places):
            return ()
        return tuple(place for place in places if self.lies_in(place, area))

    def lies_in(self, place: str, area: Condition) -> bool:
        """Return whether a place of the statistics lies in an area."""
        found = self.gazetteer.find(place)
        province, city = (found[0].province, found[0].city) if found else (None, None)
        if area.field == "region":
            region = self.gazetteer.region(area.label)
            return region is not None and region.covers(province, city or place)
        return place in area.values or (area.field == "province" and province in area.values)

    def is_said(self, name: str) -> bool:
        """Return whether any rule or note speaks of a folded name."""
        texts = (*self.notes(), *(fold(clause.text) for clause in self.clauses))
        return any(name in text for text in texts)

    def requirements_named(self, folded: str) -> tuple[str, ...]:
        """Return the keys of the requirements that a question names, of those that lists make."""
        made = {one.key: one for clause in self.clauses for one in requirements_of(clause)}
        return tuple(key for key, one in made.items() if any(word in folded for word in one.ask))
