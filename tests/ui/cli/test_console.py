"""What the terminal shows of the way to an answer."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from assistant.engine import Engine
from ui.cli import console


def test_explanation_names_rules_scores_and_the_query_run(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.StringIO()
    monkeypatch.setattr(console, "ERR", Console(file=out, width=200))
    console.explain_reply(engine.reply("苏州有哪些MEMS小巨人"))
    told = out.getvalue()
    for expected in ("place", "ask.which", "set.rows", "explained", "In(", "敏芯微电子"):
        assert expected in told
