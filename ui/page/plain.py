"""An answer as plain text with its sources, for where it is pasted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.answers.answer import Answer
from assistant.answers.blocks import (
    Block,
    Choices,
    Cited,
    Companies,
    CompanyCard,
    Groups,
    Notice,
    NoticeKind,
    Quotation,
    Sentence,
    Table,
    Text,
    Verdicts,
)
from assistant.answers.runs import Marks, with_marks
from ui.page.blocks import required
from ui.page.evidence import line_text

# So many companies and citations are copied with an answer's text.
_COPIED = 500

_DOUBT = "⚠ "


def plain_text(answer: Answer) -> str:
    """Return an answer as text: the question, what is answered, and the lines that prove it."""
    told = "\n\n".join("\n".join(lines) for lines in map(_lines, answer.blocks) if lines)
    named = {card.id for block in answer.blocks for card in _cards(block)}
    others = [one.name for one in answer.records[:_COPIED] if one.id not in named]
    rest = [f"其余：{'、'.join(others)}"] if named and others else []
    return "\n\n".join([answer.question, told, *rest, *_sources(answer)])


def _sources(answer: Answer) -> Iterator[str]:
    cited = [
        f"[{one.id}] {one.source} {line_text(one)}：{one.quote}"
        for one in answer.citations[:_COPIED]
    ]
    if (more := len(answer.citations) - _COPIED) > 0:
        cited.append(f"……另有 {more} 处出处，请在网页上查看")
    if cited:
        yield "\n".join(("出处：", *cited))


def _cards(block: Block) -> tuple[CompanyCard, ...]:
    return block.cards if isinstance(block, Companies) and not block.related else ()


def _lines(block: Block) -> list[str]:
    match block:
        case Sentence():
            return [_told(block.text)]
        case Notice():
            sign = _DOUBT if block.kind is NoticeKind.FLAGGED else ""
            return [sign + _told(block.text)]
        case Companies():
            return _numbered(map(_card, block.cards))
        case Table():
            return ["\t".join(map(_told, row)) for row in (block.header, *block.rows)]
        case Groups():
            return _numbered(
                f"{_told(item.label)} {_told(item.figure)}{_members(item.members, item.more)}"
                for item in block.items
            )
        case Verdicts():
            verdicts = (
                f"{one.result} · {_told(required(one))}" + (f"（{one.told}）" if one.told else "")
                for one in block.verdicts
            )
            return [line for line in (block.title, _told(block.outcome), *verdicts) if line]
        case Quotation():
            return [
                line for line in (block.title, *map(_told, block.lines), _told(block.as_of)) if line
            ]
        case Choices():
            return _numbered(_told(choice.label) for choice in block.choices)


def _numbered(lines: Iterable[str]) -> list[str]:
    return [f"{number}. {line}" for number, line in enumerate(lines, 1)]


def _card(card: CompanyCard) -> str:
    fields = (f"{label}：{_told(told)}" for label, told in card.fields)
    details = " · ".join(filter(None, (*map(_told, card.details), *fields, card.reason)))
    return " · ".join(filter(None, (_told((card.name,)), details)))


def _members(members: tuple[Cited, ...], more: int) -> str:
    named = "、".join(_told((one,)) for one in members)
    return f"：{named}{' 等' if more else ''}" if named else ""


def _told(told: Text) -> str:
    """Return a text with its marks."""
    return "".join(
        "".join(f"[{number}]" for number in one.numbers) if isinstance(one, Marks) else one.text
        for one in with_marks(told)
    )
