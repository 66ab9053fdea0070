"""Texts of blocks put together from our own words and cited values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.answers.blocks import Cited, Plain, Run, Text
from index.regex import regex

# What closes behind a value before its marks follow: 「未上市」 [1], 800+ 家 [1].
_CLOSING = regex(r"(?:(?: \d[\d.]*)? ?[家个人项年%]|[」）”])+")

_DIGITS = "零一二三四五六七八九"
_TWO, _TEN = 2, 10


def text(*parts: str | Run | Text) -> Text:
    """Return a text of parts in their order; strings are our own words, empty ones left out."""
    runs: list[Run] = []
    for part in parts:
        for run in _runs(part):
            last = runs[-1] if runs else None
            if isinstance(run, Plain) and isinstance(last, Plain) and run.strong is last.strong:
                runs[-1] = Plain(last.text + run.text, last.strong)
            else:
                runs.append(run)
    return tuple(runs)


def _runs(part: str | Run | Text) -> Text:
    if isinstance(part, str):
        return (Plain(part),) if part else ()
    return part if isinstance(part, tuple) else (part,)


def joined(parts: Iterable[Run | Text], separator: str = "、") -> Text:
    """Return the parts with a separator of our own between them."""
    told: list[str | Run | Text] = []
    for part in parts:
        told.extend((separator, part) if told else (part,))
    return text(*told)


def number(figure: float) -> Plain:
    """Return a count or a result of arithmetic, emphasised."""
    return Plain(figure_text(figure), strong=True)


def figure_text(figure: float) -> str:
    """Return a number as it is written, with at most two decimals: 3, 12.5, 1200000."""
    return f"{round(figure, 2):.2f}".rstrip("0").rstrip(".")


def in_words(figure: int) -> str:
    """Return a small number in Chinese: 3 → 三, 12 → 十二; larger ones in digits."""
    if not 0 < figure < _TEN * _TEN:
        return str(figure)
    tens, ones = divmod(figure, _TEN)
    head = "" if not tens else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def in_counts(figure: int) -> str:
    """Return a small number as it counts things: 2 → 两."""
    return "两" if figure == _TWO else in_words(figure)


def words_of(told: Text) -> str:
    """Return what a text says, without marks."""
    return "".join(run.text for run in told)


def marks_of(told: Text) -> tuple[int, ...]:
    """Return the marks of a text, each once, in their order."""
    marks = (mark for run in told if isinstance(run, Cited) for mark in run.marks)
    return tuple(dict.fromkeys(marks))


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks as they are drawn, and whether any value before them looks wrong."""

    numbers: tuple[int, ...]
    flagged: bool = False


def with_marks(told: Text) -> Iterator[Run | Marks]:
    """Yield the runs of a text with the marks of its values where they are drawn.

    Consecutive values with the same marks have them once, after the last; what closes behind a
    value (a unit, a quotation mark) comes before them.
    """
    waiting: Marks | None = None
    flagged = False
    for at, run in enumerate(told):
        if waiting and isinstance(run, Plain):
            closing = _CLOSING.match(run.text) if not run.strong else None
            head = closing.group() if closing else ""
            yield from (Plain(head), waiting, Plain(run.text[len(head) :], run.strong))
            waiting = None
            continue
        if waiting:
            yield waiting
            waiting = None
        yield run
        if isinstance(run, Cited):
            flagged = flagged or run.flagged
            following = next((one for one in told[at + 1 :] if isinstance(one, Cited)), None)
            if following is None or following.marks != run.marks:
                waiting, flagged = Marks(run.marks, flagged), False
    if waiting:
        yield waiting
