"""The page's style sheets and scripts."""

from __future__ import annotations

from importlib.resources import files


def asset(name: str) -> str:
    """Return the text of a file in this folder."""
    return (files("ui.page") / "assets" / name).read_text("utf-8")
