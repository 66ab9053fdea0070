"""Functions on texts that know nothing of fields: folding, whole words, lists, headings."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from index.regex import regex

_HEADING_NUMBER = regex(
    r"^(?:\d+(?:\.\d+)+[.、]?\s*|\d{1,2}(?:[.、]\s*|\s+)|[一二三四五六七八九十]+、\s*"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]\s*)"
)
_WORD_CHARACTER = regex(r"[a-z0-9]")
_BETWEEN_ITEMS = regex(r"[、，,；;/]")


def plain(text: str) -> str:
    """Return text in NFKC (full width to half width), trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return text as it is compared: NFKC, case folded, trimmed."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def split_list(text: str) -> list[str]:
    """Return the items of a cell that lists several: ``"旷视、地平线"`` → two."""
    return [item.strip() for item in _BETWEEN_ITEMS.split(text) if item.strip()]


def plain_heading(text: str) -> str:
    """Return a heading without its number: ``"6. 参考资料"`` → 参考资料."""
    return _HEADING_NUMBER.sub("", text)


def is_whole_word(text: str, start: int, end: int) -> bool:
    """Return whether a stretch of folded text cuts no Latin word or number: no AI in AIoT.

    An English plural still is the word: chips, robots.
    """
    before = start > 0 and _WORD_CHARACTER.match(text[start - 1])
    if before and _WORD_CHARACTER.match(text[start]):
        return False
    rest = text[end:]
    if rest[:1] == "s" and text[end - 1].isalpha():
        rest = rest[1:]
    return not (
        rest[:1] and _WORD_CHARACTER.match(rest[0]) and _WORD_CHARACTER.match(text[end - 1])
    )
