"""Typing questions in a terminal: lines can be edited, former ones come back."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

PROGRAM = "from ui.cli.chat import questions\nfor one in questions(): print(f'<{one}>', flush=True)"


def typed(keys: bytes, state: Path) -> str:
    """Return what a terminal shows when keys are pressed."""
    master, slave = pty.openpty()
    environment = os.environ | {"XDG_STATE_HOME": str(state), "TERM": "dumb"}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdin=slave, stdout=slave, stderr=slave, env=environment
    ) as chat:
        os.close(slave)
        shown = b""
        while b"> " not in shown:
            shown += os.read(master, 1000)
        os.write(master, keys)
        chat.wait(20)
        shown += os.read(master, 10_000)
    os.close(master)
    return shown.decode()


def test_typed_line_can_be_edited_and_is_kept_for_the_next_chat(tmp_path):
    assert "<苏州有哪些>" in typed("州有哪些\x01苏\n\n退出\n".encode(), tmp_path)
    history = tmp_path / "xiaojuren" / "history"
    assert history.read_text("utf-8").splitlines()[0] == "苏州有哪些"
    assert history.stat().st_mode & 0o077 == 0
    # Twice up: the farewell, then the question.
    assert "<苏州有哪些>" in typed(b"\x10\x10\nexit\n", tmp_path)
