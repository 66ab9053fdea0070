"""The page's style sheets and scripts."""

from __future__ import annotations

from importlib.resources import files


def asset(name: str) -> str:
    """Return the text of a file in this folder."""
    return (files("ui.page") / "assets" / name).read_text("utf-8")


def script(*names: str) -> str:
    """Return the script of a view: what all views share, then some files, in one scope."""
    return "".join(map(asset, ("view.js", *names)))
