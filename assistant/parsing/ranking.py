"""Orders from the words of a reading: by which field, which way, how many."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.parsing.conditions import LISTED_ON
from assistant.parsing.measures import Measure, Unit
from assistant.parsing.orders import LimitWord, OrderWord
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category, Span
from assistant.query import Order

_TIME = frozenset({"earliest", "latest"})
_PEOPLE = ("员工", "人数", "规模", "职工", "人手", "团队", "人员", "体量", "雇员")
_SEVERAL = 3
_RANKING = "排名"


def order_of(reading: Reading) -> tuple[Order | None, frozenset[int]]:
    """Return the order that a reading asks for and the spans that say it."""
    telling = {at for c in reading.clauses if c.telling for at in range(c.start, c.end)}
    orders = [at for at in reading.of(Category.ORDER) if at not in telling]
    words = [(at, reading.spans[at].value) for at in orders]
    limit, limited = _limit(reading)
    if not words:
        return _ranking(reading, limit, limited)
    at, word = _main(words)
    used = {i for i, _ in words} | limited
    field, by = _field(reading, at, word)
    used |= by
    kind = next((w.kind for _, w in words if w.kind not in ("", "up", "down")), "")
    if field == "founded" and kind in ("largest", "smallest"):
        kind = "earliest" if kind == "largest" else "latest"
    way = next((w.kind for _, w in words if w.kind in ("up", "down")), "")
    descending = _descending(kind, way, field)
    if limit is not None and limit.last:
        descending = not descending
    first, place = _numbers(reading, word, limit)
    return Order(field, descending, first, place, _label(reading.spans, at)), frozenset(used)


def _main(words: Sequence[tuple[int, OrderWord]]) -> tuple[int, OrderWord]:
    """Return the word that decides: one with a direction before one without."""
    return next(((at, w) for at, w in words if w.kind not in ("", "up", "down")), words[0])


def _label(spans: Sequence[Span], at: int) -> str:
    """Return the words of an order: 成立最早, 员工最多."""
    before = spans[at - 1] if at else None
    names = before is not None and (
        before.category is Category.FIELD or before.rule == "grammar.being"
    )
    return (before.text if before is not None and names else "") + spans[at].text.rstrip("的")


def _numbers(
    reading: Reading, word: OrderWord, limit: LimitWord | None
) -> tuple[int | None, int | None]:
    """Return how many of an order are wanted and which place."""
    if limit is not None:
        return limit.first, limit.place
    if word.place is not None:
        return None, word.place
    if word.degree == "sort":
        return None, None
    count = _counted(reading)
    if count is not None:
        return count, None
    return (_SEVERAL if _plural(reading) else 1), None


def _counted(reading: Reading) -> int | None:
    """Return the number of 最早的三家."""
    for at in reading.of(Category.MEASURE):
        measure: Measure = reading.spans[at].value
        if measure.bare and measure.unit in (Unit.COUNT, Unit.ITEMS):
            return int(measure.interval.low)
    return None


def _plural(reading: Reading) -> bool:
    return any(
        reading.spans[at].text in ("几家", "几个")
        and not "".join(one.text for one in reading.spans[at + 1 : at + 2]).startswith(
            ("里", "中", "当中", "之中")
        )
        for at in reading.of(Category.ASK)
    )


def _limit(reading: Reading) -> tuple[LimitWord | None, set[int]]:
    told = reading.of(Category.LIMIT)
    if told:
        return reading.spans[told[0]].value, set(told)
    return None, {
        at
        for at in reading.of(Category.MEASURE)
        if reading.spans[at].value.bare and reading.spans[at].value.unit in (Unit.COUNT, Unit.ITEMS)
    }


def _descending(kind: str, way: str, field: str) -> bool:
    if way and not kind:
        return way == "down"
    if way:
        return (kind in ("latest", "largest")) is not (
            way == "up" and kind in ("latest", "largest")
        )
    if not kind:
        return field not in ("founded", "batch") and _RANKING not in field
    descending = kind in ("latest", "largest")
    return not descending if _RANKING in field else descending


def _field(reading: Reading, at: int, word: OrderWord) -> tuple[str, set[int]]:
    """Return the field that a word of order is about, with the spans that name it."""
    for i in reading.of(Category.EACH):
        by = reading.spans[i].text.startswith(("按", "依", "以", "by"))
        if by and reading.spans[i].value != "list":
            return reading.spans[i].value, {i}
    before = [(i, w) for i, w in reading.fields if i < at and at - i <= 4 and not w.unit]
    after = [(i, w) for i, w in reading.fields if i > at and i - at <= 2 and not w.asks]
    for i, w in reversed(before):
        if w.asks and w.key != "headcount":
            continue
        if w.key in ("headcount", "founded", "batch") or reading.spans[i].rule == "field.column":
            return w.key, {i}
    listing = _listing_date(reading, at)
    if listing is not None:
        return listing
    if word.kind in _TIME:
        return _founded_or_named(reading, at), set()
    for i, w in after:
        if w.key == "headcount" or reading.spans[i].rule == "field.column":
            return w.key, {i}
    return _unnamed(reading, at, word)


def _founded_or_named(reading: Reading, at: int) -> str:
    """Return whether the earliest are those founded or those named first."""
    words = [
        s.text for s in reading.spans[max(0, at - 2) : at + 3] if s.category is not Category.BATCH
    ]
    named = ("认定", "入选", "评上", "获评", "批次")
    return "batch" if any(one in word for word in words for one in named) else "founded"


def _unnamed(reading: Reading, at: int, word: OrderWord) -> tuple[str, set[int]]:
    """Return the field of an order that names none beside it."""
    near = reading.spans[max(0, at - 2) : at + 3]
    around = "".join(s.text for s in near if s.category is not Category.NOUN)
    if any(one in around for one in ("年头", "历史", "资历", "年限", "年纪", "岁数")):
        return "founded", set()
    if word.kind in ("", "up", "down"):
        told = next(((i, w) for i, w in reading.fields if not w.unit), None)
        return (
            (told[1].key, {told[0]})
            if told
            else ("founded" if any(one in around for one in ("先后", "先谁后")) else "count", set())
        )
    words = [s.text for s in reading.spans if s.category is not Category.NOUN]
    number = any(one in word for one in _PEOPLE for word in words) or around.startswith(
        ("人", "人多")
    )
    large = reading.spans[at].text.strip("的一些点更最").endswith(("大", "小"))
    return ("headcount" if number or large or "人" in around else "count"), set()


def _listing_date(reading: Reading, at: int) -> tuple[str, set[int]] | None:
    """Return what 最早上市 orders by: the date of listing, whether or not a list has it."""
    beside = [i for i in (at - 1, at + 1) if 0 <= i < len(reading.spans)]
    for i in beside if reading.spans[at].value.kind in _TIME else ():
        if reading.spans[i].category is Category.LISTING and reading.spans[i].value == "listed":
            return reading.dated.get("上市", LISTED_ON), {i}
    return None


def _ranking(
    reading: Reading, limit: LimitWord | None, limited: set[int]
) -> tuple[Order | None, frozenset[int]]:
    """Return the order by the list's own ranking, where only 前十 or 第三名 asks for it."""
    if limit is None:
        return None, frozenset()
    for i in reading.of(Category.EACH):
        if reading.spans[i].text.startswith(("按", "依", "以", "by")):
            key = reading.spans[i].value
            descending = key not in ("founded", "batch")
            order = Order(key, descending is not limit.last, limit.first, limit.place)
            return order, frozenset({i} | limited)
    at = min(limited)
    for i, word in reversed(reading.fields):
        if word.key in ("headcount", "founded") and 0 < at - i <= 3 and not word.unit:
            order = Order(
                word.key, (word.key == "headcount") is not limit.last, limit.first, limit.place
            )
            return order, frozenset({i} | limited)
    for i, word in reading.fields:
        if _RANKING in word.key:
            return (
                Order(word.key, limit.last, limit.first, limit.place, reading.spans[i].text),
                frozenset({i} | limited),
            )
    return Order("", descending=limit.last, limit=limit.first, place=limit.place), frozenset(
        limited
    )
