"""An engine that follows the store: a finished rebuild takes over at the next question."""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Callable

from assistant.engine import Engine, open_engine
from assistant.settings import Settings, database_of
from index.errors import XiaojurenError
from index.store.server import open_store
from index.types import ChunkKind

_LOGGER = logging.getLogger(__name__)


class LiveEngine:
    """Returns the engine of the generation that serves now.

    A process that runs for days keeps answering from the old index while a new one is built,
    and from the new one once it is there. The old one is released when nobody uses it any more.

    Args:
        settings: Name the store and the model.

    Raises:
        StoreError: there is no usable index to begin with.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = open_store(settings.store, settings.chroma_url, database_of(settings))
        self._lock = threading.Lock()
        self._generation = self._folder.current()
        self._engine = self._open()

    def __call__(self) -> Engine:
        """Return the current engine."""
        with self._lock:
            generation = self._folder.current()
            if generation != self._generation:
                self._engine = self._open()
                self._generation = generation
            return self._engine

    def _open(self) -> Engine:
        engine = open_engine(self._settings)
        weakref.finalize(engine, engine.index.close)
        return engine


def warm_up(engine: Callable[[], Engine]) -> None:
    """Begin to load the vector model: the first question by meaning is as quick as the next.

    Args:
        engine: Returns the engine that will be asked.
    """
    threading.Thread(target=_load, args=(engine,), name="xiaojuren-warm", daemon=True).start()


def _load(engine: Callable[[], Engine]) -> None:
    try:
        engine().index.search_vectors("预热", (ChunkKind.FACET,), 1)
    except XiaojurenError as error:
        # The first question that needs the model tells the same.
        _LOGGER.warning("%s", error)
