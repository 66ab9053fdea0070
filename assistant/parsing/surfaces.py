"""What stretches of a question are called by: the words of the lattice, and names in the records.

Misspelt words are looked for among these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from sqlalchemy import select

from assistant.parsing.dictionary import Dictionary
from assistant.parsing.spans import Category
from assistant.query import In
from index.language.segment import Segmenter
from index.language.sounds import has_sound, sound_of
from index.language.thesaurus import Thesaurus
from index.regex import regex
from index.store import tables
from index.store.records import Records, Surface

_PLACES = ("city", "province", "district")
_MOST_REMEMBERED = 4096
_PRIORITY = {category: rank for rank, category in enumerate(Category)}


class Surfaces:
    """Knows what stretches mean, and the names of companies by their sound.

    Args:
        dictionary: The words of the lattice.
        thesaurus: Words of trades.
        records: The records, where names are looked up.
    """

    def __init__(
        self,
        dictionary: Dictionary,
        thesaurus: Thesaurus,
        records: Records,
    ) -> None:
        self._dictionary = dictionary
        self._thesaurus = thesaurus
        self._records = records
        self._single: dict[str, tuple[Surface, ...]] = {}
        self._is_term = lru_cache(maxsize=_MOST_REMEMBERED)(self._look_for_term)

    @cached_property
    def categories(self) -> Mapping[str, Category]:
        """What every word is, the foremost where it may be several things."""
        found = dict.fromkeys(self._thesaurus.surfaces(), Category.TOPIC)
        for word, meanings in self._dictionary.entries.items():
            found[word] = min((one[0] for one in meanings), key=_PRIORITY.__getitem__)
        return found

    def category(self, surface: str) -> Category:
        """Return what a surface is; what the words do not have is a company's name."""
        return self.categories.get(surface, Category.COMPANY)

    def knows(self, surface: str) -> bool:
        """Return whether a folded stretch as a whole means anything."""
        return surface in self.categories or bool(self._at(surface))

    def names_of(self, sound: str) -> tuple[str, ...]:
        """Return the names of companies that have a sound, see ``sounds.sound_of``."""
        return tuple(one.value for one in self._at(sound) if one.kind == "sound") if sound else ()

    def prepare(self, stretches: Iterable[str]) -> None:
        """Look up stretches and their sounds in one statement, for questions about each of them."""
        told = list(stretches)
        wanted = {*told, *(sound_of(one) for one in told if has_sound(one))}
        missing = [one for one in wanted if one not in self._single]
        found = self._records.surfaces(missing)
        if len(self._single) > _MOST_REMEMBERED:
            self._single = {}
        self._single |= {one: found.get(one, ()) for one in missing}

    def is_held(self, surface: str) -> bool:
        """Return whether the records hold what a surface means."""
        category = self.categories.get(surface)
        if category is None:
            return bool(self._at(surface))
        if category is Category.TOPIC:
            return self._is_term(surface)
        told = (value for _, value, _ in self._dictionary.entries[surface] if isinstance(value, In))
        return any(not self._places.isdisjoint(map(str, one.values)) for one in told)

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

    def _look_for_term(self, word: str) -> bool:
        terms = tables.terms
        return bool(
            self._records.fetch(select(terms.c.company).where(terms.c.term == word).limit(1))
        )


_NAME = regex(r"[\u3400-\u9fff]{2,6}")
# A beginning that more companies share is no name of any.
_MOST = 3


class ShortNames:
    """Finds companies by the beginning of a name, where the whole is nothing else.

    Args:
        records: The records, where names are looked up.
        segmenter: Knows the words in everyday use, which are no names.
    """

    def __init__(self, records: Records, segmenter: Segmenter) -> None:
        self._records = records
        self._segmenter = segmenter
        self.of = lru_cache(maxsize=_MOST_REMEMBERED)(self._of)

    def _of(self, stretch: str) -> tuple[str, ...]:
        """Return the ids of the few companies whose names begin with a folded stretch."""
        if not _NAME.fullmatch(stretch) or self._segmenter.is_common(stretch):
            return ()
        surfaces = tables.surfaces
        begins = (surfaces.c.surface > stretch) & (surfaces.c.surface < f"{stretch}\U0010ffff")
        statement = (
            select(surfaces.c.value)
            .where(begins, surfaces.c.kind == "company")
            .distinct()
            .limit(_MOST + 1)
        )
        ids = tuple(sorted(value for (value,) in self._records.fetch(statement)))
        return ids if len(ids) <= _MOST else ()
