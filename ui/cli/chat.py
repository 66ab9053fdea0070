"""Reading questions in the terminal: with line editing, and the history of former chats."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress

from platformdirs import user_state_path

_FAREWELLS = frozenset({"exit", "quit", "退出", "再见"})
_KEPT = 1000


def questions() -> Iterator[str]:
    """Yield the questions that are typed, without blank lines, until a farewell or the end."""
    with _history() if sys.stdin.isatty() else nullcontext():
        while (question := _read_line()) not in _FAREWELLS:
            if question is None:
                return
            if question:
                yield question


def _read_line() -> str | None:
    try:
        return input("> " if sys.stdin.isatty() else "").strip()
    except EOFError:
        return None


@contextmanager
def _history() -> Iterator[None]:
    """Let lines be edited, and keep them for the next chat where that can be written."""
    try:
        import readline
    except ImportError:  # Windows, whose console edits lines by itself
        yield
        return
    file = user_state_path("xiaojuren", appauthor=False) / "history"
    with suppress(OSError):
        readline.read_history_file(file)
    try:
        yield
    finally:
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            readline.set_history_length(_KEPT)
            readline.write_history_file(file)
            file.chmod(0o600)
