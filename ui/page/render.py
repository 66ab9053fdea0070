"""A turn of the conversation as HTML: the question, how it was read, the answer, what is related.

Pure functions of their arguments. Whatever comes from a source or a user is escaped by the
templates or by :mod:`ui.page.prose`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.answers.common import Context
from assistant.browsing import comparison
from assistant.chips import Chip, chips_of
from assistant.dialogue import Reply
from assistant.revise import original_text
from assistant.types import Answer, Intent, Query, Record
from index.schema.columns import load_schema
from ui.page.evidence import Flags, Lines, Proof, evidence_html, line_text, place_of, proofs_of
from ui.page.html import render
from ui.page.prose import Prose, linked

# Answers that are sets of companies.
_SETS = frozenset({Intent.LIST, Intent.COUNT, Intent.RANK})

# So many companies are cards, more are rows of a table; so many rows stand open, so many at all.
_CARDS, _OPEN, _ROWS = 4, 10, 200
_COLUMNS = 5
# The charts of so many companies are offered; their ids stand in the address.
_DRAWN = 2_000
# So many citations are copied with an answer's text.
_COPIED = 500
_CARD_FIELDS = (
    "city",
    "district",
    "domain",
    "product",
    "technology",
    "position",
    "founded",
    "headcount",
    "listing",
    "batch",
)
_TABLE_FIELDS = ("city", "domain", "product", "founded", "listing")
_RELATED_FIELDS = ("city", "domain", "product")

# The column in which a condition or an order of another name is proved.
_SHOWN_AS = {
    "exchange": "listing",
    "code": "listing",
    "region": "city",
    "province": "city",
    "topic": "domain",
}

# What begins a paragraph about a value that looks wrong.
_DOUBT = "⚠"

_DOUBTED = re.compile(r"(\[\d+\])⚠")
_ESCAPED = re.compile(r"\*\*|\\(.)", re.S)


@dataclass(frozen=True, slots=True)
class Card:
    """A company as an answer shows it.

    Attributes:
        fields: What is told by field.
        flags: What looks wrong, by field.
    """

    record: Record
    fields: Mapping[str, str]
    flags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """What looks wrong with a value that is told, and the citations that show it."""

    company: str
    message: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as the conversation shows it.

    Attributes:
        prose: Its text as HTML, up to what the cards tell.
        rest: The text after that.
        cards: The companies that satisfy the question, best first.
        related: Those that are close to it.
        columns: The fields of the table, where the companies are told in one.
        doubts: What the text says of values that look wrong.
        notes: What else looks wrong with values that are told.
        flagged: Citations that show what looks wrong.
        proofs: The citations.
    """

    prose: Markup
    rest: Markup
    cards: tuple[Card, ...]
    related: tuple[Card, ...]
    columns: tuple[str, ...]
    doubts: tuple[Markup, ...]
    notes: tuple[Note, ...]
    flagged: frozenset[int]
    proofs: tuple[Proof, ...]


def show(reply: Reply, lines: Lines, flags: Flags) -> Shown:
    """Return an answer as the conversation shows it.

    Args:
        reply: The turn that it ends.
        lines: Of the index, from :func:`~ui.page.evidence.read_lines`.
        flags: Of the index, from :func:`~ui.page.evidence.read_flags`.
    """
    answer, about = reply.answer, asked_fields(reply.query)
    text = _DOUBTED.sub(r"\1", answer.answer)  # the marks themselves say so
    prose = Prose(text, [one.id for one in answer.citations])
    stated = _stated(prose)
    names = [record.name for record in answer.records]
    apart = prose.without(names, heading=False) or prose.cut(names[:1]) if names else False
    prose.without([record.name for record in answer.related], heading=True)
    records = answer.records if apart else ()
    columns = _columns(records, about) if len(records) > _CARDS else ()
    kept = columns or (*about, *_CARD_FIELDS)
    cards = tuple(_card(one, kept, answer, flags) for one in records[:_ROWS])
    related = tuple(_card(one, _RELATED_FIELDS, answer, flags) for one in answer.related)
    for card in (*cards, *related):
        for number in card.record.citations:
            told = " ".join((card.record.name, *card.fields.values()))
            stated[number] = f"{stated.get(number, '')} {told}"
    proofs = tuple(proofs_of(answer, stated, about, lines, flags))
    notes = _notes(proofs)
    flagged = frozenset(number for note in notes for number in note.numbers)
    places = {one.id: line_text(one) for one in answer.citations}

    def mark(number: int) -> str:
        return mark_html(number, places[number], flagged=number in flagged)

    doubts = prose.take(_DOUBT, mark)
    untold = tuple(one for one in notes if not any(one.message in text for text, _ in doubts))
    doubted = tuple(html for _, html in doubts)
    return Shown(*prose.html(mark), cards, related, columns, doubted, untold, flagged, proofs)


def asked_fields(query: Query) -> tuple[str, ...]:
    """Return the fields that a question is about, the columns of companies among them."""
    fields = [*query.fields, *(one.field for one in query.conditions)]
    if query.order:
        fields.append(query.order.field)
    if query.topic:
        fields.append("topic")
    return tuple(dict.fromkeys(_SHOWN_AS.get(field, field) for field in fields))


def _stated(prose: Prose) -> dict[int, str]:
    stated: dict[int, str] = {}
    for words, numbers in prose.statements():
        for number in numbers:
            stated[number] = f"{stated.get(number, '')} {words}"
    return stated


def _columns(records: Sequence[Record], about: Sequence[str]) -> tuple[str, ...]:
    wanted = dict.fromkeys((*about, *_TABLE_FIELDS))
    held = [field for field in wanted if _tells_apart(field, records)]
    kept = held[:_COLUMNS]
    # In the order of a row, not of the question.
    return tuple(sorted(kept, key=_place_in_row))


def _tells_apart(field: str, records: Sequence[Record]) -> bool:
    """Return whether a column says more than the question does: 深圳 in every row does not."""
    return len({one.fields.get(field) for one in records}) > 1


def _place_in_row(field: str) -> int:
    return _CARD_FIELDS.index(field) if field in _CARD_FIELDS else len(_CARD_FIELDS)


def _card(record: Record, fields: Sequence[str], answer: Answer, flags: Flags) -> Card:
    kept = {field: record.fields[field] for field in fields if field in record.fields}
    places = {one.id: place_of(one) for one in answer.citations}
    wrong: dict[str, list[str]] = {}
    for number in record.citations:
        for finding in flags.get(places[number], ()):
            if finding.field in kept:
                wrong.setdefault(finding.field, []).append(finding.message)
    told = {field: "；".join(dict.fromkeys(texts)) for field, texts in wrong.items()}
    return Card(record, kept, told)


def _notes(proofs: Sequence[Proof]) -> tuple[Note, ...]:
    """Return what looks wrong with what is stated; lines that tell the same are one note."""
    found: dict[tuple[str, str], list[int]] = {}
    for proof in proofs:
        stated = {cell.field for cell, said in proof.cells if said}
        for finding in proof.flags:
            if finding.field in stated:
                numbers = found.setdefault((finding.company, finding.message), [])
                numbers.append(proof.citation.id)
    return tuple(
        Note(company, message, tuple(dict.fromkeys(numbers)))
        for (company, message), numbers in found.items()
    )


def mark_html(number: int, place: str, *, flagged: bool = False) -> str:
    """Return the mark of a citation: a button that opens it."""
    return render("chat_mark", number=number, place=place, flagged=flagged).strip()


def turn_html(number: int, reply: Reply, shown: Shown, context: Context) -> str:
    """Return one turn of the conversation.

    Args:
        number: Its place in the conversation, from 0.
        reply: The turn.
        shown: Its answer, from :func:`show`.
        context: What conditions are read with.
    """
    return render(
        "chat_turn",
        number=number,
        asked=original_text(reply),
        changes=reply.changes,
        chips=[_chip(one) for one in chips_of(reply.query, context)],
        answer=reply.answer,
        shown=shown,
        open_rows=_OPEN,
        hidden=len(reply.answer.records) - len(shown.cards),
        label=load_schema().label,
        linked=linked,
        mark=_marks(reply.answer, shown),
        plain=plain_text(reply.answer),
        most_compared=comparison.MOST,
        most_drawn=_DRAWN,
    )


def _chip(chip: Chip) -> dict[str, object]:
    return {
        "field": chip.field,
        "label": chip.label,
        "value": chip.value,
        "removable": chip.removable,
        "changeable": chip.changeable,
    }


def _marks(answer: Answer, shown: Shown) -> Callable[[int], Markup]:
    """Return what draws the mark of a citation; of very many, few are drawn."""
    places = {one.id: line_text(one) for one in answer.citations}

    def mark(number: int) -> Markup:
        html = mark_html(number, places[number], flagged=number in shown.flagged)
        return Markup(html)  # noqa: S704 - from a template, which escapes

    return mark


def failed_html(number: int, asked: str, message: str) -> str:
    """Return a turn that could not be answered, with what to do."""
    return render("chat_failed", number=number, asked=asked, message=message)


def turn_evidence_html(reply: Reply, shown: Shown, number: int = 1) -> str:
    """Return the pane that shows what proves a turn's answer, around one of its citations."""
    return evidence_html(reply.answer, shown.proofs, number)


def plain_text(answer: Answer) -> str:
    """Return an answer as text with its sources, for where it is pasted."""
    text = _ESCAPED.sub(lambda found: found[1] or "", answer.answer)
    unlisted = [one.name for one in answer.records if one.name not in text]
    if answer.intent in _SETS and unlisted:
        text += f"\n\n其余：{'、'.join(unlisted)}"
    cited = [
        f"[{one.id}] {one.source} {line_text(one)}：{one.quote}"
        for one in answer.citations[:_COPIED]
    ]
    if (more := len(answer.citations) - _COPIED) > 0:
        cited.append(f"……另有 {more} 处出处，请在网页上查看")
    sources = ["", "出处：", *cited] if cited else []
    return "\n".join([answer.question, "", text, *sources])
