"""Online half of xiaojuren: understand a question, retrieve, answer with citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.assistant import Assistant


def open_assistant(store: Path | str | None = None) -> Assistant:
    """Return an assistant over an index, built from the seeds first if there is none.

    Args:
        store: Folder of the index; by default what the environment says, as for the command line.

    Raises:
        SettingsError: a setting in the environment cannot be used.
        StoreError: the index cannot be built or opened.
    """
    # Imported here, so that no other module of the package imports the engine.
    from assistant.assistant import opened

    return opened(store)


def __getattr__(name: str) -> object:
    """Return the class of assistants, imported when it is asked for."""
    if name == "Assistant":
        from assistant.assistant import Assistant

        return Assistant
    raise AttributeError(name)
