"""The entities of each text or number of a field, counted at once and fetched only where wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.store.columns import Entities, FieldColumn, Mask

_CHUNK = 1 << 14


class Members(Protocol):
    """The selected entities of one group."""

    def all(self) -> Entities:
        """Return all of them, in reading order."""

    def first(self, count: int) -> Entities:
        """Return the first few of them, in reading order."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """One group.

    Attributes:
        key: Its value as the store keeps it; a number without its fraction.
        field: The field that the value is of.
        members: The selected entities in it.
        figure: How many these are, or the aggregate asked for.
    """

    key: str
    field: str
    members: Members
    figure: float


@dataclass(frozen=True, slots=True)
class OfText:
    """The selected entities that have a text."""

    holders: Entities
    selected: Mask

    def all(self) -> Entities:
        """Return all of them, in reading order."""
        return self.holders[self.selected[self.holders]]

    def first(self, count: int) -> Entities:
        """Return the first few of them, in reading order."""
        return _first(count, (part[self.selected[part]] for part in _parts(self.holders)))


@dataclass(frozen=True, slots=True)
class OfNumbers:
    """The selected entities that have one of some numbers.

    Attributes:
        column: The field.
        bands: Of each entity its first number, from 1; 0 for none.
        wanted: Which of the distinct numbers are in the group.
        selected: The entities selected.
    """

    column: FieldColumn
    bands: NDArray[np.int32]
    wanted: Mask
    selected: Mask

    def all(self) -> Entities:
        """Return all of them, in reading order."""
        found = np.append(False, self.wanted)[self.bands] & self.selected
        found[self._beside()] = True
        return np.flatnonzero(found).astype(np.int32)

    def first(self, count: int) -> Entities:
        """Return the first few of them, in reading order."""
        wanted = np.append(False, self.wanted)
        everyone = np.arange(len(self.bands), dtype=np.int32)
        parts = _parts(everyone)
        found = _first(count, (one[wanted[self.bands[one]] & self.selected[one]] for one in parts))
        return np.unique(np.concatenate((found, self._beside())))[:count]

    def _beside(self) -> Entities:
        """Return those that have such a number beside their first."""
        several = self.column.several
        entities = self.column.number[several]
        return entities[self.wanted[self.column.band[several]] & self.selected[entities]]


def _parts(entities: Entities) -> Iterator[Entities]:
    for start in range(0, len(entities), _CHUNK):
        yield entities[start : start + _CHUNK]


def _first(count: int, parts: Iterator[Entities]) -> Entities:
    found: list[Entities] = []
    left = count
    for part in parts:
        found.append(part[:left])
        left -= len(found[-1])
        if left <= 0:
            break
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int32)


def text_counts(column: FieldColumn, selected: Mask) -> NDArray[np.int64]:
    """Return of each text how many of the selected entities have it."""
    ends = np.zeros(len(column.entity) + 1, dtype=np.int64)
    np.cumsum(selected[column.entity], out=ends[1:])
    return ends[column.start[1:]] - ends[column.start[:-1]]


def number_counts(
    column: FieldColumn, bands: NDArray[np.int32], groups: NDArray[np.int64], selected: Mask
) -> NDArray[np.int64]:
    """Return of each group of numbers how many of the selected entities have one of it.

    Args:
        column: The field.
        bands: Of each entity its first number, from 1; 0 for none.
        groups: Of each distinct number its group, from 0.
        selected: The entities selected.
    """
    size = int(groups.max(initial=-1)) + 1
    by_band = np.bincount(bands[selected], minlength=len(groups) + 1)[1:]
    counts = np.bincount(groups, weights=by_band, minlength=size).astype(np.int64)
    places = column.several[~column.lead[column.several]]
    places = places[selected[column.number[places]]]
    entities, others = column.number[places], groups[column.band[places]]
    pairs = set(zip(entities.tolist(), others.tolist(), strict=True))
    firsts = groups[bands[entities] - 1].tolist() if len(entities) else []
    for _, group in pairs - set(zip(entities.tolist(), firsts, strict=True)):
        counts[group] += 1
    return counts


def by_count(counts: NDArray[np.int64], *, smallest: bool) -> NDArray[np.int64]:
    """Return the numbers of the groups that have any members, the largest or smallest first."""
    held = np.flatnonzero(counts)
    sizes = counts[held] if smallest else -counts[held]
    return held[np.argsort(sizes, kind="stable")]
