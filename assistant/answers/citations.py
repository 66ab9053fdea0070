"""The cited lines of one answer, numbered, and the findings about what it tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.answers.answer import Citation, Remark
from assistant.answers.blocks import Cited, Notice, NoticeKind, Text
from assistant.answers.runs import text
from index.checks.types import Finding, Rule
from index.store.records import Records
from index.text import fold
from index.types import Company, Origin, Value

# What is missing, doubled or ambiguous is no value that could be shown.
_OF_VALUES = frozenset(
    {
        Rule.EXCHANGE_CODE,
        Rule.YEAR_RANGE,
        Rule.UNREADABLE,
        Rule.INVALID_HOMEPAGE,
        Rule.SHARED_CODE,
        Rule.SHARED_HOMEPAGE,
        Rule.CONFLICT,
        Rule.SLIPPED,
    }
)

# So many findings are told after a text; the rest are counted.
_MOST_TOLD = 5

_WEB = ("http://", "https://")


class Citations:
    """Numbers the cited lines of one answer from 1, in order of first mention."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._numbers: dict[tuple[str, str, int, int], int] = {}
        self._citations: list[Citation] = []
        self._findings: dict[Origin, tuple[Finding, ...]] = {}
        self._told: dict[Finding, None] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far."""
        return tuple(self._citations)

    @property
    def told(self) -> tuple[Finding, ...]:
        """The findings about the values cited so far, in order of first mention."""
        return tuple(self._told)

    def prepare(self, companies: Iterable[Company]) -> None:
        """Look up the findings about all lines of some companies at once."""
        rows = [row for company in companies for row in company.rows]
        origins = {row.origin for row in rows}
        origins |= {value.origin for row in rows for value in row.values.values()}
        self._look_up(origins)

    def number(self, origin: Origin) -> int:
        """Return the number of some lines, a new one if they were not cited before."""
        key = origin.source, origin.sheet, origin.line_start, origin.line_end
        if key not in self._numbers:
            self._numbers[key] = len(self._citations) + 1
            self._citations.append(Citation.from_origin(self._numbers[key], origin))
        return self._numbers[key]

    def cite(self, value: Value, *, strong: bool = False) -> Cited:
        """Return a value with its mark; a homepage leads where it says."""
        found = tuple(self._about(value))
        self._told |= dict.fromkeys(found)
        url = value.text if value.text.startswith(_WEB) else ""
        return Cited(value.text, (self.number(value.origin),), bool(found), strong, url)

    def name(self, company: Company, *, strong: bool = False) -> Cited:
        """Return a company's name, cited by its first row."""
        mark = self.number(company.rows[0].origin)
        return Cited(company.name, (mark,), strong=strong)

    def marks(self, origins: Iterable[Origin]) -> Text:
        """Return marks of their own, for lines that prove a count; none where there are none."""
        marks = tuple(dict.fromkeys(map(self.number, origins)))
        return (Cited("", marks),) if marks else ()

    def notices(self) -> tuple[Notice, ...]:
        """Return a notice for each value told that looks wrong, with the lines that show it."""
        told = tuple(
            Notice(
                NoticeKind.FLAGGED,
                text(f"{one.company}：{one.message}", self.marks(dict.fromkeys(one.origins))),
            )
            for one in self.told[:_MOST_TOLD]
        )
        more = len(self.told) - _MOST_TOLD
        if more <= 0:
            return told
        return (*told, Notice(NoticeKind.FLAGGED, text(f"另有 {more} 处存疑")))

    def remarks(self, companies: Iterable[Company]) -> tuple[Remark, ...]:
        """Return what looks wrong in the text and in some companies, the text's first."""
        found = dict.fromkeys(self.told)
        for company in companies:
            values = (value for row in company.rows for value in row.values.values())
            for value in values:
                if self._findings_at(value.origin):
                    found |= dict.fromkeys(self._about(value))
        return tuple(map(self.remark, found))

    def remark(self, finding: Finding) -> Remark:
        """Return a finding as an answer hands it out, with the lines it is about cited."""
        return Remark(
            rule=finding.rule.value,
            severity=finding.severity.value,
            company=finding.company,
            field=finding.field,
            value=finding.value,
            message=finding.message,
            citations=tuple(dict.fromkeys(map(self.number, finding.origins))),
        )

    def _about(self, value: Value) -> Iterator[Finding]:
        """Yield the findings about a value: it holds what they found, or is a part of it.

        Of a row that has slipped, every value is concerned.
        """
        found = self._findings_at(value.origin)
        told = fold(value.text) if found else ""
        for finding in found:
            texts = (fold(one) for one in finding.value.split(" / ") if one)
            near = any(told in one or one in told for one in texts)
            if finding.rule is Rule.SLIPPED or (told and near):
                yield finding

    def _findings_at(self, origin: Origin) -> tuple[Finding, ...]:
        if origin not in self._findings:
            self._look_up({origin})
        return self._findings[origin]

    def _look_up(self, origins: set[Origin]) -> None:
        missing = origins - self._findings.keys()
        found = self._records.findings_at(missing) if missing else {}
        for origin in missing:
            self._findings[origin] = tuple(
                one for one in found.get(origin, ()) if one.rule in _OF_VALUES
            )
