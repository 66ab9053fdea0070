"""Asking in one step over HTTP."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from ui.server.server import Server

pytestmark = pytest.mark.model

QUESTION = {"question": "苏州有哪些MEMS小巨人"}


def post(server: Server, body: bytes, login: str = "") -> tuple[int, dict[str, Any]]:
    request = Request(f"{server.url}/api/v1/ask", data=body, method="POST")  # noqa: S310 - here
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
    ("body", "problem"),
    [
        (b"", "不是 JSON"),
        (b"[]", "应为一个对象"),
        (b"{}", "参数 question：没有给"),
        (b'{"question": " "}', "问题是空的"),
        (b'{"question": "a", "cursor": "x"}', "参数 cursor"),
        (b'"' + b"a" * 300_000 + b'"', "超过 256 KB"),
    ],
)
def test_request_that_cannot_be_taken_is_told_in_one_line(
    server: Server, body: bytes, problem: str
) -> None:
    status, told = post(server, body)
    assert status == 400
    assert problem in told["error"]
    assert "\n" not in told["error"]


@pytest.mark.parametrize(("login", "status"), [("", 401), ("wang:falsch", 401), ("wang:秘密", 200)])
def test_who_may_see_the_page_may_ask(locked: Server, login: str, status: int) -> None:
    assert post(locked, json.dumps(QUESTION).encode(), login)[0] == status
