"""Intervals of a field in words: 2018年以后成立, 员工不少于500人, 注册资本不低于5000万."""

from __future__ import annotations

from math import inf, isinf

from assistant.answers.runs import figure_text, in_words
from assistant.answers.values import label_of, plain_label
from index.schema.interval import Interval

_UNITS = ((1e8, "亿"), (1e4, "万"))

# Fields whose numbers are whole, with how they are told.
_WHOLE = ("founded", "headcount", "batch", "count")


def interval_words(field: str, interval: Interval, label: str = "") -> str:
    """Return a condition on a number as a clause.

    Args:
        field: Key of the field.
        interval: What the number must lie in.
        label: The user's words; where two forms mean the same whole numbers, the one that uses
            their figure is taken.
    """
    if field in _WHOLE:
        interval = _as_asked(interval, label)
    if field == "founded":
        return _years(interval)
    if field == "batch":
        return _batches(interval)
    if field == "headcount":
        return "员工" + _measure(interval, "人", more="超过", fewer="少于")
    if field == "count":
        return label_of(field) + _measure(interval, "家", more="超过", fewer="少于")
    if dated(field):
        return plain_label(field) + _years(interval).removesuffix("成立")
    return plain_label(field) + _measure(interval, "", more="高于", fewer="低于")


def dated(field: str) -> bool:
    """Return whether a column is one of dates, by its header."""
    return plain_label(field).endswith(("时间", "日期", "年份", "年月"))


def amount(figure: float) -> str:
    """Return a number as people write it: 50000000.0 → 5000万."""
    for size, unit in _UNITS:
        if abs(figure) >= size:
            return f"{figure_text(figure / size)}{unit}"
    return figure_text(figure)


def _as_asked(interval: Interval, label: str) -> Interval:
    """Return the same whole numbers by the bounds that the label names: (2010, ∞) for [2011, ∞).

    Where it names neither, by the rounder number: 超过10000 rather than 不少于10001.
    """
    low, high = interval.low, interval.high
    low_open, high_open = interval.low_open, interval.high_open
    if low == high:
        return interval
    if not isinf(low):
        other = low + 1 if low_open else low - 1
        if _better(label, other, low):
            low, low_open = other, not low_open
    if not isinf(high):
        other = high - 1 if high_open else high + 1
        if _better(label, other, high):
            high, high_open = other, not high_open
    return Interval(low, high, low_open, high_open)


def _better(label: str, figure: float, than: float) -> bool:
    """Return whether a label names a figure rather than another, or it is the rounder one."""
    told, other = f"{figure:.0f}", f"{than:.0f}"
    if (told in label) is not (other in label):
        return told in label
    return len(told.rstrip("0")) < len(other.rstrip("0"))


def _years(interval: Interval) -> str:
    if interval.low == interval.high:
        return f"{interval.low:.0f}年成立"
    if not isinf(interval.low) and not isinf(interval.high):
        low = interval.low + interval.low_open
        high = interval.high - interval.high_open
        return f"{low:.0f}年至{high:.0f}年成立" if low < high else f"{low:.0f}年成立"
    words = ("年及以后成立", "年以后成立", "年以前成立", "年及以前成立")
    return _bound(interval, "{:.0f}", words)


def _batches(interval: Interval) -> str:
    if not isinf(interval.low) and not isinf(interval.high):
        low = int(interval.low + interval.low_open)
        high = int(interval.high - interval.high_open)
        return f"第{in_words(low)}批" + (f"至第{in_words(high)}批" if low < high else "")
    end = interval.high if isinf(interval.low) else interval.low
    words = ("批及以后", "批以后", "批以前", "批及以前")
    return f"第{in_words(int(end))}{_bound(interval, '', words)}" if not isinf(end) else ""


def _bound(interval: Interval, form: str, words: tuple[str, str, str, str]) -> str:
    """Return an interval with one end, by what follows its number.

    Args:
        interval: The interval.
        form: Format of the number.
        words: For a lower end that is in it, or not; for an upper end that is not in it, or is.
    """
    if not isinf(interval.low):
        return form.format(interval.low) + words[interval.low_open]
    if interval.high != inf:
        return form.format(interval.high) + words[2 if interval.high_open else 3]
    return ""


def _measure(interval: Interval, unit: str, *, more: str, fewer: str) -> str:
    low, high = interval.low, interval.high
    if low == high:
        return f"为{_sized(low, unit)}"
    if not isinf(low) and not isinf(high):
        return f"在{_sized(low, '')}至{_sized(high, unit)}之间"
    if not isinf(low):
        return f"{more if interval.low_open else f'不{fewer}'}{_sized(low, unit)}"
    return f"{fewer if interval.high_open else f'不{more}'}{_sized(high, unit)}"


def _sized(figure: float, unit: str) -> str:
    return f"{figure_text(figure)}{unit}" if unit else amount(figure)
