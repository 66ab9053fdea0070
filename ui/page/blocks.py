"""The blocks of an answer as the conversation draws them: texts with marks, cards, tables.

blocks ──▶ Drawn (sections of prose and of companies, what is near, what looks wrong)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup

from assistant.answers.answer import Answer, Record
from assistant.answers.blocks import (
    Block,
    Choices,
    Cited,
    Companies,
    CompanyCard,
    Groups,
    Notice,
    NoticeKind,
    Plain,
    Quotation,
    Run,
    Sentence,
    Table,
    Text,
    Verdict,
    Verdicts,
)
from assistant.answers.runs import Marks, marks_of, with_marks, words_of
from index.schema.fields import registry
from ui.page.html import is_web_address, linked

ROWS = 30
"""So many companies of a table are drawn at a time."""

# So many companies are cards, more are rows of a table, of which so many stand open at first.
_CARDS, OPEN = 4, 10
_COLUMNS = 5

_RELATED_FIELDS = ("city", "domain", "product")

_LINK = Markup('<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>')

Mark = Callable[[int, bool], Markup]
"""Draws the mark of a citation, by its number and whether what it proves looks wrong."""


@dataclass(frozen=True, slots=True)
class Card:
    """A company as an answer shows it.

    Attributes:
        id: Its public id.
        name: Its name.
        numbers: The citations that prove what is told.
        fields: Labelled texts, by field; of a company that no record is of, by label.
        flags: What looks wrong, by field.
        reason: Why it was found by meaning; empty where words led to it.
    """

    id: str
    name: str
    numbers: tuple[int, ...]
    fields: Mapping[str, Text]
    flags: Mapping[str, str]
    reason: str = ""

    @property
    def words(self) -> str:
        """Everything that is told of it."""
        return " ".join((self.name, *map(words_of, self.fields.values())))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Companies of an answer, as cards or where there are many as a table.

    Attributes:
        cards: The first of them.
        total: How many there are.
        held: How many of them can be shown further on.
        columns: The fields of the table; none where they are cards.
        profile: Whether everything is told of each, by label.
        plain: Whether what is told of them has no labels.
    """

    cards: tuple[Card, ...]
    total: int
    held: int
    columns: tuple[str, ...] = ()
    profile: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """An answer's blocks, sorted by how they are drawn.

    Attributes:
        sections: In order, texts to be drawn one below the other, or companies.
        related: Companies that are close to what was asked.
        doubts: What looks wrong with values that the text tells.
        notes: What looks wrong with values that only cards and tables tell.
    """

    sections: tuple[tuple[Block, ...] | Shelf, ...]
    related: tuple[Card, ...]
    doubts: tuple[Text, ...]
    notes: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """All companies drawn, the related last."""
        shelves = (one for one in self.sections if isinstance(one, Shelf))
        return (*(card for shelf in shelves for card in shelf.cards), *self.related)


def draw(answer: Answer, about: Sequence[str]) -> Drawn:
    """Return an answer's blocks, sorted by how they are drawn.

    Args:
        answer: The answer.
        about: The fields that the question is about, which cards and tables show first.
    """
    sections: list[tuple[Block, ...] | Shelf] = []
    prose: list[Block] = []
    related: list[Card] = []
    doubts: list[Text] = []
    for block in answer.blocks:
        if isinstance(block, Companies) and block.related:
            related += [_related(card, answer) for card in block.cards]
        elif isinstance(block, Notice) and block.kind is NoticeKind.FLAGGED:
            doubts.append(block.text)
        elif isinstance(block, Companies):
            sections += [tuple(prose), _shelf(block, answer, about)]
            prose = []
        elif not (isinstance(block, Notice) and block.kind is NoticeKind.NEAR):
            prose.append(block)
    sections.append(tuple(prose))
    kept = tuple(section for section in sections if section)
    drawn = Drawn(kept, tuple(related), tuple(doubts), ())
    return Drawn(kept, drawn.related, drawn.doubts, tuple(_notes(answer, drawn)))


def cards_of(records: Iterable[Record], columns: Sequence[str], answer: Answer) -> tuple[Card, ...]:
    """Return records of an answer as cards with some fields."""
    return tuple(_of_record(record, columns, answer) for record in records)


def _shelf(block: Companies, answer: Answer, about: Sequence[str]) -> Shelf:
    records = {record.id: record for record in answer.records}
    if any(card.fields for card in block.cards):
        cards = tuple(map(_profile, block.cards))
        return Shelf(cards, block.total, len(cards), profile=True)
    if not all(card.id in records for card in block.cards):
        cards = tuple(map(_told, block.cards))
        return Shelf(cards, block.total, len(cards), plain=True)
    first = [records[card.id] for card in block.cards]
    # The block tells the head of what the records hold in full.
    whole = answer.records if answer.records[: len(first)] == tuple(first) else tuple(first)
    if len(whole) <= _CARDS:
        shown = dict.fromkeys((*about, *(field.key for field in registry().shown("cards"))))
        reasons = {card.id: card.reason for card in block.cards}
        cards = tuple(
            _of_record(record, tuple(shown), answer, reasons.get(record.id, "")) for record in whole
        )
        return Shelf(cards, block.total, len(cards))
    columns = _columns(whole, about)
    return Shelf(cards_of(whole[:ROWS], columns, answer), block.total, len(whole), columns)


def _columns(records: Sequence[Record], about: Sequence[str]) -> tuple[str, ...]:
    """Return the fields of a table: those asked about first, then what tells companies apart."""
    order = {field.key: at for at, field in enumerate(registry().shown("cards"))}
    wanted = dict.fromkeys((*about, *(field.key for field in registry().shown("table"))))
    held = [field for field in wanted if _tells_apart(field, records)]
    # In the order of a row, not of the question.
    return tuple(sorted(held[:_COLUMNS], key=lambda field: order.get(field, len(order))))


def _tells_apart(field: str, records: Sequence[Record]) -> bool:
    """Return whether a column says more than the question does: 深圳 in every row does not."""
    return len({one.fields.get(field) for one in records}) > 1


def _of_record(record: Record, fields: Sequence[str], answer: Answer, reason: str = "") -> Card:
    told = {field: (Plain(record.fields[field]),) for field in fields if field in record.fields}
    flags: dict[str, list[str]] = {}
    for one in answer.warnings:
        if one.field in told and set(one.citations) & set(record.citations):
            flags.setdefault(one.field, []).append(one.message)
    wrong = {field: "；".join(dict.fromkeys(texts)) for field, texts in flags.items()}
    return Card(record.id, record.name, record.citations, told, wrong, reason)


def _profile(card: CompanyCard) -> Card:
    return Card(card.id, card.name.text, card.name.marks, dict(card.fields), {}, card.reason)


def _told(card: CompanyCard) -> Card:
    marks = (*card.name.marks, *(mark for told in card.details for mark in marks_of(told)))
    details = {str(at): told for at, told in enumerate(card.details)}
    return Card(card.id, card.name.text, tuple(dict.fromkeys(marks)), details, {}, card.reason)


def _related(card: CompanyCard, answer: Answer) -> Card:
    record = next((one for one in answer.related if one.id == card.id), None)
    return _of_record(record, _RELATED_FIELDS, answer) if record else _told(card)


def _notes(answer: Answer, drawn: Drawn) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield what looks wrong with values that cards tell and the text does not."""
    told = [words_of(text) for text in drawn.doubts]
    shown = {message for card in drawn.cards for message in card.flags.values()}
    for one in answer.warnings:
        untold = not any(one.message in text for text in told)
        if untold and any(one.message in messages for messages in shown):
            yield f"{one.company}：{one.message}", one.citations


def stated_of(answer: Answer, cards: Iterable[Card]) -> dict[int, str]:
    """Return what each citation proves, in the words of blocks and cards, by its number."""
    stated: dict[int, list[str]] = {}
    for text in _texts(answer.blocks):
        for run in text:
            for mark in run.marks if isinstance(run, Cited) else ():
                stated.setdefault(mark, []).append(run.text)
    for card in cards:
        for number in card.numbers:
            stated.setdefault(number, []).append(card.words)
    return {number: " ".join(words) for number, words in stated.items()}


def text_html(told: Text, mark: Mark) -> Markup:
    """Return a text as HTML, each value with the marks of what proves it."""
    return Markup("").join(
        _run_html(one) if isinstance(one, Plain | Cited) else Markup(" ") + _marks_html(one, mark)
        for one in with_marks(told)
    )


def _run_html(run: Run) -> Markup:
    words = linked(run.text)
    if isinstance(run, Cited) and is_web_address(run.url):
        words = _LINK.format(run.url)
    return Markup("<strong>{}</strong>").format(words) if run.strong and words else words


def _marks_html(marks: Marks, mark: Mark) -> Markup:
    return Markup("").join(mark(number, marks.flagged) for number in marks.numbers)


def _texts(blocks: Iterable[Block]) -> Iterator[Text]:
    """Yield every text of some blocks, in order."""
    for block in blocks:
        match block:
            case Sentence() | Notice():
                yield block.text
            case Companies():
                yield from chain.from_iterable(map(_of_card, block.cards))
            case Table():
                yield from chain(block.header, *block.rows)
            case Groups():
                yield from ((*one.label, *one.figure, *one.members) for one in block.items)
            case Verdicts():
                yield from (block.outcome, *map(required, block.verdicts))
            case Quotation():
                yield from (*block.lines, block.as_of)
            case Choices():
                yield from (choice.label for choice in block.choices)


def _of_card(card: CompanyCard) -> Iterator[Text]:
    yield (card.name,)
    yield from (*card.details, *(told for _, told in card.fields))


def required(verdict: Verdict) -> Text:
    """Return a requirement with the dimension that it stands under."""
    return (*verdict.dimension, Plain("："), *verdict.requirement)


def kind_of(block: Block) -> str:
    """Return the name of a block's kind, by which its template draws it."""
    return type(block).__name__.lower()
