"""A turn of the conversation as HTML: the question, how it was read, the answer, what is related.

Pure functions of their arguments. Whatever comes from a source or a user is escaped by the
templates or by :mod:`ui.page.blocks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.answers.answer import Answer
from assistant.answers.runs import marks_of, words_of
from assistant.browsing import comparison
from assistant.dialogue.chips import Chip
from assistant.dialogue.reply import Reply
from assistant.predicates import atoms, field_of
from assistant.query import About, Not, Order, Query
from index.schema.fields import registry
from index.store.records import Records
from ui.page.blocks import (
    OPEN,
    ROWS,
    Drawn,
    Mark,
    Shelf,
    cards_of,
    draw,
    kind_of,
    required,
    stated_of,
    text_html,
)
from ui.page.evidence import around, evidence_html, flags_of, line_text, lines_of, proofs_of
from ui.page.html import render
from ui.page.plain import plain_text

# The charts of so many companies are offered; their ids stand in the address.
_DRAWN = 2_000

# What a result is drawn as: met, failed, or open.
_STATES = {"满足": "met", "不满足": "failed"}

_TOPIC = "domain"


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as the conversation shows it.

    Attributes:
        drawn: Its blocks, sorted by how they are drawn.
        about: The fields that the question is about.
    """

    answer: Answer
    drawn: Drawn
    about: tuple[str, ...]

    @property
    def shelf(self) -> Shelf | None:
        """The companies of the answer that stand in a table, if any do."""
        shelves = (one for one in self.drawn.sections if isinstance(one, Shelf) and one.columns)
        return next(shelves, None)


def show(reply: Reply) -> Shown:
    """Return an answer as the conversation shows it."""
    about = asked_fields(reply.query)
    return Shown(reply.answer, draw(reply.answer, about), about)


def asked_fields(query: Query) -> tuple[str, ...]:
    """Return the fields that a question is about, as columns of companies."""
    ask = query.ask
    fields = [*getattr(ask, "fields", ())]
    for one in atoms(query.where):
        bare = one.part if isinstance(one, Not) else one
        fields.append(_TOPIC if isinstance(bare, About) else field_of(bare))
    order = getattr(ask, "order", None)
    if isinstance(order, Order):
        fields.append(order.field)
    return tuple(dict.fromkeys(_column(field) for field in fields if field))


def _column(field: str) -> str:
    """Return the column in which a field is proved: the city for a province."""
    shown = {one.key for one in registry().shown("cards")}
    return next((one for one in registry().cites(field) if one in shown), field)


def turn_html(number: int, reply: Reply, shown: Shown, chips: Sequence[Chip]) -> str:
    """Return one turn of the conversation.

    Args:
        number: Its place in the conversation, from 0.
        reply: The turn.
        shown: Its answer, from :func:`show`.
        chips: The conditions of its question.
    """
    return render(
        "chat_turn",
        number=number,
        asked=reply.text,
        changes=reply.changes,
        chips=chips,
        answer=shown.answer,
        drawn=shown.drawn,
        open_rows=OPEN,
        states=_STATES,
        kind_of=kind_of,
        marks_of=marks_of,
        required=required,
        plain=plain_text(shown.answer),
        most_compared=comparison.MOST,
        most_drawn=_DRAWN,
        **_drawing(shown.answer),
    )


def rows_html(shown: Shown, first: int) -> str:
    """Return further rows of the table of an answer's companies."""
    if shown.shelf is None:
        return ""
    columns = shown.shelf.columns
    cards = cards_of(shown.answer.records[first : first + ROWS], columns, shown.answer)
    return render("chat_rows", cards=cards, columns=columns, **_drawing(shown.answer))


def _drawing(answer: Answer) -> dict[str, object]:
    """Return what templates draw texts and fields with."""
    mark = _marker(answer)
    return {
        "mark": mark,
        "html": lambda told: text_html(told, mark),
        "words": words_of,
        "label": registry().label,
        "own": lambda field: registry().field(field) is None,
    }


def _marker(answer: Answer) -> Mark:
    """Return what draws the mark of a citation."""
    places = {one.id: line_text(one) for one in answer.citations}

    def mark(number: int, flagged: bool = False) -> Markup:  # noqa: FBT001, FBT002 - for templates
        html = render("chat_mark", number=number, place=places.get(number, ""), flagged=flagged)
        return Markup(html.strip())  # noqa: S704 - from a template, which escapes

    return mark


def failed_html(number: int, asked: str, message: str) -> str:
    """Return a turn that could not be answered, with what to do."""
    return render("chat_failed", number=number, asked=asked, message=message)


def turn_evidence_html(shown: Shown, records: Records, number: int = 1) -> str:
    """Return the pane that shows what proves a turn's answer, around one of its citations."""
    answer = shown.answer
    citations = around(answer, number)
    numbers = {one.id for one in citations}
    cited = (one for one in answer.records if numbers & set(one.citations))
    columns = shown.shelf.columns if shown.shelf else ()
    cards = (*shown.drawn.cards, *cards_of(cited, columns, answer))
    proofs = proofs_of(
        answer,
        citations,
        stated_of(answer, cards),
        shown.about,
        lines_of(answer, citations, records),
        flags_of(citations, records),
    )
    return evidence_html(answer, proofs)
