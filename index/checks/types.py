"""A finding, the rule it breaks, and the row it is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.types import CompanyRow, Origin


class Rule(StrEnum):
    """What is looked for; the ids are stable, so that scripts may filter by them."""

    EXCHANGE_CODE = "exchange-code-mismatch"
    YEAR_RANGE = "year-out-of-range"
    UNREADABLE = "unreadable-value"
    INVALID_HOMEPAGE = "invalid-homepage"
    SHARED_CODE = "shared-stock-code"
    SHARED_HOMEPAGE = "shared-homepage"
    CONFLICT = "conflicting-rows"
    DUPLICATE = "duplicate-row"
    MISSING_FIELD = "missing-key-field"
    AMBIGUOUS = "ambiguous-company"
    SLIPPED = "slipped-row"


class Severity(StrEnum):
    """``error`` cannot be right; ``warning`` should be looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that looks wrong.

    Attributes:
        rule: The rule that found it.
        severity: How sure it is.
        company: The company concerned, or several joined by 、.
        field: The canonical field, such as ``listing``.
        value: What the source says there; several values are joined by `` / ``.
        message: What is wrong, in Chinese; where it takes several lines to see, it names them.
        origins: The lines in reading order, at least one.
    """

    rule: Rule
    severity: Severity
    company: str
    field: str
    value: str
    message: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with its company's name and id; a row that fits several companies has no id."""

    company: str
    id: str | None
    row: CompanyRow

    def text(self, field: str) -> str:
        """Return what the row says of a field, empty if nothing."""
        value = self.row.values.get(field)
        return value.text if value else ""

    def origin(self, field: str) -> Origin:
        """Return where the row says it; the row's own lines if it says nothing."""
        value = self.row.values.get(field)
        return value.origin if value else self.row.origin

    def finding(
        self,
        rule: Rule,
        severity: Severity,
        field: str,
        message: str,
        origins: tuple[Origin, ...] = (),
    ) -> Finding:
        """Return a finding about a field of this row, at ``origins`` or where the row says it."""
        where = origins or (self.origin(field),)
        return Finding(rule, severity, self.company, field, self.text(field), message, where)


def place_of(origin: Origin) -> str:
    """Return file and line or lines, as editors take them: ``list.md:84``, ``list.xlsx:A!84``."""
    first, last = origin.line_start, origin.line_end
    sheet = f"{origin.sheet}!" if origin.sheet else ""
    lines = f"{first}" if first == last else f"{first}-{last}"
    return f"{origin.source}:{sheet}{lines}"
