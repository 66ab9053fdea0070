"""Which stretches of a question are ruled out: 不在北京, 北京的不要, 大疆已经谈过了."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.understanding.words import Words

# What may stand between a value and the word that rules it out: 芯片类别给我拿掉.
_BETWEEN = re.compile(
    r"^\s*(?:类别|这类|那类|类|这块|那块|的|那几家|企业|公司|成立|创立|那两家|这两家|那些|那家|这家|先|都|均|也|就|给我|我们|咱们|我|已经|已)*"
)
_CLAUSE = re.compile(r"[^,，。;；!！?？]*")
_FARTHEST = 6


class Negation:
    """Knows the words that rule out what stands beside them.

    Args:
        words: The words, by the side on which they stand.
    """

    def __init__(self, words: Words) -> None:
        self._before = words.negating
        self._after = words.negating_after
        longest_first = sorted(self._after, key=len, reverse=True)
        after = "|".join(map(re.escape, longest_first))
        self._next = re.compile(after)
        self._closing = re.compile(
            rf".{{0,{_FARTHEST}}}?(?:{after})(?:掉|走|出去|在外|了|的|吧|啦|哈|啊|后|之后|还|都|就)*"
        )

    def precedes(self, folded: str, start: int) -> bool:
        """Return whether a word right before a stretch rules it out; single characters do not."""
        told = (word for word in self._before if len(word) > 1)
        return folded[:start].endswith(tuple(told))

    def follows(self, folded: str, end: int, limit: int, values: Collection[int]) -> bool:
        """Return whether a word after a stretch rules it out.

        Args:
            folded: The question.
            end: Where the stretch ends.
            limit: Where the next value begins, or the question ends.
            values: Where values begin; 去掉 right before one rules out that one instead.
        """
        rest = folded[end:]
        stripped = _BETWEEN.sub("", rest)
        at = end + len(rest) - len(stripped)
        match = self._next.match(stripped) if at <= limit else None
        if match:
            return not (match.group() in self._before and at + match.end() in values)
        clause = _CLAUSE.match(rest)
        told = clause.group() if clause else ""
        return end + len(told) <= limit and bool(self._closing.fullmatch(told.strip()))
