"""The tools as endpoints of the page's server: the same answers for other programs."""

from __future__ import annotations

import functools
import inspect
import logging
import time
from collections.abc import Callable
from typing import Any, get_type_hints

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from gradio.events import api
from pydantic.fields import FieldInfo

from assistant.engine import Engine
from assistant.tools import Tool, Tools
from index.errors import XiaojurenError
from ui.server.access import log_use

_LOGGER = logging.getLogger(__name__)

# A queue of their own: programs that ask a lot do not keep people at the page waiting.
_AT_ONCE = 4
_GROUP = "api"

_TITLE = "没能回答"
_FAULT = "程序内部出错，已记入日志；请换个说法再试，或把问题报告给管理员"


def expose(engine: Callable[[], Engine]) -> None:
    """Open the endpoints ``/ask``, ``/search``, ``/company``, ``/list``, ``/check_eligibility``.

    To be called within the page that is being built.

    Args:
        engine: Returns the engine to ask; called for every request.
    """
    for tool in Tools(engine).all():
        api(
            _endpoint(tool),
            api_name=tool.name,
            api_description=_documentation(tool),
            api_visibility="public",
            concurrency_limit=_AT_ONCE,
            concurrency_id=_GROUP,
        )


def tell_wrong_arguments(page: FastAPI) -> None:
    """Let calls of endpoints by name say which argument is missing or misspelt, with 422.

    Args:
        page: Gradio's application, which would answer 500.
    """

    async def told(request: Request, error: Exception) -> JSONResponse:
        if "/call/v2/" not in request.url.path:
            raise error
        # "Parameter `x` is not a valid key-word argument. …", or "No value … argument: x"
        misspelt = str(error).split("`")[1:2]
        missing = str(error).rpartition(": ")[2]
        problem = (
            f"参数 {misspelt[0]}：没有这个参数，请去掉或改正名字"
            if misspelt
            else f"参数 {missing}：没有给，请补上"
        )
        return JSONResponse({"error": problem, "code": "invalid_argument"}, 422)

    page.add_exception_handler(TypeError, told)


def _endpoint(tool: Tool) -> Callable[..., dict[str, Any]]:
    """Return a tool as Gradio calls it: by position; what is wrong is told to the caller."""
    parameters = inspect.signature(tool.function)

    @functools.wraps(tool.function)
    def endpoint(*values: Any) -> dict[str, Any]:
        began, status = time.perf_counter(), "error"
        try:
            result = tool.call(parameters.bind(*values).arguments)
            status = "ok"
        except XiaojurenError as error:
            status = "refused"
            raise _told(str(error)) from error
        except Exception as error:
            _LOGGER.exception("an endpoint failed")
            raise _told(_FAULT) from error
        finally:
            log_use(f"api /{tool.name}", status, time.perf_counter() - began)
        return result

    return endpoint


def _told(problem: str) -> gr.Error:
    return gr.Error(problem, title=_TITLE, print_exception=False)


def _documentation(tool: Tool) -> str:
    """Return what a tool does and takes."""
    hints = get_type_hints(tool.function, include_extras=True)
    lines = [tool.description, ""]
    for name in inspect.signature(tool.function).parameters:
        told = (one.description for one in hints[name].__metadata__ if isinstance(one, FieldInfo))
        lines.append(f"- `{name}`: {next(filter(None, told), '')}")
    return "\n".join(lines)
