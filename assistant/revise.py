"""A question asked again with one of its conditions taken away or exchanged.

    Reply ── chips_of ──▶ Chip ── choices_of ──▶ Choice ── revise ──▶ Reply

What changes is the question as it was understood, never its words.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.chips import Chip, chips_of, without
from assistant.choices import Choice, choices_of
from assistant.dialogue import Reply
from assistant.engine import Engine
from assistant.errors import RevisionError


def find_chip(reply: Reply, field: str, value: str, engine: Engine) -> Chip:
    """Return the condition of a turn's question that ``field`` and ``value`` name.

    Raises:
        RevisionError: the question has none.
    """
    for chip in chips_of(reply.query, engine.context):
        if (chip.field, chip.value) == (field, value):
            return chip
    raise RevisionError("这个问题里没有这个条件，请直接输入问题")


def choices(reply: Reply, field: str, value: str, engine: Engine) -> tuple[Choice, ...]:
    """Return what a condition of a turn's question can be changed to.

    Raises:
        RevisionError: the question has no such condition.
    """
    return choices_of(reply.query, find_chip(reply, field, value, engine), engine)


def revise(
    reply: Reply,
    field: str,
    value: str,
    replacement: str | None,
    engine: Engine,
    previous: Reply | None = None,
) -> Reply:
    """Return the answer to a turn's question with one condition changed.

    Args:
        reply: The turn.
        field: Field of the condition.
        value: Its value as its chip shows it.
        replacement: Label of the choice to put in its place; None to take it away.
        engine: Answers.
        previous: The turn that the new one follows; ``reply`` itself if None.

    Raises:
        RevisionError: the question has no such condition, or it cannot be changed like that.
    """
    chip = find_chip(reply, field, value, engine)
    if replacement is None:
        if not chip.removable:
            raise RevisionError(f"“{chip.label}：{value}”不能去掉，请直接输入问题")
        query, told = without(reply.query, chip, engine.context), f"去掉 {chip.label}：{value}"
    else:
        found = choices_of(reply.query, chip, engine)
        chosen = next((one for one in found if one.label == replacement), None)
        if chosen is None:
            raise RevisionError(f"“{chip.label}”不能改成“{replacement}”，请从列出的选项里选")
        query, told = chosen.query, f"{chip.label}：{value} → {replacement}"
    changes = (*reply.changes, told)
    text = original_text(reply) + _suffix(changes)
    revised = engine.tell(replace(query, text=text), previous or reply)
    return replace(revised, changes=changes)


def original_text(reply: Reply) -> str:
    """Return the question in the user's words, without what was changed since."""
    return reply.query.text.removesuffix(_suffix(reply.changes))


def _suffix(changes: tuple[str, ...]) -> str:
    return f"（{'；'.join(changes)}）" if changes else ""
