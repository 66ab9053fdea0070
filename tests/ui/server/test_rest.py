"""The tools in one step over HTTP."""

from __future__ import annotations

import base64
import json
from importlib.metadata import version
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import jsonschema
import pytest

from ui.server.server import Server

pytestmark = pytest.mark.model

QUESTION = {"question": "苏州有哪些MEMS小巨人"}


def post(
    server: Server, body: bytes, login: str = "", name: str = "ask"
) -> tuple[int, dict[str, Any]]:
    request = Request(f"{server.url}/api/v1/{name}", data=body, method="POST")  # noqa: S310 - here
    if login:
        token = base64.b64encode(login.encode()).decode()
        request.add_header("Authorization", f"Basic {token}")
    try:
        with urlopen(request) as response:  # noqa: S310 - the server of the test
            return response.status, json.load(response)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_question_is_answered_in_one_step(server: Server) -> None:
    status, answer = post(server, json.dumps(QUESTION).encode())
    assert status == 200
    assert answer["status"] == "answered"
    assert [one["name"] for one in answer["records"]] == ["苏州敏芯微电子技术股份有限公司"]
    assert answer["blocks"][0]["type"] == "sentence"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask", {"query": "苏州有哪些MEMS小巨人"}),
        ("search", {"text": "麦克风", "limit": 2}),
        ("company", {"query": "688286"}),
        ("list", {"city": "苏州", "limit": 2}),
        ("check-eligibility", {"rd_ratio": 4}),
    ],
)
def test_every_tool_answers_as_described(
    server: Server, name: str, arguments: dict[str, Any]
) -> None:
    status, answer = post(server, json.dumps(arguments).encode(), name=name)
    assert status == 200
    with urlopen(f"{server.url}/api/v1/openapi.json") as response:  # noqa: S310 - of the test
        described = json.load(response)
    assert described["info"]["version"] == version("xiaojuren")
    [given] = described["paths"][f"/api/v1/{name}"]["post"]["responses"]["200"]["content"].values()
    jsonschema.validate(answer, {**given["schema"], "components": described["components"]})


def test_pages_follow_by_their_cursor(server: Server) -> None:
    seen: list[str] = []
    asked: dict[str, Any] = {"city": "北京", "limit": 5}
    while True:
        status, page = post(server, json.dumps(asked).encode(), name="list")
        assert status == 200
        seen += [record["id"] for record in page["records"]]
        if page["cursor"] is None:
            break
        asked["cursor"] = page["cursor"]
    assert len(seen) == len(set(seen)) == page["total"] > 5


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        (b"", 400, "不是 JSON"),
        (b"[]", 400, "应为一个对象"),
        (b'"' + b"a" * 300_000 + b'"', 400, "超过 256 KB"),
        (b"{}", 422, "参数 question：没有给"),
        (b'{"question": "a", "limits": 3}', 422, "参数 limits：没有这个参数"),
        (b'{"question": " "}', 422, "问题是空的"),
        (b'{"question": "a", "cursor": "x"}', 422, "参数 cursor"),
    ],
)
def test_request_that_cannot_be_taken_is_told_in_one_line(
    server: Server, body: bytes, status: int, problem: str
) -> None:
    told_status, told = post(server, body)
    assert told_status == status
    assert told["code"] == ("unreadable" if status == 400 else "invalid_argument")
    assert problem in told["error"]
    assert "\n" not in told["error"]


@pytest.mark.parametrize(("login", "status"), [("", 401), ("wang:falsch", 401), ("wang:秘密", 200)])
def test_who_may_see_the_page_may_ask(locked: Server, login: str, status: int) -> None:
    assert post(locked, json.dumps(QUESTION).encode(), login)[0] == status
