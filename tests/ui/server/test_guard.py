"""What is refused before anything runs."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from ui.server.guard import Guard, Trust

HOST = {"host": "127.0.0.1:7860"}


def answered(
    headers: dict[str, str], path: str = "/", trust: Trust | None = None, method: str = "GET"
) -> int:
    """Return the status of a request to an application that answers all with 200."""

    async def app(scope: Any, _: Any, send: Any) -> None:
        if path.endswith("/odd"):
            raise KeyError(path)
        assert "x-forwarded-host" not in {name.decode() for name, _ in scope["headers"]} or trust
        await send({"type": "http.response.start", "status": 200, "headers": []})

    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "scheme": "http",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    # In a thread of its own: a browser of another test may have left a running loop in this one.
    call = Guard(app, trust or Trust())(scope, lambda: None, send)  # type: ignore[arg-type,return-value]
    thread = threading.Thread(target=asyncio.run, args=(call,))
    thread.start()
    thread.join()
    return int(sent[0]["status"])


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "[::1]:80", "192.168.1.5:7860"])
def test_this_machine_and_addresses_may_be_asked_for(host: str) -> None:
    assert answered({"host": host}) == 200


@pytest.mark.parametrize("host", ["evil.example", "", "127.0.0.1.evil.example", "[::1"])
def test_foreign_host_is_refused(host: str) -> None:
    assert answered({"host": host}) == 400


def test_host_of_the_settings_is_served() -> None:
    assert answered({"host": "park.example"}, trust=Trust(hosts=("park.example",))) == 200


def test_forwarded_host_counts_only_behind_a_known_proxy() -> None:
    forwarded = HOST | {"x-forwarded-host": "evil.example"}
    assert answered(forwarded) == 200
    assert answered(forwarded, trust=Trust(proxies=("127.0.0.1",))) == 400


@pytest.mark.parametrize("path", ["/", "/api/v1/ask", "/gradio_api/component_server", "/login"])
@pytest.mark.parametrize(
    "told",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_request_of_another_site_is_refused(path: str, told: dict[str, str]) -> None:
    assert answered(HOST | told, path, method="POST") == 403


def test_page_itself_and_links_to_it_are_served() -> None:
    own = HOST | {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "same-origin"}
    assert answered(own, "/gradio_api/component_server", method="POST") == 200
    link = HOST | {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert answered(link) == 200
    assert answered(link, "/gradio_api/file=x") == 403


@pytest.mark.parametrize("path", ["upload", "run/ask", "proxy=x", "stream/a", "deep_link", "token"])
def test_routes_that_the_page_does_not_use_are_closed(path: str) -> None:
    assert answered(HOST, f"/gradio_api/{path}") == 404


def test_request_that_breaks_the_framework_is_refused_in_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert answered(HOST, "/gradio_api/call/odd") == 400
    assert "KeyError" in caplog.text
    assert "Traceback" not in caplog.text
