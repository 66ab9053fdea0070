"""Figures over a selection: a share, a mean, a sum, the smallest and the largest."""

from __future__ import annotations

from assistant.answers.answer import Status
from assistant.answers.blocks import Block, Companies, Plain, Sentence, Text
from assistant.answers.cards import name_cards, next_questions, unknown
from assistant.answers.citations import Citations
from assistant.answers.context import Brief, Drafted
from assistant.answers.describe import describe, said_of
from assistant.answers.intervals import amount
from assistant.answers.listings import described
from assistant.answers.runs import figure_text, number, text
from assistant.answers.values import label_of
from assistant.predicates import conjunction, conjuncts
from assistant.query import EVERYTHING, Aggregate, Share
from assistant.search.evidence import Figure
from index.schema.fields import ValueType, registry

_FUNCTIONS = {"min": "最小值", "max": "最大值", "mean": "平均值", "median": "中位数", "sum": "合计"}
_YEARS = {"min": "最早", "max": "最晚"}
_PERCENT = 100

# Up to so many lines are shown that a figure rests on.
_MOST_LINES = 5


def draft_aggregate(brief: Brief) -> Drafted:
    """Return one figure over a numeric field, with how many say anything of it."""
    ask, figure = brief.ask, brief.evidence.figure
    assert isinstance(ask, Aggregate)  # noqa: S101 - the dispatch is by type
    what = described(brief.query, brief.context)
    label = label_of(ask.field)
    if figure is None or figure.value is None:
        told = f"清单没有写明{what}的{label}，无法计算。"
        return Drafted(Status.NO_MATCH, (Sentence(text(told)),), suggestions=brief.context.examples)
    told = measured(figure.value, ask.field)
    verb = "至少是 " if figure.open_ended else "是 "
    words = f"{what}的{function_words(ask)}{verb}"
    blocks: tuple[Block, ...] = (
        Sentence(text(words, Plain(told, strong=True), _lines(figure, brief.cite), "。")),
        Sentence(text(_made_of(figure))),
        *unknown(brief.selected, brief.where, brief.cite, (ask.field,)),
    )
    selected = brief.selected
    return Drafted(
        status=Status.ANSWERED,
        blocks=blocks,
        hits=selected.hits,
        ids=selected.ids,
        total=selected.total,
        values=((what, ask.field, told), ("家数", "count", str(figure.known))),
        suggestions=next_questions([hit.company for hit in selected.hits[:3]], (ask.field,)),
    )


def function_words(ask: Aggregate) -> str:
    """Return what a figure is: 平均员工规模, 最早的成立时间."""
    label = label_of(ask.field)
    if ask.field == "founded" and ask.function in _YEARS:
        return f"{_YEARS[ask.function]}的{label}"
    if ask.function == "mean":
        return f"平均{label}"
    return f"{label}{_FUNCTIONS.get(ask.function, ask.function)}"


def measured(figure: float, field: str) -> str:
    """Return a figure with the unit of its field: 2012.5年, 1200人, 5000万元."""
    known = registry().field(field)
    kind = known.type if known else None
    if kind in (ValueType.YEAR, ValueType.DATE):
        return f"{figure_text(round(figure, 1))}年"
    if kind is ValueType.HEADCOUNT:
        return f"{figure_text(round(figure))}人"
    if kind is ValueType.MONEY and known:
        return f"{amount(figure)}{known.currency}"
    if kind is ValueType.PERCENT:
        return f"{figure_text(figure)}%"
    return f"{figure_text(figure)}家" if field == "count" else amount(figure)


def _made_of(figure: Figure) -> str:
    silent = f"，另有 {figure.unknown} 家没有写明" if figure.unknown else ""
    bound = "；其中有的只写了下限" if figure.open_ended else ""
    rows = f"（共 {figure.rows} 行）" if figure.rows > figure.known else ""
    return f"按写明的 {figure.known} 家{rows}计算{silent}{bound}。"


def _lines(figure: Figure, cite: Citations) -> Text:
    """Return the marks of the first lines that a figure rests on."""
    return cite.marks(figure.origins[:_MOST_LINES])


def draft_share(brief: Brief) -> Drafted:
    """Return which share of a selection fulfils the conditions."""
    ask, selected, whole = brief.ask, brief.selected, brief.evidence.whole
    assert isinstance(ask, Share)  # noqa: S101 - the dispatch is by type
    total = whole.total if whole else 0
    of = describe(ask.whole, brief.context)
    of = of if ask.whole != EVERYTHING else f"清单收录的{of}"
    if not total:
        told = f"清单中没有收录{describe(ask.whole, brief.context)}，无法计算占比。"
        return Drafted(Status.NO_MATCH, (Sentence(text(told)),), suggestions=brief.context.examples)
    own = [one for one in conjuncts(brief.where) if one not in conjuncts(ask.whole)]
    said = said_of(conjunction(own), brief.context)
    share = f"{figure_text(round(_PERCENT * selected.total / total, 1))}%"
    first = text(
        f"{of}共 ", number(total), f" 家，其中{said}的 ", number(selected.total), " 家，占 ",
        Plain(share, strong=True), "。",
    )  # fmt: skip
    shown = selected.hits[: brief.context.list_limit]
    named = (Companies(name_cards(shown, brief.cite), selected.total),) if shown else ()
    return Drafted(
        status=Status.ANSWERED,
        blocks=(Sentence(first), *named, *unknown(selected, brief.where, brief.cite)),
        hits=selected.hits,
        ids=selected.ids,
        total=selected.total,
        values=(
            (said, "share", share),
            (said, "count", str(selected.total)),
            (of, "count", str(total)),
        ),
        suggestions=next_questions([hit.company for hit in shown], ()),
    )
