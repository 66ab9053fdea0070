"""What is refused before anything runs: foreign names and origins, and what the page does not use.

A page on another site must not make a visitor's browser ask this server, and a name that somebody
else owns must not lead to it. Gradio's own routes stand behind this, too.
"""

from __future__ import annotations

import ipaddress
import logging
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse

from ui.server.login import CLIENT

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOGGER = logging.getLogger(__name__)

# Gradio's routes that the page and the clients of its endpoints use; the others are closed.
_GRADIO = "/gradio_api/"
_OPEN = (
    "app_id",
    "call/",
    "cancel",
    "component_server",
    "file=",
    "heartbeat/",
    "info",
    "login_check",
    "openapi",
    "queue/",
    "reset",
    "run/predict",
    "startup-events",
)
_CLOSED = ("/monitoring", "/pwa_icon/")

_FORWARDED = ("forwarded", "x-forwarded-host", "x-forwarded-prefix", "x-forwarded-server")


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom the server believes.

    Attributes:
        hosts: Names by which it may be asked, besides those of this machine and any address.
        proxies: Addresses of proxies that tell for whom they ask.
    """

    hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()


class Guard:
    """Refuses requests in one line."""

    def __init__(self, app: ASGIApp, trust: Trust) -> None:
        self._app = app
        self._trust = trust

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not self._trust.proxies:
            told = [one for one in scope["headers"] if one[0].decode("latin-1") not in _FORWARDED]
            scope = {**scope, "headers": told}
        if refusal := self._refusal(scope):
            status, problem = refusal
            await JSONResponse({"error": problem}, status)(scope, receive, send)
            return
        CLIENT.set((scope.get("client") or ("",))[0])
        await self._answer(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Return the status and the reason if a request is refused."""
        headers, path = Headers(scope=scope), str(scope["path"])
        hosts = [headers.get("host", ""), *headers.getlist("x-forwarded-host")]
        if not all(self._is_ours(host) for host in hosts):
            return 400, "这个地址不是本服务的名字；要用它请设 XIAOJUREN_HOSTS"
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc not in hosts:
            return 403, "不接受别的网站发来的请求"
        site = headers.get("sec-fetch-site", "none")
        visit = scope["method"] == "GET" and headers.get("sec-fetch-mode") == "navigate"
        inner = path.startswith((_GRADIO, "/api/"))
        if site not in ("none", "same-origin") and (inner or not visit):
            return 403, "不接受别的网站发来的请求"
        used = not path.startswith(_GRADIO) or path[len(_GRADIO) :].startswith(_OPEN)
        return None if used and not path.startswith(_CLOSED) else (404, "没有这个地址")

    def _is_ours(self, host: str) -> bool:
        """Return whether a host with its port is an address, this machine, or a name told us."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in ("localhost", *self._trust.hosts):
            return True
        try:
            # Nobody can make an address lead elsewhere, as they can a name.
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def mending(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                _mend_cookies(MutableHeaders(scope=message), secure=scope["scheme"] == "https")
                if message["status"] == _BROKEN and scope["path"].startswith(_GRADIO):
                    # The functions behind tell their own faults; here Gradio met an odd request.
                    message = {**message, "status": _ODD}
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, mending)
        except Exception as error:  # noqa: BLE001 - told in one line, whatever Gradio raises
            at = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{at.filename}:{at.lineno}"
            _LOGGER.error(
                "%s %r: %s at %s", scope["method"], scope["path"], type(error).__name__, where
            )
            if not begun:
                await JSONResponse({"error": "请求不对，没能回答"}, _ODD)(scope, receive, send)


_ODD, _BROKEN = 400, 500


def _mend_cookies(headers: MutableHeaders, *, secure: bool) -> None:
    """Keep cookies to this site, and behind TLS to TLS; Gradio's login asks for neither."""
    cookies = headers.getlist("set-cookie")
    if not cookies:
        return
    del headers["set-cookie"]
    for cookie in cookies:
        name, *parts = (part.strip() for part in cookie.split(";"))
        kept = [one for one in parts if one.lower() != "secure" and "samesite" not in one.lower()]
        flags = ["SameSite=Lax", *(["Secure"] if secure else [])]
        headers.append("set-cookie", "; ".join((name, *kept, *flags)))
