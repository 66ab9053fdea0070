"""The sources' own statistics: rows told, ordered, counted and added up, each with its line."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.answers.blocks import Text
from assistant.answers.citations import Citations
from assistant.answers.context import SUGGESTIONS, Context
from assistant.answers.context import Value as Told
from assistant.answers.runs import joined, number, text
from index.schema.columns import TableKind, load_schema
from index.types import StatisticsRow, Value

COUNT = "count"
_COUNTED = "家"

# What a row of statistics by place says besides its place, as a sentence says it.
_SAID = ((COUNT, "{}数量为 "), ("domains", "主要领域为"), ("representatives", "代表企业有"))


def region_sentence(row: StatisticsRow, context: Context, cite: Citations) -> Text:
    """Return everything that a row of statistics by place says, as one sentence."""
    told = [
        text(words.format(noun_of(context)), figure(row.values[key], cite, counted=key == COUNT))
        for key, words in _SAID
        if key in row.values
    ]
    return text("不过地区统计写明：", label_value(row, cite), "的", joined(told, "，"), "。")


def label_value(row: StatisticsRow, cite: Citations, *, strong: bool = False) -> Text:
    """Return what a row of statistics is about, as the source writes it."""
    value = row.values.get(row.dimension) or Value(row.label, row.origin)
    return (cite.cite(value, strong=strong),)


def figure(value: Value, cite: Citations, *, counted: bool) -> Text:
    """Return a figure as the source writes it, with 家 where it counts companies."""
    unit = " 家" if counted and not value.text.endswith(_COUNTED) else ""
    return text(cite.cite(value, strong=counted), unit)


def counts_sentence(rows: Sequence[StatisticsRow], context: Context, cite: Citations) -> Text:
    """Return how many companies the statistics count, place by place."""
    start = text(source_of(rows, cite), "，")
    counted = [row for row in rows if COUNT in row.values]
    between = f"的{noun_of(context)}数量为 " if len(counted) == 1 else " "
    told = [
        text(label_value(row, cite), between, figure(row.values[COUNT], cite, counted=True))
        for row in counted
    ]
    return text(start, joined(told), "。")


def source_of(rows: Sequence[StatisticsRow], cite: Citations) -> Text:
    """Return by what statistics something is so: 据“按地区分布统计（截至2025年）”."""
    heading = next((one.heading for one in rows if one.heading), None)
    if heading:
        return text("据“", cite.cite(heading), "”")
    return text("据地区统计" if rows and rows[0].place else "据统计")


def sum_of(rows: Sequence[StatisticsRow]) -> tuple[int, bool] | None:
    """Return the sum of counts and whether it is only a lower bound; None where one is not told."""
    counts = [row.count for row in rows if row.count is not None]
    if not counts or len(counts) < len(rows):
        return None
    return sum(counts), any(row.open_ended for row in rows)


def sum_sentence(rows: Sequence[StatisticsRow]) -> tuple[Text, ...]:
    """Return the sum of several counts as a sentence; with a + it is a lower bound."""
    added = sum_of(rows)
    if added is None or len(rows) < len("两地"):
        return ()
    total, open_ended = added
    least, why = ("至少 ", "（数字带“+”，是下限）") if open_ended else (" ", "")
    return (text(f"按统计合计{least}", number(total), f" 家{why}。"),)


def count_values(rows: Sequence[StatisticsRow]) -> tuple[Told, ...]:
    """Return the counts of rows of statistics, for the JSON."""
    return tuple((row.label, COUNT, row.values[COUNT].text) for row in rows if COUNT in row.values)


def region_questions(
    rows: Sequence[StatisticsRow], told: Collection[str], *, listed: bool
) -> tuple[str, ...]:
    """Return what else the statistics and the lists say of a place.

    Args:
        rows: The rows that were told; the questions are about the first.
        told: Columns that were told.
        listed: Whether the lists hold companies of the place.
    """
    if not rows:
        return ()
    row = rows[0]
    questions = [f"{row.label}有哪些企业？"] if listed and row.place else []
    labels = load_schema().labels[TableKind.REGION]
    questions += [
        f"{row.label}的{labels[field]}是什么？"
        for field in ("domains", "representatives")
        if field in row.values and field not in told
    ]
    return tuple(questions[:SUGGESTIONS])


def noun_of(context: Context) -> str:
    """Return what statistics count: 小巨人, 企业."""
    return context.noun.removesuffix("企业") or context.noun


def mentioned(
    names: str, rows: Sequence[StatisticsRow], cite: Citations, therefore: str = ""
) -> Text:
    """Return that names stand in the sources only among those that represent places."""
    places = joined([label_value(row, cite) for row in rows])
    end = f"的代表企业被提到，没有单独的企业记录{therefore}。"
    return text(f"{names}在资料中只作为", places, end)


def header_of(row: StatisticsRow, key: str) -> Value:
    """Return the header of a column of statistics as it is written."""
    headers = row.header.text.split("；")
    position = load_schema().fields(TableKind.REGION, headers).get(key)
    return Value(key if position is None else headers[position], row.header.origin)


def columns_of(rows: Sequence[StatisticsRow]) -> tuple[str, ...]:
    """Return the columns of a table besides the one that tells its rows apart."""
    keys = dict.fromkeys(key for row in rows for key in row.values)
    return tuple(key for key in keys if key not in (rows[0].dimension, *_SERIAL))


# Columns that only number the rows.
_SERIAL = ("序号", "编号", "排名", "#", "no", "No.")
