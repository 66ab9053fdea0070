"""What a reading says of a table of figures: rows, columns and bounds; nothing else may narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.parsing.batches import batch_spans
from assistant.parsing.conditions import Leaf
from assistant.parsing.measures import read_number
from assistant.parsing.reading import Reading
from assistant.parsing.spans import Category
from assistant.parsing.tables import AREAS, Statistics, Table
from assistant.parsing.vocabulary import load_vocabulary
from assistant.predicates import atoms, conjunction
from assistant.query import Beyond, In, Listed, Not, Predicate, Within
from index.regex import regex

COUNT = "count"

_PLAIN = ("count", "statistics_words", "statistics_nation", "which", "all", "profile", "wanted",
          "yesno", "exists", "each")  # fmt: skip
_COLUMNS = {"statistics_domains": "domains", "statistics_representatives": "representatives"}
_TRADES = ("domain", "product")
# Words before a trade that say that it is one of a place rather than of each company.
_MAIN = regex(r"主要|主打|主攻|主导|重点|优势|集中|擅长|支柱|特色")
_MORE = regex(
    r"^(?:的|得|还要?|要|更加?|小巨人|企业|公司|数量|家数|数|总数)*(?:(?P<more>多|高|大)|(?P<less>少|低|小))"
)
_THAN = regex(
    r"(?:(?P<more>超过|多于|高于|大于|超)|(?P<less>少于|低于|小于|不如|不及|不到))(?:了)?$"
)
_LEADING = regex(r"[一二两三四五六七八九十\d]+")


@dataclass(frozen=True, slots=True)
class Area:
    """What a reading names rows by: one row, or all those within a place.

    Attributes:
        label: The user's word.
        rows: The labels, folded; the word itself where there is no row.
        known: Whether there is any row.
        used: Indices of its spans.
    """

    label: str
    rows: tuple[str, ...]
    known: bool
    used: frozenset[int]


@dataclass(frozen=True)
class Frame:
    """A reading as a question about a table.

    Attributes:
        reading: The reading.
        table: The table.
        areas: The rows named, in order.
        without: Rows excluded.
        bounds: What the number must lie in.
        topics: Indices of the spans that describe, beside the labels of rows.
        items: What a column of trades holds that the reading says.
        conditions: Indices of the spans of rows, bounds and lists.
        lists: The lists meant.
    """

    reading: Reading
    table: Table
    areas: tuple[Area, ...]
    without: tuple[Area, ...]
    bounds: tuple[Within, ...]
    topics: tuple[int, ...]
    conditions: frozenset[int]
    items: tuple[str, ...] = ()
    lists: tuple[Listed, ...] = ()

    def rows(self, *, ranked: bool = False) -> Predicate:
        """Return the condition that a row is one of the table, and none of those excluded."""
        out = [Not(In(self.table.dimension, one.rows, one.label)) for one in self.without]
        return conjunction((self.table.rows(ranked=ranked), *out, *self.lists))

    @cached_property
    def words(self) -> frozenset[int]:
        """Indices of the spans that any question of the table makes use of."""
        return self.conditions | frozenset(self.reading.asks(*_PLAIN)) | self.reading.negations

    @cached_property
    def units(self) -> frozenset[int]:
        """Indices of the spans that name what rows are told apart by: 哪个城市, 各行业."""
        named = {
            at
            for at, word in self.reading.fields
            if word.key in self.table.kinds and (word.unit or not word.asks)
        }
        return frozenset(named) | self.each

    @cached_property
    def each(self) -> frozenset[int]:
        """Indices of the spans that take the table apart: 各城市."""
        spans = self.reading.spans
        told = self.reading.of(Category.EACH)
        return frozenset(at for at in told if spans[at].value in self.table.kinds)

    @property
    def table_words(self) -> bool:
        """Whether the reading speaks of the table as such: 统计表, 按地区统计."""
        apart = self.each and self.reading.asks("spread")
        return bool(apart or self.reading.asks("statistics_words"))

    @property
    def only_table(self) -> bool:
        """Whether the whole table is asked for and nothing of it."""
        return self.table_words and not self.areas and not self.columns[1]

    @property
    def here(self) -> bool:
        """Whether what the list itself holds is asked for."""
        return bool(self.reading.asks("here")) and not self.table_words

    @cached_property
    def counting(self) -> bool:
        """Whether numbers are asked for."""
        numbers = (self.reading.spans[at].text for at in self.reading.asks("statistics_words"))
        return bool(self.reading.asks("count", "sum") or any(one.endswith("数") for one in numbers))

    @cached_property
    def columns(self) -> tuple[tuple[str, ...], frozenset[int]]:
        """The columns asked for besides the number, with the spans that say so.

        No column with spans that say so means the whole row.
        """
        if self.own[0]:
            return self.own
        asked: dict[str, None] = {}
        used: set[int] = set()
        for at in self.reading.asks(*_COLUMNS):
            asked[_COLUMNS[self.reading.spans[at].value]] = None
            used.add(at)
        trades = [at for at, word in self.reading.fields if word.key in _TRADES]
        main = any(
            word.key == "domain" and (word.unit or word.asks) for _, word in self.reading.fields
        ) or _MAIN.search(self.reading.text.folded)
        if trades and (main or asked or self.reading.asks("count")):
            asked["domains"] = None
            used.update(trades)
        kept = tuple(one for one in asked if one in self.table.columns)
        if len(kept) < len(asked):
            return (), frozenset()
        rows = self.reading.asks("statistics_row", *(() if kept else ("profile",)))
        if not kept and (self.table_words or self.reading.asks("statistics_row")) and rows:
            return (), frozenset(rows)
        return kept, frozenset(used)

    @cached_property
    def own(self) -> tuple[tuple[str, ...], frozenset[int]]:
        """The columns that only this table has and the question names, with their spans."""
        folded = self.reading.text.folded
        found: list[str] = []
        used: set[int] = set()
        for key, name in self.table.own:
            start = folded.find(name)
            if start < 0:
                continue
            end = start + len(name)
            found.append(key)
            used.update(
                at
                for at, one in enumerate(self.reading.spans)
                if one.start < end and start < one.end
            )
        return tuple(found), frozenset(used)

    @cached_property
    def limit(self) -> int | None:
        """How many rows are wanted: 最多的四个城市."""
        orders = self.reading.of(Category.ORDER)
        after = [at for at in sorted(self.each) if orders and at > orders[0]]
        match = _LEADING.match(self.reading.spans[after[0]].text) if after else None
        return int(read_number(match.group()) or 0) if match else None

    @cached_property
    def asked_place(self) -> frozenset[int]:
        """Indices of the spans that ask which place a row has: 排第几."""
        words = load_vocabulary().columns["排名"]
        told = self.reading.of(Category.LACKING, Category.FIELD)
        return frozenset(at for at in told if self.reading.spans[at].text in words)

    @cached_property
    def beyond(self) -> tuple[Predicate, frozenset[int]] | None:
        """The condition that a number is above or below that of a row: 比杭州多."""
        if len(self.areas) != 1 or len(self.areas[0].rows) != 1 or not self.units:
            return None
        area, spans, text = self.areas[0], self.reading.spans, self.reading.text.folded
        first, last = min(area.used), max(area.used)
        before = _THAN.search(text[: spans[first].start])
        compared = bool(first) and spans[first - 1].text == "比"
        match = _MORE.search(text[spans[last].end :]) if compared else before
        if match is None:
            return None
        start = match.start() if match is before else spans[first - 1].start
        end = spans[last].end + (0 if match is before else match.end())
        inside = {at for at, one in enumerate(spans) if one.start < end and start < one.end}
        beyond = Beyond(COUNT, area.rows[0], bool(match["more"]), text[start:end])
        return beyond, frozenset(inside)

    @cached_property
    def linking(self) -> frozenset[int]:
        """Indices of the words that only say that a column holds something: 含, 写着, 列为."""
        first, last = min(self.topics), max(self.topics)
        told = (*self.columns[1], first, last)
        inside = range(min(told), max(told) + 1)
        words = self.reading.of(Category.WORD)
        return frozenset(at for at in words if at in inside or at - 1 in told or at + 1 in told)


def frame_of(reading: Reading, table: Table, statistics: Statistics) -> Frame | None:
    """Return a reading as a question about a table; None where anything else narrows it."""
    if reading.excluded:
        return None
    areas: list[Area] = []
    without: list[Area] = []
    bounds: list[Within] = []
    lists: list[Listed] = []
    used: set[int] = set()
    for leaf in reading.conditions:
        area = _area(leaf, table, statistics)
        if area is not None:
            (without if leaf.negated else areas).append(area)
        elif isinstance(leaf.predicate, Within) and leaf.predicate.field == COUNT:
            bounds.append(leaf.predicate)
        elif isinstance(leaf.predicate, Listed) and not leaf.negated:
            lists.append(leaf.predicate)
        else:
            return None
        used |= leaf.used
    topics = []
    items = dict(_items(reading, table))
    for at in reading.of(Category.TOPIC):
        label = table.named(reading.spans[at].text) if not table.by_place else None
        if label is None:
            topics.append(at)
        else:
            areas.append(Area(reading.spans[at].text, (label,), known=True, used=frozenset({at})))
            used.add(at)
    topics = sorted({*topics, *(at for told in items.values() for at in told)} - used)
    if not table.counts and not (areas or topics):
        return None
    frame = Frame(
        reading, table, tuple(_apart(areas)), tuple(without), tuple(bounds), tuple(topics),
        frozenset(used), tuple(items), tuple(lists),
    )  # fmt: skip
    return None if frame.topics and not frame.columns[0] else frame


def _items(reading: Reading, table: Table) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield what a column of trades holds and a reading says, with the spans that say it."""
    left = reading.text.folded
    content = (Category.TOPIC, Category.WORD, Category.VALUE)
    for item in table.items:
        at = left.find(item)
        if at < 0:
            continue
        left = left[:at] + "\0" * len(item) + left[at + len(item) :]
        inside = tuple(
            number
            for number, one in enumerate(reading.spans)
            if one.start < at + len(item) and at < one.end
        )
        if all(reading.spans[number].category in content for number in inside):
            yield item, inside


def _area(leaf: Leaf, table: Table, statistics: Statistics) -> Area | None:
    """Return the rows that a condition names; None for a condition on anything else."""
    told = list(atoms(leaf.predicate))
    if not table.by_place:
        return _labelled(leaf, told, table)
    if not all(isinstance(one, In) and one.field in AREAS for one in told):
        return None
    values = [value for one in told if isinstance(one, In) for value in one.values]
    known = any(statistics.of(value) for value in values)
    label = next((one.label for one in told if isinstance(one, In) and one.label), values[0])
    rows = (row for value in values for row in statistics.of(value) or (value,))
    return Area(label, tuple(dict.fromkeys(rows)), known, leaf.used)


def _labelled(leaf: Leaf, told: Sequence[Predicate], table: Table) -> Area | None:
    """Return the rows that a condition names by their labels: 2023年, 第二批, 前两批."""
    within = [one for one in told if isinstance(one, Within) and one.field in table.kinds]
    if not within or len(within) < len(told):
        return None
    rows = [row for one in within if (row := table.named(one.label))]
    if len(rows) < len(within):
        rows = [row for row in table.labels if any(_inside(row, one) for one in within)]
    return Area(within[0].label, tuple(rows), known=True, used=leaf.used) if rows else None


def _inside(label: str, within: Within) -> bool:
    """Return whether the batch that a label names lies within those asked for."""
    if within.field != "batch":
        return False
    found = (one for span in batch_spans(label, None) for one in atoms(span.value))
    low, high = within.interval.low, within.interval.high
    return any(
        isinstance(one, Within) and low <= one.interval.low and one.interval.high <= high
        for one in found
    )


def _apart(areas: Sequence[Area]) -> Iterator[Area]:
    """Yield the areas without those that only say where others lie: 江苏的苏州、南京."""
    for one in areas:
        inner = [two for two in areas if two is not one and set(two.rows) < set(one.rows)]
        if not inner:
            yield one
