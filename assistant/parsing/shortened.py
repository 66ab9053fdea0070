"""Names of companies cut short: 海康 for 海康威视, 满帮 for 满帮集团."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import select

from index.language.segment import Segmenter
from index.regex import regex
from index.store import tables
from index.store.records import Records

_NAME = regex(r"[\u3400-\u9fff]{2,6}")
# A beginning that more companies share is no name of any.
_MOST = 3
_MOST_REMEMBERED = 4096


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
