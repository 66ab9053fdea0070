"""Blocks as Markdown, for the command line and for programs; marks read [n]."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answers.blocks import (
    Block,
    Choices,
    Cited,
    Companies,
    CompanyCard,
    GroupItem,
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
from assistant.answers.runs import Marks, joined, text, with_marks
from index.regex import regex

# Stands behind the marks of a value that looks wrong, and before the notice that says why.
_FLAG = "⚠"

# What follows marks without a space.
_TIGHT = " ，。；：、？！）」”"

# Characters that Markdown or HTML would read as markup.
_MARKUP = regex(r"([\\`*_\[\]<>|~])")

_TITLE = "**《{}》**"


def render(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown, one paragraph, list or table each."""
    return "\n\n".join(filter(None, map(_block, blocks)))


def escape(words: str) -> str:
    """Return words so that Markdown shows them as they are."""
    return _MARKUP.sub(r"\\\1", words)


def render_text(told: Text) -> str:
    """Return a text as Markdown with its marks."""
    parts: list[str] = []
    after_marks = False
    for one in with_marks(told):
        if isinstance(one, Marks):
            parts.append(_marks(one.numbers, flagged=one.flagged))
        elif one.text:
            spaced = after_marks and isinstance(one, Plain) and one.text[0] not in _TIGHT
            parts.append(" " + _run(one) if spaced else _run(one))
        after_marks = isinstance(one, Marks)
    return "".join(parts)


def _run(run: Run) -> str:
    is_link = isinstance(run, Cited) and bool(run.url)
    words = run.text if is_link else escape(run.text)
    return f"**{words}**" if run.strong and words else words


def _marks(marks: Sequence[int], *, flagged: bool) -> str:
    return " " + "".join(f"[{mark}]" for mark in marks) + (_FLAG if flagged else "")


def _block(block: Block) -> str:
    match block:
        case Sentence():
            return render_text(block.text)
        case Companies():
            return _companies(block)
        case Table():
            return _table(block)
        case Groups():
            return "\n".join(f"{n}. {_group(one)}" for n, one in enumerate(block.items, 1))
        case Verdicts():
            return _verdicts(block)
        case Quotation():
            return _quotation(block)
        case Notice():
            sign = f"{_FLAG} " if block.kind is NoticeKind.FLAGGED else ""
            return sign + render_text(block.text)
        case Choices():
            numbered = enumerate(block.choices, 1)
            return "\n".join(f"{n}. {render_text(one.label)}" for n, one in numbered)


def _companies(block: Companies) -> str:
    if any(card.fields for card in block.cards):
        several = len(block.cards) > 1
        return "\n\n".join(_profile(card, named=several) for card in block.cards)
    if block.related:
        return "\n".join(f"- {_card(card)}" for card in block.cards)
    more = block.total - len(block.cards)
    if not block.ordered and not any(card.details or card.reason for card in block.cards):
        names = render_text(joined(card.name for card in block.cards))
        return f"{names}{f'，其余 {more} 家见记录列表' if more > 0 else ''}。"
    lines = [f"{n}. {_card(card)}" for n, card in enumerate(block.cards, 1)]
    return "\n".join(lines) + (f"\n\n（其余 {more} 家见记录列表。）" if more > 0 else "")


def _card(card: CompanyCard) -> str:
    parts: list[Text] = [(card.name,), *card.details]
    if card.reason:
        parts.append(text(card.reason))
    words = " · ".join("".join(map(_run, part)) for part in parts)
    cited = [run for part in parts for run in part if isinstance(run, Cited)]
    marks = dict.fromkeys(mark for run in cited for mark in run.marks)
    return words + _marks(tuple(marks), flagged=any(run.flagged for run in cited))


def _profile(card: CompanyCard, *, named: bool) -> str:
    """Return labelled fields, under the company's name where it does not stand above alone."""
    lines = [f"- {escape(label)}：{render_text(told)}" for label, told in card.fields]
    return "\n".join((f"{render_text((card.name,))}\n", *lines) if named else lines)


def _table(block: Table) -> str:
    lines = [_cells(block.header), "|" + "---|" * len(block.header), *map(_cells, block.rows)]
    return "\n".join(lines)


def _cells(cells: Sequence[Text]) -> str:
    return "|" + "".join(f" {render_text(cell).replace(chr(10), ' ')} |" for cell in cells)


def _group(item: GroupItem) -> str:
    members = text("：", joined(item.members), " 等" if item.more else "") if item.members else ()
    return render_text(text(item.label, " ", item.figure, members))


def _verdicts(block: Verdicts) -> str:
    head = _TITLE.format(block.title) if block.title else ""
    lines = "\n".join(map(_verdict, block.verdicts))
    return "\n\n".join(filter(None, (head, render_text(block.outcome), lines)))


def _verdict(one: Verdict) -> str:
    told = text(Plain(one.result, strong=True), " · ", one.dimension, "：", one.requirement)
    return f"- {render_text(told)}{f'（{escape(one.told)}）' if one.told else ''}"


def _quotation(block: Quotation) -> str:
    as_of = render_text(block.as_of)
    lines = "\n".join(f"- {render_text(line)}" for line in block.lines)
    if not block.title:
        return "\n\n".join(filter(None, (lines, as_of)))
    dated = f"（{as_of}）" if as_of else ""
    return "\n\n".join(filter(None, (_TITLE.format(block.title) + dated, lines)))
