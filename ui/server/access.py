"""What the server tells of its use: who asked for what, how it went, and how long it took.

One line a request, without what was asked: no query strings, no questions. Questions are told only
where the operator wants them, by :func:`log_to`.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOGGER = logging.getLogger(__name__)
_QUESTIONS = logging.getLogger("assistant.engine")

_LONGEST = 200

# What the page is made of and what it asks for by itself: nobody's doing.
_PARTS = (
    "/assets/",
    "/static/",
    "/svelte/",
    "/favicon.ico",
    "/theme.css",
    "/health",
    "/gradio_api/heartbeat/",
    "/gradio_api/startup-events",
    "/gradio_api/queue/data",
)

_FAILED = 400


class AccessLog:
    """Tells of every request of a person or program when it is done."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        began = time.perf_counter()

        async def noticing(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noticing)
        finally:
            # As it came, percent-encoded: nobody can write lines of their own into the log.
            path = scope.get("raw_path", b"").decode("ascii", "replace")[:_LONGEST]
            if status >= _FAILED or not path.startswith(_PARTS):
                told = f"{(scope.get('client') or ('-',))[0]} {scope['method']} {path}"
                log_use(told, status, time.perf_counter() - began)


def log_use(what: str, status: object, seconds: float) -> None:
    """Tell of one use: what was asked for, how it went, how long it took."""
    _LOGGER.info("%s %s %.0fms", what, status, seconds * 1000)


def log_to(stream: TextIO, *, questions: bool) -> None:
    """Begin to write the use of the server to a stream, a line each."""
    _write(_LOGGER, stream, "%(asctime)s %(message)s")
    if questions:
        _write(_QUESTIONS, stream, "%(asctime)s question %(message)s")


def _write(logger: logging.Logger, stream: TextIO, form: str) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter(form))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
