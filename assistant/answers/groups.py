"""Companies or statistics by group, each with its figure and a few members that prove it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.answer import Status
from assistant.answers.blocks import Block, GroupItem, Groups, Plain, Sentence, Text
from assistant.answers.cards import names_of, unknown
from assistant.answers.citations import Citations
from assistant.answers.context import Brief, Context, Drafted
from assistant.answers.describe import described_interval
from assistant.answers.listings import described
from assistant.answers.orders import place_words, superlative
from assistant.answers.quantities import function_words, measured
from assistant.answers.regional import COUNT, figure, label_value, source_of
from assistant.answers.runs import figure_text, in_counts, joined, text
from assistant.answers.values import column_of, label_of, values_of
from assistant.query import Group, Order, Within
from assistant.search.evidence import Grouped
from index.schema.fields import registry
from index.text import fold
from index.types import Value

# How many members of a group are named.
_MEMBERS = 20

_CALLED = {"city": "城市", "province": "省份", "list": "清单", "decade": "年代"}


def draft_groups(brief: Brief) -> Drafted:
    """Return how many of what a query selects each group has, or a measure of each."""
    ask, groups = brief.ask, brief.evidence.groups
    assert isinstance(ask, Group)  # noqa: S101 - the dispatch is by type
    what = described(brief.query, brief.context)
    if not groups:
        told = f"清单中没有可以按{_called(ask.field)}统计的{what.removeprefix('清单收录的')}。"
        blocks: tuple[Block, ...] = (Sentence(text(told)),)
        blocks += unknown(brief.selected, brief.where, brief.cite, (ask.field,))
        return Drafted(Status.NO_MATCH, blocks, suggestions=brief.context.examples)
    blocks = (
        Sentence(_sentence(brief, ask, groups)),
        Groups(tuple(_item(one, ask, brief.cite) for one in groups), ask.field),
        *unknown(brief.selected, brief.where, brief.cite, (ask.field,)),
    )
    selected = brief.selected
    return Drafted(
        status=Status.ANSWERED,
        blocks=blocks,
        hits=selected.hits,
        ids=selected.ids,
        total=selected.total,
        values=tuple(_value(one, ask) for one in groups),
        suggestions=_suggestions(ask, groups, brief.context),
    )


def _called(field: str) -> str:
    """Return what groups by a field are: 城市, 上市地."""
    known = registry().field(field)
    return _CALLED.get(field) or (known.short["zh"] if known else label_of(field))


def _sentence(brief: Brief, ask: Group, groups: Sequence[Grouped]) -> Text:
    """Return what the groups are of; where one is asked for, which it is."""
    what, called = described(brief.query, brief.context), _called(ask.field)
    rows = [one.row for one in groups if one.row]
    start = source_of(rows, brief.cite) if rows else text(what)
    order, comma, pause = ask.order, "，企业" if rows else "", "，" if rows else ""
    if order and order.field == COUNT and (order.limit == 1 or order.place is not None):
        labels = joined([_label(one, ask.field, brief.cite) for one in groups[:3]])
        tied = "，并列" if len(groups) > 1 else ""
        return text(start, f"{comma}{_count_words(order)}的{called}是 ", labels, tied, "：")
    bounds = f"，{_bound(ask)}的" if ask.interval else ""
    if order and order.limit:
        words = f"{_count_words(order)}的{in_counts(order.limit)}个{called}"
        return text(start, f"{comma}{words}：")
    if ask.measure:
        return text(start, pause, f"各{called}的{function_words(ask.measure)}：")
    if bounds:
        return text(start, f"{bounds}{called}共 {len(groups)} 个：")
    return text(start, pause, f"按{called}分布：")


def _count_words(order: Order) -> str:
    words = place_words(order) if order.place else superlative(order)
    return words.removeprefix("数量")


def _bound(ask: Group) -> str:
    assert ask.interval is not None  # noqa: S101 - the caller checks
    return described_interval(Within(COUNT, ask.interval))


def _item(group: Grouped, ask: Group, cite: Citations) -> GroupItem:
    if group.row and COUNT in group.row.values:
        told = figure(group.row.values[COUNT], cite, counted=True)
    elif ask.measure:
        told = text(measured(group.figure, ask.measure.field))
    else:
        told = text(f"{figure_text(group.figure)} 家")
    members = group.members[:_MEMBERS]
    more = 0 if ask.measure else max(0, int(group.figure) - len(members))
    return GroupItem(_label(group, ask.field, cite), told, names_of(members, cite), more)


def _label(group: Grouped, field: str, cite: Citations) -> Text:
    """Return what a group is called, cited by its row or by what its first member says."""
    if group.row:
        return label_value(group.row, cite, strong=True)
    label = fold(group.label)
    for company in group.members[:1]:
        for value in values_of(company, column_of(field)):
            if label in fold(value.text):
                return (cite.cite(Value(group.label, value.origin), strong=True),)
    return (Plain(group.label, strong=True),)


def _value(group: Grouped, ask: Group) -> tuple[str, str, str]:
    if group.row and COUNT in group.row.values:
        return (group.label, COUNT, group.row.values[COUNT].text)
    field = ask.measure.field if ask.measure else COUNT
    return (group.label, field, figure_text(group.figure))


def _suggestions(ask: Group, groups: Sequence[Grouped], context: Context) -> tuple[str, ...]:
    """Return questions for the companies of the first groups."""
    if groups[0].row:
        return tuple(f"{one.label}有哪些企业？" for one in groups[:2])
    if ask.field in ("city", "province", "domain", "exchange", "batch"):
        return tuple(f"{one.label}的企业有哪些？" for one in groups[:2])
    return context.examples[:2]
