"""Orders in words: 成立最早的三家, 员工由多到少."""

from __future__ import annotations

from assistant.answers.intervals import dated
from assistant.answers.runs import in_counts, in_words
from assistant.answers.values import plain_label
from assistant.query import Order
from index.schema.fields import ValueType, registry
from index.schema.own import column_field

# For a field: what comes first where the largest does, and where the smallest does; then the
# whole order from its head to its end, likewise.
_WORDS = {
    "founded": ("成立最晚", "成立最早", "按成立时间由晚到早", "按成立时间由早到晚"),
    "headcount": ("员工最多", "员工最少", "按员工规模由多到少", "按员工规模由少到多"),
    "batch": ("批次最晚", "批次最早", "按批次由晚到早", "按批次由早到晚"),
    "count": ("数量最多", "数量最少", "按数量由多到少", "按数量由少到多"),
}


def superlative(order: Order) -> str:
    """Return what its head is: 成立最早."""
    return _words(order)[0 if order.descending else 1]


def whole_order(order: Order) -> str:
    """Return how everything is ordered: 按成立时间由早到晚."""
    return _words(order)[2 if order.descending else 3]


def place_words(order: Order) -> str:
    """Return what stands at its place: 成立第二早, 排第三."""
    if order.place is None or order.place == 1:
        return superlative(order)
    head, _, quality = superlative(order).partition("最")
    return f"{head}第{in_words(order.place)}{quality}"


def head_words(order: Order, noun: str = "家") -> str:
    """Return what is shown of an order, as a noun phrase: 成立最早的三家."""
    if order.place is not None:
        return f"{place_words(order)}的"
    if order.limit is None:
        return whole_order(order)
    if order.limit == 1:
        return f"{superlative(order)}的"
    return f"{superlative(order)}的{in_counts(order.limit)}{noun}"


def shown_order(order: Order) -> str:
    """Return an order as a condition is shown: 成立最早, 员工最多的三家, 按成立时间由早到晚."""
    if order.place is not None:
        return place_words(order)
    return superlative(order) if order.limit == 1 else head_words(order)


def _words(order: Order) -> tuple[str, str, str, str]:
    if order.field in _WORDS:
        return _WORDS[order.field]
    label = plain_label(order.field)
    if dated(order.field):
        return f"{label}最晚", f"{label}最早", f"按{label}由晚到早", f"按{label}由早到晚"
    known = registry().field(order.field)
    if known is None or not (known.comparison.more and known.comparison.less):
        known = column_field(order.field, ValueType.MONEY)
    more, less = known.comparison.more[0], known.comparison.less[0]
    return (
        f"{label}最{more}",
        f"{label}最{less}",
        f"按{label}由{more}到{less}",
        f"按{label}由{less}到{more}",
    )
