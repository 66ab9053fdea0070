"""The parts of a list, as its headings name them: 国际企业, 大型企业（1万人以上）, 准独角兽."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from index.regex import regex
from index.text import fold

SECTION = "section"
"""The field of a condition on the headings that a row stands under."""

# What is almost something is not that thing: 准独角兽.
_ALMOST = r"(?<!准)(?<!潜在)(?<!未来)"


@cache
def naming(word: str) -> re.Pattern[str]:
    """Return what finds a word in folded text, except where it is almost that."""
    return regex(_ALMOST + re.escape(word))


def stands_under(section: Sequence[str], word: str) -> bool:
    """Return whether a row stands in a part of its list that a word names.

    Args:
        section: The headings above the row, the title of the file first; it is no part.
        word: The word, folded.
    """
    return any(naming(word).search(fold(heading)) for heading in section[1:])
