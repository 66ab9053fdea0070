"""``POST /api/v1/…``: the five tools, one JSON object in and one out, described as OpenAPI.

The body holds the parameters of the tool by name. What cannot be answered comes back as
``{"error": one line for the user, "code": one of CODES}``.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import anyio

from assistant.border import read_json
from assistant.engine import Engine
from assistant.tools import Tool, Tools
from index.errors import StoreError, XiaojurenError
from ui.errors import LockedError
from ui.server.login import Door

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import JSONResponse

_LOGGER = logging.getLogger(__name__)
_FAULT = "程序内部出错，已记入日志；请换个说法再试，或把问题报告给管理员"

ROOT = "/api/v1"

CODES = {
    "unreadable": (400, "正文不是 JSON 对象，或太大"),
    "unauthorized": (401, "没有登录，或密码不对"),
    "invalid_argument": (422, "缺少参数、参数名写错，或值不可用"),
    "locked": (429, "试错密码太多次"),
    "internal": (500, "程序内部出错"),
    "unavailable": (503, "索引打不开"),
}
"""What can go wrong, with its HTTP status."""

# Far above what any question and its history take.
_MOST_BYTES = 256 * 1024
# Programs that ask a lot do not keep people at the page waiting.
_AT_ONCE = 4

_CHALLENGE = {"WWW-Authenticate": 'Basic realm="xiaojuren", charset="UTF-8"'}


def add_rest(app: FastAPI, engine: Callable[[], Engine], door: Door) -> None:
    """Open the endpoints, ``/api/v1/ask`` to ``/api/v1/check-eligibility``.

    Args:
        app: What they become part of.
        engine: Returns the engine to ask; called for every request.
        door: Lets in who may ask, by HTTP Basic; everybody if it knows none.
    """
    from starlette.responses import JSONResponse

    tools = Tools(engine).all()
    limiter: list[anyio.CapacityLimiter] = []
    for tool in tools:
        app.add_route(_path(tool), _endpoint(tool, door, limiter), methods=["POST"])
    described = described_api(tools)

    async def description(_: Request) -> JSONResponse:
        return JSONResponse(described)

    app.add_route(f"{ROOT}/openapi.json", description, methods=["GET"])


def described_api(tools: tuple[Tool, ...]) -> dict[str, Any]:
    """Return the OpenAPI description of the endpoints."""
    schemas: dict[str, Any] = {}
    refused = {
        str(status): {
            "description": f"{code}：{meaning}",
            "content": _json("Error", schemas, _ERROR),
        }
        for code, (status, meaning) in CODES.items()
    }
    paths = {}
    for tool in tools:
        taken = _json(f"{tool.name}_arguments", schemas, tool.input_schema)
        given = _json(f"{tool.name}_answer", schemas, tool.output_schema)
        paths[_path(tool)] = {
            "post": {
                "operationId": tool.name,
                "summary": tool.title,
                "description": tool.description,
                "requestBody": {"required": True, "content": taken},
                "responses": {"200": {"description": tool.title, "content": given}, **refused},
            }
        }
    told = "关于专精特新“小巨人”等企业名单的问答：每个事实都注明出处。"
    return {
        "openapi": "3.1.0",
        "info": {"title": "xiaojuren", "version": version("xiaojuren"), "description": told},
        "paths": paths,
        "components": {"schemas": schemas},
    }


_ERROR: dict[str, Any] = {
    "type": "object",
    "properties": {"error": {"type": "string"}, "code": {"enum": list(CODES)}},
    "required": ["error", "code"],
}


def _json(name: str, schemas: dict[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body of JSON, and put its schema, with all that it refers to, among the others."""
    text = json.dumps(schema).replace("#/$defs/", "#/components/schemas/")
    moved = json.loads(text)
    schemas |= moved.pop("$defs", {}) | {name: moved}
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _path(tool: Tool) -> str:
    return f"{ROOT}/{tool.name.replace('_', '-')}"


def _endpoint(
    tool: Tool, door: Door, limiter: list[anyio.CapacityLimiter]
) -> Callable[[Request], Awaitable[JSONResponse]]:
    from starlette.responses import JSONResponse

    async def answer(request: Request) -> JSONResponse:
        try:
            if door and not _may_ask(request.headers.get("authorization", ""), door):
                status, told = _wrong(
                    "unauthorized", "请用 HTTP Basic 登录：用户名和密码与网页的相同"
                )
                return JSONResponse(told, status, headers=_CHALLENGE)
        except LockedError as error:
            status, told = _wrong("locked", str(error))
            return JSONResponse(told, status)
        # One belongs to the loop that it is made in.
        if not limiter:
            limiter.append(anyio.CapacityLimiter(_AT_ONCE))
        body = await request.body()
        status, result = await anyio.to_thread.run_sync(_answered, tool, body, limiter=limiter[0])
        return JSONResponse(result, status)

    return answer


def _answered(tool: Tool, body: bytes) -> tuple[int, Mapping[str, Any]]:
    """Return the status and the JSON of a response."""
    try:
        return 200, tool.call(_arguments(body))
    except BodyError as error:
        return _wrong("unreadable", str(error))
    except StoreError:
        # The reason names folders, so it stays here.
        _LOGGER.exception("the index cannot be read")
        return _wrong("unavailable", "索引暂时打不开，请稍后再试或报告给管理员")
    except XiaojurenError as error:
        return _wrong("invalid_argument", str(error))
    except Exception:  # the last place where a fault can be told to the caller
        _LOGGER.exception("answering failed")
        return _wrong("internal", _FAULT)


def _wrong(code: str, problem: str) -> tuple[int, dict[str, str]]:
    return CODES[code][0], {"error": problem, "code": code}


class BodyError(XiaojurenError):
    """The body of a request is no JSON object."""


def _arguments(body: bytes) -> Mapping[str, Any]:
    if len(body) > _MOST_BYTES:
        raise BodyError(f"请求超过 {_MOST_BYTES // 1024} KB，请缩短")
    try:
        sent = read_json(body)
    except ValueError as error:
        raise BodyError('请求的正文不是 JSON，写法如 {"question": "苏州有哪些企业"}') from error
    if not isinstance(sent, dict):
        raise BodyError('请求的正文应为一个对象，写法如 {"question": "苏州有哪些企业"}')
    return sent


def _may_ask(header: str, door: Door) -> bool:
    """Return whether an Authorization header tells a name with its password."""
    scheme, _, told = header.partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        name, _, password = base64.b64decode(told, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return False
    return door.opens(name, password)
