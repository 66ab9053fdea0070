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

# Needs what most questions need: words, places and vectors.
_QUESTION = "北京做会飞的机器的企业有哪些"


class LiveEngine:
    """Returns the engine of the generation that serves now.

    A process that runs for days keeps answering from the old index while a new one is built,
    and from the new one once it is there. The old one is released when nobody uses it any more.

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


def warm_up(engine: Callable[[], Engine]) -> threading.Event:
    """Begin to read what questions and the page need; return what tells when it is all there.

    The first request is then as quick as the next.
    """
    ready = threading.Event()
    run = threading.Thread(target=_warm, args=(engine, ready), name="xiaojuren-warm", daemon=True)
    run.start()
    return ready


def _warm(engine: Callable[[], Engine], ready: threading.Event) -> None:
    try:
        warmed = engine()
        warmed.searcher.search(warmed.parser.parse(_QUESTION).best)
        warmed.index.search_vectors(_QUESTION, (ChunkKind.FACET,), 1)
        warmed.browsing.catalog.warm()
    except XiaojurenError as error:
        # The first question that needs the same tells it too.
        _LOGGER.warning("%s", error)
    finally:
        ready.set()
