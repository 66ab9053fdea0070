"""The server: its port, who may use it, what it tells of itself, its end."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from importlib.metadata import version
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from gradio_client import Client
from gradio_client.exceptions import AuthenticationError

from assistant.engine import Engine
from index.errors import StoreMissingError
from ui.errors import PortInUseError, ServeError
from ui.server.addresses import is_public, require_free_port
from ui.server.health import health
from ui.server.server import Server, launch, serve

pytestmark = pytest.mark.model


def test_port_in_use_is_told_with_the_remedy(engine: Engine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUseError, match=f"127.0.0.1 的端口 {port} 已被.*--port"):
            launch(lambda: engine, "127.0.0.1", port)
        with pytest.raises(PortInUseError):
            require_free_port("127.0.0.1", port)


def test_free_port_is_free_after_the_check() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    require_free_port("127.0.0.1", port)
    require_free_port("127.0.0.1", port)


def test_address_of_another_machine_is_refused() -> None:
    with pytest.raises(ServeError, match=r"192\.0\.2\.1 .*--host"):
        require_free_port("192.0.2.1", 7860)


def test_index_that_cannot_be_opened_is_told_and_frees_the_port() -> None:
    def missing() -> Engine:
        raise StoreMissingError("没有索引")

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(StoreMissingError, match="没有索引"):
        launch(missing, "127.0.0.1", port)
    require_free_port("127.0.0.1", port)


def test_closed_server_frees_its_port(engine: Engine) -> None:
    server = launch(lambda: engine, "127.0.0.1", 0)
    port = int(server.url.rpartition(":")[2])
    with urlopen(server.url, timeout=10) as response:  # noqa: S310 - our own server
        assert "小巨人" in response.read().decode()
    server.close()
    require_free_port("127.0.0.1", port)


def test_serve_announces_and_ends_when_interrupted(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[str] = []

    def interrupted(_: Server) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Server, "wait", interrupted)
    serve(lambda: engine, "127.0.0.1", 0, announced.append)
    assert announced[0].startswith("http://127.0.0.1:")
    require_free_port("127.0.0.1", int(announced[0].rpartition(":")[2]))


def test_model_is_loaded_before_the_first_question(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    warmed = threading.Event()
    search: Callable[..., object] = engine.index.search_vectors

    def noticed(*arguments: object) -> object:
        warmed.set()
        return search(*arguments)

    monkeypatch.setattr(engine.index, "search_vectors", noticed)
    with launch(lambda: engine, "127.0.0.1", 0):
        assert warmed.wait(30)


def status(url: str, body: object = None) -> int:
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, {"Content-Type": "application/json"})  # noqa: S310 - our server
    try:
        with urlopen(request, timeout=10) as response:  # noqa: S310
            return int(response.status)
    except HTTPError as error:
        with error:
            return error.code


@pytest.mark.parametrize("login", [("li", "geheim:1"), ("wang", "秘密")])
def test_user_with_the_password_may_ask(locked: Server, login: tuple[str, str]) -> None:
    client = Client(locked.url, auth=login, verbose=False, analytics_enabled=False)
    assert client.predict("敏芯微的主页", api_name="/ask")["status"] == "answered"


def test_nobody_else_may(locked: Server) -> None:
    with pytest.raises(AuthenticationError):
        Client(locked.url, verbose=False, analytics_enabled=False)
    with pytest.raises(ValueError, match="Could not login"):
        Client(locked.url, auth=("li", "falsch"), verbose=False, analytics_enabled=False)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/config", None),
        ("/gradio_api/info", None),
        ("/gradio_api/queue/data?session_hash=x", None),
        ("/gradio_api/queue/join", {"data": ["x", None], "fn_index": 0, "session_hash": "x"}),
        ("/gradio_api/call/ask", {"data": ["x", None]}),
        ("/gradio_api/call/v2/ask", {"question": "x"}),
        ("/gradio_api/run/ask", {"data": ["x", None]}),
        ("/gradio_api/component_server", {}),
        ("/gradio_api/upload", {}),
        ("/gradio_api/file=/etc/hostname", None),
        ("/monitoring", None),
    ],
)
def test_nothing_is_served_without_login(locked: Server, path: str, body: object) -> None:
    # What nobody may use is not there at all.
    assert status(f"{locked.url}{path}", body) in (401, 404)


def test_login_page_tells_nothing_of_the_lists(locked: Server) -> None:
    with urlopen(locked.url, timeout=10) as response:  # noqa: S310 - our own server
        page = response.read().decode()
    assert '"auth_required":true' in page
    assert "敏芯微" not in page
    assert "信息截至" not in page


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_routes_of_the_framework_are_not_described(server: Server, path: str) -> None:
    assert status(f"{server.url}{path}") == 404


def test_queue_cannot_be_passed_by(server: Server) -> None:
    assert status(f"{server.url}/gradio_api/run/ask", {"data": ["敏芯微的主页", None]}) == 404


def test_health_tells_what_is_served_and_needs_no_login(locked: Server, engine: Engine) -> None:
    assert locked.ready.wait(120)
    with urlopen(f"{locked.url}/health", timeout=10) as response:  # noqa: S310 - our own server
        told = json.load(response)
    assert told == {
        "status": "ok",
        "version": version("xiaojuren"),
        "companies": engine.index.records.count(),
        "documents": 1,
        "as_of": "信息截至2025年12月",
    }


def test_process_is_alive_before_it_can_answer(locked: Server) -> None:
    with urlopen(f"{locked.url}/health/live", timeout=10) as response:  # noqa: S310 - our own
        assert json.load(response) == {"status": "alive"}


def test_health_waits_until_everything_is_read(engine: Engine) -> None:
    ready = threading.Event()
    answer = health(lambda: engine, ready)
    assert (answer().status_code, json.loads(answer().body)["status"]) == (503, "starting")
    ready.set()
    assert answer().status_code == 200


def test_health_of_an_index_that_is_gone_is_unavailable_and_tells_no_folder(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    gone = False

    def current() -> Engine:
        if gone:
            raise StoreMissingError("没有索引 /somewhere/private")
        return engine

    with launch(current, "127.0.0.1", 0) as running:
        gone = True
        with pytest.raises(HTTPError) as caught:
            urlopen(f"{running.url}/health", timeout=10)  # noqa: S310 - our own server
    with caught.value as refused:
        assert refused.code == 503
        assert json.load(refused) == {"status": "unavailable", "version": version("xiaojuren")}
    assert "/somewhere/private" in caplog.text


@pytest.mark.parametrize("path", ["/", "/health", "/gradio_api/info", "/nowhere"])
def test_every_answer_tells_browsers_what_to_refuse(server: Server, path: str) -> None:
    try:
        response = urlopen(f"{server.url}{path}", timeout=10)  # noqa: S310 - our own server
    except HTTPError as error:
        response = error
    with response:
        headers = response.headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Server"] is None


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("127.0.0.1", False),
        ("::1", False),
        ("localhost", False),
        ("0.0.0.0", True),  # noqa: S104 - only its name
        ("::", True),
        ("192.168.1.5", True),
        ("park.example", True),
    ],
)
def test_addresses_that_other_machines_reach_are_known(host: str, *, public: bool) -> None:
    assert is_public(host) is public
