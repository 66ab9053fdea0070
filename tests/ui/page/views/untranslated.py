"""Finds the texts of the interface that have no English."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ui.page.texts import english

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LABELS = ("aria-label", "title", "placeholder")
_VOID = frozenset({"input", "br", "img", "hr", "meta", "link", "wbr"})


class _Texts(HTMLParser):
    """Collects text nodes and labels that the page would translate."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._kept: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        kept = self._kept[-1] if self._kept else False
        kept = told["translate"] == "no" if "translate" in told else kept
        if not kept:
            self.found += [text for label in _LABELS if (text := told.get(label))]
        if tag not in _VOID:
            self._kept.append(kept)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - as the parser calls it
        self._kept.pop()

    def handle_data(self, data: str) -> None:
        if not (self._kept and self._kept[-1]):
            self.found.append(data)


def untranslated(html: str) -> set[str]:
    """Return the Chinese texts outside ``translate="no"`` that have no English."""
    texts = _Texts()
    texts.feed(html)
    stripped = {text.strip() for text in texts.found}
    return {text for text in stripped if _CHINESE.search(text) and text not in english()}
