"""Addresses that the page is served at."""

from __future__ import annotations

import errno
import ipaddress
import socket

from ui.errors import PortInUseError, ServeError


def require_free_port(host: str, port: int) -> None:
    """Check that the page could be served there, before work that takes longer.

    Raises:
        PortInUseError: another program listens there.
        ServeError: the address cannot be listened at.
    """
    listen(host, port).close()


def is_public(host: str) -> bool:
    """Return whether other machines may reach what listens at an address."""
    if host == "localhost":
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True


def listen(host: str, port: int) -> socket.socket:
    """Return a bound socket; kept from here to the end, so that nobody takes the port between."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family = found[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUseError(host, port) from error
        reason = error.strerror or str(error)
        raise ServeError(
            f"不能在 {host} 的端口 {port} 上监听（{reason}），请用 --host 和 --port 改用别的地址"
        ) from error


def url_of(host: str, port: int) -> str:
    """Return where a browser on this machine finds what listens at an address."""
    # Listening everywhere is not an address that a browser can open.
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
    if ":" in shown and not shown.startswith("["):
        shown = f"[{shown}]"
    return f"http://{shown}:{port}"
