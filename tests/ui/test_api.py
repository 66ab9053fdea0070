"""The endpoints, called by a real client over HTTP."""

from __future__ import annotations

import inspect
import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from assistant.engine import Engine
from assistant.tools import Tools
from ui.server.server import Server

pytestmark = pytest.mark.model

MEMS = "苏州敏芯微电子技术股份有限公司"


@pytest.fixture(scope="module")
def client(server: Server) -> Client:
    return Client(server.url, verbose=False, analytics_enabled=False)


@pytest.fixture(scope="module")
def described(client: Client) -> dict[str, Any]:
    return dict(client.view_api(return_format="dict", print_info=False))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask", {"question": "苏州有哪些MEMS小巨人"}),
        ("ask", {"question": "它的主页呢", "history": ["苏州有哪些MEMS小巨人"]}),
        ("search", {"text": "会飞的拍照机器", "limit": 3}),
        ("company", {"name": "688286"}),
        ("list", {"city": ["苏州", "北京"], "founded_from": 2010, "sort": "-founded", "limit": 3}),
        ("list", {"columns": {"主导产品": "芯片"}}),
        ("check_eligibility", {"rd_ratio": 4, "own_ip": True}),
    ],
)
def test_endpoint_returns_what_the_tool_does(
    client: Client, engine: Engine, name: str, arguments: dict[str, Any]
) -> None:
    [tool] = [one for one in Tools(lambda: engine).all() if one.name == name]
    told = client.predict(**arguments, api_name=f"/{name}")
    assert told == json.loads(json.dumps(tool.call(arguments)))


def test_question_alone_is_enough_for_ask(client: Client) -> None:
    answer = client.predict("苏州有哪些MEMS小巨人", api_name="/ask")
    assert [record["name"] for record in answer["records"]] == [MEMS]


@pytest.mark.parametrize(
    ("name", "arguments", "problem"),
    [
        ("ask", {"question": " "}, "问题是空的"),
        ("list", {"city": "苏洲"}, "参数 city：没有叫“苏洲”的城市"),
        ("list", {"limit": 1000}, "参数 limit：应不大于 200"),
    ],
)
def test_what_is_wrong_reaches_the_caller(
    client: Client, name: str, arguments: dict[str, Any], problem: str
) -> None:
    with pytest.raises(AppError, match=problem):
        client.predict(**arguments, api_name=f"/{name}")


@pytest.mark.parametrize("arguments", [{}, {"questoin": "大疆的主页"}])
def test_missing_or_misspelt_argument_is_told_with_422(
    server: Server, arguments: dict[str, Any]
) -> None:
    body = json.dumps(arguments).encode()
    request = Request(  # noqa: S310 - the server of the test
        f"{server.url}/gradio_api/call/v2/ask", body, {"Content-Type": "application/json"}
    )
    with pytest.raises(HTTPError) as caught:
        urlopen(request, timeout=10)  # noqa: S310
    with caught.value as refused:
        assert refused.code == 422
        assert "参数 quest" in json.load(refused)["error"]


def test_fault_is_told_without_its_details(
    client: Client,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("内情")

    monkeypatch.setattr(engine, "reply", broken)
    with pytest.raises(AppError, match="程序内部出错") as caught:
        client.predict("苏州有哪些MEMS小巨人", api_name="/ask")
    assert "内情" not in str(caught.value)
    assert "内情" in caplog.text


def test_only_the_tools_are_public(described: dict[str, Any]) -> None:
    assert list(described["named_endpoints"]) == [
        "/ask",
        "/search",
        "/company",
        "/list",
        "/check_eligibility",
    ]
    assert described["unnamed_endpoints"] == {}


def test_endpoints_are_described_as_openapi(server: Server) -> None:
    with urlopen(f"{server.url}/gradio_api/openapi.json", timeout=10) as response:  # noqa: S310
        paths = json.load(response)["paths"]
    assert "/gradio_api/call/v2/check_eligibility" in paths


def test_endpoints_tell_their_parameters(described: dict[str, Any], engine: Engine) -> None:
    for tool in Tools(lambda: engine).all():
        endpoint = described["named_endpoints"][f"/{tool.name}"]
        names = [parameter["parameter_name"] for parameter in endpoint["parameters"]]
        assert names == list(inspect.signature(tool.function).parameters)
        assert all(f"`{name}`: " in endpoint["description"] for name in names)
