"""The source's own statistics, and beside them what the list itself holds."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.common import (
    SUGGESTIONS,
    Context,
    describe,
    distinct,
    heading_proofs,
    name_value,
)
from assistant.answers.rules import answer_rules
from assistant.answers.selection import candidates
from assistant.compose import Derived, Said
from assistant.filters import areas_of, select
from assistant.types import Condition, Draft, Hit, Intent, Query, Status
from index.columns import TableKind, load_schema
from index.normalize import fold
from index.types import RegionRow

_DETAIL_CUES = {
    "statistics_domains": "domains",
    "statistics_representatives": "representatives",
}


# What a row of the statistics says besides its place.
_ROW = ("count", *_DETAIL_CUES.values())


def answer_statistics(query: Query, context: Context) -> Draft:
    """Return the statistics of the areas named, beside what the list holds of them.

    北京有多少家 means the statistic (800+); the list holds fewer rows, so both are said.
    """
    areas = areas_of(query.conditions)
    if not areas and query.group:
        areas = _all_areas(query, context)
    if not areas:
        return answer_rules(query, context, Intent.STATS)
    parts = [_Part(area, context, query) for area in areas]
    if not any(part.region or part.hits for part in parts):
        return Draft(
            status=Status.NO_MATCH,
            intent=Intent.STATS,
            template="no_statistics",
            slots={"what": describe(query)},
        )
    details = [field for cue, field in _DETAIL_CUES.items() if cue in query.cues]
    if "statistics_row" in query.cues:
        details = list(_ROW)
    if "domain" in query.fields and "domains" not in details:
        details.append("domains")
    if details and "count" in query.cues:
        details.insert(0, "count")
    hits = distinct(hit for part in parts for hit in part.hits)
    return Draft(
        status=Status.ANSWERED,
        intent=Intent.STATS if any(part.region for part in parts) else Intent.COUNT,
        template="statistics",
        slots={
            "parts": [part.slots(details, context.list_limit) for part in parts],
            "details": bool(details),
            "total": _total(query, parts),
        },
        records=() if details else hits,
        values=tuple(value for part in parts for value in part.values(details)),
        suggestions=_suggestions(parts[0], details),
    )


def _all_areas(query: Query, context: Context) -> list[Condition]:
    """Return every place of the statistics, or those whose domains name the topic."""
    terms = query.topic.terms
    places = [
        region.place
        for region in context.corpus.regions
        if not terms or any(term in fold(_domains(region)) for term in terms)
    ]
    return [Condition("city", place, frozenset({place})) for place in places]


def _domains(region: RegionRow) -> str:
    value = region.values.get("domains")
    return value.text if value else ""


class _Part:
    """What is known of one area: its row of the statistics, and the companies listed there."""

    def __init__(self, area: Condition, context: Context, query: Query) -> None:
        self.area = area
        self._query = query
        rows = (row for row in context.corpus.regions if row.place in area.values)
        self.region = next(rows, None)
        listed = select(candidates(query, context), [area], context.gazetteer).matching
        self.hits = tuple(Hit(company, 1.0) for company in listed)

    def slots(self, details: Sequence[str], limit: int) -> dict[str, object]:
        """Return what the template tells."""
        return {
            "what": Said(f"{self.area.label}的小巨人企业"),
            "region": self.region.values if self.region else None,
            "heading": self.region.heading if self.region else None,
            "details": [_detail(self.region, field) for field in details] if self.region else [],
            "listed_count": Derived(str(len(self.hits))),
            "proofs": heading_proofs(self.hits, [self.area]),
            "listed": [name_value(hit.company) for hit in self.hits[:limit]],
            "hidden": Derived(str(max(0, len(self.hits) - limit))),
        }

    def values(self, details: Sequence[str]) -> list[tuple[str, str, str]]:
        """Return the single values: the statistic, and how many the list holds."""
        values = []
        if self.region:
            values = [
                (self.region.place, field, self.region.values[field].text)
                for field in details or ("count",)
                if field in self.region.values
            ]
        if not details:
            values.append((self.area.label, "listed", str(len(self.hits))))
        return values


def _detail(region: RegionRow, field: str) -> dict[str, object]:
    label = load_schema().labels[TableKind.REGION][field]
    return {"label": Said(label), "value": region.values.get(field)}


def _total(query: Query, parts: Sequence[_Part]) -> dict[str, object] | None:
    """Return sum or difference of the figures; with a "+" a sum is a lower bound.

    The difference of two lower bounds bounds nothing: it is told as that of the figures only.
    """
    counts = [part.region.count for part in parts if part.region and part.region.count is not None]
    if len(counts) < len(parts) or len(counts) < 2:
        return None
    open_ended = any(part.region.open_ended for part in parts if part.region)
    summing = "sum" in query.cues
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
