"""The source's own statistics, and beside them what the list itself holds."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.common import (
    SUGGESTIONS,
    Context,
    describe,
    distinct,
    heading_proofs,
    lies_in,
    name_value,
)
from assistant.answers.figures import answer_figures
from assistant.answers.rules import answer_rules
from assistant.answers.selection import candidates
from assistant.compose import Derived, Said
from assistant.filters import LISTS, areas_of, select
from assistant.types import Condition, Draft, Hit, Intent, Query, Status
from index.schema.columns import TableKind, load_schema
from index.schema.normalize import fold
from index.types import StatisticsRow

_DETAIL_CUES = {
    "statistics_domains": "domains",
    "statistics_representatives": "representatives",
}


# Up to so many places named in one question are added up unasked.
_FEW = 5

# What a row of the statistics says besides its place.
_ROW = ("count", *_DETAIL_CUES.values())


def answer_statistics(query: Query, context: Context) -> Draft:
    """Return the statistics of the areas named, beside what the list holds of them.

    北京有多少家 means the statistic (800+); the list holds fewer rows, so both are said.
    """
    figures = context.figures.find(query)
    if figures:
        return answer_figures(query, figures, context)
    areas = areas_of(query.conditions)
    if not areas and query.group:
        areas = _all_areas(query, context)
    if not areas:
        return answer_rules(query, context, Intent.STATS)
    details = _details(query)
    within = [one for area in areas for one in _within(area, context)]
    if details and within:
        areas, within = [_as_area(row) for row in within], []
    parts = [_Part(area, context, query, within) for area in areas]
    if not any(part.rows or part.hits for part in parts):
        return Draft(
            status=Status.NO_MATCH,
            intent=Intent.STATS,
            template="no_statistics",
            slots={"what": describe(query)},
        )
    hits = distinct(hit for part in parts for hit in part.hits)
    return Draft(
        status=Status.ANSWERED,
        intent=Intent.STATS if any(part.rows for part in parts) else Intent.COUNT,
        template="statistics",
        slots={
            "parts": [part.slots(details, context.list_limit) for part in parts],
            "details": bool(details),
            "noun": Said(query.noun.removesuffix("企业") or query.noun),
            "total": _total(query, parts),
        },
        records=() if details else hits,
        values=tuple(value for part in parts for value in part.values(details)),
        suggestions=_suggestions(parts[0], details),
    )


def _details(query: Query) -> list[str]:
    """Return which columns of the statistics are asked for; none where the number is enough."""
    if "statistics_row" in query.cues:
        return list(_ROW)
    details = [field for cue, field in _DETAIL_CUES.items() if cue in query.cues]
    if "domain" in query.fields and "domains" not in details:
        details.append("domains")
    return ["count", *details] if details and "count" in query.cues else details


def _as_area(region: StatisticsRow) -> Condition:
    return Condition("city", region.place, frozenset({region.place}))


def _all_areas(query: Query, context: Context) -> list[Condition]:
    """Return every place of the statistics, or those whose domains name the topic."""
    terms = query.topic.terms
    return [
        _as_area(region)
        for region in context.corpus.regions
        if not terms or any(term in fold(_domains(region)) for term in terms)
    ]


def _domains(region: StatisticsRow) -> str:
    value = region.values.get("domains")
    return value.text if value else ""


def _within(area: Condition, context: Context) -> list[StatisticsRow]:
    """Return the rows of the statistics inside a larger area that has none of its own."""
    rows = context.corpus.regions
    if area.field == "city" or any(row.place in area.values for row in rows):
        return []
    return [row for row in rows if lies_in(row.place, area, context)]


class _Part:
    """What is known of one area.

    Attributes:
        region: Its row of the statistics.
        inner: The rows of places inside it, where it has none of its own.
        hits: The companies listed there.
    """

    def __init__(
        self, area: Condition, context: Context, query: Query, inner: Sequence[StatisticsRow]
    ) -> None:
        self.area = area
        self._noun = query.noun
        self.inner = [row for row in inner if lies_in(row.place, area, context)]
        lists = [one for one in query.conditions if one.field in LISTS]
        sources = {source for one in lists for source in one.values}
        rows = (row for row in context.corpus.regions if row.place in area.values)
        told = (row for row in rows if not sources or row.origin.source in sources)
        self.region = next(told, None)
        found = select(candidates(query, context), [area, *lists], context.gazetteer)
        listed = found.matching
        self.hits = tuple(Hit(company, 1.0) for company in listed)

    def slots(self, details: Sequence[str], limit: int) -> dict[str, object]:
        """Return what the template tells."""
        return {
            "what": Said(f"{self.area.label}的{self._noun}"),
            "region": self.region.values if self.region else None,
            "inner": [row.values for row in self.inner],
            "heading": next((row.heading for row in self.rows), None),
            "details": [_detail(self.region, field) for field in details] if self.region else [],
            "listed_count": Derived(str(len(self.hits))),
            "proofs": heading_proofs(self.hits, [self.area]),
            "listed": [name_value(hit.company) for hit in self.hits[:limit]],
            "hidden": Derived(str(max(0, len(self.hits) - limit))),
        }

    def values(self, details: Sequence[str]) -> list[tuple[str, str, str]]:
        """Return the single values: the statistic, and how many the list holds."""
        values = [
            (row.place, field, row.values[field].text)
            for row in self.rows
            for field in details or ("count",)
            if field in row.values
        ]
        if not details:
            values.append((listed_name(self.area.label, self._noun), "count", str(len(self.hits))))
        return values

    @property
    def rows(self) -> list[StatisticsRow]:
        """The rows of the statistics that tell of the area."""
        return [self.region] if self.region else self.inner


def listed_name(area: str, noun: str) -> str:
    """Return what the number of companies listed in an area is a value of."""
    return f"清单收录的{area}{noun}"


def _detail(region: StatisticsRow, field: str) -> dict[str, object]:
    label = load_schema().labels[TableKind.REGION][field]
    return {"label": Said(label), "value": region.values.get(field)}


def _total(query: Query, parts: Sequence[_Part]) -> dict[str, object] | None:
    """Return sum or difference of the figures; with a "+" a sum is a lower bound.

    The difference of two lower bounds bounds nothing: it is told as that of the figures only.
    """
    rows = [row for part in parts for row in part.rows]
    counts = [row.count for row in rows if row.count is not None]
    if not all(part.rows for part in parts) or len(counts) < max(len(rows), 2):
        return None
    open_ended = any(row.open_ended for row in rows)
    summing = "sum" in query.cues or any(part.inner for part in parts)
    few = len(parts) <= _FEW and query.group is None
    summing = summing or (few and "count" in query.cues and "difference" not in query.cues)
    differing = "difference" in query.cues and len(counts) == 2 and not summing
    if not differing and not summing:
        return None
    more = parts[0] if counts[0] >= counts[1] else parts[1]
    return {
        "differing": differing,
        "open_ended": open_ended,
        "figure": Derived(str(abs(counts[0] - counts[1]) if differing else sum(counts))),
        "more": Said(more.area.label),
        "equal": counts[0] == counts[1],
        "listed": Derived(str(sum(len(part.hits) for part in parts))),
    }


def _suggestions(part: _Part, details: Sequence[str]) -> tuple[str, ...]:
    """Return questions that the sources can answer."""
    place = part.area.label
    questions = [f"{place}有哪些小巨人？"] if part.hits else []
    if part.region:
        labels = load_schema().labels[TableKind.REGION]
        questions += [
            f"{place}的{labels[field]}是什么？"
            for field in ("count", "domains", "representatives")
            if field in part.region.values and field not in (details or ("count",))
        ]
    return tuple(questions[:SUGGESTIONS])
