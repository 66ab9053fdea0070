"""The words of ``data/values.toml`` that cells are read by."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from index.text import plain


@cache
def value_words() -> dict[str, Any]:
    """Return the words of ``data/values.toml``."""
    return tomllib.loads((files("index") / "data/values.toml").read_text("utf-8"))


def is_blank(text: str) -> bool:
    """Return whether a cell says nothing: empty, a dash, 无, 未公开 and the like."""
    return plain(text).casefold() in _blanks()


@cache
def _blanks() -> frozenset[str]:
    return frozenset(plain(text).casefold() for text in value_words()["blank"]["cells"])
