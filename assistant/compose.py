"""Answers told through templates whose slots take only cited values.

A template may print four kinds of things: its own words; a :class:`~index.types.Value`, which
carries the lines that prove it; a :class:`Said`, words of the user or of our own data files; a
:class:`Derived`, a count or a result of arithmetic over cited lines. Values wait until the
template prints their marks with ``cite()``. Anything else, or a value left unmarked, raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2

from assistant.errors import UncitedValueError
from assistant.flags import Flags, Place, place_key
from assistant.types import Answer, AnswerValue, Citation, Draft, Hit, Query, Record, Remark
from index.checks import Finding
from index.schema.columns import TableKind, load_schema
from index.types import Company, Origin, Value

# Stands behind the marks of a value that looks wrong, and before the line that says why.
_FLAG = "⚠"

# So many of these lines follow a text; the rest are counted.
_MOST_FLAGS = 5

# Characters that Markdown or HTML would read as markup.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~])")
_URL = re.compile(r"https?://[\w./:%?=&#+~-]+")

# Fields of a record in the order of a row; the name stands apart.
_RECORD_FIELDS = tuple(
    field for field in load_schema().labels[TableKind.COMPANY] if field not in ("name", "alias")
)


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the user or of our own data files; they state nothing about the sources."""

    text: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A count, or a result of arithmetic, over lines that the answer cites."""

    text: str


class Ledger:
    """Numbers the cited lines of one answer, in order of first mention.

    Args:
        flags: What looks wrong in the sources; a value told that does is marked with ⚠.
    """

    def __init__(self, flags: Flags | None = None) -> None:
        self.flags = flags or Flags()
        self._numbers: dict[Place, int] = {}
        self._citations: list[Citation] = []
        self._waiting: list[Value] = []
        self._shown: dict[Finding, None] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, numbered from 1."""
        return tuple(self._citations)

    def number(self, origin: Origin) -> int:
        """Return the number of ``origin``, a new one if it was not cited before."""
        key = place_key(origin)
        if key not in self._numbers:
            self._numbers[key] = len(self._citations) + 1
            self._citations.append(Citation.from_origin(self._numbers[key], origin))
        return self._numbers[key]

    def tell(self, value: Value) -> str:
        """Return a value's text for Markdown; its mark is due at the next ``cite()``."""
        self._waiting.append(value)
        return escape(value.text)

    def cite(self, *values: Value) -> str:
        """Return the marks of all values told since the last call, and of ``values``."""
        shown = [finding for value in self._waiting for finding in self.flags.of(value)]
        self._shown |= dict.fromkeys(shown)
        told = [*self._waiting, *values]
        self._waiting = []
        numbers = dict.fromkeys(self.number(value.origin) for value in told)
        return "".join(f"[{number}]" for number in numbers) + (_FLAG if shown else "")

    @property
    def shown(self) -> tuple[Finding, ...]:
        """What is wrong with the values told so far, in order of first mention."""
        return tuple(self._shown)

    def close(self) -> None:
        """Check that nothing was told without a mark.

        Raises:
            UncitedValueError: names the line that was not cited.
        """
        if self._waiting:
            raise UncitedValueError(f"told without a mark: {self._waiting[0].origin.quote}")


def escape(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is; a plain URL stays clickable."""
    if _URL.fullmatch(text):
        return text
    return _MARKUP.sub(r"\\\1", text)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Citation marks, ready to print."""

    text: str


@jinja2.pass_context
def _finalize(context: jinja2.runtime.Context, printed: object) -> str:
    ledger: Ledger = context["ledger"]
    if isinstance(printed, Value):
        return ledger.tell(printed)
    if isinstance(printed, Said | Derived):
        return escape(printed.text)
    if isinstance(printed, _Marks):
        return printed.text
    raise UncitedValueError(f"a template printed {printed!r}, which carries no citation")


@jinja2.pass_context
def _cite(context: jinja2.runtime.Context, *values: Value) -> _Marks:
    ledger: Ledger = context["ledger"]
    return _Marks(ledger.cite(*values))


def _number(number: int) -> Derived:
    return Derived(str(number))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("assistant", "templates"),
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - the output is Markdown; escape() above does the escaping
    )
    environment.globals["cite"] = _cite
    environment.filters["number"] = _number
    return environment


def compose(query: Query, draft: Draft, ledger: Ledger | None = None) -> Answer:
    """Return the answer that ``draft`` makes, told and cited.

    Args:
        query: The question understood.
        draft: What to tell.
        ledger: Numbers the lines cited, for who cites more than the answer tells.

    Raises:
        UncitedValueError: the template would have stated something without a citation.
    """
    ledger = ledger or Ledger()
    template = _environment().get_template(f"{draft.template}.md.j2")
    text = template.render({**draft.slots, "ledger": ledger}).strip()
    ledger.close()
    text = "\n\n".join((text, *_flag_lines(ledger)))
    records = tuple(record_of(hit, ledger) for hit in draft.records)
    related = tuple(record_of(hit, ledger) for hit in draft.related)
    return Answer(
        question=query.text,
        status=draft.status,
        intent=draft.intent,
        answer=re.sub(r"\n{3,}", "\n\n", text),
        filters=query.filters(),
        records=records,
        related=related,
        values=tuple(AnswerValue(*value) for value in draft.values),
        warnings=_warnings(draft, ledger),
        citations=ledger.citations,
        suggestions=draft.suggestions,
        total=len(records),
    )


def _flag_lines(ledger: Ledger) -> Iterator[str]:
    """Yield a line for each value told that looks wrong, with the lines that show it."""
    for finding in ledger.shown[:_MOST_FLAGS]:
        marks = "".join(f"[{ledger.number(origin)}]" for origin in dict.fromkeys(finding.origins))
        yield f"{_FLAG} {escape(finding.company)}：{escape(finding.message)} {marks}"
    if (more := len(ledger.shown) - _MOST_FLAGS) > 0:
        yield f"{_FLAG} 另有 {more} 处存疑"


def _warnings(draft: Draft, ledger: Ledger) -> tuple[Remark, ...]:
    """Return what looks wrong in the text and in the records, the text's first."""
    companies = [hit.company for hit in (*draft.records, *draft.related)]
    found = [one for company in companies for one in ledger.flags.of_company(company)]
    return tuple(remark_of(one, ledger) for one in dict.fromkeys((*ledger.shown, *found)))


def remark_of(finding: Finding, ledger: Ledger) -> Remark:
    """Return a finding as an answer hands it out, with the lines it is about cited."""
    return Remark(
        rule=finding.rule.value,
        severity=finding.severity.value,
        company=finding.company,
        field=finding.field,
        value=finding.value,
        message=finding.message,
        citations=tuple(dict.fromkeys(ledger.number(origin) for origin in finding.origins)),
    )


def record_of(hit: Hit, ledger: Ledger) -> Record:
    """Return a company as an answer shows it, every row of it cited."""
    company = hit.company
    return Record(
        id=company.id,
        name=company.name,
        aliases=company.aliases,
        score=round(hit.score, 4),
        fields=record_fields(company),
        citations=tuple(ledger.number(row.origin) for row in company.rows),
    )


def record_fields(company: Company) -> dict[str, str]:
    """Return the fields of a company as the source writes them; disagreeing rows give both."""
    extra = dict.fromkeys(field for row in company.rows for field in row.values)
    fields = dict.fromkeys((*_RECORD_FIELDS, *extra))
    shown: dict[str, str] = {}
    for field in fields:
        if field == "city":
            texts: Sequence[Any] = company.facts("city")
        else:
            texts = [value.text for value in company.values(field)]
        if texts and field not in ("name", "alias"):
            shown[field] = "；".join(map(str, texts))
    return shown
