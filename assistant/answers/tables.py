"""Rows of statistics as an answer of their own: told, filtered, ordered or counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.answer import Status
from assistant.answers.blocks import Block, GroupItem, Groups, Sentence, Table, Text
from assistant.answers.citations import Citations
from assistant.answers.conditions import PLACES
from assistant.answers.context import Brief, Context, Drafted
from assistant.answers.context import Value as Told
from assistant.answers.counts import beside_statistics
from assistant.answers.describe import describe
from assistant.answers.orders import head_words, place_words, superlative
from assistant.answers.regional import (
    COUNT,
    columns_of,
    count_values,
    counts_sentence,
    figure,
    header_of,
    label_value,
    mentioned,
    noun_of,
    region_questions,
    source_of,
    sum_sentence,
)
from assistant.answers.runs import in_counts, in_words, joined, number, text
from assistant.answers.values import label_of
from assistant.predicates import atoms, field_of, keeping
from assistant.query import (
    EVERYTHING,
    Aggregate,
    Count,
    In,
    Listed,
    Not,
    Order,
    Predicate,
    Query,
    Rows,
    Within,
)
from index.schema.fields import CHINESE, TableKind, registry
from index.schema.interval import Interval
from index.text import fold
from index.types import PLACE, StatisticsRow

# Up to so many rows are told in sentences; more make a table.
_FEW = 3


def draft_statistics(brief: Brief) -> Drafted:
    """Return the rows of statistics that a query selects."""
    rows, ask = brief.evidence.statistics, brief.ask
    brief = replace(brief, query=replace(brief.query, where=_narrowing(brief.where, rows)))
    if _counts_places(brief.query):
        return beside_statistics(brief)
    if not rows:
        return _nothing(brief.query, brief.context)
    names = _named_representatives(brief.where)
    if names:
        return _mentioned(brief, rows, names)
    if isinstance(ask, Count):
        return _counted(brief, rows)
    if isinstance(ask, Aggregate) and ask.function != "sum":
        blocks = _measured(brief, ask, rows)
        told = _values(rows, (ask.field,))
    elif isinstance(ask, Rows) and ask.order:
        blocks = (*_ordered(brief, ask.order, rows), *_undecided(brief.query, rows, brief.cite))
        told = _values(rows, (ask.order.field, *ask.fields))
    else:
        adds = isinstance(ask, Aggregate) and ask.field == COUNT and ask.function == "sum"
        fields = (COUNT,) if adds else tuple(getattr(ask, "fields", ()))
        told = _values(rows, fields or _condition_fields(brief.where))
        blocks = _rows(brief, rows, fields)
    return Drafted(
        status=Status.ANSWERED,
        blocks=blocks,
        values=told,
        suggestions=region_questions(rows, {key for _, key, _ in told}, listed=False),
    )


def _undecided(
    query: Query, rows: Sequence[StatisticsRow], cite: Citations
) -> tuple[Sentence, ...]:
    """Return which counts are lower bounds that leave open what is asked: 超过500 of 500+."""
    bounds = [one for one in atoms(query.where) if isinstance(one, Within) and one.field == COUNT]
    open_rows = [
        row
        for row in rows
        if row.open_ended
        and row.count is not None
        and any(not one.interval.contains(Interval(low=row.count)) for one in bounds)
    ]
    if not open_rows:
        return ()
    places = joined([label_value(row, cite) for row in open_rows])
    told = text("带“+”的数字只是下限，", places, "是否确实如此无法判断。")
    return (Sentence(told),)


def _narrowing(where: Predicate, rows: Sequence[StatisticsRow]) -> Predicate:
    """Return a condition without what only says that rows are of their table."""
    own = {row.dimension for row in rows}
    return keeping(where, lambda one: not (isinstance(one, Not) and field_of(one) in own))


def _counts_places(query: Query) -> bool:
    """Return whether the number of companies in places is asked for, one by one or added up."""
    ask, where = query.ask, query.where
    counts = (
        isinstance(ask, Count)
        or (isinstance(ask, Aggregate) and ask.field == COUNT and ask.function == "sum")
        or (isinstance(ask, Rows) and set(ask.fields) <= {COUNT} and ask.order is None)
    )
    places = [field_of(one) in PLACES for one in atoms(where) if not isinstance(one, Listed)]
    asked = not isinstance(ask, Rows) or bool(ask.fields)
    return counts and asked and bool(places) and all(places)


def _named_representatives(where: Predicate) -> tuple[str, ...]:
    """Return the names that are sought among the companies that stand for a place."""
    return tuple(
        one.label or one.values[0]
        for one in atoms(where)
        if isinstance(one, In) and one.field == "representatives"
    )


def _mentioned(brief: Brief, rows: Sequence[StatisticsRow], names: Sequence[str]) -> Drafted:
    """Return that names stand only among 代表企业, and that nothing else is told of them."""
    known = {*rows[0].values, *PLACES}
    fields = [one for one in getattr(brief.ask, "fields", ()) if one not in known]
    asked = "，因此查不到所问的信息" if fields else ""
    told = mentioned(f"「{'、'.join(names)}」", rows, brief.cite, asked)
    counted = [counts_sentence(rows, brief.context, brief.cite)] if count_values(rows) else []
    return Drafted(
        status=Status.NO_MATCH if fields else Status.ANSWERED,
        blocks=(Sentence(told), *map(Sentence, counted)),
        values=count_values(rows),
        suggestions=region_questions(rows, (), listed=False),
    )


def _noun(rows: Sequence[StatisticsRow]) -> str:
    dimension = rows[0].dimension if rows else PLACE
    return "地区" if dimension == PLACE else dimension


def _nothing(query: Query, context: Context) -> Drafted:
    what = describe(query.where, context, "地区")
    return Drafted(Status.NO_MATCH, (Sentence(text(f"统计里没有{what}。")),))


def _counted(brief: Brief, rows: Sequence[StatisticsRow]) -> Drafted:
    """Return how many rows fulfil a condition."""
    what = describe(brief.where, brief.context, _noun(rows))
    start = text(source_of(rows, brief.cite), f"，{what}共 ", number(len(rows)), " 个：")
    fields = _condition_fields(brief.where) or (COUNT,)
    return Drafted(
        status=Status.ANSWERED,
        blocks=(Sentence(start), _groups(rows, fields, brief.cite)),
        values=((what, COUNT, str(len(rows))), *_values(rows, fields)),
    )


def _measured(brief: Brief, ask: Aggregate, rows: Sequence[StatisticsRow]) -> tuple[Block, ...]:
    """Return one figure over a column, and the rows that it is made of."""
    figure_told = brief.evidence.figure
    if figure_told is None or figure_told.value is None:
        return (Sentence(text(source_of(rows, brief.cite), "没有写明可以计算的数字。")),)
    bound = figure_told.open_ended
    least, why = ("至少 ", "（数字带“+”，是下限）") if bound else (" ", "")
    words = {"mean": "平均", "median": "的中位数"}.get(ask.function, ask.function)
    what = (
        f"{in_counts(figure_told.known)}个{_noun(rows)}的{noun_of(brief.context)}数量{words}{least}"
    )
    value = number(round(figure_told.value, 1))
    start = text(source_of(rows, brief.cite), f"，{what}", value, f" 家{why}：")
    return (Sentence(start), _groups(rows, (ask.field,), brief.cite))


def _standing(
    order: Order, rows: Sequence[StatisticsRow], context: Context, cite: Citations
) -> Sentence:
    """Return which place rows have in an order: before how many others more is told."""
    figures = [row.count for row in rows]
    told = [
        text(
            label_value(row, cite, strong=True),
            f"的{noun_of(context)}数量为 ",
            _figure(row, order.field, cite),
            f"，排第{in_words(1 + figures.index(row.count))}",
        )
        for row in rows
        if fold(row.label) in order.of
    ]
    start = text(source_of(rows, cite), f"，在{in_counts(len(rows))}个{_noun(rows)}中，")
    return Sentence(text(start, joined(told, "；"), "："))


def _ordered(brief: Brief, order: Order, rows: Sequence[StatisticsRow]) -> tuple[Block, ...]:
    """Return rows in an order; who stands first, or at a place, is said in the first sentence."""
    if order.of:
        return (
            _standing(order, rows, brief.context, brief.cite),
            _groups(rows, (order.field,), brief.cite),
        )
    named = Order(_called(order.field, rows), order.descending, order.limit, order.place)
    what = describe(brief.where, brief.context, _noun(rows))
    source = source_of(rows, brief.cite)
    if order.limit != 1 and order.place is None:
        words = _counting(head_words(named, f"个{_noun(rows)}"), brief.context)
        if brief.where == EVERYTHING:
            scope = "" if order.limit else f"各{what}"
        else:
            scope = f"{what}中" if order.limit else what
        return (
            Sentence(text(source, f"，{scope}{words}：")),
            _groups(rows, (order.field,), brief.cite),
        )
    words = superlative(named) if order.place is None else place_words(named)
    words = _counting(words, brief.context)
    scope = "" if brief.where == EVERYTHING else f"{what}中，"
    told = [
        text(
            label_value(row, brief.cite, strong=True),
            "（",
            _figure(row, order.field, brief.cite),
            "）",
        )
        for row in rows
    ]
    tied = "，并列" if len(rows) > 1 else ""
    return (Sentence(text(source, f"，{scope}{words}的是 ", joined(told), tied, "。")),)


def _counting(words: str, context: Context) -> str:
    """Return the words of an order by number with what is counted: 小巨人数量最多."""
    return words.replace("数量", f"{noun_of(context)}数量", 1)


def _called(field: str, rows: Sequence[StatisticsRow]) -> str:
    return field if field == COUNT else header_of(rows[0], field).text


def _rows(brief: Brief, rows: Sequence[StatisticsRow], fields: Sequence[str]) -> tuple[Block, ...]:
    """Return rows with the columns asked for: few in sentences, filtered ones as a list."""
    columns = tuple(fields) or columns_of(rows)
    conditions = _condition_fields(brief.where)
    if conditions and set(fields) <= set(conditions):
        what = describe(brief.where, brief.context, _noun(rows))
        start = text(source_of(rows, brief.cite), f"，{what}共{in_counts(len(rows))}个：")
        return (Sentence(start), _groups(rows, conditions, brief.cite))
    if len(rows) <= _FEW:
        source = text(source_of(rows, brief.cite), "，")
        told = (
            Sentence(text(source if row is rows[0] else (), _sentence(row, columns, brief.cite)))
            for row in rows
        )
        adds = sum_sentence(rows) if isinstance(brief.ask, Aggregate) else ()
        return (*map(Sentence, adds), *told)
    heading = text(source_of(rows, brief.cite), "：")
    added = sum_sentence(rows) if tuple(columns) == (COUNT,) else ()
    return (Sentence(heading), _table(rows, columns, brief.cite), *map(Sentence, added))


def _sentence(row: StatisticsRow, columns: Sequence[str], cite: Citations) -> Text:
    """Return a row as a sentence: 武汉的主要领域为光电、半导体."""
    label = label_value(row, cite)
    told = [
        text(_column(row, key, cite), "为 ", _figure(row, key, cite, strong=True))
        for key in columns
        if key in row.values
    ]
    missing = [f"{label_of(key)}没有写明" for key in columns if key not in row.values]
    parts = (*told, *(text(one) for one in missing))
    return text(label, "的", joined(parts, "；"), "。")


def _groups(rows: Sequence[StatisticsRow], fields: Sequence[str], cite: Citations) -> Groups:
    items = tuple(
        GroupItem(
            label_value(row, cite, strong=True),
            joined([_figure(row, key, cite) for key in fields if key in row.values], "；"),
        )
        for row in rows
    )
    return Groups(items, rows[0].dimension)


def _table(rows: Sequence[StatisticsRow], columns: Sequence[str], cite: Citations) -> Table:
    header = (text(_noun(rows)), *(_column(rows[0], key, cite) for key in columns))
    blank = text("未写明")
    body = tuple(
        (
            label_value(row, cite),
            *(_figure(row, key, cite) if key in row.values else blank for key in columns),
        )
        for row in rows
    )
    return Table(header, body)


def _figure(row: StatisticsRow, key: str, cite: Citations, *, strong: bool = False) -> Text:
    if key not in row.values:
        return text("未写明")
    if key == COUNT:
        return figure(row.values[key], cite, counted=True)
    return (cite.cite(row.values[key], strong=strong),)


def _column(row: StatisticsRow, key: str, cite: Citations) -> Text:
    """Return what a column is called: by our label, or by its header in its source."""
    known = registry().field(key, TableKind.REGION)
    if known is None or key == COUNT:
        return (cite.cite(header_of(row, key)),)
    return text(known.labels[CHINESE])


def _condition_fields(where: Predicate) -> tuple[str, ...]:
    """Return the columns that conditions are on, besides the place."""
    found = dict.fromkeys(field_of(one) for one in atoms(where))
    return tuple(one for one in found if one and one not in PLACES)


def _values(rows: Sequence[StatisticsRow], fields: Sequence[str]) -> tuple[Told, ...]:
    columns = tuple(fields) or columns_of(rows)
    return tuple(
        (row.label, key, row.values[key].text)
        for row in rows
        for key in dict.fromkeys(columns)
        if key in row.values
    )
