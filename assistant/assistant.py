"""The assistant as a program holds it: the five tools, conversations, and what closes them."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from assistant.building import build_first
from assistant.engine import Conversation, Engine, open_engine
from assistant.settings import load_settings
from assistant.tools import Tools
from index.embedding import Silent


class Assistant(Tools):
    """The tools over one opened index, with typed answers; to be closed, or used with ``with``."""

    list = Tools.list_companies

    def __init__(self, engine: Engine) -> None:
        super().__init__(lambda: engine)
        self._opened = engine

    def conversation(self) -> Conversation:
        """Return a conversation, in which a question may point back to the one before."""
        return Conversation(self._opened)

    def close(self) -> None:
        """Release the index."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def opened(store: Path | str | None = None) -> Assistant:
    """Return an assistant over the index in a folder; see :func:`assistant.open_assistant`."""
    settings = load_settings()
    if store is not None:
        settings = settings.model_copy(update={"store": Path(store)})
    build_first(settings, Silent())
    return Assistant(open_engine(settings))
