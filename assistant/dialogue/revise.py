"""A question asked again with one of its conditions taken away or exchanged.

    Reply ── chips_of ──▶ Chip ── choices_of ──▶ Choice ── revise ──▶ Reply

What changes is the query, never the words of the question.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.dialogue.chips import Chip, chips_of
from assistant.dialogue.choices import Choice, choices_of
from assistant.dialogue.edits import apply_all
from assistant.dialogue.reply import Reply
from assistant.engine import Engine
from assistant.errors import RevisionError


def find_chip(reply: Reply, field: str, value: str, engine: Engine) -> Chip:
    """Return the condition of a turn's question that ``field`` and ``value`` name.

    Raises:
        RevisionError: the question has none.
    """
    for chip in chips_of(reply.query, engine.context.names):
        if (chip.field, chip.value) == (field, value):
            return chip
    raise RevisionError("这个问题里没有这个条件，请直接输入问题")


def choices(reply: Reply, field: str, value: str, engine: Engine) -> tuple[Choice, ...]:
    """Return what a condition of a turn's question can be changed to.

    Raises:
        RevisionError: the question has no such condition.
    """
    chip = find_chip(reply, field, value, engine)
    return choices_of(reply.query, chip, engine.searcher)


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
        edits, told = chip.removal, f"去掉 {chip.label}：{value}"
    else:
        found = choices_of(reply.query, chip, engine.searcher)
        chosen = next((one for one in found if one.label == replacement), None)
        if chosen is None:
            raise RevisionError(f"“{chip.label}”不能改成“{replacement}”，请从列出的选项里选")
        edits, told = chosen.edits, f"{chip.label}：{value} → {replacement}"
    changes = (*reply.changes, told)
    query = apply_all(reply.query, edits)
    revised = engine.tell(query, f"{reply.text}（{'；'.join(changes)}）", previous or reply)
    return replace(revised, text=reply.text, changes=changes)
