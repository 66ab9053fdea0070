"""Several figures together: their sum, difference or ratio, or simply one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answers.answer import Status
from assistant.answers.blocks import Block, Sentence, Text
from assistant.answers.context import Brief, Drafted
from assistant.answers.describe import describe, said_of
from assistant.answers.quantities import measured
from assistant.answers.regional import sum_of
from assistant.answers.runs import number, text
from assistant.query import Aggregate, Combine, Relation
from assistant.search.evidence import Hit

_PAIR = 2

Draft = Callable[[Brief], Drafted]


@dataclass(frozen=True, slots=True)
class _Part:
    """The figure of one part: of what, how much, and whether it is only a lower bound."""

    label: str
    figure: float | None
    open_ended: bool
    field: str


def draft_combined(brief: Brief, draft: Draft) -> Drafted:
    """Return the figures of several queries together; ``draft`` answers one of them."""
    ask = brief.ask
    assert isinstance(ask, Combine)  # noqa: S101 - the dispatch is by type
    pairs = zip(ask.parts, brief.evidence.parts, strict=True)
    briefs = [replace(brief, query=part, evidence=told) for part, told in pairs]
    drafted = list(map(draft, briefs))
    parts = list(map(_part, briefs))
    total = _total(ask.operation, parts)
    first = (Sentence(total),) if total else ()
    hits = _distinct([hit for one in drafted for hit in one.hits])
    answered = any(one.status is Status.ANSWERED for one in drafted)
    blocks: tuple[Block, ...] = tuple(block for one in drafted for block in one.blocks)
    return Drafted(
        status=Status.ANSWERED if answered else Status.NO_MATCH,
        blocks=(*first, *blocks),
        hits=hits,
        ids=tuple(dict.fromkeys(key for one in drafted for key in one.ids)),
        total=len(hits) if ask.operation != "each" else None,
        values=tuple(value for one in drafted for value in one.values),
        suggestions=drafted[0].suggestions if drafted else (),
    )


def _distinct(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    return tuple({hit.company.id: hit for hit in reversed(hits)}.values())[::-1]


def _part(brief: Brief) -> _Part:
    """Return the figure of a part, that of the statistics where there is one."""
    place = said_of(brief.where, brief.context).removeprefix("位于")
    if brief.query.relation is Relation.STATISTICS:
        added = sum_of(brief.evidence.statistics)
        figure, open_ended = added or (None, False)
        return _Part(place, figure, open_ended, "count")
    label = describe(brief.where, brief.context)
    if isinstance(brief.ask, Aggregate):
        told = brief.evidence.figure
        value = told.value if told else None
        return _Part(label, value, bool(told and told.open_ended), brief.ask.field)
    return _Part(label, brief.selected.total, open_ended=False, field="count")


def _total(operation: str, parts: Sequence[_Part]) -> Text:
    """Return what the figures come to together; nothing where one is not told.

    The difference of two lower bounds bounds nothing: it is told as that of the figures only.
    """
    figures = [one.figure for one in parts if one.figure is not None]
    if len(figures) < len(parts) or not figures:
        return ()
    open_ended = any(one.open_ended for one in parts)
    names = "、".join(one.label for one in parts)
    field = parts[0].field
    if operation == "sum":
        least, why = ("至少 ", "（数字带“+”，是下限）") if open_ended else (" ", "")
        told = measured(sum(figures), field)
        return text(f"{names}合计{least}", *_strong(told), f"{why}。")
    if len(parts) != _PAIR:
        return ()
    if operation == "difference":
        return _difference(parts, open_ended=open_ended)
    if operation == "ratio" and figures[1]:
        why = "（按下限计算）" if open_ended else ""
        ratio = figures[0] / figures[1]
        return text(f"{parts[0].label}是{parts[1].label}的 ", number(ratio), f" 倍{why}。")
    return ()


def _difference(parts: Sequence[_Part], *, open_ended: bool) -> Text:
    one, other = sorted(parts, key=lambda part: -(part.figure or 0))
    gap = (one.figure or 0) - (other.figure or 0)
    if not gap:
        why = "；数字带“+”，都只是下限，实际多少无法判断" if open_ended else ""
        return text(f"{one.label}和{other.label}的数字相同{why}。")
    why = "；数字带“+”，都只是下限，实际差额无法判断" if open_ended else ""
    more = "多" if one.field in ("count", "headcount") else "高"
    return text(
        f"{one.label}比{other.label}{more} ", *_strong(measured(gap, one.field)), f"{why}。"
    )


def _strong(told: str) -> tuple[Text, ...]:
    """Return a figure emphasised, its unit of companies apart: **700** 家."""
    if told.endswith("家"):
        figure = told.removesuffix("家")
        return ((number(float(figure)), *text(" 家")),)
    return (text(told),)
