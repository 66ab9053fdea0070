"""Companies side by side: field by field what the sources say of each, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.browsing.profile import ProfileField, Told, fields_of, profile_of
from index.text import fold
from index.types import Company

MOST = 5
"""How many companies are compared at most; more do not fit side by side."""


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field of several companies.

    Attributes:
        field: Canonical name, or the header of a list's own column.
        label: What users see.
        values: What the sources say of each company, in their order; nothing where they are silent.
    """

    field: str
    label: str
    values: tuple[tuple[Told, ...], ...]

    @property
    def differs(self) -> bool:
        """Whether the sources say different things of those companies that they speak of."""
        said = {frozenset(fold(one.text) for one in told) for told in self.values if told}
        return len(said) > 1

    @property
    def apart(self) -> tuple[bool, ...]:
        """For each company, whether the sources say of it what they say of no other."""
        said = [frozenset(fold(one.text) for one in told) for told in self.values]
        times = Counter(texts for texts in said if texts)
        return tuple(len(times) > 1 and times[texts] == 1 for texts in said)


def compared(companies: Sequence[Company]) -> tuple[ComparedField, ...]:
    """Return every field that any of some companies has, canonical ones first."""
    profiles = [{one.field: one for one in profile_of(company)} for company in companies]
    return tuple(_field(field, profiles) for field in fields_of(companies))


def _field(field: str, profiles: Sequence[dict[str, ProfileField]]) -> ComparedField:
    label = next(profile[field].label for profile in profiles if field in profile)
    values = (profile[field].values if field in profile else () for profile in profiles)
    return ComparedField(field, label, tuple(values))
