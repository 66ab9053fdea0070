"""Words that leave out a trade said before: 机器人厂，人形的、四足的; 不造电池，只供材料."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from assistant.parsing.spans import Category, Span

_LONGEST = 4
_ENDS = frozenset({Category.EXCEPT, Category.ASK, Category.JOIN, Category.NOT})


def completed(
    text: str, spans: Sequence[Span], known: Callable[[Collection[str]], Collection[str]]
) -> list[Span]:
    """Return a cover with words completed that are a trade only with one said before them.

    Args:
        text: The folded question.
        spans: The cover.
        known: Returns which of some stretches are trades that the sources or the thesaurus know.
    """
    heads = [one for one in spans if one.category is Category.TOPIC]
    stretches = list(_stretches(spans)) if heads else []
    if not stretches:
        return list(spans)
    found = list(spans)
    for first, last in reversed(stretches):
        start, end = spans[first].start, spans[last].end
        before = [one.text for one in heads if one.end < start]
        told = text[start:end]
        # The nearest one said before.
        names = [name for head in reversed(before) for name in (told + head, head + told)]
        trades = known(names)
        if name := next((one for one in names if one in trades), None):
            one = replace(
                spans[first], end=end, text=name, category=Category.TOPIC, value=name,
                rule="topic.completed",
            )  # fmt: skip
            found[first : last + 1] = [one]
    return found


def _stretches(spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the first and last index of the unread words that stand where a noun is left out."""
    first = None
    for at, one in enumerate(spans):
        loose = one.category is Category.WORD or one.rule in ("tag.m", "tag.q")
        if not loose:
            first = None
            continue
        first = at if first is None or spans[at - 1].end != one.start else first
        short = one.end - spans[first].start <= _LONGEST
        content = any(two.category is Category.WORD for two in spans[first : at + 1])
        if short and content and _left_out(spans, first, at):
            yield first, at


def _left_out(spans: Sequence[Span], first: int, last: int) -> bool:
    """Return whether 的 or nothing follows in a clause, and a clause or 做 stands before."""
    begins = first == 0 or spans[first - 1].end < spans[first].start
    made = first > 0 and spans[first - 1].category in (
        Category.DOING, Category.EDIT, Category.NOT, Category.EXCEPT,
    )  # fmt: skip
    if not (begins or made):
        return False
    after = spans[last + 1 : last + 3]
    of = bool(after) and after[0].text == "的"
    end = after[0].end if of else spans[last].end
    rest = after[1:] if of else after
    return not rest or rest[0].start > end or (of and rest[0].category in _ENDS)
