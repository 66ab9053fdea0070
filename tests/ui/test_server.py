"""The server: its port, its endpoint, its end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from urllib.request import urlopen

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from assistant.engine import Engine
from index.errors import StoreMissingError
from ui.errors import PortInUseError, ServeError
from ui.server import Server, launch, require_free_port, serve

pytestmark = pytest.mark.model

QUESTION = "苏州有哪些MEMS小巨人"
KEYS = [
    "question",
    "status",
    "intent",
    "answer",
    "filters",
    "records",
    "related",
    "values",
    "citations",
    "suggestions",
]


@pytest.fixture(scope="module")
def client(server: Server) -> Client:
    return Client(server.url, verbose=False, analytics_enabled=False)


def test_ask_returns_the_answer_as_json(client: Client) -> None:
    answer = client.predict(QUESTION, api_name="/ask")
    assert list(answer) == KEYS
    assert answer["status"] == "answered"
    assert [record["name"] for record in answer["records"]] == ["苏州敏芯微电子技术股份有限公司"]
    assert 73 in [citation["line_start"] for citation in answer["citations"]]


def test_ask_tells_what_is_wrong_with_a_question(client: Client) -> None:
    with pytest.raises(AppError, match="问题是空的"):
        client.predict(" ", api_name="/ask")


def test_only_ask_is_public(client: Client) -> None:
    endpoints = client.view_api(return_format="dict", print_info=False)
    assert list(endpoints["named_endpoints"]) == ["/ask"]
    assert endpoints["unnamed_endpoints"] == {}


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
