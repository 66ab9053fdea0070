"""The page's server: one port, no connection to anywhere else.

Besides the page and its endpoints it answers ``/api/v1/…``, and ``/health``, which needs no login.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from types import TracebackType
from typing import TYPE_CHECKING, Any

import uvicorn

from assistant.engine import Engine
from assistant.live import warm_up
from index.sources.content import MAX_BYTES
from ui.errors import LockedError, ServeError
from ui.server.access import AccessLog
from ui.server.addresses import listen, url_of
from ui.server.guard import Guard, Trust
from ui.server.headers import SecurityHeaders
from ui.server.health import alive, health
from ui.server.login import Door, Logins
from ui.server.rest import add_rest

if TYPE_CHECKING:
    from fastapi import FastAPI

_LOGGER = logging.getLogger(__name__)

# Browsers keep a connection open as long as the page is; closing must not wait for them.
_CLOSE_SECONDS = 2

# Requests that may wait at a time; who comes after them is told that the server is busy.
_WAITING = 200


class Server:
    """A page that is served in a thread of its own.

    Args:
        engine: Returns the engine to ask.
        listener: The socket to serve at; closed together with the server.
        url: Where a browser on this machine finds it.
        logins: Who may use it; everybody if there are none.
        trust: Whom it believes.

    Attributes:
        url: Where a browser on this machine finds it.
        ready: Set when everything is read that questions need.
    """

    def __init__(
        self,
        engine: Callable[[], Engine],
        listener: socket.socket,
        url: str,
        logins: Logins = (),
        trust: Trust = Trust(),  # noqa: B008 - a frozen value
    ) -> None:
        self.url = url
        self.ready = warm_up(engine)
        self._engine = engine
        self._logins = logins
        self._trust = trust
        self._listener = listener
        self._built: Future[uvicorn.Server] = Future()
        self._thread = threading.Thread(target=self._run, name="xiaojuren-page", daemon=True)

    def start(self) -> None:
        """Build the page, begin to serve and return when the first request can be taken.

        Raises:
            StoreError: the engine's index cannot be opened.
            ServeError: the server did not start.
        """
        self._thread.start()
        server = self._built.result()
        while not server.started:
            if not self._thread.is_alive():
                raise ServeError(f"网页服务没能在 {self.url} 启动，请查看日志后重试")
            time.sleep(0.01)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        # Gradio leaves event loops open that it makes when there is none, so it is built in this.
        try:
            server = _build(self._engine, self._logins, self._trust, self.ready)
        except BaseException as error:  # noqa: BLE001 - start() raises it, in the thread that waits
            self._built.set_exception(error)
            return
        self._built.set_result(server)
        await server.serve(sockets=[self._listener])

    def wait(self) -> None:
        """Return when the server has ended."""
        while self._thread.is_alive():
            # With a timeout, so that Ctrl-C is noticed on every platform.
            self._thread.join(0.5)

    def close(self) -> None:
        """Stop serving and free the port."""
        if self._built.done() and self._built.exception() is None:
            self._built.result().should_exit = True
        self._thread.join(_CLOSE_SECONDS + 1)
        self._listener.close()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def serve(
    engine: Callable[[], Engine],
    host: str,
    port: int,
    announce: Callable[[str], None],
    logins: Logins = (),
    trust: Trust = Trust(),  # noqa: B008 - a frozen value
) -> None:
    """Serve the page until Ctrl-C or a request to terminate, then return.

    Args:
        engine: Returns the engine to ask.
        host: Address to listen at.
        port: Port to listen at.
        announce: Called with the URL when the page can be opened.
        logins: Who may use it; everybody if there are none.
        trust: Whom it believes.

    Raises:
        PortInUseError: another program listens there.
        ServeError: the address cannot be listened at.
        StoreError: the engine's index cannot be opened.
    """
    with launch(engine, host, port, logins, trust) as server, _terminate_like_interrupt():
        try:
            announce(server.url)
            server.wait()
        except KeyboardInterrupt:
            _LOGGER.debug("interrupted")


def launch(
    engine: Callable[[], Engine],
    host: str,
    port: int,
    logins: Logins = (),
    trust: Trust = Trust(),  # noqa: B008 - a frozen value
) -> Server:
    """Return the page's server, running; close it to stop.

    Args:
        engine: Returns the engine to ask.
        host: Address to listen at.
        port: Port to listen at; 0 takes a free one.
        logins: Who may use it; everybody if there are none.
        trust: Whom it believes.

    Raises:
        PortInUseError: another program listens there.
        ServeError: the address cannot be listened at.
        StoreError: the engine's index cannot be opened.
    """
    listener = listen(host, port)
    trust = replace(trust, hosts=(*trust.hosts, host))
    server = Server(engine, listener, url_of(host, listener.getsockname()[1]), logins, trust)
    try:
        server.start()
    except BaseException:
        server.close()
        raise
    return server


def _build(
    engine: Callable[[], Engine], logins: Logins, trust: Trust, ready: threading.Event
) -> uvicorn.Server:
    """Return a server of the page that makes no connection of its own."""
    # Read when Gradio is imported or its page is built, which is why both are done only here.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    # After so many calls Gradio summarises how long they took; nobody here would read it.
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)
    from fastapi import FastAPI

    app = FastAPI(openapi_url=None)
    app.add_api_route("/health", health(engine, ready), methods=["GET", "HEAD"])
    app.add_api_route("/health/live", alive, methods=["GET", "HEAD"])
    door = Door(logins)
    add_rest(app, engine, door)
    app.add_middleware(Guard, trust=trust)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(AccessLog)
    config = uvicorn.Config(
        _mounted(app, engine, door),
        log_level="warning",
        proxy_headers=bool(trust.proxies),
        forwarded_allow_ips=list(trust.proxies),
        timeout_graceful_shutdown=_CLOSE_SECONDS,
        lifespan="on",
        server_header=False,
    )
    return _PageServer(config)


def _mounted(app: FastAPI, engine: Callable[[], Engine], door: Door) -> FastAPI:
    """Return an application with the page at its root.

    Mounted instead of launched: a launch calls its own address through whatever proxy the
    environment names, and looks for another port without telling.
    """
    import gradio as gr

    from ui.api import tell_wrong_arguments
    from ui.page.frame import build_page, head, theme
    from ui.page.texts import interface

    page = build_page(engine)
    # What must wait for its turn cannot be called past the queue.
    page.queue(max_size=_WAITING, api_open=False)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        app_kwargs={"openapi_url": None},
        max_file_size=MAX_BYTES,
        auth=_login(door) if door else None,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        i18n=interface(),
        theme=theme(),
        head=head(),
        favicon_path=str(files("ui.page") / "assets" / "icon.svg"),
    )
    mounted: Any = app.routes[-1]
    tell_wrong_arguments(mounted.app)
    return app


def _login(door: Door) -> Callable[[str, str], bool]:
    """Return what Gradio asks whether a name and a password are right."""
    from fastapi import HTTPException

    def login(name: str, password: str) -> bool:
        try:
            return door.opens(name, password)
        except LockedError as error:
            raise HTTPException(429, str(error)) from error

    return login


class _PageServer(uvicorn.Server):
    """A server that ends the streams to open browsers before it waits for their connections."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop taking requests and finish those that run."""
        for route in getattr(self.config.app, "routes", ()):
            stop = getattr(getattr(route, "app", None), "stop_event", None)
            if stop is not None:
                stop.set()
        await super().shutdown(sockets)


@contextmanager
def _terminate_like_interrupt() -> Iterator[None]:
    """Let SIGTERM, which containers send, end the server as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
