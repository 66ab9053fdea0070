"""The source's own statistics, and beside them what the list itself holds."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.common import SUGGESTIONS, Context, describe, heading_proofs, name_value
from assistant.answers.rules import answer_rules
from assistant.compose import Derived
from assistant.filters import select
from assistant.types import Draft, Hit, Intent, Query, Status
from index.columns import TableKind, load_schema
from index.types import Company, RegionRow

_DETAIL_CUES = {
    "statistics_domains": "domains",
    "statistics_representatives": "representatives",
}


def answer_statistics(query: Query, context: Context) -> Draft:
    """Return the count of a region beside the number of companies listed there.

    北京有多少家 means the statistic (800+); the list holds fewer rows, so both are said.
    """
    if not query.conditions:
        return answer_rules(query, context, Intent.STATS)
    region = context.region_of(query)
    details = [field for cue, field in _DETAIL_CUES.items() if cue in query.cues]
    listed = select(context.corpus.companies, query.conditions, context.gazetteer).matching
    if region is None and not listed:
        return Draft(
            status=Status.NO_MATCH,
            intent=Intent.STATS,
            template="no_statistics",
            slots={"what": describe(query)},
        )
    shown = listed[: context.list_limit]
    hits = tuple(Hit(company, 1.0) for company in listed)
    return Draft(
        status=Status.ANSWERED,
        intent=Intent.STATS if region else Intent.COUNT,
        template="statistics",
        slots={
            "what": describe(query),
            "region": region.values if region else None,
            "heading": region.heading if region else None,
            "details": [_detail(region, field) for field in details] if region else [],
            "listed_count": Derived(str(len(listed))),
            "proofs": heading_proofs(hits, query.conditions),
            "listed": [name_value(company) for company in shown],
            "hidden": Derived(str(len(listed) - len(shown))),
        },
        records=() if details else hits,
        values=_values(query, region, details, len(listed)),
        suggestions=_suggestions(query, region, listed),
    )


def _detail(region: RegionRow, field: str) -> dict[str, object]:
    label = load_schema().labels[TableKind.REGION][field]
    return {"label": Derived(label), "value": region.values.get(field)}


def _values(
    query: Query, region: RegionRow | None, details: list[str], listed: int
) -> tuple[tuple[str, str, str], ...]:
    values: list[tuple[str, str, str]] = []
    if region:
        fields = details or ["count"]
        values += [
            (region.place, field, region.values[field].text)
            for field in fields
            if field in region.values
        ]
    if not details:
        place = query.conditions[0].label
        values.append((place, "listed", str(listed)))
    return tuple(values)


def _suggestions(
    query: Query, region: RegionRow | None, listed: Sequence[Company]
) -> tuple[str, ...]:
    """Return questions that the sources can answer."""
    place = query.conditions[0].label
    questions = [f"{place}有哪些小巨人？"] if listed else []
    if region:
        labels = load_schema().labels[TableKind.REGION]
        asked = {_DETAIL_CUES[cue] for cue in query.cues if cue in _DETAIL_CUES}
        questions += [
            f"{place}的{labels[field]}是什么？"
            for field in ("count", "domains", "representatives")
            if field in region.values and field not in (asked or {"count"})
        ]
    return tuple(questions[:SUGGESTIONS])
