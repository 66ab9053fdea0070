"""Whether the server can answer, for whatever watches over it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from importlib.metadata import version
from typing import TYPE_CHECKING

from assistant.engine import Engine
from index.errors import XiaojurenError
from index.store.records import Records

if TYPE_CHECKING:
    from starlette.responses import JSONResponse

_LOGGER = logging.getLogger(__name__)

_UNAVAILABLE = 503


def alive() -> dict[str, str]:
    """Answer ``GET /health/live``: the process runs, whether or not it can answer yet."""
    return {"status": "alive"}


def health(engine: Callable[[], Engine], ready: threading.Event) -> Callable[[], JSONResponse]:
    """Return what answers ``GET /health``: 200 with ``status`` ok, or 503 with what else it is.

    That is ``starting`` until everything is read that questions need, or ``unavailable``.
    """
    from starlette.responses import JSONResponse

    def answer() -> JSONResponse:
        told: dict[str, object] = {"version": version("xiaojuren")}
        try:
            records = engine().index.records
        except XiaojurenError as error:
            # Anybody may ask, so the reason stays here: it names folders.
            _LOGGER.error("%s", error)
            return JSONResponse({"status": "unavailable", **told}, _UNAVAILABLE)
        if not ready.is_set():
            return JSONResponse({"status": "starting", **told}, _UNAVAILABLE)
        return JSONResponse({"status": "ok", **told, **_holdings(records)})

    return answer


def _holdings(records: Records) -> dict[str, object]:
    documents = records.documents()
    dated = [document.as_of.text for document in documents if document.as_of]
    return {
        "companies": records.count(),
        "documents": len(documents),
        "as_of": dated[0] if dated else None,
    }
