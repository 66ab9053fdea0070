"""The texts of the interface in a piece of HTML, as the page translates them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_VOID = frozenset(("input", "br", "img", "hr", "link", "meta"))
_LABELS = ("aria-label", "title", "placeholder")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._open: list[bool] = [True]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        translated = {"no": False, "yes": True}.get(told.get("translate") or "", self._open[-1])
        if translated:
            self.found |= {told[label] or "" for label in _LABELS if label in told}
        if tag not in _VOID:
            self._open.append(translated)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open[-1]:
            self.found.add(data.strip())


def interface_texts(*html: str) -> set[str]:
    """Return the Chinese texts and labels that do not stand under ``translate="no"``."""
    reader = _Reader()
    for one in html:
        reader.feed(one)
    return {text for text in reader.found if _CHINESE.search(text)}
