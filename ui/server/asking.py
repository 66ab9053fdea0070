"""``POST /api/v1/ask``: one question, one answer, in one step.

The body is a JSON object with the parameters of the tool ``ask``, ``question`` at least; the answer
is the Answer as JSON, or ``error`` with what is wrong.
"""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import anyio

from assistant.border import read_json
from assistant.engine import Engine
from assistant.tools import Tool, Tools
from index.errors import XiaojurenError
from ui.errors import LockedError
from ui.server.login import Door

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from starlette.requests import Request
    from starlette.responses import JSONResponse

_LOGGER = logging.getLogger(__name__)
_FAULT = "程序内部出错，已记入日志；请换个说法再试，或把问题报告给管理员"

PATH = "/api/v1/ask"

# Far above what any question and its history take.
_MOST_BYTES = 256 * 1024
# Programs that ask a lot do not keep people at the page waiting.
_AT_ONCE = 4

_REFUSED, _LOCKED, _TOO_MANY, _BROKEN = 400, 401, 429, 500
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="xiaojuren", charset="UTF-8"'}


def ask_endpoint(
    engine: Callable[[], Engine], door: Door
) -> Callable[[Request], Awaitable[JSONResponse]]:
    """Return what answers the requests.

    Args:
        engine: Returns the engine to ask; called for every request.
        door: Lets in who may ask, by HTTP Basic; everybody if it knows none.
    """
    from starlette.responses import JSONResponse

    tool = next(one for one in Tools(engine).all() if one.name == "ask")
    limiter: list[anyio.CapacityLimiter] = []

    async def answer(request: Request) -> JSONResponse:
        try:
            if door and not _may_ask(request.headers.get("authorization", ""), door):
                told = {"error": "请用 HTTP Basic 登录：用户名和密码与网页的相同"}
                return JSONResponse(told, _LOCKED, headers=_CHALLENGE)
        except LockedError as error:
            return JSONResponse({"error": str(error)}, _TOO_MANY)
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
    except XiaojurenError as error:
        return _REFUSED, {"error": str(error)}
    except Exception:  # the last place where a fault can be told to the caller
        _LOGGER.exception("answering failed")
        return _BROKEN, {"error": _FAULT}


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
